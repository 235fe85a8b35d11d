"""A backup is verified before it counts, and durable when it is acknowledged; nothing half is ever left."""

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOW
from copies_help import Touched, alter, assert_durable, full, recorded

from tracker.errors import FileTrouble
from tracker.services.records.writing import add
from tracker.storage import backup, durable
from tracker.storage.backup import back_up, backup_folder
from tracker.storage.copies.examine import problems_in
from tracker.storage.copies.keeping import keep, keep_bytes
from tracker.storage.copies.naming import backups, read_name
from tracker.storage.store import Acting, Store


def damage_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * (4096 * 3)
    path.write_bytes(content)


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Touched:
    """What was synced and renamed, in order."""
    return recorded(monkeypatch)


def test_a_backup_is_synced_with_its_folder(store: Store, touched: Touched) -> None:
    kept = keep(store.connection, store.path, now=NOW)
    assert_durable(touched, kept.path)
    assert ("sync", str(kept.path.parent.parent)) in touched  # the folder of backups is new there
    before_migration = back_up(store.connection, store.path, reason="before-migration")
    assert_durable(touched, before_migration)


def test_a_backup_says_that_it_was_verified(store: Store) -> None:
    kept = keep(store.connection, store.path, now=NOW)
    assert kept.problems == ()
    assert kept.path.name == "20261001T090000000000Z-backup-verified.db"
    named = read_name(kept.path)
    assert named is not None and (named.at, named.reason, named.verified) == (NOW, "backup", True)
    assert problems_in(kept.path) == []


def test_a_backup_of_an_altered_journal_is_kept_and_not_called_verified(path: Path, store: Store) -> None:
    alter(path)
    kept = keep(store.connection, store.path, now=NOW)
    assert any("not what the journal says" in problem for problem in kept.problems)
    assert kept.path.name == "20261001T090000000000Z-backup.db"
    assert kept.path.exists()


def test_a_file_with_damaged_pages_is_saved_byte_by_byte(path: Path, store: Store, tmp_path: Path) -> None:
    store.close()
    damage_pages(path)
    connection = sqlite3.connect(path)
    with pytest.raises(FileTrouble, match="a backup of it would be no backup") as caught:
        keep(connection, str(path), now=NOW)
    connection.close()
    assert caught.value.code == "backup.damaged"
    assert list(backup_folder(str(path)).iterdir()) == []
    kept = keep_bytes(str(path), tmp_path / "saved.db")
    assert kept.path.read_bytes() == path.read_bytes()
    assert kept.problems


def test_bytes_that_were_not_written_as_read_are_no_copy(
    path: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_same", lambda *_: False)
    with pytest.raises(FileTrouble, match="what was written is not what was read"):
        keep_bytes(str(path), tmp_path / "saved.db")
    assert list(tmp_path.glob("saved*")) == []


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_full_disk_leaves_nothing(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(FileTrouble, match="No space left"):
            keep(store.connection, store.path, now=NOW)
        with pytest.raises(FileTrouble, match="No space left"):
            keep_bytes(str(path), path.with_name("saved.db"))
    assert backups(str(path)) == []
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == [path.name]


def test_a_disk_that_syncs_no_folders_is_no_obstacle(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def refuses_folders(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").is_dir():
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", refuses_folders)
    assert keep(store.connection, store.path, now=NOW).path.exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from tracker.storage.copies.keeping import keep
from tracker.storage.store import Store
call = getattr(os, sys.argv[2])
def die(*arguments):
    if sys.argv[3] == "after":
        call(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(os, sys.argv[2], die)
with Store.open(sys.argv[1]) as store:
    keep(store.connection, store.path)
"""


@pytest.mark.parametrize("call", ["replace", "fsync"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_leaves_a_whole_backup_or_a_part_that_is_no_backup(
    path: Path, store: Store, call: str, when: str
) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), call, when], check=False)
    assert done.returncode == -9
    whole = backups(str(path))
    assert len(whole) == ((call, when) == ("replace", "after"))
    assert [problems_in(copy) for copy in whole] == [[]] * len(whole)


@pytest.mark.parametrize("name", ["file:x.db", "file:x.db?mode=memory", "50%25 #1.db", "-x.db"])
def test_a_programme_of_any_name_has_a_backup(
    tmp_path: Path, new_programme: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(new_programme)
    with Store.open(name) as store:
        kept = keep(store.connection, store.path, now=NOW)
        own = keep(store.connection, store.path, Path("file:copy.db"), now=NOW)
    assert (kept.problems, own.problems) == ((), ())
    assert kept.path.stat().st_size == own.path.stat().st_size > 0


def test_what_stands_in_a_wal_is_in_the_backup(path: Path, store: Store, ana: Acting) -> None:
    add(store, "win", {"title": "in the log"}, ana)
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE theirs(x)")
    other.commit()
    assert Path(f"{path}-wal").stat().st_size > 0
    kept = keep(store.connection, store.path, now=NOW)
    other.close()
    copy = sqlite3.connect(kept.path)
    assert copy.execute("SELECT count(*) FROM theirs").fetchone() == (0,)
    copy.close()


def test_copies_are_written_as_strictly_as_records(
    path: Path, _in_a_hurry: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, new_programme: bytes
) -> None:
    path.write_bytes(new_programme)
    monkeypatch.setattr(backup, "PRAGMAS", _in_a_hurry)
    connection = backup.open_plainly(path)
    assert connection.execute("PRAGMA synchronous").fetchone() == (3,)  # EXTRA
    connection.close()
