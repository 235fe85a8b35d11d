"""The rules of a time zone as a calendar carries them (VTIMEZONE of RFC 5545): each change of its clocks by itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
YEAR = timedelta(days=366)  # before the first day: so that the offset on it is known


def zone_lines(zone: str, first: date, last: date) -> list[str]:
    """Return the lines that say which offsets a zone, by its IANA name, has from UTC between two days.

    Raises ZoneInfoNotFoundError (a KeyError) for a zone that this machine does not know.
    """
    clock = ZoneInfo(zone)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    begin = datetime.combine(first, time(), UTC) - YEAR
    before = _offset(begin, clock)
    lines += _observance(begin, before, before, clock)
    for moment in _changes(clock, begin, datetime.combine(last, time(), UTC) + YEAR):
        after = _offset(moment, clock)
        lines += _observance(moment, before, after, clock)
        before = after
    return [*lines, "END:VTIMEZONE"]


def _changes(clock: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments, in UTC, at which the offset of a zone changes; each is a full quarter of an hour."""
    moment = begin
    while moment < end:
        tomorrow = moment + timedelta(days=1)
        if _offset(moment, clock) != _offset(tomorrow, clock):
            quarters = (moment + quarter * HOUR / 4 for quarter in range(1, 97))
            yield next(later for later in quarters if _offset(later, clock) != _offset(moment, clock))
        moment = tomorrow


def _offset(moment: datetime, clock: ZoneInfo) -> timedelta:
    return moment.astimezone(clock).utcoffset() or timedelta()


def _observance(moment: datetime, before: timedelta, after: timedelta, clock: ZoneInfo) -> list[str]:
    """Return the lines of one change; its moment is written by the clock as it was until then."""
    kind = "DAYLIGHT" if moment.astimezone(clock).dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{moment + before:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_written(before)}",
        f"TZOFFSETTO:{_written(after)}",
        f"TZNAME:{moment.astimezone(clock):%Z}",
        f"END:{kind}",
    ]


def _written(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
