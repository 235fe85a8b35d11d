"""What the screens read of a programme file: lists a window at a time, what is linked to a record, what happened."""

from typing import NamedTuple

from tracker.entities import Entity, Person, entity
from tracker.fields import Field, Value
from tracker.rules.reading import show
from tracker.services.reading import Condition, Link, Query, Store, rows
from tracker.services.records.people import who_is
from tracker.services.records.said_changes import with_said
from tracker.storage import link
from tracker.storage.journal.history import OUTSIDE, Change, first_day, last_tx, of_command, tied_to
from tracker.storage.journal.undo import to_undo
from tracker.storage.queries import count, keys, window
from tracker.storage.search import Hit, find_text

__all__ = [
    "OUTSIDE",
    "Change",
    "Hit",
    "Link",
    "Related",
    "Store",
    "count",
    "find_text",
    "first_day",
    "keys",
    "last_tx",
    "link",
    "named",
    "people_by_name",
    "related",
    "tied_to",
    "undoable_changes",
    "window",
    "with_said",
]


Row = tuple[str, str, *tuple[Value | Link, ...]]  # uid, ref and the values of columns


def named(store: Store, kind: str) -> list[Link]:
    """Return uid, ref and name of every record of a kind, in the order they were added; the name as people read it."""
    register = entity(kind)
    field = register.fields()[register.name_field]
    return [
        Link(uid, ref, str(name) if field.target else show(field, name))
        for uid, ref, name in rows(store, Query(kind), [field.name])
    ]


def people_by_name(store: Store) -> list[Link]:
    """Return everybody, ordered by name."""
    return [
        Link(*row) for row in rows(store, Query(Person.kind, sort=((Person.name_field, False),)), [Person.name_field])
    ]


class Related(NamedTuple):
    """How many records point at one through a field, and the newest: each with uid, ref and the values of columns."""

    total: int
    columns: list[Field]
    rows: list[Row]


def related(store: Store, register: type[Entity], field: Field, uid: str, *, limit: int) -> Related:
    """Return the records of a register that point at the one with this uid through a field, the newest first."""
    same = (Condition(field.name, "=", uid),)
    columns = [column for column in register.columns() if column.name != field.name]
    sort = [(name, True) for name in (register.date_field, "ref") if name]
    total = count(store, Query(register.kind, same))
    newest = Query(register.kind, same, tuple(sort), limit=limit)
    return Related(
        total, columns, rows(store, newest, [column.name for column in columns], annotated=True) if total else []
    )


def undoable_changes(store: Store, person: str) -> list[Change]:
    """Return what an undo by a person (a login, ref or name) would turn back; nothing when there is no such command."""
    uid = who_is(store, person)
    tx = to_undo(store, uid) if uid else None
    return of_command(store, tx) if tx else []
