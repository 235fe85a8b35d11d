"""The places in a template where something is put in: ``{{ report }}`` and the plain placeholders."""

import re
from typing import Any, NamedTuple
from xml.dom.minidom import Text

from tracker.reports.branding.placeholders import REPORT, STATES, filled, other_braces, places, values
from tracker.reports.model import Report

Xml = Any  # a node of minidom, whose types do not know which node stands in which
_PARAGRAPHS = ("text:p", "text:h")
# What they hold is no text of the paragraph they stand in: it has paragraphs of its own, or none.
_APART = ("text:note", "office:annotation", "draw:frame", "text:ruby-text", "text:tracked-changes")
_HOMES = ("office:text", "text:section", "table:table-cell")
# They show what they refer to whenever the file is opened, not the words that were put in.
_FIELDS = tuple(
    f"text:{name}"
    for name in (
        *("title", "subject", "description", "keywords", "initial-creator", "creator", "user-defined"),
        *("user-field-get", "user-field-input", "variable-get", "variable-set", "variable-input", "placeholder"),
    )
)
_SHOWN = 10


class _Piece(NamedTuple):
    """A piece of a paragraph's text, and the node that holds it."""

    node: Xml
    text: str


def stated_facts(content: Xml, styles: Xml) -> frozenset[str]:
    """Return which facts of a paper's head the placeholders of body, headers and footers state, by their labels."""
    paragraphs = [*_paragraphs(content.documentElement), *_paragraphs(styles.documentElement)]
    names = {place.name for paragraph in paragraphs for place in places(_text(paragraph))}
    return frozenset(STATES[name] for name in names if name in STATES)


def replace_all(content: Xml, styles: Xml, report: Report) -> list[str]:
    """Replace the placeholders in body, headers and footers; return a note for whatever else stands in braces."""
    new = values(report.header)
    strange: set[str] = set()
    for document in (content, styles):
        for paragraph in _paragraphs(document.documentElement):
            text = _text(paragraph)
            if "{" in text:
                _replace(document, paragraph, new)
                strange.update(" ".join(braces.split()) for braces in _strange(text, new))
    if not strange:
        return []
    names = [f"“{braces}”" for braces in sorted(strange)]
    listed = ", ".join(names[:_SHOWN])
    if len(names) > _SHOWN:
        listed += f" and {len(names) - _SHOWN} more"
    return [f"The template holds {listed}: no placeholder, so it was left as it is."]


def find_report(content: Xml, text: Xml) -> tuple[Xml | None, list[str]]:
    """Return the paragraph whose place the paper takes, and notes about it.

    Where it holds other words too, these stay, before the paper.
    """
    holders = [p for p in _paragraphs(text) if any(place.name == REPORT for place in places(_text(p)))]
    if not holders:
        return None, ["The template has no paragraph with {{ report }}: the paper stands at its end."]
    notes = ["The template has {{ report }} more than once: the first one was used."][: len(holders) - 1]
    place = holders[0]
    while place.parentNode is not text and place.parentNode.nodeName not in _HOMES:
        place = place.parentNode
    for holder in holders:
        _replace(content, holder, {REPORT: ""})
    if place is holders[0] and not _text(place).strip():
        return place, notes
    empty = content.createElement("text:p")
    place.parentNode.insertBefore(empty, place.nextSibling)
    return empty, [*notes, "The paragraph of {{ report }} holds something else too: the paper stands below it."]


def _paragraphs(root: Xml) -> list[Xml]:
    return [p for name in _PARAGRAPHS for p in root.getElementsByTagName(name) if not _deleted(p)]


def _deleted(node: Xml) -> bool:
    """Return whether a node is a text that was struck out and is only remembered."""
    while node.parentNode is not None:
        node = node.parentNode
        if node.nodeName == "text:tracked-changes":
            return True
    return False


def _pieces(node: Xml) -> list[_Piece]:
    """Return the pieces of text in a paragraph, in order: an editor may have split a word over many."""
    pieces: list[_Piece] = []
    for child in node.childNodes:
        if isinstance(child, Text):
            pieces.append(_Piece(child, re.sub(r"[\r\n]", " ", child.data)))  # readers fold white space of the file
        elif child.nodeName == "text:s":
            pieces.append(_Piece(child, " " * _count(child)))
        elif child.nodeName in ("text:tab", "text:line-break"):
            pieces.append(_Piece(child, "\t"))
        elif child.nodeName not in _APART and child.nodeName not in _PARAGRAPHS:
            pieces += _pieces(child)
    return pieces


def _count(element: Xml) -> int:
    count = element.getAttribute("text:c")
    return int(count) if count.isdecimal() and len(count) < 4 else 1


def _text(paragraph: Xml) -> str:
    return "".join(piece.text for piece in _pieces(paragraph))


def _strange(text: str, new: dict[str, str]) -> list[str]:
    """Return what stands in braces and is not replaced."""
    return [*other_braces(text), *(text[place.start : place.end] for place in places(text) if place.name not in new)]


def _replace(document: Xml, paragraph: Xml, new: dict[str, str]) -> None:
    """Replace the placeholders of a paragraph that have a new text."""
    pieces = _pieces(paragraph)
    for (node, old), text in zip(pieces, filled([piece.text for piece in pieces], new), strict=True):
        if text == old:
            continue
        field: Xml = node.parentNode
        if field.nodeName in _FIELDS:
            field.parentNode.replaceChild(document.createTextNode(text), field)
        elif isinstance(node, Text):
            node.data = text
        else:
            node.parentNode.replaceChild(document.createTextNode(text), node)
