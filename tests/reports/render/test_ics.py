"""Calendars: read by another program without an error, with the same ids in every export, and nothing smuggled in."""

from datetime import date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
from hostile import HOSTILE

from tracker.reports.model import NotRendered
from tracker.reports.render.ics import WIDEST, Calendar, Event, folded, render

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


def test_a_time_in_a_zone_brings_the_rules_of_the_zone() -> None:
    june, january = (date(2026, 6, 10), date(2027, 1, 14))
    events = tuple(
        Event(str(day), day, "Board", start=time(10), minutes=120, zone="Europe/London") for day in (june, january)
    )
    data = render(Calendar("c", DAY, events)).data
    summer, winter = read(data)
    assert (summer["DTSTART"].dt.isoformat(), winter["DTEND"].dt.isoformat()) == (
        "2026-06-10T10:00:00+01:00",
        "2027-01-14T12:00:00+00:00",
    )
    assert b"DTSTART;TZID=Europe/London:20260610T100000" in data and b"TZNAME:BST" in data
    # The rules in the file alone say the same, to a reader that knows no zone by its name.
    (rules,) = icalendar.Calendar.from_ical(data.replace(b"Europe/London", b"Our/Town")).timezones
    zone = rules.to_tz()
    for day, hours in ((june, 1), (january, 0), (date(2026, 10, 24), 1), (date(2026, 10, 26), 0)):
        assert datetime(day.year, day.month, day.day, 10, tzinfo=zone).utcoffset() == timedelta(hours=hours), day


def test_whoever_takes_part_is_busy_unless_it_was_cancelled() -> None:
    events = (Event("a", DAY, "A", busy=True), Event("b", DAY, "B"), Event("c", DAY, "C", busy=True, cancelled=True))
    transparency = [str(event["TRANSP"]) for event in read(render(Calendar("c", DAY, events)).data)]
    assert transparency == ["OPAQUE", "TRANSPARENT", "TRANSPARENT"]


def test_a_calendar_without_events_is_refused() -> None:
    with pytest.raises(NotRendered, match="nothing for a calendar"):
        render(Calendar("c", DAY, ()))
