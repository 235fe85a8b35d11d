"""Dates as people type them: what is read, what is refused, and what the refusal says."""

from datetime import date

import pytest
from rules.typed.when_cases import TODAY, refusal

from tracker.fields import Looks
from tracker.rules.typed.conventions import Conventions
from tracker.rules.typed.sides import full_day
from tracker.rules.when import DateError, read_date


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
        ("next sunday", date(2026, 11, 8)),
        ("last Sunday", date(2026, 10, 25)),
        ("this sun", TODAY),
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
        ("eoy", date(2027, 3, 31)),
        ("end of year", date(2027, 3, 31)),
        ("year end", date(2027, 3, 31)),
        ("end of the financial year", date(2027, 3, 31)),
        ("end of calendar year", date(2026, 12, 31)),
        ("end of FY27", date(2027, 3, 31)),
        ("start of 2026/27", date(2026, 4, 1)),
        ("end of March 2027", date(2027, 3, 31)),
        ("end of november", date(2026, 11, 30)),
        ("Thursday 12 November 2026", date(2026, 11, 12)),
        ("Thu 12 Nov", date(2026, 11, 12)),
        ("thurs, 12/11/2026", date(2026, 11, 12)),
        ("Weds 2026-11-11", date(2026, 11, 11)),
        ("2026-W53-1", date(2026, 12, 28)),
        ("2026W537", date(2027, 1, 3)),
        ("12.11.", date(2026, 11, 12)),
        ("13/11", date(2026, 11, 13)),
        ("2026-11-12T00:00:00", date(2026, 11, 12)),
        ("by next friday", date(2026, 11, 6)),
        ("day after tomorrow", date(2026, 11, 3)),
        ("the day before yesterday", date(2026, 10, 30)),
        ("yesterday week", date(2026, 10, 24)),
        ("tomorrow week", date(2026, 11, 9)),
        ("a week today", date(2026, 11, 8)),
        ("friday week", date(2026, 11, 13)),
        ("a week on friday", date(2026, 11, 13)),
        ("in a fortnight", date(2026, 11, 15)),
        ("a fortnight ago", date(2026, 10, 18)),
        ("in two weeks' time", date(2026, 11, 15)),
        ("three months from now", date(2027, 2, 1)),
        ("end of next month", date(2026, 12, 31)),
        ("start of next quarter", date(2027, 1, 1)),
        ("end of last quarter", date(2026, 9, 30)),
        ("month end", date(2026, 11, 30)),
        ("last day of January 2027", date(2027, 1, 31)),
        ("end Q4 26/27", date(2027, 3, 31)),
        ("end H1 26/27", date(2026, 9, 30)),
        ("end 2026", date(2026, 12, 31)),
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
    ("text", "today", "looks", "day"),
    [
        ("5 Jan", date(2026, 12, 20), "either", date(2027, 1, 5)),
        ("20 Dec", date(2027, 1, 5), "either", date(2026, 12, 20)),
        ("15 Jul", TODAY, "either", date(2026, 7, 15)),
        ("1 Feb", TODAY, "either", date(2027, 2, 1)),
        ("1 Nov", TODAY, "either", TODAY),
        ("1 Nov", TODAY, "ahead", TODAY),
        ("1 Nov", TODAY, "back", TODAY),
        ("29 Feb", date(2028, 5, 1), "back", date(2028, 2, 29)),
        ("29 Feb", date(2027, 12, 1), "ahead", date(2028, 2, 29)),
        ("15 Jul", TODAY, "ahead", date(2027, 7, 15)),
        ("15 Jul", TODAY, "back", date(2026, 7, 15)),
        ("15 Dec", TODAY, "back", date(2025, 12, 15)),
        ("30 Sep", TODAY, "ahead", date(2027, 9, 30)),
        ("friday", TODAY, "ahead", date(2026, 11, 6)),
        ("friday", TODAY, "back", date(2026, 10, 30)),
        ("this friday", TODAY, "ahead", date(2026, 11, 6)),
        ("this friday", TODAY, "back", date(2026, 10, 30)),
        ("this friday", date(2026, 11, 4), "either", date(2026, 11, 6)),
        ("this friday", date(2026, 11, 6), "back", date(2026, 11, 6)),
        ("Thu 15 Jul", TODAY, "ahead", date(2027, 7, 15)),
        ("Tue 20 Oct", TODAY, "ahead", date(2026, 10, 20)),
        ("end of march", TODAY, "ahead", date(2027, 3, 31)),
        ("end of Q4", TODAY, "ahead", date(2027, 3, 31)),
        ("end of march", TODAY, "back", date(2026, 3, 31)),
    ],
)
def test_a_day_without_its_year_lies_where_the_field_looks(text: str, today: date, looks: Looks, day: date) -> None:
    assert read_date(text, today, looks) == day


@pytest.mark.parametrize(
    ("text", "looks", "first", "second"),
    [
        ("2 May", "either", date(2026, 5, 2), date(2027, 5, 2)),
        ("1 Jun", "either", date(2026, 6, 1), date(2027, 6, 1)),
        ("20 Oct", "ahead", date(2026, 10, 20), date(2027, 10, 20)),
        ("20 Nov", "back", date(2025, 11, 20), date(2026, 11, 20)),
        ("friday", "either", date(2026, 10, 30), date(2026, 11, 6)),
        ("this friday", "either", date(2026, 10, 30), date(2026, 11, 6)),
        ("sunday", "ahead", date(2026, 10, 25), date(2026, 11, 8)),
    ],
)
def test_a_day_that_may_lie_on_both_sides_is_refused_with_both(
    text: str, looks: Looks, first: date, second: date
) -> None:
    with pytest.raises(DateError) as caught:
        read_date(text, TODAY, looks)
    assert caught.value.days == (first, second)
    said = str(caught.value)
    assert all(str(day) in said or full_day(day) in said for day in (first, second))


@pytest.mark.parametrize(
    ("text", "start", "day"),
    [
        ("end of year", "01-01", date(2026, 12, 31)),
        ("end of year", "07-01", date(2027, 6, 30)),
        ("end of year", "04-06", date(2027, 4, 5)),
        ("eoq", "02-01", date(2027, 1, 31)),
        ("end of FY27", "10-01", date(2027, 9, 30)),
    ],
)
def test_years_end_when_the_programme_says(text: str, start: str, day: date) -> None:
    assert read_date(text, TODAY, "ahead", Conventions(year_start=start)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 Dec 26", date(2026, 12, 1)),
        ("12/11/26", date(2026, 11, 12)),
        ("Tue 1.12.26", date(2026, 12, 1)),
        ("Dec 1, 46", date(2046, 12, 1)),  # twenty years from today, and no further
        ("1-12-06", date(2006, 12, 1)),  # a year has two digits
        ("31-12-75", None),
        ("12-12-12", date(2012, 12, 12)),  # which way round is the same
    ],
)
def test_two_digits_of_a_year_are_read_where_one_such_year_is_near(text: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(DateError):
            read_date(text, TODAY)
    else:
        assert read_date(text, TODAY) == day


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
        ("29 feb", "is no day of the years that may be meant. Add the year."),
        ("12/11/75", "“75” could be 1975 or 2075. Write the year with four digits."),
        ("12 nov 47", "“47” could be 1947 or 2047."),
        ("26-11-12", "read as day 26, month 11, year 12, or the other way round as 2026-11-12."),
        ("12/13/26", "there is no month 13"),
        ("12/11/206", "“206” is not a year of four digits"),
        ("12/11/20266", "not a year of four digits"),
        ("12/11/0206", "the year must be between 1900 and 2200"),
        ("0206-11-12", "the year must be between 1900 and 2200"),
        ("1899-12-31", "the year must be between"),
        ("22010101", "the year must be between"),
        ("12112026", "read as year 1211, month 20, day 26"),
        ("10/11", "may be a day or a financial year: write 10 November or FY2010/11."),
        ("13/13", "was read as day 13, month 13: the year is missing."),
        ("12", "the month and the year are missing"),
        ("2026", "the month and the day are missing"),
        ("11/2026", "was read as month 11, year 2026: the day is missing."),
        ("2026-11", "the day is missing"),
        ("nov 2026", "was read as month 11, year 2026: the day is missing."),
        ("November", "the day and the year are missing"),
        ("261112", "has 6 digits"),
        ("2026/11/12", "starts with a year, which goes with hyphens only"),
        ("12/11-2026", "is not a date"),
        ("nov-26", "may be 26 November or November 2026: write the one that is meant."),
        ("123/4/2026", "at most two digits"),
        ("12 foo 2026", "“foo” where the name of a month should be"),
        ("12nd nov", "“12nd”, which could be a slip"),
        ("fri", "say “next friday” (2026-11-06) or “last friday” (2026-10-30)."),
        ("Wednesday", "say “next wednesday” (2026-11-04) or “last wednesday” (2026-10-28)."),
        ("3 weeks", "does not say which way: +3w is later, -3w is earlier."),
        ("in 3 weeks ago", "is not a date"),
        ("next month", "is a whole month, not a day: write its first day 2026-12-01 or its last 2026-12-31."),
        ("last quarter", "is Q2 of the financial year 2026/27, not a day: write its first day 2026-07-01"),
        ("this week", "is a whole week"),
        ("Jan–Mar 2027", "write its first day 2027-01-01 or its last 2027-03-31."),
        (
            "2028-q4",
            "may be Oct–Dec 2028 (2028-10-01 to 2028-12-31) or Q4 of the financial year 2028/29 (2029-01-01",
        ),
        ("end of Q4 2026", "may be Oct–Dec 2026 (2026-10-01 to 2026-12-31) or Q4 of the financial year 2026/27"),
        ("Nov–Jan 2026", "has characters other than"),
        ("Oct-Nov 2026", "is not a date that can be read"),
        ("Q4 1066", "outside the years 1900 to 2200. Write it like 2026-02-28."),
        ("Thu 4 Dec 2026", "says Thursday, and that day is Friday 4 December 2026. Change one of the two."),
        ("Thursday 2026-12-04", "that day is Friday 4 December 2026. Change one of the two."),
        ("Thu, 4/12/2026", "that day is Friday 4 December 2026. Change one of the two."),
        ("week 53 2027", "was read as week 53 of 2027, which has 52 weeks. Write it like 2026-W50-1."),
        ("week 60 2027", "was read as week 60 of 2027, which has 52 weeks. Write it like 2026-W50-1."),
        ("week 60", "there is no week 60. A year has 53 weeks at most. Change the number."),
        ("Fri week 0", "there is no week 0. A year has 53 weeks at most. Change the number."),
        ("Q5 2026", "names quarter 5, and a year has four, Q1 to Q4. Change the number."),
        ("end of q0", "names quarter 0, and a year has four"),
        ("Thu 4 Dec", "Change one of the two, or add the year."),
        ("Q4 2026/27", "first day 2027-01-01 or its last 2027-03-31."),
        ("2026/27", "is the financial year 2026/27, not a day: write its first day 2026-04-01 or its last 2027-03-31."),
        ("2026–27", "is the financial year 2026/27"),
        ("2026/28", "the day is missing"),
        ("2011/12", "write December 2011 or FY2011/12."),
        ("2026-W53", "is a whole week, not a day: write its Monday 2026-12-28 or its Sunday 2027-01-03."),
        ("week 50", "write its Monday 2026-12-07 or its Sunday 2026-12-13."),
        ("2027-W53-1", "was read as week 53 of 2027, which has 52 weeks."),
        ("Monday 12 November 2026", "says Monday, and that day is Thursday 12 November 2026."),
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
        ("~12 Nov", "has “~”, and a day is kept as it is written: leave that out."),
        ("12 Nov?", "has “?”"),
        ("Q1 27", "may be Jan–Mar 2027 (2027-01-01 to 2027-03-31) or Q1 of the financial year 2027/28"),
        ("H1 2027", "may be half of 2027 (2027-01-01 to 2027-06-30) or H1 of 2027/28 (2027-04-01 to 2027-09-30)"),
        ("H2 26/27", "is H2 of 2026/27, not a day: write its first day 2026-10-01 or its last 2027-03-31."),
        ("next year", "may be 2027 (2027-01-01 to 2027-12-31) or the financial year 2027/28"),
        ("end of the week", "may be Friday 30 October 2026 or Sunday 1 November 2026"),
        ("sunday week", "may be Sunday 8 November 2026 or Sunday 15 November 2026"),
        ("mid january", "is a whole month, not a day: write its first day 2027-01-01"),
        ("early 2027", "is a part that is not kept: write its month, like March 2027, or its quarter"),
    ],
)
def test_what_is_unclear_is_refused_with_a_reason(text: str, says: str) -> None:
    assert says in refusal(text)


@pytest.mark.parametrize("text", ["Thu week 50", "Thursday week 50 2026", "Thu 2026-W50", "2026-W50-4"])
def test_a_weekday_of_a_week_is_a_day(text: str) -> None:
    assert read_date(text, TODAY, "ahead") == date(2026, 12, 10)


def test_the_whole_refusal_reads_as_sentences() -> None:
    assert refusal("31/02/2026") == (
        "“31/02/2026” was read as day 31, month 2, year 2026: there is no such day. Write it like 2026-02-28."
    )


def test_a_refusal_cannot_act_on_the_terminal_and_is_short() -> None:
    said = refusal("\x1b[31m\u202e" + "x" * 10_000)
    assert said.isprintable()
    assert len(said) < 150
