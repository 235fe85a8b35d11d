"""What people typed, made ready for a web page: escaped, with line breaks, and places where long words may break."""

import re
from itertools import pairwise
from unicodedata import bidirectional

from markupsafe import Markup, escape

from tracker.ratings import RATING_MARKS
from tracker.reports.render.links import pieces
from tracker.reports.typography.measuring import break_places, joined

STEP = 16  # characters between two places where a long word may be broken
_MARK = re.compile(f"([{''.join({*RATING_MARKS.values(), *'●▲■○◆◇'})}])(?=[ \u00a0]\\w)")  # whose word follows
LONGEST = 25  # characters of a word, or of a part of an address, that stays whole
LONG = re.compile(rf"\S{{{LONGEST},}}")


def words(text: str) -> Markup:
    """Return a text as HTML in which nothing is markup but line breaks; a word of 25 or more signs may be broken.

    The mark of a status is not read out by a screen reader, since its word stands behind it.
    """
    text = joined(text)
    if "\n" not in text and LONG.search(text) is None:
        return _unread(escape(text))
    return _unread(Markup("<br>").join(_line(line) for line in text.split("\n")))


def _unread(html: Markup) -> Markup:
    """Return HTML whose marks of ratings are not read out before their words, which say the same."""
    text = str(html)  # what is put into Markup would be escaped
    if _MARK.search(text):
        return Markup(_MARK.sub(r'<span aria-hidden="true">\1</span>', text))
    return html


def linked(text: str) -> Markup:
    """Return a text as ``words`` does, in which addresses are links."""
    if "://" not in text:
        return words(text)
    link = Markup('<a href="{}">{}</a>')
    return Markup("").join(
        link.format(piece.text, words(piece.text)) if piece.link else words(piece.text) for piece in pieces(text)
    )


def way(text: str) -> Markup:
    """Return the attribute for a text that has letters written from right to left; nothing for any other."""
    if text.isascii():
        return Markup("")
    turned = any(bidirectional(sign) in ("R", "AL") for sign in text)
    return Markup(' dir="auto"' if turned else "")


def _line(line: str) -> Markup:
    parts: list[Markup] = []
    end = 0
    for word in LONG.finditer(line):
        places = [0, *break_places(word[0], STEP, LONGEST), len(word[0])]
        parted = (word[0][begin:end] for begin, end in pairwise(places))
        parts += [escape(line[end : word.start()]), Markup("<wbr>").join(parted)]
        end = word.end()
    return Markup("").join([*parts, escape(line[end:])])
