"""What formats of pages do with a paper before they set it: charts without their tables, and which titles to list.

A board reads the charts; whoever wants the figures finds all of them in one annex.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from tracker.reports.model import Block, Cells, Chart, Column, Heading, Report, Section, Table

LEAST_NEW_PAGES = 3  # sections on pages of their own make a long paper
LEAST_CHARTS = 4  # fewer keep their figures below them
MOST_ACROSS = 6  # labels that the charts share are columns, when there are no more
NARROW = ("history", "rhythm")  # forms of charts that need half the width
ASIDE = 2
DEEPEST = 6  # level of a heading
ANNEX = re.compile(r"Annex ([A-Z])\b")
NUMBERED = re.compile(r"\d+(\.\d+)? |\d+ and \d+ |Annex [A-Z]\b")
CAPTIONS = {
    "history": "Confidence over time, reported and by the evidence",
    "interval": "Metrics before and after, with their intervals",
    "bars": "Bars",
    "before_after": "Before and after",
    "rhythm": "Days between the ends of iterations",
    "matrix": "Risks by likelihood and impact",
}

Narrow = tuple[Chart, ...]  # one or two of them


class Paged(NamedTuple):
    """The sections of a paper as pages have them, and which of them a list of contents names.

    ``figures`` says where the charts' figures are, empty: below them. A ``long`` paper is mostly tables, which are set
    more closely, and has a list of contents.
    """

    sections: tuple[Section, ...]
    listed: tuple[bool, ...]
    long: bool
    figures: str = ""

    @property
    def contents(self) -> list[tuple[int, Section]]:
        """The sections that a list of contents names, with their numbers in the order of the paper, from 1."""
        pairs = zip(self.sections, self.listed, strict=True)
        return [(number, section) for number, (section, named) in enumerate(pairs, 1) if named]


def paged(report: Report) -> Paged:
    """Return a paper's sections; with several charts, the figures of all of them follow in an annex of their own."""
    charts = [chart for section in report.sections for chart in section.of(Chart)]
    letters = [letter[1] for section in report.sections if (letter := ANNEX.match(section.title))]
    long = is_long(report)
    if len(charts) < LEAST_CHARTS or not letters:
        return Paged(report.sections, _listed(report.sections), long)
    name = f"Annex {chr(ord(max(letters)) + 1)}"
    annex = Section("chart-figures", f"{name}: the figures behind the charts", tuple(_tables(charts)))
    sections = (*report.sections, annex)
    return Paged(sections, _listed(sections), long, name)


def is_long(report: Report) -> bool:
    """Return whether a paper is so long that it is set closely and begins with a list of contents."""
    return sum(section.new_page for section in report.sections) >= LEAST_NEW_PAGES


def _listed(sections: Sequence[Section]) -> tuple[bool, ...]:
    """Return of each section whether a list of contents names it: those with a number, when there are such."""
    numbered = tuple(NUMBERED.match(section.title) is not None for section in sections)
    return numbered if any(numbered) else (True,) * len(sections)


def stepped(blocks: Iterable[Block], deepest: int = DEEPEST) -> Iterator[Block]:
    """Yield the blocks of a section, headings at levels below its own, which is 1, and none deeper than ``deepest``.

    A reader's list of headings must not skip a level, whatever the builder wrote.
    """
    last = 1
    for block in blocks:
        if isinstance(block, Heading):
            last = min(max(block.level - 1, 2), last + 1, deepest)
            yield replace(block, level=last)
        else:
            yield block


def beside(blocks: Iterable[Block]) -> Iterator[Block | Narrow]:
    """Yield the blocks, narrow charts that follow on each other two by two, and a lone one by itself."""
    waiting: list[Chart] = []
    for block in blocks:
        if isinstance(block, Chart) and block.form in NARROW:
            waiting.append(block)
        if waiting and (len(waiting) == ASIDE or waiting[-1] is not block):
            yield tuple(waiting)
            waiting = []
        if not isinstance(block, Chart) or block.form not in NARROW:
            yield block
    if waiting:
        yield tuple(waiting)


def _tables(charts: list[Chart]) -> Iterator[Table]:
    """Yield the figures, those of one kind in one table."""

    def kind(chart: Chart) -> tuple[str, tuple[str, ...]]:
        return chart.form, chart.data.titles

    order = {key: n for n, key in reversed(list(enumerate(map(kind, charts))))}
    for (form, _), charts_alike in groupby(sorted(charts, key=lambda chart: order[kind(chart)]), key=kind):
        charts_of_kind = list(charts_alike)
        yield charts_of_kind[0].data if len(charts_of_kind) == 1 else _together(form, charts_of_kind)


def _together(form: str, charts: list[Chart]) -> Table:
    """Return the figures of charts of a kind as one table: across, in a line each, or below each other."""
    names = _names([chart.title for chart in charts])
    first, *other_columns = charts[0].data.columns
    labels = list(dict.fromkeys(row[0] for chart in charts for row in chart.data.rows))
    tables = [(name, chart.data.rows) for name, chart in zip(names, charts, strict=True)]
    once = all(len({row[0] for row in rows_of_chart}) == len(rows_of_chart) for _, rows_of_chart in tables)
    if once and len(labels) <= min(MOST_ACROSS, max(len(rows_of_chart) for _, rows_of_chart in tables) + 1):
        columns = ("Chart", *labels)
        rows = [
            (f"{name} {column.title.lower()}", *(cells.get(label, "–") for label in labels))
            for name, rows_of_chart in tables
            for n, column in enumerate(other_columns, 1)
            for cells in ({row[0]: row[n] for row in rows_of_chart},)
        ]
    elif len(other_columns) == 1:
        columns = ("Chart", f"{first.title}: {other_columns[0].title.lower()}")
        rows = [(name, "; ".join(f"{row[0]}: {row[1]}" for row in rows_of_chart)) for name, rows_of_chart in tables]
    else:
        titles = (Column(f"Chart and {first.title.lower()}"), *other_columns)
        below = tuple((f"{name}: {row[0]}", *row[1:]) for name, rows_of_chart in tables for row in rows_of_chart)
        return Table(f"figures-{form}", CAPTIONS[form], titles, below, note=charts[0].data.note)
    table = Table(f"figures-{form}", CAPTIONS[form], tuple(map(Column, columns)), tuple(rows))
    return replace(table, note=charts[0].data.note)


def _names(titles: list[str]) -> list[str]:
    """Return titles without the words that all of them end in."""
    words = [title.split() for title in titles]
    alike = 0
    while all(len(word) > alike + 1 for word in words) and len({word[-1 - alike] for word in words}) == 1:
        alike += 1
    return [" ".join(word[: len(word) - alike]) for word in words]


def alike(blocks: Iterable[Block]) -> Mapping[tuple[str, ...], Table]:
    """Return, by their titles, the tables of which a section has several with the same columns, each with all rows.

    Their columns begin at the same places. Rows with the longest words stand first: widths are taken from the first.
    """
    groups: dict[tuple[str, ...], list[Table]] = {}
    for block in blocks:
        if isinstance(block, Table):
            groups.setdefault(block.titles, []).append(block)
    return {
        titles: replace(tables[0], rows=tuple(sorted((row for table in tables for row in table.rows), key=_by_word)))
        for titles, tables in groups.items()
        if len(tables) > 1
    }


def _by_word(row: Cells) -> int:
    return -max((len(word) for cell in row for word in cell.split()), default=0)
