"""The master of a deck: the template of python-pptx made 16:9, in the colours and the font of the house."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.reports.charts.palette import INK
from tracker.reports.render.pptx.words import solid

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement as Element
    from pptx.presentation import Presentation
    from pptx.shapes.autoshape import Shape
    from pptx.slide import SlideLayout
    from pptx.util import Length

Box = tuple[float, float, float, float]  # left, top, width and height in centimetres
WIDTH, HEIGHT = 33.867, 19.05  # centimetres
LEFT, ROOM = 1.2, 31.467
TOP, BOTTOM = 2.5, 17.7
FONT = "Arial"
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FOOT: Box = (LEFT, 18.05, 27.5, 0.7)
_BODY: Box = (LEFT, TOP, ROOM, BOTTOM - TOP)
# Where each kind of placeholder stands: title, footer, number of the slide.
_PLACES = {1: (LEFT, 0.55, ROOM, 1.6), 15: FOOT, 13: (WIDTH - 1.2 - 3, 18.05, 3.0, 0.7)}
_DATE = 16  # a kind of placeholder that our slides have not


def emu(cm: float) -> int:
    """Return centimetres as the unit of Office files."""
    return round(cm * 360_000)


def lengths(*centimetres: float) -> Iterator["Length"]:
    """Yield centimetres as lengths of python-pptx."""
    from pptx.util import Emu

    return map(Emu, map(emu, centimetres))


def place_xml(box: Box) -> str:
    """Return a place as DrawingML."""
    x, y, wide, high = map(emu, box)
    return f'<a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'


def parsed(xml: str) -> "Element":
    """Return XML as an element of a part; what it can do depends on its tag."""
    from pptx.oxml import parse_xml

    element: Element = parse_xml(xml)
    return element


def shape_master(deck: "Presentation", accent: str) -> "SlideLayout":
    """Shape the master of a new deck; return its layout for slides, the only one that is left."""
    deck.slide_width, deck.slide_height = lengths(WIDTH, HEIGHT)
    master = deck.slide_master
    layout = next(layout for layout in deck.slide_layouts if layout.name == "Title Only")
    for holder in (*master.placeholders, *layout.placeholders):
        _place(holder)
    layout.shapes._spTree.insert(2, parsed(_bar_xml(accent)))
    for number, rel in list(deck.part.rels.items()):
        if rel.reltype.endswith("/printerSettings"):  # of whoever made the template
            deck.part.rels.pop(number)
    for rel in master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            rel.target_part._blob = _themed(rel.target_part.blob, accent)
    for unused in list(deck.slide_layouts):
        if unused is not layout:
            deck.slide_layouts.remove(unused)
    return layout


def _place(holder: "Shape") -> None:
    kind = int(holder.placeholder_format.type)
    if kind == _DATE:
        holder._element.getparent().remove(holder._element)
        return
    holder.left, holder.top, holder.width, holder.height = lengths(*_PLACES.get(kind, _BODY))
    look = holder.text_frame._txBody.bodyPr
    for name, value in {"anchor": "ctr", "lIns": "0", "rIns": "0"}.items():
        look.set(name, value)


def _bar_xml(accent: str) -> str:
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="91001" name="Rule"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm>{place_xml((0, 0, WIDTH, 0.3))}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{solid(accent)}<a:ln><a:noFill/></a:ln></p:spPr>"
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def _themed(blob: bytes, accent: str) -> bytes:
    """Return a theme in our font, with the accent of the house and our ink."""
    changes = {
        r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*': FONT,
        r'(<a:accent1>\s*<a:srgbClr val=")[0-9A-Fa-f]{6}': accent[1:].upper(),
        r"(<a:dk1>).*?(?=</a:dk1>)": f'<a:srgbClr val="{INK[1:].upper()}"/>',
    }
    for pattern, text in changes.items():
        blob = re.sub(pattern.encode(), rb"\g<1>" + text.encode(), blob, flags=re.DOTALL)
    return blob
