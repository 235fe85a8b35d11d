"""The file as it was at the end of a day: the current rows with every later change undone, the newest first.

The result is a store in memory with the same tables, so that every list, record and report can be asked
of it with the very code that asks the file.
"""

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from tracker.entities import ENTITIES, entity
from tracker.storage.connection import trouble
from tracker.storage.history import last_tx_on
from tracker.storage.journal import unpack
from tracker.storage.schema import journalled
from tracker.storage.store import Store

State = dict[str, Any] | None


def as_of(store: Store, day: date) -> Store:
    """Return the state that the program would have shown at the end of a day; close it after use.

    A day is that of the calendar of whoever gave each command, so the answer is the same in every time zone.
    """
    return as_of_tx(store, last_tx_on(store, day), day)


def as_of_tx(store: Store, tx: int, day: date) -> Store:
    """Return the state right after a command."""
    try:
        memory = sqlite3.connect(":memory:", isolation_level=None, uri=True)
        memory.execute("ATTACH ? AS file", (Path(store.path).absolute().as_uri() + "?mode=ro",))
        memory.execute("BEGIN")
        cut = memory.execute("SELECT coalesce(max(id), 0) FROM file.change WHERE tx <= ?", (tx,)).fetchone()[0]
        _copy_tables(memory, cut)
        touched = _undo(memory, cut)
        _put_back(memory, touched, cut)
        _show_journal(memory, tx, cut)
        memory.execute("COMMIT")
    except sqlite3.Error as error:
        raise trouble(error, store.path) from error
    return Store(memory, store.path, day)


# The journal rows of records that were added after the cut: they were not there, whatever came of them since.
NEWER = "SELECT row FROM file.change WHERE id > {cut} AND field = '*' AND old IS NULL AND base IS NULL"


def _copy_tables(memory: sqlite3.Connection, cut: int) -> None:
    memory.execute(f"CREATE TEMP TABLE newer AS {NEWER.format(cut=int(cut))}")
    memory.execute("CREATE UNIQUE INDEX temp.newer_row ON newer(row)")
    for kind in ENTITIES:
        (sql,) = memory.execute(
            "SELECT sql FROM file.sqlite_master WHERE type = 'table' AND name = ?", (kind,)
        ).fetchone()
        memory.execute(sql)
        memory.execute(
            f'INSERT INTO main."{kind}" SELECT * FROM file."{kind}" WHERE uid NOT IN (SELECT row FROM temp.newer)'
        )
    for (sql,) in memory.execute(
        "SELECT sql FROM file.sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        f"AND tbl_name IN ({','.join('?' * len(ENTITIES))})",
        ENTITIES,
    ).fetchall():
        memory.execute(sql)


def _undo(memory: sqlite3.Connection, cut: int) -> dict[tuple[str, str], State]:
    """Return, for each record that changed after the cut, its values at the cut (None: it was not there)."""
    touched: dict[tuple[str, str], State] = {}
    for kind in ENTITIES:
        names = journalled(entity(kind))
        columns = ", ".join(f'"{name}"' for name in names)
        for uid, *values in memory.execute(
            f'SELECT uid, {columns} FROM main."{kind}" WHERE uid IN '
            f"(SELECT row FROM file.change WHERE id > ? AND kind = ? AND row NOT IN (SELECT row FROM temp.newer))",
            (cut, kind),
        ):
            touched[kind, uid] = dict(zip(names, values, strict=True))
    for kind, uid, field, old, known in memory.execute(
        "SELECT kind, row, field, old, salt IS NOT NULL FROM file.change WHERE id > ? "
        "AND row NOT IN (SELECT row FROM temp.newer) ORDER BY id DESC",
        (cut,),
    ):
        state = touched.get((kind, uid))
        if field == "*":
            touched[kind, uid] = unpack(old) if old is not None else None
        elif state is not None and known:  # what an erasure took away stays away
            state[field] = old
    return touched


def _put_back(memory: sqlite3.Connection, touched: dict[tuple[str, str], State], cut: int) -> None:
    stamp = "strftime('%Y-%m-%dT%H:%M:%SZ', (x.at >> 16) / 1000, 'unixepoch')"
    for (kind, uid), state in touched.items():
        kept = memory.execute(f'SELECT id FROM main."{kind}" WHERE uid = ?', (uid,)).fetchone()
        memory.execute(f'DELETE FROM main."{kind}" WHERE uid = ?', (uid,))
        if state is None:
            continue
        ends = memory.execute(
            f"SELECT {stamp}, x.actor, n.revisions FROM "
            f"(SELECT min(tx) AS first, max(tx) AS last, count(DISTINCT tx) AS revisions FROM file.change "
            f"WHERE row = ? AND id <= ?) n JOIN file.tx x ON x.id IN (n.first, n.last) ORDER BY x.id",
            (uid, cut),
        ).fetchall()
        first, last = (ends[0], ends[-1]) if ends else ((None, None, 1), (None, None, 1))
        values = {
            "id": kept[0] if kept else None,
            "uid": uid,
            **state,
            "rev": last[2],
            "created_at": first[0],
            "created_by": first[1],
            "updated_at": last[0],
            "updated_by": last[1],
        }
        columns = ", ".join(f'"{name}"' for name in values)
        memory.execute(
            f'INSERT INTO main."{kind}"({columns}) VALUES ({", ".join("?" * len(values))})', list(values.values())
        )


def _show_journal(memory: sqlite3.Connection, tx: int, cut: int) -> None:
    memory.execute(f"CREATE TEMP VIEW tx AS SELECT * FROM file.tx WHERE id <= {int(tx)}")
    memory.execute(f"CREATE TEMP VIEW change AS SELECT * FROM file.change WHERE id <= {int(cut)}")
    memory.execute("CREATE TEMP VIEW meta AS SELECT * FROM file.meta")
