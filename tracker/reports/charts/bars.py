"""Bars: one for each label and series; hatches and the order tell the series apart, not only colour."""

from tracker.reports.charts.draw import Drawing, box, name_of
from tracker.reports.charts.palette import SERIES, WHITE
from tracker.reports.charts.rows import AIM_HIGH, SHORT, Frame, Row, aim, foot, frame, ground, legend, swatch, words
from tracker.reports.charts.words import known, measured, number
from tracker.reports.model import Chart

MOST_SERIES = len(SERIES)
THICK = 15.0
# What a hatch is drawn with: every 7 units square.
_HATCHES = ("", "M0 7L7 0", "M0 3.5H7", "M0 0L7 7M0 7L7 0")


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return the bars, the first label on top; None when no figure is known."""
    series = chart.series[:MOST_SERIES]
    figures = [value for one in series for value in known(one.values)]
    if not figures or not chart.labels:
        return None
    short = chart.unit if len(chart.unit) <= SHORT else ""
    rows = [
        Row(label, tuple(_said(one.values[n : n + 1], short) for one in series)) for n, label in enumerate(chart.labels)
    ]
    name = name_of(chart, ids)
    fills = [SERIES[0], *(f"url(#{name}-h{n})" for n in range(1, len(series)))]
    pieces, top = (
        legend([(swatch(fills[n], SERIES[n]), one.name) for n, one in enumerate(series)], width)
        if len(series) > 1
        else ([], 6.0)
    )
    aimed = [chart.target] if chart.target is not None else []
    top += AIM_HIGH if aimed else 0
    place = frame(rows, (min(0.0, *figures, *aimed), max(0.0, *figures, *aimed)), width, top=top, strip=THICK + 4)
    hatches = [_hatch(f"{name}-h{n}", n) for n in range(1, len(series))]
    drawn = [_bar(place, value, place.strips[n][at], fills[at], SERIES[at])
             for at, one in enumerate(series) for n, value in enumerate(one.values[: len(rows)])]  # fmt: skip
    defs = [f"<defs>{''.join(hatches)}</defs>"] if hatches else []
    parts = [*defs, *pieces, *ground(place, chart.unit), *drawn, *aim(place, chart, "Target"), *words(place)]
    return Drawing(width, place.bottom + foot(chart.unit), parts)


def _said(value: tuple[float | None, ...], unit: str) -> str:
    return measured(value[0] if value else None, unit) if unit else number(value[0] if value else None)


def _hatch(name: str, at: int) -> str:
    return (
        f'<pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse"><rect width="7" height="7" '
        f'fill="{WHITE}"/><path d="{_HATCHES[at]}" fill="none" stroke="{SERIES[at]}" stroke-width="2.5"/></pattern>'
    )


def _bar(place: Frame, value: float | None, y: float, fill: str, stroke: str) -> str:
    """Return a bar from zero; nothing for what is not known."""
    if not known((value,)) or value is None:
        return ""
    start, end = sorted((place.x(0), place.x(value)))
    return box(start, y - THICK / 2, (end - start, THICK), fill, stroke=stroke)
