"""Native charts of a workbook, drawn from figures that stand in its cells."""

from typing import TYPE_CHECKING

from tracker.reports.charts.palette import INK, series_colours
from tracker.reports.render.native_charts import TINT, TOP, Drawn, Line, decimals, from_zero, height_of, top_of
from tracker.reports.render.xlsx.parts import Book

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as Native  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Look = dict[str, object]  # as XlsxWriter takes it
_WIDE, _NARROW = 760, 560  # pixels of a chart alone in its row, and of one of two
_GAP = 20


def insert(book: Book, sheet: "Worksheet", row: int, charts: list[Drawn]) -> None:
    """Put native charts below a table, from a row on; two beside each other when there are more than one.

    A row is as high as the charts in it, since no program ends a page within a row. Their titles and the names of their
    series are references to cells, since a text that begins with = would be taken for a formula.
    """
    across = 2
    width = _NARROW
    if len(charts) == 1:
        across = 1
        width = _WIDE
    for first in range(0, len(charts), across):
        beside = charts[first : first + across]
        height = max(height_of(drawn.chart) for drawn in beside)
        sheet.set_row_pixels(row, height + _GAP)
        for n, drawn in enumerate(beside):
            native = _chart(book, drawn)
            native.set_size({"width": width, "height": height})
            place = {"x_offset": n * (width + _GAP), "y_offset": 4, "object_position": 2}
            sheet.insert_chart(row, 0, native, {"description": drawn.chart.alt, **place})
        row += 1


def _chart(book: Book, drawn: Drawn) -> "Native":
    chart = drawn.chart
    bars = drawn.chart.form != "interval"
    colours = series_colours(book.accent)
    native = book.workbook.add_chart({"type": "bar" if bars else "column"})
    for number, line in enumerate(drawn.lines):
        look: Look = {"border": {"color": INK, "width": 0.5}, "gap": 60}
        look["fill"] = {"color": colours[number % len(colours)]}
        labels = {"value": True, "font": {"size": 12, "color": INK}, "num_format": decimals(chart)}
        if line.reach:  # which would cross a figure that stands above its bar
            labels["position"] = "inside_base"
        if line.reach and len(drawn.lines) == 1:
            look |= {"y_error_bars": _reach(line), "fill": {"color": TINT}}
        name = [line.sheet, *line.name]
        native.add_series(
            {"name": name, "categories": _cells(line, line.label), "values": _cells(line, line.value)}
            | {"data_labels": labels, **look}
        )
    if chart.target is not None and not bars:
        native.combine(_target(book, drawn.lines[0]))
    _dress(native, drawn, bars)
    return native


def _cells(line: Line, column: int) -> list[str | int]:
    return [line.sheet, line.row, column, line.row + line.many - 1, column]


def _reach(line: Line) -> Look:
    """Return the error bars that reach from the low to the high end of each interval, from the cells beside it."""
    from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]

    last = line.row + line.many - 1
    below, above = (
        f"='{line.sheet}'!{xl_range_abs(line.row, column, last, column)}" for column in (line.reach, line.reach + 1)
    )
    look = {"color": INK, "width": 1.5}
    return {"type": "custom", "plus_values": above, "minus_values": below, "line": look}


def _target(book: Book, line: Line) -> "Native":
    native = book.workbook.add_chart({"type": "line"})
    native.add_series(
        {
            "name": [line.sheet, TOP, line.target],
            "categories": _cells(line, line.label),
            "values": _cells(line, line.target),
            "line": {"color": INK, "dash_type": "dash", "width": 1.75},
        }
    )
    return native


def _dress(native: "Native", drawn: Drawn, bars: bool) -> None:
    chart = drawn.chart
    # Shorter bars would lie.
    ends: Look = {"min": 0} if from_zero(chart) else {}
    font = {"size": 12, "color": INK, "bold": False}
    native.set_title({"name": list(drawn.title), "name_font": {"size": 13, "color": INK}})
    labels = {"num_font": font, "major_gridlines": {"visible": False}}
    if bars:  # the labels stand on the y axis, the first at the top; the figures stand at the bars
        native.set_y_axis({**labels, "reverse": True})
        native.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **ends})
    else:
        native.set_x_axis(labels)
        grid = {"visible": True, "line": {"color": "#DADADA", "width": 0.75}}
        if top := top_of(chart):
            ends["max"] = top
        native.set_y_axis({"num_font": font, "num_format": decimals(chart), "major_gridlines": grid, **ends})
    many = len(chart.series) + (chart.target is not None and not bars) > 1
    native.set_legend({"position": "bottom", "font": font} if many else {"none": True})
