"""What lies at a path, found out before SQLite opens it: SQLite plays in what a crash left, whoever's file it is."""

import os
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISREG, S_ISSOCK
from threading import Lock

from tracker.errors import FileTrouble

APPLICATION_ID = 0x54524B52  # "TRKR"
MAGIC = b"SQLite format 3\0"
HEADER = 100  # bytes, https://www.sqlite.org/fileformat2.html#the_database_header
KINDS = ((S_ISFIFO, "a pipe"), (S_ISSOCK, "a socket"), (S_ISCHR, "a device"), (S_ISBLK, "a device"))
Identity = tuple[int, int]  # device and inode

_lock = Lock()
# Closing any handle of a file gives up every lock that this process holds on it (so POSIX says), those of SQLite's own
# handles too. So a file is looked at only before this process opens it for the first time.
_judged: set[Identity] = set()


def identity(path: str) -> Identity | None:
    """Return which file lies at a path now; None when there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - pathlib would be a tenth of opening a file
    except OSError:
        return None
    return found.st_dev, found.st_ino


def refuse_no_file(path: str, mode: int) -> None:
    """Raise FileTrouble for what is no regular file, by the mode that stat gives."""
    if S_ISDIR(mode):
        raise FileTrouble(f"{path} is a folder.", "file.folder")
    for is_kind, kind in KINDS:
        if is_kind(mode):
            raise FileTrouble(f"{path} is {kind}, not a file.", "file.folder")
    if not S_ISREG(mode):
        raise FileTrouble(f"{path} is not a file.", "file.folder")


def refuse_foreign(path: str, *, create: bool) -> None:
    """Raise FileTrouble for a database of another program that a crash left unfinished, without touching it.

    One that is whole may be opened: SQLite changes nothing in it.
    """
    if not any(_size(path + tail) for tail in ("-journal", "-wal")):
        return
    with _lock:
        file = identity(path)
        if file is None or file in _judged:
            return
        header = _begin_of(path, HEADER)
        ours = int.from_bytes(header[68:72], "big") == APPLICATION_ID
        if header.startswith(MAGIC) and not ours and not (create and _was_new(path)):
            raise FileTrouble(f"{path} is a database of another program.", "file.foreign")
        if header and not header.startswith(MAGIC):
            raise FileTrouble(f"{path} is not a programme file.", "file.none")
        _judged.add(file)


def _was_new(path: str) -> bool:
    """Whether the database had no page yet when the write began that a journal is left of."""
    return not _size(path + "-wal") and _begin_of(path + "-journal", 20)[16:20] == b"\0\0\0\0"


def _begin_of(path: str, length: int) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(length)
    except OSError:
        return b""


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116
    except OSError:
        return 0


def true_cause(path: str, code: str) -> FileTrouble | None:
    """Return what is wrong with a file that SQLite could not use, where that can be seen; else None.

    ``code`` is SQLite's name of its error, in small letters.
    """
    if path == ":memory:":
        return None
    if "readonly" in code and not _is_there(path):
        return gone(path)
    if ("readonly" in code or "cantopen" in code) and _size(path + "-journal") and not _may_write(path):
        return FileTrouble(
            f"{path} was left unfinished by a program that crashed ({path}-journal), and you may only read it. "
            "Whoever may write it has to open it once; then it can be read again.",
            "file.unfinished",
        )
    if ("readonly" in code or "cantopen" in code) and os.path.lexists(path + "-wal"):
        return FileTrouble(
            f"{path} was put into WAL mode by another tool ({path}-wal), and cannot be read where its folder may not "
            "be written. Close that tool, or open the file once where it may be written.",
            "file.wal",
        )
    return None


def _is_there(path: str) -> bool:
    """Whether something lies at a path; also where one may not look."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _may_write(path: str) -> bool:
    return os.access(path, os.W_OK) and os.access(os.path.dirname(path) or ".", os.W_OK)  # noqa: PTH120


def gone(path: str) -> FileTrouble:
    """Return the error for a file that was deleted or moved while it was open."""
    return FileTrouble(f"{path} is gone: it was deleted or moved while it was open. Nothing was saved.", "file.gone")


def still(path: str, opened: Identity | None) -> None:
    """Raise FileTrouble when the file that was opened does not lie at its path any more."""
    if opened is None:
        return
    now = identity(path)
    if now is None:
        raise gone(path)
    if now != opened:
        raise FileTrouble(
            f"{path} was replaced by another file while it was open. Nothing was saved; start the program again.",
            "file.replaced",
        )
