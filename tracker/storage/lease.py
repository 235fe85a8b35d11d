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
    longest, kind = "", ""
    for line in mounts.splitlines():
        _, point, filesystem, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        inside = file_path == point or file_path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(longest):
            longest, kind = point, filesystem
    return kind if kind in NETWORK else ""


@contextmanager
def held(path: str) -> Iterator[None]:
    """Hold the file for one write, when it is on a network drive. Raises FileTrouble after ten seconds."""
    if path == ":memory:" or not network_drive(path):
        yield
        return
    name = path + ".lease"
    _take(name, path)
    try:
        yield
    finally:
        _remove(name)


def _remove(name: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(name)  # noqa: PTH108


def _take(name: str, path: str) -> None:
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
            os.write(handle, f"{os.uname().nodename} {os.getpid()}\n".encode())
            os.close(handle)
            return


def _drop_stale(name: str) -> None:
    try:
        if time.time() - os.stat(name).st_mtime > STALE_S:  # noqa: PTH116
            _remove(name)
    except OSError:
        return
