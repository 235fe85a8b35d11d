"""The fixed places of a template: ``{{ report }}`` and plain placeholders. Nothing in braces is ever worked out."""

import re
from typing import NamedTuple

from tracker.reports.model import Header
from tracker.rules.wording import date_or, show_date

REPORT = "report"
NAMES = ("programme", "board", "meeting", "as_of", "since", "pack", "version", "classification", "audience")
# Which fact of a paper's head a placeholder states.
STATES = {
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
    days = {"as_of": show_date(header.as_of), "since": date_or(header.since)}
    return {name: " ".join((days.get(name) or getattr(header, name) or "").split()) for name in NAMES}


def places(text: str) -> list[Piece]:
    """Return the places in a text that have one of the fixed names, in order."""
    return [Piece(*match.span(), match[1]) for match in PLACE.finditer(text) if match[1] in (REPORT, *NAMES)]


def filled(texts: list[str], new: dict[str, str]) -> list[str]:
    """Return the pieces of a paragraph with its placeholders replaced by the ``new`` texts of their names.

    An editor may have split a placeholder over many pieces: its text goes where it begins, the rest of it goes away.
    """
    texts = list(texts)
    for place in reversed(places("".join(texts))):
        if place.name not in new:
            continue
        at = 0
        text = new[place.name]
        for n, piece in enumerate(list(texts)):
            start = max(place.start, at)
            end = min(place.end, at + len(piece))
            if start < end:
                texts[n] = piece[: start - at] + text + piece[end - at :]
                text = ""
            at += len(piece)
    return texts


def other_braces(text: str) -> list[str]:
    """Return whatever else stands in double braces, or in those of a template language, as it stands there."""
    starts = {place.start for place in places(text)}
    return [match[0] for match in _BRACES.finditer(text) if match.start() not in starts]


def is_code(braces: str) -> bool:
    """Return whether something in braces is an expression, not a name that was mistyped."""
    return _WORD.fullmatch(braces) is None or _CODE.search(braces) is not None
