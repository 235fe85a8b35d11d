"""Once a day the program looks after a file by itself: a verified backup when one is due, and nothing that fails."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW
from copies_help import alter, full

from tracker.services.backups import back_up, backup_folder, folder_for_backups, listed
from tracker.services.records.settings import set_setting
from tracker.services.records.writing import add
from tracker.services.upkeep import look_after
from tracker.storage.copies.examine import problems_in
from tracker.storage.copies.naming import backups, made_by_itself
from tracker.storage.store import Acting, Store

DAY = timedelta(days=1)
EVERY_S = 1000.0
Days = Callable[[int], list[datetime]]


def look(store: Store, now: datetime) -> Path | None:
    looked = look_after(store, now, EVERY_S)
    assert looked.notes == ()
    return looked.backup


def test_a_day_old_programme_has_a_verified_backup(store: Store, ana: Acting) -> None:
    assert look(store, NOW) is None
    assert look(store, NOW + DAY / 2) is None
    made = look(store, NOW + DAY)
    assert made is not None
    assert made.name.endswith("-auto-verified.db")
    assert problems_in(made) == []
    assert look(store, NOW + DAY + DAY / 2) is None
    assert look(store, NOW + 2 * DAY) is not None


@pytest.mark.parametrize(("every", "after"), [("weekly", 7), ("monthly", 30), ("never", 999)])
def test_the_setting_says_how_often(store: Store, ana: Acting, every: str, after: int) -> None:
    set_setting(store, "backup_every", every, ana, "Agreed")
    assert look(store, NOW + (after - 1) * DAY) is None
    assert (look(store, NOW + after * DAY) is None) == (every == "never")


def test_old_ones_go_and_only_those_made_by_itself(store: Store, ana: Acting) -> None:
    set_setting(store, "backup_days", "2", ana, "Agreed")
    set_setting(store, "backup_weeks", "0", ana, "Agreed")
    set_setting(store, "backup_months", "1", ana, "Agreed")
    mine = back_up(store, now=NOW).path
    folder = backup_folder(store.path)
    others = [
        folder / "20200101T000000000000Z-before-restore-verified.db",
        folder / "20200101T000000000000Z-before-migration.db",
        folder / "20200101T000000000000Z-auto-verified.db.txt",
        folder / "auto.db",
    ]
    for other in others:
        other.write_bytes(b"x")
    made = [look(store, NOW + n * DAY) for n in (1, 2, 3)]
    assert [copy.path for copy in made_by_itself(folder)] == made[1:]
    assert all(kept.exists() for kept in (mine, *others))


def test_what_does_not_hold_is_kept_apart_and_takes_no_place(path: Path, store: Store) -> None:
    sound = look(store, NOW + DAY)
    alter(path)
    for n in range(2, 8):
        looked = look_after(store, NOW + n * DAY, EVERY_S)
        (note,) = looked.notes
        assert note.startswith("The backup that was made holds what the file holds, and that does not hold: ")
        assert looked.backup is not None and "verified" not in looked.backup.name
    copies = made_by_itself(backup_folder(store.path))
    assert [copy.verified for copy in copies] == [True, False, False, False]
    assert copies[0].path == sound


def test_a_backup_that_cannot_be_made_is_a_note_and_tried_again_within_the_hour(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        looked = look_after(store, NOW + DAY, 80_000)
    assert looked.backup is None
    (note,) = looked.notes
    assert note.startswith("No backup was made: ") and "No space left" in note
    mark = backup_folder(store.path) / "last-look"
    assert 3_000 < mark.stat().st_mtime + 80_000 - mark.stat().st_ctime < 3_700
    assert look(store, NOW + DAY) is not None


def test_the_folder_is_a_setting_and_a_drive_that_is_not_there_is_not_made(
    path: Path, store: Store, ana: Acting, tmp_path: Path
) -> None:
    set_setting(store, "backup_folder", "kept/copies", ana, "On the other disk")
    (note,) = look_after(store, NOW + DAY, EVERY_S).notes
    assert note == f"No backup was made: The folder {tmp_path / 'kept'} is not there."
    (tmp_path / "kept").mkdir()
    made = look(store, NOW + DAY)
    assert made is not None and made.parent == folder_for_backups(store) == tmp_path / "kept" / "copies"
    assert [copy.path for copy in listed(store.path)] == [made]
    assert backups(store.path) == []
    store.close()
    path.write_bytes(b"spilt coffee" * 500)  # the setting is lost with the file, and the backups are found
    assert [copy.path for copy in listed(str(path))] == [made]


def test_what_killed_commands_left_is_taken_away_and_said_once(store: Store, tmp_path: Path) -> None:
    left = tmp_path / ".tracker-0123456789abcdef.tmp"
    left.write_bytes(b"x")
    os.utime(left, (0, 0))
    looked = look_after(store, NOW, EVERY_S)
    assert looked.notes == (f"Taken away from {tmp_path}, where commands that were killed had left it: {left.name}.",)
    assert look(store, NOW) is None


def test_listing_says_what_each_holds(path: Path, store: Store, ana: Acting, tmp_path: Path) -> None:
    first = look(store, NOW + DAY)
    add(store, "win", {"title": "x"}, ana)
    second = back_up(store, now=NOW + 2 * DAY).path
    broken = backup_folder(store.path) / "20270101T000000000000Z-auto-verified.db"
    broken.write_bytes(b"spilt coffee" * 500)
    copies = {copy.path: copy for copy in listed(store.path, again=True)}
    assert [(copies[p].programme, copies[p].reason, copies[p].verified) for p in (first, second) if p] == [
        ("Simpler Services", "auto", True),
        ("Simpler Services", "backup", True),
    ]
    assert copies[second].changes == copies[first].changes + 1 if first else False
    assert not copies[broken].verified
    assert "is not a programme file" in copies[broken].problems[0]
    store.close()
    path.write_bytes(
        b""
    )  # what the file's own setting says cannot be read then, and its backups are listed all the same
    assert len(list(listed(str(path)))) == 3
