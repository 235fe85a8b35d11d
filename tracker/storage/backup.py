"""Copying a programme file: compact, its pages checked, and durable before it counts.

Whether the journal of a copy holds is asked in tracker.storage.copies: a file that is about to be brought to a newer
schema is copied from here, and its journal cannot be asked before.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tracker.errors import FileTrouble, TrackerError
from tracker.storage import durable
from tracker.storage.connection import FAILURES, PRAGMAS, trouble

WAIT_TRIES = 40  # of a quarter of a second
STAMP = "%Y%m%dT%H%M%S%fZ"
# A part is nothing before it is whole, and it is synced as a whole before it gets its name.
UNSYNCED = ("synchronous=OFF", "journal_mode=MEMORY")
TAILS = ("-journal", "-wal", "-shm")  # what SQLite keeps beside a file


def back_up(connection: sqlite3.Connection, path: str, target: Path | None = None, *, reason: str = "backup") -> Path:
    """Write a copy of the file at ``path``, which is open, its pages checked, and return where it is.

    Without a target it lies beside the file, in a folder NAME.backups, named by its time and reason.
    Raises TrackerError when the target exists, FileTrouble when it cannot be written.
    """
    if target is None:
        target = backup_folder(path) / f"{datetime.now(UTC).strftime(STAMP)}-{reason}.db"
    with being_written(target) as part:
        copy_to(connection, part, path)
        durable.put(part, target)
    return target


@contextmanager
def being_written(target: Path) -> Iterator[Path]:
    """Give the name under which a new file is written until it is whole; nothing of that name is left behind.

    Raises TrackerError when the target exists, FileTrouble when it cannot be written.
    """
    if os.path.lexists(target):
        raise TrackerError(f"{target} exists already. Choose another name; a backup never overwrites a file.")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        durable.make_folder(target.parent)
        yield part
    except OSError as error:
        raise FileTrouble(f"{target} cannot be written ({error.strerror}). Choose another place.") from error
    except FAILURES as error:
        raise trouble(error, str(target)) from error
    finally:
        for name in (str(part), *(f"{part}{tail}" for tail in TAILS)):
            with suppress(OSError):
                Path(name).unlink(missing_ok=True)


def copy_to(source: sqlite3.Connection, part: Path, path: str) -> None:
    """Write a compact copy of the file at ``path`` under a name that is not taken, and check its pages."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    copy = open_plainly(part)
    try:
        for pragma in UNSYNCED:
            copy.execute(f"PRAGMA {pragma}").fetchall()
        try:
            copy_pages(source, copy)
            copy.execute("VACUUM")  # a copy holds no deleted bytes
            verdict = str(copy.execute("PRAGMA integrity_check").fetchone()[0])
        except FAILURES as error:
            raise _cause(error, part, path) from error
    finally:
        copy.close()
    if verdict != "ok":
        raise damaged(path, verdict)


def _cause(error: Exception, part: Path, path: str) -> FileTrouble:
    """Return whose fault it is: that of the file at ``path``, which cannot be read, or that of the copy."""
    name = getattr(error, "sqlite_errorname", "")
    if "locked" in str(error):
        return trouble(error, path)
    # A copy that may be written is "readonly" when it came with a header that says so.
    if not isinstance(error, sqlite3.OperationalError) or ("READONLY" in name and os.access(part, os.W_OK)):
        return damaged(path, str(error))
    return trouble(error, str(part.with_name(part.name.rsplit(".", 2)[0])))


def damaged(path: str, verdict: str) -> FileTrouble:
    """Return what is said of a file whose pages are not sound."""
    said = " ".join(verdict.split())
    return FileTrouble(f"{path} is damaged ({said}): a backup of it would be no backup.", "backup.damaged")


def open_plainly(path: Path | str) -> sqlite3.Connection:
    """Return a connection to any database, with the settings of the program that make writing durable.

    It waits for nobody, since copying waits. The path is made absolute: a name such as ``file:x.db`` is an address.
    Raises what SQLite raises of a damaged file.
    """
    connection = sqlite3.connect(os.path.abspath(path), timeout=0, isolation_level=None)  # noqa: PTH100
    try:
        for pragma in PRAGMAS:
            if pragma.startswith(("synchronous", "secure_delete", "trusted_schema")):
                connection.execute(f"PRAGMA {pragma}").fetchall()
    except FAILURES:
        connection.close()
        raise
    return connection


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database; somebody who writes one of the two is waited for, but not for ever."""
    tries = count(1)

    def wait(status: int, *_: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and next(tries) >= WAIT_TRIES:
            raise sqlite3.OperationalError("database is locked")

    source.backup(target, progress=wait, sleep=0.25)


def backup_folder(path: str) -> Path:
    """Return the folder of the backups of a file."""
    return Path(path + ".backups")
