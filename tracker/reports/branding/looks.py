"""How a template's styles show the texts of a paper, and which of them cannot be read on white paper."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tracker.reports.charts.palette import contrast
from tracker.rules.wording import listed

WHITE = "#ffffff"
USUAL = "the usual paragraph"
_LEAST_CONTRAST = 3.0  # of large letters (WCAG 2.2, 1.4.3)
_HEXADECIMAL = 7  # signs of #rrggbb


class Look(NamedTuple):
    """How one style of a template shows its text.

    ``fixed``: its lines have a height that nothing in them changes; ``capitals``: it writes capitals for small
    letters; ``hidden``: its text is not shown. ``colour`` and ``ground`` are those of letters and of what is behind
    them as ``#rrggbb``, empty where it names none.
    """

    name: str
    fixed: bool
    capitals: bool
    hidden: bool
    colour: str
    ground: str

    @property
    def pale(self) -> bool:
        """Whether its letters can hardly be told from what is behind them."""
        if len(self.colour) != _HEXADECIMAL:
            return False
        ground = self.ground if len(self.ground) == _HEXADECIMAL else WHITE
        return contrast(self.colour, ground) < _LEAST_CONTRAST


def look_remarks(looks: Iterable[Look]) -> Iterator[str]:
    """Yield which styles make a paper hard to read and by what, a sentence for each kind."""
    styles = tuple(looks)
    kinds: tuple[tuple[Callable[[Look], bool], str], ...] = (
        (lambda look: look.hidden, "Hidden text: {}. What papers write in it is not seen."),
        (lambda look: look.pale, "Letters too pale to be read on what is behind them: {}."),
        (lambda look: look.fixed, "Lines of an exact height: {}. Taller letters and pictures in them lose their top."),
        (lambda look: look.capitals, "Everything in capitals: {}. Long texts are hard to read so."),
    )
    for applies, sentence in kinds:
        names = [look.name for look in styles if applies(look)]
        if names:
            yield sentence.format(listed(names, len(names)))


def hexadecimal(colour: str) -> str:
    """Return a colour of six hexadecimal digits, with or without ``#``, as ``#rrggbb``; empty for anything else."""
    digits = colour.strip().removeprefix("#").lower()
    if len(digits) == _HEXADECIMAL - 1 and all(digit in "0123456789abcdef" for digit in digits):
        return f"#{digits}"
    return ""
