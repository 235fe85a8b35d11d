"""What the page of a record is made of: lines with labels, parts, and what is drawn for the width there is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

# The colour of the theme by tone: of ratings, of what a signal says, and of what matters less.
TONES = {"green": "rating-green", "amber": "rating-amber", "red": "rating-red", "muted": "muted"}
TONES |= {"clear": "rating-green", "watch": "rating-amber", "warning": "rating-red"}

Toned = tuple[str, str]  # a text and its tone: one of TONES, strong, or empty
Drawn = Toned | tuple[Toned, ...]  # a line, of one tone or of pieces


class Line(NamedTuple):
    """A label and what belongs to it; ``kind`` and ``uid`` say to which record it leads, if to one.

    ``whole`` is the text of which only the beginning is shown; the line opens it.
    """

    label: str
    text: str
    tone: str = ""
    kind: str = ""
    uid: str = ""
    whole: str = ""

    @property
    def leads(self) -> bool:
        """Whether the line opens a record, or a text."""
        return bool(self.uid or self.whole)


class Part(NamedTuple):
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


class Extra(NamedTuple):
    """Lines under a heading of their own; ``draw`` gives them for a width in columns, without reading anything."""

    title: str
    draw: Callable[[int], Sequence[Drawn]]
