"""What an undo or a redo did, in words, the same in the shell and on the screens."""

from typing import Any

from tracker.entities import Entity, entity
from tracker.rules.reading import show
from tracker.services.records.undo import TurnedBack
from tracker.storage.journal.history import Change
from tracker.storage.queries import Condition, Link, Query, rows
from tracker.storage.rows import link
from tracker.storage.store import Store

SHOWN = 40
MOST_LINES = 8
EMPTY = "(empty)"
GONE = "(not in the list any more)"  # a record that the same undo took away

Touched = dict[tuple[str, str], list[Change]]  # the changes by kind and uid


def said(store: Store, turned: TurnedBack) -> str:
    """Return what an undo or redo did in one sentence: to which record, or to how many."""
    touched = _touched(turned)
    if not touched:
        return "nothing had to be changed"
    if len({kind for kind, _ in touched}) == 1 and len(touched) > 1:
        return f"{len(touched):,} {entity(next(iter(touched))[0]).plural}"
    (kind, uid), changes = next(iter(touched.items()))
    found = link(store, kind, uid)
    if found is None:
        gone = changes[0].old or {}
        return f"{_short(_named(kind, gone))} is not in the list any more"
    name = _short(str(found))
    if changes[0].field == "*" and changes[0].kind == kind:
        return f"{name} is back in the list"
    return f"{name}: {_fields(kind, changes)}"


def told_lines(store: Store, turned: TurnedBack) -> list[str]:
    """Return a line for each field that an undo or redo changed, such as ``R-014: Likelihood 5 → 4``."""
    lines = [
        line for (kind, uid), changes in _touched(turned).items() for line in _lines(store, entity(kind), uid, changes)
    ]
    more = len(lines) - MOST_LINES
    return lines if more <= 0 else [*lines[:MOST_LINES], f"… and {more} more"]


def _touched(turned: TurnedBack) -> Touched:
    """Return the changes by record; those of a record that carries fields of another count as that one's."""
    found: Touched = {}
    for change in turned.changes:
        found.setdefault(_owner(change), []).append(change)
    for key, changes in found.items():
        own = [change for change in changes if change.kind == key[0]]
        if any(change.field == "*" for change in own):  # the record came or went, and what it carries with it
            found[key] = own
    return found


def _owner(change: Change) -> tuple[str, str]:
    child = entity(change.kind)
    target = child.fields()[child.lead_field].target
    values = change.new or change.old
    if change.field == "*" and target and values and _carries(entity(target), change.kind):
        return target, values[child.lead_field]
    return change.kind, change.uid


def _carries(which: type[Entity], child: str) -> list[str]:
    """Return the fields of an entity that a command sets by adding a newer record of another kind."""
    return [f.name for f in which.fields().values() if f.carried and f.carried.settable and f.carried.kind == child]


def _fields(kind: str, changes: list[Change]) -> str:
    which = entity(kind)
    if any(change.field == "deleted_at" for change in changes):
        return "back in the list" if changes[0].new is None else "removed"
    labels = [which.fields()[change.field].label.lower() for change in changes if change.field in which.fields()]
    for change in changes:
        if change.kind != kind:
            values = change.new or change.old or {}
            labels += [
                which.fields()[n].label.lower() for n in _carries(which, change.kind) if values.get(n) is not None
            ]
    return ", ".join(labels) + " set back" if labels else "set back"


def _lines(store: Store, which: type[Entity], uid: str, changes: list[Change]) -> list[str]:
    gone = changes[0].field == "*" and changes[0].kind == which.kind and changes[0].new is None
    found = None if gone else link(store, which.kind, uid)
    if found is None:
        return [f"{_named(which.kind, changes[0].old or {})}: not in the list any more"]
    if changes[0].field == "*" and changes[0].kind == which.kind:
        return [f"{found}: back in the list"]
    if any(change.field == "deleted_at" for change in changes):
        return [f"{found}: {_fields(which.kind, changes)}"]
    told = []
    for change in changes:
        if change.kind != which.kind:
            told += _carried_lines(store, which, change)
        elif change.field in which.fields():
            told.append(_moved(store, which, change.field, change.old, change.new))
    return [f"{found.ref}: {words}" for words in told] or [f"{found.ref}: set back"]


def _carried_lines(store: Store, which: type[Entity], change: Change) -> list[str]:
    """Return what a newer record that came or went means for the one whose fields it carries."""
    child = entity(change.kind)
    names = [name for name in _carries(which, change.kind) if name in child.fields()]
    values = change.new or change.old or {}
    where = (Condition(child.lead_field, "=", values[child.lead_field]), Condition("uid", "!=", change.uid))
    others = rows(store, Query(child.kind, where, ((child.date_field, True),), limit=1), names)
    other = dict(zip(names, others[0][2:], strict=True)) if others else {}
    old, new = (other, values) if change.new else (values, other)
    moved = [_moved(store, which, n, old.get(n), new.get(n)) for n in names if old.get(n) != new.get(n)]
    return moved or [f"{child.noun} {values.get('ref', '')} {'back' if change.new else 'taken away'}"]


def _moved(store: Store, which: type[Entity], name: str, old: Any, new: Any) -> str:
    field = which.fields()[name]
    texts = []
    for value in (old, new):
        known: Link | Any = link(store, field.target, value) if field.target and value else value
        text = " ".join(show(field, known).split())
        texts.append(_short(text) if text else GONE if value and field.target else EMPTY)
    return f"{field.label} {texts[0]} → {texts[1]}"


def _named(kind: str, values: dict[str, Any]) -> str:
    which = entity(kind)
    name = "" if which.fields()[which.name_field].target else values.get(which.name_field) or ""
    return f"{values.get('ref', '')} {name}".strip()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
