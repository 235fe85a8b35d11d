"""How the tables of a paper are laid on a page: widths by what is in them, sentences below, or the page turned."""

import re
from typing import Any, NamedTuple
from unicodedata import combining

from tracker.reports.model import Table
from tracker.reports.render.statuses import rating_of
from tracker.reports.typography.measuring import Ruler, joined
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

    def closer(self) -> "Sheet":
        """Return the page of a long paper, whose margins are narrower and whose tables are set closely."""
        return self._replace(upright=self.upright + WIDER, sizes=(DENSE,), dense=True)

    def points(self, text: str, size: float) -> float:
        """Return how wide a text is on its longest line."""
        if "\n" in text:
            return max(self.ruler.width(line) for line in text.split("\n")) * size / 1000
        return self.ruler.width(text) * size / 1000


class _Plan(NamedTuple):
    """How a table is laid: columns side by side, those below, widths in points, size of text, if all words fit."""

    side: list[int]
    below: list[int]
    widths: list[float]
    size: float
    fits: bool


def laid_out(table: Table, sheet: Sheet, *, turned: bool = False) -> dict[str, Any]:
    """Return a table as the page template takes it, for an upright page or a turned one."""
    return _payload(table, _planned(table, sheet, turned=turned), sheet)


def too_wide(table: Table, sheet: Sheet) -> bool:
    """Return whether a table needs a turned page: upright, its words would have to be broken."""
    return bool(table.columns) and not _planned(table, sheet, turned=False).fits


def _planned(table: Table, sheet: Sheet, *, turned: bool) -> _Plan:
    room = sheet.turned if turned else sheet.upright
    longs = [n for n, column in enumerate(table.columns) if column.long and n]
    if len(table.columns) - len(longs) < 2:
        longs = []  # below a lone name there is nothing to stand under
    for size in (*sheet.sizes, SMALLEST) if turned else sheet.sizes:
        plans = []
        for below in ([], longs) if longs else ([],):
            side = [n for n in range(len(table.columns)) if n not in below]
            needs = [_need(table, n, sheet, size) for n in side]
            free = room - INSET * len(side)
            widths = _roomy(needs, free) if below else _widths(needs, free)
            plan = _Plan(side, below, widths, size, sum(need.word for need in needs) <= free)
            plans += [plan] if sum(need.whole for need in needs) <= free else []
        if plans:
            return min(plans, key=lambda one: sum(_tall(table, row, one, sheet) for row in table.rows[:ENOUGH]))
    return plan


def _need(table: Table, at: int, sheet: Sheet, size: float) -> Need:
    cells = [(table.columns[at].title, BOLD), *((joined(row[at]), _weight(table, at, row[at])) for row in table.rows)]
    word = max(
        max((sheet.points(part, size) for part in re.split(r"[ \n]", text)), default=0.0) * more for text, more in cells
    )
    line = max(sheet.points(text, size) * more for text, more in cells)
    short = WHOLE_FIGURE if table.columns[at].align == "right" else sheet.kept
    shorts = (sheet.points(text, size) * more for text, more in cells[1:] if len(text) <= short and at)
    name = NAME_DENSE if sheet.dense else NAME * size / SIZES[0]
    least = name if at == 0 else SENTENCE if table.columns[at].long else 0.0
    whole = max(word, least, *shorts)
    whole = min(whole, line)
    return Need(word + 1, whole + 1, line + 1, (line - whole) ** POWER)


def _widths(needs: list[Need], room: float) -> list[float]:
    return fit_columns(needs, room, filled=STRETCHED, power=POWER)


def _roomy(needs: list[Need], room: float) -> list[float]:
    """Return widths for a table with sentences below its rows: it fills the page, and names leave them room."""
    widths = _widths(needs, room)
    name = min(widths[0], max(needs[0].word, room * MOST_NAME))
    others = room - name
    return [name, *(one * others / sum(widths[1:]) for one in widths[1:])]


def _weight(table: Table, at: int, text: str) -> float:
    """Return how much wider than usual a cell's text is: names of rows and ratings are bold."""
    return BOLD if (at == 0 and table.row_header) or rating_of(text) else 1.0


def breakable(text: str, room: float, size: float, sheet: Sheet, more: float = BOLD) -> str:
    """Return a text that may be broken inside the words that are wider than ``room`` points.

    ``more`` is how much wider than usual it is set.
    """
    text = joined(text)
    if sheet.points(text, size) * more <= room:
        return text
    step = max(1, int(room / size / 4))  # a few places on each line are enough
    return "\n".join(
        " ".join(_split(word, step) if sheet.points(word, size) * more > room else word for word in line.split(" "))
        for line in text.split("\n")
    )


def _split(word: str, step: int) -> str:
    return "".join(
        "\u200b" + sign if n and n % step == 0 and not combining(sign) else sign for n, sign in enumerate(word)
    )


def _payload(table: Table, plan: _Plan, sheet: Sheet) -> dict[str, Any]:
    most = SMALL_DENSE if sheet.dense else SMALL_TABLE
    return {
        "kind": "table",
        "caption": table.caption,
        "note": table.note,
        "none": "None recorded.",
        "size": plan.size,
        "widths": [round(one + INSET, 2) for one in plan.widths],
        "right": [table.columns[n].align == "right" for n in plan.side],
        "titles": [
            breakable(table.columns[n].title, wide, plan.size, sheet)
            for n, wide in zip(plan.side, plan.widths, strict=True)
        ],
        "row_header": table.row_header,
        "whole": sum(_tall(table, row, plan, sheet) for row in table.rows[: most + 1]) <= most,
        "rows": [_row(table, row, plan, sheet) for row in table.rows],
    }


def _row(table: Table, row: tuple[str, ...], plan: _Plan, sheet: Sheet) -> dict[str, Any]:
    """Return a row: its cells with their ratings, the sentences below them, and whether it stays on one page."""
    rest = sum(plan.widths[1:]) + INSET * (len(plan.widths) - 2)
    said = "\n".join(f"{table.columns[n].title}: {row[n]}" for n in plan.below if row[n])
    cells = [
        (breakable(row[n], wide, plan.size, sheet, _weight(table, n, row[n])), rating_of(row[n]))
        for n, wide in zip(plan.side, plan.widths, strict=True)
    ]
    whole = _tall(table, row, plan, sheet) <= MOST_LINES
    return {"cells": cells, "below": breakable(said, rest, plan.size, sheet), "whole": whole}


def _tall(table: Table, row: tuple[str, ...], plan: _Plan, sheet: Sheet) -> int:
    """Return about how many lines a row takes."""
    rest = sum(plan.widths[1:]) + INSET * (len(plan.widths) - 2)
    lines = [_lines(row[n], wide, plan.size, sheet) for n, wide in zip(plan.side, plan.widths, strict=True)]
    said = sum(_lines(f"{table.columns[n].title}: {row[n]}", rest, plan.size, sheet) for n in plan.below if row[n])
    # Beside what stands below the others, a name has room for more lines.
    return max(lines[0], max(lines[1:], default=0) + said)


def _lines(text: str, room: float, size: float, sheet: Sheet) -> int:
    """Return about how many lines a text takes, a fifth of each left empty."""
    return sum(1 + int(sheet.points(line, size) / max(room * 0.8, 1.0)) for line in text.split("\n"))
