"""Which part of the journal a history shows: by day, person, register and field."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.storage.journal.history import Change, with_ids
from tracker.storage.queries import marks
from tracker.storage.store import Raw, Store

COMMANDS = "SELECT x.id FROM tx x LEFT JOIN person t ON t.uid = x.actor"
AT_ONCE = 500  # commands that are asked for in one statement


class Wanted(NamedTuple):
    """From which day to which (the days of those who acted), by whom (a uid), of which kind and fields; empty: any."""

    since: date | None = None
    until: date | None = None
    actor: str = ""
    kind: str = ""
    fields: tuple[str, ...] = ()

    @property
    def of_commands(self) -> tuple[str, list[Raw]]:
        """The SQL of what is asked of a command ``x`` by a person ``t``, with its values."""
        parts: list[str] = ["1"]
        values: list[Raw] = []
        for sql, value in (("x.day >= ?", self.since), ("x.day <= ?", self.until)):
            if value is not None:
                parts.append(sql)
                values.append(value.isoformat())
        if self.actor:
            parts.append("? IN (x.actor, t.alias_of)")
            values.append(self.actor)
        return " AND ".join(parts), values

    @property
    def any_command(self) -> bool:
        """Whether it asks nothing of commands, so that changes from outside the program fit too."""
        return self.since is None and self.until is None and not self.actor


def fitting(store: Store, uid: str, changes: Sequence[Change], scope: Wanted) -> list[Change]:
    """Return those of the changes of a record (a uid) that are wanted.

    A field that is read from newer records was changed by each of them that says it.
    """
    several = [change for change in changes if _is_of(uid, change, scope)]
    if scope.any_command:
        return several
    condition, values = scope.of_commands
    numbers = list(dict.fromkeys(change.tx for change in several))
    fit: set[int] = set()
    for first in range(0, len(numbers), AT_ONCE):
        batch = numbers[first : first + AT_ONCE]
        sql = f"{COMMANDS} WHERE x.id IN ({marks(batch)}) AND {condition}"
        fit.update(number for (number,) in store.read(sql, [*batch, *values]))
    return [change for change in several if change.tx in fit]


def _is_of(uid: str, change: Change, scope: Wanted) -> bool:
    if scope.kind not in ("", change.kind):
        return False
    holds = change.uid != uid and any(change.values.get(field) is not None for field in scope.fields)
    return not scope.fields or change.field in scope.fields or (change.field == "*" and holds)


def newest_changes(store: Store, scope: Wanted, limit: int) -> list[Change]:
    """Return the newest changes of some fields (at least one), the newest first; additions are not among them."""
    condition, values = scope.of_commands
    if scope.kind:
        condition += " AND c.kind = ?"
        values.append(scope.kind)
    # The inner statement is answered by an index alone.
    of_fields = f"SELECT id FROM change WHERE field IN ({marks(scope.fields)})"
    rows = store.read(
        f"SELECT c.id FROM ({of_fields}) n JOIN change c ON c.id = n.id LEFT JOIN tx x ON x.id = c.tx "
        f"LEFT JOIN person t ON t.uid = x.actor WHERE c.aside IS NULL AND {condition} ORDER BY c.id DESC LIMIT ?",
        [*scope.fields, *values, limit],
    )
    return with_ids(store, [number for (number,) in rows])[::-1]
