"""Bars: one for each label and series; hatches and the order tell the series apart, not only colour."""

from tracker.reports.charts.draw import Drawing, box, figure, known, measured, name_of, number
from tracker.reports.charts.palette import SERIES, WHITE
from tracker.reports.charts.rows import Frame, Row, finished, frame, from_zero, headed, short_unit, swatch
from tracker.reports.model import Chart

THICK = 15.0
# What a hatch is drawn with: every 7 units square.
_HATCHES = ("", "M0 7L7 0", "M0 3.5H7", "M0 0L7 7M0 7L7 0")


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return the bars, the first label on top; None when no figure is known."""
    series = chart.series[: len(SERIES)]
    figures = [value for line in series for value in known(line.values)]
    if not figures or not chart.labels:
        return None
    unit = short_unit(chart)
    rows = [
        Row(label, tuple(_text(figure(line.values, n), unit) for line in series))
        for n, label in enumerate(chart.labels)
    ]
    name = name_of(chart, ids)
    fills = [SERIES[0], *(f"url(#{name}-h{n})" for n in range(1, len(series)))]
    entries = [(swatch(fill, colour), line.name) for fill, colour, line in zip(fills, SERIES, series, strict=False)]
    pieces, top = headed(chart, entries if len(series) > 1 else [], width)
    place = frame(rows, from_zero(chart, figures), width, top=top, strip=THICK + 4)
    bars = [
        _bar(place, figure(line.values, n), place.strips[n][at], fills[at], SERIES[at])
        for at, line in enumerate(series)
        for n in range(len(rows))
    ]
    hatches = "".join(_hatch(f"{name}-h{n}", n) for n in range(1, len(series)))
    if hatches:
        pieces.insert(0, f"<defs>{hatches}</defs>")
    return finished(place, chart, pieces, [], bars)


def _text(value: float | None, unit: str) -> str:
    return measured(value, unit) if unit else number(value)


def _hatch(name: str, at: int) -> str:
    return (
        f'<pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse"><rect width="7" height="7" '
        f'fill="{WHITE}"/><path d="{_HATCHES[at]}" fill="none" stroke="{SERIES[at]}" stroke-width="2.5"/></pattern>'
    )


def _bar(place: Frame, value: float | None, y: float, fill: str, stroke: str) -> str:
    """Return a bar from zero; nothing for what is not known."""
    if value is None:
        return ""
    start, end = sorted((place.x(0), place.x(value)))
    return box(start, y - THICK / 2, (end - start, THICK), fill, stroke=stroke)
