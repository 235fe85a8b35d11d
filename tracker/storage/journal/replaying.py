"""One record, worked out from its entries in the journal: in the order of the chain, or of the days that are true.

What stands is what no undo has turned back: an undone command, its undo and its redo say nothing of what was true.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.entities import entity
from tracker.storage.rows import whole
from tracker.storage.schema import RECORD, RESTATED, journalled
from tracker.storage.store import Raw, Store

State = dict[str, Raw] | None  # the journalled columns of a record; None: it is not there

# Whether a command ``x`` stands; undos and redos do not: what they did is that another one does not, or does again.
STANDING = (
    "x.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM {tx} u WHERE u.undoes = x.id "
    "AND NOT EXISTS (SELECT 1 FROM {tx} r WHERE r.undoes = u.id))"
)
# A change from outside the program counts from the day of the next command, which took the file as it was.
_NEXT = "(SELECT min(n.tx) FROM {schema}change n WHERE n.id > c.id AND n.tx IS NOT NULL)"
ENTRIES = (
    "SELECT c.row, c.id, c.tx, c.field, c.old, c.new, c.salt IS NULL, c.aside IS NOT NULL, "
    f"coalesce(iif(c.tx IS NULL, NULL, x.as_at), x.recorded, '9999-12-31'), c.tx IS NULL OR ({STANDING}), "
    "coalesce(c.tx, x.id, 9e15) FROM {schema}change c LEFT JOIN {schema}tx x ON x.id = coalesce(c.tx, "
    f"CASE WHEN c.tx IS NULL THEN {_NEXT} END) "
)


class Entry(NamedTuple):
    """An entry of a record: its place in the journal, the command, what it says, and of which day.

    ``adds``: a whole record came, not went. ``counts_with`` is the command with which it came into the file.
    """

    id: int
    tx: int | None
    field: str
    old: Raw
    new: Raw
    erased: bool
    aside: bool
    true_day: str
    standing: bool
    counts_with: float
    adds: bool = False


def entries_sql(schema: str, condition: str) -> str:
    """Return the query for entries with the uid of their record first, record by record, in the order of the chain."""
    return ENTRIES.format(schema=schema, tx=f"{schema}tx") + f"WHERE {condition} ORDER BY c.row, c.id"


def entries_from(rows: Iterable[Sequence[Raw]]) -> list[Entry]:
    """Return the entries of one record, given in the order of the chain."""
    present = False
    entries = []
    for row in rows:
        entry = Entry(*row)  # type: ignore[arg-type]
        if entry.field == RECORD and entry.aside:
            entry = entry._replace(adds=entry.new is not None or entry.erased)
        elif entry.field == RECORD:
            present = not present  # an emptied entry does not say whether the record came or went
            entry = entry._replace(adds=present)
        entries.append(entry)
    return entries


def replayed(kind: str, entries: Iterable[Entry], every: Sequence[Entry], now: State) -> State:
    """Return what some entries make of a record, in the order given.

    ``every`` are all its entries and ``now`` what the file holds of it: what an erasure emptied is taken from what was
    said after it.
    """
    state: State = None
    for entry in entries:
        if entry.field == RESTATED:
            continue
        if entry.field == RECORD:
            state = None
            if entry.adds:
                state = _whole(kind, entry, every, now)
        elif state is not None and entry.erased:
            state[entry.field] = _said_since(kind, entry, every, now).get(entry.field)
        elif state is not None:
            state[entry.field] = entry.new
    return state


def _whole(kind: str, entry: Entry, every: Sequence[Entry], now: State) -> dict[str, Raw]:
    if entry.erased or entry.new is None:
        return dict(_said_since(kind, entry, every, now))
    return {**dict.fromkeys(journalled(entity(kind))), **whole(kind, str(entry.new))}


def _said_since(kind: str, entry: Entry, every: Sequence[Entry], now: State) -> dict[str, Raw]:
    """Return the record right after an entry that was emptied.

    It is as it was said again after that, or as it is now, with the changes between turned back that are still known.
    """
    nothing = dict.fromkeys(journalled(entity(kind)))
    later = [other for other in every if other.id > entry.id and not other.aside]
    state = {**nothing, **(now or {})}
    for number, other in enumerate(later):
        if other.field == RESTATED and other.new is not None:
            state, later = {**nothing, **whole(kind, str(other.new))}, later[:number]
            break
    for other in reversed(later):
        if other.field not in (RECORD, RESTATED) and not other.erased:
            state[other.field] = other.old
    return state


def by_true_day(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that stand in the order of the days on which they are true; of a day, in that of the chain."""
    return sorted((entry for entry in entries if entry.standing), key=lambda entry: (entry.true_day, entry.id))


def entries_of(store: Store, uid: str) -> list[Entry]:
    """Return every entry of a record of the file, in the order of the chain."""
    return entries_from(row[1:] for row in store.read(entries_sql("main.", "c.row = ?"), (uid,)))


def row_of(store: Store, kind: str, uid: str) -> State:
    """Return the journalled columns of a record as the file holds them; None when it is not there."""
    names = journalled(entity(kind))
    columns = ", ".join(f'"{name}"' for name in names)
    rows = store.read(f'SELECT {columns} FROM "{kind}" WHERE uid = ?', (uid,))
    return dict(zip(names, rows[0], strict=True)) if rows else None
