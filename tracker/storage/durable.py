"""Durable means that a power cut after the call takes nothing of it back.

The name of a file lies in its folder, so both are synced.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path

# What disks answer that know no syncing of folders: some network drives do not.
NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS}


def sync(path: Path) -> None:
    """Let the disk have a file, or the names in a folder. Raises OSError."""
    if os.name == "nt" and path.is_dir():  # Windows opens no folder, and writes names through
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NOT_OFFERED or not path.is_dir():
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder for its owner only, and those above it, where they are missing; their names are synced."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    for above in reversed(missing):
        with suppress(FileExistsError):
            above.mkdir(mode=0o700)
        sync(above.parent)


def put(part: Path, path: Path) -> None:
    """Give a finished file its name, in the place of what has it; it stays after a power cut. Raises OSError."""
    sync(part)
    os.replace(part, path)  # noqa: PTH105
    sync(path.parent)


def drop(*paths: Path) -> None:
    """Remove files that lie in one folder, where they are there; they stay away after a power cut. Raises OSError."""
    for path in paths:
        path.unlink(missing_ok=True)
    sync(paths[0].parent)


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a file byte by byte into a new one for its owner only, read back and compared.

    Raises OSError, also when what was written is not what was read; nothing is left behind then.
    """
    try:
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file, source.open("rb") as read:
            while block := read.read(1 << 20):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if not _same(source, target):
            raise OSError(errno.EIO, "what was written is not what was read")
    except BaseException:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise


def _same(first: Path, second: Path) -> bool:
    with first.open("rb") as one, second.open("rb") as other:
        while True:
            block = one.read(1 << 20)
            if block != other.read(1 << 20):
                return False
            if not block:
                return True
