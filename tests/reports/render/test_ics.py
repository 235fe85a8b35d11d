"""Calendars: read by another program without an error, with the same ids in every export, and nothing smuggled in."""

from datetime import date, datetime, time
from typing import Any

import icalendar
import pytest
from conftest import at
from hostile import HOSTILE

from tracker.reports.model import NotRendered
from tracker.reports.render.ics import WIDEST, Calendar, Event, folded, render
from tracker.services.papers.files import calendar
from tracker.services.records.writing import add, change, remove
from tracker.storage.store import Acting, Store

DAY = date(2026, 11, 12)


def read(data: bytes) -> list[Any]:
    """Return the events of a calendar. Another program reads it."""
    found = icalendar.Calendar.from_ical(data)
    assert not found.errors and not any(event.errors for event in found.events)
    return list(found.events)


def test_what_is_typed_stays_text() -> None:
    texts = (*HOSTILE, "BEGIN:VEVENT\nEND:VCALENDAR;,\\", "a,b;c\\d\\n", "x" * 500, "ß" * 90, "=1+1\r\nATTACH:evil")
    events = tuple(Event(f"u{n}", DAY, text, "Board", place=text, detail=text) for n, text in enumerate(texts))
    data = render(Calendar(texts[0], DAY, events)).data
    assert data.count(b"BEGIN:VEVENT\r\n") == len(texts) and b"\r\nATTACH" not in data
    for line in data.split(b"\r\n"):
        assert len(line) <= WIDEST
        line.decode()  # no character is cut
    found = read(data)
    assert len(found) == len(texts)
    assert str(found[-4]["SUMMARY"]) == "a,b;c\\d\\n"
    assert str(found[-5]["DESCRIPTION"]) == "BEGIN:VEVENT\nEND:VCALENDAR;,\\"
    assert str(found[-3]["SUMMARY"]) == "x" * 500


def test_folding_counts_octets() -> None:
    assert folded("a" * 75) == "a" * 75
    assert folded("a" * 76) == "a" * 75 + "\r\n a"
    assert folded("ß" * 40) == "ß" * 37 + "\r\n " + "ß" * 3


def test_days_and_times() -> None:
    events = (Event("a", DAY, "A day", "Board"), Event("b", DAY, "Night", "Training", time(23, 30), 90, revision=3))
    whole, timed = read(render(Calendar("c", DAY, events)).data)
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (date(2026, 11, 12), date(2026, 11, 13))
    assert (timed["DTSTART"].dt, timed["DTEND"].dt) == (datetime(2026, 11, 12, 23, 30), datetime(2026, 11, 13, 1, 0))
    assert timed["SEQUENCE"] == 3 and str(timed["DTSTAMP"].dt) == "2026-11-12 00:00:00+00:00"


def test_a_calendar_without_events_is_refused() -> None:
    with pytest.raises(NotRendered, match="nothing for a calendar"):
        render(Calendar("c", DAY, ()))


@pytest.fixture
def filled(store: Store, ana: Acting) -> dict[str, str]:
    """Boards, decisions and sessions: some past, some cancelled, some restricted."""
    by = at(ana, date(2026, 10, 2))
    pilot = add(store, "pilot", {"name": "Permits", "decision_due": date(2026, 12, 1)}, by).uid
    secret = add(store, "pilot", {"name": "Nightjar", "visibility": "restricted"}, by).uid
    asked = {"pilot": pilot, "status": "sought", "question": "Scale; or not?", "options": "Scale\nStay"}
    return {
        "board": add(store, "board", {"title": "November", "meets_on": DAY, "place": "Room 2, first floor"}, by).uid,
        "old board": add(store, "board", {"title": "October", "meets_on": date(2026, 10, 8)}, by).uid,
        "decision": add(store, "decision", {**asked, "title": "Scale", "needed_by": DAY}, by).uid,
        "draft": add(store, "decision", {"title": "Not asked yet", "needed_by": DAY}, by).uid,
        "pilot": f"{pilot}-decision",
        "session": add(
            store, "session", {"title": "Workshop", "starts_on": date(2026, 11, 20), "start_time": "09:30",
                               "duration_minutes": 60}, by,
        ).uid,
        "called off": add(store, "session", {"title": "Off", "starts_on": DAY, "status": "cancelled"}, by).uid,
        "no such time": add(store, "session", {"title": "Odd", "starts_on": DAY, "start_time": "29:30"}, by).uid,
        "secret": add(store, "session", {"title": "Quiet", "pilot": secret, "starts_on": DAY}, by).uid,
    }  # fmt: skip


def test_what_lies_ahead_is_in_it_and_what_is_restricted_is_not(store: Store, filled: dict[str, str]) -> None:
    found = {str(event["UID"]): event for event in read(render(calendar(store, day=DAY)).data)}
    wanted = ("board", "decision", "pilot", "session", "called off", "no such time")
    assert set(found) == {filled[name] for name in wanted}
    assert str(found[filled["board"]]["SUMMARY"]) == "Programme board: November"
    assert str(found[filled["board"]]["LOCATION"]) == "Room 2, first floor"
    assert str(found[filled["decision"]]["DESCRIPTION"]) == "D-001. Scale; or not?"
    assert str(found[filled["called off"]]["STATUS"]) == "CANCELLED"
    assert str(found[filled["session"]]["STATUS"]) == "CONFIRMED"
    assert found[filled["session"]]["DTSTART"].dt == datetime(2026, 11, 20, 9, 30)
    assert found[filled["no such time"]]["DTSTART"].dt == DAY
    assert str(found[filled["pilot"]]["SUMMARY"]) == "Decision due on pilot P-01 Permits"


def test_ids_stay_and_revisions_grow(store: Store, ana: Acting, filled: dict[str, str]) -> None:
    def event(name: str, day: date) -> Any:
        (one,) = [event for event in calendar(store, day=day).events if event.uid == filled[name]]
        return one

    later = at(ana, date(2026, 10, 9))
    change(store, "session", filled["session"], {"starts_on": date(2026, 11, 27)}, later)
    remove(store, "board", filled["board"], later, reason="moved to December")
    before, after = (event("session", date(2026, 10, day)) for day in (8, 9))
    assert (before.day, after.day) == (date(2026, 11, 20), date(2026, 11, 27))
    assert after.revision > before.revision
    assert not event("board", date(2026, 10, 8)).cancelled and event("board", date(2026, 10, 9)).cancelled
    assert render(calendar(store, day=DAY)) == render(calendar(store, day=DAY))
