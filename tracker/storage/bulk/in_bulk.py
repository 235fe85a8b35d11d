"""Many new records at once, with journal and documents as the triggers write them, which take 100 µs a record."""

import sqlite3
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tracker.entities import entity, searched
from tracker.storage.schema import RECORD
from tracker.storage.search_schema import document
from tracker.storage.store import Raw

FEWEST = 200  # records for which the triggers are put aside; for fewer that takes longer
STAMPS = ("created_at", "created_by", "updated_at", "updated_by")


class NewRow(NamedTuple):
    """A row that is to be added: its register, its columns, and their values."""

    kind: str
    names: tuple[str, ...]
    values: tuple[Raw, ...]


def add_rows(connection: sqlite3.Connection, rows: Sequence[NewRow]) -> None:
    """Add new rows inside a command, in their order."""
    kinds = sorted({row.kind for row in rows})
    triggers = _triggers(connection, kinds) if len(rows) >= FEWEST else {}
    if len(triggers) < len(kinds):  # few rows, or a copy that keeps no journal
        for row in rows:
            connection.execute(insertion(row.kind, row.names), row.values)
        return
    tx, time, actor = connection.execute("SELECT id, time, actor FROM writing").fetchone()
    for name in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for row in rows:
        connection.execute(insertion(row.kind, (*row.names, *STAMPS)), (*row.values, time, actor, time, actor))
        uid = row.values[row.names.index("uid")]
        for statement in _followers(row.kind):
            connection.execute(statement, {"tx": tx, "uid": uid})
    for sql in triggers.values():  # the command that fails before takes back that they went
        connection.execute(sql)


def _triggers(connection: sqlite3.Connection, kinds: Sequence[str]) -> dict[str, str]:
    """Return the triggers of the file that write what follows a new row of some registers, by name."""
    names = [f"j_{kind}_insert" for kind in kinds]
    marks = ", ".join("?" * len(names))
    sql = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})"
    return dict(connection.execute(sql, names).fetchall())


@lru_cache(1024)
def insertion(kind: str, names: tuple[str, ...]) -> str:
    """Return the statement that adds a row with some columns to the table of a register."""
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{kind}"({columns}) VALUES ({", ".join("?" * len(names))})'


@cache
def _followers(kind: str) -> tuple[str, ...]:
    """Return what is written after a new row: its entry in the journal, and where it is searched, its document."""
    entry = (
        f"INSERT INTO change(tx, kind, row, field, new, salt) SELECT :tx, '{kind}', uid, '{RECORD}', packed, "
        f'randomblob(16) FROM "j_{kind}" WHERE uid = :uid'
    )
    register = entity(kind)
    return (entry, f"{document(register)} AND t.uid = :uid") if register in searched() else (entry,)
