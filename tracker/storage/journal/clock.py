"""On which day a command counts as recorded, whatever the clock of its computer said.

What a day looked like never changes: a command counts from the latest day of those before it, or from its own when
that is later. A clock that is far ahead would hold up all that follows; so a command whose day is more than
JUMP_DAYS after those before it is doubted: it counts from its own day and moves nothing, until commands of
AGREEING_DAYS different days agree with it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

JUMP_DAYS = 400  # a programme rests for a summer or a year
AGREEING_DAYS = 3
SAME_MS = 5 * 60 * 1000  # clocks of two computers differ by seconds, and are put right by minutes


class Recorded(NamedTuple):
    """The day from which on a command counts, and whether its clock is doubted."""

    day: str
    jumped: bool


def recorded(own: str, settled: str | None, doubted: frozenset[str]) -> Recorded:
    """Return how a command of day ``own`` is recorded; days are as ISO 8601 writes them.

    ``settled`` is the latest day of the commands before that are not doubted, ``doubted`` the days of those that
    came after it.
    """
    if settled is None or own <= settled:
        return Recorded(settled or own, False)
    if (date.fromisoformat(own) - date.fromisoformat(settled)).days <= JUMP_DAYS:
        return Recorded(own, False)
    agreeing = {day for day in doubted if settled < day <= own} | {own}
    return Recorded(own, len(agreeing) < AGREEING_DAYS)


def settling(days: Iterable[str]) -> Iterator[tuple[Recorded, str | None]]:
    """Yield how each command of a file is recorded, by their days in order; with a doubted one the settled day."""
    settled: str | None = None
    doubted: frozenset[str] = frozenset()
    for day in days:
        counts = recorded(day, settled, doubted)
        if counts.jumped:
            yield counts, settled
            doubted |= {day}
        else:
            yield counts, None
            settled = counts.day
            doubted = frozenset()
