"""One command of the journal while it is written: records are completed and held to every rule."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.entities import Entity
from tracker.entities.base import can_end_by
from tracker.entities.base import lacking as lacking_fields
from tracker.errors import Invalid, Note, Problem, TrackerError
from tracker.fields import Nothing, VagueDay, WorkedOut, same
from tracker.services.guards.guard import Proposal, Values, guard_removal, links_that_do_not_hold
from tracker.services.records.checking import (
    Newer,
    all_problems,
    check,
    check_reason,
    defaults,
    explained,
    lacking,
    newer_records,
    own_day,
    present,
    require_reason,
    stored,
    stored_names,
    with_defaults,
)
from tracker.storage import Acting, Store, Tx, stored_value
from tracker.storage.rows import current, insert_row, update_row, uuid7

if TYPE_CHECKING:
    from tracker.storage.journal.aside import OnDay
    from tracker.storage.store import Raw

SAID = frozenset({Nothing, VagueDay, WorkedOut})  # values of which something is kept beside what their column holds
LACKING = "lacking"  # among what is waived: a record may lack what its register asks for
REFUSED = (sqlite3.IntegrityError, OverflowError)  # what the file says to values that break its rules


class Identity(NamedTuple):
    """What a new record is known by."""

    uid: str
    ref: str


class Saved(NamedTuple):
    """A record that was written: its uid and ref, the number of the command, and what the user should know."""

    uid: str
    ref: str
    tx: int
    notes: tuple[Note, ...] = ()


class Unchanged(TrackerError):
    """A record already holds what was to be changed; ``saved`` says so."""

    def __init__(self, uid: str, ref: str) -> None:
        note = Note("unchanged", "Nothing to change: it is so already.")
        super().__init__(note, note.code)
        self.saved = Saved(uid, ref, 0, (note,))


class Edit:
    """One command of the journal while it is written; nobody else can change the file meanwhile.

    Records are completed and held to every rule, each against what the edit has written before it.
    """

    def __init__(self, store: Store, by: Acting, tx: Tx, reason: str | None, as_at: date | None = None) -> None:
        self.store = store
        self.as_at = as_at if tx.as_at else None
        # What is true of an earlier day is judged, and completed, as if it were that day.
        self.by = by if self.as_at is None else by._replace(today=self.as_at)
        self.tx = tx
        self.reason = reason
        self._references: list[tuple[type[Entity], Values]] = []  # what was proposed, by register
        self._uids: set[str] = set()
        self._clock = tx.notes

    def identity(self, register: type[Entity], number: int | None = None) -> Identity:
        """Return the uid and ref of the next record of a register.

        ``number`` asks for the number of its ref. Raises TrackerError unless it is above all that were given.
        """
        if number is not None:
            self.store.reserve_numbers(register.kind, number - 1)
        following = self.store.next_numbers([register.kind])[register.kind]
        if number not in (None, following):
            ref = register.new_ref(number or 0, self.tx.site)
            raise TrackerError(f"{ref} was given already: numbers only go up.")
        return Identity(uuid7(self.tx.at_ms), register.new_ref(following, self.tx.site))

    def add(
        self,
        register: type[Entity],
        values: Values,
        *,
        number: int | None = None,
        identity: Identity | None = None,
        as_draft: bool = False,
        waived: tuple[str, ...] = (),
    ) -> Saved:
        """Add a record from typed values (references as uids) and return it.

        ``number`` is that of its ref, ``identity`` one that was taken before. ``as_draft``: it came with another
        record and nobody has looked at it, so it is not completed. ``waived`` are the codes of problems that do not
        count. Raises Invalid with every problem at once.
        """
        elsewhere = LACKING in waived
        full = with_defaults(register, values, self.by.today, from_elsewhere=elsewhere)
        proposal = Proposal(self.store, register, full, None, self.by)
        check(proposal, complete=not as_draft, from_elsewhere=elsewhere)
        lacks = _refuse(proposal, None if as_draft else self.reason, waived)
        note = None if as_draft else self.reason
        self._remember(proposal)
        try:
            uid, ref = self.insert(register, proposal.outcome, identity or self.identity(register, number), note=note)
        except REFUSED as error:
            raise explained(proposal, error) from error
        return Saved(uid, ref, self.tx.id, (*proposal.notes, *lacks, *self._clock))

    def insert(
        self, register: type[Entity], values: Values, identity: Identity | None = None, *, note: str | None = None
    ) -> Identity:
        """Write a new record as it is, and the newer records (with the note) that its carried fields ask for."""
        identity = identity or self.identity(register)
        self._uids.add(identity.uid)
        insert_row(self.store, register.kind, {**identity._asdict(), **_row(register, values)})
        for newer in newer_records(register, values).values():
            day = values.get(newer.on) or own_day(register, values, self.by.today)
            self._insert_newer(newer, identity.uid, day, note)
        if not SAID.isdisjoint(map(type, values.values())):
            self._say(register, identity.uid, {}, values)
        return identity

    def _say(self, register: type[Entity], uid: str, before: Values, after: Values) -> None:
        """Write what is said of fields beside their values; loaded only where something is."""
        from tracker.services.records.saying import say

        say(self, register, uid, before, after)

    def _insert_newer(self, newer: Newer, uid: str, day: date, note: str | None) -> None:
        values = {**defaults(newer.register), **newer.values, newer.link: uid, newer.on: day}
        field = newer.register.fields().get("note")
        if note and field:
            values["note"] = note[: field.longest]
        insert_row(
            self.store, newer.register.kind, {**self.identity(newer.register)._asdict(), **_row(newer.register, values)}
        )

    def change(
        self,
        register: type[Entity],
        uid: str,
        new: Values,
        *,
        base: Values | None = None,
        anew: tuple[str, ...] = (),
        waived: tuple[str, ...] = (),
    ) -> Saved:
        """Change fields of a record; return it. Fields that already have the value are left alone.

        ``base`` holds the values that the person started from: a field that somebody else has changed since is not
        overwritten. ``anew`` names fields that count as given even where they stay as they are, ``waived`` the codes
        of problems that do not count. Raises Conflict with both values, Invalid with every problem, Unchanged when
        there is nothing to change, TrackerError when the record is gone.
        """
        before, ref, past = self._before(register, uid)
        new_values = {name: value for name, value in new.items() if not same(value, before.get(name))}
        if base:
            from tracker.services.records.conflicts import refuse_clashes

            refuse_clashes(self.store, register, uid, ref, base=base, new=new_values, now=before)
        if not new_values and not anew:
            raise Unchanged(uid, ref)
        if register.append_only:
            correct = f"add one that corrects {ref}, or remove it with a reason"
            raise TrackerError(f"A {register.noun} is never changed: {correct}.")
        proposal = Proposal(self.store, register, {**before, **new_values}, {**before, **dict.fromkeys(anew)}, self.by)
        check(proposal, from_elsewhere=LACKING in waived)
        check_reason(proposal, self.reason)
        lacks = _refuse(proposal, self.reason, waived)
        self._remember(proposal)
        try:
            self._update(register, uid, before, proposal.outcome, past)
        except REFUSED as error:
            raise explained(proposal, error) from error
        notes = (*proposal.notes, *lacks, *self._beside(register, uid, new_values, past), *self._clock)
        return Saved(uid, ref, self.tx.id, notes)

    def _beside(self, register: type[Entity], uid: str, new: Values, past: "OnDay | None") -> tuple[Note, ...]:
        """Return what the user should know of fields whose value of today is another one, which is true later."""
        if past is None:
            return ()
        carried = {name for name, field in register.fields().items() if name in new and field.carried is not None}
        own = set(new) - carried
        beside = own if not past.there else own & past.later
        row = current(self.store, register, uid) if carried else None
        if row is not None:  # of what the newest of other records says, what is shown tells
            beside |= {name for name in carried if row[0].get(name) != new[name]}
        labels = ", ".join(label for name, label in register.labels().items() if name in beside)
        if not labels:
            return ()
        message = f"Recorded as true on {self.as_at}. What is shown today stays, for it is true later: {labels}."
        return (Note("as_at.beside", message),)

    def values_before(self, register: type[Entity], uid: str, new: Values) -> Values | None:
        """Return the values of a record whose state new values may end; None where they cannot."""
        if register.state_field not in new and not can_end_by(register, new):
            return None
        return self._before(register, uid)[0]

    def _before(self, register: type[Entity], uid: str) -> "tuple[Values, str, OnDay | None]":
        """Return the values of a record that may be changed, and its ref: as it is, or as it was on the edit's day."""
        if self.as_at is None:
            record = present(self.store, register, uid)
            return record.values, record.ref, None
        from tracker.services.records.earlier import record_on

        return record_on(self.store, register, uid, self.as_at)

    def _write(self, register: type[Entity], uid: str, columns: "Mapping[str, Raw]", past: "OnDay | None") -> None:
        """Write some columns of a record: into its row, or where something later stands, beside."""
        if past is None:
            update_row(self.store, register.kind, uid, columns)
            return
        from tracker.storage.journal.aside import write_on_day

        write_on_day(self.store, self.tx.id, register.kind, uid, past, columns)

    def _update(self, register: type[Entity], uid: str, before: Values, after: Values, past: "OnDay | None") -> None:
        changed = {
            field.name: stored_value(after[field.name])
            for field in register.stored()
            if stored_value(after.get(field.name)) != stored_value(before.get(field.name))
        }
        if changed:
            self._write(register, uid, changed, past)
        old = newer_records(register, before)
        for kind, newer in newer_records(register, after).items():
            if kind not in old or newer.values != old[kind].values:
                self._insert_newer(newer, uid, self.by.today, self.reason)
        if not SAID.isdisjoint(map(type, (*before.values(), *after.values()))):
            self._say(register, uid, before, after)

    def put_sources(self, register: type[Entity], uid: str, sources: Mapping[str, str]) -> bool:
        """Write where values of a record come from, by field; return whether that was not known already.

        Raises Invalid for a field of which nothing is said beside its value.
        """
        from tracker.services.records.saying import put_sources

        return put_sources(self, register, uid, sources)

    def _remember(self, proposal: Proposal) -> None:
        """Keep the references of a record, which the file looks at when all is written."""
        names = (field.name for field in proposal.register.stored() if field.target)
        references = {name: proposal[name] for name in names if proposal[name]}
        if references:
            self._references.append((proposal.register, references))

    def refused(self, error: sqlite3.IntegrityError) -> TrackerError:
        """Return what the file says to the whole edit at its end: it looks at references when all is written."""
        problems = _broken_links(self.store, self._references, self._uids)
        if problems:
            return Invalid(problems)
        return TrackerError(f"This breaks a rule of the file ({error}). Nothing was saved.")

    def hold_references(self) -> None:
        """Raise Invalid where the file would refuse the edit at its end, since a reference leads nowhere."""
        problems = _broken_links(self.store, self._references, self._uids)
        if problems:
            raise Invalid(problems)

    def remove(self, register: type[Entity], uid: str, *, cause: str = "") -> Saved:
        """Take a record out of the lists, for the reason of the edit, or else ``cause``.

        Raises TrackerError when it may not go.
        """
        ref, past = self.hold_removal(register, uid)
        reason = require_reason(self.reason or cause, f"{ref} is removed")
        at = f"{self.as_at}T00:00:00Z" if self.as_at else self.by.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        row = {"deleted_at": at, "deleted_by": self.by.person, "deleted_reason": reason}
        self._write(register, uid, row, past)
        return Saved(uid, ref, self.tx.id, self._clock)

    def hold_removal(self, register: type[Entity], uid: str) -> "tuple[str, OnDay | None]":
        """Return ref and earlier state of a record that may go, whatever hangs on it. Raises TrackerError."""
        if register.kind == "programme":
            raise TrackerError("The programme itself cannot be removed; the file is about it.")
        if register.made_with:
            raise TrackerError(f"A {register.noun} is never removed: it proves what was shown.")
        ref, removed, past = self._removal(register, uid)
        if removed:
            raise TrackerError(f"{ref} was removed already.")
        guard_removal(self.store, register, uid)
        return ref, past

    def restore(self, register: type[Entity], uid: str) -> Saved:
        """Bring a removed record back. Raises TrackerError when it is not removed, or may not come back."""
        ref, removed, past = self._removal(register, uid)
        if not removed:
            raise TrackerError(f"{ref} is not removed; there is nothing to bring back.")
        guard_removal(self.store, register, uid)
        _hold_once(self.store, register, uid, self.by)
        self._write(register, uid, dict.fromkeys(("deleted_at", "deleted_by", "deleted_reason")), past)
        return Saved(uid, ref, self.tx.id, self._clock)

    def _removal(self, register: type[Entity], uid: str) -> "tuple[str, bool, OnDay | None]":
        """Return the ref of a record and whether it is removed: now, or on the day of the edit."""
        _, ref, removed = stored(self.store, register, uid)
        if self.as_at is None:
            return ref, removed, None
        from tracker.services.records.earlier import there_on

        past = there_on(self.store, register, uid, self.as_at)
        return ref, past.columns.get("deleted_at") is not None, past


def _broken_links(store: Store, references: Sequence[tuple[type[Entity], Values]], new: set[str]) -> list[Problem]:
    """Return which references of an edit lead nowhere; ``new`` are the uids that it adds."""
    problems: list[Problem] = []
    looked_at = set(new)
    for register, values in references:
        outside = {name: uid for name, uid in values.items() if uid not in looked_at}
        looked_at.update(str(uid) for uid in outside.values())
        problems += links_that_do_not_hold(store, register, outside)
    return problems


def _hold_once(store: Store, register: type[Entity], uid: str, by: Acting) -> None:
    """Raise Invalid when another record stands where one that comes back stood, and both would count."""
    if not register.once:
        return
    from tracker.services.guards.standing import hold_once

    before, _, _ = stored(store, register, uid)
    proposal = Proposal(store, register, before, dict.fromkeys(before) | {"uid": uid}, by)
    hold_once(proposal)
    if proposal.problems:
        raise Invalid(proposal.problems)


def _refuse(proposal: Proposal, note: str | None, waived: tuple[str, ...] = ()) -> tuple[Note, ...]:
    """Raise Invalid with every problem of a record, unless it has none but those whose codes do not count.

    Return what a record lacks that may lack it (LACKING).
    """
    passed = [(problem.field, problem.message) for problem in proposal.problems if problem.code in waived]
    proposal.problems = [problem for problem in proposal.problems if problem.code not in waived]
    if not proposal.problems and not lacking(proposal, note):
        return _notes_of([*passed, *proposal.undated.items()])
    problems = all_problems(proposal)
    if LACKING not in waived:
        raise Invalid(problems)
    lacks = lacking_fields(proposal.register, proposal.values)
    counting = [problem for problem in problems if problem.field not in lacks and problem.code not in waived]
    if counting:
        raise Invalid(counting)
    lacks_day = ((name, words) for name, words in proposal.undated.items() if name not in lacks)
    return _notes_of([*((problem.field, problem.message) for problem in problems), *passed, *lacks_day])


def _notes_of(lacks: Iterable[tuple[str, str]]) -> tuple[Note, ...]:
    """Return the sentences that say what a record lacks, each once and with its field, as notes."""
    return tuple(Note(LACKING, words, field=name) for name, words in dict.fromkeys(lacks))


def _row(register: type[Entity], values: Values) -> Values:
    row: Values = {}
    for name in stored_names(register.stored()):
        value = values.get(name)
        if value is not None:
            row[name] = value if type(value) is str else stored_value(value)
    return row
