"""What stands around the text of a Word paper: page, header, footer, lists, properties; and the file itself."""

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING

from tracker.reports.model import Brand, Header, Report
from tracker.reports.paged import is_long
from tracker.reports.render.docx.styles import BULLETS, CENTIMETRE, MAIN, NUMBERS, SPACES, TAB, field, list_xml, runs
from tracker.reports.render.heading import footer, full_title, marking, origin
from tracker.reports.render.office_look import MARGIN, page_size
from tracker.reports.render.one_page import BANDS, MARGINS
from tracker.reports.render.zips import packed
from tracker.text import plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docx.parts.story import StoryPart


_LONGEST = 255  # signs in a property; python-docx refuses more
# Of python-docx's own template: an older copy of the styles that contradicts ours, a picture of an empty page, a list
# of books, and figures about a text that is not there.
_LEFT_OUT = ("/stylesWithEffects", "/thumbnail", "/customXml", "/extended-properties")
_STALE = _LEFT_OUT[:2]
_TEXT = "word/document.xml"
_SPACES = re.compile(r' xmlns:\w+="[^"]*"')


def leave_out(document: "Document", *, blank: bool) -> None:
    """Drop the parts that would contradict the paper, more of them from the library's ``blank`` document."""
    ends = _LEFT_OUT if blank else _STALE
    for relations in (document.part.rels, document.part.package.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(ends):
                del relations[name]


def set_page(document: "Document", brand: Brand, *, close: bool = False, long: bool = False) -> None:
    """Set the page's size and margins, lower ones for a ``long`` paper, narrow ones if ``close``."""
    from docx.shared import Cm

    width, height = page_size(brand)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(width), Cm(height)
    side = MARGIN
    edge = 2.2
    band = 1.0
    if long:
        edge = 1.9
    if close:
        side, band = MARGINS
        edge = band + BANDS / 2
    section.left_margin = section.right_margin = Cm(side)
    section.top_margin = section.bottom_margin = Cm(edge)
    section.header_distance = section.footer_distance = Cm(band)


def section_ends(document: "Document", report: Report, brand: Brand, room: float) -> tuple[str, str]:
    """Return what ends, in Word's sense, a section with the document's margins, and one with narrow margins, as XML.

    The text of a narrow one is ``room`` centimetres wide, and so are its header and footer.
    """
    from lxml import etree

    ends = []
    for close in (True, False):
        set_page(document, brand, close=close, long=is_long(report))
        xml = etree.tostring(document.element.body.sectPr, encoding="unicode")
        ends.append(_SPACES.sub("", xml))
    narrow, usual = ends
    makers: tuple[tuple[str, Callable[[], tuple[StoryPart, str]]], ...] = (
        ("header", document.part.add_header_part),
        ("footer", document.part.add_footer_part),
    )
    for (kind, make), line in zip(makers, _head_and_foot(report, brand, room), strict=True):
        part, relation = make()
        part.element[:] = [line]
        narrow = re.sub(rf'(<w:{kind}Reference [^>]*r:id=")[^"]*', rf"\g<1>{relation}", narrow)
    return usual, narrow


def set_margins(document: "Document", report: Report, brand: Brand, room: float) -> None:
    """Write the header (whose paper, classification, draft) and the footer (what the paper is, and the page).

    ``room`` is how wide the text is, in centimetres.
    """
    section = document.sections[0]
    for place, line in zip((section.header, section.footer), _head_and_foot(report, brand, room), strict=True):
        place.is_linked_to_previous = False
        place._element[:] = [line]


def _head_and_foot(report: Report, brand: Brand, room: float) -> tuple["Element", "Element"]:
    from docx.oxml import parse_xml

    header = report.header
    top = runs(plain(brand.organisation) or header.programme)
    if right := marking(header):
        top += TAB + runs(right, bold=True)
    foot = f"{runs(footer(report))}{TAB}{runs('Page ')}{field('PAGE')}{runs(' of ')}{field('NUMPAGES')}"
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{round(room * CENTIMETRE)}"/></w:tabs>'
    head_line, foot_line = (
        parse_xml(f'<w:p {SPACES}><w:pPr><w:pStyle w:val="{style}"/>{stop}</w:pPr>{inside}</w:p>')
        for style, inside in (("Header", top), ("Footer", foot))
    )
    return head_line, foot_line


def set_mode(document: "Document") -> None:
    """Say that the file is of today's Word: else it opens as an old one, with less that can be done to it."""
    from docx.oxml.ns import qn

    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for name in ("w:rsids", "w:savePreviewPicture"):
        for setting in settings.findall(qn(name)):
            settings.remove(setting)


def _subject(header: Header) -> str:
    """Return board and meeting; the board alone where a property has no room for both."""
    subject = " · ".join(filter(None, (header.board, header.meeting)))
    if len(subject) > _LONGEST:
        return header.board
    return subject


def set_properties(document: "Document", report: Report, brand: Brand) -> None:
    """Write the properties of the file; its times are those of the position, since no clock is read here."""
    header = report.header
    properties = document.core_properties
    for name, text in (
        ("title", full_title(header)),
        ("subject", _subject(header)),
        ("author", plain(brand.organisation) or header.programme),
        ("last_modified_by", header.generator or header.programme),
        ("comments", origin(report)),
        ("language", header.language or "en-GB"),
        ("keywords", ""),
        ("category", ""),
        ("identifier", header.pack),
        ("content_status", "Draft" if header.draft else "Frozen"),
    ):
        setattr(properties, name, " ".join(text.split())[:_LONGEST])
    properties.created = properties.modified = _moment(header)
    properties.revision = 1


def _moment(header: Header) -> datetime:
    try:
        return datetime.strptime(header.frozen[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return datetime.combine(header.as_of, time())


def saved(document: "Document", text: str = "") -> bytes:
    """Return the file, with more text as XML at its beginning; the same document gives the same bytes."""
    parts = _parts(document)
    if text:
        start = b"<w:body>"
        parts[_TEXT] = parts[_TEXT].replace(start, start + text.encode(), 1)
    return packed(parts)


def _parts(document: "Document") -> dict[str, bytes]:
    """Return the parts of the file by name. The library would pack them, in a way that changes with the day."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.oxml import CT_Types, serialize_part_xml
    from docx.opc.spec import default_content_types

    package = document.part.package
    defaults = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    overrides = {}
    parts = {"_rels/.rels": package.rels.xml}
    for part in package.parts:
        name = part.partname
        kind = part.content_type
        if (name.ext.lower(), kind) in default_content_types:
            defaults[name.ext] = kind
        else:
            overrides[name] = kind
        parts[name.membername] = part.blob
        if part.rels:
            parts[name.rels_uri.membername] = part.rels.xml
    types = CT_Types.new()  # type: ignore[no-untyped-call]
    for extension in sorted(defaults):
        types.add_default(extension, defaults[extension])
    for name in sorted(overrides):
        types.add_override(name, overrides[name])
    return {**parts, "[Content_Types].xml": serialize_part_xml(types)}


_W = f"{{{MAIN}}}"
_START_AGAIN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


class Lists:
    """The numbering of a document: what its list styles mean, and a number for each list that begins anew.

    In a ``blank`` document, which is no template, the styles say all about lists with bullets.
    """

    def __init__(self, document: "Document", *, blank: bool = False) -> None:
        self._element = _numbering(document)
        if blank:
            self._element[:] = []
        style_lists = {} if blank else _style_lists(document)
        self._styled = blank or BULLETS.lower() in style_lists
        bullets = self._define(bullet=True)
        numbers = self._define(bullet=False)
        self.bullets, self.numbers = self._add_list(bullets), self._add_list(numbers)
        self._ordered = self._definition_of(style_lists.get(NUMBERS.lower(), "")) or str(numbers)

    def begin(self, ordered: bool) -> int:
        """Return the number of a list that begins; 0 when the style of its paragraphs says all."""
        if ordered:
            return self._add_list(self._ordered, _START_AGAIN)
        return 0 if self._styled else self.bullets

    def _all(self, tag: str) -> list["Element"]:
        return list(self._element.findall(f"{_W}{tag}"))

    def _definition_of(self, number: str) -> str:
        """Return the definition of a list; empty when there is no such list."""
        for element in self._all("num"):
            if element.get(f"{_W}numId") == number:
                return str(element.find(f"{_W}abstractNumId").get(f"{_W}val"))
        return ""

    def _define(self, *, bullet: bool) -> int:
        from docx.oxml import parse_xml

        number = self._next("abstractNum", "abstractNumId")
        definition = parse_xml(list_xml(number, bullet))
        first = self._element.find(f"{_W}num")
        if first is None:
            self._element.append(definition)
        else:
            first.addprevious(definition)  # definitions stand before lists: Word is strict about it
        return number

    def _add_list(self, definition: int | str, override: str = "") -> int:
        from docx.oxml import parse_xml

        number = self._next("num", "numId")
        inside = f'<w:abstractNumId w:val="{definition}"/>{override}'
        last = (self._all("num") or self._all("abstractNum"))[-1]
        last.addnext(parse_xml(f'<w:num {SPACES} w:numId="{number}">{inside}</w:num>'))
        return number

    def _next(self, tag: str, name: str) -> int:
        return max((int(element.get(f"{_W}{name}")) for element in self._all(tag)), default=0) + 1


def _numbering(document: "Document") -> "Element":
    """Return the numbering of a document, made when it has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.parts.numbering import NumberingPart

    try:
        document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        empty = parse_xml(f"<w:numbering {SPACES}/>")
        place = PackURI("/word/numbering.xml")
        part = NumberingPart(place, CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    element: Element = document.part.numbering_part.element
    return element


def _style_lists(document: "Document") -> dict[str, str]:
    """Return the number of the list that a style means, by the style's name in small letters."""
    styles = document.styles.element.xpath("./w:style[w:name][w:pPr/w:numPr/w:numId]")
    return {
        style.find(f"{_W}name").get(f"{_W}val").lower(): style.find(f"{_W}pPr/{_W}numPr/{_W}numId").get(f"{_W}val")
        for style in styles
    }
