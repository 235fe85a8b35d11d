"""Dates as people type them: what is read, what is refused, and what the refusal says."""

import locale
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.rules.when import DateError, explain_date, read_date, show_date

TODAY = date(2026, 11, 1)  # a Sunday
steady = settings(derandomize=True, max_examples=200, deadline=None)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
todays = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def refusal(text: str, today: date = TODAY) -> str:
    with pytest.raises(DateError) as caught:
        read_date(text, today)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-12",
        "20261112",
        "12/11/2026",
        "12.11.2026",
        "12-11-2026",
        "12 / 11 / 2026",
        "12. 11. 2026",
        "12 Nov",
        "12 NOVEMBER",
        "12 November 2026",
        "Nov 12",
        "nov. 12",
        "Nov 12, 2026",
        "november 12th 2026",
        "12th of november",
        "the 12th of Nov 2026",
        "12nov2026",
        "12-Nov-2026",
        "12 nov. 2026",
        "12 novem 2026",
        "  12   Nov\t2026 \n",
        "12\u00a0Nov 2026",
        "+11d",
        "in 11 days",
    ],
)
def test_many_ways_to_write_one_day(text: str) -> None:
    assert read_date(text, TODAY) == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-1-5", date(2026, 1, 5)),
        ("05/01/2026", date(2026, 1, 5)),
        ("31/12/2026", date(2026, 12, 31)),
        ("29/02/2028", date(2028, 2, 29)),
        ("29 Feb 2028", date(2028, 2, 29)),
        ("1 sept 2026", date(2026, 9, 1)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
        ("today", TODAY),
        ("NOW", TODAY),
        ("Yesterday", date(2026, 10, 31)),
        ("tomorrow", date(2026, 11, 2)),
        ("next friday", date(2026, 11, 6)),
        ("last fri", date(2026, 10, 30)),
        ("this friday", date(2026, 10, 30)),
        ("next sunday", date(2026, 11, 8)),
        ("last Sunday", date(2026, 10, 25)),
        ("this sun", TODAY),
        ("this mon", date(2026, 10, 26)),
        ("-2w", date(2026, 10, 18)),
        ("+6w", date(2026, 12, 13)),
        ("+ 6 weeks", date(2026, 12, 13)),
        ("+1m", date(2026, 12, 1)),
        ("+1y", date(2027, 11, 1)),
        ("-11m", date(2025, 12, 1)),
        ("in 3 weeks", date(2026, 11, 22)),
        ("in a month", date(2026, 12, 1)),
        ("2 weeks ago", date(2026, 10, 18)),
        ("3 days ago", date(2026, 10, 29)),
        ("a week ago", date(2026, 10, 25)),
        ("one year ago", date(2025, 11, 1)),
        ("eom", date(2026, 11, 30)),
        ("end of month", date(2026, 11, 30)),
        ("End of the month", date(2026, 11, 30)),
        ("eoq", date(2026, 12, 31)),
        ("eoy", date(2026, 12, 31)),
        ("end of year", date(2026, 12, 31)),
    ],
)
def test_each_form_is_read(text: str, day: date) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("+1m", date(2026, 1, 31), date(2026, 2, 28)),
        ("+1m", date(2028, 1, 31), date(2028, 2, 29)),
        ("-1m", date(2026, 3, 31), date(2026, 2, 28)),
        ("+1y", date(2028, 2, 29), date(2029, 2, 28)),
        ("+4y", date(2028, 2, 29), date(2032, 2, 29)),
        ("eom", date(2028, 2, 1), date(2028, 2, 29)),
        ("eoq", date(2026, 1, 1), date(2026, 3, 31)),
        ("eoq", date(2026, 6, 30), date(2026, 6, 30)),
        ("eoq", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_months_are_clamped_to_their_last_day(text: str, today: date, day: date) -> None:
    assert read_date(text, today) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("5 Jan", date(2026, 12, 20), date(2027, 1, 5)),
        ("20 Dec", date(2027, 1, 5), date(2026, 12, 20)),
        ("1 Nov", TODAY, TODAY),
        ("29 Feb", date(2028, 5, 1), date(2028, 2, 29)),
        ("29 Feb", date(2027, 12, 1), date(2028, 2, 29)),
        # 2 May 2026 is 183 days back and 2 May 2027 is 182 ahead.
        ("2 May", TODAY, date(2027, 5, 2)),
        # 182 back and 183 ahead: a year's odd day does not decide for the past.
        ("3 May", TODAY, date(2027, 5, 3)),
        # 181 back and 184 ahead.
        ("4 May", TODAY, date(2026, 5, 4)),
        # 183 days either way across a leap day.
        ("1 Mar", date(2027, 8, 31), date(2028, 3, 1)),
    ],
)
def test_without_a_year_the_nearest_day_is_meant(text: str, today: date, day: date) -> None:
    assert read_date(text, today) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The date is empty."),
        (" \t\n", "The date is empty."),
        ("11/13/2026", "was read as day 11, month 13, year 2026: there is no month 13. The day goes first."),
        ("2026-13-11", "was read as year 2026, month 13, day 11: there is no month 13."),
        ("31/11/2026", "was read as day 31, month 11, year 2026: there is no such day."),
        ("29/02/2026", "there is no such day"),
        ("00/11/2026", "there is no such day"),
        ("31 november", "was read as day 31, month 11: there is no such day."),
        ("30 feb", "there is no such day"),
        ("29 feb", "there is no such day within six months of today. Add the year."),
        ("12/11/26", "“26” could be 1926 or 2026. Write the year with four digits."),
        ("12 nov 26", "“26” could be 1926 or 2026."),
        ("26-11-12", "read as day 26, month 11, year 12: “12” could be"),
        ("12/11/206", "“206” is not a year of four digits"),
        ("12/11/20266", "not a year of four digits"),
        ("12/11/0206", "the year must be between 1900 and 2200"),
        ("0206-11-12", "the year must be between 1900 and 2200"),
        ("1899-12-31", "the year must be between"),
        ("22010101", "the year must be between"),
        ("12112026", "read as year 1211, month 20, day 26"),
        ("10/11", "was read as day 10, month 11: the year is missing."),
        ("12", "the month and the year are missing"),
        ("2026", "the month and the day are missing"),
        ("11/2026", "was read as month 11, year 2026: the day is missing."),
        ("2026-11", "the day is missing"),
        ("nov 2026", "was read as month 11, year 2026: the day is missing."),
        ("November", "the day and the year are missing"),
        ("261112", "has 6 digits"),
        ("2026/11/12", "starts with a year, which goes with hyphens only"),
        ("12/11-2026", "is not a date"),
        ("nov-26", "is not a date"),
        ("123/4/2026", "at most two digits"),
        ("12 foo 2026", "“foo” where the name of a month should be"),
        ("12nd nov", "“12nd”, which could be a slip"),
        ("fri", "could be before or after today: say “next friday” or “last friday”."),
        ("Wednesday", "say “next wednesday” or “last wednesday”"),
        ("3 weeks", "does not say which way: +3w is later, -3w is earlier."),
        ("in 3 weeks ago", "is not a date"),
        ("next month", "is a whole month, not a day: say +1m."),
        ("last quarter", "say -3m"),
        ("this week", "is a whole week"),
        ("Q1 2027", "write its first day 2027-01-01 or its last 2027-03-31."),
        ("2028-q4", "write its first day 2028-10-01 or its last 2028-12-31."),
        ("q2 1066", "outside the years 1900 to 2200"),
        ("+999999999999d", "outside the years 1900 to 2200"),
        ("-99999999999999999999m", "outside the years 1900 to 2200"),
        ("+300y", "outside the years 1900 to 2200"),
        ("-60000d", "outside the years 1900 to 2200"),
        ("9" * 5000, "is too long to be a date"),
        ("١٢/١١/٢٠٢٦", "characters other than plain"),
        ("１２/11/2026", "characters other than plain"),
        ("12–11–2026", "characters other than plain"),
        ("+3wee\u212a", "characters other than plain"),
        ("banana", "is not a date"),
    ],
)
def test_what_is_unclear_is_refused_with_a_reason(text: str, says: str) -> None:
    assert says in refusal(text)


def test_the_whole_refusal_reads_as_sentences() -> None:
    assert refusal("31/02/2026") == (
        "“31/02/2026” was read as day 31, month 2, year 2026: there is no such day. Write it like 2026-02-28."
    )


def test_a_refusal_cannot_act_on_the_terminal_and_is_short() -> None:
    said = refusal("\x1b[31m\u202e" + "x" * 10_000)
    assert said.isprintable()
    assert len(said) < 150


@pytest.mark.parametrize(
    ("step", "ends"),
    [
        (0, "Sunday 1 November 2026, today"),
        (1, "Monday 2 November 2026, tomorrow"),
        (-1, "Saturday 31 October 2026, yesterday"),
        (11, "Thursday 12 November 2026, in 11 days"),
        (-13, "13 days ago"),
        (14, "in 2 weeks"),
        (15, "in about 2 weeks"),
        (42, "Sunday 13 December 2026, in 6 weeks"),
        (-61, "about 9 weeks ago"),
        (91, "in about 3 months"),
        (92, "in 3 months"),
        (365, "in 12 months"),
        (731, "in 2 years"),
        (-730, "1 November 2024, 2 years ago"),
        (3700, "in about 10 years"),
    ],
)
def test_a_day_is_explained_with_its_distance(step: int, ends: str) -> None:
    assert explain_date(TODAY + timedelta(step), TODAY).endswith(ends)


def test_names_do_not_follow_the_locale() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"):
            try:
                locale.setlocale(locale.LC_TIME, name)
            except locale.Error:
                continue
            assert show_date(date(2026, 5, 2)) == "2 May 2026"
            assert explain_date(date(2026, 5, 2), date(2026, 5, 2)) == "Saturday 2 May 2026, today"
    finally:
        locale.setlocale(locale.LC_TIME, before)


@steady
@given(days, todays)
def test_a_full_date_reads_back_whatever_today_is(day: date, today: date) -> None:
    for text in (
        day.isoformat(),
        day.strftime("%Y%m%d"),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        show_date(day),
        explain_date(day, today).split(",")[0].split(" ", 1)[1],
    ):
        assert read_date(text, today) == day


@steady
@given(st.integers(0, 99), st.integers(0, 99), st.integers(1900, 2200), st.sampled_from("/.-"))
def test_day_and_month_are_never_swapped(first: int, second: int, year: int, sign: str) -> None:
    text = f"{first}{sign}{second}{sign}{year}"
    try:
        expected = date(year, second, first)
    except ValueError:
        assert f"read as day {first}, month {second}" in refusal(text)
    else:
        assert read_date(text, TODAY) == expected


@steady
@given(st.integers(0, 9999), st.sampled_from([("d", "days", 1), ("w", "weeks", 7)]), todays)
def test_days_and_weeks_are_counted(count: int, unit: tuple[str, str, int], today: date) -> None:
    letter, word, length = unit
    for sign, texts in (
        (1, (f"+{count}{letter}", f"in {count} {word}")),
        (-1, (f"-{count}{letter}", f"{count} {word} ago")),
    ):
        expected = today + timedelta(sign * count * length)
        for text in texts:
            if 1900 <= expected.year <= 2200:
                assert read_date(text, today) == expected
            else:
                assert "outside the years" in refusal(text, today)


@steady
@given(st.integers(-1000, 1000), todays)
def test_months_keep_the_day_or_end_the_month(count: int, today: date) -> None:
    day = read_date(f"{count:+}m", today)
    assert (day.year * 12 + day.month) - (today.year * 12 + today.month) == count
    assert day.day == today.day or (day.day < today.day and (day + timedelta(1)).day == 1)


@steady
@given(todays, st.integers(0, 6))
def test_weekdays_fall_where_they_should(today: date, index: int) -> None:
    name = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[index]
    coming, gone, this = (read_date(f"{which} {name}", today) for which in ("next", "last", "this"))
    assert {coming.weekday(), gone.weekday(), this.weekday()} == {index}
    assert 1 <= (coming - today).days <= 7
    assert 1 <= (today - gone).days <= 7
    assert this.isocalendar()[:2] == today.isocalendar()[:2]


@steady
@given(days, todays)
def test_a_day_without_a_year_is_within_half_a_year(day: date, today: date) -> None:
    text = show_date(day).rsplit(" ", 1)[0]
    try:
        found = read_date(text, today)
    except DateError:
        assert (day.month, day.day) == (2, 29)
    else:
        assert (found.month, found.day) == (day.month, day.day)
        assert abs((found - today).days) <= 183


typed = st.one_of(
    st.text(),
    st.text("0123456789/.-+ dwmyq"),
    st.lists(
        st.sampled_from(
            [
                "next",
                "last",
                "this",
                "in",
                "ago",
                "a",
                "3",
                "12",
                "26",
                "2026",
                "th",
                "of",
                "nov",
                "fri",
                "week",
                "month",
                "eom",
                "q1",
                "+",
                "-",
                "/",
                ",",
                ".",
            ]
        ),
        max_size=6,
    ).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts))),
)


@steady
@given(typed, st.dates())
def test_any_text_gives_a_day_or_a_sentence(text: str, today: date) -> None:
    try:
        day = read_date(text, today)
    except DateError as problem:
        said = str(problem)
        assert said.endswith(".")
        assert said.isprintable()
        assert len(said) < 250
    else:
        assert type(day) is date
        assert 1900 <= day.year <= 2200
