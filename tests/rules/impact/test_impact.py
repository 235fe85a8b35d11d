"""Before and after: the sentences, the verdict, and what is too little to say anything."""

from typing import Any

import pytest
from rules.impact_cases import (
    GOOD,
    MAR,
    MEANS,
    NAMES,
    NEW_ANSWERS,
    NUMERATORS,
    OLD_ANSWERS,
    became,
    both,
    metric,
    minutes,
    names,
)

from tracker.rules.impact.data import comparison_data
from tracker.rules.impact.plot import plot_lines
from tracker.rules.impact.words import (
    change_words,
    missing_words,
    sample_words,
    sentence,
    target_words,
)


def test_the_sentence_of_the_design() -> None:
    found = became(GOOD, *both(*NUMERATORS))
    assert sentence(found) == (
        "Completion rate was 69% before (412 of 598, Jan–Mar 2026) and 83% after (531 of 640, Aug–Oct 2026): "
        "+14.1 points (95% interval +9.3 to +18.8). Improved. Different months; no comparison group, so the change "
        "is associated with the pilot, not proven to be caused by it."
    )
    assert target_words(found) == "Target 80% by 31 Dec 2026: reached, with 82% of the time gone."
    assert sample_words(found) == (
        "These figures can show a change of about 7.1 points; to see the change to the target, each period needs 242 "
        "(with a chance of 80%)."
    )
    assert (found.verdict, found.missing, missing_words(found)) == ("improved", (), "")


def test_a_mean_shows_the_precision_that_it_has() -> None:
    found = became(minutes(target=25.0), *both(*MEANS))
    assert sentence(found).startswith(
        "Minutes to complete was 41.0 minutes before (64 measured, Jan–Mar 2026) and 29.5 minutes after (71 measured, "
        "Aug–Oct 2026): −11.5 minutes (95% interval −17.0 to −6.0). Improved."
    )
    assert found.attainment == pytest.approx(11.5 / 16)
    assert found.missing == ("M-01 has no target date",)
    assert target_words(found) == "Target 25 minutes: 72% of the way there."


def test_a_rate_is_told_as_a_ratio() -> None:
    one = metric(metric_kind="rate", better="down", unit="errors")
    found = became(one, *both({"events": 84, "exposure": 12000.0}, {"events": 51, "exposure": 13500.0}))
    assert change_words(found) == "0.54 times the rate before (95% interval 0.38 to 0.76)"
    assert found.verdict == "improved"
    assert "0.0070 errors before (84 in 12,000" in sentence(found)


def test_satisfaction_tells_both_figures_and_which_is_the_kpi() -> None:
    score = became(metric(metric_kind="mean", kpi_code="user_satisfaction_score"), *both(OLD_ANSWERS, NEW_ANSWERS))
    assert change_words(score) == "+14.8 points (95% interval +9.2 to +20.3)"
    told = "The score is the KPI; the share of 4 and 5 went from 54% to 76%: +22.4 points (95% interval +13.3"
    assert told in sentence(score)
    share = became(metric(kpi_code="user_satisfaction_pct"), *both(OLD_ANSWERS, NEW_ANSWERS))
    assert change_words(share) == "+22.4 points (95% interval +13.3 to +31.0)"
    assert "The share of 4 and 5 is the KPI; the score went from 58.6% to 73.4%" in sentence(share)


def test_a_satisfaction_target_may_be_the_mean_of_the_answers() -> None:
    one = metric(metric_kind="mean", kpi_code="user_satisfaction_score", target=4.0)
    found = became(one, *both(OLD_ANSWERS, NEW_ANSWERS))
    assert found.target == 0.75
    assert found.attainment == pytest.approx((0.73409 - 0.58625) / (0.75 - 0.58625), abs=1e-4)


def test_a_full_count_has_a_sensitivity_and_no_interval() -> None:
    one = metric(
        name="Cost per transaction", metric_kind="ratio", better="down", unit="£", kpi_code="cost_per_transaction"
    )
    found = became(one, *both({"total": 84000.0, "units": 12000}, {"total": 75000.0, "units": 13500}))
    assert found.effect is not None
    assert [found.effect.low, found.effect.high] == pytest.approx([5 - 7, 75000 * 1.1 / 13500 - 7])
    assert "−£1.44 (−21%; if the total is 10% out: −2.00 to −0.89). All cases were counted" in sentence(found)
    nearly = became(one, *both({"total": 84000.0, "units": 12000}, {"total": 93000.0, "units": 13500}))
    assert (found.verdict, nearly.verdict) == ("improved", "no_change")


def test_a_count_needs_to_know_what_matters() -> None:
    plain = both({"value": 61.0}, {"value": 38.0})
    one = metric(name="Calls", metric_kind="count", better="down", unit="calls")
    assert became(one, *plain).verdict == "not_tested"
    assert [
        became(metric(metric_kind="count", better=better, unit="calls", min_worthwhile_change=least), *plain).verdict
        for better, least in (("down", 20.0), ("down", 25.0), ("up", 20.0))
    ] == ["improved", "no_change", "worsened"]
    assert "61 calls before (Jan–Mar 2026) and 38 calls after (Aug–Oct 2026): −23 calls (−38%)." in sentence(
        became(metric(metric_kind="count", better="down", unit="calls"), *plain)
    )


@pytest.mark.parametrize(
    ("better", "after", "least", "verdict"),
    [
        ("up", 531, None, "improved"),
        ("down", 531, None, "worsened"),
        ("up", 350, None, "worsened"),
        ("up", 450, None, "no_change"),
        ("up", 531, 0.14, "improved"),
        ("up", 531, 0.15, "no_change"),
    ],
)
def test_the_verdict(better: str, after: int, least: float | None, verdict: str) -> None:
    figures = both(NUMERATORS[0], {"numerator": after, "denominator": 640})
    assert became(metric(better=better, min_worthwhile_change=least), *figures).verdict == verdict


def test_a_change_that_is_too_small_is_not_called_undetectable() -> None:
    found = became(metric(min_worthwhile_change=0.15), *both(*NUMERATORS))
    assert "No worthwhile change: it is smaller than 15 points, the least worth having." in sentence(found)


@pytest.mark.parametrize(
    ("low", "high", "before", "after", "verdict", "way"),
    [
        (40.0, 60.0, 20.0, 45.0, "improved", 1.0),
        (40.0, 60.0, 20.0, 30.0, "improved", 0.5),
        (40.0, 60.0, 50.0, 80.0, "worsened", None),
        (40.0, 60.0, 45.0, 55.0, "no_change", None),
        (None, 60.0, 80.0, 50.0, "improved", 1.0),
        (40.0, None, 20.0, 10.0, "worsened", -0.5),
        (None, None, 20.0, 30.0, "not_tested", None),
    ],
)
def test_a_target_band(low: Any, high: Any, before: float, after: float, verdict: str, way: float | None) -> None:
    one = metric(metric_kind="mean", better="target_band", unit="days", band_from=low, band_to=high)
    found = became(one, *both({"mean": before, "sd": 5.0, "n": 50}, {"mean": after, "sd": 5.0, "n": 50}))
    assert (found.verdict, found.attainment) == (verdict, way)
    assert plot_lines(found, 60)


@pytest.mark.parametrize(
    ("kind", "first", "second", "why"),
    [
        ("proportion", {"numerator": 7, "denominator": 10}, {"numerator": 9, "denominator": 10}, "10 cases"),
        ("proportion", {"numerator": 0, "denominator": 0}, NUMERATORS[1], "figures of ME-001 are not complete"),
        ("proportion", {"value": 0.81}, {"value": 0.9}, "Only the value"),
        ("proportion", {"numerator": 40}, NUMERATORS[1], "figures of ME-001 are not complete"),
        ("mean", {"mean": 41.0, "n": 64}, MEANS[1], "standard deviation is not recorded"),
        ("mean", {"mean": 41.0, "sd": 3.0}, MEANS[1], "sample size is not recorded"),
        ("mean", {"mean": 41.0, "sd": 0.0, "n": 1}, MEANS[1], "1 case "),
        ("mean", {"mean": 41.0, "sd": 1.0, "n": 0}, MEANS[1], "0 cases"),
        ("rate", {"events": 0, "exposure": 100.0}, {"events": 40, "exposure": 100.0}, "0 events"),
        ("rate", {"events": 40, "exposure": 100.0}, {"events": 9, "exposure": 100.0}, "9 events"),
        ("rate", {"events": 0, "exposure": 0.0}, {"events": 9, "exposure": 100.0}, "not complete"),
        ("ratio", {"total": 10.0, "units": 0}, {"total": 10.0, "units": 4}, "not complete"),
        ("proportion", dict.fromkeys(NAMES, 0), NEW_ANSWERS, "not complete"),
        ("proportion", {**dict.fromkeys(NAMES, 0), "count_5": 1}, NEW_ANSWERS, "1 case "),
    ],
)
def test_too_little_data_says_why(kind: str, first: Any, second: Any, why: str) -> None:
    found = became(metric(metric_kind=kind, target=0.5), *both(first, second))
    assert found.verdict == "too_little"
    assert why in found.reason
    assert "Too little data" in sentence(found)
    assert sample_words(found) is not None
    assert isinstance(plot_lines(found, 60), list)
    assert comparison_data(found)["verdict"] == "too_little"


def test_enough_is_a_setting() -> None:
    figures = both({"numerator": 10, "denominator": 29}, {"numerator": 28, "denominator": 29})
    assert became(GOOD, *figures).verdict == "too_little"
    assert became(GOOD, *figures, impact_least_n=29).verdict == "improved"
    wide = became(GOOD, *both(*NUMERATORS), interval_percent=99)
    assert "99% interval +7.8 to +20.2" in change_words(wide)


def test_equal_figures_never_crash() -> None:
    same = {"mean": 5.0, "sd": 0.0, "n": 40}
    found = became(minutes(target=5.0, target_on=MAR), *both(same, same))
    assert (found.verdict, found.attainment, found.elapsed) == ("no_change", None, None)
    assert found.missing == (
        "The target date of M-01 is not after its baseline",
        "The baseline of M-01 was at the target already, so there is no way to measure",
    )
    assert "no_scatter" in names(found)
    assert plot_lines(found, 40)
    everybody = {"numerator": 40, "denominator": 40}
    assert became(GOOD, *both(everybody, everybody)).verdict == "no_change"
    assert became(metric(metric_kind="ratio", unit="£"), *both({"total": 0.0, "units": 4}, {"total": 0.0, "units": 4}))
