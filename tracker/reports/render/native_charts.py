"""Charts that a program draws itself, as against pictures: which they are, and the cells that hold their figures."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, log10
from typing import NamedTuple

from tracker.reports.model import Cells, Chart, Column, Series, Table
from tracker.reports.render.sheets import Sheet, distinct
from tracker.rules.wording import counted

NATIVE = ("bars", "before_after", "interval", "rhythm")
TOP = 0  # the row of a table's header: readers take the first for it
_FIGURES = "Chart figures"
_FIGURE_COLUMNS = (
    *(Column(title) for title in ("Chart", "Series", "Label")),
    *(Column(title, "right") for title in ("Value", "Reach below", "Reach above", "Target")),
    Column("Unit"),
)
_VALUE, _BELOW, _ABOVE, _TARGET = 3, 4, 5, 6  # columns of the above
_FIRST = TOP + 1  # the row below a table's header
TINT = "#C5D5E6"  # of bars that have their figure inside
_LEAST_HEIGHT, _MOST_HEIGHT = 320, 520  # a row of Excel is no higher than 545
_MOST_LABELS = 30
_DECIMALS = re.compile(r"\d(?:\.(\d+))?(?!\d)")
_MOST_CHARTS = 40  # on a sheet: a programme opens hundreds only after minutes


class Line(NamedTuple):
    """Where the figures of a series stand: the sheet, the cell of its name, the first row, how many, the columns.

    ``reach`` is the column of how far intervals reach below, with that above beside it; 0 without intervals.
    """

    sheet: str
    name: tuple[int, int]
    row: int
    many: int
    label: int
    value: int
    reach: int = 0
    target: int = 0


class Drawn(NamedTuple):
    """A chart to be put on a sheet: the sheet and cell of its title, the text there, and its series."""

    chart: Chart
    title: tuple[str, int, int]
    said: str
    lines: tuple[Line, ...]


def drawable(chart: Chart) -> bool:
    """Return whether a chart can be a native one: a form that Office has, and figures that it can show."""
    return bool(_values(chart)) and chart.form in NATIVE and 0 < len(chart.labels) <= _MOST_LABELS


def rounded(chart: Chart) -> Chart:
    """Return a chart with its figures as the paper prints them: with as many decimals as the table behind it has."""
    figures = (_DECIMALS.search(cell) for row in chart.data.rows for cell in _figures(chart.data, row))
    places = max((len(figure[1] or "") for figure in figures if figure), default=None)
    if places is None:
        return chart
    series = tuple(
        Series(line.name, *(_rounded(values, places) for values in (line.values, line.low, line.high)))
        for line in chart.series
    )
    return replace(chart, series=series)


def _figures(table: Table, row: Cells) -> Cells:
    return tuple(cell for cell, column in zip(row, table.columns, strict=True) if column.right)


def _rounded(values: tuple[float | None, ...], places: int) -> tuple[float | None, ...]:
    return tuple(None if value is None else round(value, places) for value in values)


def _values(chart: Chart) -> list[float]:
    return [value for series in chart.series for value in series.values if value is not None]


def drawings(sheets: list[Sheet]) -> tuple[dict[str, list[Drawn]], Sheet | None]:
    """Return the charts of each sheet by its name, and a sheet of the figures that they are drawn from.

    What is not known stays empty there, since a word would be drawn as 0.
    """
    charts: dict[str, list[Drawn]] = {}
    rows: list[Cells] = []
    name = _free(_FIGURES, sheets)
    for sheet in sheets:
        alone = len(sheet.charts) == 1
        for section, chart in [entry for entry in sheet.charts if drawable(entry[1])][:_MOST_CHARTS]:
            chart = rounded(chart)
            title = (name, _FIRST + len(rows), 0)
            caption = chart.title if alone else f"{section.title}: {chart.title}"
            drawn = Drawn(chart, title, caption, _written(name, rows, caption, chart))
            charts.setdefault(sheet.name, []).append(drawn)
    if not rows:
        return charts, None
    table = Table("chart-figures", "Figures that the charts are drawn from", _FIGURE_COLUMNS, tuple(rows))
    return charts, Sheet(name, "The charts of the paper", table)


def undrawn(kind: str, sheets: list[Sheet], drawn: dict[str, list[Drawn]]) -> Cells:
    """Return a sentence about the charts that a file of a kind has no room for; nothing when it has all."""
    count = sum(drawable(chart) for sheet in sheets for _, chart in sheet.charts) - sum(map(len, drawn.values()))
    if not count:
        return ()
    out = f"{counted(count, 'chart')} {'was' if count == 1 else 'were'} left out"
    return (f"{kind}: {out}, since a sheet has {_MOST_CHARTS} at most; their figures are in its table.",)


def _free(name: str, sheets: list[Sheet]) -> str:
    """Return a name that no sheet has."""
    return distinct([name], lambda name, n: f"{name} {n}", (sheet.name.casefold() for sheet in sheets))[0]


def _written(name: str, rows: list[Cells], title: str, chart: Chart) -> tuple[Line, ...]:
    """Add a row for each figure of a chart; return where each series stands."""
    lines = []
    target = 0 if chart.target is None else _TARGET
    for series in chart.series:
        first = _FIRST + len(rows)
        reach = 0
        lows: Sequence[float | None] = [None] * len(chart.labels)
        highs = lows
        if series.low and series.high:
            lows = series.low
            highs = series.high
            reach = _BELOW
        for label, low, value, high in zip(chart.labels, lows, series.values, highs, strict=False):
            figures = (value, _apart(low, value), _apart(value, high), chart.target)
            rows.append((title, series.name or "Value", label, *map(_digits, figures), chart.unit))
        lines.append(Line(name, (first, 1), first, len(chart.labels), 2, _VALUE, reach, target))
    return tuple(lines)


def _apart(low: float | None, high: float | None) -> float | None:
    if low is None or high is None:
        return None
    return max(high - low, 0.0)


def _digits(value: float | None) -> str:
    """Return a figure in digits that are read back as the same number; nothing for what is not known."""
    if value is None:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def height_of(chart: Chart) -> int:
    """Return how many pixels high a chart is."""
    if chart.form == "interval":
        return _LEAST_HEIGHT
    return min(max(120 + 36 * len(chart.labels) * max(len(chart.series), 1), _LEAST_HEIGHT), _MOST_HEIGHT)


def decimals(chart: Chart) -> str:
    """Return the number format of Excel for the figures of a chart: as many decimals as tell them apart."""
    figures = _values(chart)
    if all(float(figure).is_integer() for figure in figures):
        return "#,##0"
    places = max(1 - floor(log10(max(map(abs, figures)))), 1)
    return "#,##0." + "0" * min(places, 6)


def from_zero(chart: Chart) -> bool:
    """Return whether an axis begins at zero, since shorter bars would lie; not when there is something below it."""
    return all(value >= 0 for value in _values(chart))


def top_of(chart: Chart) -> float | None:
    """Return where the axis of a chart of intervals ends, so that no interval is cut; None when nothing is above 0."""
    figures = (chart.target, *(value for series in chart.series for value in (*series.values, *series.high)))
    highest = max((figure for figure in figures if figure is not None), default=0.0) * 1.02
    if highest <= 0:
        return None
    step = 10.0 ** floor(log10(highest)) / 2
    return float(f"{ceil(highest / step) * step:.6g}")
