"""A whole paper as the text of an OpenDocument: logo, title, header facts, contents, sections."""

from tracker.reports.model import Report
from tracker.reports.paged import Paged, paged
from tracker.reports.render.heading import header_facts, header_line
from tracker.reports.render.odf.parts import flat, full_title, quoted, words
from tracker.reports.render.odf.styles import size
from tracker.reports.render.odf.text_blocks import add_facts, add_section, close
from tracker.reports.render.odf.text_body import PREFIX, Body
from tracker.reports.render.one_page import AROUND, SMALL_LOGO, TITLE
from tracker.reports.rendering import Brand

_LOGO = (6.0, 1.8)  # centimetres
_LOGO_PIXELS = 700


def write(body: Body, report: Report, brand: Brand, *, logo: bool = True, told: frozenset[str] = frozenset()) -> None:
    """Put the whole paper into a body: logo, title, header facts, contents, sections.

    ``told`` are the labels of facts that a template tells in places of its own: these are not told twice.
    """
    header = report.header
    pages = paged(report)
    body.figures, body.long = pages.figures, pages.long
    alt = brand.logo_alt or f"Logo of {brand.organisation or header.programme}"
    close_by = bool(body.page_points and report.one_page)
    size_of = SMALL_LOGO if close_by else _LOGO
    picture = body.picture(_logo(brand), alt, alt, size_of) if logo and brand.logo else ""
    if close_by:
        _write_head(body, report, picture)
    else:
        if picture:
            body.paragraph("Paper Picture", picture)
        _write_title(body, report, told)
    if any(section.new_page for section in report.sections):
        body.add(contents(pages))
    for number, section in enumerate(pages.sections, 1):
        add_section(body, section, _mark(number))


def _write_head(body: Body, report: Report, picture: str) -> None:
    """Put logo, title and facts of a paper that is one page into a body, in few lines."""
    body.points = body.page_points
    title = full_title(report.header)
    style = body.style("Title", title, paragraph=close(*AROUND["heading"]), letters=size(body.points * TITLE))
    body.add(f'<text:p text:style-name="{style}">{picture}{words("  " if picture else "")}{words(title)}</text:p>')
    body.paragraph("Text body", words(header_line(report.header)))


def _write_title(body: Body, report: Report, told: frozenset[str]) -> None:
    header = report.header
    body.paragraph("Title", words(header.programme or header.title or "Untitled paper"), header.programme)
    if header.programme and header.title:
        body.paragraph("Subtitle", words(header.title[:1].upper() + header.title[1:]), header.title)
    add_facts(body, tuple(fact for fact in header_facts(header) if fact[0] not in told))


def _mark(number: int) -> str:
    return f"{PREFIX}-section-{number}"


def _logo(brand: Brand) -> bytes:
    """Return the logo as PNG, the one kind of picture that every editor shows."""
    if brand.logo.startswith(b"\x89PNG"):
        return brand.logo
    from tracker.reports.typography.raster import png

    return png(brand.logo.decode(), _LOGO_PIXELS)


def contents(pages: Paged) -> str:
    """Return the list of sections, written out, with links and page numbers that an editor brings up to date."""
    link = "<text:index-entry-link-{0}/>"
    template = (
        '<text:table-of-content-entry-template text:outline-level="1" text:style-name="Contents_20_1">'
        f"{link.format('start')}<text:index-entry-text/>"
        '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        f"{link.format('end')}</text:table-of-content-entry-template>"
    )
    title = '<text:index-title-template text:style-name="Contents_20_Heading">Contents</text:index-title-template>'
    entries = "".join(_entry(section.title, _mark(n)) for n, section in pages.contents)
    return (
        f'<text:table-of-content text:name="Paper contents" text:style-name="{PREFIX}Contents">'
        f'<text:table-of-content-source text:outline-level="1">{title}{template}</text:table-of-content-source>'
        '<text:index-body><text:index-title text:name="Paper contents title">'
        f'<text:p text:style-name="Contents_20_Heading">Contents</text:p></text:index-title>{entries}'
        "</text:index-body></text:table-of-content>"
    )


def _entry(title: str, mark: str) -> str:
    # The span takes away the blue and the line that editors give to links.
    link = (
        f'<text:a xlink:type="simple" xlink:href="#{mark}"><text:span text:style-name="{PREFIX}Link">'
        f"{flat(title) or 'Untitled'}</text:span></text:a>"
    )
    page = f'<text:bookmark-ref text:reference-format="page" text:ref-name={quoted(mark)}> </text:bookmark-ref>'
    return f'<text:p text:style-name="Contents_20_1">{link}<text:tab/>{page}</text:p>'
