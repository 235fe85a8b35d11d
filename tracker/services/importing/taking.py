"""A table becomes records, in one command: what is known by its key changes, what is new is added."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.entities import AttachedNote, Entity, Identifier, Person, entity
from tracker.errors import Invalid, TrackerError
from tracker.fields import Field, Nothing, Value, same
from tracker.ratings import SCALES
from tracker.rules.importing.cells import CellReader
from tracker.rules.importing.layout import Grid, SourceRow
from tracker.rules.importing.mapping import REST, ImportMapping, Origin, RecordRule
from tracker.rules.importing.sheets import EMPTY, Cell
from tracker.rules.reading import show
from tracker.rules.slips import likeness
from tracker.rules.typed.conventions import Conventions
from tracker.rules.wording import short
from tracker.services.importing.changed_here import kept_fields
from tracker.services.importing.mappings import words_for_nothing
from tracker.services.importing.outcome import CellRemark, FieldChange, Outcome, Status
from tracker.services.records.edit import LACKING, Edit, Unchanged
from tracker.services.records.finding import resolve_ref
from tracker.services.typed.conventions import conventions_of
from tracker.storage import Condition, Link, Query
from tracker.storage.copies.rehearsal import part_of_command
from tracker.storage.queries import links, rows
from tracker.storage.rows import current
from tracker.text import clean

# What a record may lack that comes from elsewhere, where people who type it are asked for it.
WAIVED = (LACKING, "needed", "order", "no_higher", "confidence.unexplained", "late_entry")
NOTE_LIMIT = 10_000


class Filling(NamedTuple):
    """How a field is filled: by which cells, read by what."""

    field: Field
    origin: Origin
    positions: tuple[int, ...]
    reader: CellReader


class RuleInHand(NamedTuple):
    """A rule with its register, and with the positions of its columns."""

    rule: RecordRule
    register: type[Entity]
    fillings: tuple[Filling, ...]
    key: tuple[int, ...]
    note: tuple[int, ...]
    where: tuple[tuple[int, frozenset[str]], ...]
    filled: tuple[int, ...]

    def is_for(self, row: SourceRow) -> bool:
        """Return whether the row gives such a record."""
        if self.filled and not any(row.cells[place].text for place in self.filled):
            return False
        return all(row.cells[place].text.casefold() in wanted for place, wanted in self.where)


class Read(NamedTuple):
    """What a row says of a record: values, what is said of cells, texts for a note, and what the source calls it."""

    values: dict[str, Value]
    remarks: list[CellRemark]
    whole: list[tuple[str, str]]
    code: str
    title: str


class Taking:
    """Takes the rows of a table in, inside an open edit; ``outcomes`` says what became of each so far."""

    def __init__(self, edit: Edit, mapping: ImportMapping, grid: Grid) -> None:
        self.edit = edit
        self.mapping = mapping
        self.grid = grid
        self.outcomes: list[Outcome] = []
        self.people: Counter[str] = Counter()
        conventions = conventions_of(edit.store)
        _hold_scale(mapping.rating_scale, conventions.scale)
        nothings = words_for_nothing()
        self._rules = [_in_hand(grid, rule, edit, conventions, nothings) for rule in mapping.record]
        known = rows(edit.store, Query(Identifier.kind, (Condition("source", "=", mapping.source),)), _KNOWN)
        self._known = {(str(kind), str(code)): str(about) for _, _, code, kind, about in known}
        self._here: dict[tuple[str, str], tuple[int, object, str]] = {}  # by kind and code: row, what it said, uid
        self._names: dict[str, dict[str, list[Link]]] = {}
        self._links: dict[tuple[str, str], str | TrackerError] = {}
        self._twice = self._told_apart()

    @property
    def gone(self) -> list[tuple[str, str]]:
        """Kind and uid of each record that the source had, and that no row is about now."""
        kinds = {rule.register.kind for rule in self._rules if not rule.register.append_only}
        missing = [(kind, uid) for (kind, code), uid in self._known.items() if (kind, code) not in self._here]
        return [(kind, uid) for kind, uid in missing if kind in kinds]

    def take(self, row: SourceRow) -> None:
        """Take a row in: each of its records, or none where one is refused."""
        made: dict[str, str] = {}
        outcomes: list[Outcome] = []
        try:
            with part_of_command(self.edit.store):
                for rule in self._rules:
                    if rule.is_for(row):
                        outcome = self._record(rule, row, made)
                        if outcome is not None:
                            outcomes.append(outcome)
                            if outcome.status == "refused":
                                raise _RefusedRow
        except _RefusedRow:
            outcomes = outcomes[-1:]
        self.outcomes += outcomes

    def _told_apart(self) -> dict[tuple[str, str], list[int]]:
        """Return the rows of each key that stands in several rows which do not say the same."""
        places: dict[tuple[str, str], dict[tuple[str, ...], list[int]]] = {}
        for rule in self._rules:
            if not rule.rule.key:
                continue
            for row in filter(rule.is_for, self.grid.rows):
                code = _code(row, rule)
                used = tuple(row.cells[place].text for filling in rule.fillings for place in filling.positions)
                places.setdefault((rule.rule.called, code), {}).setdefault(used, []).append(row.number)
        return {
            key: sorted(number for numbers in says.values() for number in numbers)
            for key, says in places.items()
            if len(says) > 1 and key[1]
        }

    def _record(self, rule: RuleInHand, row: SourceRow, made: dict[str, str]) -> Outcome | None:
        """Take the record in that a row gives by a rule; None where an earlier row gave the very same."""
        read = self._read(rule, row, made)
        kind = rule.register.kind
        twice = self._twice.get((rule.rule.called, read.code), [])
        if len(twice) > 1:
            others = ", ".join(str(number) for number in twice if number != row.number)
            return _refused(
                rule, row, read, [f"“{short(read.code, 60)}” stands in row {others} too, with other values."]
            )
        if not read.code:
            return _refused(rule, row, read, ["There is nothing by which the source knows it: its key is empty."])
        earlier = self._here.get((kind, read.code))
        if earlier is not None:
            made[rule.rule.called] = earlier[2]
            return None
        uid = self._known.get((kind, read.code)) or self._named(rule, read)
        try:
            outcome, uid = self._changed(rule, row, read, uid) if uid else self._added(rule, row, read)
        except Invalid as error:
            return _refused(rule, row, read, [problem.message for problem in error.problems])
        except TrackerError as error:
            return _refused(rule, row, read, [str(error)])
        made[rule.rule.called] = uid
        self._here[kind, read.code] = (row.number, None, uid)
        return outcome

    def _read(self, rule: RuleInHand, row: SourceRow, made: Mapping[str, str]) -> Read:
        """Return what a row says by a rule."""
        values: dict[str, Value] = {}
        remarks: list[CellRemark] = []
        whole: list[tuple[str, str]] = []
        for filling in rule.fillings:
            if filling.origin.record:
                values[filling.field.name] = made.get(filling.origin.record)
                continue
            column = self._column(filling)
            reading = filling.reader.read(_cell(row, filling))
            value = reading.value
            if reading.remark is not None:
                remarks.append(CellRemark(column, *reading.remark))
            if filling.field.target and isinstance(value, str):
                value = self._linked(filling.field, value, column, remarks)
            if reading.whole and filling.field.target != Person.kind:
                whole.append((column, reading.whole))
            values[filling.field.name] = value
        whole += [(self.grid.columns[place], row.cells[place].text) for place in rule.note if row.cells[place].text]
        title = str(values.get(rule.register.name_field) or "")
        code = _code(row, rule) or (title if not rule.rule.key else "")
        if rule.register.append_only:
            day = values.get(rule.register.date_field) or self.edit.as_at
            code = f"{code} @ {day}" if code and day else code
        return Read(values, remarks, whole, code[:120], title)

    def _column(self, filling: Filling) -> str:
        return ", ".join(self.grid.columns[place] for place in filling.positions) or filling.field.label

    def _linked(self, field: Field, text: str, column: str, remarks: list[CellRemark]) -> Value:
        """Return the uid of the record that a cell names; where nobody knows it, nothing, and a remark."""
        text = self.mapping.people.get(text, text) if field.target == Person.kind else text
        if not text:
            return None
        key = (field.target, text)
        if key not in self._links:
            self._links[key] = self._resolved(field.target, text)
        link = self._links[key]
        if isinstance(link, str):
            return link
        if field.target == Person.kind:
            self.people[text] += 1
            remarks.append(CellRemark(column, "nobody", text, "nobody in the file is called so; the name is left out"))
            return Nothing("missing") if field.stateful else None
        remarks.append(CellRemark(column, "unread", text, str(link)))
        return None

    def _resolved(self, kind: str, text: str) -> str | TrackerError:
        by_code = self._known.get((kind, text))
        if by_code:
            return by_code
        try:
            return resolve_ref(self.edit.store, kind, text).uid
        except TrackerError as error:
            if kind == Person.kind and self.mapping.other_people == "keep":
                return self.edit.add(Person, {"display_name": text}, waived=WAIVED).uid
            return error

    def _named(self, rule: RuleInHand, read: Read) -> str:
        """Return the uid of the one record here that is called as the row says and that no source knows; or nothing."""
        kind = rule.register.kind
        field = rule.register.fields()[rule.register.name_field]
        if field.kind != "text" or not read.title or rule.register.append_only:
            return ""
        if kind not in self._names:
            self._names[kind] = {}
            taken = set(self._known.values())
            for link in links(self.edit.store, kind).values():
                if link.uid not in taken and link.name:
                    self._names[kind].setdefault(likeness(link.name), []).append(link)
        called = self._names[kind].get(likeness(read.title), [])
        return called[0].uid if len(called) == 1 else ""

    def _added(self, rule: RuleInHand, row: SourceRow, read: Read) -> tuple[Outcome, str]:
        given: dict[str, Value] = {name: value for name, value in read.values.items() if value is not None}
        saved, lost = self._tolerant(rule, read, given, "")
        self._identify(rule, saved[0], read.code)
        self._attach(rule, saved[0], read.whole + lost)
        return self._outcome("created", rule, row, read, saved), saved[0]

    def _changed(self, rule: RuleInHand, row: SourceRow, read: Read, uid: str) -> tuple[Outcome, str]:
        held = current(self.edit.store, rule.register, uid)
        if held is None or held[2]:
            raise TrackerError("It was removed here; restore it, or take it out of the source.", "import.removed")
        before, ref, _ = held
        new = {name: value for name, value in read.values.items() if not same(before.get(name), value)}
        new = {name: value for name, value in new.items() if value is not None or before.get(name) is not None}
        self._keep(rule, read, uid, before, new)
        saved: tuple[str, str, tuple[str, ...]] = (uid, ref, ())
        changes: list[FieldChange] = []
        if new and rule.register.append_only:
            raise TrackerError(
                f"{ref} says something else, and a {rule.register.noun} is never changed.", "append_only"
            )
        lost: list[tuple[str, str]] = []
        if new:
            saved, lost = self._tolerant(rule, read, new, uid)
            after = current(self.edit.store, rule.register, uid)
            fields = rule.register.fields()
            changes = [
                FieldChange(
                    fields[name].label, self._shown(fields[name], before.get(name)), self._shown(fields[name], v)
                )
                for name, v in (after[0] if after else {}).items()
                if name in fields and not same(before.get(name), v)
            ]
        if (rule.register.kind, read.code) not in self._known:
            self._identify(rule, uid, read.code)
        noted = self._attach(rule, uid, read.whole + lost)
        status: Status = "changed" if changes or noted else "unchanged"
        return self._outcome(status, rule, row, read, saved)._replace(changes=tuple(changes)), uid

    def _keep(self, rule: RuleInHand, read: Read, uid: str, before: Mapping[str, Value], new: dict[str, Value]) -> None:
        """Take out of new values what was changed here since the source was last taken in, and say so."""
        for name, clash in kept_fields(self.edit.store, rule.register, uid, before, new):
            if clash and self.mapping.source_wins:
                continue
            filling = next(filling for filling in rule.fillings if filling.field.name == name)
            here = short(self._shown(filling.field, before.get(name)), 60)
            theirs = short(self._shown(filling.field, new[name]), 60) or "nothing"
            words = f"“{here}” stays, as it was changed here; the source says “{theirs}”"
            read.remarks.append(CellRemark(self._column(filling), "clash" if clash else "kept", theirs, words))
            del new[name]

    def _shown(self, field: Field, value: Value) -> str:
        if field.target and isinstance(value, str):
            link = links(self.edit.store, field.target).get(value)
            return str(link) if link else ""
        return show(field, value)

    def _tolerant(
        self, rule: RuleInHand, read: Read, values: dict[str, Value], uid: str
    ) -> tuple[tuple[str, str, tuple[str, ...]], list[tuple[str, str]]]:
        """Write a record, without the values that its register cannot hold: their texts are kept. Raises Invalid."""
        lost: list[tuple[str, str]] = []
        while True:
            try:
                with part_of_command(self.edit.store):
                    if uid:
                        saved = self.edit.change(rule.register, uid, values, waived=WAIVED)
                    else:
                        saved = self.edit.add(rule.register, values, waived=WAIVED)
                lacks = tuple(str(note) for note in saved.notes if note.code == LACKING)
                return (saved.uid, saved.ref, lacks), lost
            except Unchanged as unchanged:
                return (unchanged.saved.uid, unchanged.saved.ref, ()), lost
            except Invalid as error:
                self._drop(rule, read, values, error, lost)

    def _drop(
        self, rule: RuleInHand, read: Read, values: dict[str, Value], error: Invalid, lost: list[tuple[str, str]]
    ) -> None:
        """Take out of the values what the register refuses, each with its text; raise the error where it cannot go.

        A value that goes only with another one goes with it.
        """
        for problem in error.problems:
            name = next((n for n in (problem.field, str(problem.values.get("given", ""))) if n in values), "")
            if not self._can_go(rule, values, name):
                raise error
            column, text = self._source_of(rule, name, values[name])
            read.remarks.append(CellRemark(column, "unread", text, problem.message))
            lost.append((column, text))
            del values[name]

    def _can_go(self, rule: RuleInHand, values: Mapping[str, Value], name: str) -> bool:
        return name in values and name != rule.register.lead_field and rule.register.fields()[name].optional

    def _source_of(self, rule: RuleInHand, name: str, value: Value) -> tuple[str, str]:
        filling = next(filling for filling in rule.fillings if filling.field.name == name)
        return self._column(filling), self._shown(filling.field, value)

    def _identify(self, rule: RuleInHand, uid: str, code: str) -> None:
        about = {"about": uid, "about_kind": rule.register.kind}
        self.edit.insert(Identifier, {**about, "source": self.mapping.source, "code": code})

    def _attach(self, rule: RuleInHand, uid: str, whole: Sequence[tuple[str, str]]) -> bool:
        """Attach a note with the texts that no field holds; return whether it says anything new."""
        if not whole:
            return False
        parts = (f"{column}: {text}" for column, text in whole)
        text = clean(f"From {self.mapping.source}\n\n" + "\n\n".join(parts), lines=True).text
        about = (Condition("about", "=", uid), Condition("deleted_at", "=", None))
        noted = {note for _, _, note in rows(self.edit.store, Query(AttachedNote.kind, about[:1]), ["text"])}
        new = [part for part in _pieces(text) if part not in noted]
        for part in new:
            values = {"about": uid, "about_kind": rule.register.kind, "text": part, "author": self.edit.by.person}
            self.edit.insert(AttachedNote, {**values, "written_on": self.edit.by.today})
        return bool(new)

    def _outcome(
        self, status: Status, rule: RuleInHand, row: SourceRow, read: Read, saved: tuple[str, str, tuple[str, ...]]
    ) -> Outcome:
        _, ref, lacks = saved
        return Outcome(
            row.number, rule.register.kind, status, ref, read.title, remarks=tuple(read.remarks), lacks=lacks
        )


_KNOWN = ["code", "about_kind", "about"]


class _RefusedRow(Exception):
    """A record of a row was refused: the others of the row are taken back."""


def _hold_scale(wanted: str, held: str) -> None:
    """Raise TrackerError when ratings are on another scale than the programme's: nothing says what they are on it."""
    if wanted and wanted != held:
        names = [SCALES[name].label if name in SCALES else short(name, 40) for name in (wanted, held)]
        raise TrackerError(
            f"The ratings of the source are on the scale {names[0]}, and the programme rates on {names[1]}.",
            "import.scale",
            scale=wanted,
        )


def _in_hand(
    grid: Grid, rule: RecordRule, edit: Edit, conventions: Conventions, nothings: Mapping[str, str]
) -> RuleInHand:
    register = entity(rule.kind)
    fields = register.fields()
    fillings = []
    taken: set[int] = set()
    for name, origin in rule.fields.items():
        positions = tuple(grid.position(column) for column in origin.columns)
        taken.update(positions)
        reader = CellReader(fields[name], origin, edit.by.today, conventions, nothings)
        fillings.append(Filling(fields[name], origin, positions, reader))
    key = tuple(grid.position(column) for column in rule.key)
    others = tuple(place for place in range(len(grid.columns)) if place not in taken and place not in key)
    note = tuple(grid.position(column) for column in rule.note if column != REST) + others * (REST in rule.note)
    where = tuple(
        (grid.position(column), frozenset(word.casefold() for word in words)) for column, words in rule.where.items()
    )
    filled = tuple(grid.position(column) for column in rule.filled)
    return RuleInHand(rule, register, tuple(fillings), key, note, where, filled)


def _cell(row: SourceRow, filling: Filling) -> Cell:
    if filling.origin.value:
        return Cell(filling.origin.value, "text")
    cells = [row.cells[place] for place in filling.positions if row.cells[place].text]
    if len(cells) < 2:
        return cells[0] if cells else EMPTY
    return Cell(filling.origin.join.join(cell.text for cell in cells), "text")


def _code(row: SourceRow, rule: RuleInHand) -> str:
    """Return what the source calls the record; empty where a part of its key is."""
    texts = [" ".join(row.cells[place].text.split()) for place in rule.key]
    if not all(texts):
        return ""
    code = " · ".join(texts)
    part = re.search(rule.rule.key_part, code) if rule.rule.key_part else None
    return part[0] if part else code


def _pieces(text: str) -> list[str]:
    """Return a text in pieces that a note can hold, divided between lines or words."""
    pieces = []
    while len(text) > NOTE_LIMIT:
        cut = max(text.rfind("\n", 0, NOTE_LIMIT), text.rfind(" ", 0, NOTE_LIMIT))
        cut = cut if cut > 0 else NOTE_LIMIT
        pieces.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*pieces, text]


def _refused(rule: RuleInHand, row: SourceRow, read: Read, why: Sequence[str]) -> Outcome:
    return Outcome(
        row.number, rule.register.kind, "refused", title=read.title, remarks=tuple(read.remarks), why=tuple(why)
    )
