"""What killed commands left behind: parts of files that were being written, and never got their names.

Only what is certainly ours is touched: a name that only this program gives, a content that it writes, a process that
does not run any more, and an age of a day.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

LEAST_AGE_S = 86_400.0
# A copy that was being written, and what SQLite kept beside it; a paper or a folder of papers; a recovery.
_PART = re.compile(r".+\.(\d{1,9})\.part(-journal|-wal|-shm)?")
_PAPER = re.compile(r"\.tracker-[0-9a-f]{16}\.tmp")
_RECOVERY = re.compile(r"\.tracker-recover-(\d{1,9})-[0-9a-f]{16}")
_BEGINNINGS = {
    None: b"SQLite format 3\0",
    "-journal": b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",
    "-wal": b"\x37\x7f\x06",
    "-shm": b"",
}


def leftovers(folder: Path, now_s: float) -> list[Path]:
    """Return what killed commands left in a folder; ``now_s`` is the time in seconds since 1970."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in entries if _is_left(path, now_s)]


def take_away(paths: list[Path]) -> Iterator[Path]:
    """Remove leftovers, and yield those that are gone; what cannot be removed stays."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
        if not os.path.lexists(path):
            yield path


def _is_left(path: Path, now_s: float) -> bool:
    try:
        status = path.lstat()
        if path.is_symlink() or now_s - status.st_mtime < LEAST_AGE_S:
            return False
        if _PAPER.fullmatch(path.name):
            return True
        recovery = _RECOVERY.fullmatch(path.name)
        if recovery:
            return path.is_dir() and not _runs(int(recovery[1]))
        part = _PART.fullmatch(path.name)
        return part is not None and path.is_file() and _is_copy(path, part[2]) and not _runs(int(part[1]))
    except OSError:
        return False


def _is_copy(path: Path, tail: str | None) -> bool:
    """Whether a part is a copy of a database: it begins as one, or nothing was written yet."""
    with path.open("rb") as file:
        beginning = file.read(16)
    return not beginning.strip(b"\0") or beginning.startswith(_BEGINNINGS[tail])


def _runs(process: int) -> bool:
    """Whether a process runs here; one that may not be asked does."""
    if os.name == "nt":
        return False  # there os.kill would end it; the age has to do
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
