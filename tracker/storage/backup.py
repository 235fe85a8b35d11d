"""Backups: compact copies that were opened and checked before they count."""

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tracker.errors import FileTrouble, TrackerError
from tracker.storage import lease
from tracker.storage.connection import FAILURES, connect, trouble

WAIT_TRIES = 40  # of a quarter of a second


def back_up(connection: sqlite3.Connection, path: str, target: Path | None = None, *, reason: str = "backup") -> Path:
    """Write a checked copy of the file at ``path``, which is open, and return where it is.

    Without a target it lies beside the file, in a folder NAME.backups, named by its time and reason.
    Raises TrackerError when the target exists, FileTrouble when it cannot be written.
    """
    if target is None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        target = backup_folder(path) / f"{stamp}-{reason}.db"
    if target.exists():
        raise TrackerError(f"{target} exists already. Choose another name; a backup never overwrites a file.")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_to(connection, part)
        part.replace(target)
    except OSError as error:
        raise FileTrouble(f"{target} cannot be written ({error.strerror}). Choose another place.") from error
    except FAILURES as error:
        raise trouble(error, str(target)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _copy_to(source: sqlite3.Connection, part: Path) -> None:
    """Write a compact copy under a name that is not taken, and check it."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    copy = sqlite3.connect(part)
    try:
        _copy(source, copy)
        copy.execute("VACUUM")  # a copy holds no deleted bytes
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
    if verdict != "ok":
        raise FileTrouble(f"The backup is not sound, for the file is damaged ({verdict}); it was not kept.")


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database; somebody who writes one of the two is waited for, but not for ever."""
    tries = count(1)

    def wait(status: int, *_: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and next(tries) >= WAIT_TRIES:
            raise sqlite3.OperationalError("database is locked")

    source.backup(target, progress=wait, sleep=0.25)


def backup_folder(path: str) -> Path:
    """Return the folder of the backups of a file."""
    return Path(path + ".backups")


def backups(path: str) -> list[Path]:
    """Return the backups of a file, the oldest first."""
    return sorted(backup_folder(path).glob("*.db"))


def restore_from(source: Path, path: str) -> Path | None:
    """Put a backup in the place of the file; return where the state before was kept (None if there was none).

    The backup is opened and checked first. Raises FileTrouble, with both files as they were.
    """
    if source.exists() and Path(path).exists() and source.samefile(path):
        raise TrackerError(f"{source} is the programme file itself. Name a backup of it.")
    connection, _ = connect(source)
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise FileTrouble(f"{source} is damaged ({verdict}). Choose another backup.")
        with lease.held(path):
            before = _keep_present(path)
            _put(connection, path)
    except FAILURES as error:
        raise trouble(error, str(source)) from error
    except OSError as error:
        raise FileTrouble(f"{path} cannot be written ({error.strerror}). Nothing was restored.") from error
    finally:
        connection.close()
    return before


def _keep_present(path: str) -> Path | None:
    """Copy the file as it is into the folder of its backups, and return where; None when there is no file."""
    if not Path(path).exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    backup = backup_folder(path) / f"{stamp}-before-restore.db"
    backup.parent.mkdir(parents=True, exist_ok=True)
    for tail in ("", "-journal"):  # byte for byte, since it may be damaged; a journal left by a crash belongs to it
        if Path(path + tail).exists():
            copy = Path(f"{backup}{tail}")
            copy.write_bytes(Path(path + tail).read_bytes())
            copy.chmod(0o600)
    return backup


def _put(source: sqlite3.Connection, path: str) -> None:
    """Copy into the file itself where it can be opened, so that a program that has it open sees the change."""
    if Path(path).exists():
        target = sqlite3.connect(path, timeout=0)  # _copy waits
        try:
            _copy(source, target)
        except FAILURES as error:
            if not _hopeless(error, path):
                raise trouble(error, path) from error
        else:
            return
        finally:
            target.close()
    _replace(source, path)


def _hopeless(error: Exception, path: str) -> bool:
    """Whether a file is too damaged to be written into; one that is locked, read-only or on a full disk is not."""
    readonly = "READONLY" in getattr(error, "sqlite_errorname", "")  # so SQLite calls a damaged header, too
    return not isinstance(error, sqlite3.OperationalError) or (readonly and os.access(path, os.W_OK))


def _replace(source: sqlite3.Connection, path: str) -> None:
    part = Path(f"{path}.{os.getpid()}.part")
    try:
        _copy_to(source, part)
        for tail in ("-journal", "-wal", "-shm"):  # SQLite would play what a crash left into the new file
            Path(path + tail).unlink(missing_ok=True)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
