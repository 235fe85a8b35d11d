"""Reading a damaged file: what SQLite can still reach of each table, around what it cannot."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tracker.storage import durable
from tracker.storage.backup import TAILS
from tracker.storage.connection import FAILURES
from tracker.storage.copies.first_page import mended
from tracker.storage.store import Raw

Row = tuple[Raw | bytes, ...]
Numbered = tuple[int, Row]
GALLOP = 1 << 20  # how far behind the last row that can be read others are looked for


class Table(NamedTuple):
    """A table of the damaged file: its SQL, its columns, the rows that can be read, and how many could not at most.

    ``lost`` counts the numbers of rows in what could not be read: some of them may never have been given. It is None
    where nothing shows how many rows there were.
    """

    name: str
    sql: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lost: int | None


def working_copy(path: Path, folder: Path) -> Path:
    """Copy a damaged file, with its journal, into a folder where reading it may change it; its header is put right.

    Raises OSError.
    """
    copy = folder / "damaged.db"
    for tail in ("", *TAILS[:2]):
        if Path(f"{path}{tail}").is_file():
            durable.copy_bytes(Path(f"{path}{tail}"), Path(f"{copy}{tail}"))
    with copy.open("r+b") as file:
        content = file.read()
        file.seek(0)
        file.write(mended(content))
    return copy


def open_damaged(copy: Path) -> sqlite3.Connection:
    """Return a connection that reads what it can. Raises what SQLite raises."""
    connection = sqlite3.connect(copy.absolute(), isolation_level=None)
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    # A file that was cut off, or of whose schema a part is damaged, is read all the same.
    for pragma in ("writable_schema=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def tables(connection: sqlite3.Connection) -> list[Table]:
    """Return every table that can be found, with what can be read of it; what is made anew is left out."""
    result = []
    for name, sql in _schema(connection, "table"):
        columns = _columns(sql)
        if columns:
            rows, lost = _read(connection, name, columns)
            result.append(Table(name, sql, columns, tuple(rows), lost))
    return result


def indexes(connection: sqlite3.Connection) -> list[str]:
    """Return the SQL of the indexes that can be found."""
    return [sql for _, sql in _schema(connection, "index")]


def marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return application id and schema number as the header says them."""
    row = connection.execute(
        "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)"
    ).fetchone()
    return int(row[0]), int(row[1])


def _schema(connection: sqlite3.Connection, kind: str) -> list[tuple[str, str]]:
    """Return names and SQL of the tables or indexes, row by row as far as they can be read."""
    rows, _ = _read(connection, "sqlite_master", ("type", "name", "sql"))
    return [(str(name), str(sql)) for of, name, sql in rows if of == kind and sql and not _is_derived(str(name))]


def _is_derived(name: str) -> bool:
    """Whether a table is made anew, whatever was in it: the search tables, and SQLite's own."""
    return name == "search" or name.startswith(("search_", "sqlite_"))


def _columns(sql: str) -> tuple[str, ...]:
    """Return the columns of a table, as a database makes it that is not damaged; none where its SQL is."""
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute(sql)
        name = memory.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchone()[0]
        return tuple(row[0] for row in memory.execute("SELECT name FROM pragma_table_info(?)", (name,)))
    except (*FAILURES, TypeError):
        return ()
    finally:
        memory.close()


def _read(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> tuple[list[Row], int | None]:
    """Return the rows of a table that can be read, in their order, and how many could not at most (None: unknown)."""
    names = ", ".join(f'"{name}"' for name in columns)
    reader = _Reader(connection, f'SELECT rowid, {names} FROM "{table}" NOT INDEXED WHERE rowid')
    reader.read_all()
    return [row for _, row in sorted(reader.rows.items())], reader.lost


class _Reader:
    """Reads a table by the numbers of its rows: from both ends, then ever smaller pieces of what lies between."""

    def __init__(self, connection: sqlite3.Connection, select: str) -> None:
        self.connection = connection
        self.select = select
        self.rows: dict[int, Row] = {}
        self.lost: int | None = 0

    def read_all(self) -> None:
        if self._from("> -1 ORDER BY rowid"):
            return
        first = max(self.rows, default=0) + 1
        before = len(self.rows)
        self._from("> -1 ORDER BY rowid DESC")
        if len(self.rows) > before:
            last = min(number for number in self.rows if number >= first) - 1
        else:
            last = self._farthest(first)
        self.lost = self._between(first, last) if last >= first else None

    def _from(self, rest: str) -> bool:
        """Read in one direction until the end or an error; return whether it was the end."""
        try:
            for row in self._select(rest):
                self._take(row)
        except FAILURES:
            return False
        return True

    def _take(self, numbered: Numbered) -> None:
        number, row = numbered
        self.rows[number] = row

    def _select(self, rest: str, *numbers: int) -> Iterator[Numbered]:
        for number, *row in self.connection.execute(f"{self.select} {rest}", numbers):
            yield int(number), tuple(row)

    def _farthest(self, first: int) -> int:
        """Return the last number up to which rows are looked for: the farthest at which one can be read."""
        step = 1
        farthest = 0
        while step <= GALLOP:
            try:
                row = next(self._select("BETWEEN ? AND ? LIMIT 1", first + step, first + 2 * step), None)
            except FAILURES:
                row = None
            if row is not None:
                farthest = first + 2 * step
            step *= 2
        return farthest

    def _between(self, first: int, last: int) -> int:
        """Read what can be read between two numbers; return how many could not be."""
        lost = 0
        pieces = [(first, last)]
        while pieces:
            low, high = pieces.pop()
            try:
                for row in self._select("BETWEEN ? AND ? ORDER BY rowid", low, high):
                    self._take(row)
            except FAILURES:
                if low == high:
                    lost += low not in self.rows
                    continue
                middle = (low + high) // 2
                pieces += [(low, middle), (middle + 1, high)]
        return lost
