"""The calendar of a programme file: whoever took an earlier one over sees the truth after the next."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import icalendar
import pytest
from conftest import at

from tracker.reports.render.ics import render
from tracker.services.board.freezing import freeze
from tracker.services.papers.calendar import calendar
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove
from tracker.storage.store import Acting, Store

pytestmark = pytest.mark.thorough

DAY = date(2026, 11, 12)
LATER = date(2026, 11, 20)
JANUARY = date(2027, 1, 14)
TAKEN = {"status": "taken", "outcome": "approved", "decided_by": "The board", "decided_on": LATER}
QUESTION = {"question": "Scale; or not?", "options": "Scale\nDo nothing"}


def read(data: bytes) -> dict[str, Any]:
    """Return the events of a calendar by their ids. Another program reads it."""
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors and not any(event.errors for event in calendar.events)
    assert len({str(event["UID"]) for event in calendar.events}) == len(calendar.events)
    return {str(event["UID"]): event for event in calendar.events}


class Diary:
    """Somebody's calendar: takes files over by the ids of their events, and keeps what a file does not mention."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.events: dict[str, Any] = {}

    def take(self, day: date) -> None:
        """Take over the programme's calendar of a day; an event with an older revision is not looked at."""
        for uid, event in read(render(calendar(self.store, day=day)).data).items():
            if uid not in self.events or event["SEQUENCE"] > self.events[uid]["SEQUENCE"]:
                self.events[uid] = event

    @property
    def shown(self) -> set[tuple[date, str]]:
        """What it shows: the day and the title of each event that was not cancelled."""
        standing = (event for event in self.events.values() if event["STATUS"] != "CANCELLED")
        return {(event["DTSTART"].dt, str(event["SUMMARY"])) for event in standing}


@pytest.fixture
def diary(store: Store) -> Diary:
    return Diary(store)


def ask(store: Store, by: Acting, **values: Any) -> str:
    asked = {"title": "Scale permits", "status": "sought", "needed_by": JANUARY, **QUESTION, **values}
    return add(store, "decision", asked, by).uid


def pilot(store: Store, by: Acting, **values: Any) -> str:
    return add(store, "pilot", {"name": "Permits", "decision_due": JANUARY, **values}, by).uid


def board(store: Store, by: Acting) -> str:
    return add(store, "board", {"title": "January", "meets_on": JANUARY}, by).uid


@pytest.fixture
def filled(store: Store, ana: Acting) -> dict[str, str]:
    """Boards, decisions and sessions: some past, some cancelled, some restricted."""
    by = at(ana, date(2026, 10, 2))
    permits = pilot(store, by, decision_due=date(2026, 12, 1))
    secret = add(store, "pilot", {"name": "Nightjar", "visibility": "restricted"}, by).uid
    workshop = {"title": "Workshop", "starts_on": LATER, "start_time": "09:30", "duration_minutes": 60}
    return {
        "board": add(store, "board", {"title": "November", "meets_on": DAY, "place": "Room 2, first floor"}, by).uid,
        "old board": add(store, "board", {"title": "October", "meets_on": date(2026, 10, 8)}, by).uid,
        "decision": ask(store, by, pilot=permits, needed_by=DAY),
        "draft": add(store, "decision", {"title": "Not asked yet", "needed_by": DAY}, by).uid,
        "pilot": f"{permits}-decision",
        "session": add(store, "session", workshop, by).uid,
        "called off": add(store, "session", {"title": "Off", "starts_on": DAY, "status": "cancelled"}, by).uid,
        "no such time": add(store, "session", {"title": "Odd", "starts_on": DAY, "start_time": "29:30"}, by).uid,
        "secret": add(store, "session", {"title": "Quiet", "pilot": secret, "starts_on": DAY}, by).uid,
    }


def test_what_has_a_date_is_in_it_and_what_was_always_restricted_is_not(store: Store, filled: dict[str, str]) -> None:
    events = read(render(calendar(store, day=DAY)).data)
    wanted = ("board", "old board", "decision", "pilot", "session", "called off", "no such time")
    assert set(events) == {filled[name] for name in wanted}
    assert str(events[filled["board"]]["SUMMARY"]) == "Programme board: November"
    assert str(events[filled["board"]]["LOCATION"]) == "Room 2, first floor"
    assert str(events[filled["board"]]["TRANSP"]) == "OPAQUE"
    assert str(events[filled["decision"]]["DESCRIPTION"]) == "D-001. Scale; or not?"
    assert str(events[filled["called off"]]["STATUS"]) == "CANCELLED"
    assert str(events[filled["session"]]["STATUS"]) == "CONFIRMED"
    assert events[filled["session"]]["DTSTART"].dt == datetime(2026, 11, 20, 9, 30)
    assert events[filled["no such time"]]["DTSTART"].dt == DAY
    assert str(events[filled["pilot"]]["SUMMARY"]) == "Decision due on pilot P-01 Permits"
    assert render(calendar(store, day=DAY)) == render(calendar(store, day=DAY))


Way = Callable[[Store, Acting], Callable[[Acting], object]]
WAYS: dict[str, Way] = {}


def way(prepare: Way) -> Way:
    """Keep a way in which a date is taken back: it makes the record, and gives back what takes the date away."""
    WAYS[prepare.__name__.replace("_", " ")] = prepare
    return prepare


@way
def a_pilot_is_removed(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = pilot(store, by)
    return lambda later: remove(store, "pilot", uid, later, reason="mistaken")


@way
def a_pilot_is_stopped(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = pilot(store, by, phase="alpha")
    values = {"phase": "stopped", "outcome": "stopped"}
    return lambda later: change(store, "pilot", uid, values, later, reason="Nobody uses it")


@way
def a_decision_date_is_cleared(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = pilot(store, by)
    return lambda later: change(store, "pilot", uid, {"decision_due": None}, later)


@way
def a_question_loses_its_day(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = ask(store, by)
    return lambda later: change(store, "decision", uid, {"needed_by": None}, later)


@way
def a_question_is_a_draft_again(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = ask(store, by)
    return lambda later: change(store, "decision", uid, {"status": "draft"}, later)


@way
def a_decision_is_taken(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = ask(store, by)
    return lambda later: change(store, "decision", uid, TAKEN, later)


@way
def a_decision_on_a_pilot_is_taken(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = ask(store, by, pilot=pilot(store, by))
    return lambda later: change(store, "decision", uid, TAKEN, later)


@way
def a_meeting_is_restricted(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = board(store, by)
    return lambda later: change(store, "board", uid, {"visibility": "restricted"}, later)


@way
def a_pilot_with_a_session_is_restricted(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = pilot(store, by, decision_due=None)
    add(store, "session", {"title": "Workshop", "pilot": uid, "starts_on": JANUARY}, by)
    return lambda later: change(store, "pilot", uid, {"visibility": "restricted"}, later)


@way
def a_meeting_is_undone(store: Store, by: Acting) -> Callable[[Acting], object]:
    board(store, by)
    return lambda later: undo(store, later)


@way
def a_session_is_cancelled(store: Store, by: Acting) -> Callable[[Acting], object]:
    uid = add(store, "session", {"title": "Workshop", "starts_on": JANUARY}, by).uid
    return lambda later: change(store, "session", uid, {"status": "cancelled"}, later)


@pytest.mark.parametrize("name", WAYS)
def test_a_date_that_is_taken_back_leaves_every_calendar(store: Store, ana: Acting, diary: Diary, name: str) -> None:
    take_back = WAYS[name](store, at(ana, DAY))
    diary.take(DAY)
    assert [day for day, _ in diary.shown] == [JANUARY]
    take_back(at(ana, LATER))
    diary.take(LATER)
    assert diary.shown == set()
    (event,) = read(render(calendar(store, day=LATER)).data).values()
    assert event["DTSTART"].dt == JANUARY
    assert (str(event["SUMMARY"]) == "Cancelled") == ("restricted" in name)
    if "restricted" in name:
        assert not {"DESCRIPTION", "LOCATION", "CATEGORIES"} & set(event)


def test_a_meeting_that_is_brought_forward_leaves_its_later_day(store: Store, ana: Acting, diary: Diary) -> None:
    uid = board(store, at(ana, DAY))
    diary.take(DAY)
    change(store, "board", uid, {"meets_on": date(2026, 11, 17)}, at(ana, date(2026, 11, 16)))
    diary.take(LATER)  # when it has long been held
    assert diary.shown == {(date(2026, 11, 17), "Programme board: January")}


def test_what_is_recorded_after_its_day_was_in_no_calendar(store: Store, ana: Acting) -> None:
    uid = add(store, "board", {"title": "October", "meets_on": date(2026, 10, 8)}, at(ana, DAY)).uid
    assert not calendar(store, day=DAY).events
    change(store, "board", uid, {"meets_on": JANUARY}, at(ana, LATER))
    assert [event.day for event in calendar(store, day=LATER).events] == [JANUARY]


def test_a_revision_grows_through_undo_and_redo(store: Store, ana: Acting) -> None:
    uid = board(store, at(ana, DAY))
    revisions: list[int] = []
    cancelled: list[bool] = []
    for number, step in enumerate([None, undo, redo, undo]):
        day = date(2026, 11, 13 + number)
        if step is not None:
            step(store, at(ana, day))
        (event,) = calendar(store, day=day).events
        assert event.uid == uid
        revisions.append(event.revision)
        cancelled.append(event.cancelled)
    assert revisions == sorted(set(revisions)) and cancelled == [False, True, False, True]
    assert calendar(store, day=date(2026, 11, 14)).events[0].revision == revisions[1]  # of a day that is past


def test_a_question_to_a_board_takes_over_the_entry_of_its_pilot(store: Store, ana: Acting, diary: Diary) -> None:
    permits = pilot(store, at(ana, DAY))
    diary.take(DAY)
    assert diary.shown == {(JANUARY, "Decision due on pilot P-01 Permits")}
    question = ask(store, at(ana, LATER), pilot=permits)
    diary.take(LATER)
    assert diary.shown == {(JANUARY, "Decision due: Scale permits")}
    assert len(diary.events) == 1
    moved = date(2027, 1, 21)
    change(store, "decision", question, {"needed_by": moved}, at(ana, date(2026, 11, 21)))
    diary.take(date(2026, 11, 21))
    assert diary.shown == {(moved, "Decision due: Scale permits")}
    change(store, "decision", question, TAKEN, at(ana, date(2026, 11, 22)))
    diary.take(date(2026, 11, 22))
    assert diary.shown == set()
    change(store, "pilot", permits, {"decision_due": date(2027, 6, 1)}, at(ana, date(2026, 11, 23)))
    diary.take(date(2026, 11, 23))
    assert diary.shown == {(date(2027, 6, 1), "Decision due on pilot P-01 Permits")}


def test_a_question_that_is_withdrawn_leaves_the_date_of_its_pilot(store: Store, ana: Acting, diary: Diary) -> None:
    permits = pilot(store, at(ana, DAY))
    diary.take(DAY)
    question = ask(store, at(ana, DAY), pilot=permits)
    diary.take(DAY)
    change(store, "decision", question, {"status": "withdrawn"}, at(ana, LATER))
    diary.take(LATER)
    assert diary.shown == {(JANUARY, "Decision due on pilot P-01 Permits")}


def test_a_pilot_that_comes_to_the_day_of_a_question_is_no_second_entry(
    store: Store, ana: Acting, diary: Diary
) -> None:
    permits = pilot(store, at(ana, DAY), decision_due=date(2026, 12, 1))
    ask(store, at(ana, DAY), pilot=permits)
    diary.take(DAY)
    assert len(diary.shown) == 2
    change(store, "pilot", permits, {"decision_due": JANUARY}, at(ana, LATER))
    diary.take(LATER)
    assert diary.shown == {(JANUARY, "Decision due: Scale permits")}


def test_what_was_restricted_since_is_named_of_no_earlier_day(store: Store, ana: Acting) -> None:
    uid = board(store, at(ana, DAY))
    change(store, "board", uid, {"visibility": "restricted"}, at(ana, LATER))
    (event,) = calendar(store, day=DAY).events
    assert (event.title, event.place, event.detail, event.cancelled) == ("Cancelled", "", "", True)


def test_what_was_cancelled_is_dropped_after_two_years(store: Store, ana: Acting) -> None:
    uid = board(store, at(ana, DAY))
    remove(store, "board", uid, at(ana, LATER), reason="not needed")
    assert calendar(store, day=date(2028, 11, 20)).events
    assert not calendar(store, day=date(2028, 11, 21)).events
    gone = board(store, at(ana, LATER))
    assert [event.uid for event in calendar(store, day=date(2029, 1, 14)).events] == [gone]
    assert not calendar(store, day=date(2029, 1, 15)).events


def test_a_meeting_has_its_body_time_and_zone(store: Store, ana: Acting) -> None:
    body = add(store, "body", {"name": "Steering group", "time_zone": "Europe/London"}, ana).uid
    meeting = {"title": "January", "meets_on": JANUARY, "start_time": "14:30", "duration_minutes": 90, "body": body}
    uid = add(store, "board", meeting, ana).uid
    (event,) = read(render(calendar(store, day=DAY)).data).values()
    assert str(event["SUMMARY"]) == "Steering group: January"
    assert event["DTSTART"].dt.isoformat() == "2027-01-14T14:30:00+00:00"
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["DTEND"].dt.isoformat() == "2027-01-14T16:00:00+00:00"
    change(store, "body", body, {"visibility": "restricted"}, ana, reason="Not to be named")
    change(store, "board", uid, {"body": body}, ana)
    titles = {str(event["SUMMARY"]) for event in read(render(calendar(store, day=DAY)).data).values()}
    assert not any("Steering" in title for title in titles)


def test_a_meeting_says_of_which_day_its_frozen_papers_are(store: Store, ana: Acting) -> None:
    uid = add(store, "board", {"title": "November board", "meets_on": DAY}, ana).uid
    (before,) = read(render(calendar(store, day=ana.today)).data).values()
    assert "as of 12 Nov 2026" in str(before["DESCRIPTION"])
    freeze(store, uid, at(ana, date(2026, 11, 5)))
    (after,) = read(render(calendar(store, day=DAY)).data).values()
    assert "as of 5 Nov 2026" in str(after["DESCRIPTION"])


def test_milestones_and_contract_ends_stand_on_their_days_while_they_are_open(
    store: Store, ana: Acting, diary: Diary
) -> None:
    reached = add(store, "milestone", {"name": "Old form off", "baseline_on": JANUARY}, ana).uid
    agreement = add(store, "contract", {"title": "Forms platform", "ends_on": JANUARY}, ana).uid
    add(store, "milestone", {"name": "Secret", "baseline_on": JANUARY, "visibility": "restricted"}, ana)
    diary.take(DAY)
    assert diary.shown == {(JANUARY, "Milestone: Old form off"), (JANUARY, "Contract ends: Forms platform")}
    change(
        store, "milestone", reached, {"forecast_on": date(2027, 2, 1)}, at(ana, LATER), reason="The supplier is late"
    )
    change(store, "contract", agreement, {"status": "terminated"}, at(ana, LATER))
    diary.take(LATER)
    assert diary.shown == {(date(2027, 2, 1), "Milestone: Old form off")}
