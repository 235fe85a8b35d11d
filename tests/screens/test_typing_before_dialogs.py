"""What is typed while a dialog is being read for goes to it; a question nobody expected is not answered by it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from conftest import NOW
from quiet import handled
from screen_app import opened
from screen_host import HostApp, keys, reading, settle, show
from textual.command import Hits
from textual.events import Key
from textual.pilot import Pilot

from screens.board.desk import BoardDesk
from screens.dialogs import Choose, Confirm, ConflictDialog
from screens.fates import Removal
from screens.form.form import EntityForm
from screens.record.page import RecordPage
from screens.shell.palette import Commands
from screens.widgets.typing_ahead import LEFT_OUT
from screens.work import Programme
from tracker.entities import BoardMeeting, Risk
from tracker.entities import Pilot as PilotRecord
from tracker.services.board.checking import accept, checked
from tracker.services.board.cycle import hold
from tracker.services.board.freezing import freeze
from tracker.services.board.minutes import draft
from tracker.services.browsing import Hit
from tracker.services.reading import find_text
from tracker.services.records.templates import Templates, find_templates
from tracker.services.records.writing import add, change
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

pytestmark = pytest.mark.thorough


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Pilot[None], str], Awaitable[None]]]:
    """Types while no job gets at the file; then lets them."""
    gate = Event()
    gate.set()
    store = Programme.store

    def late(programme: Programme) -> Store:
        assert gate.wait(30)
        return store(programme)

    async def types(pilot: Pilot[None], names: str) -> None:
        gate.clear()
        for name in names.split():
            pilot.app.post_message(Key(name, name if len(name) == 1 else None))
        await handled()
        gate.set()
        await settle(pilot)

    monkeypatch.setattr(Programme, "store", late)
    yield types
    gate.set()


Types = Callable[[Pilot[None], str], Awaitable[None]]


@pytest.mark.parametrize(("keys", "question"), [("m down enter", "becomes one with"), ("m u u", "Which record")])
async def test_what_follows_the_key_of_a_chooser_goes_to_it(
    host: HostApp, store: Store, ana: Acting, slow: Types, keys: str, question: str
) -> None:
    uids = [add(store, "person", {"display_name": name}, ana).uid for name in ("Data lead", "Head of data")]
    async with host.run_test(size=(110, 34)) as pilot:
        await show(pilot, RecordPage("person", uids[0]))
        await slow(pilot, keys)
        assert isinstance(host.screen, Choose | Confirm)
        assert question in host.screen.question
        assert host.said == []


async def test_who_takes_over_may_be_typed_before_the_list_is_there(
    host: HostApp, path: Path, store: Store, ana: Acting, slow: Types
) -> None:
    lead = add(store, "person", {"display_name": "Data lead"}, ana).uid
    add(store, "person", {"display_name": "Head of data"}, ana)
    add(store, "risk", {"title": "Lookups fail", "owner": lead}, ana)
    async with host.run_test(size=(110, 34)) as pilot:
        await show(pilot, RecordPage("person", lead))
        await slow(pilot, "p j enter")
        assert host.said == ["From PER-002 Data lead to PER-003 Head of data: 1 risk (R-001). Press u to undo."]


async def test_who_approved_the_minutes_may_be_typed_before_the_list_is_there(
    host: HostApp, store: Store, ana: Acting, slow: Types
) -> None:
    board = add(store, "board", {"title": "October board", "meets_on": NOW.date(), "quorum": 1}, ana).uid
    add(store, "attendee", {"person": ana.person, "board": board, "attendance": "present"}, ana)
    for warning in checked(store, board, ana.today).open:
        accept(store, board, [warning.id], "Known to the board", ana)
    freeze(store, board, ana)
    hold(store, board, ana)
    draft(store, board, ana)
    async with host.run_test(size=(110, 34)) as pilot:
        await show(pilot, BoardDesk(board))
        await slow(pilot, "n enter")
        (meeting,) = records(store, BoardMeeting)
        assert meeting.status == "minutes_approved"


async def test_what_follows_new_from_a_template_goes_to_the_templates(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()

    def late() -> Templates:
        assert gate.wait(30)
        return find_templates()

    monkeypatch.setattr("screens.shell.palette.find_templates", late)
    async with opened(file) as driver:
        await driver.keys("2", "enter", "ctrl+p", "text:new pilot from")
        for name in ("enter", "enter", "u"):
            driver.app.post_message(Key(name, name if len(name) == 1 else None))
        await handled()
        gate.set()
        await driver.settle()
        form = driver.app.screen
        assert isinstance(form, EntityForm)
        assert form.body.rows["name"].text == "u"


async def test_undo_of_what_is_elsewhere_is_not_answered_unseen(
    host: HostApp, path: Path, store: Store, ana: Acting, slow: Types
) -> None:
    risk = add(store, "risk", {"title": "Lookups fail"}, ana).uid
    add(store, "win", {"title": "One form less"}, ana)
    async with host.run_test(size=(110, 34)) as pilot:
        await show(pilot, RecordPage("risk", risk))
        await slow(pilot, "u y y")
        assert isinstance(host.screen, Confirm)
        assert host.said == [LEFT_OUT]
        await slow(pilot, "y")
        assert host.said[1].startswith("Undone: W-001 One form less is not in the list any more.")


async def test_what_becomes_of_a_risk_is_not_answered_unseen(
    host: HostApp, path: Path, store: Store, ana: Acting, slow: Types
) -> None:
    uid = add(store, "pilot", {"name": "Blue badges", "phase": "alpha"}, ana).uid
    add(store, "risk", {"title": "Lookups fail", "pilot": uid}, ana)
    async with host.run_test(size=(110, 34)) as pilot:
        await show(pilot, RecordPage("pilot", uid))
        await slow(pilot, "x t w i c e enter down enter e")
        assert isinstance(host.screen, Removal)
        assert host.said == [LEFT_OUT]
        with reading(path) as found:
            assert (len(records(found, PilotRecord)), len(records(found, Risk))) == (1, 1)


async def test_a_question_of_saving_is_not_answered_unseen(
    host: HostApp, path: Path, store: Store, ana: Acting, slow: Types
) -> None:
    gone = add(store, "person", {"display_name": "Data lead", "left_on": ana.today}, ana).uid
    async with host.run_test(size=(110, 40)) as pilot:
        await show(pilot, EntityForm("risk", None, {"title": "Lookups fail", "owner": gone}))
        await slow(pilot, "ctrl+s y y")
        assert isinstance(host.screen, Confirm)
        with reading(path) as found:
            assert records(found, Risk) == []


async def test_whose_text_stands_is_not_decided_unseen(
    host: HostApp, path: Path, store: Store, ana: Acting, slow: Types
) -> None:
    uid = add(store, "risk", {"title": "Lookups fail"}, ana).uid
    async with host.run_test(size=(110, 40)) as pilot:
        form = EntityForm("risk", uid)
        await show(pilot, form)
        form.body.fill({"title": "Mine"})
        change(store, "risk", uid, {"title": "Theirs"}, ana)
        await slow(pilot, "ctrl+s m ctrl+s")
        assert isinstance(host.screen, ConflictDialog)
        assert host.said == [LEFT_OUT]


async def test_who_types_on_into_the_question_decides_nothing(
    host: HostApp, path: Path, store: Store, ana: Acting
) -> None:
    uid = add(store, "risk", {"title": "Lookups fail"}, ana).uid
    async with host.run_test(size=(110, 40)) as pilot:
        form = EntityForm("risk", uid)
        await show(pilot, form)
        form.body.fill({"title": "Mine"})
        change(store, "risk", uid, {"title": "Theirs"}, ana)
        await keys(pilot, "ctrl+s", *"met", "enter", "ctrl+s")
        assert isinstance(host.screen, ConflictDialog)
        await keys(pilot, *"meet", "left", "enter")
        with reading(path) as found:
            assert [risk.title for risk in records(found, Risk)] == ["Mine"]


@pytest.mark.parametrize(("names", "title"), [("enter", "Parking workshop"), ("down up enter", "Parking workshop")])
async def test_enter_means_what_was_found_of_the_text_that_is_there(
    file: Path, slow_search: Callable[[], None], names: str, title: str
) -> None:
    async with opened(file) as driver:
        await driver.keys("f", "text:lookups")
        for char in ("ctrl+u", *"workshop", *names.split(" "), "h"):
            driver.app.post_message(Key(char, char if len(char) == 1 else None))
        await handled()
        slow_search()
        await driver.settle()
        assert title in driver.lines[0]


@pytest.fixture
def slow_search(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Lets no search for a workshop end until it is called."""
    gate = Event()

    def late(store: Store, text: str, *, limit: int) -> list[Hit]:
        assert not text.startswith("w") or gate.wait(30)
        return find_text(store, text, limit=limit)

    monkeypatch.setattr("screens.lists.search.find_text", late)
    yield gate.set
    gate.set()


async def test_a_command_that_is_typed_at_once_is_the_one_that_runs(file: Path) -> None:
    async with opened(file) as driver:
        for name in ("colon", *"add", "space", *"win", "enter", *"Done"):
            driver.app.post_message(Key(name, " " if name == "space" else name if len(name) == 1 else None))
        await driver.settle()
        form = driver.app.screen
        assert isinstance(form, EntityForm)
        assert (form.kind, form.body.rows["title"].text) == ("win", "Done")


async def test_enter_runs_no_command_that_an_earlier_text_had_listed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = asyncio.Event()
    search = Commands.search

    async def late(commands: Commands, query: str) -> Hits:
        await gate.wait()
        async for hit in search(commands, query):
            yield hit

    async with opened(file) as driver:
        await driver.keys("colon")
        monkeypatch.setattr(Commands, "search", late)
        for name in (*"add", "space", *"win", "enter", *"Done"):
            driver.app.post_message(Key(name, " " if name == "space" else name if len(name) == 1 else None))
        await handled()
        gate.set()
        await driver.settle()
        form = driver.app.screen
        assert isinstance(form, EntityForm)
        assert (form.kind, form.body.rows["title"].text) == ("win", "Done")
