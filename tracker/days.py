"""Days that say less, or something else, than a day that somebody wrote down."""

from datetime import date, timedelta

# How exact a day may be that is less than exact, in months. A quarter of a financial year says which of its year it is,
# so that it is the same whatever the programme's financial year becomes.
FINANCIAL_QUARTERS = ("financial_q1", "financial_q2", "financial_q3", "financial_q4")
SPANS = {"month": 1, "quarter": 3, "year": 12, "financial_year": 12, **dict.fromkeys(FINANCIAL_QUARTERS, 3)}


DAY = "day"  # the precision of a day that is written down and says of itself that a rule worked it out


class WorkedOut(date):
    """A day that nobody set: a rule worked it out, and whoever shows it says so."""

    @classmethod
    def of(cls, day: date) -> "WorkedOut":
        """Return a day as one that was worked out."""
        return cls(day.year, day.month, day.day)


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
    if day.precision.startswith("financial"):  # it stands for its first day, or for the last of a month
        return months_on(date(day.year, day.month, 1), (1 - months) * (day.day != 1))
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def months_on(day: date, months: int) -> date:
    """Return the same day of a later month (below zero: an earlier one), which every month must have."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, day.day)


def latest(day: date) -> date:
    """Return the last day that a day may be."""
    if not (isinstance(day, VagueDay) and day.is_vague):
        return day
    first = earliest(day)
    return months_on(date(first.year, first.month, 1), SPANS[day.precision]) - timedelta(1)


def precision_of(value: object) -> str:
    """Return the precision of a day that stands for more than a day, ``day`` of one that a rule worked out.

    It is an empty text of every other value.
    """
    if isinstance(value, WorkedOut):
        return DAY
    return value.precision if isinstance(value, VagueDay) and value.is_vague else ""
