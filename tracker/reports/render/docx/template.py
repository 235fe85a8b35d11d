"""A paper in an organisation's own .docx: its styles, header, footer, page and logo stay as they are."""

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.reports.branding.check import check
from tracker.reports.branding.placeholders import REPORT, STATES, values
from tracker.reports.branding.remarks import telling_notes
from tracker.reports.branding.text import lines, pieces
from tracker.reports.branding.word_layout import Styles, controls_around, report_paragraph, word_layout
from tracker.reports.model import Brand, NotRendered, Rendered, Report
from tracker.reports.paged import is_long
from tracker.reports.render.docx.body import LAYOUT, Body
from tracker.reports.render.docx.fitting_in import amendments, standing_clear
from tracker.reports.render.docx.pages import Lists, leave_out, saved, set_properties
from tracker.reports.render.docx.places import free, replace_all, roots
from tracker.reports.render.docx.styles import (
    DRAWING,
    EXPECTED,
    MAIN,
    SPACES,
    TABLE,
    key,
    language_xml,
    paragraph_styles,
    style_xml,
    table_style_xml,
)
from tracker.reports.render.flow.parts import Paragraph
from tracker.reports.render.flow.walk import walk
from tracker.reports.render.heading import footer
from tracker.reports.typography.measuring import breadth
from tracker.rules.wording import listed
from tracker.text import plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_W = f"{{{MAIN}}}"
_PICTURE = f"{{{DRAWING}/wordprocessingDrawing}}docPr"
_ROOM = 17.0  # centimetres, where the template does not say
_LEAST_ROOM, _MOST_ROOM = 5, 60
_SHOWN = 80


class _Place(NamedTuple):
    """A template that is ready: where the paper goes in, how wide and ``tall`` text is there, which facts it states.

    ``tall`` is in centimetres, 0 if unknown, ``breadth`` how wide its letters may be.
    """

    document: "Document"
    anchor: "Element"
    body: Body
    room: float
    tall: float
    breadth: float
    stated: frozenset[str]
    titled: bool
    notes: tuple[str, ...]


def fill(report: Report, brand: Brand) -> Rendered:
    """Return the paper in the brand's template, before the paragraph that holds ``{{ report }}``.

    The plain placeholders are replaced in body, headers and footers; other braces stay and are noted, as are styles
    that the template lacks. Raises NotRendered for a template that cannot be used.
    """
    from docx.opc.exceptions import OpcError

    if reasons := check(brand.docx, "docx").refused:
        raise NotRendered("The organisation's template cannot be used. " + " ".join(reasons))
    try:
        place = _prepare(report, brand)
    # What python-docx raises where a file is not built as Word builds it.
    except (OpcError, SyntaxError, LookupError, ValueError, AttributeError, TypeError) as error:
        reason = plain(str(error))[:_SHOWN]
        raise NotRendered(f"The organisation's template cannot be read ({reason}). Save it again with Word.") from error
    layout = LAYOUT._replace(room=place.room, tall=place.tall or LAYOUT.tall, breadth=place.breadth)
    place.body.add_all(walk(report, brand, layout, logo=False, titled=place.titled, stated=place.stated))
    place.body.add(Paragraph("note", footer(report)))
    for element in place.body.elements():
        place.anchor.addprevious(element)
    _take_out(place.anchor)
    return Rendered(saved(place.document), place.notes)


def _prepare(report: Report, brand: Brand) -> _Place:
    import docx

    document: Document = docx.Document(BytesIO(brand.docx))
    leave_out(document, blank=False)
    anchor = _anchor(document)
    # Before the paper goes in: what people wrote is no placeholder, whatever it looks like.
    names, strange = replace_all(document, {**values(report.header), REPORT: ""})
    lists = Lists(document)
    sheet = Styles(document.styles.element)
    meeting = word_layout(document.element, sheet, anchor)
    styles, notes = _styles(document, brand, lists, sheet)
    _language(document, report.header.language)
    set_properties(document, report, brand)
    body = Body(
        document.part,
        styles,
        lists.begin,
        long=is_long(report),
        first=_highest(document),
        amended=amendments(sheet, meeting),
        breaking=meeting.breaking,
    )
    if strange:
        notes = [f"The template holds {listed(strange, 10)}: no placeholder, so it was left as it is.", *notes]
    notes += telling_notes(lines(brand.docx, "docx"), report.header)
    stated = frozenset(STATES[name] for name in names if name in STATES)
    titled = styles["title"] in document.element.body.xpath(".//w:p[not(ancestor::w:tbl)]/w:pPr/w:pStyle/@w:val")
    room = meeting.room if _LEAST_ROOM <= meeting.room <= _MOST_ROOM else _ROOM
    return _Place(document, anchor, body, room, meeting.tall, breadth(meeting.font), stated, titled, tuple(notes))


def _text(paragraph: "Element") -> str:
    return "".join(piece.text or "" for piece in pieces(paragraph))


def _anchor(document: "Document") -> "Element":
    """Return the paragraph of ``{{ report }}``, freed of the content controls around it: they may hold no tables."""
    anchor = report_paragraph(document.element)
    if anchor is None:
        raise NotRendered("The organisation's template has no {{ report }} in a paragraph of its text.")
    for control in controls_around(anchor):
        free(control)
    return cast("Element", anchor)


def _take_out(anchor: "Element") -> None:
    """Remove the paragraph of the anchor, unless it holds something else: words, a picture, the end of a section."""
    if not anchor.xpath(".//w:sectPr | .//w:drawing | .//w:pict | .//w:br") and not _text(anchor).strip():
        anchor.getparent().remove(anchor)


def _styles(document: "Document", brand: Brand, lists: Lists, sheet: Styles) -> tuple[dict[str, str], list[str]]:
    """Add the styles that the template lacks; return the ids of all by their names, and a note of what was added."""
    root = document.styles.element
    ids = {
        style.find(f"{_W}name").get(f"{_W}val").lower(): style.get(f"{_W}styleId")
        for style in root.xpath("./w:style[w:name]")
    }
    normal = root.xpath("./w:style[@w:type='paragraph'][@w:default='1']/@w:styleId")
    ids["normal"] = str([*normal, ids.get("normal", "Normal")][0])
    missing = []
    for style in paragraph_styles(brand.accent):
        if style.name.lower() not in ids:
            style = standing_clear(style, sheet)
            _add_style(root, style_xml(style, lists.bullets, lists.numbers, ids["normal"]), ids, style.name)
            if style.name in EXPECTED:
                missing.append(style.name)
    if TABLE.lower() not in ids:
        _add_style(root, table_style_xml(), ids, TABLE)
    if not missing:
        return ids, []
    return ids, [f"The template does not define the styles {listed(missing)}: plain ones were used."]


def _add_style(root: "Element", xml: str, ids: dict[str, str], name: str) -> None:
    from docx.oxml import parse_xml

    style_id = key(name)
    while style_id in ids.values():  # a style of another name may have this id
        style_id += "X"
    style = parse_xml(xml.replace("<w:style ", f"<w:style {SPACES} ", 1))
    style.set(f"{_W}styleId", style_id)
    ids[name.lower()] = style_id
    root.append(style)


def _language(document: "Document", language: str) -> None:
    """Say the language of the paper where the template says what holds by itself."""
    from docx.oxml import parse_xml

    root = document.styles.element
    xml = f"<w:rPrDefault><w:rPr>{language_xml(language)}</w:rPr></w:rPrDefault>"
    new = parse_xml(f"<w:docDefaults {SPACES}>{xml}</w:docDefaults>")
    defaults = root.find(f"{_W}docDefaults")
    if defaults is None:
        root.insert(0, new)
        return
    letters = defaults.find(f"{_W}rPrDefault/{_W}rPr")
    if letters is None:
        for element in defaults.findall(f"{_W}rPrDefault"):
            defaults.remove(element)
        defaults.insert(0, new[0])
        return
    for element in letters.findall(f"{_W}lang"):
        letters.remove(element)
    letters.append(new[0][0][0])


def _highest(document: "Document") -> int:
    """Return the highest number of a picture or a bookmark that the template has."""
    pictures = (element.get("id", "") for root in roots(document) for element in root.iter(_PICTURE))
    bookmarks = (element.get(f"{_W}id", "") for root in roots(document) for element in root.iter(f"{_W}bookmarkStart"))
    numbers = (*pictures, *bookmarks)
    return max((int(number) for number in numbers if number.isdecimal() and len(number) < 10), default=0)
