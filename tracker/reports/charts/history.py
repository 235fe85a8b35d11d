"""History: ratings by date, as steps through lanes, every series with a line of its own."""

from typing import NamedTuple

from tracker.ratings import Rated
from tracker.reports.charts.draw import (
    DASHES,
    SMALL,
    Drawing,
    Place,
    dates_below,
    figure,
    line,
    path,
    rating_mark,
    text,
    wide,
)
from tracker.reports.charts.palette import GRID, SERIES, SOFT
from tracker.reports.charts.rows import EDGE, legend
from tracker.reports.model import Chart, Series

UNRATED = 0.0
LEVELS = {3.0: "green", 2.5: "amber_green", 2.0: "amber", 1.5: "amber_red", 1.0: "red", UNRATED: "not_rated"}
RATED = tuple(LEVELS)[:-1]
ALWAYS = {3.0, 2.0, 1.0}
LANE = 22.0
APART = 10.0  # between the lines of two series in a lane
Lanes = list[float]  # of a series: the rating of each day


class Grid(NamedTuple):
    """Where things are: lanes from the best rating down, and a column for each day; ``scale`` has the words."""

    lanes: list[float]
    high: float
    top: float
    x0: float
    column: float
    x1: float
    scale: str

    @property
    def bottom(self) -> float:
        """Where the last lane ends."""
        return self.top + len(self.lanes) * self.high

    def x(self, n: int) -> float:
        """Return the middle of a day's column."""
        return self.x0 + (n + 0.5) * self.column

    def y(self, lane: float) -> float:
        """Return the middle of a rating's lane."""
        return self.top + (self.lanes.index(lane) + 0.5) * self.high


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return the steps of each series through the same lanes, dates below; None when there is no rating.

    Where two series part, the eye sees it at once. What a lane means is said at its left, and by its marks.
    """
    series = chart.series[: len(SERIES)]
    ratings = [_ratings(line, len(chart.labels)) for line in series]
    if not any(map(any, ratings)):
        return None
    lanes = sorted(ALWAYS.union(*ratings), reverse=True)
    x0 = EDGE + max(wide(_word(lane, chart.scale), SMALL) for lane in lanes) + 14
    samples = [line((1, 8), (24, 8), SERIES[n], thick=2.5, dash=DASHES[n]) for n in range(len(series))]
    entries = [(sample, ratings_line.name) for sample, ratings_line in zip(samples, series, strict=True)]
    pieces, top = legend(entries, width)
    column = (width - EDGE - x0) / len(chart.labels)
    grid = Grid(lanes, max(LANE, len(series) * APART + 4), top - 4, x0, column, width - EDGE, chart.scale)
    pieces += _lanes(grid)
    for n, boards in enumerate(ratings):
        pieces += _steps_and_marks(grid, boards, n, (n - (len(series) - 1) / 2) * APART)
    dates, high = dates_below(chart.labels, grid.x, grid.column, grid.x1, grid.bottom)
    return Drawing(width, grid.bottom + high, [*pieces, *dates])


def _ratings(series: Series, boards: int) -> Lanes:
    """Return the rating that each figure stands for, the nearest; UNRATED for what is not known."""
    values = (figure(series.values, n) for n in range(boards))
    return [UNRATED if value is None else _nearest_lane(value) for value in values]


def _nearest_lane(value: float) -> float:
    return min(RATED, key=lambda lane: (abs(lane - value), lane))


def _word(lane: float, scale: str) -> str:
    return Rated(LEVELS[lane], scale).word


def _lanes(grid: Grid) -> list[str]:
    """Return the lanes, parted by lines, with their words."""
    pieces: list[str] = []
    for n, lane in enumerate(grid.lanes):
        y = grid.top + n * grid.high
        pieces.append(line((EDGE, y), (grid.x1, y), GRID))
        y = grid.y(lane) + SMALL * 0.35
        pieces.append(text(grid.x0 - 10, y, _word(lane, grid.scale), size=SMALL, anchor="end", fill=SOFT))
    return [*pieces, line((EDGE, grid.bottom), (grid.x1, grid.bottom), GRID)]


def _steps_and_marks(grid: Grid, lanes: Lanes, at: int, off: float) -> list[str]:
    """Return the steps of a series, ``off`` units off the middle of the lanes, and its marks."""
    pieces = [path(steps, SERIES[at], thick=2.5, dash=DASHES[at]) for steps in _steps(grid, lanes, off)]
    for number, lane in enumerate(lanes):
        mark = rating_mark(grid.x(number), grid.y(lane) + off, LEVELS[lane], 5)
        pieces.append(mark)
    return pieces


def _steps(grid: Grid, lanes: Lanes, off: float) -> list[list[Place]]:
    """Return the lines of the steps; a day without a rating parts them."""
    lines: list[list[Place]] = [[]]
    for n, lane in enumerate(lanes):
        steps = lines[-1]
        if lane == UNRATED:
            lines.append([])
            continue
        y = grid.y(lane) + off
        if steps:
            begin = grid.x(n) - grid.column / 2
            steps += [(begin, steps[-1][1]), (begin, y)]
        steps.append((grid.x(n), y))
    return [steps for steps in lines if len(steps) > 1]
