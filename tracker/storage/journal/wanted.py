"""Which part of the journal a history shows: by day, person, register and field."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from tracker.entities import Entity, entity, registers
from tracker.storage.journal.history import Change
from tracker.storage.queries import marks
from tracker.storage.store import Raw, Store

COMMANDS = "SELECT x.id FROM tx x LEFT JOIN person t ON t.uid = x.actor"
AT_ONCE = 500  # values that a statement asks for one by one
T = TypeVar("T")


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


def sources(register: type[Entity], fields: Collection[str] = ()) -> set[tuple[str, str]]:
    """Return the kinds of newer records that some fields of a register (all without names) are read from.

    Each comes with the field that points at the record.
    """
    carried = [field.carried for field in register.fields().values() if not fields or field.name in fields]
    return {(source.kind, source.link) for source in carried if source is not None}


def touching(register: type[Entity]) -> tuple[str, list[Raw]]:
    """Return the SQL of: a command ``x`` changed records of a register, or wrote what is said of them; and its values.

    A value that is set by adding a newer record, such as the likelihood of a risk, is the record's own.
    """
    kinds = sorted({register.kind, *(field.carried.kind for field in register.settable() if field.carried)})
    said = "c.row IN (SELECT uid FROM field_state WHERE about_kind = ?)"
    condition = f"EXISTS (SELECT 1 FROM change c WHERE c.tx = x.id AND (c.kind IN ({marks(kinds)}) OR {said}))"
    return condition, [*kinds, register.kind]


def fitting(store: Store, kind: str, uid: str, changes: Sequence[Change], scope: Wanted) -> list[Change]:
    """Return those of the changes of a record (a uid) that are wanted.

    A field that is read from newer records was changed by each of them that says it.
    """
    several = [change for change in changes if _is_of(kind, uid, change, scope)]
    if scope.any_command:
        return several
    condition, values = scope.of_commands
    fit: set[int] = set()
    for batch in _batches(dict.fromkeys(change.tx for change in several)):
        sql = f"{COMMANDS} WHERE x.id IN ({marks(batch)}) AND {condition}"
        fit.update(number for (number,) in store.read(sql, [*batch, *values]))
    return [change for change in several if change.tx in fit]


def _is_of(kind: str, uid: str, change: Change, scope: Wanted) -> bool:
    if scope.kind not in ("", kind, change.kind):
        return False
    if not scope.fields or change.field in scope.fields:
        return True
    carried = [field.carried for name, field in entity(kind).fields().items() if name in scope.fields and field.carried]
    says = any(source.kind == change.kind and source.said_by(change.values) is not None for source in carried)
    return change.uid != uid and change.field == "*" and says


def entries(store: Store, scope: Wanted) -> Iterator[tuple[int, str, str]]:
    """Yield the entries of the journal that may have changed some fields (at least one), the newest first.

    Each is its number with the kind and uid of the record that has the field: a kind of nothing, or a value that is
    read from newer records, is written elsewhere. ``fitting`` tells which did change one.
    """
    requested = [entity(scope.kind)] if scope.kind else registers()
    owners = {
        uid: (kind, about)
        for uid, kind, about in store.read(
            f"SELECT uid, about_kind, about FROM field_state WHERE field IN ({marks(scope.fields)})", scope.fields
        )
    }
    for register in requested:
        for child, link in sources(register, scope.fields):
            pointing = store.read(f'SELECT uid, "{link}" FROM "{child}" WHERE "{link}" IS NOT NULL')
            owners |= {uid: (register.kind, owner) for uid, owner in pointing}
    # An index alone answers which entries are of the fields; of many the newest are looked at, as far as is needed.
    of_fields = store.read(f"SELECT id FROM change WHERE field IN ({marks(scope.fields)})", scope.fields)
    numbers = {number for (number,) in of_fields}
    for batch in _batches(owners):
        elsewhere = store.read(f"SELECT id FROM change WHERE row IN ({marks(batch)})", batch)
        numbers.update(number for (number,) in elsewhere)
    condition, values = scope.of_commands
    for numbered in _batches(sorted(numbers, reverse=True)):
        rows = store.read(
            "SELECT c.id, c.kind, c.row FROM change c LEFT JOIN tx x ON x.id = c.tx "
            f"LEFT JOIN person t ON t.uid = x.actor WHERE c.id IN ({marks(numbered)}) AND c.aside IS NULL "
            f"AND {condition} ORDER BY c.id DESC",
            [*numbered, *values],
        )
        for number, kind, uid in rows:
            owner_kind, owner = owners.get(uid, (kind, uid))
            if scope.kind in ("", owner_kind):
                yield number, owner_kind, owner


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield items in lists of so many as a statement asks for at once."""
    several = list(items)
    return (several[first : first + AT_ONCE] for first in range(0, len(several), AT_ONCE))
