"""Charts on slides: native ones, whose data can be opened, and ratings by date as a strip of a table."""

import re
from typing import Any

from tracker.reports.charts.palette import INK, SERIES, SOFT
from tracker.reports.model import Chart, Column, Table
from tracker.reports.render.formulas import guarded
from tracker.reports.render.native_charts import TINT, decimals, drawable, top_of
from tracker.reports.render.pptx.deck import FONT, Page, emu
from tracker.reports.render.pptx.matrix import matrix_grid
from tracker.reports.render.pptx.tables import Grid, measured, put_grid

Box = tuple[float, float, float, float]
_STRIP_NAME, _STRIP_DATE = 2.6, 3.1  # centimetres
# What XlsxWriter, which makes the data of a chart, would take for a link or a formula.
_ACTS = re.compile(r"\{=|(?:ftp|http)s?://|mailto:|(?:in|ex)ternal:|file://", re.IGNORECASE)


def put_chart(page: Page, chart: Chart, box: Box) -> tuple[float, float] | None:
    """Put a chart in its place and return its width and height there; None when it cannot be drawn.

    Then its table must stand for it.
    """
    x, y, room, most = box
    if chart.form == "matrix":
        grid = matrix_grid(chart)
        put_grid(page, grid, x, y, len(grid.table.rows))
        return sum(grid.widths), grid.high(len(grid.table.rows))
    if drawable(chart):
        high = min(most, 2.4 + 1.5 * len(chart.labels) * len(chart.series)) if chart.form != "interval" else most
        _native(page, chart, (x, y, room, high))
        return room, high
    if chart.form == "history" and (strip := _strip(chart, room)) is not None:
        put_grid(page, strip, x, y, len(strip.table.rows))
        return sum(strip.widths), strip.high(len(strip.table.rows))
    return None


def _strip(chart: Chart, room: float) -> Grid | None:
    """Return ratings by date as a strip: the dates across, the latest last, and a row for each who rated.

    None when it has no ratings. A table, so that its words are as large as others and can be read out.
    """
    if not chart.data.rows:
        return None
    shown = chart.data.rows[-max(int((room - _STRIP_NAME) / _STRIP_DATE), 1) :]
    columns = (chart.data.columns[0], *(Column(row[0]) for row in shown))
    rows = tuple((one.title, *(row[n] for row in shown)) for n, one in enumerate(chart.data.columns) if n)
    widths = [_STRIP_NAME, *(_STRIP_DATE for _ in shown)]
    table = Table(chart.id, chart.title, columns, rows)
    return measured(table, room, widths=widths)._replace(alt=chart.alt)


def safe_name(text: str) -> str:
    """Return a name that the workbook behind a chart takes for nothing but a text."""
    name = guarded(" ".join(text.split()) or "–")
    return f"'{name}" if _ACTS.match(name) else name


def _native(page: Page, chart: Chart, box: Box) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    made: Any = CategoryChartData  # its types are not declared
    data = made(number_format="General")
    data.categories = [safe_name(label) for label in chart.labels]
    for series in chart.series:
        data.add_series(safe_name(series.name or "Value"), series.values)
    interval = chart.form == "interval"
    form = XL_CHART_TYPE.COLUMN_CLUSTERED if interval else XL_CHART_TYPE.BAR_CLUSTERED
    frame = page.slide.shapes.add_chart(form, *map(emu, box), data)
    page.described(frame, chart.title, chart.alt)
    _dress(frame.chart, chart, interval)
    if interval:
        for drawn, series in zip(frame.chart.plots[0].series, chart.series, strict=True):
            if series.low and series.high:
                _reach(drawn, series.values, series.low, series.high)


def _dress(drawn: Any, chart: Chart, interval: bool) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION
    from pptx.util import Pt

    drawn.has_title = False
    drawn.font.size, drawn.font.name = Pt(12), FONT
    drawn.font.color.rgb = _rgb(INK)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 120 if interval else 60, 0
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = decimals(chart), False
    plot.data_labels.font.size = Pt(12)
    inside = interval and len(chart.series) == 1  # else the intervals would cross the figures
    if inside:
        plot.data_labels.position = XL_LABEL_POSITION.INSIDE_BASE
    for number, series in enumerate(plot.series):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(TINT if inside else SERIES[number % len(SERIES)])
        series.format.line.color.rgb = _rgb(INK)
    axis = drawn.value_axis
    axis.has_major_gridlines = False
    axis.visible = False
    if all(v is None or v >= 0 for one in chart.series for v in one.values):
        axis.minimum_scale = 0
    if interval and (top := top_of(chart)):
        axis.maximum_scale = top
    drawn.category_axis.reverse_order = not interval
    drawn.category_axis.format.line.color.rgb = _rgb(SOFT)
    drawn.category_axis.tick_labels.font.size = Pt(12)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    made: Any = RGBColor  # its types are not declared
    return made(*bytes.fromhex(colour[1:]))


def _reach(drawn: Any, values: Any, low: Any, high: Any) -> None:
    """Give a series the error bars that reach from the low to the high end of each interval."""
    from pptx.oxml import parse_xml

    up = [0 if v is None or h is None else max(h - v, 0) for v, h in zip(values, high, strict=True)]
    down = [0 if v is None or lo is None else max(v - lo, 0) for v, lo in zip(values, low, strict=True)]
    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    line = (
        '<c:spPr><a:ln xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="19050"><a:solidFill>'
        f'<a:srgbClr val="{INK[1:].upper()}"/></a:solidFill></a:ln></c:spPr>'
    )
    xml = (
        f'<c:errBars {space}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(up)}</c:plus><c:minus>{_numbers(down)}</c:minus>{line}</c:errBars>"
    )
    at = next(n for n, child in enumerate(drawn._element) if child.tag.endswith(("}cat", "}val")))
    drawn._element.insert(at, parse_xml(xml))


def _numbers(values: list[float]) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{value:.6g}</c:v></c:pt>' for n, value in enumerate(values))
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'
