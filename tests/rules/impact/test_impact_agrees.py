"""The figures of one sentence agree with each other, and what makes two figures unlike is named."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.impact_cases import GOOD, MEANS, NUMERATORS, became, both, measured, metric, minutes, names

from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.words import brief_change, sample_words, sentence

steady = settings(derandomize=True, max_examples=300, deadline=None)
NUMBER = r"[+−]?[0-9][0-9,]*(?:\.[0-9]+)?"


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").replace("+", ""))


def proportions(k1: int, n1: int, k2: int, n2: int, **facts: Any) -> Comparison:
    first, second = {"numerator": k1, "denominator": n1}, {"numerator": k2, "denominator": n2}
    return became(GOOD, *both(first, second, **facts))


def printed(text: str) -> tuple[float, float, float, int]:
    """Return before, after and change as a sentence prints them, and the decimals of the change."""
    pattern = rf"was ({NUMBER})%? .*?before .*? and ({NUMBER})%? .*?after .*?: ({NUMBER}) "
    found = re.search(pattern, text)
    assert found, text
    before, after, change = found.groups()
    return number(before), number(after), number(change), len(before.partition(".")[2])


def agrees(text: str) -> bool:
    before, after, change, decimals = printed(text)
    return bool(abs(change - (after - before)) <= 0.5 * 10**-decimals + 1e-9)


@steady
@given(st.integers(30, 10**7), st.integers(30, 10**7), st.floats(0.02, 0.97), st.floats(0.02, 0.97))
def test_the_change_is_the_one_between_the_printed_shares(n1: int, n2: int, first: float, second: float) -> None:
    comparison = proportions(round(first * n1), n1, round(second * n2), n2)
    if comparison.effect is not None:
        assert agrees(sentence(comparison)), sentence(comparison)


@steady
@given(st.floats(1, 900), st.floats(1, 900), st.floats(0.5, 90), st.integers(30, 9000))
def test_the_change_is_the_one_between_the_printed_means(first: float, second: float, sd: float, n: int) -> None:
    pair = both({"mean": first, "sd": sd, "n": n}, {"mean": second, "sd": sd, "n": n})
    comparison = became(minutes(), *pair)
    before, after, change, decimals = printed(sentence(comparison))
    assert abs(change - (after - before)) < 0.51 * 10**-decimals


@steady
@given(st.integers(30, 10**9), st.integers(30, 10**9), st.floats(0, 1), st.floats(0, 1))
def test_each_printed_share_is_that_of_the_counts_behind_it(n1: int, n2: int, first: float, second: float) -> None:
    text = sentence(proportions(round(first * n1), n1, round(second * n2), n2))
    shares = re.findall(rf"({NUMBER})% (?:before|after) \(([\d,]+) of ([\d,]+),", text)
    assert len(shares) == 2, text
    for share, part, base in shares:
        decimals = len(share.partition(".")[2])
        assert abs(number(share) - 100 * number(part) / number(base)) <= 0.5 * 10**-decimals + 1e-9, text


@steady
@given(st.integers(30, 10**9), st.integers(30, 10**9), st.floats(0.02, 0.97), st.floats(0.02, 0.97))
def test_no_change_that_can_be_seen_is_printed_as_nothing(n1: int, n2: int, first: float, second: float) -> None:
    words = sample_words(proportions(round(first * n1), n1, round(second * n2), n2))
    for figure in re.findall(rf"a change of (?:about|less than) ({NUMBER})", words):
        assert number(figure) > 0, words


def test_90_to_82_is_8_points_less_and_no_change_is_of_0_points() -> None:
    comparison = proportions(2_711_000_000, 3_000_000_000, 816_000_000, 1_000_000_000)
    assert agrees(sentence(comparison))
    assert "90.4% before" in sentence(comparison) and "81.6% after" in sentence(comparison)
    assert brief_change(comparison).startswith("−8.8 ")
    assert "about 0 " not in sample_words(comparison) and "of less than 0.1 points" in sample_words(comparison)


@pytest.mark.parametrize(("cases", "cautioned"), [(640, False), (747, False), (748, True), (478, True), (479, False)])
def test_a_base_that_changes_by_more_than_a_quarter_is_named(cases: int, cautioned: bool) -> None:
    comparison = proportions(412, 598, cases // 2, cases)
    assert ("base" in names(comparison)) is cautioned
    assert (f"a base of 598 and {cases}" in sentence(comparison).lower()) is cautioned


@pytest.mark.parametrize(
    ("facts", "name"),
    [({"source_system": "Survey"}, "source"), ({}, "season")],
)
def test_another_source_and_season_are_named(facts: dict[str, Any], name: str) -> None:
    first, second = NUMERATORS
    pair = measured("baseline", **first, source_system="Log"), measured("after", **second, **facts)
    assert name in names(became(GOOD, *pair))


@pytest.mark.parametrize("facts", [{"definition_variant": "v2"}, {"cohort": "whole_service"}])
def test_another_variant_or_cohort_is_not_compared(facts: dict[str, Any]) -> None:
    first, second = NUMERATORS
    comparison = became(GOOD, measured("baseline", **first), measured("after", **second, **facts))
    assert comparison.verdict == "not_comparable" and comparison.reason in sentence(comparison).replace(
        ": the", ": The"
    )


def rolling(**facts: Any) -> Comparison:
    first, second = NUMERATORS
    spans = (date(2025, 4, 1), date(2026, 3, 31)), (date(2025, 11, 1), date(2026, 10, 31))
    before, after = (
        measured(phase, **figures, period_start=start, period_end=end)
        for phase, figures, (start, end) in zip(("baseline", "after"), (first, second), spans, strict=True)
    )
    return became(metric(target=0.8, **facts), before, after)


@pytest.mark.parametrize("facts", [{"periods": "rolling"}, {}])
def test_periods_that_overlap_are_no_independent_samples(facts: dict[str, Any]) -> None:
    comparison = rolling(**facts)
    assert comparison.rolling and comparison.verdict == "not_tested"
    assert comparison.effect is not None and (comparison.effect.low, comparison.effect.high) == (None, None)
    assert (comparison.needed, comparison.visible) == (None, None)
    text = sentence(comparison)
    assert "no independent samples" in text and "interval +" not in text and "95%" not in text


def test_a_rolling_metric_is_never_tested_though_its_periods_are_apart() -> None:
    comparison = became(metric(periods="rolling"), *both(*NUMERATORS))
    assert comparison.verdict == "not_tested" and "no independent samples" in sentence(comparison)
    assert became(metric(), *both(*NUMERATORS)).verdict == "improved"
    assert became(minutes(periods="rolling"), *both(*MEANS)).verdict == "not_tested"
