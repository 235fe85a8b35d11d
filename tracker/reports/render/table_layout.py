"""How a table is laid on a page that others break into lines: its letters, its columns, and what goes below it.

What a renderer found out about the programs that show its files comes in as numbers.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import NamedTuple

from tracker.reports.model import Figures, Table
from tracker.reports.render.one_page import page_widths, table_points
from tracker.reports.typography.table_widths import column_widths, lines_in, natural

POINTS, SMALLER = 11, 10  # of letters: the usual, and those of a long paper or where columns would be squeezed
_LEAST_IN_LONG, _LINES_IN_LONG = 3.6, 5  # what a column of sentences needs in a long paper: centimetres, lines at most
_HIGH_IN_LONG = 3.5  # centimetres of a table that is kept on a page in a long paper
_TALL = 1200  # signs in a cell from which its row may be split, since it may be longer than a page
_ASIDE = 4  # key figures side by side


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

    ``points`` is the size of its text where sections share the page, else 0.
    """

    room: float
    long: bool
    points: float = 0.0


def laid(table: Table, page: Page) -> tuple[float, list[float]]:
    """Return the size of a table's letters in points, and the widths of its columns in centimetres."""
    if page.points:
        points = table_points(page.points)
        return points, page_widths(table, points, page.room)
    size = _letters(table, page)
    return size, column_widths(table, size, page.room)


def _letters(table: Table, page: Page) -> int:
    if page.long:
        return SMALLER
    fits = len(table.columns) < 5 or sum(natural(table, n, POINTS) for n in range(len(table.columns))) <= page.room
    return POINTS if fits else SMALLER


def parted(table: Table, page: Page, limits: Limits) -> tuple[Table, ...]:
    """Return the table, or two of it when a column of sentences would be too narrow beside the others."""
    long = [n for n, column in enumerate(table.columns) if column.long and n]
    rest = [n for n in range(len(table.columns)) if n not in long]
    if not long or len(rest) < 3 or not any(row[n] for row in table.rows for n in long):
        return (table,)
    size = _letters(table, page)
    widths = column_widths(table, size, page.room)
    least, most = (_LEAST_IN_LONG, _LINES_IN_LONG) if page.long else (limits.sentence, limits.lines)
    tallest = max(lines_in(row[n], size, widths[n]) for row in table.rows for n in long)
    if min(widths[n] for n in long) >= least and tallest <= most:
        return (table,)
    titles = " and ".join(table.columns[n].title for n in long)
    caption = f"{table.caption}: {titles}" if table.caption else titles
    return _taken(table, rest, table.caption), _taken(table, [0, *long], caption)


def _taken(table: Table, which: list[int], caption: str) -> Table:
    rows = tuple(tuple(row[n] for n in which) for row in table.rows)
    return replace(table, caption=caption, columns=tuple(table.columns[n] for n in which), rows=rows)


def is_kept(table: Table, page: Page, limits: Limits, points: float, widths: list[float]) -> bool:
    """Return whether a table is so low that it is moved to the next page rather than split."""
    if len(table.rows) > limits.rows:
        return False
    lines = [max(lines_in(cell, points, one) for cell, one in zip(row, widths, strict=True)) for row in table.rows]
    return sum(0.2 + count * points * 0.042 for count in lines) <= (_HIGH_IN_LONG if page.long else limits.high)


def is_tall(row: tuple[str, ...]) -> bool:
    """Return whether a row may be longer than a page, so that it has to be split."""
    return max(map(len, row)) > _TALL


def side_by_side(figures: Figures, room: float) -> Iterator[tuple[tuple[tuple[str, str, str], ...], list[float]]]:
    """Yield key figures that stand beside each other, with their widths in centimetres."""
    for first in range(0, len(figures.items), _ASIDE):
        some = figures.items[first : first + _ASIDE]
        yield some, [room / max(len(some), 2)] * len(some)
