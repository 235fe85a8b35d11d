"""History: the ratings that boards saw, as steps through lanes, every series with a line of its own."""

from typing import NamedTuple

from tracker.fields import humanise
from tracker.reports.charts.draw import DASHES, Drawing, line, path, rating_mark, text
from tracker.reports.charts.palette import GRID, SERIES, SOFT
from tracker.reports.charts.rows import legend
from tracker.reports.charts.words import SMALL, dates_below, known, wide
from tracker.reports.model import Chart, Series

LEVELS = {3.0: "green", 2.5: "amber_green", 2.0: "amber", 1.5: "amber_red", 1.0: "red"}
ALWAYS = {3.0, 2.0, 1.0}
UNRATED = 0.0
LANE = 22.0
APART = 10.0  # between the lines of two series in a lane
EDGE = 8.0


class Grid(NamedTuple):
    """Where things are: lanes from the best rating down, and a column for each board."""

    lanes: list[float]
    high: float
    top: float
    left: float
    column: float
    right: float

    def x(self, n: int) -> float:
        """Return the middle of a board's column."""
        return self.left + (n + 0.5) * self.column

    def y(self, value: float) -> float:
        """Return the middle of a rating's lane."""
        return self.top + (self.lanes.index(value) + 0.5) * self.high


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return the steps of each series through the same lanes, dates below; None when there is no board.

    Where two series part, the eye sees it at once. What a lane means is said at its left, and by its marks.
    """
    series = [Series(one.name, tuple(map(_level, one.values))) for one in chart.series[: len(SERIES)]]
    if not chart.labels or not any(value for one in series for value in one.values):
        return None
    boards = len(chart.labels)
    used = {value or UNRATED for one in series for value in (*one.values, *([None] * (boards - len(one.values))))}
    lanes = sorted(ALWAYS | used, reverse=True)
    left = EDGE + max(wide(_word(lane), SMALL) for lane in lanes) + 14
    entries = [(_sample(n), one.name) for n, one in enumerate(series)]
    pieces, top = legend(entries, width)
    grid = Grid(lanes, max(LANE, len(series) * APART + 4), top - 4, left, (width - EDGE - left) / boards, width - EDGE)
    pieces += _lanes(grid)
    for n, one in enumerate(series):
        pieces += _steps_of(grid, one, n, (n - (len(series) - 1) / 2) * APART, boards)
    bottom = grid.top + len(lanes) * grid.high
    dates, high = dates_below(chart.labels, grid.x, grid.column, grid.right, bottom)
    drawn = [text(x, y, words, size=SMALL, anchor="middle", fill=SOFT) for x, y, words in dates]
    return Drawing(width, bottom + high, [*pieces, *drawn])


def _level(value: float | None) -> float | None:
    """Return the rating that a figure stands for: the nearest; None when not rated."""
    found = known((value,))
    return min(LEVELS, key=lambda level: (abs(level - found[0]), level)) if found else None


def _word(lane: float) -> str:
    return humanise(LEVELS.get(lane, "not_rated"))


def _sample(at: int) -> str:
    return line((1, 8), (24, 8), SERIES[at], thick=2.5, dash=DASHES[at])


def _lanes(grid: Grid) -> list[str]:
    """Return the lanes, parted by lines, with their words."""
    pieces: list[str] = []
    for n, lane in enumerate(grid.lanes):
        y = grid.top + n * grid.high
        pieces.append(line((EDGE, y), (grid.right, y), GRID))
        said = text(grid.left - 10, grid.y(lane) + SMALL * 0.35, _word(lane), size=SMALL, anchor="end", fill=SOFT)
        pieces.append(said)
    bottom = grid.top + len(grid.lanes) * grid.high
    return [*pieces, line((EDGE, bottom), (grid.right, bottom), GRID)]


def _steps_of(grid: Grid, one: Series, at: int, off: float, boards: int) -> list[str]:
    """Return the steps of a series, moved off the middle of the lanes, and its marks."""
    values = [one.values[n] if n < len(one.values) else None for n in range(boards)]
    pieces = [path(steps, SERIES[at], thick=2.5, dash=DASHES[at]) for steps in _steps(grid, values, off)]
    for n, value in enumerate(values):
        lane = value or UNRATED
        pieces.append(rating_mark(grid.x(n), grid.y(lane) + off, LEVELS.get(lane, "not_rated"), 5))
    return pieces


def _steps(grid: Grid, values: list[float | None], off: float) -> list[list[tuple[float, float]]]:
    """Return the lines of the steps; a board that did not rate parts them."""
    found: list[list[tuple[float, float]]] = []
    steps: list[tuple[float, float]] = []
    for n, value in enumerate(values):
        if value is None:
            found, steps = [*found, steps], []
            continue
        y = grid.y(value) + off
        middle = grid.x(n) - grid.column / 2
        steps += [(middle, steps[-1][1]), (middle, y), (grid.x(n), y)] if steps else [(grid.x(n), y)]
    return [one for one in [*found, steps] if len(one) > 1]
