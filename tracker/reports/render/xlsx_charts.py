"""Native charts of a workbook, drawn from figures that stand on the same sheet."""

from collections.abc import Sequence
from typing import Any

from tracker.reports.charts.palette import INK, SERIES
from tracker.reports.model import Chart, Column, Series, Table
from tracker.reports.render.ods_values import Value, cells
from tracker.reports.render.xlsx_parts import Book

NATIVE = ("bars", "before_after", "interval")
_FIRST = 3  # the row below a table's header
_WIDTH = 760
_LEAST_HEIGHT, _MOST_HEIGHT = 320, 900
_MOST_LABELS = 30


def drawable(chart: Chart) -> bool:
    """Return whether a chart can be a native one: a form that Office has, and figures that it can show."""
    known = any(value is not None for series in chart.series for value in series.values)
    return known and chart.form in NATIVE and 0 < len(chart.labels) <= _MOST_LABELS


def figures(chart: Chart) -> Table | None:
    """Return the bare figures of a chart as a table; what is not known stays empty, since a word would count as 0.

    None when there is nothing to draw.
    """
    if not drawable(chart):
        return None
    columns, across = [Column("Label")], [chart.labels]
    for series in chart.series:
        for name, values in _lines(series):
            columns.append(Column(name, "right"))
            across.append(tuple("" if v is None else _shown(v) for v in values))
    if chart.target is not None:
        columns.append(Column("Target", "right"))
        across.append(tuple(_shown(chart.target) for _ in chart.labels))
    unit = f" ({chart.unit})" if chart.unit else ""
    rows = tuple(zip(*across, strict=True))
    return Table(f"{chart.id}-chart", f"{chart.title}{unit}", tuple(columns), rows)


def _lines(series: Series) -> list[tuple[str, Sequence[float | None]]]:
    """Return the values of a series, and how far its intervals reach below and above them, each with a name."""
    name = series.name or "Value"
    found: list[tuple[str, Sequence[float | None]]] = [(name, series.values)]
    if series.low and series.high:
        found.append((f"{name}, reach below", _apart(series.low, series.values)))
        found.append((f"{name}, reach above", _apart(series.values, series.high)))
    return found


def _apart(low: Sequence[float | None], high: Sequence[float | None]) -> list[float | None]:
    both = zip(low, high, strict=True)
    return [None if one is None or other is None else max(other - one, 0.0) for one, other in both]


def _shown(value: float) -> str:
    """Return a figure in digits that are read back as the same number."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def places(chart: Chart, table: Table) -> list[int] | None:
    """Return the column of each series in the table that stands for a chart; None when the chart needs its own.

    It does when a figure is not known, since a word would be drawn as 0, and for intervals and the line of a target.
    """
    rows = cells(table)
    labels = tuple(row[0] for row in table.rows)
    if labels != chart.labels or chart.form == "interval":
        return None
    found = []
    for series in chart.series:
        alike = [n for n in range(1, len(table.columns)) if _alike([row[n] for row in rows], series.values)]
        if not alike:
            return None
        found.append(alike[0])
    return found


def _alike(column: list[Value], values: tuple[float | None, ...]) -> bool:
    if any(v is None for v in values) or any(one.kind not in ("float", "currency") for one in column):
        return False
    return all(float(one.value) == v for one, v in zip(column, values, strict=True))


def own_places(chart: Chart) -> list[int]:
    """Return the column of each series in the table that ``figures`` gives."""
    found, at = [], 1
    for series in chart.series:
        found.append(at)
        at += 3 if series.low and series.high else 1
    return found


def insert(book: Book, sheet: Any, name: str, chart: Chart, title_row: int, columns: list[int]) -> None:
    """Put a native chart below the table that holds its figures in these columns.

    Its title and the names of its series are references to cells, since a text that begins with = would be taken
    for a formula.
    """
    bars = chart.form != "interval"
    drawn: Any = book.workbook.add_chart({"type": "bar" if bars else "column"})
    last = _FIRST + len(chart.labels) - 1
    for number, (series, at) in enumerate(zip(chart.series, columns, strict=True)):
        colour = SERIES[number % len(SERIES)]
        look: dict[str, Any] = {"fill": {"color": colour}, "border": {"color": INK, "width": 0.5}, "gap": 60}
        if series.low and series.high:
            look["y_error_bars"] = _reach(name, at, last)
        drawn.add_series(
            {
                "name": [name, _FIRST - 1, at],
                "categories": [name, _FIRST, 0, last, 0],
                "values": [name, _FIRST, at, last, at],
                "data_labels": {
                    "value": True,
                    "font": {"size": 12, "color": INK},
                    "num_format": _decimals(series.values),
                },
                **look,
            }
        )
    target = chart.target is not None and not bars
    if target:
        drawn.combine(_target(book, name, last, sum(3 if one.low and one.high else 1 for one in chart.series) + 1))
    _dress(drawn, chart, title_row, bars)
    high = min(max(120 + 36 * len(chart.labels) * max(len(chart.series), 1), _LEAST_HEIGHT), _MOST_HEIGHT)
    drawn.set_size({"width": _WIDTH, "height": high if bars else _LEAST_HEIGHT + 60})
    sheet.insert_chart(last + 2, 0, drawn, {"description": chart.alt, "object_position": 2})


def _decimals(values: Any) -> str:
    return "#,##0" if all(v is None or float(v).is_integer() for v in values) else "#,##0.0"


def _reach(name: str, at: int, last: int) -> dict[str, Any]:
    """Return the error bars that reach from the low to the high end of each interval, from the cells beside it."""
    from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]

    below, above = (f"='{name}'!{xl_range_abs(_FIRST, at + n, last, at + n)}" for n in (1, 2))
    line = {"color": INK, "width": 1.5}
    return {"type": "custom", "plus_values": above, "minus_values": below, "line": line}


def _target(book: Book, name: str, last: int, at: int) -> Any:
    line = book.workbook.add_chart({"type": "line"})
    line.add_series(
        {
            "name": [name, _FIRST - 1, at],
            "categories": [name, _FIRST, 0, last, 0],
            "values": [name, _FIRST, at, last, at],
            "line": {"color": INK, "dash_type": "dash", "width": 1.75},
        }
    )
    return line


def _dress(drawn: Any, chart: Chart, title_row: int, bars: bool) -> None:
    font = {"size": 12, "color": INK, "bold": False}
    drawn.set_title({"name": ["Cover", title_row, 1], "name_font": {"size": 14, "color": INK}})
    labels = {"num_font": font, "major_gridlines": {"visible": False}}
    if bars:  # the labels stand on the y axis, the first at the top; the figures stand at the bars
        drawn.set_y_axis({**labels, "reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **_from_zero(chart)})
    else:
        drawn.set_x_axis(labels)
        grid = {"visible": True, "line": {"color": "#DADADA", "width": 0.75}}
        drawn.set_y_axis({"num_font": font, "num_format": "#,##0", "major_gridlines": grid, **_from_zero(chart)})
    many = len(chart.series) + (chart.target is not None and not bars) > 1
    drawn.set_legend({"position": "bottom", "font": font} if many else {"none": True})


def _from_zero(chart: Chart) -> dict[str, int]:
    """Return that an axis begins at nought, since shorter bars would lie; not when there is something below it."""
    return {"min": 0} if all(v is None or v >= 0 for series in chart.series for v in series.values) else {}
