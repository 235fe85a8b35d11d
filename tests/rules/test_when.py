"""Dates as people type them: what is read, what is refused, and what the refusal says."""

from datetime import date

import pytest
from rules.when_cases import TODAY, refusal

from tracker.rules.when import read_date


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
