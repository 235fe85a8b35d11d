"""What happened to a record, as a page tells it: who, when, through what, and each field from what to what."""

from collections.abc import Callable
from itertools import groupby
from typing import Any, NamedTuple

from tracker.entities import entity
from tracker.fields import Field
from tracker.rules.reading import show
from tracker.rules.when import show_date
from tracker.storage.journal.history import OUTSIDE, Change, of_record
from tracker.storage.queries import Link
from tracker.storage.rows import link
from tracker.storage.store import Store

ERASED = "(erased)"
EMPTY = "(empty)"
LONGEST = 200
BOOKKEEPING = ("deleted_at", "deleted_by", "deleted_reason")


class Step(NamedTuple):
    """One changed field: its label, and what it held before and after."""

    label: str
    old: str
    new: str


class Event(NamedTuple):
    """What one command did to a record; ``when`` is local time."""

    when: str
    who: str
    front: str
    what: str
    reason: str
    steps: tuple[Step, ...]

    @property
    def head(self) -> str:
        """The event in a line, without its fields."""
        via = f", {self.front}" if self.front not in ("", self.who) else ""
        why = f": “{self.reason}”" if self.reason else ""
        return " · ".join(part for part in (self.when, f"{self.who}{via}", f"{self.what}{why}") if part)


def history(store: Store, uid: str) -> list[Event]:
    """Return what happened to a record, the newest first; for a worker thread."""
    known: dict[tuple[str, str], Link | None] = {}

    def named(kind: str, other: str) -> Link | None:
        if (kind, other) not in known:
            known[kind, other] = link(store, kind, other)
        return known[kind, other]

    changes = of_record(store, uid)
    together = groupby(changes, key=lambda change: change.tx or -change.id)
    return [_event(list(group), named) for _, group in together][::-1]


def _event(changes: list[Change], named: Callable[[str, str], Link | None]) -> Event:
    first = changes[0]
    reasons = [change.new for change in changes if change.field == "deleted_reason" and change.known]
    return Event(
        f"{show_date(first.at.astimezone().date())} {first.at.astimezone():%H:%M}" if first.at else "",
        first.who,
        first.front if first.front != OUTSIDE else "",
        _what(changes),
        first.reason or next((str(reason) for reason in reasons if reason), ""),
        tuple(_step(change, named) for change in changes if change.field not in ("*", *BOOKKEEPING)),
    )


def _what(changes: list[Change]) -> str:
    first = changes[0]
    turned = f" (undo of change {first.undoes})" if first.undoes and first.command == "undo" else ""
    turned = f" (redo of change {first.undoes})" if first.undoes and first.command == "redo" else turned
    for change in changes:
        if change.field == "*":
            return ("added" if change.old is None else "taken away") + turned
        if change.field == "deleted_at":
            return ("brought back" if change.new is None and change.known else "removed") + turned
    return "changed" + turned


def _step(change: Change, named: Callable[[str, str], Link | None]) -> Step:
    field = entity(change.kind).fields().get(change.field)
    label = field.label if field else change.field
    if not change.known:
        return Step(label, ERASED, ERASED)
    return Step(label, _told(field, change.old, named), _told(field, change.new, named))


def _told(field: Field | None, value: Any, named: Callable[[str, str], Link | None]) -> str:
    if value is None or value == ():
        return EMPTY
    if field is None:
        return str(value)
    if field.target:
        return str(named(field.target, value) or value)
    text = show_date(value) if field.kind == "date" else show(field, value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
