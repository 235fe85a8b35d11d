"""A paper as a Word document (Office Open XML), plain or in the organisation's own template."""

from typing import Any

from tracker.reports.model import Report
from tracker.reports.paged import Paged, is_long, paged
from tracker.reports.render.docx.blocks import add_facts, add_section
from tracker.reports.render.docx.body import Body
from tracker.reports.render.docx.lists import Lists
from tracker.reports.render.docx.pages import (
    leave_out,
    page_text,
    saved,
    section_ends,
    set_margins,
    set_mode,
    set_page,
    set_properties,
)
from tracker.reports.render.docx.styles import styles_xml
from tracker.reports.render.docx.xml import SPACES, runs
from tracker.reports.render.heading import header_facts, header_line
from tracker.reports.render.one_page import AROUND, SMALL_LOGO, TITLE, fitting
from tracker.reports.rendering import PLAIN, Brand, Rendered, text_sizes
from tracker.text import plain

_LOGO = (6.0, 1.8)  # centimetres
_LOGO_PIXELS = 700
_LEAST_CONTENTS = 4  # sections; fewer are seen without a list


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as a .docx file, in the organisation's own template when the brand has one.

    Raises NotRendered when the template cannot be used.
    """
    if brand.docx:
        from tracker.reports.render.docx.template import fill

        return fill(report, brand)
    import docx
    from docx.oxml import parse_xml

    document: Any = docx.Document()
    leave_out(document, own=True)
    lists = Lists(document, own=True)
    styles = document.styles.element
    long = is_long(report)
    room, _ = set_page(document, brand, close=report.one_page, long=long)
    shared = page_text(brand)
    points = fitting(report, text_sizes(brand), shared[0], shared[1] - (SMALL_LOGO[1] / 2 if brand.logo else 0))
    numbers = lists.bullets, lists.numbers
    styles[:] = list(parse_xml(styles_xml(brand, report.header.language, numbers, points, long=long)))
    body = Body(document.part, room, {}, lists.begin, 0)
    set_margins(document, report, brand, room)
    body.page_points, body.page_room = points, shared[0]
    body.ends = None if report.one_page else section_ends(document, brand, long=long)
    if points and report.one_page:
        _write_head(body, report, brand)
    else:
        if brand.logo:
            body.paragraph("Paper Picture", _logo(body, report, brand, _LOGO))
        write_title(body, report)
        add_facts(body, tuple(header_facts(report.header)))
    write_sections(body, report)
    for element in elements(body):
        document.element.body.sectPr.addprevious(element)
    set_mode(document)
    set_properties(document, report, brand)
    return Rendered(saved(document))


def elements(body: Body) -> list[Any]:
    """Return everything that was gathered as elements of a document."""
    from docx.oxml import parse_xml

    return list(parse_xml(f"<w:body {SPACES}>{''.join(body.parts)}</w:body>"))


def write_title(body: Body, report: Report, *, below: bool = False) -> None:
    """Put the title and the subtitle of a paper into a body; ``below`` a title that is there, they are one line."""
    header = report.header
    title = header.title[:1].upper() + header.title[1:]
    if below:
        said = ": ".join(part for part in (header.programme, header.title) if part) or "Untitled paper"
        body.paragraph("Subtitle", runs(said), said)
        return
    body.paragraph("Title", runs(header.programme or title or "Untitled paper"), header.programme)
    if header.programme and title:
        body.paragraph("Subtitle", runs(title), title)


def _write_head(body: Body, report: Report, brand: Brand) -> None:
    """Put logo, title and facts of a paper that is one page into a body, in few lines."""
    body.points = body.page_points
    picture = _logo(body, report, brand, SMALL_LOGO) + runs("  ") if brand.logo else ""
    said = ": ".join(part for part in (report.header.programme, report.header.title) if part) or "Untitled paper"
    body.paragraph("Title", picture + runs(said, size=body.points * TITLE), said, around=(0, AROUND["heading"][1]))
    body.paragraph("Normal", runs(header_line(report.header)))


def write_sections(body: Body, report: Report) -> None:
    """Put the contents and the sections of a paper into a body."""
    pages = paged(report)
    body.figures, body.long = pages.figures, pages.long
    if len(report.sections) >= _LEAST_CONTENTS and any(section.new_page for section in report.sections):
        _contents(body, pages)
    for number, section in enumerate(pages.sections, 1):
        add_section(body, section, _mark(number))


def _logo(body: Body, report: Report, brand: Brand, most: tuple[float, float]) -> str:
    """Return a run with the logo."""
    data = brand.logo
    if not data.startswith(b"\x89PNG"):
        from tracker.reports.typography.raster import png

        data = png(data.decode(), _LOGO_PIXELS)
    alt = plain(brand.logo_alt or f"Logo of {brand.organisation or report.header.programme}")
    return body.picture(data, alt, alt, most)


def _mark(number: int) -> str:
    return f"paper_section_{number}"


def _contents(body: Body, pages: Paged) -> None:
    """Add the list of sections: a field that Word can update (then with pages), its entries written out as links.

    Which page a section is on is known only to the program that lays it out, so no number is written that may be wrong.
    """
    entries = []
    first, last = pages.contents[0][0], pages.contents[-1][0]
    for number, section in pages.contents:
        title = section.title if section.title.strip() else "Untitled"
        link = f'<w:hyperlink w:anchor="{_mark(number)}" w:history="1">{runs(title)}</w:hyperlink>'
        begin = _CONTENTS_BEGIN if number == first else ""
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if number == last else ""
        entries.append(body.paragraph_xml("TOC 1", begin + link + end, title))
    heading = body.paragraph_xml("TOC Heading", runs("Contents"))
    body.add(
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{heading}{''.join(entries)}</w:sdtContent></w:sdt>"
    )


_CONTENTS_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
