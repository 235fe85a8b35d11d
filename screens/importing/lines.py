"""A table that is to be taken in, as lines: its fields with their columns, its first rows, and what became of rows."""

from collections.abc import Sequence
from typing import NamedTuple

from screens.lists.cells import one_line
from screens.lists.columns import GAP, Column, Row, cut, fit
from tracker.entities import entity
from tracker.rules.importing.mapping import Origin
from tracker.rules.importing.proposing import text_in
from tracker.rules.wording import counted, optional, short, upper_first
from tracker.services.importing.outcome import ImportResult, Outcome, totals, words_of
from tracker.services.importing.running import KEY, Table

WIDE = 400
FIELDS = (
    Column("field", "Field", 18, 32, keep=True),
    Column("column", "Column of the file", 20, 40, share=1, keep=True),
    Column("first", "First value there", 14, WIDE, share=2),
)
OUTCOMES = (
    Column("row", "Row", 5, 7, right=True, keep=True),
    Column("status", "Status", 11, 11, keep=True),
    Column("title", "Record", 16, 48, share=1, keep=True),
    Column("why", "What of it", 18, WIDE, share=2, keep=True),
    Column("register", "Register", 9, 14),
)
MARKS = {"created": ("●", "green"), "changed": ("▲", "amber"), "refused": ("✗", "red")}
INCOMPLETE = ("◒", "amber")
QUIET = ("○", "muted")
LONGEST_WHY = 500


class FieldLine(NamedTuple):
    """A field of a rule of the mapping: the rule's place, the field, where its value comes from, the first one."""

    place: int
    name: str
    label: str
    origin: str
    first: str


def size_words(table: Table) -> str:
    """Return what was read of a file: its name, its sheet, and how large it is."""
    sheet = optional(", sheet “", short(table.sheet.name, 40), "”")
    size = f"{counted(len(table.grid.rows), 'row')} in {counted(len(table.grid.columns), 'column')}"
    registers = ", ".join(entity(rule.kind).plural for rule in table.mapping.record)
    return one_line(f"{short(table.source.name, 60)}{sheet}: {size} → {registers}")


def field_lines(table: Table) -> list[FieldLine]:
    """Return each field that the table may fill: those with a column first, in each rule of the mapping."""
    lines = []
    for place, rule in enumerate(table.mapping.record):
        register = entity(rule.kind)
        key = Origin(columns=rule.key)
        words = _origin_words(key) if rule.key else f"its {register.fields()[register.name_field].label.lower()}"
        lines.append(FieldLine(place, KEY, f"{upper_first(register.noun)} known by", words, _first(table, key)))
        prefix = f"{upper_first(register.noun)}: " * (len(table.mapping.record) > 1)
        for field in register.settable():
            origin = rule.fields.get(field.name)
            words = _origin_words(origin) if origin else ""
            first = _first(table, origin) if origin else ""
            lines.append(FieldLine(place, field.name, f"{prefix}{field.label}", words, first))
    return sorted(lines, key=lambda line: (line.place, not line.origin))


def _origin_words(origin: Origin) -> str:
    if origin.record:
        return f"the {origin.record} of the row"
    columns = ", ".join(map(str, origin.columns))
    return columns + optional(" × ", origin.factor) if columns else f"always “{origin.value}”"


def _first(table: Table, origin: Origin) -> str:
    """Return the first text in the columns of a field."""
    names = [table.grid.columns[table.grid.position(column)] for column in origin.columns]
    texts = (text_in(table.grid, row, name) for row in table.grid.rows for name in names)
    return next(filter(None, texts), "")


def field_row(line: FieldLine) -> Row:
    """Return a field with its column as a row."""
    cells = (line.label, line.origin or "no column", line.first)
    tones = ("", "", "muted") if line.origin else ("muted", "muted", "")
    return Row("field", line.name, tuple(map(one_line, cells)), tones)


def preview_columns(table: Table) -> list[Column]:
    """Return the columns of a file for its first rows."""
    return [Column(name, one_line(name), 10, 28, share=1) for name in table.grid.columns]


def preview_rows(table: Table, columns: Sequence[Column], width: int, height: int) -> list[str]:
    """Return the first rows of a file as lines of so many cells, below the names of as many columns as fit."""
    fitting = fit(columns, width)
    gap = " " * GAP
    lines = [gap.join(cut(columns[n].label, room) for n, room in fitting)]
    for row in table.grid.rows[: max(height - 1, 0)]:
        lines.append(gap.join(cut(one_line(row.cells[n].text), room) for n, room in fitting))
    return lines


def outcome_row(outcome: Outcome, *, incomplete: bool) -> Row:
    """Return what became of a row, as a row."""
    mark, tone = INCOMPLETE if incomplete else MARKS.get(outcome.status, QUIET)
    title = f"{outcome.ref} {outcome.title}".strip()
    cells = (f"{outcome.row}", f"{mark} {outcome.status}", title, why(outcome), entity(outcome.register).noun)
    return Row(outcome.register, f"{outcome.row}", tuple(map(one_line, cells)), ("muted", tone, "", "", "muted"))


def why(outcome: Outcome) -> str:
    """Return in a line what is to be said of a row; empty where nothing is."""
    return short("; ".join(words.removesuffix(".") for words in words_of(outcome)), LONGEST_WHY)


def totals_words(result: ImportResult) -> str:
    """Return how many records became what: “risks: 12 created, 1 refused”."""
    parts = [
        f"{entity(register).plural}: {', '.join(f'{number:,} {status}' for status, number in counts.items())}"
        for register, counts in totals(result.outcomes).items()
    ]
    incomplete = optional("; ", len(result.incomplete), " incomplete")
    return "; ".join(parts) + incomplete if parts else "no rows"


def remark_lines(result: ImportResult) -> list[str]:
    """Return what is to be said of the whole file: how it was read, which rows do not count, whom nobody knows."""
    lines = [*result.remarks, *result.skipped]
    if result.aside:
        lines.append(f"Left aside: {', '.join(short(column, 40) for column in result.aside)}.")
    lines += [f"Nobody here is called “{name}” ({counted(number, 'row')})." for name, number in result.people.items()]
    lines += [f"No more in the source; it stays as it is: {record}" for record in result.absent]
    return lines
