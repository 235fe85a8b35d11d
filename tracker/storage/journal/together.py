"""What one command did to several records at once."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.storage.store import Raw, Store


class Together(NamedTuple):
    """A field of a record that a command changed together with another record: the value before, and after."""

    kind: str
    uid: str
    field: str
    old: Raw
    new: Raw


def changed_together(store: Store, uid: str, fields: Sequence[str], *, before: int = 0) -> list[Together]:
    """Return what else the newest command did that gave some fields of a record a value, the last change first.

    ``before`` is the number of a command: only earlier ones count; 0: all.
    """
    marks = ", ".join("?" * len(fields))
    newest = (
        f"SELECT max(tx) FROM change WHERE row = ? AND field IN ({marks}) AND new IS NOT NULL AND (? = 0 OR tx < ?)"
    )
    rows = store.read(
        f"SELECT kind, row, field, old, new FROM change WHERE tx = ({newest}) AND row <> ? ORDER BY id DESC",
        (uid, *fields, before, before, uid),
    )
    return [Together(*row) for row in rows]
