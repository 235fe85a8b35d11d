"""A paper as a Word document (Office Open XML), plain or in the organisation's own template."""

from typing import Any

from tracker.reports.model import Report
from tracker.reports.paged import is_long
from tracker.reports.render.docx.body import LAYOUT, Body
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
from tracker.reports.render.flow.walk import walk
from tracker.reports.render.one_page import SMALL_LOGO, fitting
from tracker.reports.rendering import PLAIN, Brand, Rendered, text_sizes


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
    long = is_long(report)
    room, _ = set_page(document, brand, close=report.one_page, long=long)
    shared, high = page_text(brand)
    if brand.logo:
        high -= SMALL_LOGO[1] / 2
    points = fitting(report, text_sizes(brand), shared, high)
    numbers = lists.bullets, lists.numbers
    styles = styles_xml(brand, report.header.language, numbers, points, long=long)
    document.styles.element[:] = list(parse_xml(styles))
    set_margins(document, report, brand, room)
    ends = None if report.one_page else section_ends(document, brand, long=long)
    body = Body(document.part, {}, lists.begin, long=long, section_ends=ends)
    body.add_all(walk(report, brand, LAYOUT._replace(room=room, shared_room=shared, points=points)))
    set_mode(document)
    set_properties(document, report, brand)
    return Rendered(saved(document, body.xml()))
