"""Which sheets a workbook has: tables of the same kind stand on one sheet, with a column that says of what each is."""

import re
from dataclasses import replace
from typing import NamedTuple

from tracker.reports.model import Chart, Column, Heading, Report, Section, Table
from tracker.reports.render.wording import said

_WORDS = (Column("Section"), Column("Kind"), Column("Label"), Column("Text", long=True))
_REF = re.compile(r"(?:^|-)([a-z]{1,4}-\d+)(?=-|$)")  # of a pilot, metric, gate: p-01, at the beginning of an id
_MONTH = re.compile(r"(?:^|-)\d{4}-\d\d(?:-\d\d)?(?=-|$)")
_OF_REF = re.compile(r" (?:of|for) [A-Z]{1,4}-\d+\b|^[A-Z]{1,4}-\d+: ")
_FORBIDDEN = re.compile(r"[\[\]*?:/\\'\"]")
_LONGEST_NAME = 31
_UNKNOWN = "–"
NOTHING = "None recorded."


class Part(NamedTuple):
    """A table as it stands in the paper: its section, the heading above it, and the chart whose figures it has."""

    section: Section
    heading: str
    table: Table
    chart: Chart | None

    @property
    def ref(self) -> str:
        """The ref that its id holds, such as ``p-01``; empty without one."""
        found = _REF.search(self.table.id)
        return found[1] if found else ""

    @property
    def kind(self) -> str:
        """Its id without refs and months, which is the same for tables of the same kind."""
        return _MONTH.sub("", _REF.sub("", self.table.id)).strip("-")

    @property
    def own(self) -> str:
        """The record that its section is about and its table too, such as ``pilot``; empty when it is another."""
        word = self.section.id.partition("-")[0]
        return word if _REF.search(self.section.id) and _REF.search(self.table.id) else ""


class Sheet(NamedTuple):
    """A sheet: its name, where it is from, its table, and the charts of its figures with the section of each."""

    name: str
    source: str
    table: Table
    charts: tuple[tuple[Section, Chart], ...] = ()


def sheets_of(report: Report) -> list[Sheet]:
    """Return the sheets of a paper in reading order: its words, then a sheet for each kind of table."""
    found = [_sheet(parts) for parts in _alike(_parts(report))]
    words = tuple(
        (section.title, *row) for section in report.sections for block in section.blocks for row in said(block)
    )
    if words:
        table = Table("text", "What the paper says in words", _WORDS, words)
        found.insert(0, Sheet("Text", "The whole paper", table))
    tables = {one.name.casefold() for one in found if not one.charts}
    wanted = [_short(one.name, " figures" if one.charts and one.name.casefold() in tables else "") for one in found]
    names = unique_names(wanted)
    return [one._replace(name=name) for one, name in zip(found, names, strict=True)]


def _parts(report: Report) -> list[Part]:
    found = []
    for section in report.sections:
        heading = ""
        for block in section.blocks:
            if isinstance(block, Heading):
                heading = block.text
            chart = block if isinstance(block, Chart) else None
            table = chart.data if chart else block
            if isinstance(table, Table) and table.columns:
                found.append(Part(section, heading, table, chart))
    return found


def _alike(parts: list[Part]) -> list[list[Part]]:
    """Return the tables of the same kind together, each group where its first table stands."""
    kinds: dict[tuple[object, ...], list[Part]] = {}
    for number, one in enumerate(parts):
        kinds.setdefault((one.kind or number, _titles(one.table)), []).append(one)
    found: list[list[Part]] = []
    for group in kinds.values():
        with_it = next((other for other in found if _of_one_family(other, group)), None)
        if with_it is None:
            found.append(group)
        else:
            with_it += group
    return found


def _titles(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple((column.title, column.align) for column in table.columns)


def _of_one_family(one: list[Part], other: list[Part]) -> bool:
    """Return whether two groups are one table in pieces: of one section, named alike, the columns of one in both."""
    first, second = one[0], other[0]
    if {part.section.id for part in (*one, *other)} != {first.section.id} or first.chart or second.chart:
        return False
    family, _, piece = first.kind.partition("-")
    if not piece or not second.kind.startswith(f"{family}-"):
        return False
    short, long = sorted((_titles(first.table), _titles(second.table)), key=len)
    return long[: len(short)] == short and len(long) - len(short) <= 1


def _sheet(parts: list[Part]) -> Sheet:
    """Return a sheet of tables of one kind; more than one get a column, or two, that say of what a row is."""
    charts = tuple((one.section, one.chart) for one in parts if one.chart)
    sections = list(dict.fromkeys(one.section.title for one in parts))
    source = sections[0] if len(sections) == 1 else f"{len(sections)} parts of the paper"
    name = _name(parts)
    if len(parts) == 1:
        caption = parts[0].chart.title if parts[0].chart else parts[0].table.caption
        table = replace(parts[0].table, caption=caption or parts[0].table.caption or name)
        return Sheet(name, source, table, charts)
    return Sheet(name, source, _merged(parts, _caption(parts, name), len(sections) > 1), charts)


def _merged(parts: list[Part], caption: str, many: bool) -> Table:
    """Return tables as one; ``many``: they are of many sections, which the first column names."""
    which = [one.section.id for one in parts]
    titled = len(set(which)) < len(which) or any(one.ref not in one.section.id for one in parts)
    before = [Column(_subject(parts))] if many else []
    before += [Column("Chart" if parts[0].chart else "Table")] if titled else []
    columns = max((one.table.columns for one in parts), key=len)
    rows: list[tuple[str, ...]] = []
    for one in parts:
        said_first = [one.section.title] if many else []
        said_first += [one.chart.title if one.chart else one.table.caption] if titled else []
        empty = (NOTHING, *(_UNKNOWN for _ in one.table.columns[1:]))
        for row in one.table.rows or (empty,):
            rows.append((*said_first, *row, *(_UNKNOWN for _ in range(len(columns) - len(row)))))
    note = " ".join(dict.fromkeys(one.table.note for one in parts if one.table.note))
    titles = (*before, *columns)
    return Table(parts[0].table.id, caption, titles, tuple(rows), note=note)


def _subject(parts: list[Part]) -> str:
    own = {one.own for one in parts}
    return next(iter(own)).capitalize() if len(own) == 1 and "" not in own else "Part of the paper"


def _caption(parts: list[Part], name: str) -> str:
    """Return the caption of tables together: what they all say, else what stands above them, else their name."""
    for said_of_all in (
        {one.chart.title if one.chart else _OF_REF.sub("", one.table.caption) for one in parts},
        {one.heading for one in parts if one.heading},
        {one.section.title for one in parts},
    ):
        if len(said_of_all) == 1 and (shared := next(iter(said_of_all))):
            return shared[:1].upper() + shared[1:]
    return name


def _name(parts: list[Part]) -> str:
    """Return the name of a sheet in words, made from ids: “Gates by pilot”, “Changes”, “Risk matrix”."""
    kinds = list(dict.fromkeys(one.kind for one in parts))
    words = kinds[0] if len(kinds) == 1 else kinds[0].partition("-")[0]
    if parts[0].chart:
        words = words.removesuffix("-data")
    said_in = " ".join(_FORBIDDEN.sub(" ", words.replace("-", " ").replace("_", " ")).split())
    subject = _subject(parts)
    if said_in and subject != "Part of the paper":
        return _short(said_in, f" by {subject.lower()}")
    return _short(said_in, " figures" if len(parts) > 1 and parts[0].chart else "")


def _short(words: str, end: str = "") -> str:
    first = cut(words, _LONGEST_NAME - len(end)).strip()
    return first[:1].upper() + first[1:] + end if first else ""


def unique_names(wanted: list[str]) -> list[str]:
    """Return a name for each sheet: 31 characters at most, without signs that programs forbid, no two alike."""
    found: list[str] = []
    taken = {"cover", "history"}  # the second is Excel's own
    for number, one in enumerate(wanted, 1):
        first = _short(" ".join(_FORBIDDEN.sub(" ", one).split())) or f"Table {number}"
        name, again = first, 1
        while name.casefold() in taken:
            again += 1
            name = f"{cut(first, _LONGEST_NAME - len(str(again)) - 1)} {again}"
        taken.add(name.casefold())
        found.append(name)
    return found


def cut(text: str, most: int) -> str:
    """Return a text of at most ``most`` UTF-16 units, with … at the end when something is missing."""
    if len(text) <= most // 2 or len(text.encode("utf-16-le")) // 2 <= most:
        return text
    short = text[: most - 1].encode("utf-16-le")[: (most - 1) * 2]
    return short.decode("utf-16-le", "ignore") + "…"
