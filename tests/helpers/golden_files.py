"""Comparing with files that were looked at by a person; UPDATE_GOLDEN=1 writes them anew."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "golden"


def matches(name: str, text: str) -> None:
    """Assert that a text is that of a golden file."""
    file = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.exists(), f"{file} is not there: look at the output, then run with UPDATE_GOLDEN=1"
    assert text == file.read_text(encoding="utf-8"), f"{name} differs: UPDATE_GOLDEN=1 writes it anew; look at git diff"
