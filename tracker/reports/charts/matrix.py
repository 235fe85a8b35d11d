"""The risk matrix: likelihood by impact with the refs in the cells, and an arrow from where a risk stood last time."""

from collections import Counter
from typing import NamedTuple

from tracker.entities.common import IMPACTS, LIKELIHOODS
from tracker.reports.charts.draw import Drawing, arrow_head, box, disc, line, text
from tracker.reports.charts.palette import INK, PLUM, SOFT, WHITE, shade
from tracker.reports.charts.words import LEADING, SIZE, SMALL, cut, wide, wrapped
from tracker.reports.model import Chart

STEPS = 5
HIGH = 66.0
PILL = 20.0
GAP = 3.0
PAD = 6.0
START = 10.0  # from the lower edge of a cell to where arrows begin, below the refs
TOP = 8.0
MOST_LINES = 2
Point = tuple[str, int, int, int, int]
Place = tuple[float, float]


class Pill(NamedTuple):
    """A ref in its cell, or the words for those that have no room there (``point`` is None)."""

    told: str
    place: Place
    wide: float
    point: Point | None


class Cells(NamedTuple):
    """Where the cells are."""

    left: float
    wide: float

    def corner(self, likelihood: int, impact: int) -> Place:
        """Return the upper left corner of a cell."""
        return self.left + (impact - 1) * self.wide, TOP + (STEPS - likelihood) * HIGH

    def middle(self, likelihood: int, impact: int) -> Place:
        """Return the middle of a cell."""
        x, y = self.corner(likelihood, impact)
        return x + self.wide / 2, y + HIGH / 2


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return the matrix; None without points. Risks that are not scored are named below it."""
    if not chart.points:
        return None
    placed = [point for point in chart.points if _within(point[1]) and _within(point[2])]
    others = [point[0] for point in chart.points if point not in placed]
    left = 20 + max(wide(word, SMALL) for word in " ".join(LIKELIHOODS).split()) + 10
    cells = Cells(left, (width - 8 - left) / STEPS)
    pills: list[Pill] = []
    for likelihood in range(1, STEPS + 1):
        for impact in range(1, STEPS + 1):
            here = [point for point in placed if point[1:3] == (likelihood, impact)]
            pills += _pills(cells, here, likelihood, impact)
    pieces, high = _notes(placed, others, width)
    drawn = [piece for pill in pills for piece in _pill(pill)]
    return Drawing(width, high, [*_ground(cells), *_arrows(cells, pills), *_scores(cells), *drawn, *pieces])


def _end(names: tuple[str, str], step: int) -> str:
    """Return the name of a step of a scale; only its ends have one."""
    return {1: names[0].capitalize(), STEPS: names[1].capitalize()}.get(step, "")


def _within(value: int) -> bool:
    return 1 <= value <= STEPS


def _ground(cells: Cells) -> list[str]:
    """Return the cells with their scores, and the words of both scales."""
    pieces: list[str] = []
    for likelihood in range(1, STEPS + 1):
        for impact in range(1, STEPS + 1):
            x, y = cells.corner(likelihood, impact)
            pieces.append(box(x, y, (cells.wide, HIGH), shade(likelihood * impact), stroke=WHITE))
        middle = cells.middle(likelihood, 1)[1]
        lines = [f"{likelihood}", *_end(LIKELIHOODS, likelihood).split()]
        first = middle - (len(lines) - 1) * SMALL * LEADING / 2 + 4
        pieces += [
            text(cells.left - 8, first + n * SMALL * LEADING, one, size=SMALL, anchor="end", bold=n == 0)
            for n, one in enumerate(lines)
        ]
    bottom = TOP + STEPS * HIGH
    for impact in range(1, STEPS + 1):
        x = cells.middle(1, impact)[0]
        pieces.append(text(x, bottom + 16, f"{impact}", size=SMALL, anchor="middle", bold=True))
        word = cut(_end(IMPACTS, impact), cells.wide + 6, SMALL)
        pieces.append(text(x, bottom + 31, word, size=SMALL, anchor="middle"))
    pieces.append(text(cells.left + cells.wide * STEPS / 2, bottom + 51, "Impact", anchor="middle", bold=True))
    y = TOP + STEPS * HIGH / 2
    upright = f'<g transform="rotate(-90 16 {y:.1f})">{text(16, y, "Likelihood", anchor="middle", bold=True)}</g>'
    return [*pieces, upright]


def _scores(cells: Cells) -> list[str]:
    """Return the score of each cell, which lies over the arrows and is never struck through by one."""
    pieces: list[str] = []
    for likelihood in range(1, STEPS + 1):
        for impact in range(1, STEPS + 1):
            x, y = cells.corner(likelihood, impact)
            points = f"{likelihood * impact}"
            need = wide(points, SMALL) + 4
            right, foot = x + cells.wide - 3, y + HIGH - 3
            pieces.append(box(right - need, foot - 15, (need, 15), shade(likelihood * impact)))
            pieces.append(text(right - 2, foot - 3, points, size=SMALL, anchor="end"))
    return pieces


def _pills(cells: Cells, here: list[Point], likelihood: int, impact: int) -> list[Pill]:
    """Return the refs of a cell, as many as fit; the last says how many more there are."""
    x0, y0 = cells.corner(likelihood, impact)
    room = cells.wide - 2 * GAP
    more_wide = wide(f"+{len(here)} more", SMALL, bold=True) + PAD
    found: list[Pill] = []
    x, row = 0.0, 0
    for n, point in enumerate(here):
        told = _told(point, room - PAD)
        need = wide(told, SMALL, bold=True) + PAD
        rest = len(here) - n - 1
        last = row == MOST_LINES - 1
        if x and x + need + (GAP + more_wide if last and rest else 0) > room and not last:
            x, row = 0.0, row + 1
            last = row == MOST_LINES - 1
        place = (x0 + GAP + x, y0 + GAP + row * (PILL + GAP))
        if (last and rest and (x + need + GAP + more_wide > room)) or (x + need > room and x):
            return [*found, Pill(f"+{rest + 1} more", place, more_wide, None)]
        found.append(Pill(told, place, need, point))
        x += need + GAP
    return found


def _told(point: Point, room: float) -> str:
    """Return a ref with the word new where it is new, and where there is room."""
    new = f"{point[0]} new"
    return new if not _was(point) and wide(new, SMALL, bold=True) <= room else cut(point[0], room, SMALL, bold=True)


def _was(point: Point) -> bool:
    return _within(point[3]) and _within(point[4])


def _pill(pill: Pill) -> list[str]:
    """Return a ref in its frame: dashed when it is new; without a frame when it only counts."""
    x, y = pill.place
    new = pill.point is not None and not _was(pill.point)
    stroke = "" if pill.point is None else PLUM if new else INK
    return [
        box(x, y, (pill.wide, PILL), WHITE, stroke=stroke, dash="4 2" if new else ""),
        text(x + pill.wide / 2, y + 14.5, pill.told, size=SMALL, anchor="middle", bold=True),
    ]


def _arrows(cells: Cells, pills: list[Pill]) -> list[str]:
    """Return an arrow from the foot of the earlier cell to the edge of each ref that moved."""
    leaving: Counter[tuple[int, int]] = Counter()
    pieces: list[str] = []
    for pill in pills:
        point = pill.point
        if point is None or not _was(point) or point[1:3] == point[3:5]:
            continue
        was = (point[3], point[4])
        x0, y0 = cells.corner(*was)
        start = (x0 + 12 + (14 * leaving[was]) % max(cells.wide - 44, 1), y0 + HIGH - START)
        leaving[was] += 1
        pieces += _arrow(start, pill)
    return pieces


def _arrow(start: Place, pill: Pill) -> list[str]:
    goal = (pill.place[0] + pill.wide / 2, pill.place[1] + PILL / 2)
    dx, dy = goal[0] - start[0], goal[1] - start[1]
    # Where the line meets the edge of the ref's box.
    share = min(pill.wide / 2 / abs(dx) if dx else 9.0, PILL / 2 / abs(dy) if dy else 9.0, 1.0)
    tip = (goal[0] - dx * share, goal[1] - dy * share)
    return [
        line(start, tip, WHITE, thick=5),
        line(start, tip, PLUM, thick=2),
        disc(*start, 4, WHITE, PLUM),
        arrow_head(tip, (dx, dy), PLUM, 10),
    ]


def _notes(placed: list[Point], others: list[str], width: float) -> tuple[list[str], float]:
    """Return how to read the matrix, and how high all of it is."""
    told = ["The number in the corner of a cell is its score, likelihood × impact."]
    if any(_was(point) and point[1:3] != point[3:5] for point in placed):
        told.append("An arrow leads from where a risk stood last time to where it stands now.")
    if any(not _was(point) for point in placed):
        told.append("A dashed frame: not in the matrix last time.")
    if others:
        told.append(f"Not scored: {', '.join(others)}.")
    y = TOP + STEPS * HIGH + 74
    pieces: list[str] = []
    for sentence in told:
        for one in wrapped(sentence, width - 16, SMALL, most=3):
            pieces.append(text(8, y, one, size=SMALL, fill=SOFT))
            y += SIZE * LEADING
    return pieces, y - 4
