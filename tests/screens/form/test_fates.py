"""What hangs on a record is asked about at the screens; who left is marked, and given work only after a question."""

from datetime import date
from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, keys, picture, reading, show, typed

from screens.dialogs import Choose, Confirm
from screens.fates import Removal
from screens.form.form import EntityForm
from screens.form.reference_input import Candidate, matching
from screens.form.saving import candidates_of
from screens.record.page import RecordPage
from tracker.entities import Action, Person, Pilot, Risk
from tracker.services.records.writing import Fate, add, change, remove
from tracker.storage.queries import record, records
from tracker.storage.store import Acting, Store


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


@pytest.fixture
def badges(store: Store, ana: Acting) -> str:
    """A pilot with a risk, and another pilot."""
    uid = add(store, "pilot", {"name": "Blue badges", "phase": "alpha"}, ana).uid
    add(store, "pilot", {"name": "Parking", "phase": "alpha"}, ana)
    add(store, "risk", {"title": "Lookups fail", "pilot": uid}, ana)
    return uid


async def test_removing_a_pilot_asks_what_becomes_of_its_risk(host: HostApp, path: Path, badges: str) -> None:
    async with host.run_test(size=(110, 34)) as pilot:
        await show(pilot, RecordPage("pilot", badges))
        await typed(pilot, "xenter")  # a text that was typed before the question came
        assert isinstance(host.screen, Removal)
        assert "1 risk (R-001) hangs on P-01" in host.screen.question
        assert host.screen.ways == ("with", "move")
        await typed(pilot, "any y or n decides nothing")
        assert "Choose first what becomes of it" in "\n".join(picture(host))
        await keys(pilot, "tab")
        await typed(pilot, "entered twice")
        await keys(pilot, "enter")  # a reason alone does not do
        assert isinstance(host.screen, Removal)
        with reading(path) as found:
            assert len(records(found, Pilot)) == 2
        await keys(pilot, "down", "enter")  # in the list, which has the keys again
        assert "(•) Move it to another pilot" in "\n".join(picture(host))
        await keys(pilot, "enter")
        assert isinstance(host.screen, Choose)
        assert [name for _, name in host.screen.choices] == ["P-02 Parking"]
        await keys(pilot, "enter")
        with reading(path) as found:
            (risk,), (other,) = records(found, Risk), records(found, Pilot)
            assert risk.pilot == other.uid
        await keys(pilot, "u")
        with reading(path) as found:
            assert records(found, Risk)[0].pilot == badges


async def test_stopping_a_pilot_in_its_form_asks_too(host: HostApp, path: Path, store: Store, badges: str) -> None:
    async with host.run_test(size=(110, 40)) as pilot:
        form = EntityForm("pilot", badges)
        await show(pilot, form)
        form.body.fill({"phase": "stopped", "(reason)": "the board stopped it"})
        await keys(pilot, "ctrl+s")
        assert isinstance(host.screen, Choose)
        assert [key for key, _ in host.screen.choices] == ["", "with", "move", "leave"]
        await keys(pilot, "down", "enter")
        with reading(path) as found:
            assert [risk.status for risk in records(found, Risk)] == ["closed"]
            stopped = record(found, Pilot, badges)
            assert stopped is not None
            assert stopped.phase == "stopped"


@pytest.mark.parametrize("end", [{"outcome": "scaled"}, {"actual_end": "1 Sep 2026"}])
async def test_every_way_of_ending_a_pilot_asks_in_its_form(
    host: HostApp, path: Path, badges: str, end: dict[str, str]
) -> None:
    async with host.run_test(size=(110, 40)) as pilot:
        form = EntityForm("pilot", badges)
        await show(pilot, form)
        form.body.fill(end)
        await keys(pilot, "ctrl+s")
        assert isinstance(host.screen, Choose)
        assert "1 risk (R-001) hangs on P-01" in host.screen.question
        await keys(pilot, "down", "down", "down", "enter")
        with reading(path) as file:
            assert [risk.status for risk in records(file, Risk)] == ["draft"]
            ended = record(file, Pilot, badges)
            assert ended is not None
            assert ended.ended_by(NOW.date())


async def test_work_for_somebody_who_left_is_asked_about(host: HostApp, path: Path, store: Store, ana: Acting) -> None:
    gone = add(store, "person", {"display_name": "Data lead", "left_on": date(2026, 9, 20)}, ana).uid
    async with host.run_test(size=(110, 40)) as pilot:
        form = EntityForm("action", None, {"text": "Ask", "due": date(2026, 11, 1), "owner": gone})
        await show(pilot, form)
        assert form.body.rows["owner"].text == "PER-002"
        await keys(pilot, "ctrl+s")
        assert isinstance(host.screen, Confirm)
        assert "PER-002 Data lead left 20 Sep 2026" in host.screen.question
        await keys(pilot, "n")
        with reading(path) as found:
            assert records(found, Action) == []
        await keys(pilot, "ctrl+s", "y")
        with reading(path) as found:
            assert [action.owner for action in records(found, Action)] == [gone]


async def test_a_title_that_is_there_already_gets_a_line(host: HostApp, path: Path, store: Store, ana: Acting) -> None:
    add(store, "win", {"title": "One form less"}, ana)
    async with host.run_test(size=(110, 40)) as pilot:
        await show(pilot, EntityForm("win", None, {"title": "one form less."}))
        await keys(pilot, "ctrl+s")
        assert host.said[-1] == "W-002 saved. W-001 has the same title: “One form less”."


async def test_a_person_hands_over_on_their_page(host: HostApp, path: Path, store: Store, ana: Acting) -> None:
    lead = add(store, "person", {"display_name": "Data lead"}, ana).uid
    add(store, "risk", {"title": "Lookups fail", "owner": lead}, ana)
    async with host.run_test(size=(110, 34)) as pilot:
        await show(pilot, RecordPage("person", lead))
        await keys(pilot, "p")
        assert isinstance(host.screen, Choose)
        await keys(pilot, "enter")
        assert host.said[-1] == "From PER-002 Data lead to PER-001 ana: 1 risk (R-001). Press u to undo."
        with reading(path) as found:
            assert records(found, Risk)[0].owner == ana.person


def test_who_left_is_marked_and_comes_last(store: Store, ana: Acting) -> None:
    gone = add(store, "person", {"display_name": "Ana gone"}, ana).uid
    change(store, "person", gone, {"left_on": date(2026, 9, 20)}, ana, fate=Fate("leave"))
    candidates = candidates_of(store, Person.kind, ana.today)
    marked = Candidate("PER-002", "Ana gone", "left 20 Sep 2026")
    assert marked.label == "PER-002 Ana gone (left 20 Sep 2026)"
    assert matching(candidates, "ana g") == [marked]
    assert matching(candidates, "ana") == [Candidate("PER-001", "ana"), marked]
    still = Candidate("PER-003", "The data lead")
    exact = Candidate("PER-002", "Data lead", "left 20 Sep 2026")
    assert matching([exact, still], "data lead") == [still, exact]  # however well the other fits


def test_me_is_the_person_who_types_and_no_namesake() -> None:
    user = Candidate("PER-003", "Bob", is_user=True)
    candidates = [Candidate("PER-001", "James Mead"), Candidate("PER-002", "Programme manager"), user]
    assert matching(candidates, "me") == matching(candidates, " Me ") == [user]
    assert candidates[0] in matching(candidates, "mea")


async def test_bringing_a_record_back_asks_for_what_went_with_it(
    host: HostApp, path: Path, store: Store, ana: Acting, badges: str
) -> None:
    remove(store, "pilot", badges, ana, reason="entered twice", fate=Fate("with"))
    async with host.run_test(size=(110, 34)) as pilot:
        await show(pilot, RecordPage("pilot", badges))
        await keys(pilot, "r")
        assert isinstance(host.screen, Choose)
        assert "R-001 (removed with it)" in host.screen.question
        await keys(pilot, "enter")
        with reading(path) as found:
            assert len(records(found, Pilot)) == 1
        await keys(pilot, "r", "down", "enter")
        with reading(path) as found:
            assert (len(records(found, Pilot)), len(records(found, Risk))) == (2, 1)
