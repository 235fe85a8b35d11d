"""Charts on slides: native ones, whose data can be opened, and ratings by date as a strip of a table."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.reports.charts.palette import INK, SOFT, series_colours
from tracker.reports.model import Chart, Column, Series, Table
from tracker.reports.render.formulas import guarded
from tracker.reports.render.native_charts import TINT, decimals, drawable, from_zero, rounded, top_of
from tracker.reports.render.pptx.deck import FONT, Box, Page, lengths
from tracker.reports.render.pptx.tables import Grid, matrix_grid, measured, put_grid
from tracker.reports.render.pptx.words import solid

if TYPE_CHECKING:
    from pptx.chart.chart import Chart as Drawn
    from pptx.chart.series import BarSeries
    from pptx.dml.color import RGBColor
    from pptx.dml.fill import FillFormat

_STRIP_NAME, _STRIP_DATE = 2.6, 3.1  # centimetres
# What XlsxWriter, which makes the data of a chart, would take for a link or a formula.
_ACTS = re.compile(r"\{=|(?:ftp|http)s?://|mailto:|(?:in|ex)ternal:|file://", re.IGNORECASE)


def put_chart(page: Page, chart: Chart, box: Box) -> tuple[float, float] | None:
    """Put a chart in its place and return its width and height there; None when it cannot be drawn.

    Then its table must stand for it.
    """
    x, y, room, tallest = box
    if chart.form == "matrix":
        return put_grid(page, matrix_grid(chart), x, y)
    if drawable(chart):
        high = tallest
        if chart.form != "interval":
            high = min(tallest, 2.4 + 1.5 * len(chart.labels) * len(chart.series))
        _native(page, rounded(chart), (x, y, room, high))
        return room, high
    if chart.form == "history" and chart.data.rows:
        return put_grid(page, _strip(chart, room), x, y)
    return None


def _strip(chart: Chart, room: float) -> Grid:
    """Return ratings by date as a strip: the dates across, the latest last, and a row for each who rated.

    A table, so that its words are as large as others and can be read out.
    """
    boards = chart.data.rows[-max(int((room - _STRIP_NAME) / _STRIP_DATE), 1) :]
    first, *raters = chart.data.columns
    columns = (first, *(Column(board[0]) for board in boards))
    rows = tuple((rater.title, *(board[n] for board in boards)) for n, rater in enumerate(raters, 1))
    widths = [_STRIP_NAME, *(_STRIP_DATE for _ in boards)]
    return measured(Table(chart.id, chart.title, columns, rows), room, widths=widths)._replace(alt=chart.alt)


def safe_name(text: str) -> str:
    """Return a name that the workbook behind a chart takes for nothing but a text."""
    name = guarded(" ".join(text.split()) or "–")
    return f"'{name}" if _ACTS.match(name) else name


def _native(page: Page, chart: Chart, box: Box) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.shapes.graphfrm import GraphicFrame

    interval = chart.form == "interval"
    form = XL_CHART_TYPE.COLUMN_CLUSTERED if interval else XL_CHART_TYPE.BAR_CLUSTERED
    data = CategoryChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = [safe_name(label) for label in chart.labels]
    for series in chart.series:
        data.add_series(safe_name(series.name or "Value"), series.values)  # type: ignore[no-untyped-call]
    x, y, wide, high = lengths(*box)
    # Declared are an older class of data, and the chart in the frame for the frame.
    frame: object = page.slide.shapes.add_chart(form, x, y, wide, high, data)  # type: ignore[arg-type]
    assert isinstance(frame, GraphicFrame)
    page.described(frame, chart.title, chart.alt)
    _dress(frame.chart, chart, page.deck.brand.accent)
    for native, series in zip(frame.chart.plots[0].series, chart.series, strict=True):
        if interval and series.low and series.high:
            _reach(native, series)


def _dress(native: "Drawn", chart: Chart, accent: str) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION
    from pptx.util import Pt

    interval = chart.form == "interval"
    small = Pt(12)
    native.has_title = False
    native.font.size, native.font.name = small, FONT
    native.font.color.rgb = _rgb(INK)
    native.has_legend = len(chart.series) > 1
    if native.legend:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = native.plots[0]
    plot.gap_width, plot.overlap = 120 if interval else 60, 0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = decimals(chart), False
    labels.font.size = small
    fills: Sequence[str] = series_colours(accent)
    if interval and len(chart.series) == 1:  # else the interval would cross the figure
        labels.position = XL_LABEL_POSITION.INSIDE_BASE
        fills = (TINT,)
    for number, series in enumerate(plot.series):
        _fill(series.format.fill, fills[number % len(fills)])
        series.format.line.color.rgb = _rgb(INK)
    _dress_axes(native, chart, small)


def _dress_axes(native: "Drawn", chart: Chart, small: int) -> None:
    axis = native.value_axis
    axis.has_major_gridlines = False
    axis.visible = False
    if from_zero(chart):
        axis.minimum_scale = 0
    if chart.form == "interval" and (top := top_of(chart)):
        axis.maximum_scale = top
    names = native.category_axis
    names.reverse_order = chart.form != "interval"
    names.format.line.color.rgb = _rgb(SOFT)
    names.tick_labels.font.size = small


def _fill(fill: "FillFormat", colour: str) -> None:
    fill.solid()  # type: ignore[no-untyped-call]
    fill.fore_color.rgb = _rgb(colour)


def _rgb(colour: str) -> "RGBColor":
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(colour[1:]))  # type: ignore[no-untyped-call]


def _reach(native: "BarSeries", series: Series) -> None:
    """Give a series the error bars that reach from the low to the high end of each interval."""
    from pptx.oxml import parse_xml

    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    xml = (
        f'<c:errBars {space}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(series.values, series.high)}</c:plus>"
        f"<c:minus>{_numbers(series.low, series.values)}</c:minus>"
        f'<c:spPr><a:ln {a} w="19050">{solid(INK)}</a:ln></c:spPr></c:errBars>'
    )
    element = native._element
    at = next(n for n, child in enumerate(element) if child.tag.endswith(("}cat", "}val")))
    element.insert(at, parse_xml(xml))


def _numbers(lows: Sequence[float | None], highs: Sequence[float | None]) -> str:
    """Return how far each interval reaches; nothing where an end is not known."""
    reach = (0 if low is None or high is None else max(high - low, 0) for low, high in zip(lows, highs, strict=True))
    points = "".join(f'<c:pt idx="{n}"><c:v>{value:.6g}</c:v></c:pt>' for n, value in enumerate(reach))
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(lows)}"/>{points}</c:numLit>'
