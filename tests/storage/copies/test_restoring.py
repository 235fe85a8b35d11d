"""Restoring says what it would do, refuses what is not to be replaced or put there, and keeps what stood there."""

import os
import sqlite3
from pathlib import Path

import pytest
from conftest import NOW, at
from copies_help import Touched, alter, assert_durable, full, recorded

from tracker.errors import FileTrouble
from tracker.services.programme_file import create_programme
from tracker.services.records.writing import add
from tracker.storage.copies import keeping, restore
from tracker.storage.copies.examine import problems_in
from tracker.storage.copies.keeping import keep
from tracker.storage.copies.naming import backups
from tracker.storage.copies.restore import plan_restore
from tracker.storage.journal.verify import verify
from tracker.storage.store import Acting, Store


def titles(path: Path) -> list[str]:
    with Store.open(path) as store:
        assert verify(store) == []
        return [row[0] for row in store.read("SELECT title FROM win ORDER BY id")]


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Touched:
    """What was synced and renamed, in order."""
    return recorded(monkeypatch)


@pytest.fixture
def kept(store: Store, ana: Acting, tmp_path: Path) -> Path:
    """A backup with one win, elsewhere; the file has two more."""
    add(store, "win", {"title": "before"}, ana)
    copy = keep(store.connection, store.path, tmp_path / "elsewhere.db", now=NOW).path
    add(store, "win", {"title": "after"}, at(ana, NOW.date()))
    add(store, "win", {"title": "later"}, ana)
    store.close()
    return copy


def test_the_plan_says_whose_it_is_how_far_it_goes_and_what_would_go(path: Path, kept: Path) -> None:
    plan = plan_restore(kept, str(path))
    assert (plan.backup.name, plan.going, plan.refusals, plan.damage) == ("Simpler Services", 2, (), "")
    assert plan.present is not None
    assert len(plan.present.commands) - len(plan.backup.commands) == 2
    assert plan.backup.last is not None and plan.backup.last.date() == NOW.date()
    other = path.with_name("new.db")
    assert plan_restore(kept, str(other)).present is None
    assert restore.restore(plan_restore(kept, str(other)), str(other)) is None
    assert titles(other) == ["before"]


def test_another_programme_and_an_altered_journal_are_named(path: Path, kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    create_programme(other, {"name": "Other"}, "ben", NOW, NOW.date()).close()
    (another,) = plan_restore(other, str(path)).refusals
    assert another.code == "restore.another"
    assert str(another) == f"{other} is a backup of “Other”, and {path} holds another programme, “Simpler Services”."
    alter(kept)
    (altered,) = plan_restore(kept, str(path)).refusals
    assert altered.code == "restore.altered"
    assert "does not hold what was recorded" in str(altered)


@pytest.mark.parametrize("schema", [1, 2])
def test_a_backup_of_an_older_schema_is_verified_too(path: Path, kept: Path, schema: int) -> None:
    source = Path(__file__).parents[2] / "schemas" / f"schema-{schema}.db"
    before = source.read_bytes()
    assert [problem.code for problem in plan_restore(source, str(path)).refusals] == ["restore.another"]
    assert source.read_bytes() == before


def test_what_is_no_sound_programme_is_not_put_there(path: Path, kept: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    foreign = tmp_path / "foreign.db"
    other = sqlite3.connect(foreign)
    other.execute("CREATE TABLE notes(x)")
    other.close()
    note = tmp_path / "note.txt"
    note.write_text("my shopping list\n" * 90)
    cut = tmp_path / "cut.db"
    cut.write_bytes(kept.read_bytes()[:40_960])
    for source in (foreign, note, cut):
        with pytest.raises(FileTrouble):
            plan_restore(source, str(path))
    assert path.read_bytes() == before


def test_what_is_somebody_elses_is_not_replaced(kept: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    other = sqlite3.connect(foreign)
    other.execute("CREATE TABLE notes(x)")
    other.close()
    with pytest.raises(FileTrouble, match="a database of another program"):
        plan_restore(kept, str(foreign))
    note = tmp_path / "note.txt"
    note.write_text("my shopping list\n" * 90)
    (unknown,) = plan_restore(kept, str(note)).refusals
    assert unknown.code == "restore.unknown"
    with pytest.raises(FileTrouble, match="is a folder"):
        plan_restore(kept, str(tmp_path))


def test_a_damaged_file_of_ours_is_known_by_its_header(path: Path, kept: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    plan = plan_restore(kept, str(path))
    assert (plan.refusals, plan.going) == ((), None)
    assert "damaged" in plan.damage
    present = restore.restore(plan, str(path), NOW)
    assert present is not None
    assert present.path.read_bytes() == content
    assert present.problems
    assert titles(path) == ["before"]


def test_the_present_state_is_kept_whole_and_verified(path: Path, kept: Path) -> None:
    present = restore.restore(plan_restore(kept, str(path)), str(path), NOW)
    assert present is not None
    assert (present.problems, present.path.name) == ((), "20261001T090000000000Z-before-restore-verified.db")
    assert titles(present.path) == ["before", "after", "later"]
    assert titles(path) == ["before"]


def test_what_stands_in_a_wal_is_kept_too(path: Path, kept: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL").fetchall()
    other.execute("PRAGMA wal_autocheckpoint=0").fetchall()
    other.execute("INSERT INTO sequence VALUES ('in the log', 7)")
    files = {tail: Path(f"{path}{tail}").read_bytes() for tail in ("", "-wal")}
    other.close()
    for tail, content in files.items():  # as another tool leaves it that is killed
        Path(f"{path}{tail}").write_bytes(content)
    present = restore.restore(plan_restore(kept, str(path)), str(path), NOW)
    assert present is not None
    assert not Path(f"{path}-wal").exists()
    with Store.open(present.path) as before:
        assert before.read("SELECT last FROM sequence WHERE kind = 'in the log'") == [(7,)]
    assert titles(path) == ["before"]


def test_a_full_disk_leaves_the_file_and_no_cut_off_copy(
    path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    plan = plan_restore(kept, str(path))
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(FileTrouble, match="No space left"):
            restore.restore(plan, str(path))
    assert path.read_bytes() == before
    assert backups(str(path)) == []
    path.write_bytes(b"spilt coffee" * 500)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(FileTrouble, match="No space left"):
            restore.restore(plan, str(path))
    assert path.read_bytes() == b"spilt coffee" * 500
    assert backups(str(path)) == []


@pytest.mark.parametrize("damaged", [False, True])
def test_mode_and_link_stay_as_they_were(path: Path, kept: Path, tmp_path: Path, damaged: bool) -> None:
    if damaged:
        path.write_bytes(b"SQLite format 3\0" + b"spilt coffee" * 500)
    path.chmod(0o660)
    owner = path.stat().st_uid, path.stat().st_gid
    link = tmp_path / "link.db"
    link.symlink_to(path)
    restore.restore(plan_restore(kept, str(link)), str(link))
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o660
    assert (path.stat().st_uid, path.stat().st_gid) == owner
    assert titles(path) == ["before"]
    assert all(copy.stat().st_mode & 0o077 == 0 for copy in backups(str(link)))


def test_a_replaced_file_is_private_where_its_owner_cannot_be_kept(
    path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refused)
    path.write_bytes(b"")
    path.chmod(0o664)
    plan = plan_restore(kept, str(path))
    path.write_bytes(b"spilt coffee" * 500)
    restore.restore(plan, str(path))
    assert path.stat().st_mode & 0o777 == 0o600


def test_restoring_is_durable(path: Path, kept: Path, touched: Touched) -> None:
    plan = plan_restore(kept, str(path))
    present = restore.restore(plan, str(path), NOW)
    assert present is not None
    assert_durable(touched, present.path)
    path.write_bytes(b"SQLite format 3\0" + b"spilt coffee" * 500)
    touched.clear()
    restore.restore(plan, str(path))
    assert_durable(touched, path)
    # What a crash left beside the file is gone for good before the new one has its name.
    assert touched.index(("sync", str(path.parent))) < touched.index(("rename", str(path)))


def test_what_is_written_while_it_is_kept_is_kept_too(
    path: Path, kept: Path, ana: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_present = keeping.keep_present
    times: list[keeping.Kept] = []

    def with_a_writer(*arguments: object) -> keeping.Kept:
        done = keep_present(*arguments)  # type: ignore[arg-type]
        if not times:
            with Store.open(path) as other:
                add(other, "win", {"title": "meanwhile"}, ana)
        times.append(done)
        return done._replace()

    monkeypatch.setattr(restore, "keep_present", with_a_writer)
    present = restore.restore(plan_restore(kept, str(path)), str(path))
    assert present is not None
    assert len(times) == 2
    assert titles(present.path)[-1] == "meanwhile"
    assert len(backups(str(path))) == 1
    assert problems_in(path) == []
