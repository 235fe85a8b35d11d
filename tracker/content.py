"""Where the shipped content of data/ lies, in a wheel and in a checkout alike."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def content(*parts: str) -> Traversable:
    """Return a file or folder of data/, e.g. ``content("demo", "programme.toml")``."""
    packaged = files("tracker") / "data"  # a built wheel puts data/ inside the package
    root = packaged if packaged.is_dir() else files("tracker").joinpath("..", "data")
    return root.joinpath(*parts)
