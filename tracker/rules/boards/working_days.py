"""Working days: Monday to Friday without the days on which nobody works.

Clear days are those between two days of which neither counts: papers sent on a Wednesday leave five clear days before
the Thursday of the week after.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import Holiday

SATURDAY = 5


class WorkingDays(NamedTuple):
    """Which days are worked on: Monday to Friday but for those that are ``closed``."""

    closed: frozenset[date] = frozenset()

    def is_worked(self, day: date) -> bool:
        """Return whether a day is a working day."""
        return day.weekday() < SATURDAY and day not in self.closed

    def before(self, day: date, days: int) -> date:
        """Return the working day that lies so many working days before a day; for 0 that day, or the last before it."""
        while days or not self.is_worked(day):
            day -= timedelta(1)
            days -= self.is_worked(day) and days > 0
        return day

    def after(self, day: date, days: int) -> date:
        """Return the day that is so many working days after a day."""
        while days:
            day += timedelta(1)
            days -= self.is_worked(day)
        return day

    def on_or_after(self, day: date) -> date:
        """Return a day, or the working day that follows it where nobody works on it."""
        return self.after(day - timedelta(1), 1)

    def leaving_clear(self, day: date, clear: int) -> date:
        """Return the last working day that leaves so many clear working days before a day."""
        return self.before(day, clear + 1)

    def closed_between(self, first: date, last: date) -> list[date]:
        """Return the days of Monday to Friday that nobody works on from one day to another."""
        return sorted(day for day in self.closed if first <= day <= last and day.weekday() < SATURDAY)


MONDAY_TO_FRIDAY = WorkingDays()


def working_days(holidays: Iterable[Holiday]) -> WorkingDays:
    """Return the working days where nobody works on some holidays."""
    return WorkingDays(frozenset(holiday.falls_on for holiday in holidays))
