"""Restoring and backing up in bad company: locks, leftovers of a crash, damaged headers, wrong places."""

import os
import signal
from pathlib import Path

import pytest
from conftest import NOW
from copies_help import put_back

from tracker.errors import FileTrouble, TrackerError
from tracker.services.records.people import acting
from tracker.services.records.writing import add
from tracker.storage import backup
from tracker.storage.backup import back_up
from tracker.storage.copies.naming import backups
from tracker.storage.journal.verify import mend, verify
from tracker.storage.store import Acting, Store


def titles(path: Path) -> list[str]:
    with Store.open(path) as store:
        assert verify(store) == []
        return [row[0] for row in store.read("SELECT title FROM win ORDER BY id")]


@pytest.fixture
def kept(store: Store, ana: Acting) -> Path:
    """A backup with one win; the file has another."""
    add(store, "win", {"title": "before"}, ana)
    found = back_up(store.connection, store.path)
    add(store, "win", {"title": "after"}, ana)
    return found


def test_a_file_that_somebody_writes_is_not_replaced(
    path: Path, store: Store, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "WAIT_TRIES", 1)
    before, node = path.read_bytes(), path.stat().st_ino
    store.connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(FileTrouble, match=f"{path} is being written by another program"):
        put_back(kept, path)
    store.connection.execute("ROLLBACK")
    assert (path.read_bytes(), path.stat().st_ino) == (before, node)
    put_back(kept, path)
    assert titles(path) == ["before"]
    assert path.stat().st_ino == node  # a program that has the file open sees what was restored


def test_what_a_crash_left_is_not_played_into_the_restored_file(path: Path, store: Store, kept: Path) -> None:
    crash(path)
    journal = Path(f"{path}-journal")
    left = journal.read_bytes()
    store.close()
    path.unlink()  # somebody “cleans up”, and forgets the journal
    journal.write_bytes(left)
    assert put_back(kept, path) is None
    assert not journal.exists()
    assert titles(path) == ["before"]


def test_the_state_after_a_crash_is_kept_so_that_it_can_be_rolled_back(path: Path, store: Store, kept: Path) -> None:
    store.close()
    crash(path)
    present = put_back(kept, path)
    assert titles(path) == ["before"]
    assert present is not None
    assert titles(present) == ["before", "after"]


def crash(path: Path) -> None:
    """Die in the middle of a large change, with pages of it in the file and the journal beside it."""
    child = os.fork()
    if child == 0:
        try:
            with Store.open(path) as store:
                store.connection.execute("PRAGMA cache_size=1")
                store.connection.execute("PRAGMA cache_spill=1")
                store.connection.execute("BEGIN IMMEDIATE")
                for number in range(200):
                    store.connection.execute("INSERT INTO sequence VALUES (?, 1)", (f"half {number} " + "x" * 2000,))
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert Path(f"{path}-journal").stat().st_size > 0


def test_a_file_with_a_damaged_header_is_replaced(path: Path, store: Store, kept: Path) -> None:
    store.close()
    content = bytearray(path.read_bytes())
    content[18] = 9  # a format that only newer libraries write
    path.write_bytes(content)
    present = put_back(kept, path)
    assert present is not None
    assert present.read_bytes() == content
    assert titles(path) == ["before"]
    assert list(path.parent.glob("*.part")) == []


def test_the_file_is_no_backup_of_itself(path: Path, store: Store, kept: Path) -> None:
    with pytest.raises(TrackerError, match="is the programme file itself"):
        put_back(path, path)
    with pytest.raises(FileTrouble, match="There is no programme file at"):
        put_back(path.with_name("nowhere.db"), path)


def test_a_backup_below_a_file_is_refused_in_words(path: Path, store: Store, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="cannot be written"):
        back_up(store.connection, store.path, path / "copy.db")
    note = tmp_path / "copy.db.part"
    note.write_text("mine")
    back_up(store.connection, store.path, tmp_path / "copy.db")
    assert note.read_text() == "mine"


def test_backups_are_listed_oldest_first_and_all_open(path: Path, store: Store, ana: Acting) -> None:
    made = []
    for number in range(3):
        add(store, "win", {"title": f"win {number}"}, ana)
        made.append(back_up(store.connection, store.path))
    assert backups(str(path)) == made
    assert [len(titles(one)) for one in made] == [1, 2, 3]


def test_a_backup_holds_no_deleted_bytes(store: Store, ana: Acting, tmp_path: Path) -> None:
    store.connection.execute("PRAGMA secure_delete=OFF")
    store.connection.execute("CREATE TABLE scratch(x)")
    store.connection.execute("INSERT INTO scratch VALUES ('a deleted secret')")
    store.connection.execute("DROP TABLE scratch")
    assert b"a deleted secret" in Path(store.path).read_bytes()
    assert b"a deleted secret" not in back_up(store.connection, store.path, tmp_path / "copy.db").read_bytes()


def test_mending_a_file_that_is_held_is_refused_in_words(path: Path, store: Store) -> None:
    with Store.open(path) as other:
        other.connection.execute("PRAGMA busy_timeout=10")
        store.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(FileTrouble, match="being written by another program"):
            mend(other)
        store.connection.execute("ROLLBACK")
        mend(other)
        assert verify(other) == []
        assert add(other, "win", {"title": "x"}, acting(other, "ana", "cli", NOW, NOW.date())).ref == "W-001"
