"""The text of a template, paragraph by paragraph: an editor may have split a word over many pieces."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from tracker.reports.branding.trees import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_ODT_PARTS = re.compile(r"(content|styles)\.xml")


class Line(NamedTuple):
    """A paragraph's text; ``body``: it stands in the body itself, not in a table, frame, header or footer."""

    text: str
    body: bool


def pieces(paragraph: "Element") -> list["Element"]:
    """Return the text elements of a Word paragraph in order, those of text boxes inside it left out."""
    return [piece for piece in paragraph.iter(f"{W}t") if next(piece.iterancestors(f"{W}p"), None) is paragraph]


def lines(data: bytes, kind: str) -> list[Line]:
    """Return the paragraphs of a safe .docx or .odt (``kind``), body, headers and footers. Raises ValueError."""
    parts, read = {"docx": (_WORD_PARTS, _word_lines), "odt": (_ODT_PARTS, _odt_lines)}[kind]
    with zipfile.ZipFile(BytesIO(data)) as file:
        return [line for name in file.namelist() if parts.fullmatch(name) for line in read(tree(file.read(name)))]


def _word_lines(root: "Element") -> Iterator[Line]:
    for paragraph in root.iter(f"{W}p"):
        text = "".join(piece.text or "" for piece in pieces(paragraph))
        if text.strip():
            yield Line(text, paragraph.getparent().tag == f"{W}body")


def _odt_lines(root: "Element") -> Iterator[Line]:
    for paragraph in root.iter(f"{_T}p", f"{_T}h"):
        text = "".join(_odt_text(paragraph))
        if text.strip():
            home = paragraph.getparent().tag.rsplit("}", 1)[-1]
            yield Line(text, home in ("text", "section"))


def _odt_text(element: "Element") -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag == f"{_T}s":
            yield " "
        elif isinstance(child.tag, str) and child.tag not in (f"{_T}p", f"{_T}note"):
            yield from _odt_text(child)
        yield child.tail or ""
