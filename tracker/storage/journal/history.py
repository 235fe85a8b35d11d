"""Reading the journal: what happened to a record, and what each command changed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from tracker.entities import entity, is_tied
from tracker.fields import Value
from tracker.ratings import Rated
from tracker.storage.columns.sql import Link, python_value
from tracker.storage.journal.chain import unpack
from tracker.storage.queries import link_columns, marks
from tracker.storage.store import Raw, Store

ADDED = "added"
REMOVED = "taken away"
OUTSIDE = "outside the program"
Recorded = Value | dict[str, Value]  # of a field, or of a whole record


class Change(NamedTuple):
    """One changed field: in which command, when (UTC), on which day, by whom, through which front, and why.

    ``field`` is ``*`` for a whole record; ``old`` and ``new`` are as Python holds them (a dict for ``*``).
    ``known`` is False where an erasure has taken the content away. ``tx`` 0: changed outside the program.
    ``true_day`` is the day on which it is true where that is not the day recorded; ``aside``: something that is true
    later stands, and the record was left as it is.
    """

    id: int
    tx: int
    at: datetime | None
    day: date | None
    who: str
    front: str
    command: str
    reason: str | None
    undoes: int | None
    kind: str
    uid: str
    field: str
    old: Recorded
    new: Recorded
    known: bool
    true_day: date | None = None
    aside: bool = False

    @property
    def values(self) -> dict[str, Value]:
        """The values of a whole record that came or went; none for a change of one field."""
        full = self.new or self.old
        return full if isinstance(full, dict) else {}


SELECT = """
SELECT c.id, c.tx, x.at >> 16, x.day, coalesce(p.display_name, x.actor), x.front, x.command, x.reason, x.undoes,
       c.kind, c.row, c.field, c.old, c.new, c.salt IS NOT NULL,
       iif(x.jumped, NULL, x.as_at), c.aside IS NOT NULL
FROM change c LEFT JOIN tx x ON x.id = c.tx LEFT JOIN person t ON t.uid = x.actor
LEFT JOIN person p ON p.uid = coalesce(t.alias_of, t.uid)
"""


def _changes(store: Store, condition: str, values: Sequence[Raw], *, asides: bool = False) -> list[Change]:
    """Return the changes that a condition in SQL allows, the oldest first; the journal is called ``c`` in it."""
    shown = "c.field <> '='"
    if not asides:
        shown += " AND c.aside IS NULL"
    changes = [_change(*row) for row in store.read(f"{SELECT} WHERE {shown} AND ({condition}) ORDER BY c.id", values)]
    return [_with_share(store, change) for change in changes]


def _change(number: int, tx: int | None, at_ms: int | None, day: str | None, *columns: Any) -> Change:
    who, front, command, reason, undoes, kind, uid, field, old, new, known, true_day, aside = columns
    return Change(
        number,
        tx or 0,
        None if at_ms is None else datetime.fromtimestamp(at_ms / 1000, UTC),
        None if day is None else date.fromisoformat(day),
        who or OUTSIDE,
        front or OUTSIDE,
        command or "",
        reason,
        undoes,
        kind,
        uid,
        field,
        _value(kind, field, old),
        _value(kind, field, new),
        bool(known),
        None if true_day is None else date.fromisoformat(true_day),
        bool(aside),
    )


def _value(kind: str, field: str, raw: str | int | float | None) -> Any:
    """Return a value as Python holds it; of a whole record all its values, by their names."""
    fields = entity(kind).fields()
    if field == "*" and raw is not None:
        values = {name: _value(kind, name, value) for name, value in unpack(str(raw)).items()}
        rated = {name: fields[name].scale for name, value in values.items() if value and name in fields}
        values |= {name: Rated(values[name], values.get(scale) or "") for name, scale in rated.items() if scale}
        shares = {name: fields[name].share_where for name in values if name in fields}
        return values | {name: where.read(values[name], values) for name, where in shares.items() if where}
    return python_value(fields[field], raw) if field in fields else raw


# What a field held before a command: the next change of it tells; where it never changed again, the record.
_HELD = """
SELECT coalesce((SELECT old FROM change WHERE row = ?1 AND field = '{0}' AND aside IS NULL AND tx >= ?2 ORDER BY id
  LIMIT 1), (SELECT "{0}" FROM "{1}" WHERE uid = ?1))
"""


def _with_share(store: Store, change: Change) -> Change:
    """Return a change of one field with its numbers as shares, where they are such in the record as it was then."""
    field = entity(change.kind).fields().get(change.field)
    where = field.share_where if field else None
    if where is None or isinstance(change.old, dict) or isinstance(change.new, dict):
        return change
    sql = _HELD.format(where.field, change.kind)
    before, after = ({where.field: store.read(sql, (change.uid, tx))[0][0]} for tx in (change.tx, change.tx + 1))
    return change._replace(old=where.read(change.old, before), new=where.read(change.new, after))


def of_record(store: Store, uid: str, *, asides: bool = False) -> list[Change]:
    """Return every change of a record, the oldest first; with ``asides`` also what was put beside."""
    return _changes(store, "c.row = ?", (uid,), asides=asides)


def added_for(store: Store, kind: str, link: str, uid: str) -> list[Change]:
    """Return the additions of the records of a kind that point at a record, removed ones included."""
    linked = f'SELECT uid FROM "{kind}" WHERE "{link}" = ?'
    return _changes(store, f"c.field = '*' AND c.old IS NULL AND c.row IN ({linked})", (uid,))


def of_field(store: Store, kind: str, *fields: str) -> list[Change]:
    """Return every change of some fields of all records of a kind, the oldest first; additions are not among them."""
    return _changes(store, f"c.kind = ? AND c.field IN ({marks(fields)})", (kind, *fields))


def fields_of(store: Store, uid: str, *fields: str) -> list[Change]:
    """Return every change of some fields of one record, the oldest first; its addition is not among them."""
    return _changes(store, f"c.row = ? AND c.field IN ({marks(fields)})", (uid, *fields))


def of_command(store: Store, tx: int, *, asides: bool = False) -> list[Change]:
    """Return what one command changed; with ``asides`` also what it put beside."""
    return _changes(store, "c.tx = ?", (tx,), asides=asides)


def after(store: Store, day: date) -> list[Change]:
    """Return every change that commands made which count from a later day than this, the oldest first."""
    return _changes(store, "c.tx IN (SELECT id FROM tx WHERE recorded > ?)", (day.isoformat(),))


def up_to(store: Store, day: date, kinds: Sequence[str]) -> list[Change]:
    """Return every change of the records of some kinds by commands that count on a day, the oldest first."""
    counted = "SELECT id FROM tx WHERE recorded <= ?"
    return _changes(store, f"c.kind IN ({marks(kinds)}) AND c.tx IN ({counted})", (*kinds, day.isoformat()))


def as_recorded(store: Store) -> list[tuple[Raw, ...]]:
    """Return every change as the journal holds it, the oldest first.

    Each has the number of its command, when (UTC), on which day, by whom, through what, the command, why, which one it
    undoes, the day on which it is true, the register, the uid, the field (``*``: a whole record), the old and the new
    value, and 1 where an erasure took these away.
    """
    at = "strftime('%Y-%m-%dT%H:%M:%fZ', (x.at >> 16) / 1000.0, 'unixepoch')"
    columns = f"c.tx, {at}, x.day, coalesce(p.display_name, x.actor), x.front, x.command, x.reason, x.undoes, x.as_at"
    origin = SELECT.partition("FROM")[2]
    select = f"SELECT {columns}, c.kind, c.row, c.field, c.old, c.new, iif(c.salt IS NULL, 1, NULL)"
    return store.read(f"{select} FROM {origin} ORDER BY c.id")


def effective_changes(changes: list[Change]) -> list[Change]:
    """Return the changes, given the oldest first, that no undo has turned back; undos and redos are left out."""
    origin: dict[int, int] = {}  # the command that a chain of undos and redos is about
    turned_back: set[int] = set()
    for change in changes:
        if change.undoes is None or change.tx in origin:
            continue
        origin[change.tx] = origin.get(change.undoes, change.undoes)
        turned_back ^= {origin[change.tx]}
    return [change for change in changes if change.undoes is None and change.tx not in turned_back]


def newest_of_fields(store: Store, uid: str, fields: list[str]) -> dict[str, Change]:
    """Return the newest change of each of some fields of a record."""
    newest = f"SELECT max(id) FROM change WHERE row = ? AND aside IS NULL AND field IN ({marks(fields)}) GROUP BY field"
    return {change.field: change for change in _changes(store, f"c.id IN ({newest})", (uid, *fields))}


class Command(NamedTuple):
    """A command of the journal: its number, when, who, what, why, whether an undo stands, and its code."""

    tx: int
    at: datetime
    who: str
    actor: str
    front: str
    command: str
    reason: str | None
    undoes: int | None
    undone_by: int | None
    code: str
    touched: tuple[Link, ...]


# The records that a command touched come as kinds and uids: “risk 0199…,risk 0199…”.
COMMANDS = """
SELECT x.id, x.at >> 16, coalesce(p.display_name, x.actor), x.actor, x.front, x.command, x.reason, x.undoes,
       (SELECT max(u.id) FROM tx u WHERE u.undoes = x.id AND NOT EXISTS (SELECT 1 FROM tx r WHERE r.undoes = u.id)),
       lower(hex(substr(x.hash, 1, 8))),
       (SELECT group_concat(DISTINCT c.kind || ' ' || c.row) FROM change c WHERE c.tx = x.id)
FROM tx x LEFT JOIN person t ON t.uid = x.actor LEFT JOIN person p ON p.uid = coalesce(t.alias_of, t.uid)
WHERE {condition} ORDER BY x.id DESC LIMIT ?
"""


def commands(store: Store, *, limit: int = 20, condition: str = "1", values: Sequence[Raw] = ()) -> list[Command]:
    """Return the newest commands, the newest first, with the records they touched.

    A condition in SQL calls a command ``x`` and who gave it ``t``; its values follow.
    """
    rows = store.read(COMMANDS.format(condition=condition), (*values, limit))
    touched = [[tuple(pair.split(" ")) for pair in row[-1].split(",")] if row[-1] else [] for row in rows]
    owners = _owners(store, {pair for pairs in touched for pair in pairs})
    touched = [list(dict.fromkeys(owners.get(pair, pair) for pair in pairs)) for pairs in touched]
    links = _links(store, {pair for pairs in touched for pair in pairs})
    commands = []
    for (tx, at_ms, *columns, _), pairs in zip(rows, touched, strict=True):
        records = tuple(links[uid] for _, uid in pairs if uid in links)
        commands.append(Command._make((tx, datetime.fromtimestamp(at_ms / 1000, UTC), *columns, records)))
    return commands


def _owners(store: Store, records: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return, for what is tied to a record of whichever register, that record; each as kind and uid."""
    owners: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind, uid in records:
        if is_tied(kind):
            for about_kind, about in store.read(f'SELECT about_kind, about FROM "{kind}" WHERE uid = ?', (uid,)):
                owners[kind, uid] = (about_kind, about)
    return owners


def _links(store: Store, records: Iterable[tuple[str, ...]]) -> dict[str, Link]:
    """Return ref and name by uid of some records, each given as kind and uid."""
    uids: dict[str, list[str]] = {}
    for kind, uid in records:
        uids.setdefault(kind, []).append(uid)
    links: dict[str, Link] = {}
    for kind, of_kind in uids.items():
        sql = f'SELECT {link_columns(kind)} FROM "{kind}" t WHERE t.uid IN ({marks(of_kind)})'
        links |= {row[0]: Link(*row) for row in store.read(sql, of_kind)}
    return links


def last_tx(store: Store) -> int:
    """Return the number of the newest command; 0 in an empty file."""
    return int(store.read("SELECT coalesce(max(id), 0) FROM tx")[0][0])


def commands_after(store: Store, person: str, day: date) -> int:
    """Return how many commands of a person (a uid) were recorded after a day."""
    theirs = "actor IN (SELECT ?1 UNION SELECT uid FROM person WHERE alias_of = ?1)"
    sql = f"SELECT count(*) FROM tx WHERE {theirs} AND recorded > ?2 AND hash IS NOT NULL"
    return int(store.read(sql, (person, day.isoformat()))[0][0])


def first_day(store: Store) -> date | None:
    """Return the day of the first command; None in an empty file."""
    rows = store.read("SELECT day FROM tx ORDER BY id LIMIT 1")
    return date.fromisoformat(rows[0][0]) if rows else None


def head(store: Store) -> str:
    """Return the hash of the newest command: printed on paper, it fixes everything before it."""
    rows = store.read("SELECT hash FROM tx WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1")
    return rows[0][0].hex() if rows else ""


def said_about(store: Store, uid: str) -> list[Change]:
    """Return every change of what is said of the fields of a record, the oldest first; the undone are among them.

    What an undo took away is not in its table any more: the journal says what went, in an index of its own.
    """
    gone = "SELECT row FROM change WHERE kind = 'field_state' AND field = '*' AND new IS NULL AND old IS NOT NULL"
    of_table = 'SELECT uid FROM "field_state" WHERE about = ?1'
    changes = _changes(store, f"c.row IN ({gone} UNION {of_table})", (uid,))
    about: dict[str, object] = {}
    for change in changes:
        about.setdefault(change.uid, change.values.get("about", uid))
    return [change for change in changes if about[change.uid] == uid]


def tied_to(store: Store, uid: str) -> list[Change]:
    """Return every change of the notes on a record and of its identifiers elsewhere, the oldest first."""
    tied = 'SELECT uid FROM "note" WHERE about = ?1 UNION SELECT uid FROM "identifier" WHERE about = ?1'
    return _changes(store, f"c.row IN ({tied})", (uid,))
