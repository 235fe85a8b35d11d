"""Figures, money, shares, durations and times as people type them: what is read, what is refused, and what is said."""

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.rules.typed.conventions import NotRead
from tracker.rules.typed.durations import clock_from, minutes_from
from tracker.rules.typed.money import read_money
from tracker.rules.typed.numbers import read_decimal, read_share, read_whole

steady = settings(derandomize=True, max_examples=300, deadline=None)


def decimal(text: str) -> float:
    return read_decimal("Mean", text)


def money(text: str, currency: str = "GBP") -> int:
    return read_money("Budget", text, currency)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", 12.5),
        ("29,5", 29.5),
        ("3,25", 3.25),
        ("1,25", 1.25),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        ("1.234", 1.234),
        ("1,234", 1234),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.250.000", 1250000),
        ("1.250.000,25", 1250000.25),
        ("1,250,000", 1250000),
        ("1 250 000,25", 1250000.25),
        ("1\u00a0250,5", 1250.5),
        ("1\u202f250", 1250),
        ("1\u2009250", 1250),
        ("1'250.5", 1250.5),
        ("1’250", 1250),
        ("−2,5", -2.5),
        ("(2.5)", -2.5),
        ("+4", 4),
        (".5", 0.5),
        ("8,5%", 0.085),
        ("8,5 %", 0.085),
        ("82 %", 0.82),
        ("1.234 %", 0.01234),
    ],
)
def test_a_number_is_read_in_either_notation(text: str, value: float) -> None:
    assert decimal(text) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1,2,3", "behind a sign between thousands come three digits; write it without the signs between its digits."),
        ("1,50,000", "write 150000 if that is meant."),
        ("12,34,567", "write 1234567 if that is meant."),
        ("1.25.000", "write 125000 if that is meant."),
        ("012,345", "come three digits"),
        ("12 5", "come three digits"),
        ("1 250'000", "come three digits"),
        ("12,5.3", "come three digits"),
        ("0,125.5", "come three digits"),
        ("1,234%", "may be 1234% or 1.234%."),
        ("1_000", "Write it in plain digits."),
        ("1e3", "Write it in plain digits."),
        ("١٢", "Write it in plain digits."),
        ("１２", "Write it in plain digits."),
        ("12.", "Write it in plain digits."),
        (",5", "Write it in plain digits."),
        ("--5", "Write it in plain digits."),
        ("(-5)", "Write it in plain digits."),
        ("0x10", "Write it in plain digits."),
        ("NaN", "Mean is a number such as 41.5; “NaN” is not one."),
        ("9" * 21, "more than 20 digits"),
    ],
)
def test_what_is_no_number_or_may_be_two_is_refused(text: str, says: str) -> None:
    with pytest.raises(NotRead, match=re.escape(says)):
        decimal(text)


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("1,234", "1234"),
        ("1234,56", "1234.56"),
        ("12,50", "12.50"),
        ("12,5", "12.50"),
        ("1.234,56", "1234.56"),
        ("1.250.000,00", "1250000"),
        ("£500", "500"),
        ("GBP 500", "500"),
        ("500 GBP", "500"),
        ("500 gbp", "500"),
        ("£1.2bn", "1200000000"),
        ("£26.19m", "26190000"),
        ("41m", "41000000"),
        ("41 million", "41000000"),
        ("1,2m", "1200000"),
        ("1.5k", "1500"),
        ("41m GBP", "41000000"),
        ("12.34567890m", "12345678.90"),
        ("1.23456789m", "1234567.89"),
        ("-7,169.20m", "-7169200000"),
        ("−£5", "-5"),
        ("£-5", "-5"),
        ("(1,200)", "-1200"),
        ("£(1,200)m", "-1200000000"),
        ("(£1,200.50)", "-1200.50"),
    ],
)
def test_money_is_read_in_the_programmes_currency(text: str, pounds: str) -> None:
    assert money(text) == Decimal(pounds) * 100


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("€500", "Budget is in GBP, the programme's currency, and “€500” says €: write the amount in GBP."),
        ("$500", "says $"),
        ("US$ 500", "says US$"),
        ("12.500", "“12.500” may be 12.5 or 12,500, and an amount has two decimals: write 12500 or 12.5"),
        ("1.250", "write 1250 or 1.25"),
        ("500 EUR", "says EUR"),
        ("EUR 500", "says EUR"),
        ("500 eur", "says eur"),
        ("500m EUR", "says EUR"),
        ("500 XAU", "says XAU"),
        ("5 kr", "says kr"),
        ("1.234", "“1.234” may be 1.234 or 1,234, and an amount has two decimals: write 1234 or 1.23."),
        ("12.345", "write 12345 or 12.35."),
        ("0,125", "is more exact than two decimals: write 0.13 if that is near enough."),
        ("1.2345", "write 1.23 if that is near enough."),
        ("1.234567895m", "write 1,234,567.9 if that is near enough."),
        ("1,50,000", "write 150000 if that is meant."),
        ("£500 GBP", "is not one"),
        ("500 bananas", "is not one"),
        ("500p", "is not one"),
        ("5m k", "is not one"),
        ("-£-5", "is not one"),
        ("1e3", "Write it in plain digits."),
        ("lots", "Budget is an amount such as 182,000 or 45.50; “lots” is not one."),
        ("9999999bn", "more than any amount"),
    ],
)
def test_money_of_others_and_amounts_that_may_be_two_are_refused(text: str, says: str) -> None:
    with pytest.raises(NotRead, match=re.escape(says)):
        money(text)


@pytest.mark.parametrize(
    ("text", "currency", "whole"),
    [("€500", "EUR", 500), ("$500", "AUD", 500), ("A$500", "AUD", 500), ("¥500", "JPY", 500), ("CHF 5", "CHF", 5)],
)
def test_a_programme_has_its_own_sign(text: str, currency: str, whole: int) -> None:
    assert money(text, currency) == whole * 100
    with pytest.raises(NotRead, match="write the amount in GBP"):
        money(text)


@pytest.mark.parametrize(
    ("text", "value"), [("80,5%", 0.805), ("80.5 %", 0.805), ("0,8", 0.8), ("1", 1), ("-5%", -0.05)]
)
def test_a_share_is_a_part_of_one_or_per_cent(text: str, value: float) -> None:
    assert read_share("Online", text) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("80,5", "Online is a part of one: write 80.5% if that is what you mean."),
        ("82", "write 82% if that is what you mean."),
        ("1,250", "write 1.25% if that is what you mean."),
        ("8,125%", "may be 8125% or 8.125%"),
        ("500", "it is from 0 to 1, or from 0% to 100%."),
    ],
)
def test_a_share_that_is_none_gets_advice_that_is_right(text: str, says: str) -> None:
    with pytest.raises(NotRead, match=re.escape(says)):
        read_share("Online", text)


@pytest.mark.parametrize(
    ("text", "value"), [("1,250", 1250), ("1 250", 1250), ("1.250.000", 1250000), ("007", 7), ("-3", -3), ("(3)", -3)]
)
def test_a_count_is_a_whole_number(text: str, value: int) -> None:
    assert read_whole("People", text) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("12,5", "People is a whole number; “12,5” is not one: it was read as 12.5."),
        ("1.250", "“1.250” may be 1.25 or 1,250; it is a whole number: write 1250."),
        ("12.0", "is a whole number"),
        ("high", "People is a whole number; “high” is not one."),
        ("9" * 16, "more than 15 digits"),
    ],
)
def test_a_count_that_is_none_is_refused(text: str, says: str) -> None:
    with pytest.raises(NotRead, match=re.escape(says)):
        read_whole("People", text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("45 min", 45),
        ("2 h 30 min", 150),
        ("2h30", 150),
        ("2 h, 30 min", 150),
        ("1,5 h", 90),
        ("1.5 h", 90),
        ("1,500 min", 1500),
        ("3 d", 4320),
        ("6 weeks", 60480),
    ],
)
def test_a_time_is_read_in_minutes(text: str, minutes: int) -> None:
    assert minutes_from("Wait", text) == minutes


@pytest.mark.parametrize(
    "text", ["1:30", "3 d 2", "30 min 2 h", "2 h 3 h", "1.234 h", "0.33 h", "-5", "PT36H", "soon", ""]
)
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(NotRead):
        minutes_from("Wait", text)


@pytest.mark.parametrize(
    ("text", "time"), [("9:30", "09:30"), ("9.30", "09:30"), ("0930", "09:30"), ("9 am", "09:00"), ("12 pm", "12:00")]
)
def test_a_time_of_day_is_read(text: str, time: str) -> None:
    assert clock_from("Time", text) == time


@pytest.mark.parametrize("text", ["29:59", "24:00", "9:60", "13 pm", "9", "noon"])
def test_a_time_of_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(NotRead):
        clock_from("Time", text)


NOTATIONS = [("", "."), ("", ","), (",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("\u00a0", ",")]
ONE_SIGN = r"-?[1-9]\d{0,2}[,.]\d{3}"  # one sign and three digits behind it: of thousands, or of decimals


@steady
@given(st.decimals(-(10**9), 10**9, places=2), st.integers(0, 2), st.sampled_from(NOTATIONS))
def test_no_notation_gives_another_number(number: Decimal, places: int, notation: tuple[str, str]) -> None:
    thousands, point = notation
    number = round(number, places)
    text = f"{number:,}".translate({ord(","): thousands, ord("."): point})
    assume(not re.fullmatch(ONE_SIGN, text))
    assert Decimal(str(decimal(text))) == number
    assert money(text) == number * 100


@steady
@given(st.text("0123456789,. '-%", min_size=1, max_size=12))
def test_what_is_read_is_one_of_the_ways_in_which_the_signs_can_be_meant(text: str) -> None:
    try:
        value = Decimal(str(decimal(text)))
    except NotRead:
        return
    digits = re.sub(r"[ '%-]", "", text)
    ways = {digits.replace(",", ""), digits.replace(".", "").replace(",", "."), digits.replace(".", "")}
    ways = {way for way in ways if way.count(".") <= 1 and re.fullmatch(r"\d*\.?\d+", way)} | {digits.replace(",", ".")}
    numbers = {Decimal(way) for way in ways if way.count(".") <= 1 and re.fullmatch(r"\d*\.?\d+", way)}
    assert any(
        abs(abs(value) * (100 if "%" in text else 1) - number) < Decimal("1e-6") * (number + 1) for number in numbers
    )


@pytest.mark.parametrize(
    ("text", "minor"),
    [("500 pounds", 50_000), ("GBP 5m", 500_000_000), ("5 mil", 500_000_000), ("5 grand", 500_000), ("5k", 500_000)],
)
def test_money_is_read_as_people_say_it(text: str, minor: int) -> None:
    assert money(text) == minor


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("~5m", "has “~”, and a figure is kept as it is written: leave that out."),
        ("5m approx", "has “approx”"),
        ("about 5m", "has “about”"),
        ("5m?", "has “?”"),
        ("£5-6m", "names two figures: write the one to count with."),
        ("500 euros", "says euros: write the amount in GBP."),
    ],
)
def test_money_that_is_not_exact_or_not_ours_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(NotRead, match=re.escape(says)):
        money(text)
