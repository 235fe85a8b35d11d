"""Rhythm: how many days lie between ends, from the oldest on, beside the usual gap; a longer one has another mark."""

from tracker.reports.charts.draw import (
    SMALL,
    Drawing,
    box,
    cut,
    dates_below,
    disc,
    figure,
    known,
    line,
    measured,
    number,
    shape,
    text,
    wide,
)
from tracker.reports.charts.palette import BLUE, INK, ORANGE, TARGET, WHITE
from tracker.reports.charts.rows import EDGE, legend
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
    pieces, top = _usual_gap(chart, width)
    base = top + ABOVE + HIGH
    low = min(*figures, 0.0)
    scale = HIGH / ((max(*figures, *known((usual,)), 0.0) or 1.0) - low)
    column = (width - 2 * EDGE) / len(chart.labels)

    def middle(n: int) -> float:
        return EDGE + (n + 0.5) * column

    def y(value: float) -> float:
        return base - (value - low) * scale

    if usual is not None:
        pieces.append(line((EDGE, y(usual)), (width - EDGE, y(usual)), TARGET, thick=2, dash=DASH))
    foot = y(max(low, 0.0))
    for n in range(len(chart.labels)):
        gap = figure(values, n)
        if gap is not None:
            pieces += _stem(middle(n), foot, y(gap), chart, gap)
        pieces += _label(middle(n), y(low if gap is None else gap), _text(gap, chart, column - 6))
    pieces.append(line((EDGE, foot), (width - EDGE, foot), INK, thick=1.5))
    dates, high = dates_below(chart.labels, middle, column, width - EDGE, base + 2)
    return Drawing(width, base + 2 + high, [*pieces, *dates])


def _usual_gap(chart: Chart, width: float) -> tuple[list[str], float]:
    """Return the legend, which names the usual gap, and how high it is."""
    if chart.target is None:
        return [], 0.0
    sample = line((1, 8), (24, 8), TARGET, thick=2, dash=DASH)
    return legend([(sample, f"Usual gap {measured(chart.target, chart.unit)}")], width)


def _stem(x: float, foot: float, tip: float, chart: Chart, gap: float) -> list[str]:
    """Return the stem of a gap and its mark."""
    mark = disc(x, tip, 6, BLUE)
    if chart.target is not None and gap > chart.target:
        mark = shape([(x, tip - 8), (x + 8, tip + 6), (x - 8, tip + 6)], ORANGE, BLUE)
    return [line((x, foot), (x, tip), BLUE, thick=3), mark]


def _label(x: float, tip: float, words: str) -> list[str]:
    need = wide(words, SMALL, bold=True) * 0.9
    return [
        box(x - need / 2, tip - 23, (need, 13), WHITE),
        text(x, tip - 12, words, size=SMALL, anchor="middle", bold=True),
    ]


def _text(gap: float | None, chart: Chart, room: float) -> str:
    """Return the gap in as many words as there is room for: with how far it is from the usual one, or alone."""
    texts = [number(gap)]
    if gap is not None:
        texts.insert(0, measured(gap, chart.unit))
        if chart.target is not None and gap != chart.target:
            than = "longer" if gap > chart.target else "shorter"
            texts.insert(0, f"{texts[0]}, {number(abs(gap - chart.target))} {than}")
    fitting = (words for words in texts if wide(words, SMALL, bold=True) <= room)
    return next(fitting, "") or cut(texts[-1], room, SMALL, bold=True)
