"""A presentation in the making: 16:9, real titles and footers, notes, and bytes that hold no clock."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from tracker.reports.charts.palette import INK, SOFT
from tracker.reports.model import Brand, Report
from tracker.reports.render.heading import footer_facts, origin
from tracker.reports.render.pptx.words import LEAST, Para, Run, heights, note, paragraph_xml, solid
from tracker.reports.render.sheets import cut
from tracker.reports.render.zips import fixed
from tracker.reports.typography.measuring import ARIAL
from tracker.rules.wording import whole_sentences

if TYPE_CHECKING:
    from pptx.opc.package import OpcPackage
    from pptx.opc.packuri import PackURI
    from pptx.oxml.xmlchemy import BaseOxmlElement as Element
    from pptx.presentation import Presentation
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide, SlideLayout
    from pptx.util import Length


Box = tuple[float, float, float, float]  # left, top, width and height in centimetres
WIDTH, HEIGHT = 33.867, 19.05  # centimetres
LEFT = 1.2
ROOM = 31.467
TOP = 2.5
BOTTOM = 17.7
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
        _place_holder(holder)
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


def _place_holder(holder: "Shape") -> None:
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


_FOOT_ROOM = FOOT[2] - 0.3
_TITLE_SIZES = ((26, 1), (22, 1), (18, 2), (14, 2))  # points, and the lines that a title of them may have
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_AXIS = re.compile(rb'(<c:(?:axId|crossAx) val=")-')
_THUMBNAIL = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
_MOST_NOTES = 20_000
_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


class Deck:
    """The slides of a paper; every slide has a title that no other has, and the footer of the paper."""

    def __init__(self, report: Report, brand: Brand) -> None:
        from pptx import Presentation

        self.report, self.brand = report, brand
        self.language = report.header.language
        self.deck = Presentation()  # what it holds is declared as too little
        _count_parts(self.deck.part.package)
        self.marked_foot = self._foot()
        self.titles: set[str] = set()
        self.layout = shape_master(self.deck, brand.accent)
        self._describe()

    def _foot(self) -> str:
        """Return the foot of every slide with its marking; without the programme where a line has no room for it."""
        name, *facts = footer_facts(self.report)
        marking = self.report.header.classification
        line = " · ".join(filter(None, (marking, name, *facts)))
        if ARIAL.width(line, LEAST) > _FOOT_ROOM:
            return " · ".join(filter(None, (marking, *facts)))
        return line

    def _describe(self) -> None:
        header = self.report.header
        about = self.deck.core_properties
        about.title = cut(f"{header.programme}: {header.title}", 255)
        about.subject = cut(header.board, 255)
        about.author = cut(self.brand.organisation or header.programme, 255)
        about.last_modified_by = about.author
        about.comments = origin(self.report)
        about.category = cut(header.classification, 255)
        about.language = self.language
        about.created = about.modified = datetime.combine(header.as_of, time())
        about.revision = 1

    def slide(self, title: str, notes: str = "") -> "Page":
        """Add a slide; a title that was used gets a number."""
        slide = self.deck.slides.add_slide(self.layout)
        name, size = self._title(title)
        body = slide.shapes.title.text_frame._txBody
        for old in body.p_lst:
            body.remove(old)
        text = paragraph_xml(Para((Run(name, True, self.brand.accent),), size, "", 0), self.language)
        spaces = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        body.append(parsed(text.replace("<a:p>", f"<a:p {spaces}>", 1)))
        for xml in (_footer_xml(self.marked_foot, self.language), _number_xml(len(self.deck.slides), self.language)):
            slide.shapes._spTree.append(parsed(xml))
        if notes:
            self._add_notes(slide, notes)
        return Page(self, slide)

    def _add_notes(self, slide: "Slide", notes: str) -> None:
        if len(notes) > _MOST_NOTES:
            notes = f"{notes[:_MOST_NOTES].rpartition(chr(10))[0]}\nThe paper has the rest."
        text = slide.notes_slide.notes_text_frame
        assert text is not None  # a slide of notes has room for them
        text.text = notes
        for run in text._txBody.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
            run.get_or_add_rPr().set("lang", self.language)

    def _title(self, title: str) -> tuple[str, float]:
        """Return a title that no other slide has, and the size in which it fits."""
        plain = " ".join(title.split()) or "Untitled"
        end = ""
        room = ROOM - 0.5
        count = 1
        while True:
            name = plain + end
            fitting = (size for size, lines in _TITLE_SIZES if len(ARIAL.lines(name, room, size, True)) <= lines)
            size = next(fitting, _TITLE_SIZES[-1][0])
            if name not in self.titles:
                self.titles.add(name)
                return name, size
            count += 1
            end = f" ({count})"

    def save(self) -> bytes:
        """Return the file; the same paper gives the same bytes."""
        file = BytesIO()
        self.deck.save(file)
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
            if "/charts/chart" in name:
                return _AXIS.sub(rb"\1", part)
            return part

        return fixed(file.getvalue(), rewrite)


def _count_parts(package: "OpcPackage") -> None:
    """Let a package count the parts that it is given: by itself it looks through all of them for each new name."""
    from pptx.opc.packuri import PackURI

    look_up = package.next_partname
    last: dict[str, int] = {}

    def next_partname(pattern: str) -> "PackURI":
        if pattern not in last:
            name = look_up(pattern)
            last[pattern] = name.idx or 1
            return name
        last[pattern] += 1
        return PackURI(pattern % last[pattern])

    package.next_partname = next_partname  # type: ignore[assignment,method-assign]


class Page:
    """A slide on which things are put in the order in which they are read; all places are in centimetres."""

    def __init__(self, deck: Deck, slide: "Slide") -> None:
        self.deck, self.slide = deck, slide
        self.count = 0

    def _named(self, kind: str) -> str:
        """Return the number and the name of a new shape, which no other on the slide has."""
        self.count += 1
        return f'id="{self.slide.shapes._next_shape_id}" name={quoteattr(f"{kind} {self.count}")}'

    def add(self, xml: str) -> None:
        """Put a shape before the footer, so that the footer is read last."""
        self._put(parsed(xml))

    def _put(self, element: "Element") -> None:
        tree = self.slide.shapes._spTree
        tree.insert(len(tree) - 2, element)

    def stack(self, paras: list[Para], x: float, y: float, width: float) -> float:
        """Put paragraphs below each other; return how many centimetres high they are."""
        high = heights(paras, width) + 0.1
        self.words(paras, (x, y, width, high))
        return high

    def words(self, paras: list[Para], box: Box, *, fill: str = "", bar: str = "") -> None:
        """Put a text box; ``fill`` is the colour behind it, ``bar`` the colour of its frame."""
        frame = ""
        inset = 0
        if bar:
            frame = f'<a:ln w="12700">{solid(bar)}</a:ln>'
            inset = emu(0.25)
        text = "".join(paragraph_xml(paragraph, self.deck.language) for paragraph in paras)
        self.add(
            f"<p:sp {SPACES}><p:nvSpPr><p:cNvPr {self._named('Text')}/>"
            '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr><a:xfrm>{place_xml(box)}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"{solid(fill)}{frame}"
            f'</p:spPr><p:txBody><a:bodyPr wrap="square" lIns="{inset}" tIns="{inset // 2}" rIns="{inset}" '
            f'bIns="{inset // 2}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{text}</p:txBody></p:sp>'
        )

    def graphic(self, table: str, box: Box, title: str, alt: str) -> None:
        """Put a table, which is given as DrawingML."""
        self.add(
            f"<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr {self._named('Table')} "
            f"title={quoteattr(flat(title))} descr={quoteattr(flat(alt))}/>"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f"<p:xfrm>{place_xml(box)}</p:xfrm><a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
            f"{table}</a:graphicData></a:graphic></p:graphicFrame>"
        )

    def described(self, shape: "BaseShape", title: str, alt: str) -> None:
        """Give a picture or chart its texts, and put it before the footer."""
        element = shape._element
        about = element.xpath(".//p:cNvPr")[0]
        about.set("title", flat(title))
        about.set("descr", flat(alt) or "No description given")
        self.slide.shapes._spTree.remove(element)
        self._put(element)


def flat(text: str) -> str:
    """Return the first sentences of a text on one line, for an attribute that a screen reader reads."""
    return whole_sentences(text, 1000)


def _holder(kind: str, number: int, name: str, text: str) -> str:
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr></p:spPr>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>"
    )


def _footer_xml(text: str, language: str) -> str:
    return _holder('type="ftr" sz="quarter" idx="11"', 90_001, "Footer", paragraph_xml(note(text), language))


def _number_xml(number: int, language: str) -> str:
    look = f'<a:rPr lang={quoteattr(language)} sz="1200">{solid(SOFT)}</a:rPr>'
    field = f'<a:fld id="{_FIELD}" type="slidenum">{look}<a:t>{number}</a:t></a:fld>'
    field = f'<a:p><a:pPr algn="r"/>{field}</a:p>'
    return _holder('type="sldNum" sz="quarter" idx="12"', 90_002, "Page number", field)
