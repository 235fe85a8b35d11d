"""Undo and redo, across sessions and from every front."""

from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.errors import Note, TrackerError
from tracker.services.records.said_changes import as_of_records
from tracker.storage import Acting, Store, Tx, record
from tracker.storage.journal.history import Change, of_command
from tracker.storage.journal.undo import origin, to_redo, to_undo, turn_back, undoable_command


class TurnedBack(NamedTuple):
    """What an undo or redo did: its own number, the command it turned back, and the changes it made.

    ``notes`` are what the user should know.
    """

    tx: int
    of: int
    command: str
    changes: tuple[Change, ...]
    notes: tuple[Note, ...] = ()


def undo(store: Store, by: Acting, tx: int | None = None) -> TurnedBack:
    """Turn back a command: the acting person's newest when none is named. Raises TrackerError, nothing changed."""
    if tx is None:
        tx = to_undo(store, by.person)
        if tx is None:
            raise TrackerError("There is nothing of yours to undo.", "undo.nothing")
    tx = origin(store, tx)
    command = undoable_command(store, tx)
    name = "redo" if command == "undo" else "undo"
    return _turned_back(store, by, turn_back(store, by, tx, name=name), tx, command)


def redo(store: Store, by: Acting) -> TurnedBack:
    """Do again what the acting person undid last. Raises TrackerError when there is nothing to redo."""
    tx = to_redo(store, by.person)
    if tx is None:
        raise TrackerError("There is nothing of yours to redo.")
    undoable_command(store, tx)
    return _turned_back(store, by, turn_back(store, by, tx, name="redo"), tx, "undo")


def _turned_back(store: Store, by: Acting, back: Tx, tx: int, command: str) -> TurnedBack:
    """Return what turned a command back; its notes say what is there and belongs to something that is removed."""
    changes = tuple(as_of_records(store, of_command(store, back.id)))
    lives = {
        change.uid: change.kind
        for change in changes
        if change.field == "deleted_at" or (change.field == "*" and change.new is not None)
    }
    return TurnedBack(back.id, tx, command, changes, (*_of_removed(store, by, lives), *back.notes))


def _of_removed(store: Store, by: Acting, lives: dict[str, str]) -> tuple[Note, ...]:
    """Return what is said of records, by kind, that came back or went, where it would hang in the air."""
    if not lives:
        return ()
    from tracker.services.gone_together import under_removed
    from tracker.services.records.hanging import hanging_on

    live: dict[str, Entity] = {}
    for uid, kind in lives.items():
        entry = record(store, entity(kind), uid)
        if entry is not None and not entry.deleted_at:
            live[uid] = entry
        elif entry is not None:
            groups = hanging_on(store, entity(kind), uid, day=by.today)
            live |= {part.uid: part for group in groups if group.owned for part in group.records}
    return under_removed(store, live.values())
