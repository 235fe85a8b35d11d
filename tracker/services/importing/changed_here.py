"""What was changed here since the source was last taken in: an import does not overwrite it without a word."""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.entities import Entity
from tracker.fields import Nothing, Value
from tracker.storage import Store
from tracker.storage.journal.history import Change, added_for, effective_changes, of_record

COMMAND = "import"


class Kept(NamedTuple):
    """A field that stays as it is here, and whether the source says something new of it too."""

    field: str
    clash: bool


def kept_fields(
    store: Store, register: type[Entity], uid: str, before: Mapping[str, Value], new: Mapping[str, Value]
) -> list[Kept]:
    """Return the fields, of those for which a source has other values, that were changed here since the last import.

    What nobody here has said anything of is the source's to say. Where both sides changed, ours stays, and it is said.
    """
    changes = effective_changes(of_record(store, uid))
    fields = []
    for name, value in new.items():
        field = register.fields()[name]
        if before.get(name) in (None, ()):
            continue
        theirs, ours = _last(changes, name)
        if field.carried is not None:
            theirs, ours = _last(added_for(store, field.carried.kind, field.carried.link, uid), field.carried.source)
        if ours is None or (theirs is not None and theirs.id > ours.id):
            continue
        source_before = None if theirs is None else _value(theirs, field.carried.source if field.carried else name)
        fields.append(Kept(name, theirs is None or source_before != _plain(value)))
    return fields


def _last(changes: list[Change], name: str) -> tuple[Change | None, Change | None]:
    """Return the newest change of a field by an import, and the newest by anything else that gave it a value."""
    theirs = ours = None
    for change in changes:
        if change.field not in (name, "*") or (change.field == "*" and change.values.get(name) is None):
            continue
        if change.command == COMMAND:
            theirs = change
        else:
            ours = change
    return theirs, ours


def _value(change: Change, name: str) -> Value:
    if isinstance(change.new, dict):
        return change.new.get(name)
    return change.new


def _plain(value: Value) -> Value:
    return None if isinstance(value, Nothing) else value
