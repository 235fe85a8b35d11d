"""What is a rating in a paper, so that every format shows the same cells as one."""

import re

from tracker.ratings import RATING_MARKS

MARKS = "".join(RATING_MARKS.values())
RATING_OF = {mark: code for code, mark in RATING_MARKS.items()}
_STATUS = re.compile(rf"[{MARKS}] [^{MARKS}\n]{{1,40}}")


def is_status(text: str) -> bool:
    """Return whether a text is a rating and no more: one mark, then its words."""
    return _STATUS.fullmatch(text) is not None


def rating_of(text: str) -> str:
    """Return the code of the rating that a text is, such as ``not_rated``; empty for any other text."""
    return RATING_OF[text[0]] if is_status(text) else ""
