"""What an undo or a redo did, in words, the same in the shell and on the screens."""

from collections import Counter

from tracker.entities import Entity, entity
from tracker.entities.base import called
from tracker.fields import Values
from tracker.rules.reading import show
from tracker.rules.wording import counted, listed
from tracker.services.records.undo import TurnedBack
from tracker.storage import Condition, Query, Store, link, stored_value
from tracker.storage.journal.history import Change, Recorded
from tracker.storage.queries import rows

LONGEST = 40  # characters of a name or value
MOST_LINES = 8
EMPTY = "(empty)"
GONE = "(not in the list any more)"  # a record that the same undo took away

Touched = dict[tuple[str, str], list[Change]]  # the changes by kind and uid


def describe_undo(store: Store, turned: TurnedBack) -> str:
    """Return what an undo or redo did in one sentence: to which record, or to how many."""
    touched = _touched(turned)
    if not touched:
        return "nothing had to be changed"
    (kind, uid), changes = next(iter(touched.items()))
    if len(touched) > 1:
        numbers = Counter(entity(kind) for kind, _ in touched)
        return listed(counted(number, register.noun, register.plural) for register, number in numbers.items())
    record = link(store, kind, uid)
    if record is None:
        return f"{_short(_name(entity(kind), changes[0].values))} is not in the list any more"
    if _is_whole(changes[0], kind):
        return f"{_short(str(record))} is back in the list"
    return f"{_short(str(record))}: {_fields(entity(kind), changes)}"


def undo_lines(store: Store, turned: TurnedBack) -> list[str]:
    """Return a line for each field that an undo or redo changed, such as ``R-014: Likelihood 5 → 4``."""
    lines = []
    for (kind, uid), changes in _touched(turned).items():
        lines += _lines(store, entity(kind), uid, changes)
    surplus = len(lines) - MOST_LINES
    if surplus > 0:
        lines[MOST_LINES:] = [f"… and {surplus} more"]
    return lines


def _is_whole(change: Change, kind: str) -> bool:
    """Return whether a whole record of a kind came or went."""
    return change.field == "*" and change.kind == kind


def _touched(turned: TurnedBack) -> Touched:
    """Return the changes by record; those of a record that carries fields of another count as that one's."""
    touched: Touched = {}
    for change in turned.changes:
        touched.setdefault(_owner(change), []).append(change)
    for (kind, uid), changes in touched.items():
        own_changes = [change for change in changes if change.kind == kind]
        if any(change.field == "*" for change in own_changes):  # the record came or went, and what it carries with it
            touched[kind, uid] = own_changes
    return touched


def _owner(change: Change) -> tuple[str, str]:
    child = entity(change.kind)
    target = child.fields()[child.lead_field].target
    if change.field == "*" and target and change.values and _carried(entity(target), change.kind):
        return target, str(change.values[child.lead_field])
    return change.kind, change.uid


def _carried(register: type[Entity], child: str) -> list[str]:
    """Return the fields of an entity that a command sets by adding a newer record of another kind."""
    return [f.name for f in register.fields().values() if f.carried and f.carried.settable and f.carried.kind == child]


def _fields(register: type[Entity], changes: list[Change]) -> str:
    """Return which fields of a record were set back, or that it came or went."""
    if any(change.field == "deleted_at" for change in changes):
        return "back in the list" if changes[0].new is None else "removed"
    names = [change.field for change in changes if change.field in register.fields()]
    for change in changes:
        if change.kind != register.kind:
            names += [name for name in _carried(register, change.kind) if change.values.get(name) is not None]
    labels = [register.fields()[name].label.lower() for name in names]
    return f"{', '.join(labels)} set back".strip()


def _lines(store: Store, register: type[Entity], uid: str, changes: list[Change]) -> list[str]:
    is_record = _is_whole(changes[0], register.kind)
    is_gone = is_record and changes[0].new is None
    record = None if is_gone else link(store, register.kind, uid)
    if record is None:
        return [f"{_short(_name(register, changes[0].values))}: not in the list any more"]
    if is_record:
        return [f"{_short(str(record))}: back in the list"]
    if any(change.field == "deleted_at" for change in changes):
        return [f"{_short(str(record))}: {_fields(register, changes)}"]
    texts = []
    for change in changes:
        if change.kind != register.kind:
            texts += _carried_moves(store, register, change)
        elif change.field in register.fields():
            texts.append(_move(store, register, change.field, change.old, change.new))
    return [f"{record.ref}: {text}" for text in texts or ["set back"]]


def _carried_moves(store: Store, register: type[Entity], change: Change) -> list[str]:
    """Return what a newer record that came or went means for the one whose fields it carries."""
    child = entity(change.kind)
    names = [name for name in _carried(register, change.kind) if name in child.fields()]
    values = change.values
    siblings = (
        Condition(child.lead_field, "=", stored_value(values[child.lead_field])),
        Condition("uid", "!=", change.uid),
    )
    before = rows(store, Query(child.kind, siblings, ((child.date_field, True),), limit=1), names)
    old: Values = dict(zip(names, before[0][2:], strict=True)) if before else {}
    new = values
    verb = "back"
    if not change.new:
        old, new, verb = values, old, "taken away"
    moves = [
        _move(store, register, name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
    ]
    return moves or [f"{child.noun} {values.get('ref', '')} {verb}"]


def _move(store: Store, register: type[Entity], name: str, old: Recorded, new: Recorded) -> str:
    return f"{register.fields()[name].label} {_text(store, register, name, old)} → {_text(store, register, name, new)}"


def _text(store: Store, register: type[Entity], name: str, value: Recorded) -> str:
    field = register.fields()[name]
    if not field.target or not value:
        return _short(show(field, value)) or EMPTY
    return _short(show(field, link(store, field.target, str(value)))) or GONE


def _name(register: type[Entity], values: Values) -> str:
    name = "" if register.fields()[register.name_field].target else called(register, values.get(register.name_field))
    return f"{values.get('ref', '')} {name}".strip()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
