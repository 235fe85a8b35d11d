"""Which value of the file breaks a rule, when something failed that was not foreseen."""

import sqlite3

from tracker.errors import FileTrouble, TrackerError
from tracker.storage.damage import broken_value
from tracker.storage.store import Store


def behind(path: str) -> FileTrouble | None:
    """Return what is damaged in a programme file, to be raised instead of what failed because of it; None: nothing.

    Damage, or another tool, may leave a value that no rule allows. What is in it is never said: it may be anybody's.
    """
    try:
        with Store.open(path, read_only=True) as store:
            value = broken_value(store)
    except (TrackerError, sqlite3.Error):
        return None
    if value is None:
        return None
    return FileTrouble(
        f"{path} is damaged: {value.field} of {value.ref} holds a value that {value.reason}.", "file.broken_value"
    )
