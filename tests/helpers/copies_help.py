"""What tests of backups share: altering a file, a full disk, what was synced, and restoring in one call."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from tracker.storage.copies.restore import plan_restore, restore

Touched = list[tuple[str, str]]


def put_back(source: Path, path: Path | str) -> Path | None:
    """Put a backup, against which nothing speaks, in the place of a file; return where the state before was kept."""
    plan = plan_restore(source, str(path))
    assert plan.refusals == ()
    kept = restore(plan, str(path))
    return kept.path if kept else None


def alter(path: Path) -> None:
    """Change a value past the journal, as somebody does who means it: without the triggers, which are put back."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE programme SET name = 'Another name'")
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def full(*_: object) -> None:
    """Stand for a call to a disk that is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def recorded(monkeypatch: pytest.MonkeyPatch) -> Touched:
    """Return a list into which goes what is synced and renamed from now on, in order."""
    seen: Touched = []
    fsync, replace = os.fsync, os.replace

    def record_sync(handle: int) -> None:
        seen.append(("sync", str(Path(f"/proc/self/fd/{handle}").readlink())))
        fsync(handle)

    def record_replace(source: Path, target: Path) -> None:
        seen.append(("rename", str(target)))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(os, "replace", record_replace)
    return seen


def assert_durable(touched: Touched, target: Path) -> None:
    """The bytes were synced before the name was given, and the folder after it."""
    place = touched.index(("rename", str(target)))
    assert touched[place - 1][0] == "sync"
    assert touched[place - 1][1].endswith(".part")
    assert touched[place + 1] == ("sync", str(target.parent))
