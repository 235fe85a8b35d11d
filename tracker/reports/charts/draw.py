"""The pieces that drawings are made of, as SVG text; every text in them is escaped here."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from math import ceil, floor, isfinite, log10
from typing import NamedTuple

from tracker.reports.charts.palette import INK, RATINGS, SOFT, WHITE
from tracker.reports.model import Chart
from tracker.reports.typography.measuring import DRAWING
from tracker.rules.impact.words import with_unit
from tracker.rules.wording import MINUS

SIZE = 14.0
SMALL = 12.0
LEADING = 1.22
NO_DATA = "no data"


def wide(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Return how wide a text is at most, in units."""
    return DRAWING.width(text, size, bold)


def cut(text: str, room: float, size: float = SIZE, bold: bool = False) -> str:
    """Return a text on one line that fits the room; an ellipsis stands for what was cut."""
    line = " ".join(text[:400].split())
    if wide(line, size, bold) <= room and len(text) <= 400:
        return line
    while line and wide(line + "…", size, bold) > room:
        line = line[:-1]
    return line.rstrip() + "…"


def wrapped(text: str, room: float, size: float = SIZE, *, limit: int = 2, bold: bool = False) -> list[str]:
    """Return a text as at most ``limit`` lines that fit the room; what is left over is cut."""
    lines = DRAWING.lines(" ".join(text[:600].split()), room, size, bold)
    if len(lines) > limit:
        lines[limit - 1 :] = [" ".join(lines[limit - 1 :])]
    return [cut(line, room, size, bold) for line in lines]


def number(value: float | None) -> str:
    """Return a figure with two decimals at most and commas between thousands; what is not known in words."""
    if value is None or not isfinite(value):
        return NO_DATA
    if abs(value) >= 1e12 or 0 < abs(value) < 0.005:
        return f"{value:.3g}"
    if 0 < abs(value) < 0.1:
        return f"{value:.2g}".replace("-", MINUS)  # two decimals would make very different figures the same
    text = f"{value:,.2f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", MINUS)


_SINGULAR = {"days": "day", "minutes": "minute", "hours": "hour", "weeks": "week", "people": "person"}


def measured(value: float | None, unit: str) -> str:
    """Return a figure with its unit; ``1 days`` is never said."""
    if value is None or not isfinite(value):
        return NO_DATA
    if abs(value) == 1:
        unit = _SINGULAR.get(unit, unit)
    return with_unit(number(value), unit)


def known(values: Iterable[float | None]) -> list[float]:
    """Return the figures that are known."""
    return [value for value in values if value is not None and isfinite(value)]


def figure(values: Sequence[float | None], n: int) -> float | None:
    """Return a figure by its number; None when there is none, or it is not known."""
    return next(iter(known(values[n : n + 1])), None)


def ticks(low: float, high: float, limit: int) -> list[float]:
    """Return round numbers from just below ``low`` to just above ``high``, about ``limit`` of them at most."""
    if high <= low:
        low, high = low - abs(low) * 0.1 - 0.5, high + abs(high) * 0.1 + 0.5
    raw = (high - low) / max(limit - 1, 1)
    scale = 10.0 ** floor(log10(raw))
    step = next(scale * times for times in (1, 2, 2.5, 5, 10) if scale * times >= raw * 0.999)
    first = floor(low / step + 1e-9)
    last = ceil(high / step - 1e-9)
    return [round(at * step, 10) + 0.0 for at in range(first, last + 1)]


APART = 6  # between two dates below a drawing


def dates_below(
    labels: tuple[str, ...], x: Callable[[int], float], column: float, right: float, top: float
) -> tuple[list[str], float]:
    """Return small lines of text below columns, and how high they all are.

    ``x`` gives the middle of a column, ``right`` is where the drawing ends. When columns are narrow, not every one is
    named, but always the last. None touches the one on its right, which may stand left of its column.
    """
    step = 1
    while step < len(labels) and any(len(_date_lines(label, column * step)) > 2 for label in labels):
        step += 1
    pieces: list[str] = []
    limit = 1
    free = right
    for n in range(len(labels) - 1, -1, -step):
        lines = _date_lines(labels[n], column * step)
        half = max(wide(line, SMALL) for line in lines) / 2
        middle = min(x(n), right - half)
        if pieces and middle + half > free:
            continue
        free = middle - half - APART
        limit = max(limit, len(lines))
        pieces += [
            text(middle, top + 13 + k * SMALL * LEADING, line, size=SMALL, anchor="middle", fill=SOFT)
            for k, line in enumerate(lines)
        ]
    return pieces, 5 + limit * SMALL * LEADING


def _date_lines(label: str, column: float) -> list[str]:
    return wrapped(label, column - 6, SMALL, limit=3)


# One run of text is one element: the typesetter panics on spans with fonts of their own in Arabic.
FONTS = "'IBM Plex Sans','Noto Sans','Noto Sans Arabic','Noto Sans Devanagari','DejaVu Sans',Arial,sans-serif"
Place = tuple[float, float]
DASHES = ("", "7 4", "2 3", "9 3 2 3")


class Drawing(NamedTuple):
    """A finished drawing: its size, and its pieces in the order in which they lie on each other."""

    width: float
    height: float
    pieces: list[str]


def framed(chart: Chart, drawing: Drawing, ids: str) -> str:
    """Return a drawing with its title and description on white ground."""
    name = name_of(chart, ids)
    width = at(drawing.width)
    height = at(drawing.height)
    title = chart.title.strip() or "Untitled"
    alt = chart.alt.strip() or "No description given."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{name}-t {name}-d" font-family="{FONTS}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(alt)}</desc>'
        f'<rect width="{width}" height="{height}" fill="{WHITE}"/>{"".join(drawing.pieces)}</svg>'
    )


def name_of(chart: Chart, ids: str) -> str:
    """Return the beginning of a drawing's ids."""
    return "chart-" + re.sub(r"[^A-Za-z0-9_-]", "-", f"{ids}{chart.id}")


def nothing(width: float) -> Drawing:
    """Return the drawing of a chart without a single figure: it says so."""
    return Drawing(width, 56, [text(16, 34, "There are no data for this chart.", fill=SOFT)])


def at(value: float) -> str:
    """Return a place or length with one decimal at most, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def text(
    x: float, y: float, words: str, *, size: float = SIZE, anchor: str = "start", fill: str = INK, bold: bool = False
) -> str:
    """Return one line of text; ``y`` is its base line."""
    extra = ""
    if anchor != "start":
        extra = f' text-anchor="{anchor}"'
    if bold:
        extra += ' font-weight="600"'
    return f'<text x="{at(x)}" y="{at(y)}" font-size="{at(size)}" fill="{fill}"{extra}>{escape(words)}</text>'


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _outline(stroke: str, thick: float) -> str:
    return f' stroke="{stroke}" stroke-width="{at(thick)}"' if stroke else ""


def _points(points: list[Place]) -> str:
    return " ".join(f"{at(x)},{at(y)}" for x, y in points)


def line(start: Place, end: Place, colour: str, *, thick: float = 1, dash: str = "") -> str:
    """Return a straight line."""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{at(x1)}" y1="{at(y1)}" x2="{at(x2)}" y2="{at(y2)}" stroke="{colour}" '
        f'stroke-width="{at(thick)}"{_dashed(dash)}/>'
    )


def path(points: list[Place], colour: str, *, thick: float, dash: str) -> str:
    """Return a line through points."""
    return f'<polyline points="{_points(points)}" fill="none"{_outline(colour, thick)}{_dashed(dash)}/>'


def shape(points: list[Place], fill: str, stroke: str = "") -> str:
    """Return a filled shape."""
    return f'<polygon points="{_points(points)}" fill="{fill}"{_outline(stroke, 1.5)}/>'


def diamond(x: float, y: float, radius: float, fill: str) -> str:
    """Return a square on its tip."""
    return shape([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], fill)


def box(x: float, y: float, size: tuple[float, float], fill: str, *, stroke: str = "", dash: str = "") -> str:
    """Return a rectangle."""
    return (
        f'<rect x="{at(x)}" y="{at(y)}" width="{at(max(size[0], 0))}" height="{at(size[1])}" '
        f'fill="{fill}"{_outline(stroke, 1.5)}{_dashed(dash)}/>'
    )


def disc(x: float, y: float, radius: float, fill: str, stroke: str = "") -> str:
    """Return a circle."""
    return f'<circle cx="{at(x)}" cy="{at(y)}" r="{at(radius)}" fill="{fill}"{_outline(stroke, 2)}/>'


def rating_mark(x: float, y: float, level: str, radius: float) -> str:
    """Return the mark of a rating as a shape: what ●, ◒, ▲, ◆, ■ and ○ are in words; it reaches ``radius`` units."""
    colour = RATINGS[level][0]
    r = radius
    match level:
        case "green":
            return disc(x, y, r, colour)
        case "amber_green":
            half = f'<path d="M{at(x - r)} {at(y)}A{at(r)} {at(r)} 0 0 0 {at(x + r)} {at(y)}Z" fill="{colour}"/>'
            return disc(x, y, r, WHITE, colour) + half
        case "amber":
            return shape([(x, y - r - 1), (x + r + 1, y + r), (x - r - 1, y + r)], colour)
        case "amber_red":
            return diamond(x, y, r + 1, colour)
        case "red":
            return box(x - r, y - r, (2 * r, 2 * r), colour)
    return disc(x, y, r, WHITE, colour)


HEAD = 10.0  # of an arrow


def arrow_head(tip: Place, way: Place, colour: str) -> str:
    """Return the head of an arrow whose tip is given; ``way`` is the direction it flies in."""
    length = (way[0] ** 2 + way[1] ** 2) ** 0.5 or 1.0
    dx = way[0] / length
    dy = way[1] / length
    x = tip[0] - dx * HEAD
    y = tip[1] - dy * HEAD
    wing = HEAD / 2
    return shape([tip, (x - dy * wing, y + dx * wing), (x + dy * wing, y - dx * wing)], colour)
