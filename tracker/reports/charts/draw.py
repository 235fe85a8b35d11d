"""The pieces that drawings are made of, as SVG text; every text in them is escaped here."""

import re
from html import escape
from typing import NamedTuple

from tracker.reports.charts.palette import INK, RATINGS, SOFT, WHITE
from tracker.reports.charts.words import SIZE
from tracker.reports.model import Chart

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
    width, height = at(drawing.width), at(drawing.height)
    title, alt = chart.title.strip() or "Untitled", chart.alt.strip() or "No description given."
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


def path(points: list[Place], colour: str, *, thick: float = 2, dash: str = "") -> str:
    """Return a line through points."""
    return f'<polyline points="{_points(points)}" fill="none"{_outline(colour, thick)}{_dashed(dash)}/>'


def shape(points: list[Place], fill: str, stroke: str = "", thick: float = 1.5) -> str:
    """Return a filled shape."""
    return f'<polygon points="{_points(points)}" fill="{fill}"{_outline(stroke, thick)}/>'


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


def rating_mark(x: float, y: float, level: str, radius: float = 6) -> str:
    """Return the mark of a rating as a shape: what ●, ◒, ▲, ◆, ■ and ○ are in words; it reaches ``radius`` units."""
    colour, r = RATINGS[level][0], radius
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


def arrow_head(tip: Place, way: Place, colour: str, size: float = 8) -> str:
    """Return the head of an arrow whose tip is given; ``way`` is the direction it flies in."""
    length = (way[0] ** 2 + way[1] ** 2) ** 0.5 or 1.0
    dx, dy = way[0] / length, way[1] / length
    x, y = tip[0] - dx * size, tip[1] - dy * size
    wing = size * 0.5
    return shape([tip, (x - dy * wing, y + dx * wing), (x + dy * wing, y - dx * wing)], colour)
