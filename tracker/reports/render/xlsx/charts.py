"""Native charts of a workbook, drawn from figures that stand in its cells."""

from typing import Any

from tracker.reports.charts.palette import INK, SERIES
from tracker.reports.model import Chart
from tracker.reports.render.native_charts import TINT, TOP, Drawn, Line, decimals, height_of, top_of
from tracker.reports.render.xlsx.parts import Book

_WIDE, _NARROW = 760, 560  # pixels of a chart alone in its row, and of one of two
_GAP = 20


def insert(book: Book, sheet: Any, row: int, charts: list[Drawn]) -> None:
    """Put native charts below a table, from a row on; two beside each other when there are more than one.

    A row is as high as the charts in it, since no program ends a page within a row. Their titles and the names of their
    series are references to cells, since a text that begins with = would be taken for a formula.
    """
    across = 1 if len(charts) == 1 else 2
    wide = _WIDE if across == 1 else _NARROW
    for first in range(0, len(charts), across):
        beside = charts[first : first + across]
        high = max(height_of(one.chart) for one in beside)
        sheet.set_row_pixels(row, high + _GAP)
        for n, one in enumerate(beside):
            drawn = _chart(book, one)
            drawn.set_size({"width": wide, "height": high})
            place = {"x_offset": n * (wide + _GAP), "y_offset": 4, "object_position": 2}
            sheet.insert_chart(row, 0, drawn, {"description": one.chart.alt, **place})
        row += 1


def _chart(book: Book, one: Drawn) -> Any:
    chart, bars = one.chart, one.chart.form != "interval"
    drawn: Any = book.workbook.add_chart({"type": "bar" if bars else "column"})
    for number, line in enumerate(one.lines):
        colour = SERIES[number % len(SERIES)]
        look: dict[str, Any] = {"fill": {"color": colour}, "border": {"color": INK, "width": 0.5}, "gap": 60}
        labels = {"value": True, "font": {"size": 12, "color": INK}, "num_format": decimals(chart)}
        if line.reach:  # which would cross a figure that stands above its bar
            look |= {"y_error_bars": _reach(line), "fill": {"color": TINT}} if len(one.lines) == 1 else {}
            labels |= {"position": "inside_base"}
        name = [line.sheet, *line.name]
        drawn.add_series(
            {"name": name, "categories": _cells(line, line.label), "values": _cells(line, line.value)}
            | {"data_labels": labels, **look}
        )
    target = chart.target is not None and not bars
    if target:
        drawn.combine(_target(book, one.lines[0]))
    _dress(drawn, one, bars)
    return drawn


def _cells(line: Line, column: int) -> list[Any]:
    return [line.sheet, line.row, column, line.row + line.many - 1, column]


def _reach(line: Line) -> dict[str, Any]:
    """Return the error bars that reach from the low to the high end of each interval, from the cells beside it."""
    from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]

    last = line.row + line.many - 1
    below, above = (
        f"='{line.sheet}'!{xl_range_abs(line.row, column, last, column)}" for column in (line.reach, line.reach + 1)
    )
    look = {"color": INK, "width": 1.5}
    return {"type": "custom", "plus_values": above, "minus_values": below, "line": look}


def _target(book: Book, line: Line) -> Any:
    drawn = book.workbook.add_chart({"type": "line"})
    drawn.add_series(
        {
            "name": [line.sheet, TOP, line.target],
            "categories": _cells(line, line.label),
            "values": _cells(line, line.target),
            "line": {"color": INK, "dash_type": "dash", "width": 1.75},
        }
    )
    return drawn


def _dress(drawn: Any, one: Drawn, bars: bool) -> None:
    chart = one.chart
    font = {"size": 12, "color": INK, "bold": False}
    drawn.set_title({"name": list(one.title), "name_font": {"size": 13, "color": INK}})
    labels = {"num_font": font, "major_gridlines": {"visible": False}}
    if bars:  # the labels stand on the y axis, the first at the top; the figures stand at the bars
        drawn.set_y_axis({**labels, "reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **_from_zero(chart)})
    else:
        drawn.set_x_axis(labels)
        grid = {"visible": True, "line": {"color": "#DADADA", "width": 0.75}}
        ends = _from_zero(chart) | ({"max": top} if (top := top_of(chart)) else {})
        drawn.set_y_axis({"num_font": font, "num_format": decimals(chart), "major_gridlines": grid, **ends})
    many = len(chart.series) + (chart.target is not None and not bars) > 1
    drawn.set_legend({"position": "bottom", "font": font} if many else {"none": True})


def _from_zero(chart: Chart) -> dict[str, float]:
    """Return that an axis begins at nought, since shorter bars would lie; not when there is something below it."""
    return {"min": 0} if all(v is None or v >= 0 for series in chart.series for v in series.values) else {}
