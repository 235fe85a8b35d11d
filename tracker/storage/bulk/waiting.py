"""New rows of a command that wait in memory until a statement asks for them: an import on trial writes none of them."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache

from tracker.entities import entity
from tracker.fields import Field
from tracker.storage.bulk.in_bulk import NewRow, add_rows
from tracker.storage.store import Raw, Store

Rule = Callable[[Raw], bool]
HOLDS = 2**53  # numbers up to here are exact as floats too; larger ones do not wait
AT_ONCE = 6_000  # rows that are written together; more would only take memory
# What is filled with each record, beside its own table.
FOLLOWS = frozenset({"change", "tx", "entry", "writing", "search", "search_doc", "search_gone", "sequence"})


class Part:
    """A part of a command that can be taken back: which rows waited before it, and which numbers were given."""

    def __init__(self, begins: int, numbers: Mapping[str, int]) -> None:
        self.begins = begins
        self.numbers = dict(numbers)
        self.saved = False  # whether the file has a savepoint of it


class Waiting:
    """The rows that wait, in their order; they are written before any statement that names a table of theirs.

    A row waits only if its table would take it for certain, so that none is refused when nobody expects it.
    """

    def __init__(self, store: Store, at_once: int) -> None:
        self._store = store
        self._at_once = at_once
        self._rules: dict[tuple[str, tuple[str, ...]], tuple[tuple[str, ...], tuple[Rule, ...]]] = {}
        self._rows: list[NewRow] = []
        self._kinds: set[str] = set(FOLLOWS)
        self._numbers: dict[str, int] = {}
        self._parts: list[Part] = []
        self.trouble: sqlite3.Error | None = None

    def take(self, kind: str, row: Mapping[str, Raw]) -> bool:
        """Let a new row wait; return whether it does."""
        names, rules = self._held_to(kind, tuple(row))
        values = tuple(row.values())
        for rule, raw in zip(rules, values, strict=True):
            if not rule(raw):
                return False
        if row.get("sensitivity") and row.get("visibility") == "public":
            return False
        if len(self._rows) >= self._at_once:
            self.write()
        self._rows.append(NewRow(kind, names, values))
        self._kinds.add(kind)
        return True

    def _held_to(self, kind: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Rule, ...]]:
        """Return the names of columns, held once for all rows that have the same, and the rule of each."""
        held_to = self._rules.get((kind, names))
        if held_to is None:
            rules = _rules(kind)
            held_to = self._rules[kind, names] = names, tuple(rules[name] for name in names)
        return held_to

    def concerns(self, sql: str) -> bool:
        """Return whether a statement may ask for what waits."""
        return bool(self._rows) and not self._kinds.isdisjoint(_words(sql))

    def next_number(self, kind: str) -> int:
        """Return the next number of a kind; the file hears of the last one when rows are written."""
        last = self._numbers.get(kind)
        if last is None:
            rows = self._store.connection.execute("SELECT last FROM sequence WHERE kind = ?", (kind,)).fetchall()
            last = int(rows[0][0]) if rows else 0
        self._numbers[kind] = last + 1
        return last + 1

    def write(self) -> None:
        """Write what waits, each part behind a savepoint of its own, and the numbers that were given."""
        rows, self._rows = self._rows, []
        self._kinds = set(FOLLOWS)
        begins = 0
        try:
            for part in self._parts:
                if not part.saved:
                    add_rows(self._store.connection, rows[begins : part.begins])
                    begins, part.begins, part.saved = part.begins, 0, True
                    self._store.connection.execute("SAVEPOINT part")
            add_rows(self._store.connection, rows[begins:])
            self._store.connection.executemany(
                "INSERT INTO sequence(kind, last) VALUES (?1, ?2) ON CONFLICT(kind) DO UPDATE SET last = ?2",
                list(self._numbers.items()),
            )
        except sqlite3.Error as error:
            self.trouble = error  # rows of others are lost with it: no caller may go on as if it were its own
            raise

    @contextmanager
    def part(self) -> Iterator[None]:
        """Hold a part of the command: where it fails, what it wrote or let wait is taken back."""
        part = Part(len(self._rows), self._numbers)
        self._parts.append(part)
        try:
            yield
        except BaseException:
            del self._rows[part.begins :]
            self._numbers = part.numbers
            if part.saved and self._store.connection.in_transaction:
                self._store.connection.execute("ROLLBACK TO part")
            raise
        finally:
            if part.saved and self._store.connection.in_transaction:
                self._store.connection.execute("RELEASE part")
            self._parts.remove(part)


@contextmanager
def holding_back(store: Store, at_once: int = AT_ONCE) -> Iterator[None]:
    """Let new rows of an open command wait until they are asked for, or so many wait; at the end they are written.

    What raises in between drops them. Raises sqlite3.Error when they could not be written, whoever heard of it before.
    """
    waiting = store.waiting = Waiting(store, at_once)
    try:
        yield
        if waiting.trouble is not None:
            raise waiting.trouble
        waiting.write()
    finally:
        store.waiting = None


@contextmanager
def part_of_command(store: Store) -> Iterator[None]:
    """Hold a part of an open command: where it fails, what it wrote is taken back, and the command goes on."""
    if store.waiting is not None:
        with store.waiting.part():
            yield
        return
    store.connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        store.connection.execute("ROLLBACK TO part")
        store.connection.execute("RELEASE part")
        raise
    store.connection.execute("RELEASE part")


@lru_cache(1024)
def _words(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", sql))


@cache
def _rules(kind: str) -> Mapping[str, Rule]:
    """Return by column what tells whether its table takes a value for certain: no less than its CHECK asks for."""
    rules = {field.name: _rule(field) for field in entity(kind).stored()}
    return {**rules, "uid": _is_text, "ref": _is_text}


def _is_text(raw: Raw) -> bool:
    return type(raw) is str


@lru_cache(4096)
def _is_day(raw: Raw) -> bool:
    try:
        return date.fromisoformat(str(raw)).isoformat() == raw
    except ValueError:
        return False


def _rule(field: Field) -> Rule:
    if field.glob:
        return lambda raw: type(raw) is str and re.fullmatch(field.glob, raw) is not None
    if field.kind in ("text", "reference"):
        longest = field.longest or HOLDS
        return lambda raw: type(raw) is str and len(raw) <= longest
    if field.kind == "choice":
        return frozenset(field.choices).__contains__
    if field.kind == "date":
        return _is_day
    if field.kind == "list":
        longest = field.longest or HOLDS
        return lambda raw: raw == "" or (type(raw) is str and _listed(field, raw.split(","), longest))
    types = (int, float) if field.kind == "decimal" else (int,)
    least, most = (0, 1) if field.kind == "yes_no" else (field.least, field.most)
    lowest = -HOLDS if least is None else least
    highest = HOLDS - 1 if most is None else most
    return lambda raw: type(raw) in types and lowest <= float(raw or 0) <= highest


def _listed(field: Field, words: Sequence[str], longest: int) -> bool:
    return len(words) <= longest and (not field.choices or set(words) <= set(field.choices))
