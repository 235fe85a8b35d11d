"""Dates as people type them: always day first, and refused rather than guessed."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tracker.rules.wording import MONTHS, ordinal_ending

FIRST_YEAR, LAST_YEAR = 1900, 2200

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_LIKE = "Write it like 2026-02-28."
_OUTSIDE = f"was read as a day outside the years {FIRST_YEAR} to {LAST_YEAR}. {_LIKE}"
_UNREADABLE = f"is not a date that can be read. {_LIKE}"
# Longer than any date: a pasted paragraph is turned away before a pattern or int() sees it.
_LONGEST = 40
# Half a year, rounded up: a day and month without a year is always this near, except 29 February.
_HALF_YEAR = 183

# Patterns stay plain strings: `re` compiles and keeps each on first use, which keeps the import quick.
_DAY = r"(?:the )?(\d{1,2})(st|nd|rd|th)?"
_MONTH = r"([a-z]{3,9})"
_DAY_MONTH = rf"{_DAY}(?: of |[ ./-]*){_MONTH}\.?(?:[ ,./-]*(\d+))?"
# Only a space may stand before the day: spreadsheets show November 2026 as “Nov-26”.
_MONTH_DAY = rf"{_MONTH}\.? {_DAY}(?:[ ,./-]+(\d+))?"
_MONTH_ONLY = rf"{_MONTH}\.?(?:[ ,./-]*(\d{{4}}))?"
_UNIT = r"(d|days?|w|wks?|weeks?|m|mths?|months?|y|yrs?|years?)"
_RELATIVE = rf"([+-]|in )? ?(\d+|(?:an?|one)(?= )) ?{_UNIT}( ago)?"


class DateError(ValueError):
    """Text that is not a date, or could be more than one; its str is for the person who typed it."""


def read_date(text: str, today: date) -> date:
    """Give the calendar day that typed text means, counted from today where it is relative.

    Numbers are day first unless the year leads; a month is a calendar month, clamped to its last day.
    A day and a named month without a year is the nearest one to today, the later one when two are
    within a day of equally near. Raises DateError for all that is unclear, impossible, or outside
    1900 to 2200.
    """
    typed = " ".join(text.split())
    if not typed:
        raise DateError(f"The date is empty. {_LIKE}")
    try:
        day = _read(typed, today)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise DateError(_OUTSIDE)
    except OverflowError:
        raise DateError(f"{_quoted(typed)} {_OUTSIDE}") from None
    except DateError as problem:
        raise DateError(f"{_quoted(typed)} {problem}") from None
    return day


def explain_date(day: date, today: date) -> str:
    """Give a day in full with its distance from today: “Thursday 12 November 2026, in 11 days”.

    The distance is in days below two weeks, then weeks, months and years, with “about” where rounded.
    """
    full = f"{_WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year:04}"
    return f"{full}, {_distance(day, today)}"


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if -1 <= days <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    amount = _rounded(abs(days), day, today)
    if days < 0:
        return f"{amount} ago"
    return f"in {amount}"


def _rounded(days: int, day: date, today: date) -> str:
    if days < 14:
        return f"{days} days"
    whole_months = 0
    if day.day == today.day:
        whole_months = abs((day.year - today.year) * 12 + day.month - today.month)
    months = (days * 48 + 730) // 1461  # 48 months are 1461 days
    if days < 84:
        weeks = (days + 3) // 7
        amount = f"{weeks} weeks"
        exact = weeks * 7 == days
    elif months < 24:
        amount = f"{months} months"
        exact = months == whole_months
    else:
        years = (days * 4 + 730) // 1461
        amount = f"{years} years"
        exact = years * 12 == whole_months
    if exact:
        return amount
    return f"about {amount}"


def _quoted(typed: str) -> str:
    # The text goes back to a terminal, so nothing in it may act on one.
    safe = "".join(char if char.isprintable() else "\ufffd" for char in typed)
    if len(safe) > _LONGEST:
        safe = f"{safe[:_LONGEST]}…"
    return f"“{safe}”"


def _read(typed: str, today: date) -> date:
    if len(typed) > _LONGEST:
        raise DateError(f"is too long to be a date. {_LIKE}")
    # Before lower(), which turns some foreign letters (the Kelvin sign) into plain ones.
    if not typed.isascii():
        raise DateError(f"has characters other than plain letters, digits and signs. {_LIKE}")
    words = re.sub(r"(?<=\d) ?([/.-]) ?(?=\d)", r"\1", typed.lower())
    if re.fullmatch(r"[\d/.-]+", words):
        return _numeric(words)
    # Month names come last: they complain about a word that no other reader knew.
    for reader in (_near, _weekday, _relative, _end_of, _period, _with_month_name):
        day = reader(words, today)
        if day is not None:
            return day
    raise DateError(_UNREADABLE)


def _near(words: str, today: date) -> date | None:
    days = {"now": 0, "today": 0, "yesterday": -1, "tomorrow": 1}.get(words)
    if days is None:
        return None
    return today + timedelta(days)


def _weekday(words: str, today: date) -> date | None:
    match = re.fullmatch(rf"(?:(next|last|this) )?{_MONTH}", words)
    if match is None:
        return None
    index = _index(match[2], _WEEKDAYS)
    if index is None:
        return None
    ahead = index - today.weekday()
    days = {"next": (ahead - 1) % 7 + 1, "last": -((-ahead - 1) % 7) - 1, "this": ahead}.get(match[1])
    if days is not None:
        return today + timedelta(days)
    name = _WEEKDAYS[index].lower()
    raise DateError(f"could be before or after today: say “next {name}” or “last {name}”.")


def _relative(words: str, today: date) -> date | None:
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
        return today + timedelta(count * {"d": 1, "w": 7}[unit])
    return _later(today, count * {"m": 1, "y": 12}[unit])


def _end_of(words: str, today: date) -> date | None:
    match = re.fullmatch(r"eo([mqy])|end of (?:the |this )?(month|quarter|year)", words)
    if match is None:
        return None
    span = {"m": 1, "q": 3, "y": 12}[(match[1] or match[2])[0]]
    return _later(today, -today.month % span, day=31)


def _period(words: str, today: date) -> date | None:
    """Turn away spans of time with the two days, or the short form, that would be clear."""
    span = re.fullmatch(r"(next|last|this) (week|month|quarter|year)", words)
    if span and span[1] == "this":
        raise DateError(f"is a whole {span[2]}, not a day. {_LIKE}")
    if span:
        step = {"week": "1w", "month": "1m", "quarter": "3m", "year": "1y"}[span[2]]
        sign = {"next": "+", "last": "-"}[span[1]]
        raise DateError(f"is a whole {span[2]}, not a day: say {sign}{step}.")
    quarter = re.fullmatch(r"(?:(\d{4})[ /-]*)?q([1-4])(?:[ /-]*(\d{4}))?", words)
    if quarter is None or (quarter[1] and quarter[3]):
        return None
    year = int(quarter[1] or quarter[3] or today.year)
    month = int(quarter[2]) * 3
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(_OUTSIDE)
    first = date(year, month - 2, 1)
    last = _later(first, 2, day=31)
    raise DateError(f"is three months, not a day: write its first day {first} or its last {last}.")


def _numeric(words: str) -> date:
    if words.isdigit():
        return _digits_only(words)
    if pair := re.fullmatch(r"(\d+)[/.-](\d+)", words):
        raise DateError(_half_date(pair[1], pair[2]))
    match = re.fullmatch(r"(\d+)([/.-])(\d+)\2(\d+)", words)
    if match is None:
        raise DateError(_UNREADABLE)
    first, sign, second, third = match.groups()
    if len(first) != 4:
        return _checked(first, second, third)
    if sign != "-":
        raise DateError(f"starts with a year, which goes with hyphens only. {_LIKE}")
    return _checked(third, second, first, year_first=True)


def _digits_only(digits: str) -> date:
    if len(digits) == 8:
        return _checked(digits[6:], digits[4:6], digits[:4], year_first=True)
    if len(digits) <= 2:
        raise DateError(f"was read as day {digits}: the month and the year are missing. {_LIKE}")
    if len(digits) == 4:
        raise DateError(f"was read as year {digits}: the month and the day are missing. {_LIKE}")
    raise DateError(f"has {len(digits)} digits, and a date in digits alone has 8. {_LIKE}")


def _half_date(first: str, second: str) -> str:
    if len(first) == 4:
        return f"was read as year {first}, month {second}: the day is missing. {_LIKE}"
    if len(second) == 4:
        return f"was read as month {first}, year {second}: the day is missing. {_LIKE}"
    return f"was read as day {first}, month {second}: the year is missing. {_LIKE}"


def _with_month_name(words: str, today: date) -> date | None:
    lone = re.fullmatch(_MONTH_ONLY, words)
    if lone and (month := _index(lone[1], MONTHS)) is not None:
        if lone[2]:
            raise DateError(f"was read as month {month + 1}, year {lone[2]}: the day is missing. {_LIKE}")
        raise DateError(f"was read as month {month + 1}: the day and the year are missing. {_LIKE}")
    if match := re.fullmatch(_DAY_MONTH, words):
        day, ordinal, name, year = match.groups()
    elif match := re.fullmatch(_MONTH_DAY, words):
        name, day, ordinal, year = match.groups()
    else:
        return None
    month = _index(name, MONTHS)
    if month is None:
        raise DateError(f"has “{name}” where the name of a month should be. {_LIKE}")
    if ordinal and ordinal != ordinal_ending(int(day)):
        raise DateError(f"has “{day}{ordinal}”, which could be a slip for another day. {_LIKE}")
    if year:
        return _checked(day, str(month + 1), year)
    return _nearest(int(day), month + 1, today)


def _nearest(day: int, month: int, today: date) -> date:
    read = f"was read as day {day}, month {month}"
    if _day_or_none(2024, month, day) is None:  # a leap year: it has every day there can be
        raise DateError(f"{read}: there is no such day. {_LIKE}")
    around = (_day_or_none(today.year + step, month, day) for step in (-1, 0, 1))
    near = [candidate for candidate in around if candidate and abs((candidate - today).days) <= _HALF_YEAR]
    if not near:
        raise DateError(f"{read}: there is no such day within six months of today. Add the year.")
    # One day's handicap for the past: the later one wins a tie, and a year's odd day does not decide.
    return min(reversed(near), key=lambda candidate: abs((candidate - today).days) + (candidate < today))


def _checked(day: str, month: str, year: str, year_first: bool = False) -> date:
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
    if len(year) == 2:
        raise DateError(f"{read}: “{year}” could be 19{year} or 20{year}. Write the year with four digits.")
    if len(year) != 4:
        raise DateError(f"{read}: “{year}” is not a year of four digits. {_LIKE}")
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise DateError(f"{read}: the year must be between {FIRST_YEAR} and {LAST_YEAR}. {_LIKE}")
    calendar_day = _day_or_none(int(year), int(month), int(day))
    if calendar_day is None:
        raise DateError(f"{read}: there is no such day. {_LIKE}")
    return calendar_day


def _index(word: str, names: Sequence[str]) -> int | None:
    """Give the place of the name that a word of three letters or more begins."""
    return next((place for place, name in enumerate(names) if name.lower().startswith(word)), None)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _later(start: date, months: int, **more: int) -> date:
    """Return the same day of a later (below zero: an earlier) month, or its last one; ``more`` replaces the day."""
    from dateutil.relativedelta import relativedelta  # 10 ms that most dates do not need

    try:
        day: date = start + relativedelta(months=months, **more)
    except ValueError:  # beyond the years that a calendar has
        raise DateError(_OUTSIDE) from None
    return day
