"""Reading what is less than a whole value: a kind of nothing with its words, and a month, quarter or year as a day."""

import re
from datetime import date

from tracker.fields import MARKS, SPANS, Nothing, VagueDay, earliest, latest
from tracker.rules.wording import MONTHS

LONGEST_WORDS = 400  # behind a kind of nothing
FIRST_YEAR, LAST_YEAR = 1900, 2200
SHORT_FORMS = {
    "n/a": "not_applicable",
    "n.a.": "not_applicable",
    "tba": "not_yet_known",
    "tbc": "not_yet_known",
    "tbd": "not_yet_known",
}
SAID = r"(?P<kind>[a-z][a-z/. _-]*?)(?:\s*:\s*(?P<words>\S.*)|\s*\((?P<aside>[^()]+)\))?"
LONGEST_KIND = max(map(len, MARKS))

# Plain strings, which ``re`` compiles on first use: most commands read no such day.
MONTH_YEAR = r"([a-z]{3,9})\.?[ ,-]*(\d{4})"
YEAR_MONTH = r"(?P<year>\d{4})[-/](?P<month>\d{1,2})"
MONTH_IN_FIGURES = r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"
QUARTER = r"q([1-4])[ /-]*(\d{4})"
YEAR_QUARTER = r"(\d{4})[ /-]*q([1-4])"


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


def read_span(text: str, *, looks_back: bool) -> VagueDay | None:
    """Return the day that stands for a month, quarter or year, ``March 2027``, ``2027-03``, ``Q1 2027``, ``2027``.

    It is the last day of it, or the first of a field that looks back. None for any other text: a month without its
    year is one. Quarters are those of the calendar.
    """
    words = " ".join(text.split()).lower()
    year, month, precision = _span(words)
    if not precision or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    day = VagueDay.of(date(year, month, 1), precision)
    return VagueDay.of(earliest(day) if looks_back else latest(day), precision)


def _span(words: str) -> tuple[int, int, str]:
    """Return year, first month and precision of a span; no precision when it is none."""
    if re.fullmatch(r"[0-9]{4}", words):
        return int(words), 1, "year"
    if match := re.fullmatch(YEAR_MONTH, words, re.ASCII) or re.fullmatch(MONTH_IN_FIGURES, words, re.ASCII):
        month = int(match["month"])
        return int(match["year"]), month, "month" if 1 <= month <= 12 else ""
    if match := re.fullmatch(QUARTER, words, re.ASCII):
        return int(match[2]), int(match[1]) * 3 - 2, "quarter"
    if match := re.fullmatch(YEAR_QUARTER, words, re.ASCII):
        return int(match[1]), int(match[2]) * 3 - 2, "quarter"
    if match := re.fullmatch(MONTH_YEAR, words, re.ASCII):
        for number, name in enumerate(MONTHS, 1):
            if name.lower().startswith(match[1]) or match[1] == "sept" == name.lower()[:4]:
                return int(match[2]), number, "month"
    return 0, 0, ""


def as_stored(day: date, precision: str | None) -> date:
    """Return a stored day with what is known of how exact it is."""
    return VagueDay.of(day, precision) if precision in SPANS else day
