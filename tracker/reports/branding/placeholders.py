"""The fixed places of a template: ``{{ report }}`` and plain placeholders. Nothing in braces is ever worked out."""

import re
from typing import NamedTuple

from tracker.reports.model import Header
from tracker.rules.when import show_date

REPORT = "report"
NAMES = ("programme", "board", "meeting", "as_of", "since", "pack", "version", "classification", "audience")
# Which fact of a paper's head a placeholder tells.
TELLS = {
    "board": "Board",
    "meeting": "Meeting",
    "as_of": "Position as of",
    "since": "Changes since",
    "audience": "Audience",
    "classification": "Classification",
    "pack": "Pack",
    "version": "Version",
}
_SPACE = "[ \u00a0]*"
PLACE = re.compile(rf"\{{\{{{_SPACE}([a-z_]{{1,40}}){_SPACE}\}}\}}")
_BRACES = re.compile(r"\{\{[^{}]{0,300}\}\}|\{%.{0,300}?%\}|\{#.{0,300}?#\}", re.DOTALL)
_WORD = re.compile(r"\{\{\s*[\w .\-]{0,60}\s*\}\}")
_CODE = re.compile(r"\w\s*\.\s*\w|__")


class Piece(NamedTuple):
    """A place in a text: where it begins and ends, and the name in its braces."""

    start: int
    end: int
    name: str


def values(header: Header) -> dict[str, str]:
    """Return what each placeholder is replaced by, on one line; what is not known is empty."""
    given = {
        "programme": header.programme,
        "board": header.board,
        "meeting": header.meeting,
        "as_of": show_date(header.as_of),
        "since": show_date(header.since) if header.since else "",
        "pack": header.pack,
        "version": header.version,
        "classification": header.classification,
        "audience": header.audience,
    }
    return {name: " ".join(value.split()) for name, value in given.items()}


def places(text: str) -> list[Piece]:
    """Return the places in a text that have one of the fixed names, in order."""
    known = {REPORT, *NAMES}
    return [Piece(*found.span(), found[1]) for found in PLACE.finditer(text) if found[1] in known]


def others(text: str) -> list[str]:
    """Return whatever else stands in double braces, or in those of a template language, as it stands there."""
    known = {found.start for found in places(text)}
    return [found[0] for found in _BRACES.finditer(text) if found.start() not in known]


def is_code(braces: str) -> bool:
    """Return whether something in braces is an expression, not a name that was mistyped."""
    return _WORD.fullmatch(braces) is None or _CODE.search(braces) is not None
