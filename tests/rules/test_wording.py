"""Turns of phrase: texts are never cut inside a sentence, and money is written as its currency is."""

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from tracker.rules.reading import money_text
from tracker.rules.wording import half_up, number, whole_sentences


@pytest.mark.parametrize(
    ("text", "longest", "left"),
    [
        ("It takes eleven minutes less. We ask the board.", 30, "It takes eleven minutes less."),
        ("It takes about eleven minutes less than before, as 29.5 does.", 20, None),
        ("One. Two is longer than one. Three is not.", 29, "One. Two is longer than one."),
        ("See no. 5 of the plan by Dr. Ames. Then decide.", 20, "See no. 5 of the plan by Dr. Ames."),
        ("We asked e.g. The Hall and J. Smith. They said no.", 12, "We asked e.g. The Hall and J. Smith."),
        ("“Stop it.” Nobody did. All went on.", 24, "“Stop it.” Nobody did."),
        ("Stop? No! go on", 6, "Stop?"),
        ("A text without\n any stop", 5, "A text without any stop"),
        ("", 5, ""),
    ],
)
def test_only_whole_sentences_are_left(text: str, longest: int, left: str | None) -> None:
    assert whole_sentences(text, longest) == (text if left is None else left)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (3_480_000, "GBP", "£34,800"),
        (910, "GBP", "£9.10"),
        (-250_000, "GBP", "\u2212£2,500"),
        (-5, "EUR", "\u2212€0.05"),
        (100_000, "AUD", "AUD 1,000"),
        (-100_000, "AUD", "AUD \u22121,000"),
        (0, "GBP", "£0"),
    ],
)
def test_money_is_written_as_its_currency_is(minor: int, currency: str, text: str) -> None:
    assert money_text(minor, currency) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(25, 4), 1, "6.3"),
        (-6.25, 1, "−6.3"),
        (0.285 * 100, 0, "29"),
        (-0.04, 1, "0.0"),
        (1234567, 0, "1,234,567"),
        (9.995, 2, "10.00"),
    ],
)
def test_half_is_rounded_away_from_zero(value: Fraction | float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


def test_every_figure_is_rounded_as_its_decimals_are() -> None:
    drawn = random.Random(12)
    for _ in range(500):
        figure = Decimal(drawn.randrange(-(10**6), 10**6)).scaleb(-drawn.randrange(5))
        places = drawn.randrange(4)
        right = int(figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).scaleb(places))
        assert half_up(float(figure), places) == half_up(Fraction(figure), places) == right
