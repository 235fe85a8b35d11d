"""Completion of paths in a line: the rest of the first file or folder that is called so, taken with the right arrow."""

from asyncio import to_thread
from pathlib import Path

from textual.suggester import Suggester

MOST = 5_000  # entries of a folder that are looked at


class Paths(Suggester):
    """Proposes folders and files of some kinds, by their endings; hidden ones only after a dot."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._endings = endings

    async def get_suggestion(self, value: str) -> str | None:
        """Return the path that goes on from what was typed; None without any. A slow drive stops no key."""
        return await to_thread(completed, value, self._endings)


def completed(typed: str, endings: tuple[str, ...]) -> str | None:
    """Return the first path, by its letters, that begins with what was typed; of a folder with a slash behind."""
    folder, slash, start = typed.rpartition("/")
    if not typed.strip() or typed == "~":
        return None
    try:
        place = Path(f"{folder}{slash}" or ".").expanduser()
        names = sorted(
            f"{entry.name}/" if entry.is_dir() else entry.name
            for _, entry in zip(range(MOST), place.iterdir(), strict=False)
            if entry.name.startswith(start) and not (entry.name.startswith(".") and not start)
        )
    except (OSError, RuntimeError):  # a folder that is not there or not ours, a person without a home
        return None
    fitting = (name for name in names if name.endswith("/") or name.lower().endswith(endings))
    return next((f"{folder}{slash}{name}" for name in fitting), None)
