"""Writing what was true on an earlier day: a value that is true later stands, and the earlier one is put beside it.

An entry beside (``aside``) is in the journal and in its chain, but leaves the record's row as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.fields import Field
from tracker.storage.columns.sql import python_value
from tracker.storage.journal.replaying import Entry, State, by_true_day, entries_of, replayed, row_of
from tracker.storage.rows import update_row
from tracker.storage.schema import RECORD, RESTATED, journalled
from tracker.storage.store import Raw, Store


class OnDay(NamedTuple):
    """A record as it is now known of a day: its columns, and which fields something changes that is true later.

    ``there``: it was there on that day; otherwise the columns are those with which it came later. ``replaced`` is the
    command by field whose value another one replaces.
    """

    columns: dict[str, Raw]
    later: frozenset[str]
    there: bool
    replaced: dict[str, int]


def on_day(store: Store, kind: str, uid: str, day: date) -> OnDay:
    """Return a record of the file as it is now known of a day. Raises KeyError when its journal is empty."""
    entries = entries_of(store, uid)
    ordered = by_true_day(entries)
    now = row_of(store, kind, uid)
    then = [entry for entry in ordered if entry.true_day <= day.isoformat()]
    state = replayed(kind, then, entries, now)
    later: set[str] = set()
    for entry in ordered[len(then) :]:
        if not entry.aside:
            later |= _said_by(kind, entry)
    replaced: dict[str, int] = {}
    for entry in then:
        replaced |= dict.fromkeys(_said_by(kind, entry), entry.tx or 0)
    if state is not None:
        return OnDay(state, frozenset(later), True, replaced)
    first = next((number for number, entry in enumerate(ordered) if entry.adds), 0)
    came = replayed(kind, ordered[first : first + 1], entries, now)
    return OnDay(came or now or {}, frozenset(later), False, {})


def _said_by(kind: str, entry: Entry) -> set[str]:
    """Return the columns that an entry says something of; a whole record says all."""
    if entry.field == RECORD:
        return set(journalled(entity(kind)))
    return {entry.field} - {RESTATED}


def write_on_day(store: Store, tx: int, kind: str, uid: str, then: OnDay, changed: Mapping[str, Raw]) -> None:
    """Write what changed on an earlier day inside a command: to the row, and beside where something later stands."""
    if not then.there:
        full = packed_values(store, {**then.columns, **changed})
        _write_aside(store, tx, kind, uid, RECORD, None, full, None)
        return
    row = {name: value for name, value in changed.items() if name not in then.later}
    if row:
        update_row(store, kind, uid, row)
    for name, value in changed.items():
        if name in then.later:
            _write_aside(store, tx, kind, uid, name, then.columns.get(name), value, then.replaced.get(name))


def turn_asides_back(store: Store, tx: int, asides: Iterable[tuple[str, str, Entry]]) -> None:
    """Put beside what turns entries back that were put beside; each is given with its kind and uid."""
    for kind, uid, entry in asides:
        _write_aside(store, tx, kind, uid, entry.field, entry.new, entry.old, entry.tx)


def packed_values(store: Store, columns: dict[str, Raw]) -> str:
    """Return a whole record as the triggers pack one."""
    pairs = ", ".join(["(?, ?)"] * len(columns))
    values = [part for pair in columns.items() for part in pair]
    sql = (
        "SELECT group_concat(f || '=' || quote(v) || char(10), '') "
        f"FROM (SELECT '' AS f, NULL AS v UNION ALL VALUES {pairs}) WHERE v IS NOT NULL"
    )
    return str(store.read(sql, values)[0][0])


def _write_aside(store: Store, tx: int, kind: str, uid: str, field: str, old: Raw, new: Raw, base: int | None) -> None:
    store.run(
        "INSERT INTO change(tx, kind, row, field, old, new, base, aside, salt) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 1, randomblob(16))",
        (tx, kind, uid, field, old, new, base),
    )


def carried_on(store: Store, register: type[Entity], uid: str, day: date) -> dict[str, object]:
    """Return the fields of a record that are read from another register, as they were on a day."""
    return {
        field.name: python_value(field, _carried(store, field, uid, day))
        for field in register.fields().values()
        if field.carried
    }


def _carried(store: Store, field: Field, uid: str, day: date) -> Raw:
    carried = field.carried
    assert carried is not None
    only = "".join(f' AND c."{name}" = ?' for name, _ in carried.where)
    rows: Sequence[Sequence[Raw]] = store.read(
        f'SELECT c."{carried.source}" FROM "{carried.kind}" c WHERE c."{carried.link}" = ? AND c.deleted_at IS NULL '
        f'AND c."{carried.on}" <= ?{only} ORDER BY c."{carried.on}" DESC, c.id DESC LIMIT 1',
        (uid, day.isoformat(), *(value for _, value in carried.where)),
    )
    return rows[0][0] if rows else None


def typed(register: type[Entity], columns: State) -> dict[str, object]:
    """Return the stored fields among some columns as Python holds them."""
    return {field.name: python_value(field, (columns or {}).get(field.name)) for field in register.stored()}
