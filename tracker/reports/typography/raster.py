"""Drawings made ready to be printed, and as pictures of pixels for formats that cannot show SVG."""

import json
import re
import struct
from base64 import b64encode
from html import unescape
from typing import NamedTuple
from unicodedata import combining

from tracker.content import content
from tracker.reports.model import NotRendered
from tracker.reports.typography import fonts
from tracker.reports.typography.glyphs import lacking_in, squared
from tracker.reports.typography.typesetting import Unprintable, set_png, typesetter

MOST_PIXELS = 8_000  # of a side: more is a mistake, and would take gigabytes
USUAL = (640.0, 320.0)
INK = "#0b0c0c"
_PAGE = b"""
#let d = json(bytes(sys.inputs.drawing))
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: json(bytes(sys.inputs.fonts)))
#sketch(d, int(sys.inputs.width) * 1pt, "")"""
_SIZE = re.compile(r'<svg\b[^>]*?\bviewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*"')
_TEXT = re.compile(r"<text\b([^>]*)>([^<]*)</text>")
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
_WEIGHTS = dict.fromkeys(("bold", "600", "700"), 600)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class Drawing(NamedTuple):
    """A drawing for the page template: SVG, its size in its own units, and the words that are laid over it.

    The typesetter sets a text in a drawing wholly in another font, a serif one, when its own lacks a sign of it, puts
    the vowel signs of Indic scripts in the wrong place, and cannot say which letters joined ones stand for. So words
    with signs that our text font lacks, or with marks on letters, are taken out and set as other text is.
    """

    svg: str
    width: float
    height: float
    words: tuple[dict[str, str | float], ...]


def png(svg: str, width_px: int) -> bytes:
    """Return an SVG drawing as PNG on white, ``width_px`` pixels wide, its text in our fonts; □ where they lack a sign.

    The same drawing gives the same bytes. Raises NotRendered when it is no drawing that can be read, or too large.
    """
    width, height = size(svg)
    if not 1 <= width_px <= MOST_PIXELS or height / width * width_px > MOST_PIXELS:
        raise NotRendered(f"A picture {width_px} pixels wide is too large or too small to be made.")
    source = content("reports", "pdf", "drawing.typ").read_bytes() + _PAGE
    try:
        with typesetter() as setter:
            ready = drawing(squared(svg, lacking_in((svg,), setter)))
            inputs = {
                "drawing": json.dumps(ready._asdict(), ensure_ascii=False),
                "width": str(width_px),
                "fonts": json.dumps(setter.families),
            }
            return set_png(setter, source, inputs)
    except Unprintable as refused:
        raise NotRendered(f"A drawing cannot be made a picture: {refused}.") from refused


def drawing(svg: str) -> Drawing:
    """Return a drawing as the page template takes it."""
    first = (*fonts.shipped(), fonts.NO_FACE)[0]
    words: list[dict[str, str | float]] = []

    def take_out(element: re.Match[str]) -> str:
        text = unescape(element[2])
        if text.isascii() or all(ord(sign) in first.advances and not combining(sign) for sign in text):
            return element[0]
        word = _word(element[1], text)
        if word is None:
            return element[0]
        words.append(word)
        return ""

    return Drawing(_TEXT.sub(take_out, svg), *size(svg), tuple(words))


def framed(picture: bytes) -> str:
    """Return a PNG picture as a drawing in SVG, as large as it has pixels."""
    width, height = struct.unpack_from(">II", picture, 16)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{b64encode(picture).decode()}"/></svg>'
    )


def size(svg: str) -> tuple[float, float]:
    """Return how wide and how high an SVG drawing is in its own units, from its view box."""
    view = _SIZE.search(svg)
    if view is None or not float(view[1]) or not float(view[2]):
        return USUAL
    return float(view[1]), float(view[2])


def _word(tag: str, text: str) -> dict[str, str | float] | None:
    """Return a text that is taken out of a drawing; None when it does not say plainly where it stands."""
    at = [_attribute(name, tag) for name in ("x", "y", "font-size")]
    if "transform" in tag or not all(map(_NUMBER.fullmatch, at)):
        return None
    fill = _attribute("fill", tag)
    return {
        "words": text,
        "x": float(at[0]),
        "y": float(at[1]),
        "size": float(at[2]),
        "weight": _WEIGHTS.get(_attribute("font-weight", tag), 400),
        "fill": fill if _COLOUR.fullmatch(fill) else INK,
        "behind": {"middle": 0.5, "end": 1.0}.get(_attribute("text-anchor", tag), 0.0),
    }


def _attribute(name: str, tag: str) -> str:
    value = re.search(rf'\s{name}="([^"]*)"', tag)
    return value[1] if value else ""
