"""The text of a template, paragraph by paragraph: an editor may have split a word over many pieces."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from tracker.reports.branding.package import main_part, related
from tracker.reports.branding.trees import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Parts of a Word file that hold text beside the body, by what they are there for.
PLACES = {
    "header": "a header",
    "footer": "a footer",
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "comments": "a comment",
}
PROPERTIES = "the file's properties"
_PROPERTY_PARTS = ("extended-properties", "custom-properties", "core-properties")
# What may lie between the body and its paragraphs; the paper can stand in it as it can in the body.
_THROUGH = (*(W + name for name in ("sdt", "sdtContent", "customXml", "body")), f"{_T}section")
_INSIDE = {
    f"{W}tc": "a table",
    f"{W}txbxContent": "a text box",
    "table-cell": "a table",
    "text-box": "a text box",
    "frame": "a text box",
    "note-body": "a footnote",
    "annotation": "a comment",
    "header": "a header",
    "footer": "a footer",
}


class Line(NamedTuple):
    """A paragraph's text, and where it stands, such as ``a header``; empty for the body itself."""

    text: str
    place: str

    @property
    def body(self) -> bool:
        """Whether it stands in the body itself."""
        return not self.place


def pieces(paragraph: "Element") -> list["Element"]:
    """Return the text elements of a Word paragraph in order, those of text boxes inside it left out."""
    return [piece for piece in paragraph.iter(f"{W}t") if next(piece.iterancestors(f"{W}p"), None) is paragraph]


def lines(data: bytes, kind: str) -> list[Line]:
    """Return the paragraphs of a safe .docx or .odt (``kind``), wherever they stand, and the texts of its properties.

    Raises ValueError.
    """
    read = {"docx": _word_file, "odt": _odt_file}[kind]
    with zipfile.ZipFile(BytesIO(data)) as file:
        return list(read(file))


def in_body(paragraph: "Element") -> bool:
    """Return whether a paper can stand in the place of a Word paragraph: nothing but controls lies around it."""
    tags = [element.tag for element in paragraph.iterancestors()]
    return f"{W}body" in tags and all(tag in _THROUGH for tag in tags[: tags.index(f"{W}body")])


def _word_file(file: zipfile.ZipFile) -> Iterator[Line]:
    main = main_part(file)
    yield from _word_lines(tree(file.read(main)), "")
    for part in related(file, main):
        if part.kind in PLACES:
            yield from _word_lines(tree(file.read(part.path)), PLACES[part.kind])
    for part in related(file):
        if part.kind in _PROPERTY_PARTS:
            yield from _properties(tree(file.read(part.path)))


def _word_lines(root: "Element", place: str) -> Iterator[Line]:
    for paragraph in root.iter(f"{W}p"):
        text = "".join(piece.text or "" for piece in pieces(paragraph))
        if text.strip():
            yield Line(text, place or _surroundings(paragraph))


def _surroundings(paragraph: "Element") -> str:
    """Return what a paragraph of the body stands in; empty when that is the body itself."""
    if in_body(paragraph):
        return ""
    around = (_INSIDE.get(element.tag) for element in paragraph.iterancestors())
    return next(filter(None, around), "something else than the text")


def _properties(root: "Element") -> Iterator[Line]:
    for element in root.iter("*"):
        if element.text and element.text.strip():
            yield Line(element.text, PROPERTIES)


def _odt_file(file: zipfile.ZipFile) -> Iterator[Line]:
    names = file.namelist()
    for name in ("content.xml", "styles.xml"):
        if name in names:
            yield from _odt_lines(tree(file.read(name)))
    if "meta.xml" in names:
        yield from _properties(tree(file.read("meta.xml")))


def _odt_lines(root: "Element") -> Iterator[Line]:
    for paragraph in root.iter(f"{_T}p", f"{_T}h"):
        text = "".join(odt_text(paragraph))
        if text.strip():
            yield Line(text, _odt_place(paragraph))


def _odt_place(paragraph: "Element") -> str:
    tags = [element.tag for element in paragraph.iterancestors()]
    body = next((n for n, tag in enumerate(tags) if tag.endswith("office:1.0}text")), None)
    if body is not None and all(tag in _THROUGH for tag in tags[:body]):
        return ""
    around = (_INSIDE.get(element.tag.rpartition("}")[2]) for element in paragraph.iterancestors())
    return next(filter(None, around), "something else than the text")


def odt_text(element: "Element") -> Iterator[str]:
    """Yield the text of a paragraph of Writer, piece by piece; that of notes inside it is left out."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag == f"{_T}s":
            yield " "
        elif isinstance(child.tag, str) and child.tag not in (f"{_T}p", f"{_T}note"):
            yield from odt_text(child)
        yield child.tail or ""
