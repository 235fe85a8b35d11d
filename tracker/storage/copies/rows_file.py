"""A file of the rows that were got out of a damaged one: with its tables, before it has triggers again."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tracker.entities import ENTITIES, entity
from tracker.storage.backup import open_plainly
from tracker.storage.connection import SCHEMA_VERSION
from tracker.storage.copies.damaged import Row, Table
from tracker.storage.looking import APPLICATION_ID
from tracker.storage.migrations import make_derived, migrate
from tracker.storage.queries import marks
from tracker.storage.rows import whole
from tracker.storage.schema import journalled

ROUNDS = 10  # a record that goes may leave others that point at nothing
_TIME = "(SELECT strftime('%Y-%m-%dT%H:%M:%SZ', (at >> 16) / 1000, 'unixepoch') FROM tx WHERE id = ?{})"
_ACTOR = "(SELECT actor FROM tx WHERE id = ?{})"

Replayed = dict[tuple[str, str], dict[str, object]]


def write_rows(path: Path, tables: Sequence[Table], indexes: Sequence[str], schema: int) -> tuple[Path, Counter[str]]:
    """Write tables with their rows into a new file; return it, and how many rows of each table break its rules.

    The file is brought to the present schema. Raises what SQLite raises, FileTrouble when it cannot be.
    """
    connection = open_plainly(path)
    connection.execute("PRAGMA synchronous=OFF").fetchall()  # a file in between: what counts is copied from it
    refused: Counter[str] = Counter()
    try:
        connection.execute("BEGIN")
        for table in tables:
            connection.execute(table.sql)
            refused[table.name] = _insert(connection, table)
        if schema == SCHEMA_VERSION:
            for sql in _missing(connection):
                connection.execute(sql)
        for sql in indexes:
            with suppress(sqlite3.Error):
                connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={schema}")
        _mend_references(connection)
        migrate(connection)
        connection.execute("BEGIN")
        make_derived(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return path, refused


def _missing(connection: sqlite3.Connection) -> list[str]:
    """Return the SQL of tables and indexes that a file of the present schema has, and that could not be found."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(fresh)
        expected = fresh.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL "
            "AND name NOT GLOB 'search*' AND name NOT GLOB 'sqlite_*' ORDER BY type DESC"
        ).fetchall()
    finally:
        fresh.close()
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    return [sql for name, sql in expected if name not in present]


def _insert(connection: sqlite3.Connection, table: Table) -> int:
    """Insert the rows of a table; return how many it refuses."""
    columns = ", ".join(f'"{name}"' for name in table.columns)
    sql = f'INSERT INTO "{table.name}"({columns}) VALUES ({marks(table.columns)})'
    return sum(not _inserted(connection, sql, row) for row in table.rows)


def _inserted(connection: sqlite3.Connection, sql: str, row: Row) -> bool:
    try:
        connection.execute(sql, row)
    except sqlite3.Error:
        return False
    return True


def _mend_references(connection: sqlite3.Connection) -> None:
    """Let nothing point at a record that did not come: the reference goes where it may be empty, else the record."""
    connection.execute("PRAGMA foreign_keys=OFF")
    for _ in range(ROUNDS):
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if not broken:
            return
        for table, rowid, _, number in broken:
            keys = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            column = next(key[3] for key in keys if key[0] == number)
            try:
                connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
            except sqlite3.IntegrityError:
                connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))


def replayed(connection: sqlite3.Connection) -> Replayed:
    """Return the records that the journal makes, by kind and uid, as far as it came; what was erased is left out."""
    state: Replayed = {}
    for kind, uid, field, new, erased in connection.execute(
        "SELECT kind, row, field, new, salt IS NULL FROM change ORDER BY id"
    ):
        key = kind, uid
        if kind not in ENTITIES or erased:
            continue
        if field != "*":
            if key in state:
                state[key][field] = new
        elif new is None:
            state.pop(key, None)
        else:
            state[key] = {**whole(kind, str(new))}
    return state


def complete(connection: sqlite3.Connection, state: Replayed) -> Counter[str]:
    """Add the records that the journal knows and that are not in their tables; return how many of each kind."""
    added: Counter[str] = Counter()
    for (kind, uid), values in state.items():
        if connection.execute(f'SELECT 1 FROM "{kind}" WHERE uid = ?', (uid,)).fetchone():
            continue
        names = [name for name in journalled(entity(kind)) if name in values]
        columns = ", ".join(f'"{name}"' for name in ("uid", *names))
        row = (uid, *(values[name] for name in names))
        if _inserted(connection, f'INSERT INTO "{kind}"({columns}) VALUES ({marks(row)})', row):  # type: ignore[arg-type]
            added[kind] += 1
            _stamp(connection, kind, uid)
    return added


def correct(connection: sqlite3.Connection, state: Replayed) -> Counter[str]:
    """Give every record the values that the journal says; return how many of each kind had others."""
    changed: Counter[str] = Counter()
    for (kind, uid), values in state.items():
        names = [name for name in journalled(entity(kind)) if name in values]
        sets = ", ".join(f'"{name}" = ?' for name in names)
        differs = " OR ".join(f'"{name}" IS NOT ?' for name in names)
        content = [values[name] for name in names]
        sql = f'UPDATE "{kind}" SET {sets} WHERE uid = ? AND ({differs})'
        changed[kind] += connection.execute(sql, (*content, uid, *content)).rowcount
    return changed


def _stamp(connection: sqlite3.Connection, kind: str, uid: str) -> None:
    """Give a record that was made from the journal who wrote it when, and how often."""
    first, last, revisions = connection.execute(
        "SELECT min(tx), max(tx), count(DISTINCT tx) FROM change WHERE row = ?", (uid,)
    ).fetchone()
    connection.execute(
        f'UPDATE "{kind}" SET created_at = {_TIME.format(1)}, created_by = {_ACTOR.format(1)}, '
        f"updated_at = {_TIME.format(2)}, updated_by = {_ACTOR.format(2)}, rev = ?3 WHERE uid = ?4",
        (first, last, revisions, uid),
    )
