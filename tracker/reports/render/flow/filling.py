"""How full the last page is before a section: reckoned, since whoever opens the document sets its pages."""

from math import floor
from typing import NamedTuple

from tracker.reports.render.flow.parts import Bullets, Facts, Grid, Heading, PageBreak, Paragraph, Part, Pictures, Row
from tracker.reports.render.office_look import BODY
from tracker.reports.typography.measuring import ARIAL, CM

_NEARLY_EMPTY = 0.4  # of a page; a section that comes then begins on it, as in the PDF
_NEARLY_FULL = 0.9  # here nobody knows whether the section ends on this page or with a few lines on the next
_LINE = 1.22  # of the size of letters, from line to line
_BULLET = 0.65  # centimetres
_CELL = 0.32  # centimetres that letters do not fill across a cell
_TABLE = 0.16  # centimetres below a table


class _Look(NamedTuple):
    """The points of letters, and those above and below a paragraph."""

    points: float
    around: float


_LOOKS = {
    "title": _Look(24, 4),
    "subtitle": _Look(16, 12),
    "caption": _Look(11, 10),
    "note": _Look(11, 10),
    "source": _Look(11, 8),
    "callout": _Look(BODY, 16),
    "facts": _Look(BODY, 3),
}
_TEXT = _Look(BODY, 5)
_SIGNAL = _Look(BODY, 8)
_HEADINGS = (_Look(18, 26), _Look(14, 16), _Look(12, 13))


class Filling:
    """The pages of a long paper so far, ``tall`` centimetres each, with text ``room`` wide."""

    def __init__(self, room: float, tall: float) -> None:
        self.room = room
        self.tall = tall
        self.height = 0.0  # of all that was added since a page began for certain

    @property
    def runs_on(self) -> bool:
        """Whether a section should begin below what is there, so that it leaves no page nearly empty."""
        filled = self.height / self.tall
        return filled > 1 and not _NEARLY_EMPTY < filled - floor(filled) < _NEARLY_FULL

    def begin(self) -> None:
        """Begin a page."""
        self.height = 0.0

    def add(self, part: Part) -> None:
        """Add a part below what is there."""
        match part:
            case Heading():
                self._place(self._paragraph(part.text, _HEADINGS[min(part.level, len(_HEADINGS)) - 1], bold=True))
            case Paragraph():
                text = f"{part.label}: {part.text}" if part.label else part.text
                self._place(self._paragraph(text, _LOOKS.get(part.look, _SIGNAL if part.label else _TEXT)))
            case Facts():
                for _, value in part.items:
                    self._place(self._paragraph(value, _LOOKS["facts"], part.indent))
            case Bullets():
                for item in part.items:
                    self._place(self._paragraph(item, _TEXT, _BULLET))
            case Pictures():
                self._place(max(picture.height for picture in part.pictures) + 8 * CM)
            case Grid():
                self._table(part)
            case PageBreak():
                self.begin()
            case _:  # the head of a paper and its contents stand on pages of their own
                pass

    def _paragraph(self, text: str, look: _Look, indent: float = 0.0, *, bold: bool = False) -> float:
        lines = len(ARIAL.lines(text, self.room - indent, look.points, bold))
        return (lines * look.points * _LINE + look.around) * CM

    def _place(self, needed: float) -> None:
        """Add what is not split between pages."""
        left = self.tall - self.height % self.tall
        if left < needed < self.tall:
            self.height += left
        self.height += needed

    def _table(self, grid: Grid) -> None:
        heights = [_row(row, grid) for row in grid.rows]
        if grid.unsplit:
            self._place(sum(heights))
        else:
            for height in heights:
                self._place(height)
        self.height += _TABLE


def _row(row: Row, grid: Grid) -> float:
    points = grid.points or 11.0
    lines = max(
        len(ARIAL.lines(cell.text, width - _CELL, points, cell.strong or cell.look == "column"))
        for cell, width in zip(row.cells, grid.widths, strict=True)
    )
    return (lines * points * 1.15 + 3.5) * CM
