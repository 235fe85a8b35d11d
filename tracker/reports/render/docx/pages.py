"""What stands around the text of a Word paper: page, header, footer, properties; and the file itself."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

from tracker.reports.files.canonical import digest
from tracker.reports.model import Header, Report
from tracker.reports.render.docx.styles import key
from tracker.reports.render.docx.xml import CENTIMETRE, SPACES, TAB, field, runs
from tracker.reports.render.heading import footer
from tracker.reports.render.office_look import MARGIN, PAGES
from tracker.reports.render.one_page import BANDS, MARGINS
from tracker.reports.render.zips import fixed
from tracker.reports.rendering import Brand
from tracker.rules.when import show_date
from tracker.text import plain

_LONGEST = 255  # signs in a property; python-docx refuses more
# Of python-docx's own template: an older copy of the styles that contradicts ours, a picture of an empty page, a list
# of books, and figures about a text that is not there.
_LEFT_OUT = ("/stylesWithEffects", "/thumbnail", "/customXml", "/extended-properties")
_STALE = _LEFT_OUT[:2]
_SPACES = re.compile(r' xmlns:\w+="[^"]*"')


def leave_out(document: Any, *, own: bool) -> None:
    """Drop the parts that would contradict the paper."""
    ends = _LEFT_OUT if own else _STALE
    for relations in (document.part.rels, document.part.package.rels):
        for name in [name for name, one in relations.items() if one.reltype.endswith(ends)]:
            del relations[name]


def set_page(document: Any, brand: Brand, *, close: bool = False, long: bool = False) -> tuple[float, float]:
    """Set the page's size and margins, lower ones for a ``long`` paper, narrow ones if ``close``.

    Return width and height of the text in centimetres.
    """
    from docx.shared import Cm

    wide, high = PAGES.get(brand.page, PAGES["a4"])
    section = document.sections[0]
    section.page_width, section.page_height = Cm(wide), Cm(high)
    side, edge = (MARGINS[0], MARGINS[1] + BANDS / 2) if close else (MARGIN, 1.9 if long else 2.2)
    section.left_margin = section.right_margin = Cm(side)
    section.top_margin = section.bottom_margin = Cm(edge)
    section.header_distance = section.footer_distance = Cm(MARGINS[1] if close else 1.0)
    return wide - 2 * side, high - 2 * edge


def page_text(brand: Brand) -> tuple[float, float]:
    """Return width and height, in centimetres, of the text on a page with narrow margins."""
    wide, high = PAGES.get(brand.page, PAGES["a4"])
    return wide - 2 * MARGINS[0], high - 2 * MARGINS[1] - BANDS


def section_ends(document: Any, brand: Brand, *, long: bool) -> tuple[str, str]:
    """Return what ends, in Word's sense, a section with the document's margins, and one with narrow margins, as XML.

    Both have the header and the footer of the document.
    """
    from lxml import etree  # type: ignore[import-untyped]

    ends = []
    for close in (True, False):
        set_page(document, brand, close=close, long=long)
        xml = etree.tostring(document.element.body.sectPr, encoding="unicode")
        ends.append(_SPACES.sub("", xml))
    narrow, usual = ends
    return usual, narrow


def set_margins(document: Any, report: Report, brand: Brand, room: float) -> None:
    """Write the header (whose paper, classification, draft) and the footer (what the paper is, and the page)."""
    header = report.header
    whose = plain(brand.organisation) or header.programme
    right = " · ".join(part for part in (header.classification, "Draft" if header.draft else "") if part)
    top = runs(whose) + (TAB + runs(right, bold=True) if right else "")
    foot = f"{runs(footer(report))}{TAB}{runs('Page ')}{field('PAGE')}{runs(' of ')}{field('NUMPAGES')}"
    section = document.sections[0]
    for place, style, inside in ((section.header, "Header", top), (section.footer, "Footer", foot)):
        place.is_linked_to_previous = False
        _only(place, style, inside, round(room * CENTIMETRE))


def _only(place: Any, style: str, inside: str, right: int) -> None:
    from docx.oxml import parse_xml

    element = place._element
    element[:] = []
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
    element.append(parse_xml(f'<w:p {SPACES}><w:pPr><w:pStyle w:val="{key(style)}"/>{tabs}</w:pPr>{inside}</w:p>'))


def set_mode(document: Any) -> None:
    """Say that the file is of today's Word: else it opens as an old one, with less that can be done to it."""
    from docx.oxml.ns import qn

    settings = document.settings.element
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    for name in ("w:rsids", "w:savePreviewPicture"):
        for one in settings.findall(qn(name)):
            settings.remove(one)


def origin(report: Report) -> str:
    """Return where a paper comes from: position, snapshot, the whole hash of its data, program."""
    header = report.header
    parts = [f"Position as of {show_date(header.as_of)}", header.pack, f"Data SHA-256 {digest(report)}"]
    parts += ["Draft" if header.draft else "", header.generator]
    return ". ".join(part for part in parts if part)


def set_properties(document: Any, report: Report, brand: Brand) -> None:
    """Write the properties of the file; its times are those of the position, since no clock is read here."""
    header = report.header
    properties = document.core_properties
    title = ": ".join(part for part in (header.programme, header.title) if part) or "Untitled paper"
    moment = _moment(header)
    for name, said in (
        ("title", title),
        ("subject", " · ".join(part for part in (header.board, header.meeting) if part)),
        ("author", plain(brand.organisation) or header.programme),
        ("last_modified_by", header.generator or header.programme),
        ("comments", origin(report)),
        ("language", header.language or "en-GB"),
        ("keywords", ""),
        ("category", ""),
        ("identifier", header.pack),
        ("content_status", "Frozen" if header.frozen or not header.draft else "Draft"),
    ):
        setattr(properties, name, " ".join(said.split())[:_LONGEST])
    properties.created = properties.modified = moment
    properties.revision = 1


def _moment(header: Header) -> datetime:
    try:
        return datetime.strptime(header.frozen[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return datetime(header.as_of.year, header.as_of.month, header.as_of.day)


def saved(document: Any, text: str = "") -> bytes:
    """Return the file, with more text as XML at its beginning; the same document gives the same bytes."""
    file = BytesIO()
    document.save(file)
    start = b"<w:body>"

    def insert(name: str, part: bytes) -> bytes:
        return part.replace(start, start + text.encode(), 1) if name == "word/document.xml" else part

    return fixed(file.getvalue(), insert)
