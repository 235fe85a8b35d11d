"""Reading what is said in place of a value: a kind of nothing with its words."""

import re

from tracker.fields import MARKS, Nothing

LONGEST_WORDS = 400  # behind a kind of nothing
# What people write in place of the whole words, alone in a field or a cell.
SHORT_FORMS = {
    **dict.fromkeys(("n/a", "na", "n.a."), "not_applicable"),
    **dict.fromkeys(("tba", "tbc", "tbd"), "not_yet_known"),
    **dict.fromkeys(("-", "\u2013", "\u2014", "--", "?", "unknown", "not known", "not set", "none"), "missing"),
}
SAID = r"(?P<kind>[a-z][a-z/. _-]*?)(?:\s*:\s*(?P<words>\S.*)|\s*\((?P<aside>[^()]+)\))?"
LONGEST_KIND = max(map(len, MARKS))


class TooLong(ValueError):
    """The words behind a kind of nothing are longer than they may be."""


def read_nothing(text: str) -> Nothing | None:
    """Return the kind of nothing that a text says, with its words: ``withheld: commercial``, ``tbc``; else None.

    Of a word that only stands for what is missing, ``unknown``, the word is kept: somebody answered.

    Raises TooLong.
    """
    line = " ".join(text.split())
    if SHORT_FORMS.get(line.lower()) == "missing":
        return Nothing("missing", line)
    match = re.fullmatch(SAID, line, re.IGNORECASE)
    if match is None:
        return None
    said = match["kind"].strip().lower()
    kind = SHORT_FORMS.get(said) or re.sub("[ -]", "_", said)
    if kind not in MARKS:
        return None
    words = (match["words"] or match["aside"] or "").strip()
    if len(words) > LONGEST_WORDS:
        raise TooLong(
            f"the words behind “{said}” may have {LONGEST_WORDS} characters at most; these have {len(words)}."
        )
    return Nothing(kind, words)
