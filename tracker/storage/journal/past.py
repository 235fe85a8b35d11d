"""A connection that shows a file as it was: each table is made in memory when a statement first asks for it.

The current rows are taken, and those that changed since are turned back. SQLite asks before it reads a column of a
table; what is not made yet is refused, made, and the statement runs again: so it works for every statement.
"""

import sqlite3
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.entities import ENTITIES, entity
from tracker.storage.connection import teach_order
from tracker.storage.journal.moments import Moment
from tracker.storage.journal.replaying import STANDING, State, by_true_day, entries_from, entries_sql, replayed
from tracker.storage.schema import journalled
from tracker.storage.store import Raw

if TYPE_CHECKING:
    from sqlite3 import _Parameters as Parameters

STAMPED = ("created_at", "created_by", "updated_at", "updated_by", "rev")
PEOPLE = "person"
NEAR = 20_000  # so many later entries are read faster one by one than the records' own
CACHE_KIB = 65_536
PAGE_BYTES = 16_384  # tables are copied whole: four times the usual makes it a tenth faster

_TIME = "strftime('%Y-%m-%dT%H:%M:%SZ', (x.at >> 16) / 1000, 'unixepoch')"
_STAMPS = f"""
SELECT (SELECT {_TIME} FROM file.tx x WHERE x.id = n.first), (SELECT actor FROM file.tx WHERE id = n.first),
       (SELECT {_TIME} FROM file.tx x WHERE x.id = n.last), (SELECT actor FROM file.tx WHERE id = n.last),
       n.revisions, n.row
FROM (SELECT s.row, min(c.tx) AS first, max(c.tx) AS last, max(count(DISTINCT c.tx), 1) AS revisions
      FROM (SELECT row, (SELECT max(c.id) FROM file.change c WHERE c.row = t.row AND c.field = '*' AND {{counts}})
            AS since FROM temp.stamped t) s
      CROSS JOIN file.change c ON c.row = s.row
      WHERE c.id >= s.since AND c.field <> '=' AND {{counts}} GROUP BY s.row) n
"""
# The first entry of each field after the cut: of few later entries by reading those, of many by reading the records'.
_NEAR_FIRST = """
INSERT INTO temp.first SELECT row, field, min(id) FROM file.change NOT INDEXED
WHERE id > ?1 AND kind = ?2 AND aside IS NULL AND field <> '=' AND row NOT IN (SELECT row FROM temp.apart)
GROUP BY row, field
"""
_FAR_FIRST = """
INSERT INTO temp.first SELECT t.row, c.field, min(c.id)
FROM temp.there t CROSS JOIN file.change c INDEXED BY change_row ON c.row = t.row
WHERE c.field > '=' AND c.id > ?1 GROUP BY t.row, c.field
"""
_THERE = """
INSERT INTO temp.there SELECT uid FROM file."{kind}" t WHERE uid NOT IN (SELECT row FROM temp.apart) AND EXISTS (
  SELECT 1 FROM file.change INDEXED BY change_row WHERE row = t.uid AND field = '*' AND id <= ?) ORDER BY uid
"""
# Records whose entries are not simply undone from the newest back: they went and came, have entries beside, or were
# touched by commands that are out of order.
_APART = (
    "SELECT row FROM file.change INDEXED BY change_gone WHERE kind = ?1 AND field = '*' AND new IS NULL",
    "SELECT row FROM file.change INDEXED BY change_aside WHERE kind = ?1 AND aside IS NOT NULL",
    "SELECT c.row FROM temp.odd o CROSS JOIN file.change c ON c.tx = o.id WHERE c.kind = ?1",
)
# Whether a register stood then as it stands now, which most do near today.
_SAME = (
    "SELECT NOT (EXISTS (SELECT 1 FROM file.change NOT INDEXED WHERE id > ?2 AND kind = ?1) "
    f"OR EXISTS ({') OR EXISTS ('.join(_APART)}))"
)


class Past(sqlite3.Connection):
    """The connection of a store that shows an earlier state; ``show`` comes first."""

    def show(self, path: str, moment: Moment) -> None:
        """Begin to show what a file's commands made; nothing is read of its records yet. Raises sqlite3.Error."""
        self._wanted: tuple[str, bool] | None = None
        self._tables: dict[str, list[str]] = {}
        self._made: dict[str, list[str]] = {}  # by kind, the records that changed since and have no stamps yet
        self._free = True
        self._true = moment.true
        self._as_known = moment.true and moment.up_to is None
        teach_order(self)
        run = super().execute
        run(f"PRAGMA page_size={PAGE_BYTES}")
        run("ATTACH ? AS file", (Path(path).absolute().as_uri() + "?mode=ro",))
        run("PRAGMA ignore_check_constraints=ON")  # every row was checked when it was written
        run(f"PRAGMA file.cache_size=-{CACHE_KIB}")
        for table in ("apart(row TEXT PRIMARY KEY)", "there(row TEXT PRIMARY KEY)", "stamped(row TEXT PRIMARY KEY)"):
            run(f"CREATE TEMP TABLE {table} WITHOUT ROWID")
        run("CREATE TEMP TABLE first(row TEXT, field TEXT, id INTEGER)")
        run("CREATE INDEX temp.first_row ON first(row)")
        run("CREATE TEMP TABLE odd(id INTEGER PRIMARY KEY)")
        run("CREATE TEMP TABLE counted(id INTEGER PRIMARY KEY, day TEXT)")
        run("BEGIN")
        self._choose(moment)
        run("COMMIT")
        self._free = False
        self.set_authorizer(self._may)

    def execute(self, sql: str, parameters: "Parameters" = (), /) -> sqlite3.Cursor:
        """Run a statement; the tables that it asks for are made first."""
        while True:
            self._wanted = None
            try:
                return super().execute(sql, parameters)
            except sqlite3.DatabaseError:
                if self._wanted is None:
                    raise
            self._make(*self._wanted)

    def _may(self, action: int, table: str | None, column: str | None, schema: str | None, view: str | None) -> int:
        """Say to SQLite whether a statement may go on; remember what it wants that is not there yet."""
        if self._free or action != sqlite3.SQLITE_READ or table is None:
            return sqlite3.SQLITE_OK
        # Of a table that is only counted SQLite does not say whose it is.
        lazy = table in ENTITIES or (table == "change" and self._true)
        if lazy and (schema == "file" or (schema is None and table not in self._made)):
            self._wanted = table, False
        elif schema == "main" and column in STAMPED and self._made.get(table):
            self._wanted = table, True
        else:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    def _make(self, table: str, stamps: bool) -> None:
        self._free = True
        run = super().execute
        try:
            run("BEGIN")
            if stamps:
                self._stamp(table)
            elif table == "change":
                self._order_journal()
                self._made[table] = []
            else:
                self._make_table(table)
            run("COMMIT")
        except BaseException:
            if self.in_transaction:
                run("ROLLBACK")
            raise
        finally:
            self._free = False

    # Which commands count.

    def _choose(self, moment: Moment) -> None:
        """Work out which commands count, up to which of them none is missing but the odd ones, and show the journal."""
        run = super().execute
        newest = run("SELECT coalesce(max(id), 0) FROM file.tx").fetchone()[0]
        up_to = newest if moment.up_to is None else min(moment.up_to, newest)
        if moment.true:
            condition = f"x.id <= {up_to} AND coalesce(x.as_at, x.recorded) <= ? AND {STANDING.format(tx='file.tx')}"
            run(
                f"INSERT INTO temp.counted SELECT x.id, coalesce(x.as_at, x.recorded) FROM file.tx x WHERE {condition}",
                (moment.day,),
            )
            run(f"INSERT INTO temp.odd SELECT id FROM file.tx WHERE as_at IS NOT NULL AND id <= {up_to}")
            last = run(
                f"SELECT coalesce(max(id), 0) FROM file.tx WHERE id <= {up_to} AND as_at IS NULL AND recorded <= ?",
                (moment.day,),
            ).fetchone()[0]
        elif moment.day is None:
            last = up_to
        else:
            last = run(
                f"SELECT coalesce(max(id), 0) FROM file.tx WHERE id <= {up_to} AND recorded <= ?", (moment.day,)
            ).fetchone()[0]
            run("INSERT INTO temp.odd SELECT id FROM file.tx WHERE id < ? AND recorded > ?", (last, moment.day))
        newest_before = "SELECT max(tx) FROM file.change WHERE tx <= ?"
        self._cut: int = run(
            f"SELECT coalesce(max(id), 0) FROM file.change WHERE tx = ({newest_before})", (last,)
        ).fetchone()[0]
        # What came into the file after this store was opened is left alone.
        self._newest = run(
            f"SELECT coalesce(max(id), 0) FROM file.change WHERE tx = ({newest_before})", (newest,)
        ).fetchone()[0]
        self._day, self._up_to = moment.day or "", up_to
        self._show_journal(last)

    def _show_journal(self, last: int) -> None:
        run = super().execute
        run("CREATE TEMP VIEW meta AS SELECT * FROM file.meta")
        if self._true:
            self._counts = "c.tx IN (SELECT id FROM temp.counted)"
            # In what is known of a day, a command is of the day on which its content is true.
            names = [row[1] for row in run("PRAGMA file.table_info(tx)").fetchall()]
            shown = {"day": "k.day", "recorded": "k.day", "as_at": "NULL", "undoes": "NULL"}
            columns = ", ".join(f"{shown.get(name, f'x.{name}')} AS {name}" for name in names)
            run(f"CREATE TEMP VIEW tx AS SELECT {columns} FROM temp.counted k CROSS JOIN file.tx x ON x.id = k.id")
            return
        self._counts = (
            f"c.id <= {self._cut} AND c.aside IS NULL AND (c.tx IS NULL OR c.tx NOT IN (SELECT id FROM temp.odd))"
        )
        odd = "(SELECT id FROM temp.odd)"
        run(f"CREATE TEMP VIEW tx AS SELECT * FROM file.tx WHERE id <= {int(last)} AND id NOT IN {odd}")
        run(
            f"CREATE TEMP VIEW change AS SELECT * FROM file.change WHERE id <= {self._cut} "
            f"AND (tx IS NULL OR tx NOT IN {odd})"
        )

    def _order_journal(self) -> None:
        """Make the journal of what is known of a day: in the order of the days, nothing beside."""
        super().execute(
            "CREATE TEMP TABLE change AS SELECT row_number() OVER (ORDER BY k.day, c.id) AS id, c.tx, c.kind, c.row, "
            "c.field, c.old, c.new, c.base, c.salt, c.digest, NULL AS aside "
            "FROM temp.counted k CROSS JOIN file.change c ON c.tx = k.id"
        )
        super().execute("CREATE INDEX temp.then_row ON change(row, field, id)")
        super().execute("CREATE INDEX temp.then_tx ON change(tx)")

    # One table.

    def _make_table(self, kind: str) -> None:
        run = super().execute
        table, *indexes = self._statements(kind)
        run(table)
        near = self._newest - self._cut <= NEAR
        for sql in indexes if near else ():
            run(sql)
        if near and run(_SAME, (kind, self._cut)).fetchone()[0]:
            run(f'INSERT INTO main."{kind}" SELECT * FROM file."{kind}"')
            self._made[kind] = []
            return
        for table in ("apart", "there", "first"):
            run(f"DELETE FROM temp.{table}")
        for source in _APART:
            run(f"INSERT OR IGNORE INTO temp.apart {source}", (kind,))
        if near:
            self._take_whole(kind)
        else:
            self._take_those_there(kind)
        changed = self._turn_back(kind)
        for sql in () if near else indexes:
            run(sql)
        apart = self._apart(kind)
        self._insert(kind, apart)
        if kind == PEOPLE and self._as_known:
            # Who gave or owns what is now known of a day may have come into the register later: they have a name.
            run(f'INSERT OR IGNORE INTO main."{kind}" SELECT * FROM file."{kind}" WHERE deleted_at IS NULL')
        self._made[kind] = [*changed, *apart]

    def _statements(self, kind: str) -> list[str]:
        """Return what makes the table of a register and its indexes in the file, the table first."""
        if not self._tables:
            select = "SELECT tbl_name, sql FROM file.sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
            for name, sql in super().execute(f"{select} ORDER BY type DESC").fetchall():
                self._tables.setdefault(name, []).append(sql)
        return self._tables[kind]

    def _take_whole(self, kind: str) -> None:
        """Take a table as it is, without the records that came since, and note the few later changes."""
        run = super().execute
        run(f'INSERT INTO main."{kind}" SELECT * FROM file."{kind}"')  # copies pages, hence fast
        run(_NEAR_FIRST, (self._cut, kind))
        run(f"DELETE FROM main.\"{kind}\" WHERE uid IN (SELECT row FROM temp.first WHERE field = '*')")
        run("DELETE FROM temp.first WHERE row IN (SELECT row FROM temp.first WHERE field = '*')")

    def _take_those_there(self, kind: str) -> None:
        """Take the records that were there, and note the later changes."""
        run = super().execute
        run(_THERE.format(kind=kind), (self._cut,))
        run(_FAR_FIRST, (self._cut,))
        there = "uid IN (SELECT row FROM temp.there)"
        run(f'INSERT INTO main."{kind}" SELECT * FROM file."{kind}" WHERE {there}')

    def _turn_back(self, kind: str) -> list[str]:
        """Turn the later changes back in the rows that were taken; return whose.

        Records with emptied entries are put apart.
        """
        run = super().execute
        first = "temp.first f CROSS JOIN file.change c ON c.id = f.id"
        run(f"INSERT OR IGNORE INTO temp.apart SELECT f.row FROM {first} WHERE c.salt IS NULL")
        for (name,) in run("SELECT DISTINCT field FROM temp.first").fetchall():
            run(f'UPDATE main."{kind}" SET "{name}" = c.old FROM {first} WHERE f.field = ? AND uid = f.row', (name,))
        run(f'DELETE FROM main."{kind}" WHERE uid IN (SELECT row FROM temp.apart)')
        changed = "SELECT DISTINCT row FROM temp.first WHERE row NOT IN (SELECT row FROM temp.apart)"
        return [uid for (uid,) in run(changed).fetchall()]

    def _apart(self, kind: str) -> dict[str, dict[str, Raw]]:
        """Return the records apart that were there, worked out from all their entries, with their keys."""
        states: dict[str, dict[str, Raw]] = {}
        current = self._current(kind, "SELECT row FROM temp.apart")
        rows = super().execute(
            entries_sql("file.", "c.row IN (SELECT row FROM temp.apart) AND c.kind = ? AND c.id <= ?"),
            (kind, self._newest),
        )
        for uid, own in groupby(rows.fetchall(), key=lambda row: row[0]):
            state = self._replayed(kind, [row[1:] for row in own], current.get(uid))
            if state is not None:
                states[uid] = {**state, "id": current[uid]["id"] if uid in current else None}
        return states

    def _replayed(self, kind: str, rows: Sequence[Sequence[Raw]], now: State) -> State:
        every = entries_from(rows)
        if self._true:
            counted = [e for e in by_true_day(every) if e.true_day <= self._day and e.counts_with <= self._up_to]
        else:
            odd = {number for (number,) in super().execute("SELECT id FROM temp.odd").fetchall()}
            counted = [e for e in every if e.id <= self._cut and not e.aside and e.tx not in odd]
        return replayed(kind, counted, every, now)

    def _current(self, kind: str, uids: str) -> dict[str, dict[str, Raw]]:
        """Return the current rows with these uids, with their keys."""
        names = ["id", *journalled(entity(kind))]
        columns = ", ".join(f't."{name}"' for name in names)
        rows = super().execute(f'SELECT t.uid, {columns} FROM file."{kind}" t WHERE t.uid IN ({uids})')
        return {uid: dict(zip(names, values, strict=True)) for uid, *values in rows.fetchall()}

    def _insert(self, kind: str, changed: dict[str, dict[str, Raw]]) -> None:
        names = ["id", *journalled(entity(kind))]
        columns = ", ".join(f'"{name}"' for name in ("uid", *names))
        marks = ", ".join("?" * (len(names) + 1))
        rows = [(uid, *(state.get(name) for name in names)) for uid, state in changed.items()]
        rows.sort(key=lambda row: row[1] is None)  # those without a key take one that is left
        super().executemany(f'INSERT INTO main."{kind}"({columns}) VALUES ({marks})', rows)

    def _stamp(self, kind: str) -> None:
        """Say who recorded and changed those records last that changed since."""
        run = super().execute
        run("DELETE FROM temp.stamped")
        super().executemany("INSERT INTO temp.stamped VALUES (?)", [(uid,) for uid in self._made[kind]])
        stamps = run(_STAMPS.format(counts=self._counts)).fetchall()
        assignments = ", ".join(f'"{name}" = ?' for name in STAMPED)
        super().executemany(f'UPDATE main."{kind}" SET {assignments} WHERE uid = ?', stamps)
        self._made[kind] = []
