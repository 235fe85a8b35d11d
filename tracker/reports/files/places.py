"""Where a paper may be written, and how what was written stays: regular files only, private, and on the disk."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from tracker.errors import TrackerError

SHARED = "TRACKER_SHARED"
DATABASE = b"SQLite format 3\0"
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
SHARED_FILE, SHARED_FOLDER = 0o666, 0o777  # less what the umask takes away
# What lies beside a programme and belongs to it: written over, the programme would be damaged or could not be written.
BESIDE = ("-journal", "-wal", "-shm", ".lease", ".queue")
BACKUPS = ".backups"
KINDS = {
    stat.S_ISFIFO: "a pipe",
    stat.S_ISSOCK: "a socket",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
}


def real(path: Path) -> Path:
    """Return the file itself where a path is a link: the link stays, and its target is written.

    Raises TrackerError for a link that leads round in a circle.
    """
    if not path.is_symlink():
        return path
    try:
        return path.resolve(strict=False)
    except (OSError, RuntimeError):
        raise TrackerError(f"{path} is a link that leads to itself. Choose another name.") from None


def refuse(path: Path) -> None:
    """Raise TrackerError when a paper may never be written to a path, with or without --force.

    That is what is no regular file, what is a programme file or another database, and what belongs to one.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        mode = 0
    for is_kind, kind in KINDS.items():
        if is_kind(mode):
            raise TrackerError(f"{path} is {kind}, not a file. Choose another name.")
    if stat.S_ISREG(mode) and is_database(path):
        raise TrackerError(f"{path} is a programme file or another database; a paper is never written over it.")
    _refuse_company(real(path))


def _refuse_company(path: Path) -> None:
    for tail in BESIDE:
        programme = path.with_name(path.name.removesuffix(tail) or path.name)
        if path.name.endswith(tail) and is_database(programme):
            raise TrackerError(f"{path} belongs to the programme file {programme}. Choose another name.")
    for folder in path.absolute().parents:
        if folder.name.endswith(BACKUPS) and is_database(folder.with_name(folder.name.removesuffix(BACKUPS))):
            raise TrackerError(f"{folder} holds the backups of a programme. Choose another folder.")


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database; not, when it is no regular file or cannot be read."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(DATABASE)) == DATABASE
    except (OSError, ValueError):
        return False


def file_mode() -> int:
    """Return the mode of a new file: for its owner only, or by the umask where $TRACKER_SHARED says so."""
    return SHARED_FILE if _shared() else PRIVATE_FILE


def folder_mode() -> int:
    """Return the mode of a new folder, as ``file_mode`` does."""
    return SHARED_FOLDER if _shared() else PRIVATE_FOLDER


def _shared() -> bool:
    return os.environ.get(SHARED, "").strip().lower() in ("1", "yes", "true", "on")


def keep_mode(path: Path, before: Path) -> None:
    """Give a file the mode of the one that it will replace, and its owner and group where that is allowed."""
    try:
        old = before.stat()
    except OSError:
        return
    with suppress(OSError):
        os.chown(path, old.st_uid, old.st_gid)
    with suppress(OSError):
        path.chmod(stat.S_IMODE(old.st_mode))


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; a file system that cannot say so is not asked twice."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_new(path: Path, data: bytes) -> None:
    """Write a new file, and wait until it is on the disk. Raises OSError, also when it is there already."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file_mode())
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
