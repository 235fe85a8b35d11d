"""What was removed or closed in one command with another record: saying it, and bringing it back too."""

from collections.abc import Iterable
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.entities.base import ground_of
from tracker.errors import Note
from tracker.rules.wording import listed, verb
from tracker.services.records.edit import Edit
from tracker.storage import Store, record
from tracker.storage.journal.together import changed_together

NAMED = 12  # refs that a sentence names
REMOVED = ("deleted_at",)


class Gone(NamedTuple):
    """A record that went with another one; ``state`` is the one it had before it was closed, empty: it was removed."""

    entry: Entity
    state: str = ""


def removed_with(store: Store, uid: str) -> list[Gone]:
    """Return what was removed or closed with a record (a uid) and still is, what others belong to first."""
    return _still_gone(store, uid, REMOVED)


def closed_with(store: Store, register: type[Entity], uid: str, before: int) -> list[Gone]:
    """Return what went with a record when it ended, before a command, and has not come back since."""
    return _still_gone(store, uid, tuple({ending.field for ending in register.endings}), before)


def _still_gone(store: Store, uid: str, fields: tuple[str, ...], before: int = 0) -> list[Gone]:
    gone: list[Gone] = []
    for change in changed_together(store, uid, fields, before=before):
        register = entity(change.kind)
        entry = record(store, register, change.uid)
        if entry is None:
            continue
        if change.field in REMOVED and change.new is not None and entry.deleted_at == change.new:
            gone.append(Gone(entry))
        closed = change.field == register.state_field and change.new in register.ended_states
        if closed and not entry.deleted_at and getattr(entry, change.field) == change.new:
            gone.append(Gone(entry, str(change.old)))
    return gone


def words_of(gone: list[Gone]) -> str:
    """Return what went, with its refs: ``M-03 and ME-004 (removed with it) and A-002 (closed with it)``."""
    removed = [part.entry.ref for part in gone if not part.state]
    closed = [part.entry.ref for part in gone if part.state]
    groups = ((removed, "removed with it"), (closed, "closed with it"))
    return listed(f"{listed(refs, NAMED)} ({word})" for refs, word in groups if refs)


def left_behind(gone: list[Gone], kind: str, ref: str) -> tuple[Note, ...]:
    """Return a line on what does not come back with a record that does; nothing where all is there."""
    message = f"Still gone: {words_of(gone)}."
    return (Note("restored.alone", message, kind=kind, ref=ref),) if gone else ()


def under_removed(store: Store, entries: Iterable[Entity]) -> tuple[Note, ...]:
    """Return a line on each removed record that records belong to which are there again; nothing where all is there."""
    parents: dict[str, Entity] = {}
    refs: dict[str, list[str]] = {}
    for entry in entries:
        holder: Entity | None = entry
        while holder is not None and (name := ground_of(holder)):
            uid = getattr(holder, name)
            holder = parents.get(uid) or record(store, entity(holder.fields()[name].target), uid)
            if holder is not None and holder.deleted_at:
                parents[uid] = holder
                refs.setdefault(uid, []).append(entry.ref)
                break
    notes = []
    for uid, parent in parents.items():
        belongs = f"{listed(refs[uid], NAMED)} {verb(len(refs[uid]), 'belongs', 'belong')} to {parent.ref}"
        sentence = f"{belongs}, which is removed. What is open there is counted apart."
        notes.append(Note("restored.orphan", sentence, kind=parent.kind, ref=parent.ref))
    return tuple(notes)


def ended_together(store: Store, register: type[Entity], uid: str, tx: int) -> tuple[Note, ...]:
    """Return a line on what was closed when a record ended that goes on again by a command."""
    gone = closed_with(store, register, uid, tx)
    message = f"Still as when it ended: {words_of(gone)}. Open again what goes on."
    return (Note("reopened.alone", message),) if gone else ()


def bring_back(edit: Edit, gone: list[Gone]) -> tuple[Note, ...]:
    """Bring back what went with a record: what was removed is there, what was closed is as open as it was."""
    for part in gone:
        register = type(part.entry)
        if part.state:
            edit.change(register, part.entry.uid, {register.state_field: part.state})
        else:
            edit.restore(register, part.entry.uid)
    return (
        (Note("restored.along", f"Came back with it: {listed((part.entry.ref for part in gone), NAMED)}."),)
        if gone
        else ()
    )
