"""The journal, read for the fronts: the changes of a record or of a command, and the newest commands."""

from collections.abc import Iterable, Iterator

from tracker.entities import Entity, entity, registers
from tracker.errors import TrackerError
from tracker.rules.wording import short
from tracker.services.records.said_changes import as_of_records, with_said
from tracker.storage import Link, Store, link, links
from tracker.storage.journal.history import (
    Change,
    Command,
    added_for,
    commands,
    of_command,
    of_record,
    tied_to,
)
from tracker.storage.journal.wanted import Wanted, entries, fitting, sources, touching

__all__ = [
    "Change",
    "Command",
    "Wanted",
    "as_of_records",
    "commands",
    "commands_wanted",
    "fields_named",
    "fitting",
    "link",
    "links_in",
    "newest_changes",
    "of_command",
    "of_record",
    "with_carried",
    "with_said",
]


def with_carried(store: Store, kind: str, uid: str) -> list[Change]:
    """Return the changes of a record, and of the newer records that its fields are read from, the oldest first."""
    changes = with_said(store, kind, uid, asides=True)
    for child, link_field in sorted(sources(entity(kind))):
        changes += _telling(store, kind, added_for(store, child, link_field, uid))
    changes += tied_to(store, uid)
    return sorted(changes, key=lambda change: change.id)


def _telling(store: Store, kind: str, additions: Iterable[Change]) -> Iterator[Change]:
    """Yield the additions of newer records that give a field of a record its value, or a kind of nothing."""
    carried = [field.carried for field in entity(kind).fields().values() if field.carried]
    for addition in additions:
        told = [source for source in carried if source.kind == addition.kind]
        if any(addition.values.get(source.source) is None for source in told):
            with_nothings = with_said(store, addition.kind, addition.uid)
            addition = next((change for change in with_nothings if change.id == addition.id), addition)
        if not addition.known or any(source.said_by(addition.values) is not None for source in told):
            yield addition


def newest_changes(store: Store, scope: Wanted, limit: int) -> list[tuple[str, str, Change]]:
    """Return the newest changes of some fields, the newest first, each with kind and uid of the record that has it.

    Values that came with a new record are not among them.
    """
    taken: dict[tuple[str, str], list[Change]] = {}
    numbers: set[int] = set()
    enough = limit
    for number, *owner in entries(store, scope):
        kind, uid = owner
        if (kind, uid) not in taken:
            taken[kind, uid] = fitting(store, kind, uid, with_carried(store, kind, uid), scope)
            numbers.update(change.id for change in taken[kind, uid])
        enough -= number in numbers
        if not enough:
            break
    changes = [(kind, uid, change) for (kind, uid), several in taken.items() for change in several]
    return sorted(changes, key=lambda entry: entry[2].id, reverse=True)[:limit]


def links_in(store: Store, changes: Iterable[Change]) -> dict[str, Link]:
    """Return the records that changes were made to, or that old and new values point at, by uid."""
    kinds = {"person"}
    for change in changes:
        kinds |= {change.kind, *(field.target for field in entity(change.kind).fields().values() if field.target)}
    return {uid: link for kind in sorted(kinds) for uid, link in links(store, kind).items()}


def commands_wanted(store: Store, wanted: Wanted, limit: int) -> list[Command]:
    """Return the newest commands of some days, of a person, or that touched a register, the newest first."""
    condition, values = wanted.of_commands
    if wanted.kind:
        touched, kinds = touching(entity(wanted.kind))
        condition, values = f"{condition} AND {touched}", [*values, *kinds]
    return commands(store, limit=limit, condition=condition, values=values)


def fields_named(register: type[Entity] | None, text: str) -> tuple[str, ...]:
    """Return the fields that a text means, of a register or of all. Raises TrackerError when none has such a field."""
    from tracker.services.conditions import field_named

    if register is not None:
        return (field_named(register, text),)
    names: dict[str, None] = {}
    trouble: TrackerError | None = None
    for any_register in registers():
        try:
            names[field_named(any_register, text)] = None
        except TrackerError as error:
            trouble = error
    if names or trouble is None:
        return tuple(names)
    named = short(text.strip(), 80)
    raise TrackerError(f"No register has a field “{named}”. Name a register: its fields are listed then.")
