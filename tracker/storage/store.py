"""One connection to a programme file: reading whole answers, and writing commands with their journal.

Nobody here writes a row of the journal: triggers on each table do (tracker.storage.schema makes them), with every
changed field, whoever changes it. A command opens its entry in ``tx``, to which the triggers' rows belong, and closes
it with the hash over what they wrote.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from tracker.errors import FileTrouble, Note, TrackerError
from tracker.storage import lease
from tracker.storage.connection import BUSY_MS, FAILURES, NEW, OURS, SCHEMA_VERSION, connect, trouble
from tracker.storage.looking import identity, still

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.storage.bulk.waiting import Waiting


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
    """A command that is being written: its number, its time (milliseconds since 1970), the site's letter.

    ``settled`` is the day from which on it counts as recorded, ``clock`` what the user should know of the clock,
    ``as_at`` the day on which its content is true, where that is another one.
    """

    id: int
    at_ms: int
    site: str
    settled: str = ""
    clock: Note | None = None
    as_at: str | None = None
    adopted: bool = False

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the user should know of the command."""
        return tuple(filter(None, (self.clock,)))


class _Last(NamedTuple):
    """The newest command: its number here, its number on this site, its time, its days, and its formula."""

    id: int = 0
    number: int = 0
    at: int = 0
    recorded: str | None = None
    jumped: int = 0
    formula: int = 0
    site: str = ""


# The newest command of the file; its number on this site is that of the newest one there.
_LAST = """
SELECT x.id, coalesce((SELECT max(number) FROM tx WHERE site = s.site), 0), x.at, x.recorded, x.jumped, x.formula,
       s.site
FROM tx x, (SELECT coalesce((SELECT value FROM meta WHERE key = 'site'), '') AS site) s ORDER BY x.id DESC LIMIT 1
"""


class Store:
    """A programme file as one thread sees it; close it, or use it in a ``with`` statement.

    ``day`` is set when the store shows the state of an earlier day; it can then not be written. ``user`` is the name
    of whoever works with it, whom ``me`` means; empty where nobody says. ``waiting`` holds rows of the open command
    that are not in the file yet (tracker.storage.bulk.waiting); hardly any command has some. ``journal_path`` is the
    file that tells of earlier days: for a copy in memory, the one that it was made of.
    """

    def __init__(self, connection: sqlite3.Connection, path: str, day: date | None = None) -> None:
        self.connection = connection
        self.path = path
        self.journal_path = path
        self.day = day
        self.user = ""
        self.waiting: Waiting | None = None
        self.file = None if path == ":memory:" or day else identity(path)
        self._rewrote = False
        self._kept_with: list[Callable[[], object]] = []
        self._held: ExitStack | None = None

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
        """Close the connection; a command that waited for another is not written."""
        self.let_go()
        self.connection.close()

    def let_go(self) -> None:
        """Drop the command that waited for another, when that one will not come; others may write again."""
        held, self._held = self._held, None
        if held is None:
            return
        self._kept_with.clear()
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        held.close()

    def read(self, sql: str, values: Sequence[Raw | bytes] = ()) -> list[Any]:
        """Return every row of a query: no cursor stays open, since a half-read one blocks writers."""
        try:
            if self.waiting is not None and self.waiting.concerns(sql):
                self.waiting.write()
            return self.connection.execute(sql, values).fetchall()
        except FAILURES as error:
            raise trouble(error, self.path) from error

    def run(self, sql: str, values: Sequence[Raw | bytes] = ()) -> int:
        """Run a statement of the open command; return how many rows it changed."""
        self._rewrote = self._rewrote or not sql.startswith("INSERT")
        if self.waiting is not None:
            self.waiting.write()
        return self.connection.execute(sql, values).rowcount

    @contextmanager
    def command(
        self,
        by: Acting,
        name: str,
        *,
        reason: str | None = None,
        undoes: int | None = None,
        as_at: date | None = None,
        kept_with: Callable[[], object] | None = None,
    ) -> Iterator[Tx]:
        """Hold one command: its rows, its journal and its link of the chain are written together or not at all.

        ``as_at`` is the day on which its content is true, when that is not the day of the command. With ``kept_with``
        it waits for the next command of this store: both are written, of which ``kept_with`` hears, or neither.
        Raises FileTrouble; lets sqlite3.IntegrityError through, for the caller to say which rule was broken.
        """
        if self.day is not None:
            raise FileTrouble(f"This is the state of {self.day.isoformat()}: an earlier day cannot be changed.")
        still(self.path, self.file)
        try:
            with self._turn() as turn:
                yield from self._command(by, name, reason, undoes, as_at, kept_with)
                if kept_with:
                    self._held = turn.pop_all()
        except sqlite3.IntegrityError:
            raise
        except FAILURES as error:
            raise trouble(error, self.path) from error

    @contextmanager
    def _turn(self) -> Iterator[ExitStack]:
        """Hold the file for one write: anew, or since the command that waits for this one."""
        waiting, self._held = self._held, None
        with waiting or ExitStack() as stack:
            if waiting is None:
                stack.enter_context(lease.held(self.path))
                with lease.turn(self.path, BUSY_MS / 1000):
                    self.connection.execute("BEGIN IMMEDIATE")
            yield stack

    def _command(
        self,
        by: Acting,
        name: str,
        reason: str | None,
        undoes: int | None,
        as_at: date | None,
        kept_with: Callable[[], object] | None,
    ) -> Iterator[Tx]:
        from tracker.storage.journal.chain import sealed

        execute = self.connection.execute
        self._rewrote = False
        try:
            self._refuse_newer()
            salt = os.urandom(16)
            tx = self._begin(by, name, salt, reason, undoes, as_at)
            yield tx
            self._index()
            emptied = name == "erase" or tx.adopted
            execute("UPDATE tx SET hash = ? WHERE id = ?", (sealed(self.connection, tx.id, emptied=emptied), tx.id))
            if kept_with:
                self._kept_with.append(kept_with)
                return
            execute("COMMIT")
        except BaseException:
            self._kept_with.clear()
            if self.connection.in_transaction:
                execute("ROLLBACK")
            raise
        for hear in self._kept_with:
            hear()
        self._kept_with.clear()

    def _begin(
        self, by: Acting, name: str, salt: bytes, reason: str | None, undoes: int | None, as_at: date | None
    ) -> Tx:
        """Open the command's entry in the journal."""
        from tracker.storage.journal.chain import FORMULA  # who only reads has no need of these
        from tracker.storage.journal.clock import SAME_MS, recorded

        last = self._last()
        own = by.today.isoformat()
        now = int(by.now.astimezone(UTC).timestamp() * 1000)
        settled, doubted = _settled(self.connection, last)
        day, jumped = recorded(own, settled, doubted)
        behind = (last.at >> 16) - now
        # Two commands of a moment keep their order; what a clock says that was put back stands as it said it.
        at = max(now << 16, last.at + 1) if behind <= SAME_MS else now << 16
        true_on = _true_day(as_at, settled if jumped else day, day)
        number = last.id + 1
        self.connection.execute(
            "INSERT INTO tx(id, number, at, day, recorded, jumped, as_at, actor, site, front, command, undoes, reason, "
            "salt, formula) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, last.number + 1, at, own, day, int(jumped), true_on),
                *(by.person, last.site, by.front, name, undoes, reason, salt, FORMULA),
            ),
        )
        adopted = bool(last.id) and last.formula != FORMULA
        if adopted:
            from tracker.storage.journal.blanking import adopt

            adopt(self.connection, number)
        clock = None
        if behind > SAME_MS:
            clock = _clock_back(last.at >> 16, by.now)
        elif jumped and not last.jumped:
            clock = _clock_ahead(settled or own, own)
        return Tx(number, at >> 16, last.site, day, clock, true_on, adopted)

    def _last(self) -> _Last:
        for row in self.connection.execute(_LAST).fetchall():
            return _Last(*row)
        site = self.connection.execute("SELECT value FROM meta WHERE key = 'site'").fetchone()
        return _Last(site=site[0] if site else "")

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

    def next_numbers(self, kinds: Sequence[str]) -> dict[str, int]:
        """Return the next number of each kind, inside a command; a number is never given twice."""
        if self.waiting is not None:
            return {kind: self.waiting.next_number(kind) for kind in kinds}
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


def _settled(connection: sqlite3.Connection, last: _Last) -> tuple[str | None, frozenset[str]]:
    """Return the latest day on which commands count as recorded, and the doubted days after it."""
    if not last.jumped:
        return last.recorded, frozenset()
    rows = connection.execute(
        "SELECT DISTINCT recorded FROM tx WHERE id > (SELECT max(id) FROM tx WHERE NOT jumped)"
    ).fetchall()
    settled = connection.execute("SELECT recorded FROM tx WHERE NOT jumped ORDER BY id DESC LIMIT 1").fetchone()[0]
    return settled, frozenset(row[0] for row in rows)


def _true_day(as_at: date | None, latest: str | None, recorded_on: str) -> str | None:
    """Return the day on which a command's content is true; None when that is the day on which it is recorded."""
    latest = latest or recorded_on
    own = as_at.isoformat() if as_at else latest
    if own > latest:
        raise TrackerError(f"{own} is still to come: the file has come to {latest}.", "as_at.to_come")
    return None if own == recorded_on else own


def _clock_back(last_ms: int, now: datetime) -> Note:
    last = datetime.fromtimestamp(last_ms / 1000, UTC)
    return Note(
        "clock.back",
        f"The clock of this computer says {now:%d %b %Y %H:%M} UTC, before the last change of {last:%d %b %Y %H:%M}: "
        f"one of the two clocks is wrong. Papers of the days between stay as they were.",
    )


def _clock_ahead(settled: str, own: str) -> Note:
    return Note(
        "clock.ahead",
        f"The clock of this computer says {own}, more than a year after the last change ({settled}). "
        f"If that is wrong, put the clock right: this change counts from {own}.",
    )
