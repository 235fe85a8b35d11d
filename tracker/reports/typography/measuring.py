"""How much room a text takes, in Arial or in a font that is not known, and the lines it breaks into."""

from functools import lru_cache
from unicodedata import combining, east_asian_width

from tracker.reports.typography.joining import NO_BREAK

CM = 2.54 / 72
_MOST = 4_000  # signs that are measured; no slide holds more
_MARGIN = 1.05  # fonts differ a little from the measure
_BOLD = 1.07
_NARROW = frozenset("iljtfrI.,:;'|!()[]- ’‘")
# How wide the signs from space to ~ are in Arial and what stands in for it, in thousandths of their size.
_WIDTHS = (
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


@lru_cache(maxsize=8192)
def width_of(word: str, points: float, bold: bool = False) -> float:
    """Return how many centimetres a text takes on one line in Arial, or a font as wide; a little more to be safe."""
    return sum(map(_em, word)) * points * CM * (_BOLD if bold else 1.0) * _MARGIN


@lru_cache(maxsize=4096)
def _em(sign: str) -> float:
    at = 0 if sign == NO_BREAK else ord(sign) - 32
    return _WIDTHS[at] / 1000 if 0 <= at < len(_WIDTHS) else wide(sign, 1) / CM


@lru_cache(maxsize=16384)
def wide(text: str, points: float, bold: bool = False) -> float:
    """Return about how many centimetres a text takes on one line in a common sans serif, a wide one if in doubt."""
    ems = sum(map(_rough_em, text[:400]))
    return ems * points * 2.54 / 72 * (1.16 if bold else 1.06)


@lru_cache(maxsize=4096)
def _rough_em(sign: str) -> float:
    if sign in _NARROW:
        return 0.31
    if sign.isascii():
        return 0.72 if sign.isupper() or sign in "mwMW%@" else 0.56
    if combining(sign) or sign in "\u200c\u200d\ufe0e\ufe0f":
        return 0.0
    return 1.0 if east_asian_width(sign) in "WF" else 0.62


def lines_of(text: str, points: float, width: float, bold: bool = False) -> list[str]:
    """Return a text as the lines that it takes in ``width`` centimetres; a word that is too long is broken."""
    found: list[str] = []
    gap = width_of(" ", points, bold)
    for line in text[:_MOST].split("\n"):
        row, used = "", 0.0
        for word in line.split(" "):
            need = width_of(word, points, bold)
            if row and used + gap + need <= width:
                row, used = f"{row} {word}", used + gap + need
                continue
            if row:
                found.append(row)
            *full, row = _broken(word, points, width, bold)
            found += full
            used = width_of(row, points, bold)
        found.append(row)
    return found


def _broken(word: str, points: float, width: float, bold: bool) -> list[str]:
    if len(word) < 8 or (width_of(word, points, bold) <= width and len(word) < 400):
        return [word]
    pieces, used = [""], 0.0
    for sign in word:
        need = width_of(sign, points, bold)
        if used + need > width and pieces[-1]:
            pieces.append("")
            used = 0.0
        pieces[-1] += sign
        used += need
    return pieces


def shortened(text: str, points: float, width: float, lines: int, bold: bool = False) -> str:
    """Return as much of a text as ``lines`` lines hold, with … where something is missing."""
    found = lines_of(text, points, width, bold)
    if len(found) <= lines and len(text) <= _MOST:
        return text
    last = found[lines - 1] if lines <= len(found) else found[-1]
    whole = last
    while last and width_of(last + " …", points, bold) > width:
        last = last[:-1]
    if last != whole and last.rfind(" ") > len(last) * 0.6:  # at a word's end when one is near
        last = last[: last.rfind(" ")]
    return " ".join([*found[: lines - 1], last.rstrip(" ,;:") + " …"])
