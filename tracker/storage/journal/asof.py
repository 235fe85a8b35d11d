"""The file as it was at the end of a day, or as it is now known of a day, as a store of its own in memory.

It has the same tables, so that every list, record and report can be asked of it with the very code that asks the file.
"""

import sqlite3
from datetime import date

from tracker.storage.connection import FAILURES, trouble
from tracker.storage.journal.moments import Moment
from tracker.storage.journal.past import Past
from tracker.storage.store import Store


def as_of(store: Store, day: date, *, up_to: int | None = None) -> Store:
    """Return the state that the commands make which were recorded by the end of a day; close it after use.

    ``up_to`` leaves out what came after that command too. A past day's state never changes, whatever is written later.
    """
    return _shown(store, day, Moment(day.isoformat(), up_to))


def as_of_tx(store: Store, tx: int, day: date) -> Store:
    """Return the state right after a command, of whatever days the commands before it are."""
    return _shown(store, day, Moment(None, tx))


def true_on(store: Store, day: date) -> Store:
    """Return what is now known of the end of a day; close it after use.

    These are all commands that stand and whose content is true by then, in the order of the days on which it is.
    """
    return _shown(store, day, Moment(day.isoformat(), true=True))


def on_day(store: Store, day: date, *, known: bool) -> Store:
    """Return what is now known of a day, or what had been recorded by then; close it after use."""
    if known:
        return true_on(store, day)
    return as_of(store, day)


def _shown(store: Store, day: date, moment: Moment) -> Store:
    # Each thread has its own; who ends the program closes them all.
    memory = sqlite3.connect(":memory:", isolation_level=None, uri=True, factory=Past, check_same_thread=False)
    try:
        memory.show(store.journal_path, moment)
    except FAILURES as error:
        memory.close()
        raise trouble(error, store.journal_path) from error
    return Store(memory, store.path, day)
