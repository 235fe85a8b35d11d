"""A presentation in the making: 16:9, real titles and footers, notes, and bytes that hold no clock."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from tracker.reports.charts.palette import INK, SOFT
from tracker.reports.files.canonical import digest
from tracker.reports.model import Report
from tracker.reports.render.heading import footer
from tracker.reports.render.pptx.words import Para, Run, paragraph_xml
from tracker.reports.render.sheets import cut
from tracker.reports.render.zips import fixed
from tracker.reports.rendering import Brand
from tracker.reports.typography.measuring import ARIAL

WIDTH, HEIGHT = 33.867, 19.05  # centimetres
LEFT, ROOM = 1.2, 31.467
TOP, BOTTOM = 2.5, 17.7
FONT = "Arial"
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TITLE = (LEFT, 0.55, ROOM, 1.6)
_FOOT = (LEFT, 18.05, 27.5, 0.7)
_NUMBER = (WIDTH - 1.2 - 3, 18.05, 3.0, 0.7)
_TITLE_SIZES = (26, 22, 18)
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_AXIS = re.compile(rb'(<c:(?:axId|crossAx) val=")-')
_THUMBNAIL = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
_MOST_NOTES = 20_000
_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def emu(cm: float) -> int:
    """Return centimetres as the unit of Office files."""
    return round(cm * 360_000)


def place_xml(box: tuple[float, float, float, float]) -> str:
    """Return left, top, width and height in centimetres as DrawingML."""
    x, y, wide, high = map(emu, box)
    return f'<a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'


class Deck:
    """The slides of a paper; every slide has a title that no other has, and the footer of the paper."""

    def __init__(self, report: Report, brand: Brand) -> None:
        from pptx import Presentation

        self.report, self.brand = report, brand
        self.language = report.header.language
        self.deck: Any = Presentation()
        _count_parts(self.deck.part.package)
        self.foot = footer(report)
        self.titles: set[str] = set()
        self.notes: tuple[str, ...] = ()
        _shape_master(self.deck, brand.accent, self.language)
        self.layout = next(one for one in self.deck.slide_layouts if one.name == "Title Only")
        for other in list(self.deck.slide_layouts):
            if other is not self.layout:
                self.deck.slide_layouts.remove(other)
        self._describe()

    def _describe(self) -> None:
        header, about = self.report.header, self.deck.core_properties
        day = header.as_of
        about.title = cut(f"{header.programme}: {header.title}", 255)
        about.subject = cut(header.board, 255)
        about.author = cut(self.brand.organisation or header.programme, 255)
        about.last_modified_by = about.author
        about.comments = cut(f"{self.foot}. SHA-256 {digest(self.report)}. {header.generator}", 255)
        about.category = cut(header.classification, 255)
        about.language = self.language
        about.created = about.modified = datetime(day.year, day.month, day.day)
        about.revision = 1

    def slide(self, title: str, notes: str = "") -> "Page":
        """Add a slide; a title that was used gets a number."""
        made = self.deck.slides.add_slide(self.layout)
        shown, size = self._title(title)
        body = made.shapes.title.text_frame._txBody
        _put(body, [Para((Run(shown, True, self.brand.accent),), size, "", 0)], self.language)
        number = len(self.deck.slides)
        for xml in (_footer_xml(self.foot, self.language), _number_xml(number, self.language)):
            made.shapes._spTree.append(_parse(xml))
        if notes:
            text = made.notes_slide.notes_text_frame
            text.text = notes[:_MOST_NOTES] + ("…" if len(notes) > _MOST_NOTES else "")
            for run in text._txBody.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
                run.get_or_add_rPr().set("lang", self.language)
        return Page(self, made)

    def _title(self, title: str) -> tuple[str, float]:
        """Return a title that no other slide has, and the size in which it fits."""
        plain = " ".join(title.split()) or "Untitled"
        name, again = plain, 1
        while True:
            end = f" ({again})" if again > 1 else ""
            size = next(
                (s for s in _TITLE_SIZES if len(ARIAL.lines(plain + end, ROOM - 0.5, s, True)) == 1), _TITLE_SIZES[-1]
            )
            name = ARIAL.shortened(plain, ROOM - (2.5 if end else 0.5), size, 2, True) + end
            if name not in self.titles:
                self.titles.add(name)
                return name, size
            again += 1

    def save(self) -> bytes:
        """Return the file; the same paper gives the same bytes."""
        made = BytesIO()
        self.deck.save(made)
        moment = self.report.header.as_of.isoformat().encode() + b"T00:00:00Z"

        def rewrite(name: str, part: bytes) -> bytes | None:
            if name.endswith(".xlsx"):
                return fixed(part, rewrite)
            if name == "docProps/core.xml":
                return _TIME.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            if name == "docProps/thumbnail.jpeg":  # of the template, not of this paper
                return None
            if name == "_rels/.rels":
                return _THUMBNAIL.sub(b"", part)
            return _AXIS.sub(rb"\1", part) if "/charts/chart" in name else part

        return fixed(made.getvalue(), rewrite)


def _count_parts(package: Any) -> None:
    """Let a package count the parts that it is given: by itself it looks through all of them for each new name."""
    from pptx.opc.packuri import PackURI

    looked_up = package.next_partname
    last: dict[str, int] = {}

    def counted(pattern: str) -> Any:
        if pattern not in last:
            found = looked_up(pattern)
            last[pattern] = found.idx or 1
            return found
        last[pattern] += 1
        return PackURI(pattern % last[pattern])

    package.next_partname = counted


class Page:
    """A slide on which things are put in the order in which they are read; all places are in centimetres."""

    def __init__(self, deck: Deck, slide: Any) -> None:
        self.deck, self.slide = deck, slide
        self.count = 0

    def name(self, what: str) -> str:
        """Return a name for a shape that no other on the slide has."""
        self.count += 1
        return f"{what} {self.count}"

    def _next_id(self) -> int:
        return int(self.slide.shapes._next_shape_id)

    def add(self, xml: str) -> None:
        """Put a shape before the footer, so that the footer is read last."""
        tree = self.slide.shapes._spTree
        tree.insert(len(tree) - 2, _parse(xml))

    def words(
        self, paras: list[Para], box: tuple[float, float, float, float], *, fill: str = "", bar: str = ""
    ) -> None:
        """Put a text box; ``fill`` is the colour behind it, ``bar`` the colour of its frame."""
        ground = f'<a:solidFill><a:srgbClr val="{fill[1:].upper()}"/></a:solidFill>' if fill else "<a:noFill/>"
        frame = f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{bar[1:].upper()}"/></a:solidFill></a:ln>' if bar else ""
        inset = emu(0.25) if fill or bar else 0
        text = "".join(paragraph_xml(one, self.deck.language) for one in paras)
        self.add(
            f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{self._next_id()}" name={quoteattr(self.name("Text"))}/>'
            '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr><a:xfrm>{place_xml(box)}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{ground}{frame}'
            f'</p:spPr><p:txBody><a:bodyPr wrap="square" lIns="{inset}" tIns="{inset // 2}" rIns="{inset}" '
            f'bIns="{inset // 2}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{text}</p:txBody></p:sp>'
        )

    def graphic(self, inside: str, box: tuple[float, float, float, float], title: str, alt: str) -> None:
        """Put a table, which is given as DrawingML."""
        self.add(
            f'<p:graphicFrame {_SPACES}><p:nvGraphicFramePr><p:cNvPr id="{self._next_id()}" '
            f"name={quoteattr(self.name('Table'))} title={quoteattr(flat(title))} descr={quoteattr(flat(alt))}/>"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f"<p:xfrm>{place_xml(box)}</p:xfrm><a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
            f"{inside}</a:graphicData></a:graphic></p:graphicFrame>"
        )

    def described(self, shape: Any, title: str, alt: str) -> None:
        """Give a picture or chart its texts, and put it before the footer."""
        about = shape._element.xpath(".//p:cNvPr")[0]
        about.set("title", flat(title))
        about.set("descr", flat(alt) or "No description given")
        tree = self.slide.shapes._spTree
        tree.remove(shape._element)
        tree.insert(len(tree) - 2, shape._element)


def flat(text: str) -> str:
    """Return a text on one line, short enough for an attribute that a screen reader reads."""
    return cut(" ".join(text.split()), 1000)


def _parse(xml: str) -> Any:
    from pptx.oxml import parse_xml

    return parse_xml(xml)


def _put(body: Any, paras: list[Para], language: str) -> None:
    for old in body.p_lst:
        body.remove(old)
    for one in paras:
        spaces = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        body.append(_parse(paragraph_xml(one, language).replace("<a:p>", f"<a:p {spaces}>", 1)))


def _holder(kind: str, number: int, name: str, box: str, text: str) -> str:
    return (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:spPr>{box}</p:spPr>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>"
    )


def _footer_xml(text: str, language: str) -> str:
    said = Para((Run(ARIAL.shortened(text, _FOOT[2] - 0.3, 12, 1), False, SOFT),), 12, "", 0)
    kind = '<p:ph type="ftr" sz="quarter" idx="11"/>'
    return _holder(kind, 90_001, "Footer", "", paragraph_xml(said, language))


def _number_xml(number: int, language: str) -> str:
    colour = f'<a:solidFill><a:srgbClr val="{SOFT[1:].upper()}"/></a:solidFill>'
    look = f'<a:rPr lang={quoteattr(language)} sz="1200">{colour}</a:rPr>'
    field = f'<a:fld id="{_FIELD}" type="slidenum">{look}<a:t>{number}</a:t></a:fld>'
    field = f'<a:p><a:pPr algn="r"/>{field}</a:p>'
    return _holder('<p:ph type="sldNum" sz="quarter" idx="12"/>', 90_002, "Page number", "", field)


def _shape_master(deck: Any, accent: str, language: str) -> None:
    """Make the template 16:9, in the colours and the font of the house."""
    deck.slide_width, deck.slide_height = emu(WIDTH), emu(HEIGHT)
    master = deck.slide_master
    layouts = [one for one in deck.slide_layouts if one.name == "Title Only"]
    for holder in (*master.placeholders, *(one for layout in layouts for one in layout.placeholders)):
        kind = holder.placeholder_format.type
        box = {1: _TITLE, 15: _FOOT, 13: _NUMBER}.get(int(kind))
        if box is None:
            if int(kind) == 16:
                holder._element.getparent().remove(holder._element)
                continue
            box = (LEFT, TOP, ROOM, BOTTOM - TOP)
        holder.left, holder.top, holder.width, holder.height = map(emu, box)
        holder.text_frame._txBody.bodyPr.set("anchor", "ctr")
        for side in ("lIns", "rIns"):
            holder.text_frame._txBody.bodyPr.set(side, "0")
    for layout in layouts:
        layout.shapes._spTree.insert(2, _parse(_bar_xml(accent)))
    for number, rel in list(deck.part.rels.items()):
        if rel.reltype.endswith("/printerSettings"):  # of whoever made the template
            deck.part.rels.pop(number)
    for rel in master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            part = rel.target_part
            part._blob = _themed(part.blob, accent)


def _bar_xml(accent: str) -> str:
    return (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="91001" name="Rule"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm>{place_xml((0, 0, WIDTH, 0.3))}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{accent[1:].upper()}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def _themed(blob: bytes, accent: str) -> bytes:
    blob = re.sub(rb'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rb"\g<1>" + FONT.encode(), blob)
    colour = accent[1:].upper().encode()
    blob = re.sub(rb"(<a:accent1>\s*<a:srgbClr val=\")[0-9A-Fa-f]{6}", rb"\g<1>" + colour, blob)
    return re.sub(
        rb"<a:dk1>.*?</a:dk1>", b'<a:dk1><a:srgbClr val="' + INK[1:].upper().encode() + b'"/></a:dk1>', blob, flags=re.S
    )
