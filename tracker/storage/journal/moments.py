"""Which commands count on a day: those recorded by then, or all that are known now of what was true by then.

A set of commands, never “all up to the newest of that day”: a command whose clock is doubted counts from its own day,
and those after it from theirs.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.storage.queries import marks
from tracker.storage.store import Store


class Moment(NamedTuple):
    """A day (ISO 8601, None: any), up to which command, and whether by the days on which content is ``true``."""

    day: str | None
    up_to: int | None = None
    true: bool = False


def anything_on(store: Store, day: date, *, true: bool = False) -> bool:
    """Whether something had been recorded by the end of a day; with ``true``: is known of it."""
    counts = "recorded"
    if true:
        counts = "coalesce(as_at, recorded)"
    return bool(store.read(f"SELECT EXISTS (SELECT 1 FROM tx WHERE {counts} <= ?)", (day.isoformat(),))[0][0])


def is_now(store: Store, day: date) -> bool:
    """Whether nothing in the file was recorded after a day, so that the file itself shows that day."""
    return not store.read("SELECT EXISTS (SELECT 1 FROM tx WHERE recorded > ? ORDER BY id DESC)", (day.isoformat(),))[
        0
    ][0]


def erased_since(store: Store, day: date, kinds: Sequence[str] = ()) -> int:
    """Return of how many records an erasure after a day emptied what had been recorded by then; of all kinds for none.

    They are the only thing in which a past day is not shown as it was.
    """
    only = ""
    if kinds:
        only = f"AND c.kind IN ({marks(kinds)})"
    rows = store.read(
        "SELECT count(DISTINCT c.row) FROM blanked b JOIN tx e ON e.id = b.tx JOIN change c ON c.id = b.change "
        f"JOIN tx x ON x.id = c.tx WHERE e.command = 'erase' AND e.recorded > ? AND x.recorded <= ? {only}",
        (day.isoformat(), day.isoformat(), *kinds),
    )
    return int(rows[0][0])
