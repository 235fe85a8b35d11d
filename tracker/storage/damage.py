"""Stored values that break a rule: what damage and other tools leave behind, found by the rules of the tables."""

from typing import NamedTuple

from tracker.entities import ENTITIES, Entity, entity
from tracker.fields import Field
from tracker.storage.columns.sql import python_value
from tracker.storage.journal.chain import unpack
from tracker.storage.schema import checks
from tracker.storage.store import Raw, Store

REASONS = {
    "choice": "is none of its choices",
    "date": "is no date",
    "decimal": "is out of its bounds",
    "list": "is none of its choices",
    "money": "is out of its bounds",
    "number": "is out of its bounds",
    "text": "is too long, too short or of another form",
    "yes_no": "is neither yes nor no",
}
NO_RECORD = "names no record"
UNREADABLE = "cannot be read"


class BrokenValue(NamedTuple):
    """Where a value stands that breaks a rule, and which rule that is; never the value."""

    ref: str
    field: str
    reason: str


def broken_value(store: Store) -> BrokenValue | None:
    """Return the first value of the records, or else of the journal, that breaks a rule; None when all keep them."""
    for kind in ENTITIES:
        for field in entity(kind).stored():
            ref = _first_ref(store, entity(kind), field)
            if ref is not None:
                return BrokenValue(ref, field.label, NO_RECORD if field.target else REASONS[field.kind])
    return _in_journal(store)


def _first_ref(store: Store, register: type[Entity], field: Field) -> str | None:
    """Return the ref of the first record whose field breaks a rule of its table."""
    name = f't."{field.name}"'
    rules = [f"({check})" for check in checks(field)]
    if field.target:
        rules.append(f'EXISTS (SELECT 1 FROM "{field.target}" l WHERE l.uid = {name})')
    if not rules:
        return None
    rows = store.read(
        f'SELECT t.ref FROM "{register.kind}" t WHERE {name} IS NOT NULL AND NOT ({" AND ".join(rules)}) '
        "ORDER BY t.id LIMIT 1"
    )
    return str(rows[0][0]) if rows else None


def _in_journal(store: Store) -> BrokenValue | None:
    for (number,) in store.read("SELECT id FROM tx WHERE day IS NOT date(day, '+0 days') LIMIT 1"):
        return BrokenValue(f"change {number}", "The day", REASONS["date"])
    for number, kind, name, *values in store.read("SELECT coalesce(tx, 0), kind, field, old, new FROM change"):
        for raw in values:
            if not _readable(kind, name, raw):
                return BrokenValue(f"change {number}", _label(kind, name), UNREADABLE)
    return None


def _readable(kind: str, name: str, raw: Raw) -> bool:
    """Whether a value of the journal can be read as its field's; of a whole record each of them."""
    if raw is None or kind not in ENTITIES:
        return True
    fields = entity(kind).fields()
    try:
        values = unpack(str(raw)) if name == "*" else {name: raw}
        for field_name, value in values.items():
            if field_name in fields:
                python_value(fields[field_name], value)
    except ValueError:
        return False
    return True


def _label(kind: str, name: str) -> str:
    if kind not in ENTITIES or name not in entity(kind).fields():
        return "A field"
    return entity(kind).fields()[name].label
