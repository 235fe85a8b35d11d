"""The places in a template where something is put in: ``{{ report }}`` and the plain placeholders."""

import re
from typing import Any, NamedTuple
from xml.dom.minidom import Text

from tracker.reports.branding.placeholders import REPORT, TELLS, others, places, values
from tracker.reports.model import Report

Xml = Any  # a node of minidom, whose types do not know which node stands in which
_PARAGRAPHS = ("text:p", "text:h")
# What they hold is no text of the paragraph they stand in: it has paragraphs of its own, or none.
_APART = ("text:note", "office:annotation", "draw:frame", "text:ruby-text", "text:tracked-changes")
_HOMES = ("office:text", "text:section", "table:table-cell")
_SHOWN = 10


class _Run(NamedTuple):
    """A piece of a paragraph's text, and the node that holds it."""

    node: Xml
    text: str


def told_by(content: Xml, styles: Xml) -> frozenset[str]:
    """Return which facts of a paper's head the placeholders of body, headers and footers tell, by their labels."""
    paragraphs = [p for document in (content, styles) for p in _paragraphs(document.documentElement)]
    names = {place.name for paragraph in paragraphs for place in places(_text(_runs(paragraph)))}
    return frozenset(TELLS[name] for name in names if name in TELLS)


def replace_all(content: Xml, styles: Xml, report: Report) -> list[str]:
    """Replace the placeholders in body, headers and footers; return a note for whatever else stands in braces."""
    known = values(report.header)
    strange: list[str] = []
    for document in (content, styles):
        for paragraph in _paragraphs(document.documentElement):
            strange += _replace(document, paragraph, known)
    unique = sorted(set(strange))
    if not unique:
        return []
    more = f" and {len(unique) - _SHOWN} more" if len(unique) > _SHOWN else ""
    some = ", ".join(f"“{braces}”" for braces in unique[:_SHOWN])
    return [f"The template holds {some}{more}: no placeholder, so it was left as it is."]


def find_report(content: Xml, text: Xml) -> tuple[Xml | None, list[str]]:
    """Return the paragraph whose place the paper takes, and what should be known about it.

    Where it holds other words too, these stay, before the paper.
    """
    holders = [p for p in _paragraphs(text) if any(place.name == REPORT for place in places(_text(_runs(p))))]
    if not holders:
        return None, ["The template has no paragraph with {{ report }}: the paper stands at its end."]
    notes = ["The template has {{ report }} more than once: the first one was used."] if len(holders) > 1 else []
    place = holders[0]
    while place.parentNode is not text and place.parentNode.nodeName not in _HOMES:
        place = place.parentNode
    for holder in holders:
        _swap(content, holder, {REPORT: ""})
    alone = place is holders[0] and not _text(_runs(place)).strip()
    if alone:
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


def _runs(node: Xml) -> list[_Run]:
    """Return the pieces of text in a paragraph, in order: an editor may have split a word over many."""
    found: list[_Run] = []
    for child in node.childNodes:
        if isinstance(child, Text):
            found.append(_Run(child, child.data))
        elif child.nodeName == "text:s":
            found.append(_Run(child, " " * _count(child)))
        elif child.nodeName in ("text:tab", "text:line-break"):
            found.append(_Run(child, "\t"))
        elif child.nodeName not in _APART and child.nodeName not in _PARAGRAPHS:
            found += _runs(child)
    return found


def _count(element: Xml) -> int:
    said = element.getAttribute("text:c")
    return int(said) if said.isdecimal() and len(said) < 4 else 1


def _text(runs: list[_Run]) -> str:
    # White space of the file itself, which readers fold into one space.
    return "".join(re.sub(r"[\r\n]", " ", run.text) for run in runs)


def _replace(document: Xml, paragraph: Xml, known: dict[str, str]) -> list[str]:
    """Replace the placeholders of a paragraph and return what else stands in braces."""
    text = _text(_runs(paragraph))
    if "{" not in text:
        return []
    _swap(document, paragraph, known)
    beside = [text[place.start : place.end] for place in places(text) if place.name not in known]
    return [" ".join(braces.split()) for braces in [*others(text), *beside]]


def _swap(document: Xml, paragraph: Xml, known: dict[str, str]) -> None:
    runs = _runs(paragraph)
    for place in reversed(places(_text(runs))):
        if place.name in known:
            _put(document, runs, place.start, place.end, known[place.name])
            runs = _runs(paragraph)


def _put(document: Xml, runs: list[_Run], start: int, end: int, value: str) -> None:
    """Put a value in place of a stretch of text: in the piece where it begins, out of the others."""
    at, first = 0, True
    for node, text in runs:
        inside = max(start, at), min(end, at + len(text))
        if inside[0] < inside[1]:
            left = text[: inside[0] - at] + (value if first else "") + text[inside[1] - at :]
            first = False
            if isinstance(node, Text):
                node.data = left
            elif node.parentNode is not None:
                node.parentNode.replaceChild(document.createTextNode(left), node)
        at += len(text)
