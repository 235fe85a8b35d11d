"""The logo and the charts of a paper as PNG pictures, the one kind that every word processor shows."""

from tracker.reports.model import Brand, Chart, Header
from tracker.reports.paged import NARROW, Narrow
from tracker.reports.render.flow.parts import Picture
from tracker.reports.render.office_pictures import size
from tracker.text import plain

_LOGO_PIXELS = 700
_UNITS, _NARROW_UNITS = 560, 280  # that a drawing is asked to be wide, across the page and beside another
_BETWEEN = 0.4  # centimetres


def logo_picture(brand: Brand, header: Header, limit: tuple[float, float]) -> Picture | None:
    """Return the organisation's logo, ``limit`` is its width and height in centimetres; None when there is none."""
    if not brand.logo:
        return None
    png = brand.logo
    if not png.startswith(b"\x89PNG"):
        png = _png(png.decode(), _LOGO_PIXELS)
    alt = plain(brand.logo_alt or f"Logo of {brand.organisation or header.programme}")
    return _picture(png, alt, alt, limit)


def chart_picture(chart: Chart, pixels: int, limit: tuple[float, float]) -> Picture:
    """Return a chart by itself, so many ``pixels`` wide, as large as the ``limit`` in centimetres."""
    from tracker.reports.charts import svg

    return _picture(_png(svg(chart), pixels), chart.title, chart.alt, limit)


def chart_row(charts: Narrow, pixels: int, room: float, tallest: float) -> tuple[Picture, ...]:
    """Return charts that share a line ``room`` centimetres and ``pixels`` wide; narrow ones take half of it each."""
    from tracker.reports.charts import svg

    units = _UNITS
    if charts[0].form in NARROW:
        units, pixels, room = _NARROW_UNITS, pixels // 2, (room - _BETWEEN) / 2
    return tuple(
        _picture(_png(svg(chart, width=units), pixels), chart.title, chart.alt, (room, tallest)) for chart in charts
    )


def _png(drawing: str, pixels: int) -> bytes:
    from tracker.reports.typography.raster import png

    return png(drawing, pixels)


def _picture(png: bytes, title: str, alt: str, limit: tuple[float, float]) -> Picture:
    """Return a picture as large as its room (width and height in centimetres) lets it be."""
    across, down = size(png)
    width = min(limit[0], limit[1] * across / down)
    described = alt.strip() or title.strip() or "No description given"
    return Picture(png, title, described, width, width * down / across)
