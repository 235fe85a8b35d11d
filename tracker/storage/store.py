"""One connection to a programme file: reading whole answers, and writing commands with their journal.

Nobody here writes a row of the journal: triggers on each table do (tracker.storage.schema makes them), with every
changed field, whoever changes it. A command opens its entry in ``tx``, to which the triggers' rows belong, and closes
it with the hash over what they wrote.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from tracker.errors import FileTrouble
from tracker.storage import lease
from tracker.storage.connection import BUSY_MS, FAILURES, NEW, OURS, SCHEMA_VERSION, connect, trouble
from tracker.storage.journal.chain import FIRST, link_hash, reason_digest
from tracker.storage.looking import identity, still

if TYPE_CHECKING:
    from pathlib import Path


Raw = str | int | float | None  # a value as the columns of records hold it


class Acting(NamedTuple):
    """Who does something, through which front, and when.

    ``person`` is a uid, ``now`` an aware UTC time, ``today`` the day on that person's calendar.
    """

    person: str
    front: str
    now: datetime
    today: date


class Tx(NamedTuple):
    """A command that is being written: its number, its time (milliseconds since 1970), the site's letter."""

    id: int
    at_ms: int
    site: str


class Store:
    """A programme file as one thread sees it; close it, or use it in a ``with`` statement.

    ``day`` is set when the store shows the state of an earlier day; it can then not be written.
    """

    def __init__(self, connection: sqlite3.Connection, path: str, day: date | None = None) -> None:
        self.connection = connection
        self.path = path
        self.day = day
        self.file = None if path == ":memory:" or day else identity(path)
        self._rewrote = False

    @classmethod
    def open(cls, path: "str | Path", *, create: bool = False, read_only: bool = False) -> Self:
        """Open a programme file, bringing an older one to the newest schema after a backup. Raises FileTrouble."""
        connection, state = connect(path, create=create)
        store = cls(connection, str(path))
        if state != OURS:
            try:
                store._migrate(is_new=state == NEW)
            except BaseException:
                store.close()
                raise
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        return store

    def _migrate(self, *, is_new: bool) -> None:
        from tracker.storage.backup import back_up
        from tracker.storage.migrations import migrate

        if not is_new:
            back_up(self.connection, self.path, reason="before-migration")
        try:
            with lease.held(self.path):
                migrate(self.connection)
        except FAILURES as error:
            raise trouble(error, self.path) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def read(self, sql: str, values: Sequence[Raw | bytes] = ()) -> list[Any]:
        """Return every row of a query: no cursor stays open, since a half-read one blocks writers."""
        try:
            return self.connection.execute(sql, values).fetchall()
        except FAILURES as error:
            raise trouble(error, self.path) from error

    def run(self, sql: str, values: Sequence[Raw | bytes] = ()) -> int:
        """Run a statement of the open command; return how many rows it changed."""
        self._rewrote = self._rewrote or not sql.startswith("INSERT")
        return self.connection.execute(sql, values).rowcount

    @contextmanager
    def command(self, by: Acting, name: str, *, reason: str | None = None, undoes: int | None = None) -> Iterator[Tx]:
        """Hold one command: its rows, its journal and its link of the chain are written together or not at all.

        Raises FileTrouble; lets sqlite3.IntegrityError through, for the caller to say which rule was broken.
        """
        if self.day is not None:
            raise FileTrouble(f"This is the state of {self.day.isoformat()}: an earlier day cannot be changed.")
        still(self.path, self.file)
        try:
            with lease.held(self.path):
                with lease.turn(self.path, BUSY_MS / 1000):
                    self.connection.execute("BEGIN IMMEDIATE")
                yield from self._command(by, name, reason, undoes)
        except sqlite3.IntegrityError:
            raise
        except FAILURES as error:
            raise trouble(error, self.path) from error

    def _command(self, by: Acting, name: str, reason: str | None, undoes: int | None) -> Iterator[Tx]:
        execute = self.connection.execute
        self._rewrote = False
        try:
            self._refuse_newer()
            salt, day, now = os.urandom(16), by.today.isoformat(), int(by.now.astimezone(UTC).timestamp() * 1000)
            # A hybrid logical clock: never earlier than what this command has seen, even if the clock was put back.
            number, at, site = execute(
                "INSERT INTO tx(id, at, day, actor, site, front, command, undoes, reason, salt) SELECT "
                "coalesce(l.id, 0) + 1, max(?, coalesce(l.at, 0) + 1), ?, ?, "
                "coalesce((SELECT value FROM meta WHERE key = 'site'), ''), ?, ?, ?, ?, ? "
                "FROM (SELECT max(id) AS last FROM tx) LEFT JOIN tx l ON l.id = last RETURNING id, at, site",
                (now << 16, day, by.person, by.front, name, undoes, reason, salt),
            ).fetchall()[0]
            yield Tx(number, at >> 16, site)
            self._index()
            head = (number, at, day, by.person, site, by.front, name, undoes)
            self._seal(head, reason_digest(salt, reason))
            execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                execute("ROLLBACK")
            raise

    def _refuse_newer(self) -> None:
        """Raise FileTrouble when a newer program has brought the file to its schema since it was opened here."""
        schema = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if schema > SCHEMA_VERSION:
            raise FileTrouble(
                f"{self.path} was brought to a newer schema ({schema}, this program knows {SCHEMA_VERSION}) while it "
                "was open. Nothing was saved; start the program again, in its new version.",
                "file.newer",
            )

    def _index(self) -> None:
        """Carry what the command changed into the full-text table."""
        if self._rewrote:
            removed = self.connection.execute("DELETE FROM search_gone RETURNING id, ref, title, body").fetchall()
            self.connection.executemany(
                "INSERT INTO search(search, rowid, ref, title, body) VALUES ('delete', ?, ?, ?, ?)", removed
            )
        self.connection.execute(
            "INSERT INTO search(rowid, ref, title, body) SELECT id, ref, title, body FROM search_doc "
            "WHERE id > (SELECT coalesce(max(id), 0) FROM search_docsize)"
        )

    def _seal(self, head: tuple[int, *tuple[Raw, ...]], reason: bytes) -> None:
        rows = self.connection.execute(
            "SELECT kind, row, field, old, new, base, salt, digest, (SELECT hash FROM tx WHERE id = ?1 - 1) "
            "FROM change WHERE tx = ?1 ORDER BY id",
            (head[0],),
        ).fetchall()
        before = rows[0][-1] if rows and rows[0][-1] else FIRST
        if not rows and head[0] > 1:
            before = self.connection.execute("SELECT hash FROM tx WHERE id = ?", (head[0] - 1,)).fetchone()[0]
        link = link_hash(before, head, reason, [row[:-1] for row in rows])
        self.connection.execute("UPDATE tx SET hash = ? WHERE id = ?", (link, head[0]))

    def next_numbers(self, kinds: Sequence[str]) -> dict[str, int]:
        """Return the next number of each kind, inside a command; a number is never given twice."""
        marks = ", ".join(["(?, 1)"] * len(kinds))
        rows = self.connection.execute(
            f"INSERT INTO sequence(kind, last) VALUES {marks} ON CONFLICT(kind) DO UPDATE SET last = last + 1 "
            f"RETURNING kind, last",
            list(kinds),
        ).fetchall()
        return {kind: int(last) for kind, last in rows}

    def reserve_numbers(self, kind: str, last: int) -> None:
        """Let the numbers of a kind go on after ``last`` at least, inside a command; those skipped are never given."""
        self.connection.execute(
            "INSERT INTO sequence(kind, last) VALUES (?, ?) ON CONFLICT(kind) DO UPDATE SET last = max(last, ?)",
            (kind, last, last),
        )

    def write_unsafely(self) -> None:
        """Stop waiting for the disk in this connection: only for a new file that nobody else uses yet."""
        for pragma in ("synchronous=OFF", "journal_mode=MEMORY"):
            self.connection.execute(f"PRAGMA {pragma}").fetchall()

    def data_version(self) -> int:
        """Return a number that changes when another connection has written; asking costs microseconds.

        Raises FileTrouble when another file, or none, lies at the path now.
        """
        still(self.path, self.file)
        return int(self.read("PRAGMA data_version")[0][0])
