"""The colours of charts and of ratings, and the contrast that two colours have.

The marks of series are the UK Government Analysis Function's palette: 3:1 or more on white, which is enough for marks
and not for words. Words are in the ink, or in the softer one.
"""

import re

WHITE = "#ffffff"
INK = "#0b0c0c"
SOFT = "#505a5f"
GRID = "#d2d6d9"  # only guides the eye: nothing is lost without it
BLUE = "#12436d"
TEAL = "#28a197"
PLUM = "#801650"
ORANGE = "#f46a25"
SERIES = (BLUE, TEAL, PLUM, ORANGE)
TARGET = PLUM
_ALIKE = 90  # of the distance of two colours, below which nobody should have to tell them apart
# The higher the score of a cell, the darker: the words and numbers in it say what it means.
SHADES = ((16, "#b9c7d5"), (10, "#d3dce5"), (5, "#e6ecf1"), (0, "#f4f7f9"))
# The rule and the fill of each rating; words in the ink stand on the fill, and marks have the rule's colour.
RATINGS = {
    "green": ("#00703c", "#dcefe0"),
    "amber_green": ("#6f7a00", "#ecf1cc"),
    "amber": ("#b56200", "#fdecc8"),
    "amber_red": ("#b8480a", "#fbdfc8"),
    "red": ("#b3190b", "#f8d9d6"),
    "not_rated": (SOFT, "#e8ebed"),
}
DARK = "#14181b"


def series_colours(accent: str) -> tuple[str, ...]:
    """Return the colours of series in an organisation's own: it is the first, and what is like it gives way to BLUE."""
    return accent, *(BLUE if _alike(colour, accent) else colour for colour in SERIES[1:])


def in_accent(drawing: str, accent: str) -> str:
    """Return a drawing, as SVG, in an organisation's own colour; marks and dashes tell its series apart as before."""
    colours = dict(zip(SERIES, series_colours(accent), strict=True))
    return re.sub("|".join(SERIES), lambda colour: colours[colour[0]], drawing)


def _alike(colour: str, accent: str) -> bool:
    return sum(abs(tint - accented) for tint, accented in zip(_parts(colour), _parts(accent), strict=True)) < _ALIKE


def shade(points: int) -> str:
    """Return the fill of a cell of the risk matrix for its score."""
    return next((fill for least, fill in SHADES if points >= least), WHITE)


def contrast(colour: str, ground: str) -> float:
    """Return the contrast of two colours such as ``#12436d``, from 1 to 21, as WCAG 2.2 works it out."""
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lighter(colour: str, ground: str, least: float) -> str:
    """Return a colour, mixed with as much white as it needs for a contrast of ``least`` with a dark ground."""
    parts = _parts(colour)
    for step in range(21):
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / 20):02x}" for part in parts)
        if contrast(mixed, ground) >= least:
            return mixed
    return WHITE


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    if share <= 0.04045:
        return share / 12.92
    return float(((share + 0.055) / 1.055) ** 2.4)
