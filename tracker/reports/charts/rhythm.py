"""Rhythm: how many days lie between ends, beside the usual gap; what is longer has another mark, and words."""

from tracker.reports.charts.draw import Drawing, disc, line, shape
from tracker.reports.charts.palette import BLUE, ORANGE
from tracker.reports.charts.rows import AIM_HIGH, Frame, Row, aim, foot, frame, ground, words
from tracker.reports.charts.words import known, measured, number
from tracker.reports.model import Chart

STRIP = 22.0


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return a stem for each gap, the first on top; None when no figure is known."""
    values = chart.series[0].values if chart.series else ()
    figures = known(values)
    if not figures or not chart.labels:
        return None
    gaps = [known(values[n : n + 1]) for n in range(len(chart.labels))]
    rows = [Row(label, (_said(gap, chart),)) for label, gap in zip(chart.labels, gaps, strict=True)]
    aimed = [chart.target] if chart.target is not None else []
    ends = (min(0.0, *figures), max(*figures, *aimed, 0.0))
    place = frame(rows, ends, width, top=6 + (AIM_HIGH if aimed else 0), strip=STRIP)
    drawn = [_stem(place, gap, place.strips[n][0], chart.target) for n, gap in enumerate(gaps)]
    parts = [*ground(place, chart.unit), *aim(place, chart, "Usual gap"), *drawn, *words(place)]
    return Drawing(width, place.bottom + foot(chart.unit), parts)


def _said(gap: list[float], chart: Chart) -> str:
    """Return the gap in words, with how far it is from the usual one."""
    if not gap:
        return number(None)
    told = measured(gap[0], chart.unit)
    if chart.target is None or gap[0] == chart.target:
        return told
    return f"{told}, {number(abs(gap[0] - chart.target))} {'longer' if gap[0] > chart.target else 'shorter'}"


def _stem(place: Frame, gap: list[float], y: float, usual: float | None) -> str:
    if not gap:
        return ""
    x = place.x(gap[0])
    stem = line((place.x(0), y), (x, y), BLUE, thick=3)
    if usual is not None and gap[0] > usual:
        return stem + shape([(x, y - 8), (x + 8, y + 6), (x - 8, y + 6)], ORANGE, BLUE)
    return stem + disc(x, y, 6, BLUE)
