"""How tables are laid on a page that others break into lines: their letters, their columns, what goes below them.

What a format found out about the programs that show its files comes in as ``Limits``.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import NamedTuple

from tracker.reports.model import Align, Chart, Column, Figures, Table
from tracker.reports.render.flow.parts import Cell, Grid, Row
from tracker.reports.render.one_page import page_widths, table_points
from tracker.reports.render.statuses import rating_of
from tracker.reports.typography.table_widths import column_widths, lines_in, natural

POINTS, SMALLER = 11, 10  # of letters: the usual, and those of a long paper or where columns would be squeezed
_LEAST_IN_LONG, _LINES_IN_LONG = 3.6, 5  # what a column of sentences needs in a long paper: centimetres, lines at most
_HIGH_IN_LONG = 3.5  # centimetres of a table that is kept on a page in a long paper
_TALL = 9.0  # centimetres of a row from which it may be split, since it may be longer than a page
_ASIDE = 4  # key figures side by side
_MOST_ACROSS = 12  # rows of a series that are laid across the page


class Limits(NamedTuple):
    """What a format's programs need in a short paper.

    A column of sentences stands beside the others when it has ``sentence`` centimetres and no more than ``lines``
    lines; a table of up to ``rows`` rows and ``high`` centimetres is moved to the next page rather than split.
    """

    sentence: float
    high: float
    rows: int
    lines: float = inf


class Page(NamedTuple):
    """The page that a table is laid on: the width of its text in centimetres, and if it is one of a ``long`` paper.

    ``points`` is the size of its text where sections share the page, else 0. ``breadth`` is how many times as wide as
    usual its letters may be.
    """

    room: float
    long: bool
    points: float = 0.0
    breadth: float = 1.0


def grid_of(table: Table, page: Page, limits: Limits, measured: Table | None = None) -> Grid:
    """Return a table of at least one column as it is laid on a page, its columns as wide as ``measured`` needs them."""
    points, widths = _laid(measured or table, page)
    unsplit = _fits_page(table, page, limits, points, widths)
    # One cell is enough for Word to keep a header with its first row; more, and LibreOffice never splits the table.
    head = tuple(
        Cell(column.title, "column", column.right, keep=n == 0 or unsplit) for n, column in enumerate(table.columns)
    )
    last = len(table.rows) - 1
    rows = [
        Row(tuple(cells_of(table, row, keep=unsplit and n < last)), _height(row, points * page.breadth, widths) > _TALL)
        for n, row in enumerate(table.rows)
    ]
    if page.points or points == POINTS:
        points = 0.0
    return Grid(table.caption, widths, (Row(head), *rows), points, unsplit, table.row_header)


def cells_of(table: Table, row: tuple[str, ...], *, keep: bool = False) -> Iterator[Cell]:
    """Yield the cells of a row of a table."""
    for n, (text, column) in enumerate(zip(row, table.columns, strict=True)):
        rating = rating_of(text)
        strong = bool(rating) or (table.row_header and n == 0)
        yield Cell(text, "cell", column.right, rating, strong, keep)


def figure_grids(figures: Figures, room: float) -> Iterator[Grid]:
    """Yield key figures, those that stand side by side as one table: what each is, the figure large, its note."""
    for first in range(0, len(figures.items), _ASIDE):
        items = figures.items[first : first + _ASIDE]
        notes = any(note for _, _, note in items)
        rows = [
            Row(tuple(Cell(label, "column") for _, label, _ in items)),
            Row(tuple(Cell(value, "figure", keep=notes) for value, _, _ in items)),
        ]
        if notes:
            rows.append(Row(tuple(Cell(note) for _, _, note in items), tall=True))
        yield Grid("Key figures", [room / max(len(items), 2)] * len(items), tuple(rows))


def _laid(table: Table, page: Page) -> tuple[float, list[float]]:
    """Return the size of a table's letters in points, and the widths of its columns in centimetres."""
    if page.points:
        points = table_points(page.points)
        return points, page_widths(table, points, page.room)
    points = _letters(table, page)
    return points, column_widths(table, points * page.breadth, page.room)


def _letters(table: Table, page: Page) -> float:
    if page.long or (len(table.columns) >= 5 and _natural_width(table) * page.breadth > page.room):
        return SMALLER
    return POINTS


def _natural_width(table: Table) -> float:
    return sum(natural(table, n, POINTS) for n in range(len(table.columns)))


def parted(table: Table, page: Page, limits: Limits) -> tuple[Table, ...]:
    """Return the table, or two of it when a column of sentences would be too narrow beside the others.

    The second has the rows of which there is a sentence.
    """
    long = table.long
    short = table.others(long)
    if len(short) < 3 or not any(row[n] for row in table.rows for n in long):
        return (table,)
    size = _letters(table, page) * page.breadth
    widths = column_widths(table, size, page.room)
    if page.long:
        limits = limits._replace(sentence=_LEAST_IN_LONG, lines=_LINES_IN_LONG)
    tallest = max(lines_in(row[n], size, widths[n]) for row in table.rows for n in long)
    if min(widths[n] for n in long) >= limits.sentence and tallest <= limits.lines:
        return (table,)
    titles = " and ".join(table.columns[n].title for n in long)
    caption = ": ".join(part for part in (table.caption, titles) if part)
    sentences = table.part([0, *long])
    rows = tuple(row for row in sentences.rows if any(row[1:]))
    return table.part(short), replace(sentences, caption=caption, rows=rows)


def _fits_page(table: Table, page: Page, limits: Limits, points: float, widths: list[float]) -> bool:
    """Return whether a table is so low that it is moved to the next page rather than split."""
    if len(table.rows) > limits.rows:
        return False
    height = sum(_height(row, points * page.breadth, widths) for row in table.rows)
    return height <= (_HIGH_IN_LONG if page.long else limits.high)


def _height(row: tuple[str, ...], points: float, widths: list[float]) -> float:
    """Return about how high a row is, in centimetres."""
    lines = max(lines_in(cell, points, width) for cell, width in zip(row, widths, strict=True))
    return 0.2 + lines * points * 0.042


def figures_below(chart: Chart, limit: tuple[int, int]) -> Table | None:
    """Return the table below a chart, with another caption than the chart's; None for one above the ``limit``.

    This is how many rows and columns it may have.
    """
    table = chart.data
    if len(table.rows) > limit[0] or len(table.columns) > limit[1]:
        return None
    if table.caption == chart.title:
        return replace(table, caption=f"Figures: {chart.title}")
    return table


def across(table: Table, room: float) -> Table:
    """Return a short series laid across the page, a column for each row, where that fits; else the table as it is."""
    count = len(table.rows)
    if len(table.columns) > 3 or not len(table.columns) < count <= _MOST_ACROSS:
        return table
    first, *series = table.columns
    side: Align = "left"
    if series and all(column.right for column in series):
        side = "right"
    columns = (Column(first.title), *(Column(row[0], side) for row in table.rows))
    rows = tuple((column.title, *(row[n] for row in table.rows)) for n, column in enumerate(series, 1))
    turned = replace(table, columns=columns, rows=rows, row_header=True)
    return turned if _natural_width(turned) <= room else table
