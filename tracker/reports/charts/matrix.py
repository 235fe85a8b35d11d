"""The risk matrix: likelihood by impact with the refs in the cells, and an arrow from where a risk stood last time."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from tracker.entities.base import IMPACTS, LIKELIHOODS
from tracker.reports.charts.draw import (
    LEADING,
    SIZE,
    SMALL,
    Drawing,
    Place,
    arrow_head,
    box,
    cut,
    disc,
    line,
    text,
    wide,
    wrapped,
)
from tracker.reports.charts.palette import INK, PLUM, SOFT, WHITE, shade
from tracker.reports.model import Chart

STEPS = 5
HIGH, LOW = 66.0, 46.0  # of a row with a cell that has two lines of refs, and of another
PILL = 20.0
GAP = 3.0
PAD = 6.0
START = 10.0  # from the lower edge of a cell to where arrows begin, below the refs
TOP = 8.0
MOST_LINES = 2
Point = tuple[str, int, int, int, int]
LEVELS = range(1, STEPS + 1)
ALL = tuple(product(LEVELS, LEVELS))  # likelihood and impact of each cell


class Pill(NamedTuple):
    """A ref in its cell, or the words for those that have no room there (``point`` is None)."""

    label: str
    place: Place
    width: float
    point: Point | None

    @property
    def is_new(self) -> bool:
        """Whether it is a risk that was not in the matrix last time."""
        return self.point is not None and not _was(self.point)


class Cells(NamedTuple):
    """Where the cells are; ``highs`` are how high those of each likelihood are, the lowest first."""

    x0: float
    width: float
    highs: tuple[float, ...] = (HIGH,) * STEPS

    @property
    def bottom(self) -> float:
        """The lower edge of the lowest."""
        return TOP + sum(self.highs)

    def corner(self, likelihood: int, impact: int) -> Place:
        """Return the upper left corner of a cell."""
        return self.x0 + (impact - 1) * self.width, TOP + sum(self.highs[likelihood:])

    def foot(self, likelihood: int) -> float:
        """Return the lower edge of the cells of a likelihood."""
        return TOP + sum(self.highs[likelihood - 1 :])

    def middle(self, likelihood: int, impact: int) -> Place:
        """Return the middle of a cell."""
        x, y = self.corner(likelihood, impact)
        return x + self.width / 2, (y + self.foot(likelihood)) / 2


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return the matrix; None without points. Risks that are not scored are named below it."""
    if not chart.points:
        return None
    placed = [point for point in chart.points if point[1:3] in ALL]
    unscored = [point[0] for point in chart.points if point not in placed]
    x0 = 20 + max(wide(word, SMALL) for word in " ".join(LIKELIHOODS).split()) + 10
    cells = Cells(x0, (width - 8 - x0) / STEPS)
    cells = cells._replace(highs=tuple(_high(cells, placed, likelihood) for likelihood in LEVELS))
    pills = [pill for likelihood in LEVELS for pill in _row(cells, placed, likelihood)]
    notes, high = _notes(placed, unscored, width, cells.bottom)
    refs = [piece for pill in pills for piece in _pill(pill)]
    return Drawing(width, high, [*_ground(cells), *_arrows(cells, pills), *_scores(cells), *refs, *notes])


def _row(cells: Cells, points: Sequence[Point], likelihood: int) -> list[Pill]:
    """Return the refs of a likelihood, cell by cell."""
    pills: list[Pill] = []
    for impact in LEVELS:
        inside = [point for point in points if point[1:3] == (likelihood, impact)]
        pills += _pills(cells, sorted(inside, key=_way), likelihood, impact)
    return pills


def _way(point: Point) -> int:
    """Return -1 for what came from above, 1 for what came from below: no arrow ends behind another ref of the cell."""
    if not _was(point):
        return 0
    return (point[1] > point[3]) - (point[1] < point[3])


def _high(cells: Cells, points: Sequence[Point], likelihood: int) -> float:
    """Return how high the cells of a likelihood have to be."""
    first_line = cells.corner(likelihood, 1)[1] + PILL
    return HIGH if any(pill.place[1] > first_line for pill in _row(cells, points, likelihood)) else LOW


def _end(names: tuple[str, str], step: int) -> str:
    """Return the name of a step of a scale; only its ends have one."""
    return {1: names[0].capitalize(), STEPS: names[1].capitalize()}.get(step, "")


def _ground(cells: Cells) -> list[str]:
    """Return the cells with their scores, and the words of both scales."""
    pieces: list[str] = []
    for likelihood in LEVELS:
        for impact in LEVELS:
            x, y = cells.corner(likelihood, impact)
            size = cells.width, cells.foot(likelihood) - y
            pieces.append(box(x, y, size, shade(likelihood * impact), stroke=WHITE))
        middle = cells.middle(likelihood, 1)[1]
        lines = [f"{likelihood}", *_end(LIKELIHOODS, likelihood).split()]
        first = middle - (len(lines) - 1) * SMALL * LEADING / 2 + 4
        pieces += [
            text(cells.x0 - 8, first + n * SMALL * LEADING, words, size=SMALL, anchor="end", bold=n == 0)
            for n, words in enumerate(lines)
        ]
    bottom = cells.bottom
    for impact in LEVELS:
        x = cells.middle(1, impact)[0]
        pieces.append(text(x, bottom + 16, f"{impact}", size=SMALL, anchor="middle", bold=True))
        word = cut(_end(IMPACTS, impact), cells.width + 6, SMALL)
        pieces.append(text(x, bottom + 31, word, size=SMALL, anchor="middle"))
    pieces.append(text(cells.x0 + cells.width * STEPS / 2, bottom + 51, "Impact", anchor="middle", bold=True))
    y = (TOP + bottom) / 2
    upright = f'<g transform="rotate(-90 16 {y:.1f})">{text(16, y, "Likelihood", anchor="middle", bold=True)}</g>'
    return [*pieces, upright]


def _scores(cells: Cells) -> list[str]:
    """Return the score of each cell, which lies over the arrows and is never struck through by one."""
    pieces: list[str] = []
    for likelihood, impact in ALL:
        score = likelihood * impact
        need = wide(f"{score}", SMALL) + 4
        x1 = cells.corner(likelihood, impact)[0] + cells.width - 3
        foot = cells.foot(likelihood) - 3
        pieces.append(box(x1 - need, foot - 15, (need, 15), shade(score)))
        pieces.append(text(x1 - 2, foot - 3, f"{score}", size=SMALL, anchor="end"))
    return pieces


def _pills(cells: Cells, points: list[Point], likelihood: int, impact: int) -> list[Pill]:
    """Return the refs of a cell, as many as fit; the last says how many more there are."""
    x0, y0 = cells.corner(likelihood, impact)
    room = cells.width - 2 * GAP
    more_width = wide(f"+{len(points)} more", SMALL, bold=True) + PAD
    pills: list[Pill] = []
    x = 0.0
    row = 0
    for n, point in enumerate(points):
        label = _label(point, room - PAD)
        width = wide(label, SMALL, bold=True) + PAD
        if x and x + width > room and row < MOST_LINES - 1:
            x, row = 0.0, row + 1
        place = (x0 + GAP + x, y0 + GAP + row * (PILL + GAP))
        hidden = len(points) - n - 1
        crowded = hidden and row == MOST_LINES - 1 and x + width + GAP + more_width > room
        if crowded or (x and x + width > room):
            return [*pills, Pill(f"+{hidden + 1} more", place, more_width, None)]
        pills.append(Pill(label, place, width, point))
        x += width + GAP
    return pills


def _label(point: Point, room: float) -> str:
    """Return a ref with the word new where it is new, and where there is room."""
    new = f"{point[0]} new"
    if not _was(point) and wide(new, SMALL, bold=True) <= room:
        return new
    return cut(point[0], room, SMALL, bold=True)


def _was(point: Point) -> bool:
    return point[3:5] in ALL


def _moved(point: Point) -> bool:
    return _was(point) and point[1:3] != point[3:5]


def _pill(pill: Pill) -> list[str]:
    """Return a ref in its frame: dashed when it is new; without a frame when it only counts."""
    x, y = pill.place
    stroke = INK
    dash = ""
    if pill.point is None:
        stroke = ""
    elif pill.is_new:
        stroke = PLUM
        dash = "4 2"
    return [
        box(x, y, (pill.width, PILL), WHITE, stroke=stroke, dash=dash),
        text(x + pill.width / 2, y + 14.5, pill.label, size=SMALL, anchor="middle", bold=True),
    ]


def _arrows(cells: Cells, pills: list[Pill]) -> list[str]:
    """Return an arrow from the foot of the earlier cell to the edge of each ref that moved."""
    leaving: Counter[tuple[int, int]] = Counter()
    pieces: list[str] = []
    for pill in pills:
        if pill.point is not None and _moved(pill.point):
            earlier = pill.point[3:5]
            x = cells.corner(*earlier)[0] + 12 + (14 * leaving[earlier]) % max(cells.width - 44, 1)
            start = (x, cells.foot(earlier[0]) - START)
            leaving[earlier] += 1
            pieces += _arrow(start, pill)
    return pieces


def _arrow(start: Place, pill: Pill) -> list[str]:
    goal = (pill.place[0] + pill.width / 2, pill.place[1] + PILL / 2)
    dx = goal[0] - start[0]
    dy = goal[1] - start[1]
    # Where the line meets the edge of the ref's box.
    share = min(1.0, *(half / abs(way) for half, way in ((pill.width / 2, dx), (PILL / 2, dy)) if way))
    tip = (goal[0] - dx * share, goal[1] - dy * share)
    return [
        line(start, tip, WHITE, thick=5),
        line(start, tip, PLUM, thick=2),
        disc(*start, 4, WHITE, PLUM),
        arrow_head(tip, (dx, dy), PLUM),
    ]


def _notes(placed: list[Point], unscored: list[str], width: float, bottom: float) -> tuple[list[str], float]:
    """Return how to read the matrix, and how high all of it is."""
    sentences = ["The number in the corner of a cell is its score, likelihood × impact."]
    if any(map(_moved, placed)):
        sentences.append("An arrow leads from where a risk stood last time to where it stands now.")
    if not all(map(_was, placed)):
        sentences.append("A dashed frame: not in the matrix last time.")
    if unscored:
        sentences.append(f"Not scored: {', '.join(unscored)}.")
    y = bottom + 74
    pieces: list[str] = []
    for sentence in sentences:
        for words in wrapped(sentence, width - 16, SMALL, limit=3):
            pieces.append(text(8, y, words, size=SMALL, fill=SOFT))
            y += SIZE * LEADING
    return pieces, y - 4
