"""History: the ratings that boards saw, as steps, with a mark and a word for each board."""

from math import ceil
from typing import NamedTuple

from tracker.fields import humanise
from tracker.reports.charts.draw import DASHES, Drawing, line, path, rating_mark, text
from tracker.reports.charts.palette import GRID, SERIES, SOFT
from tracker.reports.charts.words import LEADING, SMALL, cut, known, wide, wrapped
from tracker.reports.model import Chart, Series

LEVELS = {3.0: "green", 2.5: "amber_green", 2.0: "amber", 1.5: "amber_red", 1.0: "red"}
ALWAYS = {3.0, 2.0, 1.0}
UNRATED = 0.0
LANE = 36.0
NAME = 26.0
EDGE = 8.0


class Grid(NamedTuple):
    """Where things are: lanes from the best rating down, and a column for each board."""

    lanes: list[float]
    left: float
    column: float
    right: float

    def x(self, n: int) -> float:
        """Return the middle of a board's column."""
        return self.left + (n + 0.5) * self.column

    def y(self, top: float, value: float) -> float:
        """Return where a rating's line runs."""
        return top + self.lanes.index(value) * LANE + LANE * 0.68


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return a panel of steps for each series, dates below; None when there is no board."""
    series = [Series(one.name, tuple(map(_level, one.values))) for one in chart.series[: len(SERIES)]]
    if not chart.labels or not any(value for one in series for value in one.values):
        return None
    used = {
        value or UNRATED for one in series for value in (*one.values, *([None] * (len(chart.labels) - len(one.values))))
    }
    lanes = sorted(ALWAYS | used, reverse=True)
    left = EDGE + max(wide(_word(lane), SMALL) for lane in lanes) + 14
    right = width - EDGE
    grid = Grid(lanes, left, (right - left) / len(chart.labels), right)
    pieces: list[str] = []
    top = 4.0
    for n, one in enumerate(series):
        pieces += _panel(grid, one, n, top, len(chart.labels))
        top += NAME + len(lanes) * LANE + 8
    dates, high = _dates(grid, chart.labels, top)
    return Drawing(width, top + high, [*pieces, *dates])


def _level(value: float | None) -> float | None:
    """Return the rating that a figure stands for: the nearest; None when not rated."""
    found = known((value,))
    return min(LEVELS, key=lambda level: (abs(level - found[0]), level)) if found else None


def _word(lane: float) -> str:
    return humanise(LEVELS.get(lane, "not_rated"))


def _panel(grid: Grid, one: Series, at: int, top: float, boards: int) -> list[str]:
    """Return the lanes of a series with their words, its steps, and its marks."""
    pieces = [text(EDGE, top + 17, cut(one.name, grid.right - EDGE, bold=True), bold=True)]
    begin = top + NAME
    for lane in grid.lanes:
        y = grid.y(begin, lane)
        pieces.append(line((grid.left, y), (grid.right, y), GRID))
        pieces.append(text(grid.left - 10, y + SMALL * 0.35, _word(lane), size=SMALL, anchor="end", fill=SOFT))
    values = [one.values[n] if n < len(one.values) else None for n in range(boards)]
    pieces += [path(steps, SERIES[at], thick=2.5, dash=DASHES[at]) for steps in _steps(grid, values, begin)]
    for n, value in enumerate(values):
        lane = value or UNRATED
        x, y = grid.x(n), grid.y(begin, lane)
        pieces.append(rating_mark(x, y, LEVELS.get(lane, "not_rated")))
        if wide(_word(lane), SMALL, bold=True) <= grid.column - 4:
            pieces.append(text(x, y - 11, _word(lane), size=SMALL, anchor="middle", bold=True))
    return pieces


def _steps(grid: Grid, values: list[float | None], top: float) -> list[list[tuple[float, float]]]:
    """Return the lines of the steps; a board that did not rate parts them."""
    found: list[list[tuple[float, float]]] = []
    steps: list[tuple[float, float]] = []
    for n, value in enumerate(values):
        if value is None:
            found, steps = [*found, steps], []
            continue
        y = grid.y(top, value)
        middle = grid.x(n) - grid.column / 2
        # The step lies between two boards: the words stand over the marks.
        steps += [(middle, steps[-1][1]), (middle, y), (grid.x(n), y)] if steps else [(grid.x(n), y)]
    return [one for one in [*found, steps] if len(one) > 1]


def _dates(grid: Grid, labels: tuple[str, ...], top: float) -> tuple[list[str], float]:
    """Return the dates below their columns and how high they are; when columns are narrow, not every one is named."""
    longest = max(wide(word, SMALL) for label in labels for word in (label.split() or [""]))
    every = ceil(min(longest, 56) / max(grid.column - 6, 1))
    pieces: list[str] = []
    most = 1
    for n in range(len(labels) - 1, -1, -every):
        lines = wrapped(labels[n], grid.column * every - 6, SMALL, most=3)
        most = max(most, len(lines))
        x = min(grid.x(n), grid.right - max(wide(one, SMALL) for one in lines) / 2)
        pieces += [
            text(x, top + 14 + k * SMALL * LEADING, one, size=SMALL, anchor="middle", fill=SOFT)
            for k, one in enumerate(lines)
        ]
    return pieces, 10 + most * SMALL * LEADING + 6
