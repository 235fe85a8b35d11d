"""A paper as an OpenDocument text (ODF 1.3), which LibreOffice, Word and others open for editing."""

from tracker.reports.model import Report
from tracker.reports.render.odf_parts import SPACES, TEXT, VERSION, description, package, xml_part
from tracker.reports.render.odf_styles import MARGIN, PAGES, fonts, styles_xml
from tracker.reports.render.odt_body import Body
from tracker.reports.render.odt_paper import write
from tracker.reports.rendering import PLAIN, Brand, Rendered


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as an .odt file, in the organisation's own template when the brand has one.

    Raises NotRendered when the template cannot be read.
    """
    if brand.odt:
        from tracker.reports.render.odt_template import fill

        return fill(report, brand)
    body = Body(PAGES.get(brand.page, PAGES["a4"])[0] - 2 * MARGIN, brand.accent)
    write(body, report, brand)
    content = (
        f"<office:document-content {SPACES} {VERSION}><office:font-face-decls>{fonts()}</office:font-face-decls>"
        f"<office:automatic-styles>{body.styles()}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(body.parts)}</office:text></office:body></office:document-content>"
    )
    parts = [description(report), xml_part("styles.xml", styles_xml(report, brand)), xml_part("content.xml", content)]
    return Rendered(package(TEXT, [*parts, *body.pictures]))
