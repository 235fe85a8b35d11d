"""A paper in an organisation's own .odt template: its styles, header, footer, page and logo stay as they are."""

import re
from io import BytesIO
from xml.dom.minidom import parseString
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from tracker.reports.branding.odt_layout import OdtLayout, odt_layout
from tracker.reports.branding.remarks import telling_notes, too_many_columns
from tracker.reports.branding.text import lines
from tracker.reports.model import Brand, NotRendered, Rendered, Report
from tracker.reports.paged import is_long
from tracker.reports.render.flow.parts import Paragraph
from tracker.reports.render.flow.walk import walk
from tracker.reports.render.odf.fitting_in import amendments, standing_clear
from tracker.reports.render.odf.parts import (
    NAMES,
    SPACES,
    TEXT,
    Part,
    description,
    language_of,
    origin,
    packed,
)
from tracker.reports.render.odf.places import Xml, find_report, replace_all, stated_facts
from tracker.reports.render.odf.styles import Style, key, named, paragraph_style
from tracker.reports.render.odf.text_body import LAYOUT, Body
from tracker.reports.typography.measuring import breadth

_ROOM = 17.0  # centimetres, where the template does not say
_LEAST_ROOM, _MOST_ROOM = 5, 60
# Written anew, or of no use once the text is another.
_LEFT_OUT = re.compile(r"mimetype|meta\.xml|META-INF/.*|manifest\.rdf|Thumbnails/.*|Configurations2/.*|layout-cache")
_END_OF_ABOUT = b"</office:meta>"
_CODE = re.compile(r"(Basic|Scripts)/")


def fill(report: Report, brand: Brand) -> Rendered:
    """Return the paper in the brand's template.

    The blocks stand in place of the paragraph that holds ``{{ report }}``, at the end when there is none; the plain
    placeholders are replaced wherever they stand. Other braces stay and are noted. Raises NotRendered for a template
    that cannot be read.
    """
    parts = _open(brand.odt)
    content = _parse(parts, "content.xml")
    styles = _parse(parts, "styles.xml")
    meeting = _layout(brand.odt)
    room = meeting.room if _LEAST_ROOM <= meeting.room <= _MOST_ROOM else _ROOM
    body = Body(
        brand.accent,
        long=is_long(report),
        amended=amendments(meeting),
        numbered=meeting.numbered,
        breaking=meeting.breaking,
    )
    stated = stated_facts(content, styles)
    layout = LAYOUT._replace(room=room, tall=meeting.tall or LAYOUT.tall, breadth=breadth(meeting.font))
    body.add_all(walk(report, brand, layout, logo=False, titled=meeting.titled, stated=stated))
    body.add(Paragraph("note", f"{report.header.programme} · {origin(report)}"))
    # In this order, and before the paper goes in: what people wrote is no placeholder, whatever it looks like.
    place, notes = find_report(content, _text_of(content))
    notes += replace_all(content, styles, report)
    notes += telling_notes(lines(brand.odt, "odt"), report.header)
    _insert(content, place, body)
    notes += _add_styles(styles, [standing_clear(style) for style in named(brand, room)])
    notes += _language(styles, report.header.language)
    for path, document in (("content.xml", content), ("styles.xml", styles)):
        parts[path] = parts[path]._replace(data=document.toxml(encoding="UTF-8"))
    about = description(report)
    about = about._replace(data=about.data.replace(_END_OF_ABOUT, _own_properties(brand.odt) + _END_OF_ABOUT))
    return Rendered(packed(TEXT, [about, *parts.values(), *body.pictures]), tuple(notes))


def _own_properties(data: bytes) -> bytes:
    """Return the properties that an organisation gave its template, as XML: fields in it may show them."""
    with ZipFile(BytesIO(data)) as file:
        if "meta.xml" not in file.namelist():
            return b""
        about = parseString(file.read("meta.xml"))
    return b"".join(element.toxml().encode() for element in about.getElementsByTagName("meta:user-defined"))


def _layout(data: bytes) -> OdtLayout:
    """Return what the paper meets in the template. Raises NotRendered where it has no room there."""
    try:
        layout = odt_layout(data)
    except (ValueError, KeyError) as error:
        raise NotRendered(f"The template cannot be read ({error}). Save it again.") from error
    if reasons := too_many_columns(layout):
        raise NotRendered(" ".join(reasons))
    return layout


def _open(data: bytes) -> dict[str, Part]:
    """Return the parts of the template that the paper keeps, by path."""
    try:
        with ZipFile(BytesIO(data)) as file:
            media = _media(file.read("META-INF/manifest.xml"))
            names = [name for name in file.namelist() if not name.endswith("/") and not _LEFT_OUT.fullmatch(name)]
            if code := [name for name in names if _CODE.match(name)]:
                raise NotRendered(f"The template holds macros ({code[0]}). Save it without them.")
            return {name: Part(name, file.read(name), media.get(name, "")) for name in names}
    except (BadZipFile, KeyError, RuntimeError, ExpatError) as error:  # RuntimeError: encrypted, or an unknown packing
        raise NotRendered(f"The template is not an .odt file that can be read ({error}). Save it again.") from error


def _media(manifest: bytes) -> dict[str, str]:
    entries = parseString(manifest).getElementsByTagName("manifest:file-entry")
    return {entry.getAttribute("manifest:full-path"): entry.getAttribute("manifest:media-type") for entry in entries}


def _parse(parts: dict[str, Part], path: str) -> Xml:
    if path not in parts:
        raise NotRendered(f"The template has no {path}: it is not an .odt file. Save it again.")
    data = parts[path].data
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotRendered(f"The template's {path} defines entities, which no editor writes. Save it again.")
    try:
        document: Xml = parseString(data)
    except ExpatError as error:
        raise NotRendered(f"The template's {path} cannot be read ({error}). Save it again.") from error
    for prefix, name in NAMES.items():
        attribute = f"xmlns:{prefix}"
        if document.documentElement.getAttribute(attribute) not in ("", name):
            raise NotRendered(f"The template's {path} calls things by unusual names. Save it with LibreOffice.")
        document.documentElement.setAttribute(attribute, name)
    return document


def _elements(xml: str, owner: Xml) -> list[Xml]:
    """Return elements written as XML, as ones of another document."""
    root: Xml = parseString(f"<all {SPACES}>{xml}</all>".encode()).documentElement
    return [owner.importNode(node, True) for node in root.childNodes]


def _text_of(content: Xml) -> Xml:
    texts = content.documentElement.getElementsByTagName("office:text")
    if not texts:
        raise NotRendered("The template is not a text document. Make it with Writer or Word and save it as .odt.")
    return texts[0]


def _insert(content: Xml, place: Xml | None, body: Body) -> None:
    """Put the paper and the styles it made into the template: instead of the place, or at the end without one."""
    root = content.documentElement
    if not root.getElementsByTagName("office:automatic-styles"):
        new = content.createElement("office:automatic-styles")
        root.insertBefore(new, root.getElementsByTagName("office:body")[0])
    home = root.getElementsByTagName("office:automatic-styles")[0]
    for element in _elements(body.styles(), content):
        home.appendChild(element)
    parent = place.parentNode if place is not None else _text_of(content)
    for element in _elements("".join(body.parts), content):
        parent.insertBefore(element, place)
    if place is not None:
        parent.removeChild(place)


def _add_styles(styles: Xml, needed: list[Style]) -> list[str]:
    """Add the styles that the template has not; return a note for those that it was expected to have."""
    home = styles.documentElement.getElementsByTagName("office:styles")
    if not home:
        raise NotRendered("The template's styles.xml holds no styles. Save it again with LibreOffice or Word.")
    existing = {
        style.getAttribute("style:name")
        for style in home[0].getElementsByTagName("style:style")
        if style.getAttribute("style:family") == "paragraph"
    }
    missing = [style for style in needed if key(style.name) not in existing]
    for style in missing:
        for element in _elements(paragraph_style(style), styles):
            home[0].appendChild(element)
    names = ", ".join(style.name for style in missing if not style.name.startswith("Paper "))
    return [f"The template does not define these styles, so plain ones were used: {names}."] if names else []


def _language(styles: Xml, code: str) -> list[str]:
    """Say the language of the paper where the template says none; return a note where it says another."""
    tongue, country = language_of(code)
    for style in styles.documentElement.getElementsByTagName("style:default-style"):
        if style.getAttribute("style:family") != "paragraph":
            continue
        if not style.getElementsByTagName("style:text-properties"):
            style.appendChild(styles.createElement("style:text-properties"))
        letters = style.getElementsByTagName("style:text-properties")[0]
        language = letters.getAttribute("fo:language")
        if language in ("", "none"):
            letters.setAttribute("fo:language", tongue)
            letters.setAttribute("fo:country", country)
        elif language != tongue:
            return [
                f"The template's language is {language}, the paper's {tongue}: readers may hear it in the wrong voice."
            ]
    return []
