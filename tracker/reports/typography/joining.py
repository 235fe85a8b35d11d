"""Which words stay on one line: a rating's mark with its word and its count, and a per cent sign with its figure."""

import re

from tracker.fields import RATING_MARKS

NO_BREAK = "\u00a0"
_MARKS = "".join(RATING_MARKS.values())
_TOGETHER = re.compile(rf"(?<=\d) (?=[{_MARKS}] \w)|(?<=[{_MARKS}]) (?=\w)|(?<=\d) (?=%)")


def joined(text: str) -> str:
    """Return a text for a page or a slide, in which a status sign never parts from its word at a line's end."""
    return _TOGETHER.sub(NO_BREAK, text) if " " in text else text
