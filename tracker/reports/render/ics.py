"""Board dates, decisions due and training as a calendar (iCalendar, RFC 5545)."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tracker.reports.model import NotRendered, Rendered
from tracker.reports.render.time_zones import zone_lines
from tracker.text import plain

WIDEST = 75  # octets of a line, its end left out
NO_DATES = "no board meeting, decision due or training session has a date."
NOT_OF_A_PAPER = "meetings, decisions due and training stand in the calendar of the programme, not in this paper."


class Event(NamedTuple):
    """A day in the calendar, or a time of it; ``uid`` is the same in every export and ``revision`` only ever grows.

    Without ``start`` it takes the whole day; ``zone`` is the time zone of ``start`` by its IANA name, none where the
    time is that of the place where it is read. ``category`` is what it is: board, decision or training. ``busy``: who
    takes part is not free then.
    """

    uid: str
    day: date
    title: str
    category: str = ""
    start: time | None = None
    minutes: int | None = None
    place: str = ""
    detail: str = ""
    revision: int = 0
    cancelled: bool = False
    busy: bool = False
    zone: str = ""


class Calendar(NamedTuple):
    """Events, the name they are shown under, and the day whose position they are of."""

    name: str
    as_of: date
    events: tuple[Event, ...]
    language: str = "en-GB"


def render(calendar: Calendar) -> Rendered:
    """Return the calendar as a file, with the rules of each time zone that its events name.

    Raises NotRendered when there is no event: such a file is not valid.
    """
    if not calendar.events:
        raise NotRendered(f"There is nothing for a calendar: {NO_DATES}")
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
    for zone in sorted({event.zone for event in calendar.events if event.start and event.zone}):
        days = [event.day for event in calendar.events if event.zone == zone]
        lines += zone_lines(zone, min(days), max(days))
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
    ]
    if event.category:
        lines.append(f"CATEGORIES:{_escaped(event.category)}")
    if event.detail:
        lines.append(f"DESCRIPTION:{_escaped(event.detail)}")
    if event.place:
        lines.append(f"LOCATION:{_escaped(event.place)}")
    lines.append(f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}")
    busy = event.busy and not event.cancelled
    return [*lines, f"TRANSP:{'OPAQUE' if busy else 'TRANSPARENT'}", "END:VEVENT"]


def _times(event: Event) -> list[str]:
    if event.start is None:
        after = event.day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{_day(event.day)}", f"DTEND;VALUE=DATE:{_day(after)}"]
    begins = datetime.combine(event.day, event.start)
    zone = f";TZID={event.zone}" if event.zone else ""
    times = [f"DTSTART{zone}:{_day(event.day)}T{event.start:%H%M}00"]
    if event.minutes:
        ends = begins + timedelta(minutes=event.minutes)
        times.append(f"DTEND{zone}:{_day(ends.date())}T{ends:%H%M}00")
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
