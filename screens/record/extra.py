"""A part of a record's page that is drawn for the width there is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

Toned = tuple[str, str]  # a text and its tone: green, amber, red, muted, strong, or empty
Drawn = Toned | tuple[Toned, ...]  # a line, of one tone or of pieces


class Extra(NamedTuple):
    """Lines under a heading of their own; ``draw`` gives them for a width in columns, without reading anything."""

    title: str
    draw: Callable[[int], Sequence[Drawn]]
