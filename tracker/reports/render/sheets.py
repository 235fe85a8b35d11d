"""Which sheets a workbook has: tables of the same kind stand on one sheet, with a column that says of what each is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from tracker.reports.model import Cells, Chart, Column, Report, Section, Table
from tracker.reports.render.wording import statements
from tracker.reports.tables.cells import NOTHINGS
from tracker.reports.tables.data_tables import DataTable, Part, data_tables

_WORDS = (Column("Section"), Column("Kind"), Column("Label"), Column("Text", long=True))
_OF_REF = re.compile(r" (?:of|for) [A-Z]{1,4}-\d+\b|^[A-Z]{1,4}-\d+: ")
_FORBIDDEN = re.compile(r"[\[\]*?:/\\'\"]")
_LONGEST_NAME = 31
_UNKNOWN = "–"
_FIGURES = " figures"  # the end of a name
_ANY_PART = "Part of the paper"
NOTHING = "None recorded."


class Sheet(NamedTuple):
    """A sheet: its name, where it is from, its table, and the charts of its figures with the section of each."""

    name: str
    source: str
    table: Table
    charts: tuple[tuple[Section, Chart], ...] = ()

    @property
    def entry(self) -> tuple[str, str]:
        """What the list of contents says of it: what it holds, where that is from, and what its note says."""
        source = f"From: {self.source}."
        caption = self.table.caption or self.name
        return self.name, f"{caption.rstrip('.')}. {source} {self.table.note}".strip()


def sheets_of(report: Report) -> list[Sheet]:
    """Return the sheets of a paper in reading order: its words, then a sheet for each kind of table."""
    data, parts = data_tables(report)
    sheets = [*map(_form_sheet, data), *map(_sheet, _alike(parts))]
    words = tuple(
        (section.title, *row) for section in report.sections for block in section.blocks for row in statements(block)
    )
    if words:
        table = Table("text", "What the paper says in words", _WORDS, words)
        sheets.insert(0, Sheet("Text", "The whole paper", table))
    tables = {sheet.name.casefold() for sheet in sheets if not sheet.charts}
    names = []
    for sheet in sheets:
        clashes = sheet.charts and sheet.name.casefold() in tables
        names.append(_short(sheet.name, _FIGURES if clashes else ""))
    return [sheet._replace(name=name) for sheet, name in zip(sheets, unique_names(names), strict=True)]


def _form_sheet(data: DataTable) -> Sheet:
    """Return the sheet of a table of data; a kind of nothing stands in the remarks: it is no day and no number."""
    rows = tuple(_shown(row, data) for row in data.table.rows)
    name = _short(data.form.name.replace("-", " "))
    return Sheet(name, data.source, replace(data.table, rows=rows), data.charts)


def _shown(row: Cells, data: DataTable) -> Cells:
    cells: list[str] = []
    remarks: list[str] = []
    for title, text, of_type in zip(data.table.titles, row, data.types, strict=True):
        if of_type != "text" and text in NOTHINGS:
            if of_type != "yes":  # its day has said so
                remarks.append(f"{title}: {text.replace('_', ' ')}")
            text = ""
        elif of_type == "share" and text:
            text = f"{Decimal(text).scaleb(2):f}%"
        elif of_type == "number" and text:
            text = f"{Decimal(text):,f}"
        cells.append(text)
    if remarks:
        cells[-1] = "; ".join(filter(None, (cells[-1], *remarks)))
    return tuple(cells)


def _alike(parts: list[Part]) -> list[list[Part]]:
    """Return the tables of the same kind together, each group where its first table stands."""
    kinds: dict[tuple[object, ...], list[Part]] = {}
    for number, part in enumerate(parts):
        kinds.setdefault((part.kind or number, _titles(part.table)), []).append(part)
    groups: list[list[Part]] = []
    for group in kinds.values():
        relative = next((relative for relative in groups if _of_one_family(relative, group)), None)
        if relative is None:
            groups.append(group)
        else:
            relative += group
    return groups


def _titles(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple((column.title, column.align) for column in table.columns)


def _of_one_family(group: list[Part], candidates: list[Part]) -> bool:
    """Return whether two groups are one table in pieces: of one section, named alike, the columns of one in both."""
    first = group[0]
    second = candidates[0]
    if len({part.section.id for part in (*group, *candidates)}) > 1 or first.chart or second.chart:
        return False
    family, _, piece = first.kind.partition("-")
    if not piece or not second.kind.startswith(f"{family}-"):
        return False
    short, long = sorted((_titles(first.table), _titles(second.table)), key=len)
    return long[: len(short)] == short and len(long) - len(short) <= 1


def _sheet(parts: list[Part]) -> Sheet:
    """Return a sheet of tables of one kind; more than one get a column, or two, that say of what a row is."""
    charts = tuple((part.section, part.chart) for part in parts if part.chart)
    sections = list(dict.fromkeys(part.section.title for part in parts))
    source = sections[0]
    name = _name(parts)
    if len(sections) > 1:
        source = f"{len(sections)} parts of the paper"
    if len(parts) == 1:
        table = parts[0].table
        return Sheet(name, source, replace(table, caption=parts[0].title or table.caption or name), charts)
    return Sheet(name, source, _merged(parts, _caption(parts, name), len(sections) > 1), charts)


def _merged(parts: list[Part], caption: str, many: bool) -> Table:
    """Return tables as one; ``many``: they are of many sections, which the first column names."""
    sections = {part.section.id for part in parts}
    titled = len(sections) < len(parts) or any(part.ref not in part.section.id for part in parts)
    labels: list[Column] = []
    if many:
        labels.append(Column(_subject(parts)))
    if titled:
        labels.append(Column("Chart" if parts[0].chart else "Table"))
    columns = max((part.table.columns for part in parts), key=len)
    rows: list[tuple[str, ...]] = []
    for part in parts:
        names = [part.section.title] * many + [part.title] * titled
        for row in part.table.rows or ((NOTHING, *[_UNKNOWN] * (len(part.table.columns) - 1)),):
            rows.append((*names, *row, *[_UNKNOWN] * (len(columns) - len(row))))
    note = " ".join(dict.fromkeys(part.table.note for part in parts if part.table.note))
    return Table(parts[0].table.id, caption, (*labels, *columns), tuple(rows), note=note)


def _shared(texts: Iterable[str]) -> str:
    """Return the text that all of some are; empty when they differ."""
    distinct_texts = set(texts)
    return distinct_texts.pop() if len(distinct_texts) == 1 else ""


def _subject(parts: list[Part]) -> str:
    return _shared(part.record for part in parts).capitalize() or _ANY_PART


def _caption(parts: list[Part], name: str) -> str:
    """Return the caption of tables together: what they all say, else what stands above them, else their name."""
    text = (
        _shared(part.chart.title if part.chart else _OF_REF.sub("", part.table.caption) for part in parts)
        or _shared(part.heading for part in parts if part.heading)
        or _shared(part.section.title for part in parts)
    )
    return text[:1].upper() + text[1:] or name


def _name(parts: list[Part]) -> str:
    """Return the name of a sheet in words, made from ids: “Gates by pilot”, “Changes”, “Risk matrix”."""
    kind = parts[0].kind
    if any(part.kind != kind for part in parts):
        kind = kind.partition("-")[0]
    if parts[0].chart:
        kind = kind.removesuffix("-data")
    words = " ".join(_FORBIDDEN.sub(" ", kind.replace("-", " ").replace("_", " ")).split())
    subject = _subject(parts)
    if words and subject != _ANY_PART:
        return _short(words, f" by {subject.lower()}")
    return _short(words, _FIGURES if len(parts) > 1 and parts[0].chart else "")


def _short(words: str, end: str = "") -> str:
    """Return the name of a sheet with an ending, as long as programs take it; empty without words."""
    name = cut(words, _LONGEST_NAME - len(end)).strip()
    if not name:
        return ""
    return name[:1].upper() + name[1:] + end


def unique_names(names: list[str]) -> list[str]:
    """Return a name for each sheet: 31 characters at most, without signs that programs forbid, no two alike."""
    allowed = [
        _short(" ".join(_FORBIDDEN.sub(" ", name).split())) or f"Table {number}" for number, name in enumerate(names, 1)
    ]
    # “History” is Excel's own.
    return distinct(allowed, lambda name, n: f"{cut(name, _LONGEST_NAME - len(str(n)) - 1)} {n}", ("cover", "history"))


def distinct(names: Iterable[str], numbered: Callable[[str, int], str], taken: Iterable[str] = ()) -> list[str]:
    """Return names no two of which differ in their case alone: ``numbered`` gives a name that is ``taken`` a number."""
    unique: list[str] = []
    used = set(taken)
    for first in names:
        name = first
        number = 1
        while name.casefold() in used:
            number += 1
            name = numbered(first, number)
        used.add(name.casefold())
        unique.append(name)
    return unique


def cut(text: str, most: int) -> str:
    """Return a text of at most ``most`` UTF-16 units, with … at the end when something is missing."""
    if len(text) <= most // 2 or len(text.encode("utf-16-le")) // 2 <= most:
        return text
    short = text[: most - 1].encode("utf-16-le")[: (most - 1) * 2]
    return short.decode("utf-16-le", "ignore") + "…"
