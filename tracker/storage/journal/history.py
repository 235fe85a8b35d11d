"""Reading the journal: what happened to a record, and what each command changed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from tracker.entities import entity
from tracker.storage.journal.chain import unpack
from tracker.storage.queries import Link, python_value
from tracker.storage.store import Store

ADDED, REMOVED = "added", "taken away"
OUTSIDE = "outside the program"


class Change(NamedTuple):
    """One changed field: in which command, when (UTC), on which day, by whom, through which front, and why.

    ``field`` is ``*`` for a whole record; ``old`` and ``new`` are as Python holds them (a dict for ``*``).
    ``known`` is False where an erasure has taken the content away. ``tx`` 0: changed outside the program.
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
    old: Any
    new: Any
    known: bool


SELECT = """
SELECT c.id, c.tx, x.at >> 16, x.day, coalesce(p.display_name, x.actor), x.front, x.command, x.reason, x.undoes,
       c.kind, c.row, c.field, c.old, c.new, c.salt IS NOT NULL
FROM change c LEFT JOIN tx x ON x.id = c.tx LEFT JOIN person p ON p.uid = x.actor
"""


def _change(row: tuple[Any, ...]) -> Change:
    (number, tx, at_ms, day, who, front, command, reason, undoes, kind, uid, field, old, new, known) = row
    return Change(
        number,
        tx or 0,
        datetime.fromtimestamp(at_ms / 1000, UTC) if at_ms is not None else None,
        date.fromisoformat(day) if day else None,
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
    )


def _value(kind: str, field: str, raw: Any) -> Any:
    if raw is None:
        return None
    fields = entity(kind).fields()
    if field == "*":
        return {n: python_value(fields[n], v) if n in fields else v for n, v in unpack(raw).items()}
    return python_value(fields[field], raw) if field in fields else raw


def of_record(store: Store, uid: str) -> list[Change]:
    """Return every change of a record, the oldest first."""
    return [_change(row) for row in store.read(f"{SELECT} WHERE c.row = ? ORDER BY c.id", (uid,))]


def added_for(store: Store, kind: str, link: str, uid: str) -> list[Change]:
    """Return the additions of the records of a kind that point at a record, removed ones included."""
    return [
        _change(row)
        for row in store.read(
            f"{SELECT} WHERE c.field = '*' AND c.old IS NULL AND c.row IN "
            f'(SELECT uid FROM "{kind}" WHERE "{link}" = ?) ORDER BY c.id',
            (uid,),
        )
    ]


def of_field(store: Store, kind: str, *fields: str) -> list[Change]:
    """Return every change of some fields of all records of a kind, the oldest first; additions are not among them."""
    marks = ",".join("?" * len(fields))
    return [
        _change(row)
        for row in store.read(f"{SELECT} WHERE c.kind = ? AND c.field IN ({marks}) ORDER BY c.id", (kind, *fields))
    ]


def of_command(store: Store, tx: int) -> list[Change]:
    """Return what one command changed."""
    return [_change(row) for row in store.read(f"{SELECT} WHERE c.tx = ? ORDER BY c.id", (tx,))]


def after(store: Store, tx: int) -> list[Change]:
    """Return every change that later commands made, the oldest first."""
    return [_change(row) for row in store.read(f"{SELECT} WHERE c.tx > ? ORDER BY c.id", (tx,))]


def standing(changes: list[Change]) -> list[Change]:
    """Return the changes, given the oldest first, that no undo has turned back; undos and redos are left out."""
    origin: dict[int, int] = {}  # the command that a chain of undos and redos is about
    turned_back: set[int] = set()
    for change in changes:
        if change.undoes is None or change.tx in origin:
            continue
        origin[change.tx] = origin.get(change.undoes, change.undoes)
        turned_back ^= {origin[change.tx]}
    return [change for change in changes if change.undoes is None and change.tx not in turned_back]


def moves(store: Store, kind: str, field: str) -> dict[str, int]:
    """Return how many times the field was moved away from a value, by uid; what was undone does not count."""
    found: dict[str, int] = {}
    for change in standing(of_field(store, kind, field)):
        if change.old is not None:
            found[change.uid] = found.get(change.uid, 0) + 1
    return found


def last_days(store: Store, fields: Mapping[str, Sequence[str]]) -> dict[str, date]:
    """Return the day on which each record was added or one of its fields changed last, by uid.

    ``fields`` gives the kinds that are asked for, each with the fields whose change counts.
    """
    wanted = {f"{kind}.{name}" for kind, names in fields.items() for name in ("*", *names)}
    days = dict(store.read("SELECT id, day FROM tx"))
    newest: dict[str, int] = {}
    # One look at the whole journal: to group or to join it in SQL takes several times as long.
    for uid, tx, what in store.read("SELECT row, tx, kind || '.' || field FROM change WHERE tx IS NOT NULL"):
        if what in wanted and tx > newest.get(uid, 0):
            newest[uid] = tx
    return {uid: date.fromisoformat(days[tx]) for uid, tx in newest.items() if tx in days}


def newest_of_fields(store: Store, uid: str, fields: list[str]) -> dict[str, Change]:
    """Return the newest change of each of some fields of a record."""
    marks = ",".join("?" * len(fields))
    rows = store.read(
        f"{SELECT} WHERE c.id IN (SELECT max(id) FROM change WHERE row = ? AND field IN ({marks}) GROUP BY field)",
        (uid, *fields),
    )
    return {change.field: change for change in map(_change, rows)}


class Command(NamedTuple):
    """A command of the journal: its number, when, who, what, why, and whether an undo stands."""

    tx: int
    at: datetime
    who: str
    actor: str
    front: str
    command: str
    reason: str | None
    undoes: int | None
    undone_by: int | None
    touched: tuple[Link, ...]


def commands(store: Store, *, limit: int = 20, actor: str | None = None) -> list[Command]:
    """Return the newest commands, the newest first, with the records they touched."""
    where, values = ("WHERE x.actor = ?", [actor]) if actor else ("", [])
    rows = store.read(
        f"SELECT x.id, x.at >> 16, coalesce(p.display_name, x.actor), x.actor, x.front, x.command, x.reason, x.undoes, "
        f"(SELECT max(u.id) FROM tx u WHERE u.undoes = x.id "
        f"AND NOT EXISTS (SELECT 1 FROM tx r WHERE r.undoes = u.id)), "
        f"(SELECT group_concat(DISTINCT c.kind || ' ' || c.row) FROM change c WHERE c.tx = x.id) "
        f"FROM tx x LEFT JOIN person p ON p.uid = x.actor {where} ORDER BY x.id DESC LIMIT ?",
        (*values, limit),
    )
    names = _names(store, [row[9] for row in rows])
    return [
        Command._make((number, datetime.fromtimestamp(at / 1000, UTC), *rest, names.get(touched, ())))
        for number, at, *rest, touched in rows
    ]


def _names(store: Store, groups: list[str | None]) -> dict[str | None, tuple[Link, ...]]:
    wanted: dict[str, set[str]] = {}
    for group in groups:
        for pair in (group or "").split(","):
            if pair:
                kind, uid = pair.split(" ")
                wanted.setdefault(kind, set()).add(uid)
    found: dict[str, Link] = {}
    for kind, uids in wanted.items():
        name = entity(kind).name_field
        shown = f'"{name}"' if not entity(kind).fields()[name].target else "''"
        marks = ",".join("?" * len(uids))
        for row in store.read(
            f"SELECT uid, ref, coalesce({shown}, '') FROM \"{kind}\" WHERE uid IN ({marks})", tuple(uids)
        ):
            found[row[0]] = Link(*row)
    return {
        group: tuple(found[pair.split(" ")[1]] for pair in (group or "").split(",") if pair.split(" ")[-1] in found)
        for group in groups
    }


def last_tx(store: Store) -> int:
    """Return the number of the newest command; 0 in an empty file."""
    return int(store.read("SELECT coalesce(max(id), 0) FROM tx")[0][0])


def last_tx_on(store: Store, day: date) -> int:
    """Return the number of the newest command that was given on or before a day."""
    rows = store.read("SELECT coalesce(max(id), 0) FROM tx WHERE day <= ?", (day.isoformat(),))
    return int(rows[0][0])


def first_day(store: Store) -> date | None:
    """Return the day of the first command; None in an empty file."""
    rows = store.read("SELECT day FROM tx ORDER BY id LIMIT 1")
    return date.fromisoformat(rows[0][0]) if rows else None


def head(store: Store) -> str:
    """Return the hash of the newest command: printed on paper, it fixes everything before it."""
    rows = store.read("SELECT hash FROM tx WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1")
    return rows[0][0].hex() if rows else ""
