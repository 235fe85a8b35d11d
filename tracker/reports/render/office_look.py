"""Colours, measures and logos that the formats of office programs share, so that a paper looks alike in each."""

from unicodedata import bidirectional

from tracker.reports.charts.palette import RATINGS
from tracker.reports.model import Brand, Header

RULE = "#b1b4b6"
SHADE = "#eef2f6"
PAGES = {"a4": (21.0, 29.7), "letter": (21.59, 27.94)}  # centimetres
MARGIN = 1.8  # centimetres at the sides
BODY = 12.0  # points
PAGE = "Page "  # a style of this name and another is the other's, smaller, for what shares a page


def page_size(brand: Brand) -> tuple[float, float]:
    """Return width and height of the brand's pages in centimetres."""
    return PAGES.get(brand.page, PAGES["a4"])


def level_name(level: str) -> str:
    """Return what styles call a level: grey for what is not rated, and for what is no rating."""
    return level if level in RATINGS and level != "not_rated" else "grey"


# Rule and fill of each level; the ink on the fill has a contrast of 14 or more.
LEVELS = {level_name(code): colours for code, colours in RATINGS.items()}


def right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction runs from right to left."""
    if text.isascii():
        return False
    return next((way for sign in text if (way := bidirectional(sign)) in ("L", "R", "AL")), "L") != "L"


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


def logo_alt(brand: Brand, header: Header) -> str:
    """Return what the logo shows, in words."""
    return brand.logo_alt or f"Logo of {brand.organisation or header.programme}"


def size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG picture in pixels; at least 1 each."""
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    return max(wide, 1), max(high, 1)
