"""Lines of text with tones, drawn once for the command line and the screens.

A tone never says anything that the words or the mark do not say too.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tracker.reports.render.text import wrap


class Piece(NamedTuple):
    """Text of one tone: muted, strong, heading, or a level such as green, amber, red; plain when empty."""

    text: str
    tone: str = ""


Drawn = tuple[Piece, ...]  # a line


def text_of(line: Drawn) -> str:
    """Return a drawn line as text, without blanks at its end."""
    return "".join(piece.text for piece in line).rstrip()


def wrap_hanging(
    mark: str, text: str, width: int, *, tone: str = "", mark_tone: str = "", indent: int = 0
) -> list[Drawn]:
    """Return a text beside a mark, its further lines under its first."""
    front = " " * indent + mark
    lines = wrap(text, max(width - len(front), 20)) or [""]
    first: Drawn = (Piece(front, mark_tone), Piece(lines[0], tone))
    return [first, *((Piece(" " * len(front)), Piece(line, tone)) for line in lines[1:])]


def translated(lines: Iterable[Drawn], table: Mapping[int, int]) -> list[Drawn]:
    """Return drawn lines with signs exchanged as ``str.translate`` does, where a terminal cannot show them."""
    return [tuple(piece._replace(text=piece.text.translate(table)) for piece in line) for line in lines]
