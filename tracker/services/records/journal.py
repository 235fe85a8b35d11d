"""The journal, read for the fronts: the changes of a record or of a command, and the newest commands."""

from collections.abc import Iterable

from tracker.entities import Entity, entity, registers
from tracker.errors import TrackerError
from tracker.services.records.said_changes import as_of_records, with_said
from tracker.storage import Link, Store, links
from tracker.storage.journal.history import (
    TOUCHED,
    Change,
    Command,
    added_for,
    commands,
    of_command,
    of_record,
    tied_to,
)
from tracker.storage.journal.wanted import Wanted, fitting, newest_changes

__all__ = [
    "Change",
    "Command",
    "Wanted",
    "as_of_records",
    "commands",
    "commands_wanted",
    "fields_named",
    "fitting",
    "links",
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
    sources = {(field.carried.kind, field.carried.link) for field in entity(kind).fields().values() if field.carried}
    for child, link in sorted(sources):
        changes += added_for(store, child, link, uid)
    changes += tied_to(store, uid)
    return sorted(changes, key=lambda change: change.id)


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
        condition, values = f"{condition} AND {TOUCHED}", [*values, wanted.kind]
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
    raise TrackerError(f"No register has a field “{text.strip()}”. Name a register: its fields are listed then.")
