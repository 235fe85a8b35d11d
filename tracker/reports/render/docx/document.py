"""A paper as a Word document (Office Open XML), plain or in the organisation's own template."""

from tracker.reports.model import PLAIN, Brand, Rendered, Report
from tracker.reports.paged import is_long
from tracker.reports.render.docx.body import LAYOUT, Body
from tracker.reports.render.docx.pages import (
    Lists,
    leave_out,
    saved,
    section_ends,
    set_margins,
    set_mode,
    set_page,
    set_properties,
)
from tracker.reports.render.docx.styles import styles_xml
from tracker.reports.render.flow.walk import walk
from tracker.reports.render.one_page import page_text, shortened


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as a .docx file, in the organisation's own template when the brand has one.

    Raises NotRendered when the template cannot be used.
    """
    report = shortened(report, brand, page_text(brand))
    if brand.docx:
        from tracker.reports.render.docx.template import fill

        return fill(report, brand)
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    leave_out(document, blank=True)
    lists = Lists(document, blank=True)
    long = is_long(report)
    set_page(document, brand, close=report.one_page, long=long)
    layout = LAYOUT.sized(report, brand)
    styles = styles_xml(brand, report.header.language, (lists.bullets, lists.numbers), layout.points, long=long)
    document.styles.element[:] = list(parse_xml(styles))
    set_margins(document, report, brand, layout.room)
    shared = layout.points and any(section.one_page for section in report.sections)
    ends = None
    if shared and not report.one_page:
        ends = section_ends(document, report, brand, layout.shared_room)
    body = Body(document.part, {}, lists.begin, long=long, section_ends=ends)
    body.add_all(walk(report, brand, layout))
    set_mode(document)
    set_properties(document, report, brand)
    return Rendered(saved(document, body.xml()))
