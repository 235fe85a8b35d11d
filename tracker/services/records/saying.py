"""Writing what is said of fields: kinds of nothing with their words, how exact a day is, sources."""

from typing import TYPE_CHECKING

from tracker.entities import Entity, FieldState
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
    said = said_of(edit.store, uid) if names else {}
    for name in names:
        _put(edit, register, uid, name, said.get(name), _parts(after.get(name)))


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
        about = {"about": uid, "about_kind": register.kind, "field": name}
        insert_row(
            edit.store,
            FieldState.kind,
            {**edit.identity(FieldState)._asdict(), **about, **{part: text for part, text in parts.items() if text}},
        )
