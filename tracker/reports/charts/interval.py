"""Intervals: a mark for each value, a whisker from low to high, and the target."""

from math import floor, log10

from tracker.reports.charts.draw import Drawing, diamond, disc, figure, known, line, measured, number, shape
from tracker.reports.charts.palette import SERIES, WHITE
from tracker.reports.charts.rows import Frame, Row, finished, frame, headed, short_unit
from tracker.reports.model import Chart, Series

STRIP = 22.0
CAP = 7.0


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return values with their whiskers, the first label on top; None when no figure is known.

    The scale need not begin at zero: places are compared here, not lengths.
    """
    series = chart.series[: len(SERIES)]
    figures = [value for line in series for value in known((*line.values, *line.low, *line.high))]
    if not figures or not chart.labels:
        return None
    unit = short_unit(chart)
    rows = [Row(label, tuple(_text(line, n, unit) for line in series)) for n, label in enumerate(chart.labels)]
    entries = [(_mark(12, 8, n), line.name) for n, line in enumerate(series)]
    pieces, top = headed(chart, entries if len(series) > 1 else [], width)
    figures += known((chart.target,))
    place = frame(rows, (min(figures), max(figures)), width, top=top, strip=STRIP)
    whiskers = [_whisker(place, line, n, at) for at, line in enumerate(series) for n in range(len(rows))]
    return finished(place, chart, pieces, whiskers)


def _text(line: Series, n: int, unit: str) -> str:
    low, high, value = (figure(values, n) for values in (line.low, line.high, line.values))
    if low is None or high is None:
        return measured(value, unit)
    digits = 2
    if high > low:  # two digits of what is not sure are enough
        digits = 1 - floor(log10((high - low) / 2))
    if value is not None:
        value = round(value, digits)
    return f"{measured(value, unit)} ({number(round(low, digits))} to {number(round(high, digits))})"


def _whisker(place: Frame, series: Series, n: int, at: int) -> str:
    y = place.strips[n][at]
    colour = SERIES[at]
    low, high, value = (figure(values, n) for values in (series.low, series.high, series.values))
    pieces = []
    if low is not None and high is not None:
        ends = place.x(low), place.x(high)
        pieces.append(line((ends[0], y), (ends[1], y), colour, thick=2.5))
        pieces += [line((x, y - CAP), (x, y + CAP), colour, thick=2.5) for x in ends]
    if value is not None:
        pieces.append(_mark(place.x(value), y, at))
    return "".join(pieces)


def _mark(x: float, y: float, at: int) -> str:
    """Return the mark of a series: each has a shape of its own."""
    colour = SERIES[at]
    if at == 0:
        return disc(x, y, 6, colour)
    if at == 1:
        return diamond(x, y, 7, colour)
    fill = WHITE if at == 2 else colour
    return shape([(x - 6, y - 6), (x + 6, y - 6), (x + 6, y + 6), (x - 6, y + 6)], fill, colour)
