"""Connections of closed stores, kept for whoever opens the same file next in the same test.

SQLite reads two hundred triggers at the first statement of a connection: half of the work of a typed command, and each
test types several. What is kept is the schema alone: pages are read anew, and every setting is set anew.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pytest

from tracker.errors import FileTrouble
from tracker.storage import connection
from tracker.storage.looking import refuse_foreign
from tracker.storage.store import Store


class _Kept(NamedTuple):
    """A connection whose store was closed, and the file as it was then."""

    connection: sqlite3.Connection
    stamp: tuple[int, ...]


def _stamp(path: str) -> tuple[int, ...]:
    """Return what changes when anybody writes, replaces or protects a file; nothing when it is gone."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - the path may be a name as SQLite has it
    except OSError:
        return ()
    return seen.st_dev, seen.st_ino, seen.st_mode, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def _taught(of: sqlite3.Connection) -> set[tuple[str, int]]:
    return set(of.execute("SELECT name, narg FROM pragma_function_list").fetchall())


def _closed() -> sqlite3.Connection:
    closed = sqlite3.connect(":memory:")
    closed.close()
    return closed


class Keeper:
    """Keeps one connection for each path, until the file is touched by somebody else or the test ends."""

    def __init__(self) -> None:
        self.keeps = False
        self._kept: dict[str, _Kept] = {}
        self._lock = Lock()
        self._connect = connection.connect
        self._close = Store.close
        self._closed = _closed()
        with sqlite3.connect(":memory:") as new:
            self._usual = _taught(new)
        new.close()

    def connect(self, path: Path | str, *, create: bool = False) -> tuple[sqlite3.Connection, str]:
        """Do what ``connect`` does, with a kept connection if nobody has touched the file since."""
        name = str(path)
        with self._lock:
            kept = self._kept.pop(name, None)
        if kept is None:
            return self._connect(path, create=create)
        if kept.stamp != _stamp(name):
            kept.connection.close()
            return self._connect(path, create=create)
        try:
            refuse_foreign(name, create=create)
            state = connection._judge(kept.connection, name)
            for pragma in connection._pragmas(kept.connection):
                kept.connection.execute(f"PRAGMA {pragma}").fetchall()
        except (*connection.FAILURES, FileTrouble):
            kept.connection.close()
            return self._connect(path, create=create)
        connection.teach_order(kept.connection)
        return kept.connection, state

    def close(self, closing: Store) -> None:
        """Keep the connection of a store that is closed, if it is as it was opened; the store has it no longer."""
        used = closing.connection
        keeps = self.keeps and type(used) is sqlite3.Connection and not closing.day
        if not keeps or not self._emptied(used):
            self._close(closing)
            return
        closing.connection = self._closed
        stamp = _stamp(closing.path)
        with self._lock:
            before = self._kept.pop(closing.path, None)
            self._kept[closing.path] = _Kept(used, stamp)
        if before:
            before.connection.close()

    def _emptied(self, used: sqlite3.Connection) -> bool:
        """Take from a connection what it learnt and read; return whether it is then like a new one."""
        try:
            alone = len(used.execute("PRAGMA database_list").fetchall()) == 1
            (mode,) = used.execute("PRAGMA journal_mode").fetchone()
            if used.in_transaction or not alone or mode != "delete":
                return False
            for name, given in _taught(used) - self._usual:
                used.create_window_function(name, given, None)  # create_function would call the None
            used.set_trace_callback(None)
            used.execute("PRAGMA query_only=OFF")
            used.execute("PRAGMA shrink_memory").fetchall()
        except sqlite3.Error:
            return False
        return True

    @contextmanager
    def test(self) -> Iterator[None]:
        """Keep connections during a test, and no longer."""
        self.keeps = True
        try:
            yield
        finally:
            self.keeps = False
            with self._lock:
                kept, self._kept = self._kept, {}
            for each in kept.values():
                each.connection.close()


@contextmanager
def keeping() -> Iterator[Keeper]:
    """Let stores that are opened meanwhile keep their connections."""
    keeper = Keeper()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracker.storage.store.connect", keeper.connect)
        patch.setattr(Store, "close", lambda closing: keeper.close(closing))
        yield keeper
