"""A paper as an OpenDocument text (ODF 1.3), which LibreOffice, Word and others open for editing."""

from tracker.reports.model import Report
from tracker.reports.render.odf.parts import SPACES, TEXT, VERSION, description, package, xml_part
from tracker.reports.render.odf.styles import ONE_PAGE, fonts, page_text, styles_xml
from tracker.reports.render.odf.text_body import Body
from tracker.reports.render.odf.text_paper import write
from tracker.reports.render.one_page import SMALL_LOGO, fitting
from tracker.reports.rendering import PLAIN, Brand, Rendered, text_sizes


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as an .odt file, in the organisation's own template when the brand has one.

    Raises NotRendered when the template cannot be read.
    """
    if brand.odt:
        from tracker.reports.render.odf.template import fill

        return fill(report, brand)
    room = page_text(brand, close=report.one_page)[0]
    body = Body(room, brand.accent)
    shared = page_text(brand, close=True)
    high = shared[1] - (SMALL_LOGO[1] / 2 if brand.logo and report.one_page else 0)
    body.page_points = points = fitting(report, text_sizes(brand), shared[0], high)
    body.page_room = shared[0]
    body.masters = None if report.one_page else ("Standard", ONE_PAGE)
    write(body, report, brand)
    content = (
        f"<office:document-content {SPACES} {VERSION}><office:font-face-decls>{fonts()}</office:font-face-decls>"
        f"<office:automatic-styles>{body.styles()}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(body.parts)}</office:text></office:body></office:document-content>"
    )
    parts = [
        description(report),
        xml_part("styles.xml", styles_xml(report, brand, points)),
        xml_part("content.xml", content),
    ]
    return Rendered(package(TEXT, [*parts, *body.pictures]))
