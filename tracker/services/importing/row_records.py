"""What a row says of each record that it gives: values, remarks on its cells, and the texts that no field holds."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

from tracker.entities import Entity, Person, entity
from tracker.errors import TrackerError
from tracker.fields import Field, Nothing, Value
from tracker.ratings import SCALES
from tracker.rules.importing.cells import CellReader
from tracker.rules.importing.layout import Grid, SourceRow
from tracker.rules.importing.mapping import REST, WHY_REFUSED, ImportMapping, Origin, RecordRule
from tracker.rules.importing.proposing import presumed_fields
from tracker.rules.importing.sheets import EMPTY, Cell
from tracker.rules.wording import listed, optional, short, with_article
from tracker.services.importing.identities import Identities
from tracker.services.importing.mappings import vocabulary, words_for_nothing
from tracker.services.importing.outcome import CellRemark
from tracker.services.records.edit import Edit
from tracker.services.typed.conventions import conventions_of

LONGEST_CODE = 120  # what an identifier can hold


class FieldSource(NamedTuple):
    """From which columns a field is filled, and what reads their cells; ``column`` is what people call them.

    It is ``plain`` where a cell is taken as it stands.
    """

    field: Field
    origin: Origin
    positions: tuple[int, ...]
    reader: CellReader
    column: str
    plain: bool

    def cell(self, row: SourceRow) -> Cell:
        """Return what a row says: the cell of its column, those of several joined, or what is the same for each row."""
        if self.plain:
            return row.cells[self.positions[0]]
        if self.origin.value:
            return Cell(self.origin.value, "text")
        cells = [row.cells[place] for place in self.positions if row.cells[place].text]
        if len(cells) > 1:
            return Cell.of(self.origin.text_of(self.origin.join.join(cell.text for cell in cells)))
        cell = next(iter(cells), EMPTY)
        return Cell.of(self.origin.text_of(cell.text)) if self.origin.part else cell


class RecordPlan(NamedTuple):
    """A rule of the mapping with its register and the positions of its columns.

    ``presumed`` are the choices that a new record has by itself where nothing stands in their column.
    """

    rule: RecordRule
    register: type[Entity]
    sources: tuple[FieldSource, ...]
    key: tuple[int, ...]
    note: tuple[int, ...]
    where: tuple[tuple[int, frozenset[str]], ...]
    filled: tuple[int, ...]
    presumed: tuple[tuple[Field, str], ...]

    def applies(self, row: SourceRow) -> bool:
        """Return whether a row gives such a record."""
        if self.filled and not any(row.cells[place].text for place in self.filled):
            return False
        return not self.where or all(row.cells[place].text.casefold() in words for place, words in self.where)

    def code(self, row: SourceRow) -> str:
        """Return what the source calls the record; empty where a part of its key is."""
        texts = [" ".join(row.cells[place].text.split()) for place in self.key]
        if not all(texts):
            return ""
        code = " · ".join(texts)
        part = re.search(self.rule.key_part, code) if self.rule.key_part else None
        return part[0] if part else code

    def nameless(self, columns: Sequence[str]) -> str:
        """Return why a row of a table with such columns does not say which record it is about."""
        names = [columns[place] for place in self.key]
        if names:
            called = listed(f"“{short(name, 60)}”" for name in names)
            return f"Nothing stands in {called}, by which the source knows {with_article(self.register.noun)}."
        label = self.register.fields()[self.register.name_field].label
        origin = next((source.column for source in self.sources if source.field.label == label), "")
        where = f"nothing stands in “{short(origin, 60)}”" if origin else "no column of the mapping gives it"
        return f"A {self.register.noun} is known by its {label} here, and {where}: say a key that every row has."

    def name(self, row: SourceRow) -> str:
        """Return what a row calls the record, in single spaces."""
        return " ".join(str(self.value(self.register.name_field, row) or "").split())

    def texts(self, row: SourceRow) -> tuple[str, ...]:
        """Return the texts of a row that the rule uses."""
        return tuple(row.cells[place].text for source in self.sources for place in source.positions)

    def value(self, name: str, row: SourceRow) -> Value:
        """Return what a row says of a field; nothing where the rule does not fill it."""
        source = next((source for source in self.sources if source.field.name == name), None)
        return source.reader.read(source.cell(row)).value if source else None

    def source(self, name: str) -> FieldSource:
        """Return from where a field is filled."""
        return next(source for source in self.sources if source.field.name == name)


class SourceRecord(NamedTuple):
    """What a row says of a record; ``code`` is what the source calls it, ``note`` the texts that no field holds."""

    row: int
    plan: RecordPlan
    code: str
    title: str
    values: dict[str, Value]
    remarks: list[CellRemark]
    note: list[tuple[str, str]]


class RowReader:
    """Reads the rows of a table by a mapping; ``people`` counts the names that nobody here has."""

    def __init__(self, edit: Edit, mapping: ImportMapping, grid: Grid, identities: Identities) -> None:
        self.people: Counter[str] = Counter()
        self._edit = edit
        self._mapping = mapping
        self._grid = grid
        self._identities = identities
        self._conventions = conventions_of(edit.store)
        _hold_scale(mapping.rating_scale, self._conventions.scale)
        self.plans = tuple(self._plan(rule) for rule in mapping.record)
        self.columns = grid.columns
        self.repeated = {plan.rule.called: self._repeated(plan) for plan in self.plans}

    def read(self, plan: RecordPlan, row: SourceRow, uids: Mapping[str, str]) -> SourceRecord:
        """Return what a row says by a rule; ``uids`` are those of the row's records before it, by their rules."""
        values: dict[str, Value] = {}
        remarks: list[CellRemark] = []
        note: list[tuple[str, str]] = []
        for source in plan.sources:
            if source.origin.record:
                values[source.field.name] = uids.get(source.origin.record)
                continue
            reading = source.reader.read(source.cell(row))
            value = reading.value
            if reading.remark is not None:
                remarks.append(CellRemark(source.column, *reading.remark))
            if source.field.target and isinstance(value, str):
                value = self._reference(source, value, remarks, note)
            if reading.whole and source.field.target != Person.kind:
                note.append((source.column, reading.whole))
            values[source.field.name] = value
        note += [(self._grid.columns[place], row.cells[place].text) for place in plan.note if row.cells[place].text]
        title = str(values.get(plan.register.name_field) or "")
        return SourceRecord(row.number, plan, self._code(plan, row), title, values, remarks, note)

    def why_no_record(self, row: SourceRow) -> str:
        """Return why the mapping makes no record of a row."""
        words: dict[int, set[str]] = {}
        for plan in self.plans:
            for place, allowed in plan.where:
                words.setdefault(place, set()).update(allowed)
        for place, meant in words.items():
            text = row.cells[place].text
            if text.casefold() not in meant:
                says = f"says “{short(text, 40)}”" if text else "is empty"
                return f"“{short(self.columns[place], 40)}” {says}, and the mapping makes no record of that"
        return "the mapping makes no record of such a row"

    def _code(self, plan: RecordPlan, row: SourceRow) -> str:
        """Return what the source calls a record; of what is never changed there is one for each day."""
        code = plan.code(row) if plan.key else plan.name(row)
        if code and plan.register.append_only:
            day = plan.value(plan.register.date_field, row) or self._edit.as_at
            code += optional(" @ ", day)
        if len(code) > LONGEST_CODE:  # what is longer than an identifier stays told apart
            code = f"{code[: LONGEST_CODE - 9]} {sha256(code.encode()).hexdigest()[:8]}"
        return code

    def _reference(
        self, source: FieldSource, text: str, remarks: list[CellRemark], note: list[tuple[str, str]]
    ) -> Value:
        """Return the uid of the record that a cell names; where none is meant, nothing, and a remark."""
        people = source.field.target == Person.kind
        if people:
            text = self._mapping.people.get(text, text)
        if not text:
            return None
        uid = self._identities.resolve(source.field.target, text)
        if isinstance(uid, str):
            return uid
        if not people:
            remarks.append(CellRemark(source.column, "unread", text, str(uid)))
            note.append((source.column, text))
            return None
        self.people[text] += 1
        sentence = "nobody in the file is called so; the name is left out"
        remarks.append(CellRemark(source.column, "nobody", text, sentence))
        return Nothing("missing") if source.field.stateful else None

    def _plan(self, rule: RecordRule) -> RecordPlan:
        grid = self._grid
        register = entity(rule.kind)
        sources = tuple(self._source(register.fields()[name], origin) for name, origin in rule.fields.items())
        key = tuple(map(grid.position, rule.key))
        ours = {place for place, name in enumerate(grid.columns) if name == WHY_REFUSED}
        positions = {*ours, *key, *(place for source in sources for place in source.positions)}
        note = [grid.position(column) for column in rule.note if column != REST]
        if REST in rule.note:
            note += [place for place in range(len(grid.columns)) if place not in positions and place not in note]
        where = [(grid.position(name), frozenset(map(str.casefold, words))) for name, words in rule.where.items()]
        filled = tuple(map(grid.position, rule.filled))
        presumed = tuple(
            (field, field.default)
            for field in presumed_fields(register)
            if field.name in rule.fields and isinstance(field.default, str)
        )
        return RecordPlan(rule, register, sources, key, tuple(note), tuple(where), filled, presumed)

    def _source(self, field: Field, origin: Origin) -> FieldSource:
        positions = tuple(map(self._grid.position, origin.columns))
        today, scales = self._edit.by.today, vocabulary().scales
        reader = CellReader(field, origin, today, self._conventions, words_for_nothing(), scales)
        column = ", ".join(self._grid.columns[place] for place in positions) or field.label
        plain = len(positions) == 1 and not (origin.value or origin.part)
        return FieldSource(field, origin, positions, reader, column, plain)

    def _repeated(self, plan: RecordPlan) -> Mapping[str, list[int]]:
        """Return the rows of each key that stands in several rows which do not say the same."""
        rows: dict[str, dict[tuple[str, ...], list[int]]] = {}
        coded = [(self._code(plan, row), row) for row in self._grid.rows if plan.applies(row)]
        times = Counter(code for code, _ in coded)
        for code, row in ((code, row) for code, row in coded if times[code] > 1):
            rows.setdefault(code, {}).setdefault(plan.texts(row), []).append(row.number)
        return {
            code: sorted(chain.from_iterable(texts.values())) for code, texts in rows.items() if code and len(texts) > 1
        }


def _hold_scale(source: str, scale: str) -> None:
    """Raise TrackerError when ratings are on another scale than the programme's: nothing says what they are on it."""
    if source and source != scale:
        labels = [SCALES[name].label if name in SCALES else short(name, 40) for name in (source, scale)]
        raise TrackerError(
            f"The ratings of the source are on the scale {labels[0]}, and the programme rates on {labels[1]}.",
            "import.scale",
            scale=source,
        )
