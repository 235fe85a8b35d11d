"""What the fronts read of a programme file, so that none of them asks storage itself."""

from typing import Any, NamedTuple

from tracker.entities import Entity, entity
from tracker.entities.person import Person
from tracker.fields import Field
from tracker.rules.reading import show
from tracker.services.records.people import who_is
from tracker.storage.journal.history import OUTSIDE, Change, last_tx, of_command, of_record
from tracker.storage.journal.undo import to_undo
from tracker.storage.queries import STAMPS, Condition, Link, Query, count, keys, record, rows, window
from tracker.storage.rows import link
from tracker.storage.search import Hit, find_text
from tracker.storage.store import Acting, Store

__all__ = [
    "OUTSIDE",
    "Acting",
    "Change",
    "Condition",
    "Hit",
    "Link",
    "Query",
    "Store",
    "count",
    "find_text",
    "keys",
    "last_tx",
    "link",
    "of_record",
    "record",
    "window",
]

Values = dict[str, Any]


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
    by_name = Query(Person.kind, sort=((Person.name_field, False),))
    return [Link(*row) for row in rows(store, by_name, [Person.name_field])]


def page_values(store: Store, kind: str, uid: str) -> tuple[str, Values] | None:
    """Return the ref of a record, removed or not, and every value of it with who wrote it when; references as links.

    None when the record does not exist any more.
    """
    names = [*entity(kind).fields(), *STAMPS]
    same = (Condition("uid", "=", uid),)
    for deleted in (False, True):
        for row in rows(store, Query(kind, same, deleted=deleted), names):
            return row[1], dict(zip(names, row[2:], strict=True))
    return None


class Related(NamedTuple):
    """How many records point at one through a field, and the newest: each with uid, ref and the values of columns."""

    total: int
    columns: list[Field]
    rows: list[tuple[Any, ...]]


def related(store: Store, register: type[Entity], field: Field, uid: str, *, limit: int) -> Related:
    """Return the records of a register that point at the one with this uid through a field, the newest first."""
    same = (Condition(field.name, "=", uid),)
    columns = [column for column in register.columns() if column.name != field.name]
    sort = [(name, True) for name in (register.date_field, "ref") if name]
    total = count(store, Query(register.kind, same))
    newest = Query(register.kind, same, tuple(sort), limit=limit)
    return Related(total, columns, rows(store, newest, [column.name for column in columns]) if total else [])


def undoable_changes(store: Store, person: str) -> list[Change]:
    """Return what an undo by a person (a login, ref or name) would turn back; nothing when there is no such command."""
    uid = who_is(store, person)
    tx = to_undo(store, uid) if uid else None
    return of_command(store, tx) if tx else []
