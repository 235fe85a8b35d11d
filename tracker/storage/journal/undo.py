"""Undoing a command: each of its changes is turned back, unless the field has been changed since."""

import sqlite3
from typing import Any

from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.storage.rows import whole
from tracker.storage.schema import journalled
from tracker.storage.store import Acting, Store, Tx


class ChangedSince(TrackerError):
    """A later change stands on what was to be undone."""


def to_undo(store: Store, actor: str) -> int | None:
    """Return a person's newest command that an undo would turn back: not an undo, and not undone already."""
    rows = store.read(
        "SELECT x.id FROM tx x WHERE x.actor = ? AND x.command NOT IN ('undo', 'redo', 'erase', 'init', 'join') "
        "AND NOT EXISTS (SELECT 1 FROM tx u WHERE u.undoes = x.id AND u.command = 'undo' "
        "AND NOT EXISTS (SELECT 1 FROM tx r WHERE r.undoes = u.id)) ORDER BY x.id DESC LIMIT 1",
        (actor,),
    )
    return int(rows[0][0]) if rows else None


def to_redo(store: Store, actor: str) -> int | None:
    """Return a person's newest undo that was not redone, if nothing but undos and redos came after it from them."""
    rows = store.read(
        "SELECT u.id FROM tx u WHERE u.actor = ? AND u.command = 'undo' "
        "AND NOT EXISTS (SELECT 1 FROM tx r WHERE r.undoes = u.id) "
        "AND NOT EXISTS (SELECT 1 FROM tx n WHERE n.actor = u.actor AND n.id > u.id "
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


def standing(store: Store, tx: int) -> str:
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
    with store.command(by, name, undoes=tx) as written:
        rows: dict[tuple[str, str], list[tuple[str, Any, Any]]] = {}
        for kind, uid, field, old, new, known in store.read(
            "SELECT kind, row, field, old, new, salt IS NOT NULL FROM change WHERE tx = ? ORDER BY id DESC", (tx,)
        ):
            if not known:
                raise TrackerError("A person whose data this change held has been erased; it cannot be undone.")
            rows.setdefault((kind, uid), []).append((field, old, new))
        for (kind, uid), changes in rows.items():
            _turn_back_row(store, kind, uid, changes)
    return written


def _turn_back_row(store: Store, kind: str, uid: str, changes: list[tuple[str, Any, Any]]) -> None:
    """Turn back what one command did to one record; ``changes`` are (field, old, new), the newest first.

    All fields go back in one statement: rules between fields hold before and after, not half-way.
    """
    fields = journalled(entity(kind))
    now = _row(store, kind, uid, fields)
    after: dict[str, Any] | None = {} if changes[0][0] != "*" or changes[0][2] is not None else None
    before: dict[str, Any] | None = {}
    for field, old, _ in changes:
        if field == "*":
            before = whole(kind, old) if old is not None else None
        elif before is not None:
            before[field] = old
    for field, _, new in reversed(changes):
        if field == "*":
            after = whole(kind, new) if new is not None else None
        elif after is not None:
            after[field] = new
    _hold(kind, now, after)
    if before is None:
        store.run(f'DELETE FROM "{kind}" WHERE uid = ?', (uid,))
    elif now is None:
        values = {"uid": uid, **before}
        columns = ", ".join(f'"{name}"' for name in values)
        store.run(f'INSERT INTO "{kind}"({columns}) VALUES ({", ".join("?" * len(values))})', list(values.values()))
    else:
        columns = ", ".join(f'"{name}" = ?' for name in before)
        store.run(f'UPDATE "{kind}" SET {columns} WHERE uid = ?', (*before.values(), uid))


def _row(store: Store, kind: str, uid: str, fields: list[str]) -> dict[str, Any] | None:
    columns = ", ".join(f'"{name}"' for name in fields)
    rows = store.read(f'SELECT {columns} FROM "{kind}" WHERE uid = ?', (uid,))
    return dict(zip(fields, rows[0], strict=True)) if rows else None


def _hold(kind: str, now: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    """Raise ChangedSince unless the record still is as the command left it."""
    which = entity(kind)
    if (now is None) != (after is None):
        raise ChangedSince(f"The {which.noun} was added or taken away since. Undo the later change first.")
    added = after is not None and "ref" in after  # the command added the record: every field counts
    for name in now or {} if added else after or {}:
        if now is not None and name in now and now[name] != (after or {}).get(name):
            shown = which.fields()[name].label if name in which.fields() else name
            raise ChangedSince(
                f"{now['ref']}: {shown} was changed since. Undo the later change first, or set it by hand."
            )
