"""The places in a Word template where something is put in: wherever a file holds text, its properties too."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.reports.branding.placeholders import NAMES, filled, other_braces, places
from tracker.reports.branding.text import PLACES, W, pieces

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# A control that is bound shows what it is bound to whenever the file is opened, not the words that were put in.
_BINDING = ("dataBinding", "showingPlcHdr")
_DATA = ("/custom-properties", "/extended-properties", "/customXml")


def roots(document: "Document") -> Iterator["Element"]:
    """Yield the body and whatever else holds paragraphs: headers, footers, notes, comments."""
    yield document.element
    for part in _parts(document):
        yield part[1]


def _parts(document: "Document") -> Iterator[tuple["Part", "Element"]]:
    """Yield the parts beside the body that hold paragraphs, each with its root; some the library keeps as bytes."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.rpartition("/")[2] in PLACES and not relation.is_external:
            part = relation.target_part
            yield part, part.element if _is_read(part) else parse_xml(part.blob)


def _is_read(part: "Part") -> bool:
    """Return whether the library holds a part as elements, and not as bytes."""
    return hasattr(part, "element")


def replace_all(document: "Document", new: dict[str, str]) -> tuple[set[str], list[str]]:
    """Replace the placeholders; return the names that were used, and whatever else stands in braces."""
    from docx.opc.oxml import serialize_part_xml

    names, strange = _replace(document.element, new)
    for part, root in _parts(document):
        part_names, part_strange = _replace(root, new)
        names |= part_names
        strange |= part_strange
        if not _is_read(part):
            part._blob = serialize_part_xml(root)
    _replace_data(document, new)
    return names & set(NAMES), list(strange)


def _replace(root: "Element", new: dict[str, str]) -> tuple[set[str], dict[str, None]]:
    names: set[str] = set()
    strange: dict[str, None] = {}
    for paragraph in root.iter(f"{W}p"):
        elements = pieces(paragraph)
        text = "".join(element.text or "" for element in elements)
        if "{" not in text:
            continue
        names |= {place.name for place in places(text)}
        strange |= dict.fromkeys(f"“{' '.join(braces.split())[:60]}”" for braces in other_braces(text))
        for element, piece in zip(elements, filled([e.text or "" for e in elements], new), strict=True):
            if element.text != piece:
                element.text = piece
                element.set(_SPACE, "preserve")
                _unbind(element)
    return names, strange


def _unbind(element: "Element") -> None:
    """Let the controls around a text keep it as words of their own."""
    for control in element.iterancestors(f"{W}sdt"):
        for properties in control.findall(f"{W}sdtPr"):
            for setting in list(properties):
                if str(setting.tag).rpartition("}")[2] in _BINDING:
                    properties.remove(setting)


def _replace_data(document: "Document", new: dict[str, str]) -> None:
    """Replace the placeholders in properties and in the data behind controls, which fields and controls may show."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    for relations in (document.part.rels, document.part.package.rels):
        for relation in relations.values():
            if relation.is_external or not relation.reltype.endswith(_DATA) or b"{{" not in relation.target_part.blob:
                continue
            root = parse_xml(relation.target_part.blob)
            for element in root.iter("*"):
                element.text = "".join(filled([element.text or ""], new)) or None
            relation.target_part._blob = serialize_part_xml(root)


def free(control: "Element") -> None:
    """Put what a content control holds in its place."""
    for content in control.findall(f"{W}sdtContent"):
        for element in list(content):
            control.addprevious(element)
    control.getparent().remove(control)
