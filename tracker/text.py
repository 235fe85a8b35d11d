"""The one place where text is cleaned on its way in, and guarded on its way out to a terminal."""

import re
from typing import NamedTuple

# Patterns stay plain strings: `re` compiles and keeps each on first use, and most text never needs them.
# A string's body stops at any control that could end or replace it, so one that is never closed costs only
# its opening (the words after it are somebody's), and no text takes more than linear time.
_BODY = r"[^\x18\x1a\x1b\x80-\x9f]*"
_ESCAPES = "|".join(
    (
        r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?",  # CSI
        r"(?:\x1b\]|\x9d)[^\x07\x18\x1a\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)",  # OSC
        rf"(?:\x1b[PX^_]|[\x90\x98\x9e\x9f]){_BODY}(?:\x1b\\|\x9c)",  # DCS, SOS, PM, APC
        r"\x1b[ -/]*[0-~]?",  # two characters, or more when it selects a character set
    )
)
_LINE_ENDS = r"\r\n|[\n\r\x85\u2028\u2029]"
# Controls, marks that reorder or hide text, surrogates, noncharacters, tags. ZWJ and ZWNJ are not here:
# emoji and several scripts are misspelt without them. U+2028 and U+2029 are line ends before this is used.
_UNSEEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
)
_DROPPED = f"[{_UNSEEN}]"


class Cleaned(NamedTuple):
    """Text that is safe to keep, and how many characters had to be dropped from it."""

    text: str
    removed: int


def clean(text: str, *, lines: bool = False) -> Cleaned:
    """Give the text in NFC without escape sequences, controls, or invisible marks, and without outer space.

    Tabs become spaces; line ends become newlines when lines is true, else spaces. `removed` counts
    characters dropped, each one of an escape sequence included; white space replaced or stripped is not
    counted. Cleaning what is clean changes nothing. Never fails.
    """
    if text.isascii() and text.isprintable():
        return Cleaned(text.strip(), 0)
    kept = re.sub(_ESCAPES, "", text)
    removed = len(text) - len(kept)
    kept = re.sub(_LINE_ENDS, "\n" if lines else " ", kept).replace("\t", " ")
    # Composed only once the gaps are closed: a letter and its accent may have had a mark between them.
    kept, dropped = re.subn(_DROPPED, "", kept)
    if not kept.isascii():
        from unicodedata import normalize  # costs a shared library, which plain ASCII never needs

        kept = normalize("NFC", kept)
    return Cleaned(kept.strip(), removed + dropped)


def plain(text: str) -> str:
    """Give the text with U+FFFD in place of each character that could act on a terminal or hide there.

    Newlines stay, and text that came through `clean` is unchanged. The length is the same. Never fails.
    """
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_DROPPED, "\ufffd", text)


def spelt(json: str) -> str:
    """Give a text in JSON with escapes of JSON in place of what ``plain`` takes out; it means the same. Never fails."""
    return re.sub(_DROPPED, lambda sign: _json_escape(sign[0]), json)


def _json_escape(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


_NO_COLUMN = "\u200c\u200d\ufe0e\ufe0f"


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal or a fixed-width page."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(sign) or sign in _NO_COLUMN else 2 if east_asian_width(sign) in "WF" else 1 for sign in text
    )


# Letters that are no letter with an accent, as people put them in order: beside the plain one.
_BESIDE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"})


_NUMBER = "(?P<number>[0-9]+)"
_REF = "([a-z]{1,3}-)([a-z]?)(?P<number>[0-9]+)"


def natural_order(text: str) -> str:
    """Give what texts are put in order by: numbers by their size, letters whatever their case and accents.

    The keys compare as texts, in Python as in SQLite. A ref of a copy of the file (``R-014.B``, once ``R-B014``)
    comes behind that of the same number. Never fails.
    """
    if text.isascii():
        key = text.lower()
        if key.isalpha():
            return key
    else:
        from unicodedata import combining, normalize

        key = normalize("NFKD", text.casefold()).translate(_BESIDE)
        key = "".join(sign for sign in key if not combining(sign))
    if "-" in key[:4] and (ref := re.fullmatch(_REF, key)):  # most that is put in order are refs
        return f"{ref[1]}{_by_size(ref)}{ref[2] and '.'}{ref[2]}"
    return re.sub(_NUMBER, _by_size, " ".join(key.split()))


def _by_size(number: "re.Match[str]") -> str:
    """Return a number so that a larger one is the later text: how many digits, and the digits."""
    digits = number["number"].lstrip("0")
    return f"0{len(digits):05}{digits}"


def begins_word(text: str, part: str) -> bool:
    """Return whether a part, case aside, stands in a text as whole words or the beginning of one: not inside a word."""
    folded, sought = text.casefold(), part.casefold()
    places = (place for place in range(len(folded)) if folded.startswith(sought, place))
    return any(place == 0 or not (folded[place - 1] + sought[:1]).isalnum() for place in places)
