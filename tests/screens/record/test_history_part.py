"""The history on the page of a record is narrowed as in the shell: by day, person, field and register."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOW, at
from screen_host import HostApp, keys, picture, settle, show, typed

from screens.record.history import history
from screens.record.page import RecordPage
from screens.record.page_lines import LeadingLine
from screens.work import RecordsChanged
from tracker.errors import TrackerError
from tracker.services.records.notes import add_note
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.services.typed.history_parts import part_wanted, parts_typed
from tracker.storage.store import Acting, Store

TODAY = NOW.date()
ROOM = (100, 60)
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


@pytest.fixture
def risk(store: Store, ana: Acting) -> str:
    """A risk that two people changed, and that was assessed anew."""
    uid = add(store, "risk", {"title": "Lookups fail", "likelihood": 4, "impact": 3}, at(ana, SEPTEMBER)).uid
    bea = acting(store, "bea", "cli", NOW - timedelta(10), TODAY - timedelta(10))
    change(store, "risk", uid, {"title": "Lookups fail everywhere"}, bea)
    change(store, "risk", uid, {"cause": "Old maps"}, ana)
    change(store, "risk", uid, {"likelihood": 2, "impact": 3}, ana)
    return uid


def narrowed(store: Store, uid: str, text: str, user: str = "ana") -> list[str]:
    """Return what is left of a history, the newest first: who, and the first field of each event."""
    store.user = user
    scope = part_wanted(lambda: TODAY, store, "risk", text)
    return [
        f"{event.who} {event.steps[0].label if event.steps else event.what}"
        for event in history(store, "risk", uid, scope).events
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who=bea", ["bea Title"]),
        ("who=me field=cause", ["ana Cause"]),
        ("since=30 sep who=ana", ["ana Risk assessment RA-002", "ana Cause"]),
        ("until=1 sep", ["ana Risk assessment RA-001"]),
        ("Field = likelihood", ["ana Risk assessment RA-002", "ana Risk assessment RA-001"]),
        ("kind=assessment since=today", ["ana Risk assessment RA-002"]),
        ('since="2026-09-20" until=22 September 2026', ["bea Title"]),
        ("field=owner", []),
    ],
)
def test_parts_are_read_as_in_the_shell(store: Store, risk: str, text: str, expected: list[str]) -> None:
    assert narrowed(store, risk, text) == expected


def test_a_newer_record_that_gives_a_value_is_told_with_what_it_says(store: Store, risk: str) -> None:
    newest = history(store, "risk", risk).events[0]
    assert newest.what == "risk assessment added"
    assert newest.steps[0].new == "Likelihood 2, Impact 3, Assessed on 2026-10-01"
    assert history(store, "risk", risk).total == 4


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yesterday", "“yesterday” narrows no history. Say since=, until=, who=, field= or kind="),
        ("since=tomorrow", "since was read as Friday 2 October 2026, tomorrow: nobody knows that day yet."),
        ("since=1 oct until=1 sep", "until=2026-09-01 is before since=2026-10-01: nothing lies between."),
        ("who=nobody", "nobody"),
        ("field=colour", "has no field “colour”"),
        ("kind=nonsense", "Kind"),
        ("since=when it rained", "since: “when it rained”"),
        ("who=ana who=bea", "who= is there twice. Say it once."),
    ],
)
def test_what_asks_for_nothing_is_refused_with_what_to_say(store: Store, risk: str, text: str, answer: str) -> None:
    with pytest.raises(TrackerError) as refused:
        narrowed(store, risk, text)
    assert answer in str(refused.value)


def test_a_part_that_is_not_filled_in_asks_nothing() -> None:
    assert parts_typed("who= field=due since=") == {"field": "due"}
    assert parts_typed("  ") == {}


async def test_a_line_narrows_the_history_on_the_page(host: HostApp, risk: str, store: Store, ana: Acting) -> None:
    async with host.run_test(size=ROOM) as pilot:
        await show(pilot, RecordPage("risk", risk))
        assert "History (4)" in whole(host)
        await keys(pilot, "slash")
        await typed(pilot, "who=bea")
        await keys(pilot, "enter")
        assert "History (1 of 4: the line below says which)" in whole(host)
        assert "Old maps" not in whole(host).partition("History (1")[2]
        change(store, "risk", risk, {"event": "Letters go astray"}, ana)
        await keys(pilot, "slash", "ctrl+u")
        await typed(pilot, "field=own")
        host.post_message(RecordsChanged())
        await settle(pilot)  # what somebody else changes takes nobody's line away
        await typed(pilot, "er")
        await keys(pilot, "enter")
        assert "No such change." in whole(host)
        await keys(pilot, "slash", "escape")
        assert "History (5)" in whole(host)
        assert isinstance(host.screen, RecordPage)


async def test_what_is_wrong_is_said_below_the_line_and_the_history_stays(host: HostApp, risk: str) -> None:
    async with host.run_test(size=ROOM) as pilot:
        await show(pilot, RecordPage("risk", risk))
        await keys(pilot, "slash")
        await typed(pilot, "since=tomorrow")
        await keys(pilot, "enter")
        assert "✗ since was read as Friday 2 October 2026" in whole(host)
        assert "History (4)" in whole(host)
        await typed(pilot, "q")
        assert isinstance(host.screen, RecordPage)


def whole(host: HostApp) -> str:
    return "\n".join(picture(host))


async def test_a_long_text_of_the_history_and_of_a_note_can_be_read_whole(
    host: HostApp, store: Store, ana: Acting
) -> None:
    before, after = "All of the old maps, street by street. " * 12, "Half of the new maps, house by house. " * 12
    uid = add(store, "risk", {"title": "Lookups fail", "cause": f"{before}Old end."}, ana).uid
    change(store, "risk", uid, {"cause": f"{after}New end."}, ana)
    add_note(store, "risk", uid, "\n".join(f"Call {number}" for number in range(20)), ana)
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, RecordPage("risk", uid))
        wholes = [line for line in host.screen.query(LeadingLine) if line.lines[0].whole]
        assert len(wholes) == 2  # the note, and what was changed
        ends = []
        for line in wholes:
            line.focus()
            await keys(pilot, "enter", "end")
            ends.append("\n".join(picture(host)))
            await keys(pilot, "escape")
        assert "Call 19" in ends[0]
        assert "New end." in ends[1]
        assert "Old end.\n" in wholes[1].lines[0].whole
