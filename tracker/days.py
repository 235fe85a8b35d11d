"""Days that say less, or something else, than a day that somebody wrote down."""

from datetime import date, timedelta

SPANS = {"month": 1, "quarter": 3, "year": 12}  # in months


class WorkedOut(date):
    """A day that nobody set: a rule worked it out, and whoever shows it says so."""


class VagueDay(date):
    """A day of which only the month, quarter or year is known; as a date it is the first or the last day of that.

    ``precision`` is one of SPANS; a day that is worked out from it is a whole day again, of the precision ``day``.
    """

    precision: str = "day"

    @classmethod
    def of(cls, day: date, precision: str) -> "VagueDay":
        """Return a day that stands for all of its month, quarter or year."""
        vague = cls(day.year, day.month, day.day)
        vague.precision = precision
        return vague

    @property
    def is_vague(self) -> bool:
        """Whether it stands for more than a day."""
        return self.precision in SPANS


def earliest(day: date) -> date:
    """Return the first day that a day may be."""
    if not (isinstance(day, VagueDay) and day.is_vague):
        return day
    months = SPANS[day.precision]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def latest(day: date) -> date:
    """Return the last day that a day may be."""
    if not (isinstance(day, VagueDay) and day.is_vague):
        return day
    months = earliest(day).month - 1 + SPANS[day.precision]  # up to the month behind it, counted from January
    return date(day.year + months // 12, months % 12 + 1, 1) - timedelta(1)


def precision_of(value: object) -> str:
    """Return the precision of a day that stands for more than a day; an empty text of every other value."""
    return value.precision if isinstance(value, VagueDay) and value.is_vague else ""
