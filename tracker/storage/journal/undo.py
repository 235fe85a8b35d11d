"""Undoing a command: each of its changes is turned back, unless the field has been changed since."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.storage.journal.aside import turn_asides_back
from tracker.storage.journal.replaying import Entry, State, by_true_day, entries_of, replayed, row_of
from tracker.storage.rows import insert_row, link, update_row, whole
from tracker.storage.schema import RESTATED
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
            f"Change {tx} cannot be turned back: other records were tied to it since. Undo those first."
        ) from error


def _turn_back(store: Store, by: Acting, tx: int, name: str) -> Tx:
    with store.command(by, name, undoes=tx, as_at=_true_on(store, tx)) as command:
        touched: dict[tuple[str, str], bool] = {}
        for kind, uid, erased in store.read(
            "SELECT kind, row, salt IS NULL FROM change WHERE tx = ? AND field <> '=' ORDER BY id DESC", (tx,)
        ):
            if erased:
                raise TrackerError("A person whose data this change held has been erased; it cannot be undone.")
            touched[kind, uid] = True
        merged = _merged_since(store, touched)
        for kind, uid in touched:
            _turn_back_record(store, kind, uid, tx, command.id, merged)
    return command


def _turn_back_record(store: Store, kind: str, uid: str, tx: int, command: int, merged: Mapping[Raw, Raw]) -> None:
    """Turn back what one command did to one record."""
    entries = entries_of(store, uid)
    own = [entry for entry in entries if entry.tx == tx and entry.field != RESTATED]
    written = [entry for entry in own if not entry.aside]
    _check_nothing_since(store, kind, uid, written, [entry for entry in entries if entry.standing])
    standing = [entry for entry in entries if entry.standing]
    if by_true_day(standing) == standing and not any(entry.aside for entry in entries):
        changes = [FieldChange(entry.field, entry.old, entry.new) for entry in reversed(own)]
        _turn_back_row(store, kind, uid, changes, merged)
        return
    # Out of order: what is true later was written first. The row becomes what all that still stands makes of it.
    now = row_of(store, kind, uid)
    then = replayed(kind, by_true_day(entries), entries, now)
    if now is not None and then is None and standing:
        raise ChangedSince(f"{now['ref']} was changed since. Undo the other changes first.")
    _put(store, kind, uid, now, _with_merged(then, merged))
    turn_asides_back(store, command, [(kind, uid, entry) for entry in reversed(own) if entry.aside])


def _check_nothing_since(store: Store, kind: str, uid: str, own: list[Entry], standing: list[Entry]) -> None:
    """Raise ChangedSince when a later command that stands changed a field which is to be turned back."""
    fields = {entry.field for entry in own}
    for entry in standing:
        if entry.field in fields and own and entry.id > own[-1].id and not entry.aside:
            label = entity(kind).labels().get(entry.field, entry.field)
            ref = link(store, kind, uid)
            raise ChangedSince(
                f"{ref.ref if ref else uid}: {label} was changed since. Undo the later change first, or set it by hand."
            )


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
    now = row_of(store, kind, uid)
    before: Row | None = {}
    for change in changes:
        before = _stepped(kind, before, change.field, change.old)
    after: Row | None = {}
    for change in reversed(changes):
        after = _stepped(kind, after, change.field, change.new)
    _check_unchanged(kind, now, after)
    _put(store, kind, uid, now, _with_merged(before, merged))


def _with_merged(row: State, merged: Mapping[Raw, Raw]) -> State:
    """Return a row whose references go to the records that took the place of others."""
    return None if row is None else {name: merged.get(value, value) for name, value in row.items()}


def _put(store: Store, kind: str, uid: str, now: State, then: State) -> None:
    """Let a record be as it is to be: there or not, with these columns."""
    if then is None and now is not None:
        store.run(f'DELETE FROM "{kind}" WHERE uid = ?', (uid,))
    elif then is not None and now is None:
        insert_row(store, kind, {"uid": uid, **then})
    elif then is not None and now is not None:
        changed = {name: value for name, value in then.items() if name in now and now[name] != value}
        if changed:
            update_row(store, kind, uid, changed)


def _stepped(kind: str, row: Row | None, field: str, value: Raw) -> Row | None:
    """Return a row with what one change says of it; None: there is no such row."""
    if field == "*":
        return None if value is None else whole(kind, str(value))
    return None if row is None else {**row, field: value}


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
