"""Figures that may be nothing: which kind of nothing in words, and totals that say of how many they are.

A value of zero is a value. Missing, withheld, not yet known and not applicable are four other things: none of them is
zero, and none is counted as another.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tracker.entities import Entity
from tracker.fields import MARKS, Nothing
from tracker.rules.day import Day
from tracker.rules.wording import optional, upper_first


def absence(nothing: Nothing, subject: str) -> str:
    """Return that something has no value, by its kind of nothing: ``The budget is withheld``; no stop behind it."""
    match nothing.kind:
        case "missing":
            return f"No {subject} is recorded"
        case "not_applicable":
            return f"No {subject} applies"
    return f"The {subject} is {nothing.plain}"


def absent(day: Day, record: Entity, field: str, subject: str) -> str:
    """Return that a field of a record has no value, by its kind of nothing."""
    return absence(day.nothing(record, field), subject)


def gap(day: Day, record: Entity, field: str, subject: str) -> tuple[str, ...]:
    """Return what is missing, for a list of what is: only what nobody said anything about."""
    return (subject,) if day.nothing(record, field).kind == "missing" else ()


def brief(day: Day, record: Entity, field: str, missing: str = "Not recorded") -> str:
    """Return in a word or two why a field of a record has no value: ``Withheld``; ``missing`` where nobody said."""
    nothing = day.nothing(record, field)
    return missing if nothing.kind == "missing" else upper_first(nothing.plain)


class Total(NamedTuple):
    """The sum of a figure over the records that state one, how many these are of how many, and the rest by kind.

    ``nothings`` are the kinds of nothing with how many records hold each, in the order of MARKS; their counts and
    ``given`` add up to ``of``.
    """

    amount: int
    given: int
    of: int
    nothings: tuple[tuple[str, int], ...]

    def scope(self, nouns: str = "") -> str:
        """Return of how many a total is: ``6 of 8 pilots; 1 withheld, 1 missing``."""
        rest = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in self.nothings)
        return f"{self.given} of {self.of}{optional(' ', nouns)}{optional('; ', rest)}"

    def words(self, write: Callable[[int], str], nouns: str = "") -> str:
        """Return a total with of how many it is: ``14.2m over 6 of 8; 1 withheld``; no amount where none is stated."""
        if self.given:
            return f"{write(self.amount)} over {self.scope(nouns)}"
        return f"not stated: {self.scope(nouns)}"

    def data(self) -> dict[str, object]:
        """Return the total as plain data for JSON; no amount where none is stated."""
        kinds = {kind: dict(self.nothings).get(kind, 0) for kind in MARKS}
        return {"amount": self.amount if self.given else None, "given": self.given, "of": self.of, **kinds}


def total(day: Day, records: Iterable[Entity], field: str) -> Total:
    """Return the total of a figure over some records of a day, with what is left out by its kind of nothing."""
    values = [(getattr(record, field), record) for record in records]
    given = [value for value, _ in values if value is not None]
    kinds = Counter(day.nothing(record, field).kind for value, record in values if value is None)
    return Total(sum(given), len(given), len(values), tuple((kind, kinds[kind]) for kind in MARKS if kinds[kind]))
