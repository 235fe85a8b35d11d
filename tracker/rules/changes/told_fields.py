"""What papers say of a field that got another value, whatever the register: it follows from what the field is.

A register's own rule (``differs``) says more of some fields; the others are told from here.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.entities.base import Needed
from tracker.fields import COMES_WITH, COSTS, MINUTES, PAST, TOLD, UNTOLD, YARDSTICK, Field, Nothing, Value, same
from tracker.rules.changes.transitions import Difference, Reason, direction
from tracker.rules.day import Day
from tracker.rules.reading import money_text, show
from tracker.rules.wording import lower_first, optional, ordinal, show_date

NOT_GIVEN = "not given"  # “none” may be a value
NAMES = ("Name", "Title")
NO_MATCH = ("withheld", "not_applicable")  # there may be a value, or can be none: nobody can say that it went away
NOT_SHOWN = "a record that is not shown"


class Position(NamedTuple):
    """A record's values on one of the two days."""

    record: Entity
    day: Day

    def value(self, field: Field) -> Value:
        """Return the value of a field; where there is none, the kind of nothing that is said of it."""
        value: Value = getattr(self.record, field.name)
        if value is None:
            return self.day.nothings.get((self.record.uid, field.name))
        return value


class Slips(NamedTuple):
    """What the journal knows of a date: how often it was moved, what stood before it was cleared, why the last."""

    times: int = 0
    stood: date | None = None
    reason: str = ""


def told_fields(register: type[Entity]) -> list[Field]:
    """Return the fields whose change papers tell: by kind all but texts and lists; texts that name, or are marked."""
    return [
        field
        for field in register.fields().values()
        if field.settable
        and UNTOLD not in field.flags
        and field.name not in ("visibility", "sensitivity", "tags")
        and (field.kind not in ("text", "list") or TOLD in field.flags or field.name == register.name_field)
    ]


def told_dates(register: type[Entity]) -> list[Field]:
    """Return the days among the fields whose change papers tell."""
    return [field for field in told_fields(register) if field.kind == "date"]


def with_state(before: Entity, now: Entity) -> set[str]:
    """Return the fields that came or went with another state, as the day on which something was done: it says them."""
    register = type(now)
    needed = {law.field for law in register.all_laws() if isinstance(law, Needed) and law.when == register.state_field}
    dependent = [field for field in register.stored() if PAST in field.flags or field.name in needed]
    return {field.name for field in register.stored() if COMES_WITH in field.flags} | {
        field.name for field in dependent if None in (getattr(before, field.name), getattr(now, field.name))
    }


def field_changes(before: Position, now: Position, field: Field, slips: Slips, reason: Reason) -> Iterator[Difference]:
    """Yield what is to be told of one field that both days know."""
    old = before.value(field)
    new = now.value(field)
    if same(old, new) and not (old is None and slips.stood and new is not None):
        return
    because = reason(field.name)
    group = _group(field, old, new)
    if field.kind == "date":
        yield from _date(field, old, new, slips, because or slips.reason * (old is None))
    elif isinstance(old, Nothing) or isinstance(new, Nothing):
        yield Difference(group, _said(field, _text(field, before, old), old, _text(field, now, new), new), because)
    elif field.kind == "money":
        yield _money(field, old, new, now.day.about.currency, because)
    elif field.name == type(now.record).name_field and field.kind == "text":
        verb = "renamed" if field.label in NAMES else f"{field.label.lower()} reworded"
        yield Difference("changed", f"{verb}, was “{old}”", because)
    else:
        texts = (_text(field, position, value) or NOT_GIVEN for position, value in ((before, old), (now, new)))
        yield Difference(group, f"{lower_first(field.label)}: {' → '.join(texts)}", because)


def _group(field: Field, old: Value, new: Value) -> str:
    """Return the class of a change that is no move: a value and what is withheld, or does not apply, do not compare."""
    for value, nothing in ((old, new), (new, old)):
        if isinstance(nothing, Nothing) and nothing.kind in NO_MATCH and not isinstance(value, Nothing | None):
            return "not_comparable"
    return "not_comparable" if YARDSTICK in field.flags and field.kind != "date" else "changed"


def _date(field: Field, old: Value, new: Value, slips: Slips, reason: str) -> Iterator[Difference]:
    """Yield the move of a day: one that was taken away and is given again has moved from the last day that stood."""
    label = field.moves or lower_first(field.label)
    if isinstance(new, Nothing) or (isinstance(old, Nothing) and not isinstance(new, date)):
        yield Difference(_group(field, old, new), _said(field, _day(old), old, _day(new), new), reason)
        return
    stood = old if isinstance(old, date) else slips.stood
    if stood is None:
        words = f"{lower_first(field.label)}: {_day(new)}, {_day(old) or NOT_GIVEN} before"
        yield Difference(_group(field, old, new), words, reason)
        return
    if not isinstance(new, date):
        yield Difference("moved", f"{label} taken away (was {show_date(stood)})", reason)
        return
    between = ""
    if not isinstance(old, date):
        between = f", {_day(old) or 'taken away'} in between"
    if same(stood, new):
        yield Difference("changed", f"{label} given again: {show_date(new)}{between}", reason)
        return
    words = f"{label} moved from {show_date(stood)} to {show_date(new)}{between}"
    if slips.times > 1:
        words += f" ({ordinal(slips.times)} move)"
    yield Difference("changed" if PAST in field.flags else "moved", words, reason)


def _money(field: Field, old: Value, new: Value, currency: str, reason: str) -> Difference:
    label = lower_first(field.label)
    texts = _amount(old, currency), _amount(new, currency)
    if not isinstance(old, int) or not isinstance(new, int):
        if isinstance(new, int):
            return Difference("changed", f"{label}: {texts[1]}, {NOT_GIVEN} before", reason)
        return Difference("changed", f"{label} taken away" + optional(" (was ", texts[0], ")"), reason)
    words = f"{label} {'rose' if new > old else 'fell'} from {' to '.join(texts)}"
    return Difference(direction(new > old) if COSTS in field.flags else "changed", words, reason)


def _said(field: Field, old_text: str, old: Value, new_text: str, new: Value) -> str:
    """Return that a value gave way to a kind of nothing, or that to a value: neither is a fall, a rise or a move."""
    label = lower_first(field.label)
    if isinstance(new, Nothing):
        return f"{label} {new.plain}{optional(' (', new.words, ')')}, was {old_text or NOT_GIVEN}"
    return f"{label}: {new_text or NOT_GIVEN}, was {old_text}"


def _text(field: Field, position: Position, value: Value) -> str:
    """Return a value as a sentence holds it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, Nothing):
        return value.plain
    if field.kind == "money":
        return _amount(value, position.day.about.currency)
    if field.target == "person":
        return position.day.person(str(value))
    if field.target:
        return _record(position.day, field.target, str(value))
    if field.kind == "text":
        return f"“{value}”"
    if field.kind == "number" and isinstance(value, int) and MINUTES not in field.flags:
        return f"{value:,}"
    return show(field, value)


def _record(day: Day, kind: str, uid: str) -> str:
    register = entity(kind)
    record = day.get(register, uid) or day.removed(register).get(uid)
    if record is None:
        return NOT_SHOWN
    name = register.fields()[register.name_field]
    if name.target:
        return record.ref
    return f"{record.ref} {show(name, getattr(record, name.name))}"


def _amount(value: Value, currency: str) -> str:
    if isinstance(value, int):
        return money_text(value, currency)
    return ""


def _day(value: Value) -> str:
    if isinstance(value, Nothing):
        return value.plain
    if isinstance(value, date):
        return show_date(value)
    return ""
