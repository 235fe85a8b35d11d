"""The history of a record in words, the same in the shell and on the screens."""

from typing import Any, NamedTuple

from tracker.entities import Entity, entity
from tracker.rules.reading import show
from tracker.storage.journal.history import Change, added_for, of_record
from tracker.storage.queries import Link, links
from tracker.storage.store import Store

ERASED = "(erased)"
BOOKKEEPING = {"deleted_at": "Removed at", "deleted_by": "Removed by", "deleted_reason": "Why removed", "ref": "Ref"}


class Told(NamedTuple):
    """One change in words: its number (0: outside the program), when, who, through what, which field, from, to, why."""

    tx: int
    when: str
    day: str
    who: str
    front: str
    field: str
    old: str
    new: str
    reason: str


def told_changes(store: Store, kind: str, uid: str) -> list[Told]:
    """Return every change of a record in words, the oldest first."""
    which = entity(kind)
    targets = {field.target for field in which.fields().values() if field.target} | {"person"}
    names = {link.uid: link for target in targets for link in links(store, target).values()}
    told = [_told(which, change, names) for change in of_record(store, uid)]
    for child, link in sorted({(f.carried.kind, f.carried.link) for f in which.fields().values() if f.carried}):
        told += [_carried(which, entity(child), change) for change in added_for(store, child, link, uid)]
    return sorted(told, key=lambda one: (one.when, one.tx))


def _head(change: Change) -> tuple[int, str, str, str, str]:
    when = change.at.strftime("%Y-%m-%d %H:%M") if change.at else ""
    return change.tx, when, change.day.isoformat() if change.day else "", change.who, change.front


def _told(which: type[Entity], change: Change, names: dict[str, Link]) -> Told:
    reason = change.reason or ""
    if change.field == "*":
        word = "(record)" if change.known else ERASED
        added = change.new is not None or not change.known
        old, new = ("", f"added {word}") if added else (f"taken away {word}", "")
        return Told(*_head(change), "—", old, new, reason)
    field = which.fields().get(change.field)
    label = field.label if field else BOOKKEEPING.get(change.field, change.field)
    old, new = (
        (_words(which, change.field, value, names) if change.known else ERASED) for value in (change.old, change.new)
    )
    return Told(*_head(change), label, old, new, reason)


def _carried(which: type[Entity], child: type[Entity], change: Change) -> Told:
    """Return a newer record that the fields of this one are read from, such as an assessment of a risk."""
    values = change.new or {}
    shown = [
        f"{field.label} {show(field, values[name])}"
        for name, field in which.fields().items()
        if field.carried and field.carried.kind == child.kind and values.get(name) is not None
    ]
    what = ", ".join(shown) if change.known else ERASED
    label = f"{child.noun.capitalize()} {values.get('ref', '')}".strip()
    return Told(*_head(change), label, "", what, change.reason or "")


def _words(which: type[Entity], name: str, value: Any, names: dict[str, Link]) -> str:
    field = which.fields().get(name)
    if value is None:
        return ""
    if field is None:
        return str(names[value].name if value in names else value)
    if field.target:
        return show(field, names[value]) if value in names else str(value)
    return show(field, value)
