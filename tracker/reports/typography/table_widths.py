"""How wide the columns of a printed table, of a sheet and of a table on a screen are, by what stands in them."""

import re
from collections.abc import Sequence
from functools import cache
from math import ceil

from tracker.reports.model import Table
from tracker.reports.render.sheets import NOTHING
from tracker.reports.render.statuses import MARKS, is_status
from tracker.reports.typography.measuring import ARIAL, SANS
from tracker.text import columns
from tracker.widths import Need, fit_columns, narrowed, stretched

_SHORT = 3.4  # centimetres: a date, a status or a sum, which should stay on a line
_FIGURES = 4.2  # a figure with its interval
_NAME, _NAME_LEAST = 4.2, 3.0  # what a row is called by
_LONGEST_WORD = 4.5
_PADDING = 0.4
_STAND_IN = 1.1  # times the usual, for whoever has not got the font: no word may be broken in the one that stands in
_FILLED = 0.55  # of a page, above which a table fills it, since it does not tear rows apart
_SAMPLE = 60  # rows; more say nothing new about a column

SHEET_POINTS, SHEET_PADDING = 12, 0.5  # letters of a cell, and the centimetres of it that stay empty
_SHEET_TEXT = 300  # signs of a cell that are measured: a longer one is broken anyway
_SHEET_SHORT = 4.5
_SHEET_LEAST = 2.2

_SCREEN_LEAST = 2  # columns of a screen
_SCREEN_SAMPLE = 40


def _parts(cell: str) -> list[str]:
    """Return the parts of a cell that should not be broken: a mark keeps its word, a per cent sign its number."""
    return re.sub(rf"(?<=[{MARKS}→↑↓]) | (?=%)", "\u00a0", cell).split(" ")


def natural(table: Table, column: int, points: float, *, title: bool = True) -> float:
    """Return the width at which no cell of a column is broken, in centimetres, with its title or without."""
    lines = [line for row in table.rows[:_SAMPLE] for line in row[column].split("\n")]
    name = table.row_header and column == 0
    widths = [SANS.width(line, points, name or is_status(line)) for line in lines]
    if title:
        widths.append(SANS.width(table.columns[column].title, points, True))
    return max(widths, default=0.0) + _PADDING


def _longest_word(table: Table, column: int, points: float) -> float:
    """Return the width that the longest word of a column needs, in centimetres."""
    name = table.row_header and column == 0
    cells = [row[column].replace("\n", " ") for row in table.rows[:_SAMPLE]]
    words = [SANS.width(part, points, name or is_status(cell)) for cell in cells for part in _parts(cell)]
    titles = [SANS.width(part, points, True) for part in _parts(table.columns[column].title)]
    return min(max(*words, *titles, 0.0) * _STAND_IN, _LONGEST_WORD) + _PADDING


def column_widths(table: Table, points: float, room: float) -> list[float]:
    """Return a width in centimetres for each column; together no more than the room there is.

    Short cells stay on one line, long ones share what is left by how much stands in them.
    """
    numbers = range(len(table.columns))
    words = [_longest_word(table, n, points) for n in numbers]
    lines = [max(natural(table, n, points), words[n]) for n in numbers]
    if sum(lines) <= room:
        return stretched(lines, room, _FILLED)
    shorts = [_FIGURES if column.right else _SHORT for column in table.columns]
    if table.row_header:
        shorts[0] = _NAME
        words[0] = max(words[0], min(lines[0], _NAME_LEAST))
    wholes = [max(words[n], min(natural(table, n, points, title=False), shorts[n])) for n in numbers]
    if table.row_header:  # a name in three lines is better than a date in two
        wholes[0] -= min(max(sum(wholes) - room, 0.0), wholes[0] - words[0])
    needs = []
    for n in numbers:
        weight = 0
        if lines[n] > wholes[n]:
            weight = sum(len(row[n]) for row in table.rows[:_SAMPLE])
        needs.append(Need(words[n], wholes[n], lines[n], weight))
    return fit_columns(needs, room)


def lines_in(text: str, points: float, width: float) -> int:
    """Return about how many lines a text takes in a column."""
    return sum(max(ceil(SANS.width(line, points) / max(width - _PADDING, 0.5)), 1) for line in text.split("\n"))


def first_by_others(table: Table, points: float, room: float, padding: float, *, stand_in: bool = False) -> list[float]:
    """Return widths in centimetres at which no cell is broken but those of the first column, which has what is left.

    ``stand_in``: nor is a word in the wider font that stands in for ours.
    """
    widths = []
    for n, column in enumerate(table.columns[1:], 1):
        cells = [ARIAL.width(row[n], points, is_status(row[n])) for row in table.rows]
        least = 0.0
        if stand_in:
            words = [word for text in (column.title, *(row[n] for row in table.rows)) for word in text.split()]
            least = max((ARIAL.width(word, points, True) for word in words), default=0.0) * _STAND_IN
        widths.append(max([ARIAL.width(column.title, points, True), least, *cells]) + padding)
    return [room - sum(widths), *widths]


def sheet_widths(table: Table, room: float) -> list[float]:
    """Return a width in centimetres for each column of a sheet: short cells on one line, long ones share what is left.

    A sheet with many columns is wider than the room.
    """
    needs = [_sheet_need(table, n) for n in range(len(table.columns))]
    widths = fit_columns(needs, max(room, sum(need.whole for need in needs)), capped=True)
    return [max(width, _SHEET_LEAST) for width in widths]


def sheet_lines(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> int:
    """Return how many lines the longest cell of a sheet's row takes in columns of some widths in centimetres."""
    rooms = (width - SHEET_PADDING for width in widths)
    lines = (ARIAL.lines(text, room, SHEET_POINTS, bold) for text, room in zip(texts, rooms, strict=True))
    return max(map(len, lines), default=1)


def _sheet_need(table: Table, column: int) -> Need:
    name = table.row_header and column == 0
    lines = [line for row in table.rows for line in row[column].split("\n")]
    if column == 0 and not table.rows:
        lines = [NOTHING]
    widths = [ARIAL.width(line[:_SHEET_TEXT], SHEET_POINTS, name or is_status(line)) for line in lines]
    title = ARIAL.width(table.columns[column].title, SHEET_POINTS, True)
    longest = max(title, *widths, 0.0) + SHEET_PADDING
    excess = [max(width + SHEET_PADDING - _SHEET_SHORT, 0.0) for width in widths]
    short = min(longest, _SHEET_SHORT)
    return Need(0.0, short, longest, sum(excess) + longest - short)


def screen_widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the width of each column of cells, together ``room`` screen columns at most; none where words would break.

    Each column begins as wide as its widest cell and is narrowed where that makes the table longer by the fewest lines.
    """
    widths = [max(max(map(columns, cells)), _SCREEN_LEAST) for cells in zip(*rows, strict=True)]
    words = [[_word_columns(cell) for cell in cells] for cells in zip(*rows[:_SCREEN_SAMPLE], strict=True)]
    least = [max((max(cell, default=0) for cell in cells), default=0) for cells in words]
    least = [max(width, _SCREEN_LEAST) for width in least]
    if sum(widths) <= room:
        return widths
    if sum(least) > room:
        return []

    @cache
    def heights(column: int, width: int) -> list[int]:
        return [_count_lines(cell, width) for cell in words[column]]

    def longer(column: int, widths: Sequence[int]) -> tuple[int, int, int]:
        """Return how many lines the rows take when a column is narrowed, and its own cells."""
        cells = [heights(n, width - (n == column)) for n, width in enumerate(widths)]
        return sum(map(max, zip(*cells, strict=True))), sum(cells[column]), -widths[column]

    return narrowed(widths, least, room, longer)


def _word_columns(cell: str) -> list[int]:
    """Return the widths of what stays together: each word, and a mark with the word that it belongs to."""
    widths = [columns(word) for word in cell.split()]
    if len(widths) > 1 and cell[0] in MARKS:
        widths[:2] = [widths[0] + 1 + widths[1]]
    return widths


def _count_lines(words: Sequence[int], width: int) -> int:
    lines = 1
    extent = 0
    for word in words:
        if extent and extent + 1 + word > width:
            lines, extent = lines + 1, word
        else:
            extent += word + bool(extent)
    return lines
