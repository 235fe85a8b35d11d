"""The one way in which records are written: what belongs together is one command of the journal, or nothing is saved.

The triggers of the tables write the journal (``tracker.storage.schema``).
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Literal, NamedTuple

from tracker.entities import Entity, entity
from tracker.errors import TrackerError
from tracker.services.guards.guard import Values
from tracker.services.records.edit import Edit as Edit
from tracker.services.records.edit import Identity as Identity
from tracker.services.records.edit import Saved as Saved
from tracker.services.records.edit import Unchanged as Unchanged
from tracker.storage import Acting, Store, record
from tracker.text import clean


class Fate(NamedTuple):
    """What is to become of what hangs on a record; ``to`` is the uid of the record that it moves to."""

    way: Literal["", "with", "move", "leave"] = ""
    to: str = ""


UNSAID = Fate()

FIRST_DAY = date(1990, 1, 1)
"""The first day of which anything can be recorded as true: before the oldest portfolio that is brought in by its years,
and late enough to catch a spreadsheet's day zero and a year typed wrong, which would show on every earlier day."""


@contextmanager
def editing(
    store: Store, by: Acting, command: str, *, reason: str | None = None, as_at: date | None = None
) -> Iterator[Edit]:
    """Hold one command of the journal, such as ``gate.take``: all that is done by the edit is written, or nothing.

    ``as_at`` is the day on which it is true; what is true of a later day stays as it is. Raises TrackerError for a day
    to come or before ``FIRST_DAY``, FileTrouble when the file cannot be written.
    """
    edit = None
    reason = clean(reason).text if reason else None
    if as_at is not None and as_at > by.today:
        raise TrackerError(f"{as_at} is still to come: only what was true by today can be recorded.", "as_at.to_come")
    if as_at is not None and as_at < FIRST_DAY:
        raise TrackerError(
            f"{as_at} is too long ago: what was true can be recorded from {FIRST_DAY} on. Check the year.",
            "as_at.too_early",
        )
    try:
        with store.command(by, command, reason=reason, as_at=as_at) as tx:
            edit = Edit(store, by, tx, reason, as_at)
            yield edit
    except sqlite3.IntegrityError as error:
        if edit is None:
            raise
        raise edit.refused(error) from error


def add(
    store: Store,
    kind: str,
    values: Values,
    by: Acting,
    *,
    reason: str | None = None,
    number: int | None = None,
    as_at: date | None = None,
    sources: Mapping[str, str] | None = None,
    waived: tuple[str, ...] = (),
) -> Saved:
    """Add a record from typed values (references as uids) as one command, and return it.

    ``number`` asks for the number of its ref, which must be above all that were given, ``as_at`` is the day on which
    it is true, ``sources`` are the places that values come from, by field, ``waived`` the codes of problems that do
    not count.
    Raises Invalid with every problem at once, FileTrouble when the file cannot be written.
    """
    with editing(store, by, f"{kind}.add", reason=reason, as_at=as_at) as edit:
        saved = edit.add(entity(kind), values, number=number, waived=waived)
        if sources:
            edit.put_sources(entity(kind), saved.uid, sources)
        return saved


def change(
    store: Store,
    kind: str,
    uid: str,
    new: Values,
    by: Acting,
    *,
    base: Values | None = None,
    reason: str | None = None,
    as_at: date | None = None,
    sources: Mapping[str, str] | None = None,
    fate: Fate = UNSAID,
    waived: tuple[str, ...] = (),
) -> Saved:
    """Change fields of a record as one command, and return it; nothing is written where nothing changes.

    ``base`` holds the values that the person started from: a field that somebody else has changed since is not
    overwritten. ``sources`` are the places that values come from, by field, ``waived`` the codes of problems that do
    not count; ``fate`` is what becomes of what is open on a record that ends. Raises Conflict with both values,
    Invalid with every problem, TrackerError when the record is gone, or something hangs on it and nobody says what
    becomes of that.
    """
    register = entity(kind)
    try:
        with editing(store, by, f"{kind}.set", reason=reason, as_at=as_at) as edit:
            before = edit.values_before(register, uid, new)
            saved = _changed(edit, register, uid, new, base, sources or {}, waived)
            if before is None:
                return saved
            from tracker.services.records.hanging import settle_ending

            return saved._replace(notes=(*saved.notes, *settle_ending(edit, register, uid, before, fate)))
    except Unchanged as unchanged:
        return unchanged.saved


def _changed(
    edit: Edit,
    register: type[Entity],
    uid: str,
    new: Values,
    base: Values | None,
    sources: Mapping[str, str],
    waived: tuple[str, ...],
) -> Saved:
    try:
        saved = edit.change(register, uid, new, base=base, waived=waived)
    except Unchanged as unchanged:
        if not edit.put_sources(register, uid, sources):
            raise
        return unchanged.saved._replace(tx=edit.tx.id, notes=())
    edit.put_sources(register, uid, sources)
    return saved


def remove(
    store: Store,
    kind: str,
    uid: str,
    by: Acting,
    *,
    reason: str,
    as_at: date | None = None,
    fate: Fate = UNSAID,
) -> Saved:
    """Take a record out of the lists; it stays in the file, can be restored, and papers say why it went.

    ``fate`` is what becomes of what hangs on it. Raises TrackerError when the record was removed already, something
    hangs on it and nobody says what becomes of that, or, last, the reason has fewer than five characters.
    """
    from tracker.services.records.hanging import settle_removal

    register = entity(kind)
    with editing(store, by, f"{kind}.remove", reason=reason, as_at=as_at) as edit:
        if not fate.way:  # what hangs on it is said before anybody thinks of a reason
            edit.hold_removal(register, uid)
            settle_removal(edit, register, uid, fate)
            return edit.remove(register, uid)
        saved = edit.remove(register, uid)
        return saved._replace(notes=(*settle_removal(edit, register, uid, fate), *saved.notes))


def restore(
    store: Store,
    kind: str,
    uid: str,
    by: Acting,
    *,
    reason: str | None = None,
    as_at: date | None = None,
    along: bool = False,
) -> Saved:
    """Bring a removed record back, and ``along`` with it what was removed or closed in the same command.

    Raises TrackerError when it is not removed, and nothing that went with it is.
    """
    from tracker.services.gone_together import bring_back, left_behind, removed_with, under_removed

    with editing(store, by, f"{kind}.restore", reason=reason, as_at=as_at) as edit:
        gone = removed_with(store, uid)
        entry = record(store, entity(kind), uid)
        if along and gone and entry is not None and not entry.deleted_at:  # it came back alone before
            saved = Saved(uid, entry.ref, edit.tx.id)
        else:
            saved = edit.restore(entity(kind), uid)
        notes = bring_back(edit, gone) if along else left_behind(gone, kind, saved.ref)
        back = [entry, *(part.entry for part in gone if along)]
        orphans = under_removed(store, filter(None, back))
        return saved._replace(notes=(*notes, *orphans, *saved.notes))
