"""Whether a picture that an organisation brings along is whole, not too large, and nothing but a picture."""

import re
from typing import TYPE_CHECKING

from tracker.reports.branding.trees import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
MOST_PIXELS = 50_000_000
MOST_ELEMENTS = 20_000
# What an SVG picture of an organisation does not need, and what could run, fetch something or show a page.
_RUNNING = {"script", "foreignObject", "handler", "listener", "iframe", "audio", "video", "embed", "object"}
_ANIMATED = {"animate", "set", "animateTransform", "animateMotion", "animateColor"}
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
_CSS_OUTSIDE = re.compile(r"@import|javascript:|expression\s*\(|url\(\s*[\"']?\s*(?!#|data:image/)", re.IGNORECASE)
_INSIDE = re.compile(r"#|data:image/(png|jpeg|gif|webp);", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """Return ``png``, ``jpeg`` or ``svg`` by how a picture begins; empty for anything else."""
    if data.startswith(PNG):
        return "png"
    if data.startswith(JPEG):
        return "jpeg"
    return "svg" if b"<svg" in data[:2000] or b":svg" in data[:2000] else ""


def problem(data: bytes) -> str:
    """Return why a picture cannot be used, as a sentence; empty when it can, or is of a kind that is not known."""
    match kind_of(data):
        case "png":
            return _png(data)
        case "jpeg":
            return _jpeg(data)
        case "svg":
            return _svg(data)
    return ""


def _png(data: bytes) -> str:
    """Walk through the chunks of a PNG picture, https://www.w3.org/TR/png/#5Chunk-layout, unpacking none."""
    at = len(PNG)
    size = (0, 0)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind == b"IHDR":
            size = (int.from_bytes(data[at + 8 : at + 12], "big"), int.from_bytes(data[at + 12 : at + 16], "big"))
        at += 12 + length
        if kind == b"IEND" and at <= len(data):
            return _too_large(*size)
    return "The picture is cut off. Save it again."


def _jpeg(data: bytes) -> str:
    """Walk through the segments of a JPEG picture up to its size (ITU T.81, B.1)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            if b"\xff\xd9" not in data[at:]:
                break
            high, wide = (int.from_bytes(data[at + n : at + n + 2], "big") for n in (5, 7))
            return _too_large(wide, high)
        at += 1 if mark == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return "The picture is cut off. Save it again."


def _too_large(wide: int, high: int) -> str:
    if not wide or not high:
        return "The picture has no size. Save it again."
    if wide * high > MOST_PIXELS:
        return f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller."
    return ""


def _svg(data: bytes) -> str:
    try:
        root = tree(data)
    except ValueError:
        return "The drawing is cut off, declares a document type, or is no XML. Save it as plain SVG."
    for number, element in enumerate(root.iter()):
        if number > MOST_ELEMENTS:
            return f"The drawing has more than {MOST_ELEMENTS:,} elements. Make it simpler."
        reason = _element(element)
        if reason:
            return f"It holds {reason}. Save it as plain SVG."
    return ""


def _element(element: "Element") -> str:
    """Return what an element of a drawing does that a picture need not; empty when nothing."""
    if not isinstance(element.tag, str):  # a comment, or an instruction to a program
        return "" if "Comment" in str(element.tag) else "an instruction to another program"
    tag = element.tag.rpartition("}")[2]
    if tag in _RUNNING:
        return "a script or a page"
    if tag == "style" and _reaches_out(element.text or ""):
        return "a reference to the outside"
    for key, value in element.items():
        name = key.rpartition("}")[2].lower()
        if name.startswith("on") or "javascript:" in value.lower():
            return "a script"
        if tag in _ANIMATED and name == "attributename" and value.rpartition(":")[2].strip().lower() == "href":
            return "an animated reference"
        if (name in ("href", "src") and not _INSIDE.match(value.strip())) or _reaches_out(value):
            return "a reference to the outside"
    return ""


def _reaches_out(css: str) -> bool:
    """Whether a style sheet fetches something, its escapes read as a browser reads them."""
    return bool(_CSS_OUTSIDE.search(_CSS_ESCAPE.sub(_character, css)))


def _character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2]
    number = int(escape[1], 16)
    return chr(number) if 0 < number < 0x110000 else "\ufffd"
