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
from tracker.rules.typed.phrases import in_known_words
from tracker.rules.typed.sides import SidesDiffer, of_years, on_a_side
from tracker.rules.wording import MONTHS, span_text

FIRST_YEAR = 1900
LAST_YEAR = 2200
WHOLE_WEEK = "a whole week"  # as its span is called
MOST_WEEKS = 53  # of a year; most have one less
OUTSIDE = f"was read as a day outside the years {FIRST_YEAR} to {LAST_YEAR}. Write it like 2026-02-28."

# Plain strings, which ``re`` compiles on first use: most commands read no such day.
MONTH_YEAR = r"([a-z]{3,9})\.?(?:[ ,-]*(\d{4})| ?'(\d\d))"
MONTH_OR_DAY = r"([a-z]{3,9})-(\d\d)"
THREE_MONTHS = r"([a-z]{3,9})\.? ?(?:-|to) ?([a-z]{3,9})\.?[ ,-]*(\d{4})"
YEAR_MONTH = r"(?P<year>\d{4})[-/](?P<month>\d{1,2})"
MONTH_IN_FIGURES = r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"
FINANCIAL = r"(?:fy|financial year|f/y)"
QUARTER = r"(?:q(?P<quarter>[1-4])|h(?P<half>[12]))"
CALENDAR_PART = rf"(?:(?P<before>\d{{4}}|\d\d)[ /-]*)?{QUARTER}(?:[ ,/'-]*(?P<after>\d{{4}}|\d\d))?"
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
    words = in_known_words(normal(text))
    span = calendar_year(words) or find_span(words, today, looks, conventions)
    if span is None or not span.precision:
        return None
    return span.day(looks_back=looks_back)


def calendar_year(words: str) -> Span | None:
    """Return the year of the calendar that four digits are; None where words are none."""
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
        lambda: _part_of_a_month(words, today, looks, conventions),
        lambda: _beside_today(words, today, conventions),
        lambda: _financial(words, today, looks, conventions),
        lambda: _calendar_part(words, conventions),
        lambda: _week(words, today, looks),
    )
    return next((span for reader in readers if (span := reader()) is not None), None)


def _month(words: str) -> Span | None:
    year = month = 0
    if match := re.fullmatch(YEAR_MONTH, words, re.ASCII) or re.fullmatch(MONTH_IN_FIGURES, words, re.ASCII):
        year = int(match["year"])
        month = int(match["month"])
        if words[4:5] == "/" and month == (year + 1) % 100 and 1 <= month <= 12:
            readings = f"{MONTHS[month - 1]} {year} or FY{year}/{month:02}"
            raise Unclear(f"may be a month or a financial year: write {readings}.")
    elif match := re.fullmatch(MONTH_YEAR, words, re.ASCII):
        year = _whole_year(match[2] or match[3])
        month = month_called(match[1])
    elif (match := re.fullmatch(MONTH_OR_DAY, words, re.ASCII)) and (month := month_called(match[1])):
        readings = f"{int(match[2])} {MONTHS[month - 1]} or {MONTHS[month - 1]} {_whole_year(match[2])}"
        raise Unclear(f"may be {readings}: write the one that is meant.")
    if not 1 <= month <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return _of_calendar(date(year, month, 1), "a whole month", "month")


def month_called(word: str) -> int:
    """Return the number of the month whose name begins so; 0 where there is none."""
    return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(word)), 0)


def _of_calendar(first: date, name: str, precision: str) -> Span:
    return Span(first, latest(VagueDay.of(first, precision)), name, precision)


def _calendar_part(words: str, conventions: Conventions) -> Span | None:
    """Return a quarter or a half of a calendar year; None where words are none. Raises Unclear."""
    match = re.fullmatch(CALENDAR_PART, words, re.ASCII)
    if match is None or bool(match["before"]) == bool(match["after"]):
        return _three_months(words)
    year = _whole_year(match["before"] or match["after"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unclear(OUTSIDE)
    months, place = _part(match)
    first = date(year, months * (place - 1) + 1, 1)
    span = _of_calendar(first, "three months", "quarter")
    name = span_text(span.day(looks_back=True))
    if months > 3:
        span = Span(first, months_on(first, months) - timedelta(1), "half a year")
        name = f"half of {year}"
    if conventions.has_own_year:
        own = financial_part(year, months, place, conventions)
        readings = f"{_with_days(span._replace(name=name))} or {_with_days(own)}"
        raise Unclear(f"may be {readings}: write the one that is meant.")
    return span


def _part(match: re.Match[str]) -> tuple[int, int]:
    """Return how many months a part of a year has, and which of its kind it is."""
    if match["half"]:
        return 6, int(match["half"])
    return 3, int(match["quarter"])


def _part_of_a_month(words: str, today: date, looks: Looks, conventions: Conventions) -> Span | None:
    """Return the whole month of which a part is named, ``mid march``, since no less is kept. Raises Unclear."""
    match = re.fullmatch(r"mid (.+)", words)
    if match is None:
        return None
    span = find_span(match[1], today, looks, conventions) or calendar_year(match[1])
    span = span or month_alone(match[1], today, looks)
    if span is not None and span.precision != "month":
        raise Unclear(
            "is a part that is not kept: write its month, like March 2027, or its quarter, like Jan–Mar 2027."
        )
    return span


def _beside_today(words: str, today: date, conventions: Conventions) -> Span | None:
    """Return the week, month, quarter or year of today, or the one before or behind it. Raises Unclear."""
    match = re.fullmatch(r"(this|next|last|previous) (week|month|quarter|year)", words)
    if match is None:
        return None
    step = {"this": 0, "next": 1}.get(match[1], -1)
    if match[2] == "week":
        return _whole_week(today + timedelta(7 * step - today.weekday()))
    if match[2] == "month":
        return _of_calendar(months_on(today.replace(day=1), step), "a whole month", "month")
    year = year_of(today, conventions)
    if match[2] == "quarter":
        spans = [financial_part(year + over, 3, place, conventions) for over in (-1, 0, 1) for place in (1, 2, 3, 4)]
        within = next(place for place, span in enumerate(spans) if span.last >= today)
        return spans[within + step]
    span = financial_year(year + step, conventions)
    if conventions.has_own_year:
        calendar = Span(date(today.year + step, 1, 1), date(today.year + step, 12, 31), str(today.year + step))
        raise Unclear(f"may be {_with_days(calendar)} or {_with_days(span)}: write the one that is meant.")
    return span


def month_alone(word: str, today: date, looks: Looks) -> Span | None:
    """Return the month that is named without its year, by its last day; None for other words. Raises Unclear."""
    if not re.fullmatch(r"[a-z]{3,9}\.?", word) or not (month := month_called(word.rstrip("."))):
        return None
    firsts = (date(today.year + step, month, 1) for step in (-1, 0, 1))
    try:
        last = of_years([months_on(first, 1) - timedelta(1) for first in firsts], today, looks)
    except SidesDiffer as problem:
        raise Unclear(f"{problem}: add the year.", problem.days) from None
    if last is None:
        return None
    return Span(last.replace(day=1), last, "a whole month", "month")


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


def financial_part(begins: int, months: int, place: int, conventions: Conventions) -> Span:
    """Return the quarter or half (of so many months) at a place of the financial year that begins in a year.

    Raises Unclear.
    """
    year = _begins(begins, conventions)
    first = months_on(year, months * (place - 1))
    following = months_on(year, months * place)
    if months > 3:
        return Span(first, following - timedelta(1), f"H{place} of {_two_years(begins)}")
    if not conventions.has_own_year:
        return Span(first, following - timedelta(1), "three months", "quarter")
    name = f"Q{place} of the financial year {_two_years(begins)}"
    return _financial_span(first, following, name, f"financial_q{place}")


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
        if match.groupdict().get("quarter") or match.groupdict().get("half"):
            return financial_part(begins, *_part(match), conventions)
        return financial_year(begins, conventions)
    match = re.fullmatch(QUARTER, words, re.ASCII)
    if match is None:
        return None
    this_year = year_of(today, conventions)
    spans = [financial_part(this_year + step, *_part(match), conventions) for step in (-1, 0, 1)]
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
        advice = f"write {begins} or {begins + 1}"
        raise Unclear(f"is of two years, and this programme's financial year is that of the calendar: {advice}.")
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
    return Span(monday, monday + timedelta(6), WHOLE_WEEK)


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
