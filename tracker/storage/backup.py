"""Backups: compact copies that were opened and checked before they count."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from tracker.errors import FileTrouble, TrackerError
from tracker.storage.connection import APPLICATION_ID, FAILURES, connect, trouble
from tracker.storage.store import Store
from tracker.storage.version import SCHEMA_VERSION


def back_up(store: Store, target: Path | None = None, *, reason: str = "backup") -> Path:
    """Write a checked copy of the file and return its path.

    Without a target it lies beside the file, in a folder NAME.backups, named by its time and reason.
    Raises TrackerError when the target exists, FileTrouble when it cannot be written.
    """
    if target is None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        target = backup_folder(store.path) / f"{stamp}-{reason}.db"
    if target.exists():
        raise TrackerError(f"{target} exists already. Choose another name; a backup never overwrites a file.")
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        copy = sqlite3.connect(part)
        try:
            store.connection.backup(copy)
            copy.execute("VACUUM")  # a copy holds no deleted bytes
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            copy.close()
        if verdict != "ok":
            raise FileTrouble(f"The backup of {store.path} is not sound ({verdict}); it was not kept.")
        part.replace(target)
    except OSError as error:
        raise FileTrouble(f"{target} cannot be written ({error.strerror}). Choose another place.") from error
    except FAILURES as error:
        raise trouble(error, str(target)) from error
    finally:
        part.unlink(missing_ok=True)
    return target


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
    connection, _ = connect(source, known=SCHEMA_VERSION)
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if verdict != "ok" or application != APPLICATION_ID:
            raise FileTrouble(f"{source} is damaged ({verdict}). Choose another backup.")
        kept = _keep_present(path) if Path(path).exists() else None
        _put(connection, path)
    except FAILURES as error:
        raise trouble(error, str(source)) from error
    except OSError as error:
        raise FileTrouble(f"{path} cannot be written ({error.strerror}). Nothing was restored.") from error
    finally:
        connection.close()
    return kept


def _keep_present(path: str) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    kept = backup_folder(path) / f"{stamp}-before-restore.db"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(Path(path).read_bytes())  # byte for byte, since it may be damaged
    kept.chmod(0o600)
    return kept


def _put(source: sqlite3.Connection, path: str) -> None:
    """Copy into the file itself where it can be opened, so that a program that has it open sees the change."""
    if Path(path).exists():
        target = sqlite3.connect(path, timeout=10)
        try:
            source.backup(target)
        except FAILURES:
            pass  # too damaged to be written into: put a new file in its place
        else:
            return
        finally:
            target.close()
    part = Path(path + ".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
    copy = sqlite3.connect(part)
    try:
        source.backup(copy)
    finally:
        copy.close()
    part.replace(path)
