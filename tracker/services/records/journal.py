"""The journal, read for the fronts: the changes of a record or of a command, and the newest commands."""

from collections.abc import Iterable

from tracker.entities import entity
from tracker.services.records.said_changes import as_of_records, with_said
from tracker.storage import Link, Store, links
from tracker.storage.journal.history import Change, Command, added_for, commands, of_command, of_record, tied_to

__all__ = [
    "Change",
    "Command",
    "as_of_records",
    "commands",
    "links",
    "links_in",
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
