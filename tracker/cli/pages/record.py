"""One record as a page of plain lines, for a terminal and for a screen reader alike."""

import textwrap

from tracker.cli.registers.actions import shown
from tracker.cli.shell.output import data
from tracker.cli.shell.tables import terminal_width
from tracker.entities import Entity
from tracker.entities.base import STAMPS
from tracker.errors import TrackerError
from tracker.fields import REASONED
from tracker.storage.journal.history import of_record
from tracker.storage.queries import Condition, Query, rows
from tracker.storage.store import Store


def print_record(store: Store, which: type[Entity], uid: str) -> None:
    """Print every field that is given, then what is empty, then where the dates moved, then who and when."""
    names = [*which.fields(), *STAMPS]
    found = [
        row
        for deleted in (False, True)
        for row in rows(store, Query(which.kind, (Condition("uid", "=", uid),), deleted=deleted), names)
    ]
    if not found:
        raise TrackerError(f"This {which.noun} did not exist on that day.")
    values = dict(zip(names, found[0][2:], strict=True))
    name = shown(which, which.name_field, values[which.name_field])
    data(f"{found[0][1]}  {name}")
    if values["deleted_at"]:
        who = shown(which, "deleted_by", values["deleted_by"])
        data(f"REMOVED on {values['deleted_at'][:10]} by {who}: {values['deleted_reason']}")
    labels = which.labels()
    width = max(len(label) for label in labels.values()) + 2
    empty = []
    for field, label in labels.items():
        text = shown(which, field, values[field])
        target = which.fields()[field].target
        if target and values[field] is not None and target != "person":
            text = str(values[field])
        if not text:
            empty.append(label.lower())
        elif field != which.name_field:
            _line(label, text, width)
    if empty:
        _line("Not given", ", ".join(empty), width)
    _moves(store, which, uid)
    created, changed = (values[name] or "outside the program" for name in ("created_at", "updated_at"))
    _line("Recorded", f"{created} by {shown(which, 'created_by', values['created_by']) or '—'}", width)
    if values["rev"] > 1:
        who = shown(which, "updated_by", values["updated_by"]) or "—"
        _line("Changed", f"{changed} by {who} (revision {values['rev']})", width)


def _line(label: str, text: str, width: int) -> None:
    room = max((terminal_width() or 100) - width, 30)
    lines = [part for line in text.splitlines() for part in (textwrap.wrap(line, room) or [""])]
    data(f"{label:<{width}}{lines[0]}")
    for line in lines[1:]:
        data(" " * width + line)


def _moves(store: Store, which: type[Entity], uid: str) -> None:
    """Print each change of a field whose changes need a reason: the forecast history and its like."""
    moved = [
        change
        for change in of_record(store, uid)
        if change.field in which.fields() and REASONED in which.fields()[change.field].flags and change.old is not None
    ]
    for change in moved:
        field = which.fields()[change.field]
        old, new = shown(which, field.name, change.old), shown(which, field.name, change.new)
        why = f": {change.reason}" if change.reason else ""
        _line("", f"{field.label} moved on {change.day or '?'} from {old} to {new or 'empty'}{why}", 2)
