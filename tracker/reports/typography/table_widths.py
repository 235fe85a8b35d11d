"""How wide the columns of a printed table are, by what stands in them."""

import re
from math import ceil

from tracker.reports.model import Table
from tracker.reports.render.statuses import MARKS, is_status
from tracker.reports.typography.measuring import wide

_SHORT = 3.4  # centimetres: a date, a status or a sum, which should stay on a line
_FIGURES = 4.2  # a figure with its interval
_NAME, _NAME_LEAST = 4.2, 3.0  # what a row is called by
_LONGEST_WORD = 4.5
_PADDING = 0.4
_SAMPLE = 60  # rows; more say nothing new about a column


def _words(cell: str) -> list[str]:
    """Return the parts of a cell that should not be broken: a mark keeps its word, a per cent sign its number."""
    return re.sub(rf"(?<=[{MARKS}→↑↓]) | (?=%)", "\u00a0", cell).split(" ") if cell else [""]


def natural(table: Table, column: int, points: float, *, title: bool = True) -> float:
    """Return the width at which no cell of a column is broken, in centimetres, with its title or without."""
    lines = [line for row in table.rows[:_SAMPLE] for line in row[column].split("\n")]
    name = table.row_header and column == 0
    most = max((wide(line, points, name or is_status(line)) for line in lines), default=0.0)
    return max(most, wide(table.columns[column].title, points, True) if title else 0.0) + _PADDING


def _least(table: Table, column: int, points: float) -> float:
    """Return the width that the longest word of a column needs, in centimetres."""
    name = table.row_header and column == 0
    texts = [row[column].replace("\n", " ") for row in table.rows[:_SAMPLE]]
    most = max((wide(word, points, name) for text in texts for word in _words(text)), default=0.0)
    title = max(wide(word, points, True) for word in _words(table.columns[column].title))
    return min(max(most, title), _LONGEST_WORD) + _PADDING


def column_widths(table: Table, points: float, room: float) -> list[float]:
    """Return a width in centimetres for each column; together no more than the room there is.

    Short cells stay on one line, long ones share what is left by how much stands in them.
    """
    which = range(len(table.columns))
    want = [natural(table, n, points) for n in which]
    if sum(want) <= room:
        return _stretched(want, room)
    least = [_least(table, n, points) for n in which]
    if table.row_header:
        least[0] = max(least[0], min(want[0], _NAME_LEAST))
    if sum(least) > room:
        return [one * room / sum(least) for one in least]
    cells = [max(natural(table, n, points, title=False), least[n]) for n in which]
    short = [_FIGURES if column.align == "right" else _SHORT for column in table.columns]
    ease = [max(least[n], min(cells[n], _NAME if table.row_header and not n else short[n])) for n in which]
    if table.row_header:  # a name in three lines is better than a date in two
        ease[0] -= min(max(sum(ease) - room, 0.0), max(ease[0] - least[0], 0.0))
    if sum(ease) > room:
        return _shared(least, [more - less for more, less in zip(ease, least, strict=True)], room - sum(least))
    texts = [sum(len(row[n]) for row in table.rows[:_SAMPLE]) for n in which]
    need = [float(texts[n]) if want[n] > ease[n] else 0.0 for n in which]
    return _shared(ease, need, room - sum(ease))


def _stretched(want: list[float], room: float) -> list[float]:
    """Return natural widths, wider when that fills the page and does not tear a row apart."""
    return [one * room / sum(want) for one in want] if sum(want) > room * 0.55 else want


def _shared(base: list[float], need: list[float], spare: float) -> list[float]:
    total = sum(need) or 1.0
    return [one + spare * share / total for one, share in zip(base, need, strict=True)]


def lines_in(text: str, points: float, width: float) -> int:
    """Return about how many lines a text takes in a column."""
    return sum(ceil(wide(line, points) / max(width - _PADDING, 0.5)) or 1 for line in text.split("\n"))
