"""What bars, intervals, pairs and rhythms share: a line for each label, a scale below, and the figures at the right."""

from typing import NamedTuple

from tracker.reports.charts.draw import box, line, text
from tracker.reports.charts.palette import GRID, INK, SOFT, TARGET
from tracker.reports.charts.words import LEADING, SIZE, SMALL, cut, measured, number, ticks, wide, wrapped
from tracker.reports.model import Chart

EDGE = 8.0
LABEL_SHARE, VALUE_SHARE = 0.4, 0.4  # of the width, at most
NARROW = 480.0  # the width below which figures may take no more than labels
LEGEND_HIGH = 26.0
AIM_HIGH = 24.0  # what the name of the target needs above the rows
ROW_GAP = 6.0
SHORT = 2  # a unit of so few signs, such as %, stands behind each figure, a longer one below the scale


class Row(NamedTuple):
    """A label with one or more strips, and what the figures of each strip say."""

    label: str
    said: tuple[str, ...]


class Frame(NamedTuple):
    """Where things are: the columns, the middle of each strip by row, and the scale."""

    width: float
    left: float
    right: float
    top: float
    bottom: float
    strips: list[list[float]]
    marks: list[float]
    labels: list[list[str]]
    said: list[list[list[str]]]

    def x(self, value: float) -> float:
        """Return where a value stands."""
        low, high = self.marks[0], self.marks[-1]
        return self.left + (value - low) / (high - low) * (self.right - self.left)


def frame(rows: list[Row], ends: tuple[float, float], width: float, *, top: float, strip: float) -> Frame:
    """Return the layout for rows whose values lie between ``ends``; ``strip`` is the least height of one."""
    longest = max((wide(row.label) for row in rows), default=0.0)
    left = EDGE + min(longest, width * LABEL_SHARE) + 12
    most = max((wide(words, bold=True) for row in rows for words in row.said), default=0.0)
    right = width - EDGE - min(most, width * (VALUE_SHARE if width >= NARROW else LABEL_SHARE)) - 14
    labels = [wrapped(row.label, left - EDGE - 10, most=3) for row in rows]
    said = [[wrapped(words, width - EDGE - right - 12, bold=True) for words in row.said] for row in rows]
    widest = max(wide(number(mark), SMALL) for mark in ticks(*ends, 6)) + 18
    marks = ticks(*ends, max(2, min(6, int((right - left) / widest))))
    strips: list[list[float]] = []
    y = top
    for lines, told in zip(labels, said, strict=True):
        deep = max(strip, *(len(one) * SIZE * LEADING for one in told))
        high = max(len(lines) * SIZE * LEADING, len(told) * deep) + ROW_GAP
        begin = y + (high - len(told) * deep) / 2
        strips.append([begin + deep * (n + 0.5) for n in range(len(told))])
        y += high
    return Frame(width, left, right, top, y, strips, marks, labels, said)


def ground(place: Frame, unit: str, *, scale: bool = True) -> list[str]:
    """Return the guides, the scale below them and its unit; without ``scale`` only the line at the left."""
    pieces: list[str] = []
    if scale:
        for mark in place.marks:
            x = place.x(mark)
            pieces.append(line((x, place.top), (x, place.bottom), GRID))
            pieces.append(text(x, place.bottom + 16, number(mark), size=SMALL, anchor="middle", fill=SOFT))
        if len(unit) > SHORT:
            middle = (place.left + place.right) / 2
            words = cut(unit, 2 * (min(middle, place.width - middle) - EDGE), SMALL)
            pieces.append(text(middle, place.bottom + 33, words, size=SMALL, anchor="middle", fill=SOFT))
    zero = place.x(0) if place.marks[0] <= 0 <= place.marks[-1] else place.left
    pieces.append(line((zero, place.top), (zero, place.bottom), INK, thick=1.5))
    return pieces


def foot(unit: str, *, scale: bool = True) -> float:
    """Return how much room the scale needs below the rows."""
    return (40.0 if len(unit) > SHORT else 24.0) if scale else 8.0


def words(place: Frame) -> list[str]:
    """Return the labels at the left and the figures at the right."""
    pieces: list[str] = []
    for lines, strips, told in zip(place.labels, place.strips, place.said, strict=True):
        pieces += _lines(place.left - 10, sum(strips) / len(strips), lines, anchor="end")
        for y, one in zip(strips, told, strict=True):
            pieces += _lines(place.right + 12, y, one, bold=True)
    return pieces


def _lines(x: float, middle: float, lines: list[str], *, anchor: str = "start", bold: bool = False) -> list[str]:
    """Return lines of text around a height."""
    first = middle - (len(lines) - 1) * SIZE * LEADING / 2 + SIZE * 0.35
    return [text(x, first + n * SIZE * LEADING, one, anchor=anchor, bold=bold) for n, one in enumerate(lines) if one]


def aim(place: Frame, chart: Chart, name: str) -> list[str]:
    """Return the line of the chart's target, with its name above it."""
    if chart.target is None:
        return []
    x = place.x(chart.target)
    told = cut(f"{name} {measured(chart.target, chart.unit)}", place.width - EDGE * 2)
    half = wide(told) / 2
    middle = min(max(x, EDGE + half), place.width - EDGE - half)
    return [
        line((x, place.top - 3), (x, place.bottom), TARGET, thick=2, dash="6 4"),
        text(middle, place.top - 11, told, anchor="middle"),
    ]


def legend(entries: list[tuple[str, str]], width: float) -> tuple[list[str], float]:
    """Return the swatches with their names, and how high they are; an entry is the swatch drawn at 0, 0 and a name."""
    pieces: list[str] = []
    x, y = EDGE, 0.0
    for swatch, name in entries:
        shown = cut(name, width - EDGE * 2 - 30)
        need = 30 + wide(shown) + 18
        if x > EDGE and x + need > width:
            x, y = EDGE, y + LEGEND_HIGH
        pieces.append(f'<g transform="translate({x:.1f} {y + 6:.1f})">{swatch}</g>')
        pieces.append(text(x + 30, y + 19, shown))
        x += need
    return pieces, y + LEGEND_HIGH + 6


def swatch(fill: str, stroke: str) -> str:
    """Return a filled box for a legend."""
    return box(1, 1, (22, 14), fill, stroke=stroke)
