"""A copy of the programme file in memory, in which something is tried that the file itself must not see yet."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.storage.connection import FAILURES, teach_order, trouble
from tracker.storage.store import Store

_OF_ADDED = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'j_*_insert'"


@contextmanager
def rehearsal(store: Store) -> Iterator[Store]:
    """Give a copy of a file that can be written like the file itself and is gone afterwards. Raises FileTrouble.

    What is added to it is not in its journal, which nobody reads: that would take longer than all the rest.
    """
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        try:
            store.connection.backup(memory)
            memory.execute("PRAGMA foreign_keys=ON")
            memory.execute("PRAGMA recursive_triggers=ON")
            memory.execute("PRAGMA trusted_schema=OFF")
            teach_order(memory)
            for (trigger,) in memory.execute(_OF_ADDED).fetchall():
                memory.execute(f'DROP TRIGGER "{trigger}"')
        except FAILURES as error:
            raise trouble(error, store.path) from error
        copy = Store(memory, ":memory:")
        copy.user = store.user
        copy.journal_path = store.path
        yield copy
    finally:
        memory.close()
