"""How wide a text is, and the lines that it breaks into: in our papers' letters, in unknown ones, and on a screen.

A ruler is the widths of signs; everything else is the same for all of them. Nothing here reads a font, but by
``fonts.face_ruler``: most papers are shown in letters that are not here.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from unicodedata import combining, east_asian_width

from tracker.ratings import RATING_MARKS
from tracker.rules.wording import sentence_ends
from tracker.text import columns

CM = 2.54 / 72  # centimetres in a point
NO_BREAK = "\u00a0"
_SCHEME = 12  # signs with which an address begins: “(https://”
_ENDS_PART = "/.?&=#-_"  # of an address
JOINERS = "\u200c\u200d\ufe0e\ufe0f"  # signs that take no room
_MARKS = "".join(RATING_MARKS.values())
_TOGETHER = re.compile(rf"(?<=\d) (?=[{_MARKS}] \w)|(?<=[{_MARKS}]) (?=\w)|(?<=\d) (?=%)")
_LONGEST = 4_000  # signs that are broken into lines; no page holds more
_ALWAYS_BROKEN = 400  # signs of a word that no line is meant for
MORE, ELSEWHERE = " (more in the notes)", "In the notes."  # of a text for which a slide has no room
# How wide the signs from space to ~ are in Arial and what stands in for it, in thousandths of their size.
_ARIAL = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),  # space to /
    *(556,) * 10,
    *(278, 278, 584, 584, 584, 556, 1015),  # : to @
    *(667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),  # A to M
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611),
    *(278, 278, 278, 469, 556, 333),
    *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833),  # a to m
    *(556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
    *(334, 260, 334, 584),
)


class Ruler:
    """Measures texts: a sign's width is ``sign_width`` of it, ``bold`` times that in bold letters.

    Widths are for letters of size 1, times ``unit``, and times ``safe`` since fonts differ. Joined and marked letters
    are counted one by one. Of a text no more than ``longest`` signs are measured, if that is given; a word of
    ``breakable`` signs or more may be broken.
    """

    def __init__(
        self,
        sign_width: Callable[[str], float],
        *,
        unit: float = 1.0,
        bold: float = 1.0,
        safe: float = 1.0,
        longest: int | None = None,
        breakable: int = 8,
    ) -> None:
        signs = lru_cache(maxsize=4096)(sign_width)

        def measured(text: str) -> float:
            return sum(map(signs, text[:longest]))

        self._measured = lru_cache(maxsize=32_768)(measured)
        self._unit = unit
        self._weights = 1.0, bold
        self._safe = safe
        self._breakable = breakable

    def width(self, text: str, size: float = 1.0, bold: bool = False) -> float:
        """Return how wide a text is on one line in letters of a size."""
        return self._measured(text) * size * self._unit * self._weights[bold] * self._safe

    def lines(self, text: str, room: float, size: float = 1.0, bold: bool = False, *, broken: bool = True) -> list[str]:
        """Return a text as the lines that it takes in a room; unless ``broken``, a word too long for it stays whole."""
        lines: list[str] = []
        gap = self.width(" ", size, bold)
        for line in text.split("\n"):
            row = ""
            extent = 0.0
            for word in line.split(" "):
                need = self.width(word, size, bold)
                if row and extent + gap + need <= room:
                    row, extent = f"{row} {word}", extent + gap + need
                    continue
                if row:
                    lines.append(row)
                row = word
                extent = need
                if broken and len(word) >= self._breakable and (need > room or len(word) >= _ALWAYS_BROKEN):
                    *full, row = self._pieces(word, room, size, bold)
                    lines += full
                    extent = self.width(row, size, bold)
            lines.append(row)
        return lines

    def _pieces(self, word: str, room: float, size: float, bold: bool) -> list[str]:
        pieces = [""]
        extent = 0.0
        for sign in word:
            need = self.width(sign, size, bold)
            if extent + need > room and pieces[-1]:
                pieces.append("")
                extent = 0.0
            pieces[-1] += sign
            extent += need
        return pieces

    def shortened(
        self, text: str, room: float, size: float, lines: int, bold: bool = False, *, longest: int = 0
    ) -> str:
        """Return the first sentences of a text that so many lines hold, each whole, and that there is more elsewhere.

        The first may take ``longest`` lines; where it does not fit them, only that it stands elsewhere is left.
        """

        def taken(part: str) -> int:
            if len(part) > _LONGEST:
                return _LONGEST
            return len(self.lines(part, room, size, bold))

        if taken(text) <= lines:
            return text
        line = " ".join(text.split())
        ends = sentence_ends(line[:_LONGEST])
        for end in reversed(ends[1:]):
            if taken(part := line[:end] + MORE) <= lines:
                return part
        first = next((line[:end] + MORE for end in ends), text)
        if taken(first) <= max(lines, longest):
            return first
        return ELSEWHERE


def zero_width(sign: str) -> bool:
    """Return whether a sign takes no room, since it joins or marks the one before it."""
    return bool(combining(sign)) or sign in JOINERS


def break_places(word: str, step: int, part: int) -> list[int]:
    """Return where a long word may be broken, as numbers of the signs that begin a line then.

    An address is broken behind its slashes, dots and hyphens, and inside a part of it only from ``part`` signs on; any
    other word every ``step`` signs. No sign is parted from what joins it.
    """
    scheme = word.find("://") + len("://")  # broken before that, it would be no address any more
    address = len("://") <= scheme <= _SCHEME
    places: list[int] = []
    begin = scheme if address else 0
    for at in range(begin + 1, len(word)):
        natural = address and word[at - 1] in _ENDS_PART and word[at] not in _ENDS_PART
        long = at - begin >= (part if address else step)
        if (natural or long) and not zero_width(word[at]) and word[at - 1] not in JOINERS:
            places.append(at)
            begin = at
    return places


def _by_kind(narrow: str, widths: tuple[float, float, float, float, float, float]) -> Callable[[str], float]:
    """Return about how wide a sign is by its kind: ``narrow`` ones, m and W, capitals, others of ASCII, others, CJK."""
    thin, broad, capital, usual, foreign, full = widths

    def width(sign: str) -> float:
        if sign in narrow:
            return thin
        if sign.isascii():
            if sign in "mwMW@%":
                return broad
            return capital if sign.isupper() else usual
        if zero_width(sign):
            return 0.0
        return full if east_asian_width(sign) in "WF" else foreign

    return width


_thin_and_other = _by_kind("iljtfrI.,:;'|!()[]- ’‘", (0.31, 0.72, 0.72, 0.56, 0.62, 1.0))


def _arial(sign: str) -> float:
    at = ord(sign) - 32
    if sign == NO_BREAK:
        at = 0
    return _ARIAL[at] / 1000 if 0 <= at < len(_ARIAL) else _thin_and_other(sign) * 1.06


# Centimetres for a size in points: a common sans serif, a wide one if in doubt; and Arial, or a font as wide.
SANS = Ruler(_thin_and_other, unit=CM, bold=1.16 / 1.06, safe=1.06, longest=400)
ARIAL = Ruler(_arial, unit=CM, bold=1.07, safe=1.05)
# Units of a drawing: at most so much, since whoever looks at one has fonts that nobody knows here.
DRAWING = Ruler(_by_kind("iljtfrI.,:;'|!()[]/ ", (0.37, 0.95, 0.7, 0.61, 0.7, 1.1)), bold=1.08)
# Columns of a terminal, or of a page whose letters are all as wide.
SCREEN = Ruler(columns, breakable=1)


# Families that take no more room than SANS reckons with, wherever they are shown: most have a twin of the same widths.
_USUAL_FAMILIES = (
    *("arial", "helvetica", "liberation sans", "arimo", "calibri", "carlito", "aptos", "segoe ui", "ibm plex sans"),
    *("times new roman", "times", "liberation serif", "tinos", "cambria", "caladea", "garamond", "source sans"),
)
_EVEN_FAMILIES = ("courier", "mono", "consolas", "cousine", "typewriter")
_WIDE, _EVEN = 1.16, 1.4  # times the usual: Verdana and what stands in for an unknown font; letters as wide as W


def breadth(family: str) -> float:
    """Return how many times as wide as SANS reckons a family of fonts may be where it is shown; 1 without a name.

    Who opens a paper without the font sees another, mostly wider one, so a family that is not known counts as wide.
    """
    name = family.strip("'\" ").lower()
    if not name or name.startswith(_USUAL_FAMILIES):
        return 1.0
    if any(part in name for part in _EVEN_FAMILIES):
        return _EVEN
    return _WIDE


def joined(text: str) -> str:
    """Return a text in which a mark never parts from its word or count at a line's end, nor a per cent sign."""
    return _TOGETHER.sub(NO_BREAK, text) if " " in text else text
