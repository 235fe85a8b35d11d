"""Charts that a program draws itself, as against pictures: which they are, and the cells that hold their figures."""

from math import ceil, floor, log10
from typing import NamedTuple

from tracker.reports.model import Chart, Column, Table
from tracker.reports.render.cell_values import Value, cells
from tracker.reports.render.sheets import Sheet
from tracker.rules.wording import counted

NATIVE = ("bars", "before_after", "interval", "rhythm")
TOP = 2  # rows above a table: its caption, and where it is from
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
    """A chart to be put on a sheet: the sheet and cell of its title, what is said there, and its series."""

    chart: Chart
    title: tuple[str, int, int]
    said: str
    lines: tuple[Line, ...]


def drawable(chart: Chart) -> bool:
    """Return whether a chart can be a native one: a form that Office has, and figures that it can show."""
    known = any(value is not None for series in chart.series for value in series.values)
    return known and chart.form in NATIVE and 0 < len(chart.labels) <= _MOST_LABELS


def drawings(sheets: list[Sheet]) -> tuple[dict[str, list[Drawn]], Sheet | None]:
    """Return the charts of each sheet by its name, and a sheet of the figures that stand in no table as they are.

    What is not known stays empty there, since a word would be drawn as 0.
    """
    found: dict[str, list[Drawn]] = {}
    rows: list[tuple[str, ...]] = []
    name = _free(_FIGURES, sheets)
    for sheet in sheets:
        for section, chart in [one for one in sheet.charts if drawable(one[1])][:_MOST_CHARTS]:
            at = places(chart, sheet.table) if len(sheet.charts) == 1 else None
            if at is not None:
                lines = tuple(Line(sheet.name, (TOP, n), _FIRST, len(chart.labels), 0, n) for n in at)
                drawn = Drawn(chart, (sheet.name, 0, 0), sheet.table.caption, lines)
            else:
                title = (name, _FIRST + len(rows), 0)
                said = chart.title if len(sheet.charts) == 1 else f"{section.title}: {chart.title}"
                drawn = Drawn(chart, title, said, _written(name, rows, said, chart))
            found.setdefault(sheet.name, []).append(drawn)
    if not rows:
        return found, None
    table = Table("chart-figures", "Figures that the charts are drawn from", _FIGURE_COLUMNS, tuple(rows))
    return found, Sheet(name, "The charts of the paper", table)


def undrawn(kind: str, sheets: list[Sheet], drawn: dict[str, list[Drawn]]) -> tuple[str, ...]:
    """Return a sentence about the charts that a file of a kind has no room for; nothing when it has all."""
    many = sum(drawable(chart) for sheet in sheets for _, chart in sheet.charts) - sum(map(len, drawn.values()))
    if not many:
        return ()
    left = f"{counted(many, 'chart')} {'was' if many == 1 else 'were'} left out"
    return (f"{kind}: {left}, since a sheet has {_MOST_CHARTS} at most; their figures are in its table.",)


def _free(wanted: str, sheets: list[Sheet]) -> str:
    taken = {sheet.name.casefold() for sheet in sheets}
    return next(n for n in (wanted, *(f"{wanted} {again}" for again in range(2, 999))) if n.casefold() not in taken)


def _written(name: str, rows: list[tuple[str, ...]], title: str, chart: Chart) -> tuple[Line, ...]:
    """Add a row for each figure of a chart; return where each series stands."""
    found = []
    for series in chart.series:
        first = _FIRST + len(rows)
        ends = list(zip(series.low, series.values, series.high, strict=True)) if series.low and series.high else []
        for n, label in enumerate(chart.labels):
            low, value, high = ends[n] if ends else (None, series.values[n], None)
            figures = (value, _apart(low, value), _apart(value, high), chart.target)
            rows.append((title, series.name or "Value", label, *map(_shown, figures), chart.unit))
        reach = _BELOW if ends else 0
        target = _TARGET if chart.target is not None else 0
        found.append(Line(name, (first, 1), first, len(chart.labels), 2, _VALUE, reach, target))
    return tuple(found)


def _apart(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else max(high - low, 0.0)


def _shown(value: float | None) -> str:
    """Return a figure in digits that are read back as the same number; nothing for what is not known."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def places(chart: Chart, table: Table) -> list[int] | None:
    """Return the column of each series in the table that stands for a chart; None when the chart needs its own.

    It does when a figure is not known, since a word would be drawn as 0, and for intervals and the line of a target.
    """
    rows = cells(table)
    labels = tuple(row[0] for row in table.rows)
    if labels != chart.labels or chart.form == "interval" or not chart.series:
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


def height_of(chart: Chart) -> int:
    """Return how many pixels high a chart is."""
    if chart.form == "interval":
        return _LEAST_HEIGHT
    return min(max(120 + 36 * len(chart.labels) * max(len(chart.series), 1), _LEAST_HEIGHT), _MOST_HEIGHT)


def decimals(chart: Chart) -> str:
    """Return the number format of Excel for the figures of a chart: as many decimals as tell them apart."""
    figures = [float(v) for one in chart.series for v in one.values if v is not None]
    if all(one.is_integer() for one in figures):
        return "#,##0"
    places = max(1 - floor(log10(max(map(abs, figures)))), 1)
    return "#,##0." + "0" * min(places, 6)


def from_zero(chart: Chart) -> bool:
    """Return whether an axis begins at zero, since shorter bars would lie; not when there is something below it."""
    return all(value is None or value >= 0 for series in chart.series for value in series.values)


def top_of(chart: Chart) -> float | None:
    """Return where the axis of a chart of intervals ends, so that no interval is cut; None when nothing is above 0."""
    ends = [v for one in chart.series for some in (one.values, one.high) for v in some if v is not None]
    most = max([*ends, *([chart.target] if chart.target is not None else [])], default=0.0) * 1.02
    if most <= 0:
        return None
    step = 10.0 ** floor(log10(most)) / 2
    return float(f"{ceil(most / step) * step:.6g}")
