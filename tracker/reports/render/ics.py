"""Board dates, decisions due and training as a calendar (iCalendar, RFC 5545)."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tracker.reports.model import NotRendered, Rendered
from tracker.text import plain

WIDEST = 75  # octets of a line, its end left out


class Event(NamedTuple):
    """A day in the calendar, or a time of it; ``uid`` is the same in every export and ``revision`` only ever grows.

    Without ``start`` it takes the whole day. ``category`` is what it is: board, decision or training.
    """

    uid: str
    day: date
    title: str
    category: str
    start: time | None = None
    minutes: int | None = None
    place: str = ""
    detail: str = ""
    revision: int = 0
    cancelled: bool = False


class Calendar(NamedTuple):
    """Events, the name they are shown under, and the day whose position they are of."""

    name: str
    as_of: date
    events: tuple[Event, ...]
    language: str = "en-GB"


def render(calendar: Calendar) -> Rendered:
    """Return the calendar as a file; times have no zone, so that they are those of the place where it is read.

    Raises NotRendered when there is no event: such a file is not valid.
    """
    if not calendar.events:
        raise NotRendered(
            "There is nothing for a calendar: no board meeting, decision due or training session lies ahead."
        )
    name = _escaped(calendar.name)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Transformation Tracker//Programme calendar//{_escaped(calendar.language[:2].upper())}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
    ]
    for event in calendar.events:
        lines += _event(event, calendar.as_of)
    return Rendered("".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode())


def _event(event: Event, as_of: date) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{_day(as_of)}T000000Z",
        f"SEQUENCE:{max(event.revision, 0)}",
        *_times(event),
        f"SUMMARY:{_escaped(event.title)}",
        f"CATEGORIES:{_escaped(event.category)}",
    ]
    if event.detail:
        lines.append(f"DESCRIPTION:{_escaped(event.detail)}")
    if event.place:
        lines.append(f"LOCATION:{_escaped(event.place)}")
    lines.append(f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}")
    return [*lines, f"TRANSP:{'OPAQUE' if event.start else 'TRANSPARENT'}", "END:VEVENT"]


def _times(event: Event) -> list[str]:
    if event.start is None:
        after = event.day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{_day(event.day)}", f"DTEND;VALUE=DATE:{_day(after)}"]
    begins = datetime.combine(event.day, event.start)
    times = [f"DTSTART:{_day(event.day)}T{event.start:%H%M}00"]
    if event.minutes:
        ends = begins + timedelta(minutes=event.minutes)
        times.append(f"DTEND:{_day(ends.date())}T{ends:%H%M}00")
    return times


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """Return a text as the value of a property: nothing in it ends the value or begins another property."""
    text = plain(text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def folded(line: str) -> str:
    """Return a line broken into pieces of 75 octets at most, never inside a character."""
    pieces: list[str] = []
    piece = ""
    used = 0
    for sign in line:
        size = len(sign.encode())
        if used + size > WIDEST:
            pieces.append(piece)
            piece = " "
            used = 1
        piece, used = piece + sign, used + size
    return "\r\n".join([*pieces, piece])
