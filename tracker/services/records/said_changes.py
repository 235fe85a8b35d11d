"""The history of what is said of fields, told as changes of the fields themselves: “5,000,000 → withheld”."""

from collections.abc import Iterable
from typing import NamedTuple

from tracker.entities import FieldState, entity
from tracker.fields import MARKS, Nothing, Value
from tracker.storage import Store
from tracker.storage.journal.history import Change, Recorded, of_record, said_about
from tracker.storage.said import over

Parts = dict[str, Value]  # what is said of a field at one time: its state, words, precision and source


class Move(NamedTuple):
    """A change of what is said of a field, with all that was said of it before and after."""

    change: Change
    field: str
    before: Parts
    after: Parts


def with_said(store: Store, kind: str, uid: str, *, asides: bool = False) -> list[Change]:
    """Return every change of a record, the oldest first, with what was said of its fields in old and new values.

    With ``asides`` also what was put beside.
    """
    changes = of_record(store, uid, asides=asides)
    if not any(field.spoken_of for field in entity(kind).fields().values()):
        return changes
    moves = _moves(said_about(store, uid))
    return _merged(kind, uid, changes, moves) if moves else changes


def as_of_records(store: Store, changes: Iterable[Change]) -> list[Change]:
    """Return changes in which what is said of fields is told as changes of the records that it is about."""
    changes = list(changes)
    if not any(change.kind == FieldState.kind for change in changes):
        return changes
    numbers = {change.tx for change in changes}
    owners = {(change.kind, change.uid): None for change in changes if change.kind != FieldState.kind}
    for change in changes:
        if change.kind == FieldState.kind:
            parts = _first_of(store, change)
            owners.setdefault((str(parts.get("about_kind")), str(parts.get("about"))))
    return [
        change
        for kind, uid in owners
        for change in with_said(store, kind, uid, asides=True)
        if change.tx in numbers and change.tx  # outside the program nothing belongs together
    ]


def _first_of(store: Store, change: Change) -> Parts:
    """Return what a record of what is said held when it came: whose field it is about never changes."""
    return next((first.values for first in of_record(store, change.uid) if first.values), {})


def _moves(changes: list[Change]) -> list[Move]:
    held: dict[str, Parts] = {}
    moves = []
    for change in changes:
        before = held.get(change.uid, {})
        if change.field == "*":
            after = dict(change.values) if change.new is not None else {}
        else:
            after = {**before, change.field: None if isinstance(change.new, dict) else change.new}
        held[change.uid] = after
        field = str(before.get("field") or after.get("field") or "")
        if field:
            moves.append(Move(change, field, before, after))
    return moves


def _merged(kind: str, uid: str, changes: list[Change], moves: list[Move]) -> list[Change]:
    merged: list[Change] = []
    values: dict[str, Recorded] = {}
    parts: dict[str, Parts] = {}
    steps = sorted([*((c.id, c, None) for c in changes), *((m.change.id, m.change, m) for m in moves)], key=_by_id)
    for tx in dict.fromkeys(step[1].tx or -step[0] for step in steps):
        direct = [change for number, change, move in steps if move is None and (change.tx or -number) == tx]
        moved = [move for number, change, move in steps if move is not None and (change.tx or -number) == tx]
        before = dict(parts)
        parts |= {move.field: move.after for move in moved}
        merged += [_with(change, before, parts) for change in direct]
        if not any(change.field == "*" for change in direct):
            fields = {change.field for change in direct}
            merged += _alone(kind, uid, [move for move in moved if move.field not in fields], values)
        for change in direct:
            values = dict(change.values) if change.field == "*" else {**values, change.field: change.new}
    return merged


def _by_id(step: tuple[int, Change, Move | None]) -> int:
    return step[0]


def _with(change: Change, before: dict[str, Parts], after: dict[str, Parts]) -> Change:
    """Return a change of a record with what was said of the fields in its values."""
    return change._replace(old=_over(change, change.old, before), new=_over(change, change.new, after))


def _over(change: Change, value: Recorded, of_field: dict[str, Parts]) -> Recorded:
    if isinstance(value, dict):
        nothings = [name for name, parts in of_field.items() if parts.get("state") in MARKS]
        named = {**dict.fromkeys(nothings), **value}
        return {name: _value(part, of_field.get(name)) for name, part in named.items()}
    if change.field == "*":
        return value
    return _value(value, of_field.get(change.field))


def _value(value: Value, parts: Parts | None) -> Value:
    return over(value, *(_text(parts, name) for name in ("state", "words", "precision"))) if parts else value


def _text(parts: Parts, name: str) -> str | None:
    text = parts.get(name)
    return None if text is None else str(text)


def _alone(kind: str, uid: str, moves: list[Move], values: dict[str, Recorded]) -> list[Change]:
    """Return the changes of what is said of fields whose values stayed as they were, and of where they come from."""
    merged: dict[str, Change] = {}
    for move in moves:
        value = values.get(move.field)
        held = None if isinstance(value, dict | Nothing) else value
        first = merged.get(move.field)
        old = first.old if first else _value(held, move.before)
        merged[move.field] = move.change._replace(
            kind=kind, uid=uid, field=move.field, old=old, new=_value(held, move.after)
        )
    sources = [
        move.change._replace(kind=kind, uid=uid, field=f"{move.field}.source", old=before, new=after)
        for move in moves
        if (before := move.before.get("source")) != (after := move.after.get("source"))
    ]
    return [change for change in merged.values() if repr(change.old) != repr(change.new)] + sources
