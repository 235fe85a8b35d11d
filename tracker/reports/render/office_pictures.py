"""Pictures for formats that take PNG only: the logo of the house, and charts without a native form."""

from tracker.reports.model import Chart
from tracker.reports.rendering import Brand

_PARTS = (1.0, 0.85, 0.7, 0.6)  # of the room, in which a drawing is tried: the narrower, the larger its words
_LARGEST = 1.2  # times their own size: larger words say no more


def logo(brand: Brand, width: int) -> tuple[bytes, float]:
    """Return the logo as PNG, and the scale at which it is ``width`` pixels wide and no higher than a third of that.

    Raises NotRendered when the drawing cannot be read.
    """
    data = brand.logo
    if not data.startswith(b"\x89PNG"):
        from tracker.reports import raster

        data = raster.png(data.decode(errors="replace"), width * 2)
    wide, high = size(data)
    return data, min(width / wide, width / 3 / high)


def size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG picture in pixels; at least 1 each."""
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    return max(wide, 1), max(high, 1)


def chart_picture(chart: Chart, width: float, height: float, pixels: int) -> tuple[bytes, float, float] | None:
    """Return a chart as PNG, drawn so that its words are as large as can be in ``width`` by ``height`` points.

    With it go the width and height in points at which it should be shown.

    None when it cannot be drawn, so that its table has to stand for it.
    """
    from tracker.reports import raster
    from tracker.reports.charts import svg
    from tracker.reports.rendering import NotRendered

    tries = []
    for part in _PARTS:
        units = round(width * part)
        drawn = svg(chart, width=units)
        wide, high = raster.size(drawn)
        tries.append((min(width / wide, height / high, _LARGEST), units, drawn))
    scale, _, drawn = max(tries)
    wide, high = raster.size(drawn)
    try:
        return raster.png(drawn, pixels), wide * scale, high * scale
    except NotRendered:
        return None
