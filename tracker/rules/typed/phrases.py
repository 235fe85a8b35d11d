"""How people say days and stretches of time in passing, put into the words that the readers of days know."""

import re

_NUMBERS = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_UNITS = "days?|weeks?|months?|years?"
_COUNT = rf"(?:\d+|{_NUMBERS}) (?:{_UNITS})"
_STRETCH = "week|month|quarter|year"
# Each is put in place of the whole text, in this order; plain strings, which ``re`` compiles on first use.
_IN_PASSING = (
    (r"(.*\d)(?:t| )00:00(?::00(?:\.0+)?)?z?", r"\1"),  # a day as spreadsheets and databases copy it
    (r"(?:by|on) (?:the )?(.+)", r"\1"),
    (r"(in )?(?:a |one )?fortnight( ago|'s time| time)?", r"\g<1>2 weeks\2"),
    (r"(?:the )?day after tomorrow", "+2d"),
    (r"(?:the )?day before yesterday", "-2d"),
    (r"(?:a )?week (?:on )?(?:today)|today week", "+1w"),
    (r"(?:a )?week (?:on )?tomorrow|tomorrow week", "+8d"),
    (r"yesterday week", "-8d"),
    (rf"(?:in )?({_COUNT})(?:'s?)? time", r"in \1"),
    (rf"({_COUNT}) from (?:now|today)", r"in \1"),
    (r"(month|quarter)[ -]end", r"end of \1"),
    (r"eow", "end of this week"),
    (r"(?:the )?first day of (.+)", r"start of \1"),
    (r"(?:the )?last day of (.+)", r"end of \1"),
    (r"(start|end|beginning) (?!of )(.+)", r"\1 of \2"),
    (rf"(start|end|beginning) of (?:the )?({_STRETCH})", r"\1 of this \2"),
    (r"(?:the )?(?:mid|middle|early|late)[ -]+(?:of )?(?:the )?(.+)", r"mid \1"),
    (rf"mid ({_STRETCH})", r"mid this \1"),
)
# Signs and words beside a figure that say it is not exact, and two figures of which neither is.
_DOUBT = (
    r"(~|<|>|c\.|ca\.?(?= )|circa|about|around|approx\.?|roughly|nearly|almost|up to|at least|over|under) *.*\d.*"
    r"|.*\d.*?( ?\?| or so| approx\.?| ?ish|\+| ?\(?est\.?\)?)"
)
BOTH = r".*\d[a-z]* ?(?:-|\u2013|to) ?[^\w\s]?\d.*"


def in_known_words(words: str) -> str:
    """Return words (small letters, on one line) as the readers of days and spans know them.

    ``yesterday week`` gives ``-8d``, ``end march`` ``end of march``; other words stay as they are.
    """
    for pattern, instead in _IN_PASSING:
        words = re.sub(f"^(?:{pattern})$", instead, words)
    return re.sub(rf"\b({_NUMBERS})(?= (?:{_UNITS})\b)", _in_figures, words)


def _in_figures(match: re.Match[str]) -> str:
    return str(max(1, _NUMBERS.split("|").index(match[1]) - 1))


def doubt_in(words: str) -> str:
    """Return the sign or word that calls a day or a figure inexact, as in ``~12 nov``; empty where there is none."""
    match = re.fullmatch(_DOUBT, words)
    if match is None:
        return ""
    return (match[1] or match[2]).strip()
