"""Dates as people type them: always day first, and refused rather than guessed."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from tracker.fields import Looks
from tracker.rules.typed.conventions import USUAL, Conventions
from tracker.rules.typed.phrases import doubt_in, in_known_words
from tracker.rules.typed.sides import WEEKDAYS, SidesDiffer, day_or_none, full_day, of_years
from tracker.rules.typed.sides import explain_date as explain_date
from tracker.rules.typed.spans import (
    FIRST_YEAR,
    LAST_YEAR,
    OUTSIDE,
    WHOLE_WEEK,
    Span,
    Unclear,
    calendar_year,
    financial_year,
    find_span,
    month_alone,
    month_called,
    normal,
    year_of,
)
from tracker.rules.wording import MONTHS, ordinal_ending

_LIKE = "Write it like 2026-02-28."
_UNREADABLE = f"is not a date that can be read. {_LIKE}"
# Longer than any date: a pasted paragraph is turned away before a pattern or int() sees it.
_LONGEST = 40
NEAR_YEARS = 20  # from today: so near, two digits of a year say which it is

# Patterns stay plain strings: `re` compiles and keeps each on first use, which keeps the import quick.
_DAY = r"(?:the )?(\d{1,2})(st|nd|rd|th)?"
_MONTH = r"([a-z]{3,9})"
_DAY_MONTH = rf"{_DAY}(?: of |[ ./-]*){_MONTH}\.?(?:[ ,./-]*(\d+))?"
# Only a space may stand before the day: spreadsheets show November 2026 as “Nov-26”.
_MONTH_DAY = rf"{_MONTH}\.? {_DAY}(?:[ ,./-]+(\d+))?"
_MONTH_ONLY = rf"{_MONTH}\.?(?:[ ,./-]*(\d{{4}}))?"
_WITH_WEEKDAY = r"([a-z]{3,9})\.?,? +(.*\d.*)"
_UNIT = r"(d|days?|w|wks?|weeks?|m|mths?|months?|y|yrs?|years?)"
_RELATIVE = rf"([+-]|in )? ?(\d+|(?:an?|one)(?= )) ?{_UNIT}( ago)?"


class DateError(ValueError):
    """Text that is not a date, or could be more than one; its str is for the person who typed it.

    ``days`` are the two days that it could be, where it could be two.
    """

    def __init__(self, message: str, days: tuple[date, ...] = ()) -> None:
        super().__init__(message)
        self.days = days


class Around(NamedTuple):
    """What the meaning of a text depends on: today, which way the field looks, and how the programme counts years."""

    today: date
    looks: Looks = "either"
    conventions: Conventions = USUAL


def read_date(text: str, today: date, looks: Looks = "either", conventions: Conventions = USUAL) -> date:
    """Give the calendar day that typed text means, counted from today where it is relative.

    Numbers are day first unless the year leads; a month is a calendar month, clamped to its last day.
    A day and a named month without a year, and a weekday, lie on the side of today on which the field looks
    (``on_a_side``). Years and quarters end as the programme's financial year does. Raises DateError for all that is
    unclear, impossible, or outside 1900 to 2200.
    """
    typed = " ".join(text.split())
    if not typed:
        raise DateError(f"The date is empty. {_LIKE}")
    try:
        day = _read(typed, Around(today, looks, conventions))
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise DateError(OUTSIDE)
    except OverflowError:
        raise DateError(f"{_quoted(typed)} {OUTSIDE}") from None
    except (DateError, Unclear) as problem:
        raise DateError(f"{_quoted(typed)} {problem}", problem.days) from None
    return day


def _quoted(typed: str) -> str:
    # The text goes back to a terminal, so nothing in it may act on one.
    safe = "".join(char if char.isprintable() else "\ufffd" for char in typed)
    if len(safe) > _LONGEST:
        safe = f"{safe[:_LONGEST]}…"
    return f"“{safe}”"


def _read(typed: str, around: Around) -> date:
    if len(typed) > _LONGEST:
        raise DateError(f"is too long to be a date. {_LIKE}")
    plain = normal(typed)
    # Before small letters, which turn some foreign letters (the Kelvin sign) into plain ones; years may have a dash.
    if not typed.isascii() and plain.isascii() and (span := _span(plain, around)) is not None:
        raise DateError(span.refusal)
    if not typed.isascii():
        raise DateError(f"has characters other than plain letters, digits and signs. {_LIKE}")
    words = re.sub(r"(?<=\d) ?([/.-]) ?(?=\d)", r"\1", typed.lower())
    if re.fullmatch(r"[\d/.-]+", words):
        return _numeric(words, around)
    if doubt := doubt_in(words):
        raise DateError(f"has “{doubt}”, and a day is kept as it is written: leave that out. {_LIKE}")
    words = in_known_words(words)
    if re.fullmatch(r"[\d/.-]+", words) and not words.startswith("-"):
        return _numeric(words, around)
    # Month names come last: they complain about a word that no other reader knew.
    for reader in (_near, _weekday, _weekday_week, _relative, _end_of, _period, _with_weekday, _with_month_name):
        day = reader(words, around)
        if day is not None:
            return day
    raise DateError(_UNREADABLE)


def _span(words: str, around: Around) -> Span | None:
    return find_span(words, around.today, around.looks, around.conventions)


def _near(words: str, around: Around) -> date | None:
    days = {"now": 0, "today": 0, "yesterday": -1, "tomorrow": 1}.get(words)
    if days is None:
        return None
    return around.today + timedelta(days)


def _weekday_week(words: str, around: Around) -> date | None:
    """Give the day a week behind the coming one of a name: ``friday week``, ``a week on friday``."""
    match = re.fullmatch(rf"(?:(?:a|1) )?week (?:on )?{_MONTH}|{_MONTH} week", words)
    if match is None or (index := _weekday_called(match[1] or match[2])) is None:
        return None
    days = (index - around.today.weekday()) % 7 + 7
    day = around.today + timedelta(days)
    if days == 7:  # today has that name
        two_days = (day, day + timedelta(7))
        raise DateError(
            f"may be {full_day(two_days[0])} or {full_day(two_days[1])}: write the one that is meant.", two_days
        )
    return day


def _weekday_called(word: str) -> int | None:
    """Give the place in the week of the day that a word of three letters or more begins."""
    word = {"weds": "wed"}.get(word, word)
    return next((place for place, name in enumerate(WEEKDAYS) if name.lower().startswith(word)), None)


def _weekday(words: str, around: Around) -> date | None:
    match = re.fullmatch(rf"(?:(next|last|this) )?{_MONTH}", words)
    if match is None or (index := _weekday_called(match[2])) is None:
        return None
    today = around.today
    ahead = index - today.weekday()
    coming = today + timedelta((ahead - 1) % 7 + 1)
    gone = today - timedelta((-ahead - 1) % 7 + 1)
    if match[1] in ("next", "last"):
        return {"next": coming, "last": gone}[match[1]]
    this = today + timedelta(ahead)
    if match[1] == "this" and (ahead == 0 or (ahead > 0) == (around.looks != "back")):
        return this
    if ahead and (around.looks == "ahead" or (around.looks == "back" and not match[1])):
        return {"ahead": coming, "back": gone}[around.looks]
    name = WEEKDAYS[index].lower()
    others = [f"“next {name}” ({coming})", f"“last {name}” ({gone})"]
    if not ahead:
        others.insert(0, "“today”")
    raise DateError(f"could be before or after today: say {' or '.join(others)}.", (gone, coming))


def _relative(words: str, around: Around) -> date | None:
    match = re.fullmatch(_RELATIVE, words)
    if match is None or (match[1] and match[4]):
        return None
    count = 1
    unit = match[3][0]
    if match[2].isdigit():
        count = int(match[2])
    if not match[1] and not match[4]:
        raise DateError(f"does not say which way: +{count}{unit} is later, -{count}{unit} is earlier.")
    if match[1] == "-" or match[4]:
        count = -count
    if unit in "dw":
        return around.today + timedelta(count * {"d": 1, "w": 7}[unit])
    return _later(around.today, count * {"m": 1, "y": 12}[unit])


_YEAR_ENDS = r"eoy|eofy|year[ -]end|end of (?:the |this )?(?:f/?y|(?:financial )?year)"


def _end_of(words: str, around: Around) -> date | None:
    today = around.today
    conventions = around.conventions
    if re.fullmatch(r"eom|end of (?:the |this )?month", words):
        return _later(today, 0, day=31)
    if re.fullmatch(r"end of (?:the |this )?calendar year", words):
        return date(today.year, 12, 31)
    if re.fullmatch(_YEAR_ENDS, words):
        return financial_year(year_of(today, conventions), conventions).last
    if re.fullmatch(r"eoq|end of (?:the |this )?quarter", words):
        quarter = _span("this quarter", around)
        return quarter and quarter.last
    match = re.fullmatch(r"(end|start|beginning) of (.*)", words)
    if match is None:
        return None
    span = _span(match[2], around) or calendar_year(match[2])
    span = span or month_alone(match[2], around.today, around.looks)
    if span is None:
        return None
    if match[1] == "end" and span.name == WHOLE_WEEK:
        friday = span.last - timedelta(2)
        readings = f"{full_day(friday)} or {full_day(span.last)}"
        raise DateError(f"may be {readings}: write the one that is meant.", (friday, span.last))
    return {"end": span.last}.get(match[1], span.first)


def _period(words: str, around: Around) -> date | None:
    """Turn away spans of time with the two days, or the short form, that would be clear; a day of a week is one."""
    # Of a month without its day less is known than of a span: the sentence says what is missing.
    if re.fullmatch(_MONTH_ONLY, words) and not words.startswith("mid "):
        return None
    found = _span(words, around)
    if found is None:
        return None
    if found.first == found.last:
        return found.first
    if found.name == WHOLE_WEEK:
        raise DateError(f"is a whole week, not a day: write its Monday {found.first} or its Sunday {found.last}.")
    raise DateError(found.refusal)


def _with_weekday(words: str, around: Around) -> date | None:
    """Give a day that is said with its weekday: ``Friday 4 December 2026``; both must agree. A week has each once."""
    match = re.fullmatch(_WITH_WEEKDAY, words)
    if match is None or (index := _weekday_called(match[1])) is None:
        return None
    week = _span(match[2], around)
    if week is not None and week.last - week.first == timedelta(6):
        return week.first + timedelta(index)
    try:
        if re.fullmatch(r"[\d/.-]+", match[2]):
            day: date | None = _numeric(match[2], around)
        else:
            day = _with_month_name(match[2], around)
    except DateError as problem:
        fitting = [day for day in problem.days if day.weekday() == index]
        if len(fitting) != 1:
            raise
        return fitting[0]
    if day is None or day.weekday() == index:
        return day
    year = "" if re.search(r"\d{4}", match[2]) else ", or add the year"
    raise DateError(f"says {WEEKDAYS[index]}, and that day is {full_day(day)}. Change one of the two{year}.")


def _numeric(words: str, around: Around) -> date:
    if words.isdigit():
        return _digits_only(words, around.today)
    if pair := re.fullmatch(r"(\d+)([/.-])(\d+)\.?", words):
        span = _span(words, around)
        if span is not None and span.precision != "month":
            raise DateError(span.refusal)
        return _day_and_month(pair[1], pair[3], around, may_be_years=pair[2] != ".")
    match = re.fullmatch(r"(\d+)([/.-])(\d+)\2(\d+)", words)
    if match is None:
        raise DateError(_UNREADABLE)
    first, sign, second, third = match.groups()
    if len(first) != 4:
        return _checked(first, second, third, around.today, year_may_lead=sign == "-")
    if sign != "-":
        raise DateError(f"starts with a year, which goes with hyphens only. {_LIKE}")
    return _checked(third, second, first, around.today, year_first=True)


def _digits_only(digits: str, today: date) -> date:
    if len(digits) == 8:
        return _checked(digits[6:], digits[4:6], digits[:4], today, year_first=True)
    if len(digits) <= 2:
        raise DateError(f"was read as day {digits}: the month and the year are missing. {_LIKE}")
    if len(digits) == 4:
        raise DateError(f"was read as year {digits}: the month and the day are missing. {_LIKE}")
    raise DateError(f"has {len(digits)} digits, and a date in digits alone has 8. {_LIKE}")


def _day_and_month(day: str, month: str, around: Around, *, may_be_years: bool) -> date:
    if len(day) > 2 or len(month) > 2 or int(month) > 12:
        raise DateError(_half_date(day, month))
    if may_be_years and len(day) == len(month) == 2 and int(month) == int(day) + 1:
        readings = f"{int(day)} {MONTHS[int(month) - 1]} or FY20{day}/{month}"
        raise DateError(f"may be a day or a financial year: write {readings}.")
    return _without_year(int(day), int(month), around)


def _half_date(first: str, second: str) -> str:
    if len(first) == 4:
        return f"was read as year {first}, month {second}: the day is missing. {_LIKE}"
    if len(second) == 4:
        return f"was read as month {first}, year {second}: the day is missing. {_LIKE}"
    return f"was read as day {first}, month {second}: the year is missing. {_LIKE}"


def _with_month_name(words: str, around: Around) -> date | None:
    lone = re.fullmatch(_MONTH_ONLY, words)
    if lone and (month := month_called(lone[1])):
        if lone[2]:
            raise DateError(f"was read as month {month}, year {lone[2]}: the day is missing. {_LIKE}")
        raise DateError(f"was read as month {month}: the day and the year are missing. {_LIKE}")
    if match := re.fullmatch(_DAY_MONTH, words):
        day, ordinal, name, year = match.groups()
    elif match := re.fullmatch(_MONTH_DAY, words):
        name, day, ordinal, year = match.groups()
    else:
        return None
    month = month_called(name)
    if not month:
        raise DateError(f"has “{name}” where the name of a month should be. {_LIKE}")
    if ordinal and ordinal != ordinal_ending(int(day)):
        raise DateError(f"has “{day}{ordinal}”, which could be a slip for another day. {_LIKE}")
    if year:
        return _checked(day, str(month), year, around.today)
    return _without_year(int(day), month, around)


def _without_year(day: int, month: int, around: Around) -> date:
    read = f"was read as day {day}, month {month}"
    if day_or_none(2024, month, day) is None:  # a leap year: it has every day there can be
        raise DateError(f"{read}: there is no such day. {_LIKE}")
    years = (day_or_none(around.today.year + step, month, day) for step in (-1, 0, 1))
    try:
        readings = of_years([found for found in years if found], around.today, around.looks)
    except SidesDiffer as problem:
        raise DateError(f"{problem}: add the year.", problem.days) from None
    if readings is None:
        raise DateError("is no day of the years that may be meant. Add the year.")
    return readings


def _checked(
    day: str, month: str, year: str, today: date, *, year_first: bool = False, year_may_lead: bool = False
) -> date:
    parts = [f"day {int(day)}", f"month {int(month)}", f"year {year}"]
    order = "The day goes first. "
    if year_first:
        parts.reverse()
        order = ""
    read = f"was read as {', '.join(parts)}"
    if len(day) > 2 or len(month) > 2:
        raise DateError(f"{read}: a day or a month has at most two digits. {_LIKE}")
    if not 1 <= int(month) <= 12:
        raise DateError(f"{read}: there is no month {int(month)}. {order}{_LIKE}")
    if len(year) not in (2, 4):
        raise DateError(f"{read}: “{year}” is not a year of four digits. {_LIKE}")
    full_year = _year(year, today)
    if full_year is None:
        raise DateError(f"{read}: “{year}” could be 19{year} or 20{year}. Write the year with four digits.")
    if not FIRST_YEAR <= full_year <= LAST_YEAR:
        raise DateError(f"{read}: the year must be between {FIRST_YEAR} and {LAST_YEAR}. {_LIKE}")
    calendar_day = day_or_none(full_year, int(month), int(day))
    leading = day_or_none(_year(day, today) or 0, int(month), int(year)) if year_may_lead else None
    if calendar_day is None:
        raise DateError(f"{read}: there is no such day. {_LIKE}")
    if leading not in (None, calendar_day) and len(year) == 2:
        raise DateError(f"{read}, or the other way round as {leading}. {_LIKE}", (calendar_day, leading))
    return calendar_day


def _year(digits: str, today: date) -> int | None:
    """Return the year that four digits say, or the last two where one such year is near today; None: none is."""
    if len(digits) == 4:
        return int(digits)
    century = today.year - today.year % 100
    years = (century + step + int(digits) for step in (-100, 0, 100))
    return next((year for year in years if abs(year - today.year) <= NEAR_YEARS and len(digits) == 2), None)


def _later(start: date, months: int, **more: int) -> date:
    """Return the same day of a later (below zero: an earlier) month, or its last one; ``more`` replaces the day."""
    from dateutil.relativedelta import relativedelta  # 10 ms that most dates do not need

    try:
        day: date = start + relativedelta(months=months, **more)
    except ValueError:  # beyond the years that a calendar has
        raise DateError(OUTSIDE) from None
    return day
