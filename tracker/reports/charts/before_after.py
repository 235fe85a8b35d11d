"""Pairs: what was before as a ring, what came after as a diamond, and an arrow from the one to the other."""

from tracker.reports.charts.draw import Drawing, arrow_head, disc, line, shape, text
from tracker.reports.charts.palette import BLUE, GRID, PLUM, SOFT, WHITE
from tracker.reports.charts.rows import AIM_HIGH, EDGE, SHORT, Frame, Row, aim, foot, frame, ground, legend, words
from tracker.reports.charts.words import SMALL, known, measured, number
from tracker.reports.model import Chart, Series

STRIP = 26.0
REACH = 9.0  # of a mark from its middle
FAR = 20.0  # how many times the largest row may be as long as the smallest before rows have scales of their own
NOBODY = Series("", ())


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return a line for each label from the first series to the second; None when no figure is known."""
    before, after = (*chart.series, NOBODY, NOBODY)[:2]
    pairs = [(_value(before, n), _value(after, n)) for n in range(len(chart.labels))]
    figures = [value for pair in pairs for value in pair if value is not None]
    if not figures:
        return None
    short = chart.unit if len(chart.unit) <= SHORT else ""
    rows = [Row(label, (_said(pair, short),)) for label, pair in zip(chart.labels, pairs, strict=True)]
    entries = [(disc(12, 8, 6, WHITE, BLUE), before.name or "Before"), (_diamond(12, 8), after.name or "After")]
    pieces, top = legend(entries, width)
    own = chart.target is None and _far([known(pair) for pair in pairs])
    aimed = [chart.target] if chart.target is not None else []
    ends = (0.0, 1.0) if own else (min(0.0, *figures, *aimed), max(0.0, *figures, *aimed))
    top += AIM_HIGH if aimed else 0
    place = frame(rows, ends, width, top=top, strip=STRIP)
    drawn: list[str] = []
    for n, pair in enumerate(pairs):
        largest = max((abs(value) for value in known(pair)), default=1.0) if own else 1.0
        drawn += _pair(place, tuple(None if v is None else v / (largest or 1.0) for v in pair), place.strips[n][0])
    unit = f"Every line has its own scale, from zero ({chart.unit or 'no unit'})" if own else chart.unit
    parts = [*pieces, *ground(place, unit, scale=not own), *aim(place, chart, "Target"), *drawn, *words(place)]
    if own:
        parts.append(text(EDGE, place.bottom + 20, unit, size=SMALL, fill=SOFT))
    return Drawing(width, place.bottom + (30 if own else foot(unit)), parts)


def _value(series: Series, n: int) -> float | None:
    found = known(series.values[n : n + 1])
    return found[0] if found else None


def _said(pair: tuple[float | None, float | None], unit: str) -> str:
    if pair == (None, None):
        return number(None)
    return f"{number(pair[0])} to {measured(pair[1], unit)}"


def _far(rows: list[list[float]]) -> bool:
    """Return whether the rows are so unlike that a common scale would hide the smaller ones."""
    sizes = [max(map(abs, row)) for row in rows if row and any(row)]
    return (
        min((value for row in rows for value in row), default=0.0) >= 0
        and bool(sizes)
        and (max(sizes) > FAR * min(sizes))
    )


def _diamond(x: float, y: float) -> str:
    return shape([(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)], BLUE)


def _pair(place: Frame, pair: tuple[float | None, ...], y: float) -> list[str]:
    was, now = pair
    pieces = [line((place.left, y), (place.right, y), GRID)]
    if was is not None and now is not None:
        start, end = place.x(was), place.x(now)
        way = 1.0 if end > start else -1.0
        if abs(end - start) > 2 * REACH + 10:
            tip = end - way * REACH
            pieces.append(line((start + way * 6, y), (tip - way * 6, y), PLUM, thick=2.5))
            pieces.append(arrow_head((tip, y), (way, 0.0), PLUM, 10))
    if now is not None:
        pieces.append(_diamond(place.x(now), y))
    if was is not None:
        pieces.append(disc(place.x(was), y, 6, WHITE if was != now else "none", BLUE if was != now else PLUM))
    return pieces
