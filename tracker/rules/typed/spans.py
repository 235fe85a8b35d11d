"""Months, quarters, years and weeks as people type them, each from its first to its last day.

Years such as ``2026/27`` and ``FY27``, and quarters of such years, are financial: they begin when the programme's
financial year does. A quarter alone is of the financial year. ``Q1 2027`` is refused with both readings unless that is
the year of the calendar, whose quarters are ``Jan–Mar 2027``.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from tracker.fields import Looks, VagueDay, latest, months_on
from tracker.rules.typed.conventions import USUAL, Conventions
from tracker.rules.typed.sides import SidesDiffer, on_a_side
from tracker.rules.wording import MONTHS, span_text

FIRST_YEAR = 1900
LAST_YEAR = 2200
MOST_WEEKS = 53  # of a year; most have one less
OUTSIDE = f"was read as a day outside the years {FIRST_YEAR} to {LAST_YEAR}. Write it like 2026-02-28."

# Plain strings, which ``re`` compiles on first use: most commands read no such day.
MONTH_YEAR = r"([a-z]{3,9})\.?[ ,-]*(\d{4})"
THREE_MONTHS = r"([a-z]{3,9})\.? ?(?:-|to) ?([a-z]{3,9})\.?[ ,-]*(\d{4})"
YEAR_MONTH = r"(?P<year>\d{4})[-/](?P<month>\d{1,2})"
MONTH_IN_FIGURES = r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"
FINANCIAL = r"(?:fy|financial year|f/y)"
QUARTER = r"q(?P<quarter>[1-4])"
NO_QUARTER = r"\bq ?(0|[5-9]|\d\d+)\b"
PAIR = r"(?P<begins>\d\d(?:\d\d)?)[/-](?P<to>\d\d(?:\d\d)?)"
ENDS = rf"{FINANCIAL} ?'?(?P<ends>\d\d(?:\d\d)?)"
FINANCIAL_SPANS = (
    rf"{QUARTER}[ ,/-]*(?:{FINANCIAL} ?)?{PAIR}",
    rf"{QUARTER}[ ,/-]*{ENDS}",
    rf"(?:{FINANCIAL} ?)?{PAIR}[ ,/-]*{QUARTER}",
    rf"{ENDS}[ ,/-]*{QUARTER}",
    rf"{FINANCIAL} ?{PAIR}",
    ENDS,
    r"(?P<begins>\d{4})[/-](?P<to>\d\d(?:\d\d)?)",
)
WEEK_OF_YEAR = r"(?P<year>\d{4})-?w(?P<week>\d{1,2})(?:-?(?P<day>[1-7]))?"
WEEK = (
    r"(?:week|wk|w) ?(?P<week>\d{1,2})(?:[ ,/-]+(?P<year>\d{4}))?|(?P<before>\d{4}) (?:week|wk|w) ?(?P<after>\d{1,2})"
)


class Unclear(ValueError):
    """A text that is a span of time, or more than one, and cannot be taken; says so after the text in quotes."""

    def __init__(self, message: str, days: tuple[date, ...] = ()) -> None:
        super().__init__(message)
        self.days = days


class Span(NamedTuple):
    """A stretch of time: its first and last day, what it is called, and its precision (empty: none that is kept)."""

    first: date
    last: date
    name: str
    precision: str = ""

    @property
    def refusal(self) -> str:
        """What is said where a day is asked for."""
        return f"is {self.name}, not a day: write its first day {self.first} or its last {self.last}."

    def day(self, *, looks_back: bool) -> VagueDay:
        """Return the day that stands for the span."""
        if looks_back:
            return VagueDay.of(self.first, self.precision)
        return VagueDay.of(self.last, self.precision)


def normal(text: str) -> str:
    """Return a text as the readers of spans expect it: in small letters, on one line, with plain hyphens."""
    return " ".join(text.split()).lower().replace("\u2013", "-").replace("\u2212", "-").replace("\u2019", "'")


def read_span(
    text: str, *, looks_back: bool, today: date, looks: Looks = "either", conventions: Conventions = USUAL
) -> VagueDay | None:
    """Return the day that stands for a month, quarter or year, ``March 2027``, ``Jan–Mar 2027``, ``2027``,
    ``FY27``.

    It is the last day of it, or the first of a field that looks back. None for any other text: a month without its
    year is one. Raises Unclear.
    """
    words = normal(text)
    span = _calendar_year(words) or find_span(words, today, looks, conventions)
    if span is None or not span.precision:
        return None
    return span.day(looks_back=looks_back)


def _calendar_year(words: str) -> Span | None:
    if re.fullmatch(r"[0-9]{4}", words) and FIRST_YEAR <= int(words) <= LAST_YEAR:
        return Span(date(int(words), 1, 1), date(int(words), 12, 31), "a whole year", "year")
    return None


def find_span(words: str, today: date, looks: Looks, conventions: Conventions) -> Span | None:
    """Return the month, quarter, financial year or week that words (``normal``) stand for; None where they are none.

    Raises Unclear.
    """
    if wrong := re.search(NO_QUARTER, words, re.ASCII):
        raise Unclear(f"names quarter {wrong[1]}, and a year has four, Q1 to Q4. Change the number.")
    readers: tuple[Callable[[], Span | None], ...] = (
        lambda: _month(words),
        lambda: _financial(words, today, looks, conventions),
        lambda: _calendar_quarter(words, conventions),
        lambda: _week(words, today, looks),
    )
    return next((span for reader in readers if (span := reader()) is not None), None)


def _month(words: str) -> Span | None:
    year = month = 0
    if match := re.fullmatch(YEAR_MONTH, words, re.ASCII) or re.fullmatch(MONTH_IN_FIGURES, words, re.ASCII):
        year = int(match["year"])
        month = int(match["month"])
        if words[4:5] == "/" and month == (year + 1) % 100 and 1 <= month <= 12:
            both = f"{MONTHS[month - 1]} {year} or FY{year}/{month:02}"
            raise Unclear(f"may be a month or a financial year: write {both}.")
    elif match := re.fullmatch(MONTH_YEAR, words, re.ASCII):
        year = int(match[2])
        month = month_called(match[1])
    if not 1 <= month <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return _of_calendar(date(year, month, 1), "a whole month", "month")


def month_called(word: str) -> int:
    """Return the number of the month whose name begins so; 0 where there is none."""
    return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(word)), 0)


def _of_calendar(first: date, name: str, precision: str) -> Span:
    return Span(first, latest(VagueDay.of(first, precision)), name, precision)


def _calendar_quarter(words: str, conventions: Conventions) -> Span | None:
    match = re.fullmatch(rf"(?:(\d{{4}})[ /-]*)?{QUARTER}(?:[ ,/-]*(\d{{4}}))?", words, re.ASCII)
    if match is None or bool(match[1]) == bool(match[3]):
        return _three_months(words)
    year = int(match[1] or match[3])
    quarter = int(match["quarter"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unclear(OUTSIDE)
    span = _of_calendar(date(year, quarter * 3 - 2, 1), "three months", "quarter")
    if conventions.has_own_year:
        own = financial_quarter(year, quarter, conventions)
        named = span._replace(name=span_text(span.day(looks_back=True)))
        both = f"{_with_days(named)} or {_with_days(own._replace(name=f'Q{quarter} {_two_years(year)}'))}"
        raise Unclear(f"may be {both}: write the one that is meant.")
    return span


def _three_months(words: str) -> Span | None:
    """Return the quarter of a calendar year that is named by its first and last month: ``Oct–Dec 2026``."""
    match = re.fullmatch(THREE_MONTHS, words, re.ASCII)
    if match is None or not FIRST_YEAR <= int(match[3]) <= LAST_YEAR:
        return None
    first = month_called(match[1])
    last = month_called(match[2])
    if last != first + 2 or first % 3 != 1:
        return None
    return _of_calendar(date(int(match[3]), first, 1), "three months", "quarter")


def _two_years(begins: int) -> str:
    return f"{begins}/{(begins + 1) % 100:02}"


def year_of(day: date, conventions: Conventions) -> int:
    """Return the year in which the financial year of a day begins. Raises Unclear."""
    return day.year - (day < _begins(day.year, conventions))


def financial_year(begins: int, conventions: Conventions) -> Span:
    """Return the financial year that begins in a year. Raises Unclear."""
    first = _begins(begins, conventions)
    following = _begins(begins + 1, conventions)
    if not conventions.has_own_year:
        return Span(first, following - timedelta(1), "a whole year", "year")
    name = f"the financial year {_two_years(begins)}"
    return _financial_span(first, following, name, "financial_year")


def financial_quarter(begins: int, quarter: int, conventions: Conventions) -> Span:
    """Return a quarter (1 to 4) of the financial year that begins in a year. Raises Unclear."""
    year = _begins(begins, conventions)
    _ = _begins(begins + 1, conventions)
    first = months_on(year, quarter * 3 - 3)
    following = months_on(year, quarter * 3)
    if not conventions.has_own_year:
        return Span(first, following - timedelta(1), "three months", "quarter")
    name = f"Q{quarter} of the financial year {_two_years(begins)}"
    return _financial_span(first, following, name, f"financial_q{quarter}")


def _financial_span(first: date, following: date, name: str, precision: str) -> Span:
    """Return a part of a financial year; it is kept only where it is made of whole months."""
    span = Span(first, following - timedelta(1), name)
    if first.day == 1:
        return span._replace(precision=precision)
    return span


def _begins(year: int, conventions: Conventions) -> date:
    try:
        return date(year, *conventions.first_of_year)
    except ValueError:
        raise Unclear(
            f"needs the financial year, which starts on {conventions.year_start} (month and day) in this programme's "
            f"record: there is no such day. Change it there, or write a day like 2026-02-28."
        ) from None


def _financial(words: str, today: date, looks: Looks, conventions: Conventions) -> Span | None:
    """Return a financial year or a quarter of one; None where words are neither."""
    match = next((match for form in FINANCIAL_SPANS if (match := re.fullmatch(form, words, re.ASCII))), None)
    if match is not None:
        begins = _first_of_two(match.groupdict(), conventions)
        if begins is None or not FIRST_YEAR < begins < LAST_YEAR:
            return None
        quarter = match.groupdict().get("quarter")
        if quarter:
            return financial_quarter(begins, int(quarter), conventions)
        return financial_year(begins, conventions)
    match = re.fullmatch(QUARTER, words, re.ASCII)
    if match is None:
        return None
    this_year = year_of(today, conventions)
    spans = [financial_quarter(this_year + step, int(match["quarter"]), conventions) for step in (-1, 0, 1)]
    return _nearest_span(spans, today, looks)


def _nearest_span(spans: list[Span], today: date, looks: Looks) -> Span:
    """Return the span that fits the way a field looks. Raises Unclear with two of them."""
    within = [span for span in spans if span.first <= today <= span.last]
    if within:
        return within[0]
    before = next(span for span in reversed(spans) if span.last < today)
    after = next(span for span in spans if span.first > today)
    try:
        chosen = on_a_side(before.last, after.first, today, looks)
    except SidesDiffer:
        raise Unclear(f"may be {_with_days(before)}, or {_with_days(after)}: add the year.") from None
    if chosen == before.last:
        return before
    return after


def _with_days(span: Span) -> str:
    return f"{span.name} ({span.first} to {span.last})"


def _first_of_two(parts: dict[str, str | None], conventions: Conventions) -> int | None:
    """Return the year in which a financial year begins; None where two years do not follow each other."""
    if parts.get("ends"):
        ends = _whole_year(parts["ends"] or "")
        return ends - conventions.has_own_year
    begins = _whole_year(parts["begins"] or "")
    to = parts["to"] or ""
    if (begins + 1) % 100 != int(to[-2:]) or (len(to) == 4 and int(to) != begins + 1):
        return None
    if not conventions.has_own_year:
        both = f"write {begins} or {begins + 1}"
        raise Unclear(f"is of two years, and this programme's financial year is that of the calendar: {both}.")
    return begins


def _whole_year(digits: str) -> int:
    return int(digits) + 2000 * (len(digits) == 2)


def _week(words: str, today: date, looks: Looks) -> Span | None:
    """Return a week of ISO 8601; a day of one is a span of one day. None where words are none."""
    match = re.fullmatch(WEEK_OF_YEAR, words, re.ASCII)
    if match is not None:
        monday = _monday(int(match["year"]), int(match["week"]))
        if match["day"]:
            day = monday + timedelta(int(match["day"]) - 1)
            return Span(day, day, "a day")
        return _whole_week(monday)
    match = re.fullmatch(WEEK, words, re.ASCII)
    if match is None:
        return None
    week = int(match["week"] or match["after"])
    year = match["year"] or match["before"]
    if year:
        return _whole_week(_monday(int(year), week))
    around = (_monday_or_none(today.isocalendar().year + step, week) for step in (-1, 0, 1))
    weeks = [_whole_week(monday) for monday in around if monday]
    if not weeks:
        mend = "Add the year" if week == MOST_WEEKS else f"A year has {MOST_WEEKS} weeks at most. Change the number"
        raise Unclear(f"is no week of a year near today: there is no week {week}. {mend}.")
    close = min(weeks, key=lambda span: abs((span.first - today).days))
    if looks == "either" or len(weeks) < 3:
        return close
    return _nearest_span(weeks, today, looks)


def _whole_week(monday: date) -> Span:
    return Span(monday, monday + timedelta(6), "a whole week")


def _monday_or_none(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _monday(year: int, week: int) -> date:
    monday = _monday_or_none(year, week)
    if monday is None and FIRST_YEAR <= year <= LAST_YEAR:
        most = date(year, 12, 28).isocalendar().week
        raise Unclear(f"was read as week {week} of {year}, which has {most} weeks. Write it like 2026-W50-1.")
    if monday is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unclear(OUTSIDE)
    return monday
