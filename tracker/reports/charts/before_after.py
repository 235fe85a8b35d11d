"""Pairs: what was before as a ring, what came after as a diamond, and an arrow from the one to the other."""

from tracker.reports.charts.draw import (
    SMALL,
    Drawing,
    arrow_head,
    diamond,
    disc,
    figure,
    known,
    line,
    measured,
    number,
    text,
)
from tracker.reports.charts.palette import BLUE, GRID, PLUM, SOFT, WHITE
from tracker.reports.charts.rows import EDGE, Frame, Row, finished, frame, from_zero, headed, short_unit
from tracker.reports.model import Chart, Series

STRIP = 26.0
REACH = 9.0  # of a mark from its middle
FAR = 20.0  # how many times the largest row may be as long as the smallest before rows have scales of their own
EMPTY = Series("", ())
Pair = tuple[float | None, float | None]


def drawing(chart: Chart, width: int, ids: str) -> Drawing | None:
    """Return a line for each label from the first series to the second; None when no figure is known."""
    before, after = (*chart.series, EMPTY, EMPTY)[:2]
    pairs = [(figure(before.values, n), figure(after.values, n)) for n in range(len(chart.labels))]
    figures = [value for pair in pairs for value in known(pair)]
    if not figures:
        return None
    unit = short_unit(chart)
    rows = [Row(label, (_text(pair, unit),)) for label, pair in zip(chart.labels, pairs, strict=True)]
    entries = [(disc(12, 8, 6, WHITE, BLUE), before.name or "Before"), (diamond(12, 8, 8, BLUE), after.name or "After")]
    pieces, top = headed(chart, entries, width)
    if chart.target is None and _far([known(pair) for pair in pairs]):
        place = frame(rows, (0.0, 1.0), width, top=top, strip=STRIP)
        return _own_scales(chart, place, pairs, pieces)
    place = frame(rows, from_zero(chart, figures), width, top=top, strip=STRIP)
    return finished(place, chart, pieces, _pairs(place, pairs))


def _own_scales(chart: Chart, place: Frame, pairs: list[Pair], pieces: list[str]) -> Drawing:
    """Return pairs each of which has a scale of its own, from zero to its larger value."""
    scaled: list[Pair] = []
    for pair in pairs:
        largest = max(known(pair), default=1.0) or 1.0
        earlier, now = (None if value is None else value / largest for value in pair)
        scaled.append((earlier, now))
    unit = f"Every line has its own scale, from zero ({chart.unit or 'no unit'})"
    parts = [*pieces, *place.ground(unit, scale=False), *_pairs(place, scaled), *place.words()]
    parts.append(text(EDGE, place.bottom + 20, unit, size=SMALL, fill=SOFT))
    return Drawing(place.width, place.bottom + 30, parts)


def _text(pair: Pair, unit: str) -> str:
    if pair == (None, None):
        return number(None)
    return f"{number(pair[0])} to {measured(pair[1], unit)}"


def _far(rows: list[list[float]]) -> bool:
    """Return whether the rows are so unlike that a common scale would hide the smaller ones."""
    sizes = [max(map(abs, row)) for row in rows if row and any(row)]
    if not sizes or min(value for row in rows for value in row) < 0:
        return False
    return max(sizes) > FAR * min(sizes)


def _pairs(place: Frame, pairs: list[Pair]) -> list[str]:
    pieces: list[str] = []
    for (earlier, now), (y, *_) in zip(pairs, place.strips, strict=True):
        pieces.append(line((place.x0, y), (place.x1, y), GRID))
        if earlier is not None and now is not None:
            pieces += _arrow(place.x(earlier), place.x(now), y)
        if now is not None:
            pieces.append(diamond(place.x(now), y, 8, BLUE))
        if earlier is not None:
            fill, stroke = (WHITE, BLUE) if earlier != now else ("none", PLUM)
            pieces.append(disc(place.x(earlier), y, 6, fill, stroke))
    return pieces


def _arrow(start: float, end: float, y: float) -> list[str]:
    """Return an arrow between two marks; none where they are too near."""
    if abs(end - start) <= 2 * REACH + 10:
        return []
    way = 1.0 if end > start else -1.0
    tip = end - way * REACH
    return [
        line((start + way * 6, y), (tip - way * 6, y), PLUM, thick=2.5),
        arrow_head((tip, y), (way, 0.0), PLUM),
    ]
