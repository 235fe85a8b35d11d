"""A whole programme as tables of texts: references by ref, amounts in whole units, days by year, month and day."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from tracker.entities import Entity, all_entities, entity
from tracker.fields import ABOUT, Field
from tracker.storage import Store
from tracker.storage.copies.tables import columns_of, frozen_data, last_numbers, records_as_stored, refs_by_uid
from tracker.storage.journal.history import as_recorded
from tracker.storage.store import Raw

LAYOUT = 1  # of what is written here
REMOVED = {"deleted_at": "removed_at", "deleted_by": "removed_by", "deleted_reason": "removed_because"}
RECORDED = {"created_at": "recorded_at", "created_by": "recorded_by"}
PEOPLE = ("deleted_by", "created_by")
COMMAND = ("change", "at", "day", "who", "through", "command", "reason", "undoes", "true_on")
CHANGES = (*COMMAND, "register", "record", "field", "from", "to", "erased")
HUNDREDTH = Decimal("0.01")


class RegisterTable(NamedTuple):
    """The records of a register as texts, in rows below the names of their columns."""

    register: type[Entity]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Programme(NamedTuple):
    """All that a programme holds now: its tables, what was frozen by its hash, and the last numbers given.

    ``history`` has the names of its columns first, then a row for each change; it is empty where nobody asked for it.
    """

    name: str
    tables: tuple[RegisterTable, ...]
    frozen: Mapping[str, bytes]
    numbers: Mapping[str, int]
    history: Sequence[Sequence[str]] = ()


def whole_programme(store: Store, *, history: bool = False) -> Programme:
    """Return all that a programme holds, removed records too; registers without a record are left out."""
    refs = refs_by_uid(store)
    tables = [_table(store, register, refs) for register in all_entities()]
    name = next((str(row["name"]) for row in records_as_stored(store, entity("programme"))), "")
    filled = tuple(table for table in tables if table.rows)
    changes = _history(store, refs) if history else []
    return Programme(name, filled, dict(frozen_data(store)), last_numbers(store), changes)


def _history(store: Store, refs: Mapping[str, str]) -> list[Sequence[str]]:
    rows = [["" if value is None else str(value) for value in row] for row in as_recorded(store)]
    place = CHANGES.index("record")
    for row in rows:
        row[place] = refs.get(row[place], row[place])  # of a record that was undone its uid is all there is
    return [CHANGES, *rows]


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def named(columns: Sequence[str]) -> tuple[str, ...]:
    """Return columns as tables call them."""
    return tuple({**REMOVED, **RECORDED}.get(column, column) for column in columns)


def columns_written(register: type[Entity]) -> tuple[str, ...]:
    """Return the columns of a register's table."""
    return named([*columns_of(register), *RECORDED])


def _table(store: Store, register: type[Entity], refs: Mapping[str, str]) -> RegisterTable:
    columns = [*columns_of(register), *RECORDED]
    rows = tuple(
        tuple(as_text(register, column, record[column], refs) for column in columns)
        for record in records_as_stored(store, register)
    )
    return RegisterTable(register, columns_written(register), rows)


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
