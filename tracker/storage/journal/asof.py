"""The file as it was at the end of a day: the current rows with every later change undone, the newest first.

The result is a store in memory with the same tables, so that every list, record and report can be asked
of it with the very code that asks the file.
"""

import sqlite3
from datetime import date
from pathlib import Path

from tracker.entities import ENTITIES, entity
from tracker.storage.connection import FAILURES, trouble
from tracker.storage.journal.history import last_tx_on
from tracker.storage.queries import marks
from tracker.storage.rows import whole
from tracker.storage.schema import journalled
from tracker.storage.store import Raw, Store

State = dict[str, Raw] | None  # the journalled columns of a record; None: it was not there

STAMPED = ("created_at", "created_by", "updated_at", "updated_by", "rev")
NO_STAMPS = (None, None, None, None, 1)
_TIME = "strftime('%Y-%m-%dT%H:%M:%SZ', (x.at >> 16) / 1000, 'unixepoch')"
STAMPS = f"""
SELECT n.row, (SELECT {_TIME} FROM file.tx x WHERE x.id = n.first), (SELECT actor FROM file.tx WHERE id = n.first),
       (SELECT {_TIME} FROM file.tx x WHERE x.id = n.last), (SELECT actor FROM file.tx WHERE id = n.last), n.revisions
FROM (SELECT row, min(tx) AS first, max(tx) AS last, count(DISTINCT tx) AS revisions
      FROM file.change WHERE id <= ? AND aside IS NULL AND row IN (SELECT row FROM temp.touched) GROUP BY row) n
"""


def as_of(store: Store, day: date) -> Store:
    """Return the state that the program would have shown at the end of a day; close it after use.

    A day is that of the calendar of whoever gave each command, so the answer is the same in every time zone.
    """
    return as_of_tx(store, last_tx_on(store, day), day)


def as_of_tx(store: Store, tx: int, day: date) -> Store:
    """Return the state right after a command."""
    memory = sqlite3.connect(":memory:", isolation_level=None, uri=True)
    try:
        memory.execute("ATTACH ? AS file", (Path(store.path).absolute().as_uri() + "?mode=ro",))
        memory.execute("PRAGMA ignore_check_constraints=ON")  # every row was checked when it was written
        memory.execute("BEGIN")
        cut = memory.execute("SELECT coalesce(max(id), 0) FROM file.change WHERE tx <= ?", (tx,)).fetchone()[0]
        _copy_tables(memory, cut)
        touched = _undo(memory, cut)
        _put_back(memory, touched, cut)
        _index(memory)
        _show_journal(memory, tx, cut)
        memory.execute("COMMIT")
    except FAILURES as error:
        raise trouble(error, store.path) from error
    return Store(memory, store.path, day)


# The journal rows of records that were added after the cut: they were not there, whatever came of them since.
NEWER = (
    "SELECT row FROM file.change WHERE id > {cut} AND field = '*' AND old IS NULL AND base IS NULL AND aside IS NULL"
)


def _copy_tables(memory: sqlite3.Connection, cut: int) -> None:
    memory.execute(f"CREATE TEMP TABLE newer AS {NEWER.format(cut=int(cut))}")
    memory.execute("CREATE UNIQUE INDEX temp.newer_row ON newer(row)")
    tables = dict(memory.execute("SELECT name, sql FROM file.sqlite_master WHERE type = 'table'").fetchall())
    for kind in ENTITIES:
        memory.execute(tables[kind])
        memory.execute(
            f'INSERT INTO main."{kind}" SELECT * FROM file."{kind}" WHERE uid NOT IN (SELECT row FROM temp.newer)'
        )


def _index(memory: sqlite3.Connection) -> None:
    kinds = tuple(ENTITIES)
    for (sql,) in memory.execute(
        f"SELECT sql FROM file.sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks(kinds)})",
        kinds,
    ).fetchall():
        memory.execute(sql)


def _undo(memory: sqlite3.Connection, cut: int) -> dict[tuple[str, str], State]:
    """Return, for each record that changed after the cut, its values at the cut (None: it was not there)."""
    touched: dict[tuple[str, str], State] = {}
    changed = {row[0] for row in memory.execute("SELECT DISTINCT kind FROM file.change WHERE id > ?", (cut,))}
    for kind in filter(changed.__contains__, ENTITIES):
        names = journalled(entity(kind))
        columns = ", ".join(f'"{name}"' for name in names)
        for uid, *values in memory.execute(
            f'SELECT uid, {columns} FROM main."{kind}" WHERE uid IN '
            f"(SELECT row FROM file.change WHERE id > ? AND kind = ? AND row NOT IN (SELECT row FROM temp.newer))",
            (cut, kind),
        ):
            touched[kind, uid] = dict(zip(names, values, strict=True))
    for kind, uid, field, old, erased in memory.execute(
        "SELECT kind, row, field, old, salt IS NULL FROM file.change WHERE id > ? "
        "AND row NOT IN (SELECT row FROM temp.newer) ORDER BY id DESC",
        (cut,),
    ):
        state = touched.get((kind, uid))
        if field == "=":
            continue
        if field == "*":
            touched[kind, uid] = None if old is None else whole(kind, old)
        elif state is not None and not erased:  # what an erasure took away stays away
            state[field] = old
    return touched


def _put_back(memory: sqlite3.Connection, touched: dict[tuple[str, str], State], cut: int) -> None:
    memory.execute("CREATE TEMP TABLE touched(row TEXT PRIMARY KEY)")
    memory.executemany("INSERT INTO temp.touched VALUES (?)", [(uid,) for _, uid in touched])
    stamps = {row[0]: row[1:] for row in memory.execute(STAMPS, (cut,))}
    changed = {kind for kind, _ in touched}
    for kind in filter(changed.__contains__, ENTITIES):
        names = journalled(entity(kind))
        states = {uid: state for (of, uid), state in touched.items() if of == kind}
        absent = [(uid,) for uid, state in states.items() if state is None]
        memory.executemany(f'DELETE FROM main."{kind}" WHERE uid = ?', absent)
        rows = [
            (*(state.get(name) for name in names), *stamps.get(uid, NO_STAMPS), uid)
            for uid, state in states.items()
            if state is not None
        ]
        present = {uid for (uid,) in memory.execute(f'SELECT uid FROM main."{kind}"')}
        columns = [f'"{name}"' for name in (*names, *STAMPED, "uid")]
        memory.executemany(
            f'UPDATE main."{kind}" SET {", ".join(f"{c} = ?" for c in columns[:-1])} WHERE uid = ?',
            [row for row in rows if row[-1] in present],
        )
        memory.executemany(
            f'INSERT INTO main."{kind}"({", ".join(columns)}) VALUES ({marks(columns)})',
            [row for row in rows if row[-1] not in present],
        )


def _show_journal(memory: sqlite3.Connection, tx: int, cut: int) -> None:
    memory.execute(f"CREATE TEMP VIEW tx AS SELECT * FROM file.tx WHERE id <= {int(tx)}")
    memory.execute(f"CREATE TEMP VIEW change AS SELECT * FROM file.change WHERE id <= {int(cut)}")
    memory.execute("CREATE TEMP VIEW meta AS SELECT * FROM file.meta")
