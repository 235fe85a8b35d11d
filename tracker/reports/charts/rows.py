"""What bars, intervals, pairs and rhythms share: a line for each label, a scale below, and the figures at the right."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.reports.charts.draw import (
    LEADING,
    SIZE,
    SMALL,
    Drawing,
    box,
    cut,
    known,
    line,
    measured,
    number,
    text,
    ticks,
    wide,
    wrapped,
)
from tracker.reports.charts.palette import GRID, INK, SOFT, TARGET
from tracker.reports.model import Chart, Pairs
from tracker.rules.wording import upper_first

EDGE = 8.0
LABEL_SHARE = 0.4  # of the width, at most; of figures too
LABEL_LINES = 12  # of the name of a row, which is not cut
LEGEND_HIGH = 26.0
TOP = 6.0  # above the rows, without a legend
AIM_HIGH = 24.0  # what the name of the target needs above the rows
ROW_GAP = 6.0
SHORT = 2  # a unit of so few signs, such as %, stands behind each figure, a longer one below the scale
Lines = list[str]


class Row(NamedTuple):
    """A label with one or more strips, and the figures of each strip as a text."""

    label: str
    figures: tuple[str, ...]


class Frame(NamedTuple):
    """Where things are: the columns, the middle of each strip by row, and the scale."""

    width: float
    x0: float
    x1: float
    top: float
    bottom: float
    strips: list[list[float]]
    marks: list[float]
    labels: list[Lines]
    figures: list[list[Lines]]

    def x(self, value: float) -> float:
        """Return where a value stands."""
        low = self.marks[0]
        high = self.marks[-1]
        return self.x0 + (value - low) / (high - low) * (self.x1 - self.x0)

    def ground(self, unit: str, *, scale: bool = True) -> list[str]:
        """Return the guides, the scale below them and its unit; without ``scale`` only the line at the left."""
        pieces: list[str] = []
        if not scale:
            return [self._zero_line()]
        for mark in self.marks:
            x = self.x(mark)
            pieces.append(line((x, self.top), (x, self.bottom), GRID))
            pieces.append(text(x, self.bottom + 16, number(mark), size=SMALL, anchor="middle", fill=SOFT))
        unit = self.below(unit)
        if unit:
            middle = (self.x0 + self.x1) / 2
            words = cut(unit, 2 * (min(middle, self.width - middle) - EDGE), SMALL)
            pieces.append(text(middle, self.bottom + 33, words, size=SMALL, anchor="middle", fill=SOFT))
        return [*pieces, self._zero_line()]

    def below(self, unit: str) -> str:
        """Return what stands below the scale: a long unit, and where a scale begins that does not begin at zero."""
        words = [unit] if len(unit) > SHORT else []
        if not self._has_zero():
            begin = measured(self.marks[0], "" if words else unit)
            words.append(f"the scale begins at {begin}")
        return upper_first("; ".join(words))

    def _has_zero(self) -> bool:
        return self.marks[0] <= 0 <= self.marks[-1]

    def _zero_line(self) -> str:
        """Return the line of zero; a thin one at the left where the scale does not reach it."""
        if not self._has_zero():
            return line((self.x0, self.top), (self.x0, self.bottom), GRID)
        x = self.x(0)
        return line((x, self.top), (x, self.bottom), INK, thick=1.5)

    def words(self) -> list[str]:
        """Return the labels at the left and the figures at the right."""
        pieces: list[str] = []
        for label, strips, figures in zip(self.labels, self.strips, self.figures, strict=True):
            pieces += _lines(self.x0 - 10, sum(strips) / len(strips), label, anchor="end")
            for y, lines in zip(strips, figures, strict=True):
                pieces += _lines(self.x1 + 12, y, lines, bold=True)
        return pieces


def frame(rows: list[Row], ends: tuple[float, float], width: float, *, top: float, strip: float) -> Frame:
    """Return the layout for rows whose values lie between ``ends``; ``strip`` is the least height of one, in units."""
    label = max((wide(row.label) for row in rows), default=0.0)
    figure = max((wide(words, bold=True) for row in rows for words in row.figures), default=0.0)
    x0 = EDGE + min(label, width * LABEL_SHARE) + 12
    x1 = width - EDGE - min(figure, width * LABEL_SHARE) - 14
    labels = [wrapped(row.label, x0 - EDGE - 10, limit=LABEL_LINES) for row in rows]
    figures = [[wrapped(words, width - EDGE - x1 - 12, bold=True) for words in row.figures] for row in rows]
    widest = max(wide(number(mark), SMALL) for mark in ticks(*ends, 6)) + 18
    marks = ticks(*ends, max(2, min(6, int((x1 - x0) / widest))))
    strips: list[list[float]] = []
    y = top
    for lines, texts in zip(labels, figures, strict=True):
        deep = max(strip, *(len(text) * SIZE * LEADING for text in texts))
        high = max(len(lines) * SIZE * LEADING, len(texts) * deep) + ROW_GAP
        first = y + (high - len(texts) * deep) / 2
        strips.append([first + deep * (n + 0.5) for n in range(len(texts))])
        y += high
    return Frame(width, x0, x1, top, y, strips, marks, labels, figures)


def finished(place: Frame, chart: Chart, under: list[str], above: list[str], below: Sequence[str] = ()) -> Drawing:
    """Return a drawing of what lies under the scale, below the target's line and above it, with all words."""
    foot = 40.0 if place.below(chart.unit) else 24.0
    pieces = [*under, *place.ground(chart.unit), *below, *_aim(place, chart), *above, *place.words()]
    return Drawing(place.width, place.bottom + foot, pieces)


def short_unit(chart: Chart) -> str:
    """Return the unit that stands behind each figure; empty when it is too long for that."""
    if len(chart.unit) <= SHORT:
        return chart.unit
    return ""


def from_zero(chart: Chart, figures: list[float]) -> tuple[float, float]:
    """Return the ends of a scale that has zero, the figures and the target."""
    ends = [0.0, *figures, *known((chart.target,))]
    return min(ends), max(ends)


def _lines(x: float, middle: float, lines: list[str], *, anchor: str = "start", bold: bool = False) -> list[str]:
    """Return lines of text around a height."""
    first = middle - (len(lines) - 1) * SIZE * LEADING / 2 + SIZE * 0.35
    return [
        text(x, first + n * SIZE * LEADING, words, anchor=anchor, bold=bold) for n, words in enumerate(lines) if words
    ]


def _aim(place: Frame, chart: Chart) -> list[str]:
    """Return the line of the chart's target, with its name above it."""
    if chart.target is None:
        return []
    x = place.x(chart.target)
    name = cut(f"Target {measured(chart.target, chart.unit)}", place.width - EDGE * 2)
    half = wide(name) / 2
    middle = min(max(x, EDGE + half), place.width - EDGE - half)
    return [
        line((x, place.top - 3), (x, place.bottom), TARGET, thick=2, dash="6 4"),
        text(middle, place.top - 11, name, anchor="middle"),
    ]


def headed(chart: Chart, entries: Pairs, width: float) -> tuple[list[str], float]:
    """Return the legend, if it has entries, and how much room it and the target's name need above the rows."""
    pieces, top = legend(entries, width) if entries else ([], TOP)
    if chart.target is not None:
        top += AIM_HIGH
    return pieces, top


def legend(entries: Pairs, width: float) -> tuple[list[str], float]:
    """Return the swatches with their names, and how high they are; an entry is the swatch drawn at 0, 0 and a name."""
    pieces: list[str] = []
    x = EDGE
    y = 0.0
    for sample, name in entries:
        words = cut(name, width - EDGE * 2 - 30)
        need = 30 + wide(words) + 18
        if x > EDGE and x + need > width:
            x, y = EDGE, y + LEGEND_HIGH
        pieces.append(f'<g transform="translate({x:.1f} {y + 6:.1f})">{sample}</g>')
        pieces.append(text(x + 30, y + 19, words))
        x += need
    return pieces, y + LEGEND_HIGH + 6


def swatch(fill: str, stroke: str) -> str:
    """Return a filled box for a legend."""
    return box(1, 1, (22, 14), fill, stroke=stroke)
