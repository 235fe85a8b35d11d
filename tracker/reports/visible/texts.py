"""Texts of a paper of what is shown, beside those of one in which what is hidden is masked: what may be said."""

import re
from collections.abc import Collection
from functools import lru_cache

from tracker.rules.visible.sayable import claims_gap
from tracker.rules.visible.sight import masks_in, whole_words

OF_SHOWN = "of what is shown"
NOT_SHOWN = "Not shown"
SAYS_SO = "not shown"  # of a text that tells already what it leaves out, such as a name
_CLAUSES = re.compile(r"(?<=[.;])\s+")
_ZERO = re.compile(r"(?<![\d.,])0(?![\d.,]*\d| of)\b")
_COUNT = re.compile(r"(?:[\d,]+ of )?([\d,]+)\b")
_JUDGEMENTS = ("new", "removed", "improved", "better", "closed", "clear", "same")
_FIGURE = re.compile(r"[−-]?[\d,.]*[1-9][\d,.]*( ?%)?")
_MARKED = ("●", "▲", "■", "○", "→", "↑", "↓")


def more(number: int) -> str:
    """Return that there are more, which are not shown."""
    if not number:
        return "More is recorded, not shown"
    return f"{number:,} more, not shown"


def only(number: int) -> str:
    """Return that there are some, none of which is shown; without a number, that something is there."""
    if not number:
        return NOT_SHOWN
    return f"{number:,} recorded, not shown"


def is_doubtful(text: str) -> bool:
    """Return whether a text would mislead where what is hidden speaks against it, since it tells of nothing."""
    return bool(_ZERO.search(text)) or (claims_gap(text) and not any(map(str.isdigit, text)))


def sayable_text(visible: str, masked: str, hidden: int = 0) -> str:
    """Return a text of what is shown as it may stand: without what is not so of everything, and saying so.

    ``hidden`` is how many records are not shown, where that is known; else both texts are asked.
    """
    if visible == masked or SAYS_SO in visible.lower():
        return visible
    hidden = hidden or len(masks_in(masked)) or fewer(visible, masked)
    truths = {_bare(clause) for clause in _CLAUSES.split(masked)}
    clauses = _CLAUSES.split(visible)
    remaining = [clause for clause in clauses if _bare(clause) in truths or not is_doubtful(clause)]
    if not remaining:
        return only(hidden) + "."
    if len(remaining) == len(clauses) and all(_bare(clause) in truths for clause in remaining) and not hidden:
        return visible
    text = " ".join(remaining)
    scope = OF_SHOWN
    if hidden:
        scope = more(hidden)
    bare = text.rstrip(".;")
    return f"{bare} ({scope}){'.' * (bare != text)}"


def _bare(clause: str) -> str:
    return clause.strip(" .;")


def fewer(visible: str, masked: str) -> int:
    """Return how many less a text counts at its beginning than the one of everything: 1 of ``4 of 9``, ``5 of 10``."""
    counts = _COUNT.match(visible), _COUNT.match(masked)
    if counts[0] is None or counts[1] is None:
        return 0
    part, total = (int(count[1].replace(",", "") or 0) for count in counts if count is not None)
    return max(total - part, 0)


def sayable_cell(visible: str, masked: str, hidden: int = 0) -> str:
    """Return a cell, or the value of a fact; a figure stays a figure, and what lies below or above says of what."""
    if visible == masked or SAYS_SO in visible.lower() or _FIGURE.fullmatch(visible):
        return visible
    words = visible.strip("–—- 0").lower()
    if not words or visible.startswith(_MARKED) or words.startswith(_JUDGEMENTS):
        return only(hidden or len(masks_in(masked)))
    text = sayable_text(visible, masked, hidden)
    if visible.endswith("."):
        return text
    return text.removesuffix(".")


def without(text: str, words: Collection[str], instead: str) -> str:
    """Return a text with others in place of some words, however they are written large or small, and of masks."""
    if words:
        text = _pattern(frozenset(words)).sub(instead, text)
    for mask in masks_in(text):
        text = text.replace(mask, instead)
    return text


@lru_cache(maxsize=64)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    return whole_words(*words)
