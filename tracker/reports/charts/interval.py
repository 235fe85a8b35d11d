"""Intervals: a mark for each value, a whisker from low to high, and the target."""

from math import floor, log10

from tracker.reports.charts.draw import Drawing, disc, line, shape
from tracker.reports.charts.palette import SERIES, WHITE
from tracker.reports.charts.rows import AIM_HIGH, SHORT, Frame, Row, aim, foot, frame, ground, legend, words
from tracker.reports.charts.words import known, measured, number
from tracker.reports.model import Chart, Series

STRIP = 22.0
CAP = 7.0


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return values with their whiskers, the first label on top; None when no figure is known.

    The scale need not begin at zero: places are compared here, not lengths.
    """
    series = chart.series[: len(SERIES)]
    figures = [value for one in series for value in known((*one.values, *one.low, *one.high))]
    if not figures or not chart.labels:
        return None
    short = chart.unit if len(chart.unit) <= SHORT else ""
    rows = [Row(label, tuple(_said(one, n, short) for one in series)) for n, label in enumerate(chart.labels)]
    entries = [(_mark(12, 8, n), one.name) for n, one in enumerate(series)]
    pieces, top = legend(entries, width) if len(series) > 1 else ([], 6.0)
    aimed = [chart.target] if chart.target is not None else []
    top += AIM_HIGH if aimed else 0
    low, high = min(*figures, *aimed, figures[0]), max(*figures, *aimed, figures[0])
    place = frame(rows, (low, high), width, top=top, strip=STRIP)
    drawn = [_whisker(place, one, n, at) for at, one in enumerate(series) for n in range(len(rows))]
    parts = [*pieces, *ground(place, chart.unit), *aim(place, chart, "Target"), *drawn, *words(place)]
    return Drawing(width, place.bottom + foot(chart.unit), parts)


def _part(values: tuple[float | None, ...], n: int) -> float | None:
    found = known(values[n : n + 1])
    return found[0] if found else None


def _said(one: Series, n: int, unit: str) -> str:
    low, high = _part(one.low, n), _part(one.high, n)
    value = _part(one.values, n)
    if low is None or high is None:
        return measured(value, unit)
    # Two digits of what is not sure are enough.
    digits = 1 - floor(log10((high - low) / 2)) if high > low else 2
    told = [number(round(end, digits)) for end in (low, high)]
    return f"{measured(round(value, digits) if value is not None else None, unit)} ({told[0]} to {told[1]})"


def _whisker(place: Frame, one: Series, n: int, at: int) -> str:
    y, colour = place.strips[n][at], SERIES[at]
    low, high, value = _part(one.low, n), _part(one.high, n), _part(one.values, n)
    pieces = []
    if low is not None and high is not None:
        x1, x2 = place.x(low), place.x(high)
        pieces.append(line((x1, y), (x2, y), colour, thick=2.5))
        pieces += [line((x, y - CAP), (x, y + CAP), colour, thick=2.5) for x in (x1, x2)]
    if value is not None:
        pieces.append(_mark(place.x(value), y, at))
    return "".join(pieces)


def _mark(x: float, y: float, at: int) -> str:
    """Return the mark of a series: each has a shape of its own."""
    colour = SERIES[at]
    if at == 0:
        return disc(x, y, 6, colour)
    if at == 1:
        return shape([(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)], colour)
    return shape([(x - 6, y - 6), (x + 6, y - 6), (x + 6, y + 6), (x - 6, y + 6)], WHITE if at == 2 else colour, colour)
