"""How a typed text was read, in words, where that could be another thing than what somebody meant."""

import re
from datetime import date

from tracker.fields import SHARE, Field, Nothing, VagueDay, earliest, humanise, latest, precision_of
from tracker.ratings import Rated, as_typed
from tracker.rules.reading import money_text, write
from tracker.rules.typed.conventions import Conventions
from tracker.rules.wording import MONTHS, lower_first, show_date

PLAIN = r"-?[0-9]+(?:\.[0-9]+)?"  # a figure of which there is one reading
MAY_BE_THOUSANDS = r"-?[1-9][0-9]{0,2}\.[0-9]{3}"  # for whoever writes a comma before decimals
OF_A_YEAR = r"year|quarter|f/?y|eoq|eoy|q[1-4]"


def reading_of(field: Field, text: str, value: object, today: date, conventions: Conventions) -> str:
    """Return the value that was read from a text on one line, in words; empty where the text says it already.

    Of references nothing is said.
    """
    if isinstance(value, Nothing):
        return _unless(text.lower() == value.typed.lower(), value.shown)
    if isinstance(value, date):
        return _day(text, value, today, conventions, looks_back=field.looks_back)
    if value is None or field.target or isinstance(value, tuple):
        return ""
    if isinstance(value, Rated):
        return _unless(as_typed(text) == value.typed, value.word.lower())
    if field.kind == "choice":
        return _unless(as_typed(text) == value, lower_first(humanise(str(value))))
    return _figure(field, text, value, conventions)


def _figure(field: Field, text: str, value: object, conventions: Conventions) -> str:
    if field.kind == "money" and isinstance(value, int):
        return _unless(re.fullmatch(PLAIN, text), money_text(value, conventions.currency))
    if field.kind in ("number", "decimal"):
        written = write(field, value)
        if re.fullmatch(PLAIN, written) and SHARE not in field.flags:
            return _unless(re.fullmatch(PLAIN, text) and not re.fullmatch(MAY_BE_THOUSANDS, text), written)
        return _unless(text.replace(" ", "") == written.replace(" ", ""), written)
    return _unless(not field.glob or value == text, str(value))


def _unless(exact: object, words: str) -> str:
    """Return words, and nothing where the text was exact already."""
    if exact:
        return ""
    return words


def _day(text: str, day: date, today: date, conventions: Conventions, *, looks_back: bool) -> str:
    """Return a day in words with its distance, and by which year where that may be two; empty where it was exact."""
    from tracker.rules.typed.sides import explain_date, full_day

    if isinstance(day, VagueDay) and precision_of(day):
        end = f"counted as its {['last', 'first'][looks_back]} day, {full_day(day)}"
        return f"{show_date(day)}{_of_which_year(day, text, conventions)}, {end}"
    if text == day.isoformat():
        return ""
    words = explain_date(day, today)
    if _names_own_year(text, conventions):
        words += _year_named(conventions)
    return words


def _names_own_year(text: str, conventions: Conventions) -> bool:
    named = re.search(OF_A_YEAR, text.lower()) and "calendar" not in text.lower()
    return bool(named) and conventions.has_own_year and not re.search(r"\bago\b|^[+-]|^in ", text.lower())


def _year_named(conventions: Conventions) -> str:
    month, day = conventions.first_of_year
    return f" (the financial year starts on {day} {MONTHS[month - 1]})"


def _of_which_year(day: VagueDay, text: str, conventions: Conventions) -> str:
    """Return which year is meant, in parentheses, where the programme has two kinds."""
    if precision_of(day).startswith("financial"):
        return _year_named(conventions)
    if precision_of(day) == "year" and conventions.has_own_year:
        return f" (of the calendar: {MONTHS[earliest(day).month - 1]} to {MONTHS[latest(day).month - 1]})"
    return ""
