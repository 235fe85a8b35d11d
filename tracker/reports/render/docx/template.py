"""A paper in an organisation's own .docx: its styles, header, footer, page and logo stay as they are."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from tracker.reports.house.check import problems
from tracker.reports.house.placeholders import NAMES, REPORT, TELLS, others, places, values
from tracker.reports.house.text import pieces
from tracker.reports.model import Report
from tracker.reports.paged import is_long
from tracker.reports.render.docx.body import LAYOUT, Body
from tracker.reports.render.docx.lists import Lists
from tracker.reports.render.docx.pages import leave_out, saved, set_properties
from tracker.reports.render.docx.styles import (
    EXPECTED,
    TABLE,
    key,
    language_xml,
    paragraph_styles,
    style_xml,
    table_style_xml,
)
from tracker.reports.render.docx.xml import CENTIMETRE, MAIN, SPACES
from tracker.reports.render.flow.parts import Paragraph
from tracker.reports.render.flow.walk import walk
from tracker.reports.render.heading import footer
from tracker.reports.rendering import Brand, NotRendered, Rendered
from tracker.rules.wording import listed
from tracker.text import plain

_W = f"{{{MAIN}}}"
_ROOM = 17.0
_SHOWN = 80


class _Place(NamedTuple):
    """A template that is ready: where the paper goes in and how wide the text is there, and which facts it states."""

    document: Any
    anchor: Any
    body: Body
    room: float
    stated: frozenset[str]
    titled: bool
    notes: tuple[str, ...]


def fill(report: Report, brand: Brand) -> Rendered:
    """Return the paper in the brand's template, before the paragraph that holds ``{{ report }}``.

    The plain placeholders are replaced in body, headers and footers; other braces stay and are noted, as are styles
    that the template lacks. Raises NotRendered for a template that cannot be used.
    """
    from docx.opc.exceptions import OpcError

    if reasons := problems(brand.docx, "docx"):
        raise NotRendered("The organisation's template cannot be used. " + " ".join(reasons))
    try:
        place = _prepare(report, brand)
    # What python-docx raises where a file is not built as Word builds it.
    except (OpcError, SyntaxError, LookupError, ValueError, AttributeError, TypeError) as error:
        reason = plain(str(error))[:_SHOWN]
        raise NotRendered(f"The organisation's template cannot be read ({reason}). Save it again with Word.") from error
    layout = LAYOUT._replace(room=place.room)
    place.body.add_all(walk(report, brand, layout, logo=False, titled=place.titled, stated=place.stated))
    place.body.add(Paragraph("note", footer(report)))
    for element in place.body.elements():
        place.anchor.addprevious(element)
    _take_out(place.anchor)
    return Rendered(saved(place.document), place.notes)


def _prepare(report: Report, brand: Brand) -> _Place:
    import docx

    document: Any = docx.Document(BytesIO(brand.docx))
    leave_out(document, own=False)
    anchor = _anchor(document)
    # Before the paper goes in: what people wrote is no placeholder, whatever it looks like.
    used, strange = _replace_all(document, {**values(report.header), REPORT: ""})
    lists = Lists(document)
    styles, notes = _styles(document, brand, lists)
    _language(document, report.header.language)
    set_properties(document, report, brand)
    body = Body(document.part, styles, lists.begin, long=is_long(report), first=_highest(document))
    if strange:
        notes = [f"The template holds {listed(strange, 10)}: no placeholder, so it was left as it is.", *notes]
    stated = frozenset(TELLS[name] for name in used if name in TELLS)
    titled = _has_title(document, styles)
    return _Place(document, anchor, body, _room(document, anchor), stated, titled, tuple(notes))


def _said(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in pieces(paragraph))


def _anchor(document: Any) -> Any:
    for paragraph in document.element.body.findall(f"{_W}p"):
        if any(place.name == REPORT for place in places(_said(paragraph))):
            return paragraph
    raise NotRendered("The organisation's template has no {{ report }} in a paragraph of its text.")


def _has_title(document: Any, styles: dict[str, str]) -> bool:
    """Return whether the template gives the paper a title of its own."""
    wanted = styles["title"]
    return any(str(style) == wanted for style in document.element.body.xpath("./w:p/w:pPr/w:pStyle/@w:val"))


def _take_out(anchor: Any) -> None:
    """Remove the paragraph of the anchor, unless it holds something else: words, a picture, the end of a section."""
    kept = anchor.xpath(".//w:sectPr | .//w:drawing | .//w:pict | .//w:br") or _said(anchor).strip()
    if not kept:
        anchor.getparent().remove(anchor)


def _roots(document: Any) -> Iterator[Any]:
    """Yield the body, headers and footers."""
    yield document.element
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def _replace_all(document: Any, known: dict[str, str]) -> tuple[set[str], list[str]]:
    """Replace the placeholders; return the names that were used, and whatever else stands in braces."""
    used: set[str] = set()
    strange: dict[str, None] = {}
    for root in _roots(document):
        for paragraph in root.iter(f"{_W}p"):
            text = _said(paragraph)
            if "{" not in text:
                continue
            used |= {place.name for place in places(text)}
            strange |= dict.fromkeys(f"“{' '.join(braces.split())[:60]}”" for braces in others(text))
            _replace(paragraph, known)
    return used & set(NAMES), list(strange)


def _replace(paragraph: Any, known: dict[str, str]) -> None:
    """Replace the placeholders of a paragraph: the value goes where one begins, the rest of it goes away."""
    several = pieces(paragraph)
    texts = [piece.text or "" for piece in several]
    for place in reversed(places("".join(texts))):
        at, first = 0, True
        for n, text in enumerate(list(texts)):
            start, end = max(place.start, at), min(place.end, at + len(text))
            if start < end:
                texts[n] = text[: start - at] + (known[place.name] if first else "") + text[end - at :]
                first = False
            at += len(text)
    for piece, text in zip(several, texts, strict=True):
        if piece.text != text:
            piece.text = text
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _styles(document: Any, brand: Brand, lists: Lists) -> tuple[dict[str, str], list[str]]:
    """Add the styles that the template lacks; return the ids of all by their names, and a note of what was added."""
    from docx.oxml import parse_xml

    root = document.styles.element
    there = {style.find(f"{_W}name").get(f"{_W}val").lower(): style for style in root.findall(f"{_W}style")
             if style.find(f"{_W}name") is not None}  # fmt: skip
    ids = {name: style.get(f"{_W}styleId") for name, style in there.items()}
    normal = root.xpath("./w:style[@w:type='paragraph'][@w:default='1']/@w:styleId")
    ids["normal"] = str(normal[0]) if normal else ids.get("normal", "Normal")
    lacking = []
    for style in paragraph_styles(brand.accent):
        if style.name.lower() not in ids:
            made = parse_xml(style_xml(style, lists.bullets, lists.numbers, ids["normal"]).replace(
                "<w:style ", f"<w:style {SPACES} ", 1))  # fmt: skip
            _add_style(root, made, ids, style.name)
            lacking += [style.name] if style.name in EXPECTED else []
    if TABLE.lower() not in ids:
        xml = table_style_xml(brand.accent).replace("<w:style ", f"<w:style {SPACES} ", 1)
        _add_style(root, parse_xml(xml), ids, TABLE)
    notes = [f"The template does not define the styles {listed(lacking)}: plain ones were used."] if lacking else []
    return ids, notes


def _add_style(root: Any, style: Any, ids: dict[str, str], name: str) -> None:
    made = key(name)
    while made in ids.values():  # a style of another name may have this id
        made += "X"
    style.set(f"{_W}styleId", made)
    ids[name.lower()] = made
    root.append(style)


def _language(document: Any, language: str) -> None:
    """Say the language of the paper where the template says what holds by itself."""
    from docx.oxml import parse_xml

    root = document.styles.element
    xml = (
        f"<w:docDefaults {SPACES}><w:rPrDefault><w:rPr>{language_xml(language)}</w:rPr></w:rPrDefault></w:docDefaults>"
    )
    defaults = root.find(f"{_W}docDefaults")
    if defaults is None:
        root.insert(0, parse_xml(xml))
        return
    letters = defaults.find(f"{_W}rPrDefault/{_W}rPr")
    if letters is None:
        for old in defaults.findall(f"{_W}rPrDefault"):
            defaults.remove(old)
        defaults.insert(0, parse_xml(xml)[0])
        return
    for old in letters.findall(f"{_W}lang"):
        letters.remove(old)
    letters.append(parse_xml(xml)[0][0][0])


def _highest(document: Any) -> int:
    """Return the highest number of a picture or a bookmark that the template has."""
    found = [
        int(value)
        for root in _roots(document)
        for value in root.xpath("//wp:docPr/@id | //w:bookmarkStart/@w:id")
        if str(value).isdecimal() and len(value) < 10
    ]
    return max(found, default=0)


def _room(document: Any, anchor: Any) -> float:
    """Return how wide the text is where the paper goes in, in centimetres: that of the section it stands in."""
    own = [one for p in (anchor, *anchor.itersiblings(f"{_W}p")) for one in p.xpath("./w:pPr/w:sectPr")][:1]
    section = own[0] if own else document.element.body.find(f"{_W}sectPr")
    if section is None:
        return _ROOM
    sizes = section.xpath("./w:pgSz/@w:w") + section.xpath("./w:pgMar/@w:left") + section.xpath("./w:pgMar/@w:right")
    try:
        page, *margins = [float(value) for value in sizes]
    except ValueError:
        return _ROOM
    found = (page - sum(margins)) / CENTIMETRE
    return found if 5 <= found <= 60 else _ROOM
