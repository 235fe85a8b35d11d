"""Colours and measures that the word processors' formats share, so that a paper looks alike in each."""

from unicodedata import bidirectional

from tracker.reports.charts.palette import RATINGS

RULE, SHADE = "#b1b4b6", "#eef2f6"
PAGES = {"a4": (21.0, 29.7), "letter": (21.59, 27.94)}  # centimetres
MARGIN = 1.8  # centimetres at the sides
BODY = 12.0  # points
PAGE = "Page "  # a style of this name and another is the other's, smaller, for what shares a page


def level_name(level: str) -> str:
    """Return what styles call a level: grey for what is not rated, and for what is no rating."""
    return level if level in RATINGS and level != "not_rated" else "grey"


# Rule and fill of each level; the ink on the fill has a contrast of 14 or more.
LEVELS = {level_name(code): colours for code, colours in RATINGS.items()}


def right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction runs from right to left."""
    if text.isascii():
        return False
    return next((way for sign in text if (way := bidirectional(sign)) in ("L", "R", "AL")), "L") != "L"
