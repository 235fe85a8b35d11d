"""The parts that a report flows into. Lengths are in centimetres, sizes of letters in points, texts are plain.

A ``look`` is the name of a style without its prefix: ``text``, ``title``, ``subtitle``, ``quote``, ``source``,
``facts``, ``callout``, ``missing``, ``note``, ``caption``, ``picture``, in tables ``column``, ``cell`` and ``figure``,
or the level of a signal such as ``amber_red``. See ``style_name``.
"""

from collections.abc import Mapping
from typing import NamedTuple

Items = tuple[tuple[str, str], ...]


class Heading(NamedTuple):
    """A heading; level 1 is a section's, whose ``number`` (from 1) the list of contents leads to, 0 for the others."""

    text: str
    level: int
    number: int = 0


class Paragraph(NamedTuple):
    """A paragraph, after a bold ``label`` and a colon if it has one; ``keep``: on the page of what follows it."""

    look: str
    text: str
    label: str = ""
    keep: bool = False


class Facts(NamedTuple):
    """Labels and their values, a line each; the values stand ``indent`` from the side.

    ``together``: they are so few that they stay on a page.
    """

    items: Items
    indent: float
    together: bool


class Bullets(NamedTuple):
    """The items of a list, at least one; an ordered one begins at 1."""

    items: tuple[str, ...]
    ordered: bool


class Cell(NamedTuple):
    """A cell of a table; ``rating`` is the code of the rating that it is, empty for another.

    ``strong``: it is bold, since it is a rating or names its row; ``keep``: on the page of the row below.
    """

    text: str
    look: str = "cell"
    right: bool = False
    rating: str = ""
    strong: bool = False
    keep: bool = False


class Row(NamedTuple):
    """A row of a table; a ``tall`` one may be longer than a page, so it may be split."""

    cells: tuple[Cell, ...]
    tall: bool = False


class Grid(NamedTuple):
    """A table, whose first row is its header and is repeated on each page; ``title`` is read out, not shown.

    ``points`` is the size of its letters, 0 for that of its styles. ``unsplit``: it is not split between pages.
    ``named``: the first cell of each row names it.
    """

    title: str
    widths: list[float]
    rows: tuple[Row, ...]
    points: float = 0.0
    unsplit: bool = True
    named: bool = False


class Picture(NamedTuple):
    """A PNG picture, how large it is shown, and what it shows in words."""

    png: bytes
    title: str
    alt: str
    width: float
    height: float


class Pictures(NamedTuple):
    """One or two pictures on a line."""

    pictures: tuple[Picture, ...]


class PageHead(NamedTuple):
    """The title of a paper that is one page, with the logo before it on its line."""

    text: str
    logo: Picture | None


class Turn(NamedTuple):
    """What follows stands on pages of another kind: narrow ones, text of so many ``points``; 0: the usual ones again.

    It ends a section of the document in the sense of word processors. A report that is one page has no other pages.
    """

    points: float


class PageBreak(NamedTuple):
    """What follows begins a page; none stands at the beginning or directly below a heading of its own section."""


class Contents(NamedTuple):
    """A list of contents: the numbers and titles of sections."""

    entries: tuple[tuple[int, str], ...]


Part = Heading | Paragraph | Facts | Bullets | Grid | Pictures | PageHead | Turn | PageBreak | Contents


def style_name(look: str, names: Mapping[str, str]) -> str:
    """Return the name of the style of a look: that of the format's own ``names``, else ``Paper`` and the look."""
    return names.get(look) or f"Paper {look.replace('_', ' ').title()}"
