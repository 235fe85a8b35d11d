"""New programme files as copies of one: six steps of the schema take SQLite 0.6 s, and tests make some hundred files.

Where a test has other registers, fields or steps, its file is made as the program makes it.
"""

import sqlite3

import pytest
from made_once import made_once

from tracker.storage import connection, migrations
from tracker.storage.schema import triggers, views
from tracker.storage.search_schema import search_triggers
from tracker.storage.store import Store

_migrate = Store._migrate
_steps = migrations.migrations
_derived = (views(), triggers(), search_triggers())


def copying(factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> None:
    """Let files that are made meanwhile be copies of the first."""

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
