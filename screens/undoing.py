"""Undo and redo from the screens, and what a toast says of them."""

from screens.messages import Done
from screens.work import Programme
from tracker.services.records.undo import redo, undo
from tracker.services.records.undo_words import said


def undo_last(programme: Programme) -> Done:
    """Turn back what the person did last; for a worker thread. Raises TrackerError."""
    store = programme.store()
    turned = undo(store, programme.acting())
    return Done(f"Undone: {said(store, turned)}. Ctrl+R does it again.", turned.tx)


def redo_last(programme: Programme) -> Done:
    """Do again what the person undid last; for a worker thread. Raises TrackerError."""
    store = programme.store()
    turned = redo(store, programme.acting())
    return Done(f"Done again: {said(store, turned)}.", turned.tx)
