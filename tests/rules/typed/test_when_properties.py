"""Dates as people type them: how a day is told, and what holds for every day and every text."""

import locale
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.typed.when_cases import TODAY, days, refusal, steady, todays

from tracker.fields import Looks
from tracker.rules.when import DateError, explain_date, read_date
from tracker.rules.wording import show_date


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
        (83, "in about 12 weeks"),
        (84, "in about 3 months"),
        (-85, "about 3 months ago"),
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
    coming, gone = (read_date(f"{which} {name}", today) for which in ("next", "last"))
    assert {coming.weekday(), gone.weekday()} == {index}
    assert 1 <= (coming - today).days <= 7
    assert 1 <= (today - gone).days <= 7
    for looks in ("ahead", "back"):
        try:
            this = read_date(f"this {name}", today, looks)
        except DateError as problem:  # of this week it would be still to come
            assert (looks, problem.days) == ("back", (gone, coming))
            continue
        assert this == today or this == (coming if looks == "ahead" else gone)


@steady
@given(days, todays, st.sampled_from(get_args(Looks)))
def test_a_day_without_a_year_is_on_the_side_of_its_field_or_refused_with_both(
    day: date, today: date, looks: Looks
) -> None:
    text = show_date(day).rsplit(" ", 1)[0]
    try:
        found = read_date(text, today, looks)
    except DateError as problem:
        assert (day.month, day.day) == (2, 29) or len(problem.days) == 2
        assert all((near.month, near.day) == (day.month, day.day) for near in problem.days)
    else:
        assert (found.month, found.day) == (day.month, day.day)
        assert looks != "ahead" or found >= today
        assert looks != "back" or found <= today
        assert abs((found - today).days) <= (366 if looks != "either" or day.day == 29 else 122)


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
                "fy",
                "2026/27",
                "w53",
                "end",
                "of",
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
        assert len(said) < 300
    else:
        assert type(day) is date
        assert 1900 <= day.year <= 2200
