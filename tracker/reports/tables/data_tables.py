"""A paper's tables as data: those that its forms name, always and alike, then whatever else the paper has."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import NamedTuple

from tracker.reports.model import Cells, Chart, Column, Heading, Report, Section, Table, table_of
from tracker.reports.tables.cells import READERS, Type, read_cell
from tracker.reports.tables.forms import CHART, PIECE, REF, SECTION, TOTAL, Form, Spec, forms_of

REMARKS = "Remarks"
PILOT = "pilot/"  # in the key of a table that stands on the page of a pilot
_REF = re.compile(r"(?:^|-)([a-z]{1,4}-\d+)(?=-|$)")  # of a pilot, metric, gate: p-01, at the beginning of an id
_MONTH = re.compile(r"(?:^|-)\d{4}-\d\d(?:-\d\d)?(?=-|$)")
_NUMBERED = re.compile(r"^\d+(\.\d+)* ")
_FIGURES: tuple[Type, ...] = ("number", "share")


class Part(NamedTuple):
    """A table as it stands in the paper: its section, the heading above it, and the chart whose figures it has."""

    section: Section
    heading: str
    table: Table
    chart: Chart | None

    @property
    def ref(self) -> str:
        """The ref that its id holds, such as ``p-01``; empty without one."""
        ref = _REF.search(self.table.id)
        return ref[1] if ref else ""

    @property
    def kind(self) -> str:
        """Its id without refs and months, which is the same for tables of the same kind."""
        return _MONTH.sub("", _REF.sub("", self.table.id)).strip("-")

    @property
    def title(self) -> str:
        """The title of its chart; without one, its caption."""
        return self.chart.title if self.chart else self.table.caption

    @property
    def record(self) -> str:
        """The record that its section is about and its table too, such as ``pilot``; empty when it is another."""
        if _REF.search(self.section.id) and self.ref:
            return self.section.id.partition("-")[0]
        return ""

    @property
    def key(self) -> str:
        """What forms call it: its kind, with ``pilot/`` in front where it stands on the page of a pilot."""
        return f"{PILOT}{self.kind}" if self.record == "pilot" else self.kind


class DataTable(NamedTuple):
    """A table of data: its form, where it is from, its cells as text, the type of each column, and its charts.

    An empty cell holds nothing; ``NOTHINGS`` of tracker.reports.tables.cells say which kind of nothing it is.
    """

    form: Form
    source: str
    table: Table
    types: tuple[Type, ...]
    charts: tuple[tuple[Section, Chart], ...]


def parts_of(report: Report) -> list[Part]:
    """Return the tables of a paper in reading order, those behind charts included."""
    parts = []
    for section in report.sections:
        heading = ""
        for block in section.blocks:
            if isinstance(block, Heading):
                heading = block.text
            table = table_of(block)
            if table is not None and table.columns:
                parts.append(Part(section, heading, table, block if isinstance(block, Chart) else None))
    return parts


def data_tables(report: Report) -> tuple[list[DataTable], list[Part]]:
    """Return the tables that a paper's forms name, with their rows or without, and the parts that no form names."""
    forms = forms_of(report)
    parts: dict[str, list[Part]] = {form.name: [] for form in forms}
    remaining: list[Part] = []
    for part in parts_of(report):
        name = next((form.name for form in forms if any(fnmatchcase(part.key, pattern) for pattern in form.ids)), "")
        (parts[name] if name else remaining).append(part)
    return [_filled(form, parts[form.name]) for form in forms], remaining


def _filled(form: Form, parts: list[Part]) -> DataTable:
    """Return a form filled from the tables of a paper; a column that it does not know comes behind its fields."""
    named = {source for spec in form.specs for source in (spec.title, *spec.sources)}
    titles = dict.fromkeys(title for part in parts for title in part.table.titles)
    further = [Spec(title) for title in titles if not any(fnmatchcase(title, name) for name in named)]
    specs = (*form.specs, *further)
    columns, types = _columns(specs)
    rows = dict.fromkeys(row for part in _once(parts) for row in _rows(specs, part, types))
    note = " ".join(dict.fromkeys(part.table.note for part in parts if part.table.note))
    sections = dict.fromkeys(part.section.title for part in parts)
    source = f"{len(sections)} parts of the paper" if len(sections) > 1 else "".join(sections) or "The whole paper"
    table = Table(form.name, form.caption, columns, tuple(rows), note=note)
    charts = tuple((part.section, part.chart) for part in parts if part.chart)
    return DataTable(form, source, table, types, charts)


def _once(parts: list[Part]) -> Iterator[Part]:
    """Yield the tables; what stands on the page of a pilot too is told there alone, where it says whose it is."""
    of_pilots = {_name_of(row) for part in parts if part.key.startswith(PILOT) for row in part.table.rows}
    for part in parts:
        rows = part.table.rows
        if not part.key.startswith(PILOT) and of_pilots:
            rows = tuple(row for row in rows if _name_of(row) not in of_pilots)
        yield part._replace(table=replace(part.table, rows=rows))


def _name_of(row: Cells) -> str:
    """Return what names a row: the ref of its record."""
    return row[0].partition(" ")[0]


def _columns(specs: Iterable[Spec]) -> tuple[tuple[Column, ...], tuple[Type, ...]]:
    """Return the columns and types of some fields; a table with typed ones has remarks at its end."""
    columns: list[Column] = []
    types: list[Type] = []
    for spec in specs:
        for title, of_type in READERS[spec.read].fields:
            columns.append(Column(title.format(spec.title), "right" if of_type in _FIGURES else "left"))
            types.append(of_type)
    if set(types) != {"text"}:
        columns.append(Column(REMARKS))
        types.append("text")
    return tuple(columns), tuple(types)


def _rows(specs: Iterable[Spec], part: Part, types: tuple[Type, ...]) -> Iterator[Cells]:
    """Yield the rows of a table of the paper, each cell as the fields that it becomes."""
    for row in part.table.rows:
        if not any(cell.strip() for cell in row) or row[0].startswith(TOTAL):
            continue  # a blank line is no record, nor is a sum of others
        values: list[str] = []
        remarks: list[str] = []
        for spec in specs:
            cell = read_cell(READERS[spec.read], _cell(spec, part, row))
            values += cell.values
            if cell.remark:
                remarks.append(f"{spec.title}: {cell.remark}")
        yield (*values, "; ".join(remarks)) if len(values) < len(types) else tuple(values)


def _cell(spec: Spec, part: Part, row: Cells) -> str:
    """Return the text of a field in a row of the paper: of the column that it is from, or of what stands above it."""
    for source in (spec.title, *spec.sources):
        for title, text in zip(part.table.titles, row, strict=True):
            if fnmatchcase(title, source):
                return text
        if source.startswith("@"):
            return _above(source, part)
    return ""


def _above(source: str, part: Part) -> str:
    if source == SECTION:
        return _NUMBERED.sub("", part.section.title) if part.record else ""
    if source == PIECE:
        return re.split("[:,]", part.table.caption)[0]
    return {REF: part.ref.upper(), CHART: part.title}.get(source, "")
