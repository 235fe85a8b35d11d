"""What every reader of typed text shares: how the programme writes, and how a text is refused."""

from datetime import date
from typing import NamedTuple


class NotRead(ValueError):
    """A text that cannot be the field's value; says how it was read and what to write instead.

    ``days`` are the days that it may mean, where a person could be asked which.
    """

    def __init__(self, message: str, days: tuple[date, ...] = ()) -> None:
        super().__init__(message)
        self.days = days


class Conventions(NamedTuple):
    """How a programme writes: the ISO 4217 code of its currency, and the month and day its financial year begins.

    ``scale`` is the one on which it rates; empty where it does not matter.
    """

    currency: str = "GBP"
    year_start: str = "04-01"
    scale: str = ""

    @property
    def first_of_year(self) -> tuple[int, int]:
        """Month and day on which a financial year begins. Raises ValueError where there is no such day in each year."""
        first = date.fromisoformat(f"2026-{self.year_start}")
        return first.month, first.day

    @property
    def has_own_year(self) -> bool:
        """Whether the financial year is another than the calendar's."""
        return self.year_start != "01-01"


USUAL = Conventions()
