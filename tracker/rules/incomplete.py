"""Reading what is said in place of a value: a kind of nothing with its words."""

import re

from tracker.fields import MARKS, Nothing

LONGEST_WORDS = 400  # behind a kind of nothing
SHORT_FORMS = {
    "n/a": "not_applicable",
    "n.a.": "not_applicable",
    "tba": "not_yet_known",
    "tbc": "not_yet_known",
    "tbd": "not_yet_known",
}
SAID = r"(?P<kind>[a-z][a-z/. _-]*?)(?:\s*:\s*(?P<words>\S.*)|\s*\((?P<aside>[^()]+)\))?"
LONGEST_KIND = max(map(len, MARKS))


class TooLong(ValueError):
    """The words behind a kind of nothing are longer than they may be."""


def read_nothing(text: str) -> Nothing | None:
    """Return the kind of nothing that a text says, with its words: ``withheld: commercial``, ``tbc``; else None.

    Raises TooLong.
    """
    line = " ".join(text.split())
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
