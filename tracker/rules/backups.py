"""When a backup is due, and which of those that the program made by itself are kept."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from tracker.rules.settings import Every
from tracker.rules.wording import counted

INTERVALS: dict[Every, timedelta | None] = {
    "never": None,
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
}
SLACK = timedelta(hours=2)  # who begins at nine each day has a backup each day


def is_due(every: Every, last: datetime | None, began: datetime | None, now: datetime) -> bool:
    """Return whether a backup is due.

    ``last`` is when the last was made, ``began`` when the programme was: a new one needs none for an interval. A last
    one that lies ahead of the clock does not count.
    """
    interval = INTERVALS[every]
    if interval is None:
        return False
    since = last if last is not None and last <= now else began
    return since is not None and now - since >= interval - SLACK


def kept(made: Iterable[datetime], days: int, weeks: int, months: int) -> set[datetime]:
    """Return which of some backups are kept: the newest of each of the last days, weeks and months that have one.

    Days without a backup do not count: after a long pause nothing goes that would have stayed before it.
    """
    newest_first = sorted(made, reverse=True)
    staying: set[datetime] = set()
    for many, period in ((days, _day), (weeks, _week), (months, _month)):
        staying |= _newest_of_each(newest_first, period, many)
    return staying | set(newest_first[:1])


def _newest_of_each(
    newest_first: Sequence[datetime], period: Callable[[datetime], tuple[int, int]], many: int
) -> set[datetime]:
    """Return the newest of each of the last ``many`` periods."""
    newest: dict[tuple[int, int], datetime] = {}
    for moment in newest_first:
        newest.setdefault(period(moment), moment)
    return set(list(newest.values())[:many])


def _day(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.timetuple().tm_yday


def _week(moment: datetime) -> tuple[int, int]:
    week = moment.isocalendar()
    return week.year, week.week


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month


def age(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was, in the largest unit of which there are two or more: “3 days”."""
    minutes = max(int((now - moment).total_seconds()) // 60, 0)
    for unit, size in (("days", 1440), ("hours", 60)):
        if minutes >= 2 * size:
            return f"{minutes // size} {unit}"
    return counted(minutes, "minute")
