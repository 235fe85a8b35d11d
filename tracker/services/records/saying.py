"""Writing what is said of fields: kinds of nothing with their words, how exact a day is, sources."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.entities import Entity, FieldState
from tracker.errors import Invalid, Problem
from tracker.fields import Nothing, precision_of, same
from tracker.services.guards.guard import Values
from tracker.storage.rows import insert_row, update_row
from tracker.storage.said import GIVEN, Said, said_of

if TYPE_CHECKING:
    from tracker.services.records.writing import Edit


def say(edit: "Edit", register: type[Entity], uid: str, before: Values, after: Values) -> None:
    """Write, inside a command, what the values of a record say of its fields that they did not say before."""
    names = [
        field.name
        for field in register.fields().values()
        if field.spoken_of and not same(before.get(field.name), after.get(field.name))
    ]
    remarks = said_of(edit.store, uid) if names and before else {}  # of a new record nothing is said yet
    for name in names:
        _put(edit, register, uid, name, remarks.get(name), _parts(after.get(name)))


def put_sources(edit: "Edit", register: type[Entity], uid: str, sources: Mapping[str, str]) -> bool:
    """Write, inside a command, where values come from, by field; an empty text takes a source away.

    Return whether anything was new. Raises Invalid for a field of which nothing is said beside its value.
    """
    fields = register.fields()
    problems = [
        Problem(name, "source.field", f"{fields[name].label} has no source of its own: figures, days and people have.")
        for name in sources
        if not fields[name].spoken_of
    ]
    if problems:
        raise Invalid(problems)
    remarks = said_of(edit.store, uid) if sources else {}
    new = {name: text for name, text in sources.items() if text != (remarks[name].source if name in remarks else "")}
    for name, text in new.items():
        if name in remarks:
            update_row(edit.store, FieldState.kind, remarks[name].uid, {"source": text or None})
        else:
            _insert(edit, register, uid, name, {"source": text})
    return bool(new)


def _parts(value: object) -> dict[str, str | None]:
    """Return what a value says of its field, as the columns hold it."""
    if isinstance(value, Nothing):
        return {"state": value.kind, "words": value.words or None, "precision": None}
    return {"state": GIVEN, "words": None, "precision": precision_of(value) or None}


def _put(
    edit: "Edit", register: type[Entity], uid: str, name: str, before: Said | None, parts: dict[str, str | None]
) -> None:
    if before is not None:
        changed = {part: text for part, text in parts.items() if (getattr(before, part) or None) != text}
        if changed:
            update_row(edit.store, FieldState.kind, before.uid, changed)
    elif parts["state"] != GIVEN or any(text for part, text in parts.items() if part != "state"):
        _insert(edit, register, uid, name, parts)


def _insert(edit: "Edit", register: type[Entity], uid: str, name: str, parts: Mapping[str, str | None]) -> None:
    about = {"about": uid, "about_kind": register.kind, "field": name}
    given = {part: text for part, text in parts.items() if text}
    insert_row(edit.store, FieldState.kind, {**edit.identity(FieldState)._asdict(), **about, **given})
