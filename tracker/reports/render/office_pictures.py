"""Pictures for formats that take PNG only: an organisation's logo."""

from tracker.reports.model import Brand


def logo(brand: Brand, width: int) -> tuple[bytes, float]:
    """Return the logo as PNG, and the scale at which it is ``width`` pixels wide and no higher than a third of that.

    Raises NotRendered when the drawing cannot be read.
    """
    data = brand.logo
    if not data.startswith(b"\x89PNG"):
        from tracker.reports.typography import raster

        data = raster.png(data.decode(errors="replace"), width * 2)
    wide, high = size(data)
    return data, min(width / wide, width / 3 / high)


def size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG picture in pixels; at least 1 each."""
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    return max(wide, 1), max(high, 1)
