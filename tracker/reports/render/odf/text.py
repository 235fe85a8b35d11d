"""A paper as an OpenDocument text (ODF 1.3), which LibreOffice, Word and others open for editing."""

from tracker.reports.model import PLAIN, Brand, Rendered, Report
from tracker.reports.paged import is_long
from tracker.reports.render.flow.walk import walk
from tracker.reports.render.odf.parts import SPACES, TEXT, VERSION, description, packed, xml_part
from tracker.reports.render.odf.styles import ONE_PAGE, fonts, styles_xml
from tracker.reports.render.odf.text_body import LAYOUT, Body
from tracker.reports.render.one_page import page_text, shortened


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as an .odt file, in the organisation's own template when the brand has one.

    Raises NotRendered when the template cannot be read.
    """
    report = shortened(report, brand, page_text(brand))
    if brand.odt:
        from tracker.reports.render.odf.template import fill

        return fill(report, brand)
    layout = LAYOUT.sized(report, brand)
    masters = None if report.one_page else ("Standard", ONE_PAGE)
    body = Body(brand.accent, long=is_long(report), masters=masters)
    body.add_all(walk(report, brand, layout))
    content = (
        f"<office:document-content {SPACES} {VERSION}><office:font-face-decls>{fonts()}</office:font-face-decls>"
        f"<office:automatic-styles>{body.styles()}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(body.parts)}</office:text></office:body></office:document-content>"
    )
    parts = [
        description(report),
        xml_part("styles.xml", styles_xml(report, brand, layout)),
        xml_part("content.xml", content),
    ]
    return Rendered(packed(TEXT, [*parts, *body.pictures]))
