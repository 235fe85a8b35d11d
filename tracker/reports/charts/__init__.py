"""Charts as static drawings: plain SVG 1.1 without style sheet, script or reference to the outside."""

from collections.abc import Callable
from importlib import import_module

from tracker.reports.charts.draw import Drawing, framed, nothing
from tracker.reports.charts.palette import BLUE, in_accent
from tracker.reports.model import Chart

FORMS = ("history", "interval", "bars", "before_after", "rhythm", "matrix")
NARROWEST = 280  # units; a narrower drawing has no room for words


def svg(chart: Chart, *, width: int = 640, ids: str = "", accent: str = BLUE) -> str:
    """Return a chart as an SVG drawing ``width`` units wide, as high as it needs; ``ids`` sets its ids apart.

    Its first colour is the ``accent``.

    Text is 12 to 14 units high, so that it can be read at 640 pixels and on 16 cm of paper. The title is not drawn:
    it stands in ``<title>``, and the chart's alternative text in ``<desc>``. What is not known is said in words.
    Raises ValueError for a form that there is not.
    """
    if chart.form not in FORMS:
        raise ValueError(f"there is no chart of the form “{chart.form}”")
    draw: Callable[[Chart, int, str], Drawing | None]
    draw = import_module(f"tracker.reports.charts.{chart.form}").drawing
    room = max(width, NARROWEST)
    return in_accent(framed(chart, draw(chart, room, ids) or nothing(room), ids), accent)
