"""How the tables of a paper are laid on a page: widths by what is in them, sentences below, or the page turned."""

import re
from itertools import pairwise
from typing import NamedTuple, TypedDict

from tracker.reports.model import ACCENT, Cells, Pairs, Table
from tracker.reports.render.statuses import rating_of
from tracker.reports.typography.measuring import Ruler, break_places, joined
from tracker.widths import Need, fit_columns

SHEETS = {"a4": (481.0, 728.0), "letter": (498.0, 678.0)}  # width of the text in points: upright, turned
SIZES = (11.0, 10.0)  # of a table's text; smaller is hard to read
WIDER = 17.0  # points that a long paper's text is wider than that of a short one
DENSE = 10.0  # in a long paper, which is mostly tables
SMALLEST = 9.0  # only on a turned page, rather than to break words
INSET = 8.0  # what a cell leaves empty, both sides together
BOLD = 1.08  # how much wider bold text is
STRETCHED = 0.6  # of the page, above which a table fills it
POWER = 0.6  # a very long text gains little from a line more than a short one loses
SENTENCE = 150.0  # a column of sentences narrower than this has them below the row
MOST_NAME = 0.36  # of the page, when sentences stand beside the names, below the other columns
NAME, NAME_DENSE = 100.0, 80.0  # what the column that names the rows should have
SEVERAL = 80.0  # what texts of several words should have, up to half a line of theirs
LONGEST = 150.0  # of a word that keeps its column so wide; a longer one is broken rather than turn the page for it
WHOLE = 14  # a cell of so few characters, such as a date, should stay on one line
WHOLE_FIGURE = 24  # and one of figures, such as a sum and its share
ENOUGH = 60  # rows that are looked at to choose between two ways to lay a table
SMALL_TABLE, SMALL_DENSE = 14, 9  # lines of a table that is not parted at the end of a page
MOST_LINES = 22  # a row of more lines may be parted at the end of a page


class Sheet(NamedTuple):
    """The width of a page's text, upright and turned, in points, and what measures its texts.

    ``sizes`` are those that a table's text may have, and cells of up to ``kept`` characters should stay on one line. A
    ``dense`` page is one of a long paper.
    """

    upright: float
    turned: float
    ruler: Ruler
    sizes: tuple[float, ...] = SIZES
    kept: int = WHOLE
    dense: bool = False
    accent: str = ACCENT  # of the charts

    def closer(self) -> "Sheet":
        """Return the page of a long paper, whose margins are narrower and whose tables are set closely."""
        return self._replace(upright=self.upright + WIDER, sizes=(DENSE,), dense=True)

    def points(self, text: str, size: float) -> float:
        """Return how wide a text is on its longest line."""
        if "\n" in text:
            return max(self.points(line, size) for line in text.split("\n"))
        return self.ruler.width(text) * size / 1000


class LaidRow(TypedDict):
    """A row as the page template takes it: texts with their ratings, the sentences below, whether it is not parted."""

    cells: Pairs
    below: str
    whole: bool


class LaidTable(TypedDict):
    """A table as the page template takes it."""

    kind: str
    caption: str
    note: str
    none: str
    size: float
    widths: list[float]
    right: list[bool]
    titles: list[str]
    row_header: bool
    whole: bool
    rows: list[LaidRow]


class _Plan(NamedTuple):
    """How a table is laid: columns side by side, those below, widths in points, size of text, if all words fit."""

    side: list[int]
    below: list[int]
    widths: list[float]
    size: float
    fits: bool

    @property
    def under(self) -> float:
        """How wide the sentences below a row may be: they stand beside its name."""
        return sum(self.widths[1:]) + INSET * (len(self.widths) - 2)

    def cells(self, row: Cells) -> list[tuple[int, str, float]]:
        """Return column, text and width of each cell that stands beside others."""
        return [(n, row[n], width) for n, width in zip(self.side, self.widths, strict=True)]


def laid_out(table: Table, sheet: Sheet, *, turned: bool = False, measured: Table | None = None) -> LaidTable:
    """Return a table as the page template takes it, for an upright page or a turned one.

    Its columns are as wide as those of ``measured`` have to be, if that is given.
    """
    return _payload(table, _planned(measured or table, sheet, turned=turned), sheet)


def too_wide(table: Table, sheet: Sheet) -> bool:
    """Return whether a table needs a turned page: upright, its words would have to be broken."""
    return bool(table.columns) and not _planned(table, sheet, turned=False).fits


def _planned(table: Table, sheet: Sheet, *, turned: bool) -> _Plan:
    room = sheet.turned if turned else sheet.upright
    ways: list[list[int]] = [[]]
    longs = table.long
    if longs and len(table.columns) - len(longs) >= 2:  # below a lone name there is nothing to stand under
        ways.append(longs)
    sizes = sheet.sizes
    if turned:
        sizes = (*sizes, SMALLEST)
    for size in sizes:
        plans = []
        for below in ways:
            side = table.others(below)
            needs = [_need(table, n, sheet, size) for n in side]
            free = room - INSET * len(side)
            widths = _roomy(needs, free) if below else _widths(needs, free)
            plan = _Plan(side, below, widths, size, sum(need.word for need in needs) <= free)
            if sum(need.whole for need in needs) <= free:
                plans.append(plan)
        if plans:
            return min(plans, key=lambda plan: sum(_tall(table, row, plan, sheet) for row in table.rows[:ENOUGH]))
    return plan


def _need(table: Table, at: int, sheet: Sheet, size: float) -> Need:
    column = table.columns[at]
    cells = [(joined(row[at]), _weight(table, at, row[at])) for row in table.rows]
    texts = [(column.title, BOLD), *cells]
    word = max(sheet.points(part, size) * weight for text, weight in texts for part in re.split(r"[ \n]", text))
    word = min(word, LONGEST)
    line = max(sheet.points(text, size) * weight for text, weight in texts)
    if at == 0:
        least = NAME_DENSE if sheet.dense else NAME * size / SIZES[0]
        return _whole(word, max(word, least), line)
    short = WHOLE_FIGURE if column.right else sheet.kept
    shorts = (sheet.points(text, size) * weight for text, weight in cells if len(text) <= short)
    whole = max(word, SENTENCE * column.long, *shorts)
    if not column.right:
        whole = max(whole, min(line / 2, SEVERAL))
    return _whole(word, whole, line)


def _whole(word: float, whole: float, line: float) -> Need:
    whole = min(whole, line)
    return Need(word + 1, whole + 1, line + 1, (line - whole) ** POWER)


def _widths(needs: list[Need], room: float) -> list[float]:
    return fit_columns(needs, room, filled=STRETCHED, power=POWER)


def _roomy(needs: list[Need], room: float) -> list[float]:
    """Return widths for a table with sentences below its rows: it fills the page, and names leave them room."""
    widths = _widths(needs, room)
    name, *widths = widths
    name = min(name, max(needs[0].word, room * MOST_NAME))
    free = room - name
    total = sum(widths)
    return [name, *(width * free / total for width in widths)]


def _weight(table: Table, at: int, text: str) -> float:
    """Return how much wider than usual a cell's text is: names of rows and ratings are bold."""
    if (at == 0 and table.row_header) or rating_of(text):
        return BOLD
    return 1.0


def breakable(text: str, room: float, size: float, sheet: Sheet, weight: float = BOLD) -> str:
    """Return a text that may be broken inside the words that are wider than ``room`` points.

    ``weight`` is how much wider than usual it is set.
    """
    text = joined(text)
    if sheet.points(text, size) * weight <= room:
        return text
    step = max(1, int(room / size / 4))  # a few places on each line are enough

    def split(word: re.Match[str]) -> str:
        if sheet.points(word[0], size) * weight <= room:
            return word[0]
        return _split(word[0], step)

    return re.sub(r"[^ \n]+", split, text)


def _split(word: str, step: int) -> str:
    places = [0, *break_places(word, step, 4 * step), len(word)]
    return "\u200b".join(word[begin:end] for begin, end in pairwise(places))


def _payload(table: Table, plan: _Plan, sheet: Sheet) -> LaidTable:
    lines = SMALL_DENSE if sheet.dense else SMALL_TABLE
    titles = table.titles
    return {
        "kind": "table",
        "caption": table.caption,
        "note": table.note,
        "none": "None recorded.",
        "size": plan.size,
        "widths": [round(width + INSET, 2) for width in plan.widths],
        "right": [table.columns[n].right for n in plan.side],
        "titles": [breakable(title, width, plan.size, sheet) for _, title, width in plan.cells(titles)],
        "row_header": table.row_header,
        "whole": sum(_tall(table, row, plan, sheet) for row in table.rows[: lines + 1]) <= lines,
        "rows": [_row(table, row, plan, sheet) for row in table.rows],
    }


def _row(table: Table, row: Cells, plan: _Plan, sheet: Sheet) -> LaidRow:
    """Return a row: its cells with their ratings, the sentences below them, and whether it stays on one page."""
    below = "\n".join(_sentences(table, row, plan))
    cells = [
        (breakable(text, width, plan.size, sheet, _weight(table, n, text)), rating_of(text))
        for n, text, width in plan.cells(row)
    ]
    full = _tall(table, row, plan, sheet) <= MOST_LINES
    return {"cells": cells, "below": breakable(below, plan.under, plan.size, sheet), "whole": full}


def _sentences(table: Table, row: Cells, plan: _Plan) -> list[str]:
    """Return what stands below a row."""
    return [f"{table.columns[n].title}: {row[n]}" for n in plan.below if row[n]]


def _tall(table: Table, row: Cells, plan: _Plan, sheet: Sheet) -> int:
    """Return about how many lines a row takes."""
    name, *cells = (count_lines(text, width, plan.size, sheet) for _, text, width in plan.cells(row))
    below = sum(count_lines(sentence, plan.under, plan.size, sheet) for sentence in _sentences(table, row, plan))
    # Beside what stands below the others, a name has room for more lines.
    return max(name, max(cells, default=0) + below)


def count_lines(text: str, room: float, size: float, sheet: Sheet) -> int:
    """Return about how many lines a text takes, a fifth of each left empty."""
    return sum(1 + int(sheet.points(line, size) / max(room * 0.8, 1.0)) for line in text.split("\n"))
