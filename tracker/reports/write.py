"""Writing a finished paper to a file: whole or not at all, and never over another file unasked."""

import os
from pathlib import Path
from secrets import token_hex

from tracker.errors import TrackerError

DATABASE = b"SQLite format 3\0"


def write_report(data: bytes, path: Path, *, force: bool = False) -> None:
    """Write bytes to a file in one step; an interrupted write leaves what was there before.

    Raises TrackerError when the file exists and ``force`` is not given, when it is a programme file, or when
    its folder is missing or cannot be written to.
    """
    if path.is_dir():
        raise TrackerError(f"{path} is a folder. Name a file in it.")
    if path.exists() and not force:
        raise TrackerError(f"{path} exists already and was left as it is. Choose another name, or say --force.")
    try:
        if path.exists() and _begins(path) == DATABASE:
            raise TrackerError(f"{path} is a programme file or another database; a paper is never written over it.")
        _replace(data, path, force=force)
    except FileNotFoundError:
        raise TrackerError(f"The folder {path.parent} does not exist. Make it first, or choose another.") from None
    except FileExistsError:
        raise TrackerError(f"{path} was made by somebody else meanwhile and was left as it is.") from None
    except OSError as error:
        raise TrackerError(f"{path} cannot be written: {error.strerror or error}. Nothing was changed.") from error


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(DATABASE))


def _replace(data: bytes, path: Path, *, force: bool) -> None:
    temporary = path.parent / f".tracker-{token_hex(8)}.tmp"
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if force or not _linked(temporary, path):
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _linked(temporary: Path, path: Path) -> bool:
    """Return whether the file got its name without any chance of replacing another; not every disk can do that.

    Raises FileExistsError when the name was taken in the meantime.
    """
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True
