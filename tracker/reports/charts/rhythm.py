"""Rhythm: how many days lie between ends, from the oldest on, beside the usual gap; a longer one has another mark."""

from tracker.reports.charts.draw import Drawing, box, disc, line, shape, text
from tracker.reports.charts.palette import BLUE, INK, ORANGE, SOFT, TARGET, WHITE
from tracker.reports.charts.rows import EDGE, legend
from tracker.reports.charts.words import SMALL, cut, dates_below, known, measured, number, wide
from tracker.reports.model import Chart

HIGH = 36.0  # of the longest stem
ABOVE = 24.0  # what the figure over a stem needs
DASH = "6 4"


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return a stem for each gap with its figure, the dates below; None when no figure is known."""
    values = chart.series[0].values if chart.series else ()
    figures = known(values)
    if not figures or not chart.labels:
        return None
    usual = chart.target
    most = max(*figures, *([usual] if usual is not None else []), 0.0) or 1.0
    low = min(*figures, 0.0)
    sample = line((1, 8), (24, 8), TARGET, thick=2, dash=DASH)
    aims = [(sample, f"Usual gap {measured(usual, chart.unit)}")] if usual is not None else []
    pieces, top = legend(aims, width) if aims else ([], 0.0)
    base = top + ABOVE + HIGH
    scale = HIGH / (most - low)
    column = (width - 2 * EDGE) / len(chart.labels)

    def middle(n: int) -> float:
        return EDGE + (n + 0.5) * column

    def y(value: float) -> float:
        return base - (value - low) * scale

    if usual is not None:
        pieces.append(line((EDGE, y(usual)), (width - EDGE, y(usual)), TARGET, thick=2, dash=DASH))
    for n in range(len(chart.labels)):
        gap = next(iter(known(values[n : n + 1])), None)
        pieces += _stem((middle(n), y(max(low, 0.0)), y(gap if gap is not None else low)), gap, chart, column)
    pieces.append(line((EDGE, y(max(low, 0.0))), (width - EDGE, y(max(low, 0.0))), INK, thick=1.5))
    dates, high = dates_below(chart.labels, middle, column, width - EDGE, base + 2)
    pieces += [text(x, at, words, size=SMALL, anchor="middle", fill=SOFT) for x, at, words in dates]
    return Drawing(width, base + 2 + high, pieces)


def _stem(place: tuple[float, float, float], gap: float | None, chart: Chart, column: float) -> list[str]:
    """Return the stem of a gap, its mark and its figure over it; ``place`` is the middle, the foot and the tip."""
    x, foot, tip = place
    pieces: list[str] = []
    if gap is not None:
        pieces.append(line((x, foot), (x, tip), BLUE, thick=3))
        longer = chart.target is not None and gap > chart.target
        sign = shape([(x, tip - 8), (x + 8, tip + 6), (x - 8, tip + 6)], ORANGE, BLUE)
        pieces.append(sign if longer else disc(x, tip, 6, BLUE))
    words = _said(gap, chart, column - 6)
    need = wide(words, SMALL, bold=True) * 0.9
    pieces.append(box(x - need / 2, tip - 23, (need, 13), WHITE))
    pieces.append(text(x, tip - 12, words, size=SMALL, anchor="middle", bold=True))
    return pieces


def _said(gap: float | None, chart: Chart, room: float) -> str:
    """Return the gap in as many words as there is room for: with how far it is from the usual one, or alone."""
    told = [number(gap)]
    if gap is not None:
        told.insert(0, measured(gap, chart.unit))
        if chart.target is not None and gap != chart.target:
            more = f"{number(abs(gap - chart.target))} {'longer' if gap > chart.target else 'shorter'}"
            told.insert(0, f"{told[0]}, {more}")
    return next((one for one in told if wide(one, SMALL, bold=True) <= room), cut(told[-1], room, SMALL, bold=True))
