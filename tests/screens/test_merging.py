"""On the page of a person: another record is the same person, and takes the place of this one."""

from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, keys, picture, reading, show, typed

from screens.dialogs import Choose, Confirm
from screens.record.page import RecordPage
from screens.work import Programme
from tracker.errors import Invalid
from tracker.services.records.people import who_is
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


async def test_two_records_become_one_and_undo_parts_them(host: HostApp, path: Path, store: Store, ana: Acting) -> None:
    lead = add(store, "person", {"display_name": "Data lead"}, ana).uid
    double = add(store, "person", {"display_name": "Data leed"}, ana).uid
    async with host.run_test(size=(100, 30)) as pilot:
        await show(pilot, RecordPage("person", double))
        assert "Merge" in picture(host)[-1]
        await keys(pilot, "m")
        assert isinstance(host.screen, Choose)
        assert [label for _, label in host.screen.choices] == ["PER-001 ana", "PER-002 Data lead"]
        await keys(pilot, "down", "enter")
        assert isinstance(host.screen, Confirm)
        await typed(pilot, "a slip of the keys")
        await keys(pilot, "enter")
        assert host.said[-1] == "PER-003 Data leed is the same person as PER-002 Data lead now. Press u to undo."
        assert any("The same as" in line and "PER-002 Data lead" in line for line in picture(host))
        assert picture(host)[-1].split() == ["h", "History", "t", "Note", "u", "Undo", "esc", "Back"]
        with reading(path) as found:
            assert who_is(found, "Data leed") == lead
        await keys(pilot, "u")
        with reading(path) as found:
            assert who_is(found, "Data leed") == double


async def test_only_people_become_one(host: HostApp, store: Store, ana: Acting) -> None:
    win = add(store, "win", {"title": "One form less"}, ana).uid
    async with host.run_test(size=(100, 30)) as pilot:
        await show(pilot, RecordPage("win", win))
        assert "Merge" not in picture(host)[-1]
        await keys(pilot, "m")
        assert isinstance(host.screen, RecordPage)
        await show(pilot, RecordPage("person", ana.person))
        await keys(pilot, "m")
        assert host.said[-1] == "There is nobody else with whom this could be one."


def test_somebody_new_is_said_at_the_screens(path: Path, store: Store) -> None:
    programme = Programme(str(path), "Zoe", now=lambda: NOW, today=NOW.date)
    told: list[object] = []
    programme.tell = told.append
    programme.acting()
    assert not told
    add(programme.store(), "win", {"title": "One form less"}, programme.acting())
    programme.close()
    assert told == ["PER-002 “Zoe” was recorded as a new person."]


def test_somebody_new_is_recorded_with_what_they_do_or_not_at_all(path: Path, store: Store, ana: Acting) -> None:
    programme = Programme(str(path), "Zoe", now=lambda: NOW, today=NOW.date)
    told: list[object] = []
    programme.tell = told.append
    with pytest.raises(Invalid):
        add(programme.store(), "win", {"title": ""}, programme.acting())
    programme.let_go()
    add(store, "win", {"title": "Others are not kept waiting"}, ana)
    programme.let_go()
    programme.close()
    assert who_is(store, "Zoe") is None
    assert not told


async def test_the_way_back_is_said_on_the_narrowest_screen(host: HostApp, store: Store, ana: Acting) -> None:
    async with host.run_test(size=(60, 20)) as pilot:
        await show(pilot, RecordPage("person", ana.person))
        assert picture(host)[-1] == " h History  e Edit  a Add  m Merge  p Hand over  esc Back"
