"""Charts as pictures in a document that others lay out: drawn how large, and what stands above and below them."""

from dataclasses import replace

from tracker.reports.model import Chart, Table
from tracker.reports.paged import NARROW, Narrow

_UNITS, _NARROW_UNITS = 560, 280  # that a drawing is asked to be wide, across the page and beside another
_BETWEEN = 0.4  # centimetres


def caption_of(charts: Narrow, figures: str) -> str:
    """Return the one caption of charts side by side, which says where their ``figures`` are."""
    title = " (left), ".join(chart.title for chart in charts) + (" (right)" if len(charts) > 1 else "")
    return f"{title}; figures: {figures}"


def room_of(charts: Narrow, room: float) -> float:
    """Return how many centimetres of the page's ``room`` each of these charts has."""
    return (room - _BETWEEN) / 2 if charts[0].form in NARROW else room


def drawn(charts: Narrow, pixels: int) -> list[bytes]:
    """Return charts as PNG pictures, ``pixels`` wide across the page and half of that beside another."""
    from tracker.reports.charts import svg
    from tracker.reports.typography.raster import png

    narrow = charts[0].form in NARROW
    return [
        png(svg(chart, width=_NARROW_UNITS if narrow else _UNITS), pixels // (2 if narrow else 1)) for chart in charts
    ]


def figures_below(chart: Chart, most: tuple[int, int]) -> Table | None:
    """Return the table below a chart, with another caption than the chart's; None for one above ``most``.

    ``most`` is how many rows and columns it may have.
    """
    if len(chart.data.rows) > most[0] or len(chart.data.columns) > most[1]:
        return None
    same = chart.data.caption == chart.title
    return replace(chart.data, caption=f"Figures: {chart.title}") if same else chart.data


def where_figures_are(chart: Chart) -> str:
    """Return the sentence that stands in the place of a table that would fill a page."""
    return f"All {len(chart.data.rows)} rows of figures are in the data files."
