"""Undoing a command: each of its changes is turned back, unless the field has been changed since."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.storage.rows import insert_row, update_row, whole
from tracker.storage.schema import journalled
from tracker.storage.store import Acting, Raw, Store, Tx

Row = dict[str, Raw]  # the journalled columns of a record


class FieldChange(NamedTuple):
    """One changed field (``*``: the whole record, packed) as the file holds it."""

    field: str
    old: Raw
    new: Raw


class ChangedSince(TrackerError):
    """A later change stands on what was to be undone."""


# The uids of all records of the acting person, whose change is “mine” whichever record they had then.
SAME_PERSON = "SELECT ?1 UNION SELECT uid FROM person WHERE alias_of = ?1"


def to_undo(store: Store, actor: str) -> int | None:
    """Return a person's newest command that an undo would turn back: not an undo, and not undone already."""
    rows = store.read(
        f"SELECT x.id FROM tx x WHERE x.actor IN ({SAME_PERSON}) "
        "AND x.command NOT IN ('undo', 'redo', 'erase', 'init', 'join') "
        "AND NOT EXISTS (SELECT 1 FROM tx u WHERE u.undoes = x.id AND u.command = 'undo' "
        "AND NOT EXISTS (SELECT 1 FROM tx r WHERE r.undoes = u.id)) ORDER BY x.id DESC LIMIT 1",
        (actor,),
    )
    return int(rows[0][0]) if rows else None


def to_redo(store: Store, actor: str) -> int | None:
    """Return a person's newest undo that was not redone, if nothing but undos and redos came after it from them."""
    rows = store.read(
        f"SELECT u.id FROM tx u WHERE u.actor IN ({SAME_PERSON}) AND u.command = 'undo' "
        "AND NOT EXISTS (SELECT 1 FROM tx r WHERE r.undoes = u.id) "
        f"AND NOT EXISTS (SELECT 1 FROM tx n WHERE n.actor IN ({SAME_PERSON}) AND n.id > u.id "
        "AND n.command NOT IN ('undo', 'redo')) ORDER BY u.id DESC LIMIT 1",
        (actor,),
    )
    return int(rows[0][0]) if rows else None


def origin(store: Store, tx: int) -> int:
    """Return the command that a redo did again, so that undoing the redo undoes it; any other command is its own."""
    while rows := store.read(
        "SELECT u.undoes FROM tx r JOIN tx u ON u.id = r.undoes WHERE r.id = ? AND r.command = 'redo'", (tx,)
    ):
        tx = int(rows[0][0])
    return tx


def undoable_command(store: Store, tx: int) -> str:
    """Return the name of a command. Raises TrackerError when it does not exist or cannot be undone (again)."""
    rows = store.read(
        "SELECT command, (SELECT max(u.id) FROM tx u WHERE u.undoes = x.id AND NOT EXISTS "
        "(SELECT 1 FROM tx r WHERE r.undoes = u.id)) FROM tx x WHERE x.id = ?",
        (tx,),
    )
    if not rows:
        raise TrackerError(f"There is no change {tx}.", "undo.unknown")
    command, undone_by = rows[0]
    if command in ("erase", "init"):
        raise TrackerError(f"Change {tx} ({command}) cannot be undone.")
    if undone_by:
        raise TrackerError(f"Change {tx} was undone already, by change {undone_by}.")
    return str(command)


def turn_back(store: Store, by: Acting, tx: int, *, name: str) -> Tx:
    """Turn back what a command changed, as a command of its own called ``undo`` or ``redo``.

    Raises ChangedSince, with nothing changed, when a field was changed by a later command.
    """
    try:
        return _turn_back(store, by, tx, name)
    except sqlite3.IntegrityError as error:
        raise ChangedSince(
            f"Change {tx} cannot be turned back: other records were tied to it since ({error}). Undo those first."
        ) from error


def _turn_back(store: Store, by: Acting, tx: int, name: str) -> Tx:
    with store.command(by, name, undoes=tx, as_at=_true_on(store, tx)) as command:
        rows: dict[tuple[str, str], list[FieldChange]] = {}
        for kind, uid, erased, *change in store.read(
            "SELECT kind, row, salt IS NULL, field, old, new FROM change WHERE tx = ? AND field <> '=' "
            "AND aside IS NULL ORDER BY id DESC",
            (tx,),
        ):
            if erased:
                raise TrackerError("A person whose data this change held has been erased; it cannot be undone.")
            rows.setdefault((kind, uid), []).append(FieldChange._make(change))
        merged = _merged_since(store, rows)
        for (kind, uid), changes in rows.items():
            _turn_back_row(store, kind, uid, changes, merged)
    return command


def _true_on(store: Store, tx: int) -> date:
    """Return the day on which a command's content is true: from that day on it is known to be otherwise."""
    return date.fromisoformat(store.read("SELECT coalesce(as_at, recorded) FROM tx WHERE id = ?", (tx,))[0][0])


def _merged_since(store: Store, rows: Iterable[tuple[str, str]]) -> dict[Raw, Raw]:
    """Return whose place another record took, and which: references go to that, but where a merge is turned back."""
    aliases = store.read("SELECT uid, alias_of FROM person WHERE alias_of IS NOT NULL")
    turned = {uid for kind, uid in rows if kind == "person"}
    return {uid: person for uid, person in aliases if uid not in turned}


def _turn_back_row(store: Store, kind: str, uid: str, changes: list[FieldChange], merged: Mapping[Raw, Raw]) -> None:
    """Turn back what one command did to one record; ``changes`` are given the newest first.

    All fields go back in one statement: rules between fields hold before and after, not half-way. References to
    people whose records were merged since go to those that took their place.
    """
    now = _row(store, kind, uid)
    before: Row | None = {}
    for change in changes:
        before = _stepped(kind, before, change.field, change.old)
    after: Row | None = {}
    for change in reversed(changes):
        after = _stepped(kind, after, change.field, change.new)
    _check_unchanged(kind, now, after)
    if before is not None:
        before = {name: merged.get(value, value) for name, value in before.items()}
    if before is None:
        store.run(f'DELETE FROM "{kind}" WHERE uid = ?', (uid,))
    elif now is None:
        insert_row(store, kind, {"uid": uid, **before})
    else:
        update_row(store, kind, uid, before)


def _stepped(kind: str, row: Row | None, field: str, value: Raw) -> Row | None:
    """Return a row with what one change says of it; None: there is no such row."""
    if field == "*":
        return None if value is None else whole(kind, str(value))
    return None if row is None else {**row, field: value}


def _row(store: Store, kind: str, uid: str) -> Row | None:
    names = journalled(entity(kind))
    columns = ", ".join(f'"{name}"' for name in names)
    rows = store.read(f'SELECT {columns} FROM "{kind}" WHERE uid = ?', (uid,))
    return dict(zip(names, rows[0], strict=True)) if rows else None


def _check_unchanged(kind: str, now: Row | None, after: Row | None) -> None:
    """Raise ChangedSince unless the record still is as the command left it: ``after``."""
    register = entity(kind)
    if now is None or after is None:
        if now is after:
            return
        raise ChangedSince(f"The {register.noun} was added or taken away since. Undo the later change first.")
    # Of a record that the command added every field counts, of another one those that the command changed.
    for name in now if "ref" in after else after:
        if name in now and now[name] != after.get(name):
            label = register.labels().get(name, name)
            raise ChangedSince(
                f"{now['ref']}: {label} was changed since. Undo the later change first, or set it by hand."
            )
