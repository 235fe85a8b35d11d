"""A sentence about the file names the true cause: it is gone, or another tool has it in a form of its own."""

import sqlite3
from pathlib import Path

import pytest

from tracker.errors import FileTrouble
from tracker.services.records.writing import add
from tracker.storage.connection import trouble
from tracker.storage.store import Acting, Store


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_is_gone_is_called_gone(
    path: Path, store: Store, ana: Acting, new_programme: bytes, replaced: bool
) -> None:
    add(store, "win", {"title": "before"}, ana)
    path.rename(path.with_name("elsewhere.db"))
    if replaced:
        path.write_bytes(new_programme)
    with pytest.raises(FileTrouble, match="replaced by another file while" if replaced else "deleted or moved while"):
        add(store, "win", {"title": "after"}, ana)


def test_a_file_that_another_tool_has_in_wal_mode_is_read_and_written(path: Path, store: Store, ana: Acting) -> None:
    store.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL").fetchall()
    other.execute("INSERT INTO sequence VALUES ('x', 1)")
    with Store.open(path) as beside:
        assert add(beside, "win", {"title": "beside"}, ana).ref == "W-001"
    other.close()
    with Store.open(path) as after:
        assert after.read("SELECT title FROM win") == [("beside",)]


@pytest.mark.parametrize("name", ["READONLY_ROLLBACK", "READONLY_RECOVERY", "READONLY_CANTINIT"])
def test_what_cannot_be_read_is_not_called_readable(name: str, path: Path, store: Store) -> None:
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorname = f"SQLITE_{name}"
    assert "cannot be read before what a crash left in it is undone" in str(trouble(error, str(path)))
