"""Network drives: SQLite's locks do not hold there, so a file that only one program can create stands for them.

On two machines sharing a drive (sshfs), 30 to 40 of 80 acknowledged writes were lost without this, and none with it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

from tracker.errors import FileTrouble

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "fuse.davfs", "davfs"}
MOUNTED = "/proc/self/mounts"
WAIT_S = 10.0
POLL_S = 0.002
STALE_S = 120.0  # a write takes milliseconds: a lease this old was left by a program that died


@cache
def network_drive(path: str) -> str:
    """Return the kind of network drive that holds the file, or an empty text; known on Linux only."""
    try:
        with open(MOUNTED, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            mounts = file.read()
    except OSError:
        return ""
    file_path = os.path.realpath(path)
    longest = ""
    kind = ""
    for line in mounts.splitlines():
        _, point, filesystem, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        inside = file_path == point or file_path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(longest):
            longest = point
            kind = filesystem
    return kind if kind in NETWORK else ""


@contextmanager
def held(path: str) -> Iterator[None]:
    """Hold the file for one write, when it is on a network drive. Raises FileTrouble after ten seconds."""
    if path == ":memory:" or not network_drive(path):
        yield
        return
    name = path + ".lease"
    mark = _take(name, path)
    try:
        yield
    finally:
        _give_back(name, mark)


def _take(name: str, path: str) -> bytes:
    """Make the lease and return what it says, by which it is known as ours."""
    mark = f"{os.uname().nodename} {os.getpid()} {os.urandom(8).hex()}\n".encode()
    until = time.monotonic() + WAIT_S
    while True:
        try:
            handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except OSError:  # sshfs reports a lease that is taken as "not permitted"
            _drop_stale(name)
            if time.monotonic() > until:
                raise FileTrouble(
                    f"{path} is on a network drive and another program holds it ({name}). "
                    f"Nothing was saved; try again in a moment."
                ) from None
            time.sleep(0.02)
        else:
            os.write(handle, mark)
            os.close(handle)
            return mark


def _give_back(name: str, mark: bytes) -> None:
    """Take the lease away if it is still ours: a write that took too long may have lost it to another program."""
    if _mark(name) == mark:
        with suppress(FileNotFoundError):
            os.unlink(name)  # noqa: PTH108


def _mark(name: str) -> bytes | None:
    try:
        with open(name, "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return None


def _drop_stale(name: str) -> None:
    """Take away a lease that a dead program left, and not one that was made since somebody looked.

    It first gets a name of its own, under which nobody else can drop it; what was fresh after all is put back.
    """
    aside = f"{name}.{os.getpid()}"
    with suppress(OSError):
        if time.time() - os.stat(name).st_mtime <= STALE_S:  # noqa: PTH116
            return
        os.rename(name, aside)  # noqa: PTH104
        if time.time() - os.stat(aside).st_mtime <= STALE_S:  # noqa: PTH116
            os.link(aside, name)
        os.unlink(aside)  # noqa: PTH108


@contextmanager
def turn(path: str, wait_s: float) -> Iterator[None]:
    """Wait for one's turn to begin a write, so that a busy writer cannot go first again and again.

    SQLite lets whoever waits sleep longer and longer, and one that has just written begins again in the meantime. Here
    one waiter at a time stands before the file: the lock is that of its folder, so nothing lies beside the file, and
    the system takes it back from a program that is killed. Where there is no such lock, or the wait is over, the
    writer goes on as it would without it.
    """
    folder = _queue(path)
    try:
        if folder is not None:
            _stand_in_line(folder, wait_s)
        yield
    finally:
        if folder is not None:
            os.close(folder)


def _queue(path: str) -> int | None:
    if path == ":memory:":
        return None
    try:
        return os.open(os.path.dirname(path) or ".", os.O_RDONLY)  # noqa: PTH120
    except OSError:
        return None


def _stand_in_line(folder: int, wait_s: float) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return
            time.sleep(POLL_S)
        except OSError:
            return
        else:
            return
