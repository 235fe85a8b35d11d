"""Files that many tests begin with: made by the first process of a run that asks, and read by all."""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.storage import connection, migrations
from tracker.storage.schema import triggers, views
from tracker.storage.search_schema import search_triggers
from tracker.storage.store import Store

_migrate = Store._migrate
_steps = migrations.migrations
_derived = (views(), triggers(), search_triggers())


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> bytes:
    """Return the content of a file that ``make`` writes at a path, unless another process of the run has made it."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    file = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            making = folder / f"{name}.part"
            make(making)
            making.rename(file)
    return file.read_bytes()


def copying(factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> None:
    """Let new programme files be copies of one: six steps of the schema take SQLite 0.6 s, and tests make some hundred.

    Where a test has other registers, fields or steps, its file is made as the program makes it.
    """

    def make(store: Store, *, is_new: bool) -> None:
        is_usual = migrations.migrations is _steps and (views(), triggers(), search_triggers()) == _derived
        if not (is_new and is_usual):
            _migrate(store, is_new=is_new)
            return
        content = made_once(factory, "empty.db", lambda path: _empty(str(path)))
        with sqlite3.connect(":memory:") as empty:
            empty.deserialize(content)
            empty.backup(store.connection)
        empty.close()

    patch.setattr(Store, "_migrate", make)


def _empty(path: str) -> None:
    made, _ = connection.connect(path, create=True)
    migrations.migrate(made)
    made.close()
