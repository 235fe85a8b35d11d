"""The rules that tie fields of one record together, and those of what stands once among the records of a register."""

from collections.abc import Mapping
from datetime import date

from tracker.errors import Problem
from tracker.fields import Value, Values, earliest, latest
from tracker.traits import Trait


class Order(Trait):
    """The first field is not after (or above) the second, when both are given."""

    first: str
    second: str

    def sql(self) -> str:
        return f'"{self.first}" <= "{self.second}"'

    def broken(self, values: Values, labels: Mapping[str, str]) -> Problem | None:
        low = values.get(self.first)
        high = values.get(self.second)
        if isinstance(low, date) and isinstance(high, date):
            if low <= high or earliest(low) <= latest(high):  # it may be so within the month that is known
                return None
        elif not (isinstance(low, int | float) and isinstance(high, int | float)) or low <= high:
            return None
        verb = "after" if isinstance(low, date) else "more than"
        message = f"{labels[self.first]} ({low}) is {verb} {labels[self.second].lower()} ({high})"
        return Problem(self.second, "order", f"{message}. Change one of the two.")


class Needed(Trait):
    """The field must be given (at least ``least`` characters) while another has one of some values."""

    field: str
    when: str
    among: tuple[str, ...]
    least: int = 1

    def sql(self) -> str:
        among = ",".join(f"'{value}'" for value in self.among)
        return (
            f'"{self.when}" IS NULL OR "{self.when}" NOT IN ({among}) '
            f'OR coalesce(length("{self.field}"), 0) >= {self.least}'
        )

    def broken(self, values: Values, labels: Mapping[str, str]) -> Problem | None:
        value = values.get(self.field)
        long_enough = value is not None and len(str(value)) >= self.least
        if values.get(self.when) not in self.among or long_enough:
            return None
        size = f" of at least {self.least} characters" if self.least > 1 else ""
        state = str(values[self.when]).replace("_", " ")
        return Problem(
            self.field,
            "needed",
            f"{labels[self.field]} is needed{size} when {labels[self.when].lower()} is {state}.",
        )


class NoHigher(Trait):
    """The product of the first pair is not above that of the second, unless ``excuse`` says why."""

    first: tuple[str, str]
    second: tuple[str, str]
    excuse: str
    words: str

    def sql(self) -> str:
        (a, b), (c, d) = self.first, self.second
        return f'"{a}" * "{b}" <= "{c}" * "{d}" OR coalesce(length("{self.excuse}"), 0) > 0'

    def broken(self, values: Values, labels: Mapping[str, str]) -> Problem | None:
        first = _product(values, *self.first)
        second = _product(values, *self.second)
        if first is None or second is None or first <= second or values.get(self.excuse):
            return None
        mend = f"Change the figures, or say why in {labels[self.excuse].lower()}."
        return Problem(self.first[0], "no_higher", f"{self.words} ({first} against {second}). {mend}")


def _product(values: Values, left: str, right: str) -> int | None:
    first = values.get(left)
    second = values.get(right)
    if not isinstance(first, int) or not isinstance(second, int):
        return None
    return first * second


class NotBoth(Trait):
    """A list must be empty while another field has one value."""

    field: str
    when: str
    value: str

    def sql(self) -> str:
        return f"\"{self.when}\" <> '{self.value}' OR \"{self.field}\" = ''"

    def broken(self, values: Values, labels: Mapping[str, str]) -> Problem | None:
        words = values.get(self.field)
        if values.get(self.when) != self.value or not isinstance(words, tuple) or not words:
            return None
        return Problem(
            self.when,
            "not_both",
            f"{labels[self.when]} cannot be {self.value} while {labels[self.field].lower()} is {', '.join(words)}.",
        )


Law = Order | Needed | NoHigher | NotBoth


class OnlyWhile(Trait):
    """The field holds something only while another has one of some values (empty: any); else it is emptied.

    ``early``: it may be given before, such as the evidence of an action that is not done yet; when the other leaves
    those values it goes all the same. ``nothing`` is what the field holds when it is empty.
    """

    field: str
    when: str
    among: tuple[Value, ...] = ()
    early: bool = False
    nothing: Value = None

    def has_place(self, values: Values) -> bool:
        """Return whether the field has a place in a record with these values."""
        state = values.get(self.when)
        return state in self.among if self.among else state is not None


class Ending(Trait):
    """A record has ended while a field has one of some values, or (none given) once the day in it has come.

    ``word`` says how it ended; where it is empty the value does.
    """

    field: str
    among: tuple[Value, ...] = ()
    word: str = ""

    def has_come(self, values: Values, day: date) -> bool:
        """Return whether a record with these values has ended so by a day."""
        value = values.get(self.field)
        if self.among:
            return value in self.among
        return isinstance(value, date) and latest(value) <= day


def misplaced(
    closings: tuple[OnlyWhile, ...], values: Values, before: Values | None
) -> tuple[list[OnlyWhile], list[OnlyWhile]]:
    """Return what has no place in a record: what was there before and goes, and what somebody gives all the same.

    ``before`` is None for a new one.
    """
    now = dict(values)
    stale = []
    early = []
    for closing in closings:
        value = now.get(closing.field)
        if value in (None, closing.nothing) or closing.has_place(now):
            continue
        if before is None or value != before.get(closing.field):
            if not closing.early:
                early.append(closing)
        elif not closing.early or closing.has_place(before):
            stale.append(closing)
            now[closing.field] = closing.nothing
    return stale, early


class Once(Trait):
    """These fields together are those of one record only, however texts among them are spelt.

    ``certain``: a second one would count twice and is refused; else it is said. Records whose state is among
    ``but_not`` do not count. Records in which a field is empty have nothing in common, but for ``may_be_empty``.
    """

    fields: tuple[str, ...]
    certain: bool = True
    but_not: tuple[str, ...] = ()
    may_be_empty: tuple[str, ...] = ()
