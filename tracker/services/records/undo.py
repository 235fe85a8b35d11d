"""Undo and redo, across sessions and from every front."""

from typing import NamedTuple

from tracker.errors import Note, TrackerError
from tracker.services.records.said_changes import as_of_records
from tracker.storage import Acting, Store
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
    back = turn_back(store, by, tx, name=name)
    return TurnedBack(back.id, tx, command, tuple(as_of_records(store, of_command(store, back.id))), back.notes)


def redo(store: Store, by: Acting) -> TurnedBack:
    """Do again what the acting person undid last. Raises TrackerError when there is nothing to redo."""
    tx = to_redo(store, by.person)
    if tx is None:
        raise TrackerError("There is nothing of yours to redo.")
    undoable_command(store, tx)
    back = turn_back(store, by, tx, name="redo")
    return TurnedBack(back.id, tx, "undo", tuple(as_of_records(store, of_command(store, back.id))), back.notes)
