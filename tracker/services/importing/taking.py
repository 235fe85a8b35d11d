"""A table becomes records, in one command: what is known by its key changes, what is new is added."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from tracker.entities import AttachedNote, Entity
from tracker.errors import Invalid, TrackerError
from tracker.fields import FIRM, KNOWN, TODAY, Field, Value, same
from tracker.rules.importing.layout import Grid, SourceRow
from tracker.rules.importing.mapping import WHY_REFUSED, ImportMapping
from tracker.rules.reading import show
from tracker.rules.wording import short, show_date, verb
from tracker.services.importing.changed_here import kept_fields
from tracker.services.importing.identities import WAIVED, Identities
from tracker.services.importing.nearly_named import nearly_named
from tracker.services.importing.outcome import CellRemark, FieldChange, Outcome, Status
from tracker.services.importing.row_records import RecordPlan, RowReader, SourceRecord
from tracker.services.records.edit import LACKING, Edit, Unchanged
from tracker.storage import Condition, Query, link
from tracker.storage.bulk.waiting import part_of_command
from tracker.storage.queries import rows
from tracker.storage.rows import current
from tracker.text import clean

NOTE_LIMIT = 10_000  # characters that a note can hold


class Stored(NamedTuple):
    """A record as it was written: its uid, its ref, and what it lacks."""

    uid: str
    ref: str
    lacks: tuple[str, ...] = ()


class Taken(NamedTuple):
    """What was taken in of a source: the uid of a record, and the first row that is about it."""

    uid: str
    row: int


class _Refused(Exception):
    """A record of a row was refused: the others of the row are taken back."""


class Importer:
    """Takes the rows of a table in, inside an open edit; ``outcomes`` says what became of each so far."""

    def __init__(self, edit: Edit, mapping: ImportMapping, grid: Grid) -> None:
        self.outcomes: list[Outcome] = []
        self._edit = edit
        self._mapping = mapping
        self._grid = grid
        self._identities = Identities(edit, mapping)
        self._reader = RowReader(edit, mapping, grid, self._identities)
        self._seen: set[tuple[str, str]] = set()  # kind and code of what some row is about, refused ones too
        self._present: dict[tuple[str, str], Taken] = {}  # by kind and code, what the source has now
        self._same_as: list[int] = []  # the rows that say the same as the row that is being taken in
        self._dated_today: Counter[tuple[type[Entity], str]] = Counter()  # by register and the label of a day
        self._of_row: list[tuple[str, str]] = []  # what the row that is being taken in is the first to be about

    @property
    def people(self) -> Mapping[str, int]:
        """The names that nobody here has, the most frequent first, with how often each stands in the source."""
        return dict(self._reader.people.most_common())

    def absent(self) -> Iterator[tuple[type[Entity], str]]:
        """Yield register and uid of each record that the source had and that no row is about now.

        Of the refused rows of a source nobody expects the others.
        """
        if WHY_REFUSED in self._grid.columns:
            return iter(())
        kinds = {plan.register.kind for plan in self._reader.plans if not plan.register.append_only}
        return self._identities.absent(kinds, self._seen, {taken.uid for taken in self._present.values()})

    def days_of_import(self) -> Iterator[str]:
        """Yield a sentence for each day that new records cannot do without and that the source does not say."""
        for (register, label), number in self._dated_today.items():
            which = "the day of which the file is true" if self._edit.as_at else "the day of this import"
            day = f"{which} counts, {show_date(self._edit.by.today)}"
            names = verb(number, register.noun, register.plural)
            yield f"{number:,} new {names} without “{label}” in the source: {day}."

    def nearly_named(self) -> Iterator[Outcome]:
        """Yield the outcomes, each new record with an earlier one that is called nearly so and is in no row."""
        return nearly_named(self._identities, self.outcomes, {taken.uid for taken in self._present.values()})

    def take(self, row: SourceRow) -> None:
        """Take a row in: each of its records, or none where one is refused."""
        self._of_row = []
        self._same_as = []
        uids: dict[str, str] = {}
        outcomes: list[Outcome] = []
        self._identities.begin_row()
        try:
            with part_of_command(self._edit.store):
                for plan in self._reader.plans:
                    if plan.applies(row):
                        outcomes += self._record(self._reader.read(plan, row, uids), uids)
                        if outcomes and outcomes[-1].status == "refused":
                            raise _Refused
        except _Refused:
            outcomes = outcomes[-1:]
            self._identities.forget_row()
            for key in self._of_row:
                del self._present[key]
        if not outcomes:
            reason = self._reader.why_no_record(row)
            if self._same_as:
                reason = f"row {min(self._same_as)} says the same of what is taken in"
            outcomes = [Outcome(row.number, self._reader.plans[0].register.kind, "skipped", why=(reason,))]
        self.outcomes += outcomes

    def _record(self, source: SourceRecord, uids: dict[str, str]) -> list[Outcome]:
        """Take in what a row says of a record; nothing where an earlier row said the very same."""
        register, code, rule = source.plan.register, source.code, source.plan.rule
        self._seen.add((register.kind, code))
        objection = self._objection(source)
        if objection:
            return [_refused(source, [objection])]
        earlier = self._present.get((register.kind, code))
        if earlier:
            uids[rule.called] = earlier.uid
            self._same_as.append(earlier.row)
            return []
        uid = self._identities.uid_of(register, code)
        if not uid:
            uid = self._identities.namesake(register, source.title, code)
            self._say_other_keys(source, uid)
        try:
            stored, outcome = self._changed(source, uid) if uid else self._added(source)
        except Invalid as error:
            return [_refused(source, [problem.message for problem in error.problems])]
        except TrackerError as error:
            return [_refused(source, [str(error)])]
        self._identities.identify(register, stored.uid, code)
        self._present[register.kind, code] = Taken(stored.uid, source.row)
        uids[rule.called] = stored.uid
        self._of_row.append((register.kind, code))
        return [outcome]

    def _say_other_keys(self, source: SourceRecord, uid: str) -> None:
        """Say which record a row is about, where the source has called it something else so far."""
        codes = self._identities.codes_of(uid)
        if codes:
            words = f"the same as “{short(codes[0], 60)}”, as the source called it before: its name is the same"
            source.remarks.append(CellRemark(source.plan.register.noun, "same", source.code, words))

    def _objection(self, source: SourceRecord) -> str:
        """Return why the source does not say which record a row is about; empty where it does."""
        if not source.code:
            return source.plan.nameless(self._reader.columns)
        repeated = self._reader.repeated[source.plan.rule.called]
        numbers = repeated.get(source.code, [])
        if source.row not in numbers:
            return ""
        numbers_there = ", ".join(str(number) for number in numbers if number != source.row)
        sentence = f"“{short(source.code, 60)}” stands in row {numbers_there} too, with other values."
        return sentence + " No key tells the two apart: name the column that does." * (not source.plan.key)

    def _added(self, source: SourceRecord) -> tuple[Stored, Outcome]:
        values: dict[str, Value] = {name: value for name, value in source.values.items() if value is not None}
        lead = source.plan.register.fields()[source.plan.register.lead_field]
        if lead.kind == "text" and not (lead.target or values.get(lead.name)):
            raise TrackerError(f"It is called nothing: its {lead.label} is empty.", "import.untitled")
        stored = self._written(source, values, "")
        for field in _standing_days(source.plan.register.stored()):
            if field.name not in values:
                self._dated_today[source.plan.register, field.label] += 1
        self._attach(source, stored.uid)
        for field, value in source.plan.presumed:
            column = source.plan.source(field.name).column
            if source.values.get(field.name) is None and all(remark.column != column for remark in source.remarks):
                words = f"the source says nothing, so it is {show(field, value)}, as of any new one"
                source.remarks.append(CellRemark(column, "presumed", "", words))
        return stored, _outcome("created", source, stored)

    def _changed(self, source: SourceRecord, uid: str) -> tuple[Stored, Outcome]:
        register = source.plan.register
        row = current(self._edit.store, register, uid)
        if row is None or row[2]:
            raise TrackerError("It was removed here; restore it, or take it out of the source.", "import.removed")
        before, ref, _ = row
        values = {name: value for name, value in source.values.items() if _differs(before.get(name), value)}
        self._keep(source, uid, before, values)
        stored = Stored(uid, ref)
        changes: list[FieldChange] = []
        if values and register.append_only:
            raise TrackerError(f"{ref} says something else, and a {register.noun} is never changed.", "append_only")
        if values:
            stored = self._written(source, values, uid)
            changes = self._changes(register, uid, before)
        noted = self._attach(source, uid)
        if noted and not changes:
            changes = [FieldChange("Notes", "", "what the source says besides")]
        status: Status = "changed" if changes or noted else "unchanged"
        return stored, _outcome(status, source, stored)._replace(changes=tuple(changes))

    def _changes(self, register: type[Entity], uid: str, before: Mapping[str, Value]) -> list[FieldChange]:
        """Return what of a record is another than before."""
        row = current(self._edit.store, register, uid)
        after: Mapping[str, Value] = row[0] if row else {}
        return [
            FieldChange(field.label, self._shown(field, before.get(name)), self._shown(field, after.get(name)))
            for name, field in register.fields().items()
            if name in after and not same(before.get(name), after.get(name))
        ]

    def _keep(self, source: SourceRecord, uid: str, before: Mapping[str, Value], values: dict[str, Value]) -> None:
        """Take out of the values what was changed here since the source was last taken in, and say so."""
        for name, clash in kept_fields(self._edit.store, source.plan.register, uid, before, values):
            if clash and self._mapping.source_wins:
                continue
            origin = source.plan.source(name)
            ours = short(self._shown(origin.field, before.get(name)), 60)
            theirs = short(self._shown(origin.field, values[name]), 60) or "nothing"
            words = f"“{ours}” stays, as it was changed here; the source says “{theirs}”"
            source.remarks.append(CellRemark(origin.column, "clash" if clash else "kept", theirs, words))
            del values[name]

    def _shown(self, field: Field, value: Value) -> str:
        if field.target and isinstance(value, str):
            record = link(self._edit.store, field.target, value)
            return str(record or "")
        return show(field, value)

    def _written(self, source: SourceRecord, values: dict[str, Value], uid: str) -> Stored:
        """Write a record, without the values that its register cannot hold: their texts go into its note.

        Raises Invalid.
        """
        register = source.plan.register
        while True:
            try:
                with part_of_command(self._edit.store):
                    if uid:
                        saved = self._edit.change(register, uid, values, waived=WAIVED)
                    else:
                        saved = self._edit.add(register, values, waived=WAIVED)
                lacks = tuple(str(note) for note in saved.notes if note.code == LACKING)
                return Stored(saved.uid, saved.ref, lacks)
            except Unchanged as unchanged:
                return Stored(unchanged.saved.uid, unchanged.saved.ref)
            except Invalid as error:
                self._drop(source, values, error)

    def _drop(self, source: SourceRecord, values: dict[str, Value], error: Invalid) -> None:
        """Take out of the values what the register refuses, each with its text; raise the error where it cannot go.

        A value that goes only with another one goes with it.
        """
        for problem in error.problems:
            names = (problem.field, str(problem.values.get("given", "")))
            name = next((name for name in names if name in values), "")
            if not _can_go(source.plan, name):
                raise error
            origin = source.plan.source(name)
            text = self._shown(origin.field, values.pop(name))
            source.remarks.append(CellRemark(origin.column, "unread", text, problem.message))
            source.note.append((origin.column, text))

    def _attach(self, source: SourceRecord, uid: str) -> bool:
        """Attach a note with the texts that no field holds; return whether it says anything new."""
        if not source.note:
            return False
        store = self._edit.store
        parts = (f"{column}: {text}" for column, text in source.note)
        text = clean(f"From {self._mapping.source}\n\n" + "\n\n".join(parts), lines=True).text
        present = {
            note for *_, note in rows(store, Query(AttachedNote.kind, (Condition("about", "=", uid),)), ["text"])
        }
        pieces = [piece for piece in _pieces(text) if piece not in present]
        about = {"about": uid, "about_kind": source.plan.register.kind, "author": self._edit.by.person}
        for piece in pieces:
            self._edit.insert(AttachedNote, {**about, "text": piece, "written_on": self._edit.by.today})
        return bool(pieces)


@cache
def _standing_days(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields with days that a record always has: today where nobody says another."""
    return tuple(field for field in fields if TODAY in field.flags and field.flags & {FIRM, KNOWN})


def _differs(before: Value, value: Value) -> bool:
    """Return whether a source says something else than the record; an empty cell says nothing, and clears nothing."""
    return value not in (None, ()) and not same(before, value)


def _can_go(plan: RecordPlan, name: str) -> bool:
    """Return whether a record may do without a value that a row gives."""
    return bool(name) and name != plan.register.lead_field and plan.register.fields()[name].optional


def _pieces(text: str) -> list[str]:
    """Return a text in pieces that a note can hold, divided between lines or words."""
    pieces = []
    while len(text) > NOTE_LIMIT:
        cut = max(text.rfind("\n", 0, NOTE_LIMIT), text.rfind(" ", 0, NOTE_LIMIT))
        if cut <= 0:
            cut = NOTE_LIMIT
        pieces.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*pieces, text]


def _refused(source: SourceRecord, why: Sequence[str]) -> Outcome:
    register = source.plan.register.kind
    return Outcome(source.row, register, "refused", title=source.title, remarks=tuple(source.remarks), why=tuple(why))


def _outcome(status: Status, source: SourceRecord, stored: Stored) -> Outcome:
    register = source.plan.register.kind
    remarks = tuple(source.remarks)
    return Outcome(source.row, register, status, stored.ref, source.title, remarks=remarks, lacks=stored.lacks)
