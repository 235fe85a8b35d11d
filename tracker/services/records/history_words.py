"""The history of a record in words, the same in the shell and on the screens."""

from collections.abc import Collection
from typing import NamedTuple

from tracker.entities import Entity, entity, is_tied
from tracker.fields import Nothing
from tracker.rules.reading import show
from tracker.rules.wording import date_or, short, show_date
from tracker.services.records.journal import with_carried
from tracker.storage import Link, Store, link
from tracker.storage.journal.history import Change, Recorded

ERASED = "(erased)"
LONGEST_NOTE = 200  # of its text, in a history
BOOKKEEPING = {"deleted_at": "Removed at", "deleted_by": "Removed by", "deleted_reason": "Why removed", "ref": "Ref"}


class DescribedChange(NamedTuple):
    """One change in words: its number (0: outside the program), when, who, through what, which field, from, to, why.

    ``true_on`` says of which day it is true, where that is not the day recorded, and whether something later stands.
    """

    tx: int
    when: str
    day: str
    who: str
    front: str
    field: str
    old: str
    new: str
    reason: str
    true_on: str = ""


def describe_changes(store: Store, kind: str, uid: str, only: Collection[int] | None = None) -> list[DescribedChange]:
    """Return every change of a record in words, the oldest first; ``only`` those with these numbers."""
    register = entity(kind)
    names = _Names(store)
    # What a command did to the record itself comes first, whatever it wrote first.
    changes = sorted(with_carried(store, kind, uid), key=lambda change: (change.kind != kind, change.kind))
    described = [
        _described(register, change, names) if change.kind == kind else _beside(register, change)
        for change in changes
        if (change.kind == kind or not is_tied(change.kind) or change.field in ("*", "deleted_at"))
        and (only is None or change.id in only)
    ]
    return sorted(described, key=lambda change: (change.when, change.tx))


def _in_words(change: Change, field: str, old: str, new: str) -> DescribedChange:
    when = change.at.strftime("%Y-%m-%d %H:%M") if change.at else ""
    day = change.day.isoformat() if change.day else ""
    reason = change.reason or ""
    return DescribedChange(change.tx, when, day, change.who, change.front, field, old, new, reason, true_words(change))


def true_words(change: Change) -> str:
    """Return of which day a change is true, and whether it was put beside; empty where that is the day recorded."""
    if change.true_day is None:
        return ""
    beside = "; beside, since a later one stands" if change.aside else ""
    return f"true on {show_date(change.true_day)}, recorded {date_or(change.day, 'later')}{beside}"


def _described(register: type[Entity], change: Change, names: "_Names") -> DescribedChange:
    if change.field == "*":
        word = "(record)" if change.known else ERASED
        if change.new is not None or not change.known:
            return _in_words(change, "—", "", f"added {word}")
        return _in_words(change, "—", f"taken away {word}", "")
    field = register.fields().get(change.field)
    label = field.label if field else BOOKKEEPING.get(change.field, change.field)
    if not change.known:
        return _in_words(change, label, ERASED, ERASED)
    old, new = (_text(register, change.field, value, names) for value in (change.old, change.new))
    return _in_words(change, label, old, new)


def _beside(register: type[Entity], change: Change) -> DescribedChange:
    """Return what came or went beside a record: a newer record that it is read from, a note, an identifier."""
    return tied_in_words(change) if is_tied(change.kind) else carried_in_words(register, change)


def tied_in_words(change: Change) -> DescribedChange:
    """Return the coming and going of a note or an identifier as a change of the record that it is tied to."""
    noun = entity(change.kind).noun.capitalize()
    if change.field == "deleted_at":
        return _in_words(change, noun, "", "brought back" if change.new is None else "removed")
    texts = [str(change.values[name]) for name in ("source", "code", "text") if change.values.get(name)]
    text = short(" ".join(texts), LONGEST_NOTE) if change.known else ERASED
    return _in_words(change, noun, *(("", text) if change.new is not None or not change.known else (text, "")))


def carried_in_words(register: type[Entity], change: Change) -> DescribedChange:
    """Return a newer record that fields of a record are read from, such as an assessment of a risk, as its change."""
    child = entity(change.kind)
    values = change.values
    said = [
        (field, field.carried.said_by(values))
        for field in register.fields().values()
        if field.carried and field.carried.kind == child.kind
    ]
    texts = [f"{field.label} {show(field, value)}" for field, value in said if value is not None]
    label = f"{child.noun.capitalize()} {values.get('ref', '')}".strip()
    return _in_words(change, label, "", ", ".join(texts) if change.known else ERASED)


def _text(register: type[Entity], name: str, value: Recorded, names: "_Names") -> str:
    field = register.fields().get(name)
    if value is None:
        return ""
    if isinstance(value, Nothing):
        return value.shown
    if field is None:
        record = names.called("person", str(value)) if name.endswith("_by") else None
        return record.name if record else str(value)
    if field.target:
        record = names.called(field.target, str(value))
        return show(field, record) if record else str(value)
    return show(field, value)


class _Names:
    """What the records are called that changes point at, each looked up when it is met first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._links: dict[str, Link | None] = {}

    def called(self, kind: str, uid: str) -> Link | None:
        """Return ref and name of a record; None when there is none."""
        if uid not in self._links:
            self._links[uid] = link(self._store, kind, uid)
        return self._links[uid]
