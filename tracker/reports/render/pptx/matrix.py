"""The risk matrix as a table on a slide: its words stay as large as others, and a screen reader can walk it."""

from tracker.reports.charts.palette import shade
from tracker.reports.model import Chart, Column, Table
from tracker.reports.render.pptx.tables import Grid
from tracker.reports.render.pptx.words import LEADING, LEAST
from tracker.reports.typography.measuring import ARIAL

_LEVELS = range(1, 6)
_NAME, _CELL = 3.6, 3.4  # centimetres
_LINES = 4
_CM = 2.54 / 72
MATRIX_NOTE = "The darker, the higher the score. ↑ rose, ↓ fell, → stayed since last time."
Point = tuple[str, int, int, int, int]


def matrix_grid(chart: Chart) -> Grid:
    """Return likelihood by impact, with the risks of each cell and how each has moved."""
    columns = (Column("Likelihood"), *(Column(f"Impact {impact}") for impact in _LEVELS))
    rows, fills = [], []
    for likelihood in reversed(_LEVELS):
        cells = [_listed([p for p in chart.points if p[1:3] == (likelihood, impact)]) for impact in _LEVELS]
        rows.append((f"Likelihood {likelihood}", *cells))
        fills.append(("", *(shade(likelihood * impact) for impact in _LEVELS)))
    line = LEAST * LEADING * _CM
    widths = (_NAME, *(_CELL for _ in _LEVELS))
    table = Table(chart.id, chart.title, columns, tuple(rows))
    heights = (line + 0.3, *(_LINES * line + 0.2 for _ in rows))
    return Grid(table, widths, heights, LEAST, fills=tuple(fills), alt=chart.alt)


def _listed(points: list[Point]) -> str:
    """Return the risks of a cell, one on a line; how many more there are is said."""
    shown = points if len(points) <= _LINES else points[: _LINES - 1]
    lines = [ARIAL.shortened(_moved(point), _CELL - 0.4, LEAST, 1) for point in shown]
    return "\n".join([*lines, *([f"{len(points) - len(shown)} more"] if len(shown) < len(points) else [])])


def _moved(point: Point) -> str:
    ref, likelihood, impact, before_likelihood, before_impact = point
    now, then = likelihood * impact, before_likelihood * before_impact
    return f"{ref} new" if not then else f"{ref} {'↑' if now > then else '↓' if now < then else '→'}"
