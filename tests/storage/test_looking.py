"""What lies at a path is found out before SQLite opens it, and what is wrong with a file is said as it is."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from conftest import NOW

from tracker.errors import FileTrouble
from tracker.services.programme_file import create_programme
from tracker.services.records.writing import add
from tracker.storage import connection, looking
from tracker.storage.journal.verify import mend, verify
from tracker.storage.store import Acting, Store


def crashed(path: Path, *, wal: bool, statement: str) -> dict[str, bytes]:
    """Leave a database with the journal or the log of a crash, and return its files."""
    writer = sqlite3.connect(path, isolation_level=None)
    if wal:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("PRAGMA wal_autocheckpoint=0")
        writer.execute(statement)
    else:
        writer.execute("PRAGMA cache_size=1")
        writer.execute("PRAGMA cache_spill=ON")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(statement)
        writer.execute(
            "CREATE TABLE big AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n "
            "WHERE x < 5000) SELECT x, randomblob(500) FROM n"
        )
    kept = path.parent / "crashed"
    kept.mkdir()
    for file in path.parent.glob(path.name + "*"):
        shutil.copyfile(file, kept / file.name)
    writer.close()
    return files(kept)


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.mark.parametrize("wal", [True, False])
@pytest.mark.parametrize("create", [True, False])
def test_a_crashed_database_of_another_program_is_not_touched(tmp_path: Path, wal: bool, create: bool) -> None:
    theirs = tmp_path / "theirs.db"
    with sqlite3.connect(theirs) as other:
        other.execute("CREATE TABLE notes(x)")
    other.close()
    before = crashed(theirs, wal=wal, statement="INSERT INTO notes VALUES ('theirs')")
    assert len(before) > 1
    with pytest.raises(FileTrouble, match="another program"):
        Store.open(tmp_path / "crashed" / "theirs.db", create=create)
    assert files(tmp_path / "crashed") == before


def test_our_own_crashed_file_is_rolled_back(path: Path, new_programme: bytes) -> None:
    path.write_bytes(new_programme)
    assert len(crashed(path, wal=False, statement="DELETE FROM person")) == 2
    with Store.open(path.parent / "crashed" / path.name) as store:
        assert len(store.read("SELECT 1 FROM person")) == 1


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_file_is_refused_without_waiting_for_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "programme.db"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(FileTrouble, match=f"is a {kind}, not a file"):
        Store.open(path)
    with pytest.raises(FileTrouble, match=f"is a {kind}, not a file"):
        create_programme(path, {"name": "Ours"}, "ana", NOW, NOW.date())


def test_a_file_that_is_gone_or_replaced_is_noticed(store: Store, ana: Acting, new_programme: bytes) -> None:
    path = Path(store.path)
    store.data_version()
    other = path.with_name("other.db")
    other.write_bytes(new_programme)
    path.rename(path.with_name("moved.db"))
    for use in (store.data_version, lambda: add(store, "win", {"title": "x"}, ana)):
        with pytest.raises(FileTrouble, match="is gone: it was deleted or moved"):
            use()
    other.rename(path)
    for use in (store.data_version, lambda: add(store, "win", {"title": "x"}, ana)):
        with pytest.raises(FileTrouble, match="was replaced by another file"):
            use()
    assert path.read_bytes() == new_programme


def test_a_file_in_wal_mode_that_a_tool_has_open_can_be_read_and_written(
    path: Path, new_programme: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(new_programme)
    tool = sqlite3.connect(path, isolation_level=None)
    tool.execute("PRAGMA journal_mode=WAL")
    tool.execute("BEGIN")
    tool.execute("SELECT * FROM person").fetchone()
    with Store.open(path) as store:
        by = Acting(store.read("SELECT uid FROM person")[0][0], "cli", NOW, NOW.date())
        assert add(store, "win", {"title": "A field less"}, by).ref == "W-001"
    tool.close()
    with Store.open(path) as store:
        assert store.read("PRAGMA journal_mode") == [("delete",)]
        assert len(store.read("SELECT 1 FROM win")) == 1


def test_a_crash_on_a_file_that_may_only_be_read_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"x")
    Path(f"{path}-journal").write_bytes(b"left")
    monkeypatch.setattr(looking, "_may_write", lambda _: False)
    error = sqlite3.OperationalError("attempt to write a readonly database")
    assert "left unfinished by a program that crashed" in str(connection.trouble(error, str(path)))
    Path(f"{path}-journal").unlink()
    assert "can be read but not written" in str(connection.trouble(error, str(path)))
    Path(f"{path}-wal").write_bytes(b"")
    assert "into WAL mode by another tool" in str(connection.trouble(error, str(path)))


def test_a_damaged_index_is_named_with_what_mends_it(store: Store, ana: Acting) -> None:
    add(store, "win", {"title": "A field less"}, ana)
    assert verify(store) == []
    store.connection.execute("DELETE FROM search_data WHERE id > 10")
    (problem,) = verify(store)
    assert "full-text table of the search is damaged" in str(problem)
    assert getattr(problem, "code", "") == "search.stale"
    store.connection.execute("PRAGMA query_only=ON")
    assert len(verify(store)) == 1
    assert store.read("PRAGMA query_only") == [(1,)]
    store.connection.execute("PRAGMA query_only=OFF")
    mend(store)
    assert verify(store) == []


def test_a_file_that_a_newer_program_took_over_is_not_written(store: Store, ana: Acting) -> None:
    with Store.open(store.path) as newer:
        newer.connection.execute("PRAGMA user_version=99")
    with pytest.raises(FileTrouble, match="was brought to a newer schema"):
        add(store, "win", {"title": "A field less"}, ana)
    assert store.read("SELECT count(*) FROM win") == [(0,)]
    assert not store.connection.in_transaction
