"""A whole programme as tables of texts: references by ref, amounts in whole units, days by year, month and day."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from tracker.entities import Entity, all_entities
from tracker.fields import ABOUT, Field
from tracker.storage import Store
from tracker.storage.copies.tables import columns_of, frozen_data, last_numbers, records_as_stored, refs_by_uid
from tracker.storage.store import Raw

LAYOUT = 1  # of what is written here
REMOVED = {"deleted_at": "removed_at", "deleted_by": "removed_by", "deleted_reason": "removed_because"}
RECORDED = {"created_at": "recorded_at", "created_by": "recorded_by"}
PEOPLE = ("deleted_by", "created_by")
HUNDREDTH = Decimal("0.01")


class RegisterTable(NamedTuple):
    """The records of a register as texts, in rows below the names of their columns."""

    register: type[Entity]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Programme(NamedTuple):
    """All that a programme holds now: its tables, what was frozen by its hash, and the last numbers given."""

    name: str
    tables: tuple[RegisterTable, ...]
    frozen: Mapping[str, bytes]
    numbers: Mapping[str, int]


def whole_programme(store: Store) -> Programme:
    """Return all that a programme holds, removed records too; registers without a record are left out."""
    refs = refs_by_uid(store)
    tables = [_table(store, register, refs) for register in all_entities()]
    name = next((str(row["name"]) for row in records_as_stored(store, _programme())), "")
    return Programme(name, tuple(t for t in tables if t.rows), dict(frozen_data(store)), last_numbers(store))


def _programme() -> type[Entity]:
    from tracker.entities import Programme as Register

    return Register


def named(columns: Sequence[str]) -> tuple[str, ...]:
    """Return columns as tables call them."""
    return tuple({**REMOVED, **RECORDED}.get(column, column) for column in columns)


def _table(store: Store, register: type[Entity], refs: Mapping[str, str]) -> RegisterTable:
    columns = [*columns_of(register), *RECORDED]
    rows = tuple(
        tuple(as_text(register, column, record[column], refs) for column in columns)
        for record in records_as_stored(store, register)
    )
    return RegisterTable(register, named(columns), rows)


def is_reference(register: type[Entity], column: str) -> bool:
    """Return whether a column holds the uid of a record."""
    field = register.fields().get(column)
    return column in PEOPLE or (field is not None and (bool(field.target) or ABOUT in field.flags))


def as_text(register: type[Entity], column: str, value: Raw, refs: Mapping[str, str]) -> str:
    """Return a stored value as a text of a table."""
    if value is None:
        return ""
    if is_reference(register, column):
        return refs.get(str(value), str(value))
    field = register.fields().get(column)
    if field is None:
        return str(value)
    if field.kind == "money":
        return f"{Decimal(value) * HUNDREDTH:f}"
    if field.kind == "yes_no":
        return ("false", "true")[bool(value)]
    return repr(value) if isinstance(value, float) else str(value)


def as_stored(field: Field | None, text: str) -> Raw:
    """Return a text of a table as its column holds it; references stay texts. Raises ValueError."""
    if not text:
        return "" if field is not None and field.kind == "list" else None
    match field.kind if field else "text":
        case "money":
            minor = Decimal(text) * 100
            if minor != minor.to_integral_value():
                raise ValueError(text)
            return int(minor)
        case "number":
            return int(text)
        case "decimal":
            return float(text)
        case "yes_no":
            return ("false", "true").index(text.lower())
    return text
