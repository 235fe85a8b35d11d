"""What happened to a record, as a page tells it: who, when, through what, and each field from what to what."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from screens.work import local_time
from tracker.entities import entity, is_tied
from tracker.fields import Field
from tracker.rules.reading import show
from tracker.rules.wording import show_date
from tracker.services.browsing import OUTSIDE, Change, link
from tracker.services.reading import Link, Store
from tracker.services.records.history_words import carried_in_words, tied_in_words, true_words
from tracker.services.records.journal import Wanted, fitting, with_carried

ERASED = "(erased)"
EMPTY = "(empty)"
BOOKKEEPING = ("deleted_at", "deleted_by", "deleted_reason")

FindLink = Callable[[str, str], Link | None]  # by kind and uid


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
        person = self.who
        action = self.what
        if self.front not in ("", person):
            person += f", {self.front}"
        if self.reason:
            action += f": “{self.reason}”"
        return " · ".join(part for part in (self.when, person, action) if part)


class History(NamedTuple):
    """What happened to a record, the newest first, as far as it is wanted; ``total`` is how much there is in all."""

    events: tuple[Event, ...]
    total: int


def history(store: Store, kind: str, uid: str, scope: Wanted = Wanted()) -> History:  # noqa: B008
    """Return what happened to a record, and to what its fields are read from; for a worker thread."""
    find_link = cache(partial(link, store))
    changes = with_carried(store, kind, uid)
    fit = fitting(store, kind, uid, changes, scope) if scope != Wanted() else changes
    events = [_event(kind, list(of_command), find_link) for _, of_command in groupby(fit, key=_command)]
    return History(tuple(events[::-1]), len({_command(change) for change in changes}))


def _command(change: Change) -> int:
    """Return the number of the command that made a change; another one for each change from outside the program."""
    return change.tx or -change.id


def _event(kind: str, changes: list[Change], find_link: FindLink) -> Event:
    first = changes[0]
    time = local_time(first.at) if first.at else ""
    reasons = [first.reason, *(change.new for change in changes if change.field == "deleted_reason" and change.known)]
    return Event(
        time,
        first.who,
        "" if first.front == OUTSIDE else first.front,
        _action(kind, changes),
        next((str(reason) for reason in reasons if reason), ""),
        tuple(_steps(kind, changes, find_link)),
    )


def _steps(kind: str, changes: list[Change], find_link: FindLink) -> Iterator[Step]:
    for change in changes:
        if _is_carried(kind, change):
            words = carried_in_words(entity(kind), change)
            yield Step(words.field, words.new, words.new)
        elif is_tied(change.kind) and change.field == "*":
            words = tied_in_words(change)
            yield Step(words.field, words.old or EMPTY, words.new or EMPTY)
        elif not is_tied(change.kind) and change.field not in ("*", *BOOKKEEPING):
            yield _step(change, find_link)


def _is_carried(kind: str, change: Change) -> bool:
    """Return whether a change is that of a newer record which fields of a record of this kind are read from."""
    return change.kind != kind and not is_tied(change.kind)


def _action(kind: str, changes: list[Change]) -> str:
    direct = [change for change in changes if change.kind == kind]
    first = changes[0]
    if not direct:
        return f"{entity(first.kind).noun} {_deed(changes)}"
    return _deed(direct)


def _deed(changes: list[Change]) -> str:
    first = changes[0]
    action = "changed"
    for change in changes:
        if change.field == "*" and change.aside:
            action = "told of an earlier day"
            break
        if change.field == "*":
            action = "added" if change.old is None else "taken away"
            break
        if change.field == "deleted_at":
            action = "brought back" if change.new is None and change.known else "removed"
            break
    if first.undoes and first.command in ("undo", "redo"):
        action += f" ({first.command} of change {first.undoes})"
    beside = next((change for change in changes if change.aside), first)
    if true_words(beside):
        action += f", {true_words(beside)}"
    return action


def _step(change: Change, find_link: FindLink) -> Step:
    field = entity(change.kind).fields().get(change.field)
    label = field.label if field else change.field
    if not change.known:
        return Step(label, ERASED, ERASED)
    return Step(label, _value(field, change.old, find_link), _value(field, change.new, find_link))


def _value(field: Field | None, value: object, find_link: FindLink) -> str:
    if value is None or value == ():
        return EMPTY
    if field is None:
        return str(value)
    if field.target and value:
        return str(find_link(field.target, str(value)) or value)
    return show_date(value) if isinstance(value, date) else show(field, value)
