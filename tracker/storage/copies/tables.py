"""The records of a file as they lie in its tables: all of them, removed ones too, for moving out and in again."""

import sqlite3
from collections.abc import Iterator, Sequence

from tracker.entities import Entity, all_entities
from tracker.entities.base import REMOVAL
from tracker.errors import TrackerError
from tracker.rules.wording import short
from tracker.storage.rows import insert_row
from tracker.storage.snapshots import put
from tracker.storage.store import Raw, Store

RECORDED = ("created_at", "created_by")


def columns_of(register: type[Entity]) -> list[str]:
    """Return the columns by which a record is whole: its uid and ref, its fields, and whether it was removed."""
    return ["ref", "uid", *(field.name for field in register.stored()), *REMOVAL]


def records_as_stored(store: Store, register: type[Entity]) -> list[dict[str, Raw]]:
    """Return each record of a register in the order in which it was recorded, with by whom and when that was."""
    columns = [*columns_of(register), *RECORDED]
    names = ", ".join(f'"{column}"' for column in columns)
    rows = store.read(f'SELECT {names} FROM "{register.kind}" ORDER BY id')
    return [dict(zip(columns, row, strict=True)) for row in rows]


def refs_by_uid(store: Store) -> dict[str, str]:
    """Return the ref of every record of every register."""
    return {
        str(uid): str(ref)
        for register in all_entities()
        for uid, ref in store.read(f'SELECT uid, ref FROM "{register.kind}"')
    }


def frozen_data(store: Store) -> Iterator[tuple[str, bytes]]:
    """Yield what was frozen, compressed, with the SHA-256 of what is inside."""
    for sha256, data in store.read("SELECT sha256, data FROM snapshot_data ORDER BY sha256"):
        yield str(sha256), bytes(data)


def last_numbers(store: Store) -> dict[str, int]:
    """Return the last number that was given in each register: none is given twice, that of a record undone either."""
    return {str(kind): int(last) for kind, last in store.read("SELECT kind, last FROM sequence")}


def insert_as_stored(store: Store, register: type[Entity], records: Sequence[dict[str, Raw]]) -> None:
    """Write records of a register inside a command, with their uids and refs. Raises TrackerError, which names one."""
    for record in records:
        try:
            insert_row(store, register.kind, {name: value for name, value in record.items() if value is not None})
        except (sqlite3.IntegrityError, OverflowError) as error:
            broken = f"{record['ref']} breaks a rule of its register ({short(str(error), 200)})."
            raise TrackerError(broken, "export.value") from error


def insert_frozen(store: Store, sha256: str, data: bytes) -> None:
    """Write what was frozen inside a command."""
    put(store, sha256, data)
