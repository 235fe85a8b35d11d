"""Before and after: what is compared, the verdict, the warnings, the sentences and the plot."""

from datetime import date
from typing import Any

import pytest
from golden_files import matches
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.evidence_cases import evidence, make, pilot

from tracker.rules.evidence import Evidence
from tracker.rules.impact import Comparison, compare, compare_all
from tracker.rules.impact_data import comparison_data
from tracker.rules.impact_words import (
    Scale,
    change_words,
    definition_words,
    missing_words,
    sample_words,
    sentence,
    target_words,
)
from tracker.rules.plot import plot_lines
from tracker.rules.worth import citizen_hours, money, worth_words
from tracker.text import columns

JAN, MAR, AUG, OCT = date(2026, 1, 1), date(2026, 3, 31), date(2026, 8, 1), date(2026, 10, 31)
LIVE = date(2026, 6, 15)
NUMERATORS = {"numerator": 412, "denominator": 598}, {"numerator": 531, "denominator": 640}
MEANS = {"mean": 41.0, "sd": 18.0, "n": 64}, {"mean": 29.5, "sd": 14.0, "n": 71}
NAMES = ("count_1", "count_2", "count_3", "count_4", "count_5")
ANSWERS = (dict(zip(NAMES, counts, strict=True)) for counts in ((22, 31, 40, 70, 37), (9, 14, 30, 96, 71)))
OLD_ANSWERS, NEW_ANSWERS = ANSWERS


def metric(ref: str = "M-01", **facts: Any) -> Any:
    plain = {"name": "Completion rate", "metric_kind": "proportion", "pilot": "P-01", "definition": "Done of begun"}
    return make("metric", ref, **{**plain, **facts})


def minutes(**facts: Any) -> Any:
    return metric(
        name="Minutes to complete",
        metric_kind="mean",
        unit="minutes",
        better="down",
        kpi_code="time_to_complete",
        **facts,
    )


def measured(phase: str, ref: str = "", of: str = "M-01", **facts: Any) -> Any:
    start, end = (JAN, MAR) if phase == "baseline" else (AUG, OCT)
    return make("measurement", ref, **{"metric": of, "phase": phase, "period_start": start, "period_end": end, **facts})


def both(first: dict[str, Any], second: dict[str, Any], **facts: Any) -> tuple[Any, Any]:
    return measured("baseline", "ME-001", **first, **facts), measured("after", "ME-002", **second, **facts)


def proved(*records: Any, **how: Any) -> Evidence:
    """Return evidence with the pilot P-01, live since June."""
    return evidence(pilot("P-01", phase="public_beta", first_real_user_on=LIVE), *records, **how)


def became(one: Any, *records: Any, **how: Any) -> Comparison:
    return compare(proved(one, *records, **how), one)


def names(found: Comparison) -> list[str]:
    return [caution.name for caution in found.cautions]


GOOD = metric(target=0.8, target_on=date(2026, 12, 31))


def test_the_sentence_of_the_design() -> None:
    found = became(GOOD, *both(*NUMERATORS))
    assert sentence(found) == (
        "Completion rate was 69 % before (412 of 598, Jan–Mar 2026) and 83 % after (531 of 640, Aug–Oct 2026): "
        "+14.1 points (95 % interval +9.3 to +18.8). Improved. Different months; no comparison group, so the change "
        "is associated with the pilot, not proven to be caused by it."
    )
    assert target_words(found) == "Target 80 % by 31 Dec 2026: 127 % of the way at 82 % of the time."
    assert sample_words(found) == (
        "These figures can show a change of about 7.1 points; to see the change to the target, each period needs 242 "
        "(with a chance of 80 %)."
    )
    assert (found.verdict, found.missing, missing_words(found)) == ("improved", (), "")


def test_a_mean_shows_the_precision_that_it_has() -> None:
    found = became(minutes(target=25.0), *both(*MEANS))
    assert sentence(found).startswith(
        "Minutes to complete was 41.0 minutes before (64 measured, Jan–Mar 2026) and 29.5 minutes after (71 measured, "
        "Aug–Oct 2026): −11.5 minutes (95 % interval −17.0 to −6.0). Improved."
    )
    assert found.attainment == pytest.approx(11.5 / 16)
    assert found.missing == ("M-01 has no target date",)
    assert target_words(found) == "Target 25 minutes: 72 % of the way."


def test_a_rate_is_told_as_a_ratio() -> None:
    one = metric(metric_kind="rate", better="down", unit="errors")
    found = became(one, *both({"events": 84, "exposure": 12000.0}, {"events": 51, "exposure": 13500.0}))
    assert change_words(found) == "0.54 times the rate before (95 % interval 0.38 to 0.76)"
    assert found.verdict == "improved"
    assert "0.0070 errors before (84 in 12,000" in sentence(found)


def test_satisfaction_tells_both_figures_and_which_is_the_kpi() -> None:
    score = became(metric(metric_kind="mean", kpi_code="user_satisfaction_score"), *both(OLD_ANSWERS, NEW_ANSWERS))
    assert change_words(score) == "+14.8 points (95 % interval +9.2 to +20.3)"
    told = "The score is the KPI; the share of 4 and 5 went from 54 % to 76 %: +22.4 points (95 % interval +13.3"
    assert told in sentence(score)
    share = became(metric(kpi_code="user_satisfaction_pct"), *both(OLD_ANSWERS, NEW_ANSWERS))
    assert change_words(share) == "+22.4 points (95 % interval +13.3 to +31.0)"
    assert "The share of 4 and 5 is the KPI; the score went from 59 % to 73 %" in sentence(share)


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
    assert (found.effect.low, found.effect.high) == (pytest.approx(5 - 7), pytest.approx(75000 * 1.1 / 13500 - 7))
    assert "−£1.44 (−21 %; if the total is 10 % out: −2.00 to −0.89). All cases were counted" in sentence(found)
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
    assert "61 calls before (Jan–Mar 2026) and 38 calls after (Aug–Oct 2026): −23 calls (−38 %)." in sentence(
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
    assert "99 % interval +7.8 to +20.2" in change_words(wide)


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


def test_what_is_not_there_is_named() -> None:
    nothing = became(GOOD)
    assert sentence(nothing) == "Completion rate: not measured; there are no figures yet."
    only = became(GOOD, both(*NUMERATORS)[0])
    assert sentence(only) == (
        "Completion rate was 69 % before (412 of 598, Jan–Mar 2026). Not measured: nothing was measured since the "
        "baseline."
    )
    assert "will be able to show, with as many cases afterwards, a change of about 7.2 points" in sample_words(only)
    late = became(GOOD, both(*NUMERATORS)[1])
    assert sentence(late) == (
        "Completion rate was 83 % after (531 of 640, Aug–Oct 2026). No baseline: nothing is known of the time before."
    )
    assert [nothing.verdict, only.verdict, late.verdict] == ["not_measured", "not_measured", "no_baseline"]
    assert plot_lines(nothing, 80) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ({"definition_variant": "takeup_au"}, {}, "takeup_au before, none named after"),
        ({"unit": "hours"}, {"unit": "%"}, "two units: hours before, % after"),
        ({"cohort": "whole_service"}, {}, "two cohorts: the whole service before, those in the pilot after"),
    ],
)
def test_what_is_not_the_same_is_not_compared(old: dict[str, Any], new: dict[str, Any], why: str) -> None:
    records = measured("baseline", **NUMERATORS[0], **old), measured("after", **NUMERATORS[1], **new)
    found = became(GOOD, *records)
    assert (found.verdict, found.effect, found.attainment) == ("not_comparable", None, None)
    assert why in sentence(found)


def test_which_measurements_are_compared() -> None:
    records = (
        measured("baseline", "ME-001", numerator=1, denominator=100),
        measured("baseline", "ME-002", numerator=40, denominator=100, revises="ME-001", status="revised"),
        measured("baseline", "ME-003", numerator=99, denominator=100, cohort="whole_service"),
        measured("baseline", "ME-004", numerator=98, denominator=100, period_start=LIVE, period_end=date(2026, 7, 1)),
        measured("during", "ME-005", numerator=97, denominator=100, period_end=date(2026, 11, 5)),
        measured("after", "ME-006", numerator=60, denominator=100, period_end=date(2026, 9, 30)),
        measured("after", "ME-007", numerator=70, denominator=100),
        measured("after", "ME-008", numerator=95, denominator=100, period_end=date(2026, 11, 30)),
        measured("after", "ME-009", numerator=96, denominator=100, cohort="comparison", of="M-02"),
    )
    found = became(GOOD, *records)
    assert found.before and found.after
    assert (found.before.measurement.ref, found.after.measurement.ref) == ("ME-002", "ME-007")
    without = became(GOOD, *(one for one in records if one.phase != "after"))
    assert without.after is not None
    assert without.after.measurement.ref == "ME-005"
    assert "97 % so far" in sentence(without)


def test_the_cohort_with_both_figures_is_compared() -> None:
    records = (
        measured("baseline", "ME-001", cohort="whole_service", **NUMERATORS[0]),
        measured("after", "ME-002", cohort="whole_service", **NUMERATORS[1]),
        measured("after", "ME-003", numerator=1, denominator=100),
    )
    found = became(GOOD, *records)
    assert (found.verdict, found.after and found.after.measurement.ref) == ("improved", "ME-002")


def test_a_comparison_group_decides() -> None:
    group = (
        measured("baseline", "ME-003", cohort="comparison", numerator=410, denominator=600),
        measured("after", "ME-004", cohort="comparison", numerator=530, denominator=640),
    )
    found = became(GOOD, *both(*NUMERATORS), *group)
    assert found.verdict == "no_change"
    assert found.against is not None
    assert found.against.effect.estimate == pytest.approx((531 / 640 - 412 / 598) - (530 / 640 - 410 / 600))
    assert "The comparison group went from 68 % to 83 %; beyond that the change was" in sentence(found)
    assert "caused" not in sentence(found)
    assert any(line.startswith("Beyond group") for line in plot_lines(found, 80))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"period_start": date(2025, 1, 1), "period_end": date(2025, 3, 31)}, "not measured in the same periods"),
        ({"numerator": 5, "denominator": 9}, "too small"),
        ({"definition_variant": "other"}, "another way"),
    ],
)
def test_a_comparison_group_that_is_of_no_use_is_left_out(change: dict[str, Any], why: str) -> None:
    plain = {"cohort": "comparison", "numerator": 410, "denominator": 600}
    group = measured("baseline", "ME-003", **{**plain, **change}), measured("after", "ME-004", **plain)
    found = became(GOOD, *both(*NUMERATORS), *group)
    assert (found.against, found.verdict) == (None, "improved")
    assert why in found.cautions[-1].sentence


def test_groups_of_means_rates_and_answers_are_compared_too() -> None:
    for kind, first, second in (
        ("mean", *MEANS),
        ("rate", {"events": 84, "exposure": 12000.0}, {"events": 51, "exposure": 13500.0}),
        ("mean", OLD_ANSWERS, NEW_ANSWERS),
        ("proportion", OLD_ANSWERS, NEW_ANSWERS),
    ):
        group = measured("baseline", cohort="comparison", **first), measured("after", cohort="comparison", **first)
        found = became(metric(metric_kind=kind, unit="x"), *both(first, second), *group)
        assert found.against is not None
        assert "beyond that the change was" in sentence(found)


CLEAN = {"period_start": AUG, "period_end": OCT}
LAST_YEAR = {"period_start": date(2025, 8, 1), "period_end": date(2025, 10, 31)}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {}, []),
        ({"period_start": JAN, "period_end": MAR}, {}, ["season"]),
        ({"period_start": date(2024, 11, 1)}, {}, ["season", "unequal_periods"]),
        ({"period_start": date(2025, 10, 5)}, {"period_start": date(2026, 10, 5)}, ["few_days"]),
        ({"source_system": "A"}, {"source_system": "B"}, ["source"]),
        ({"source_system": "A"}, {}, []),
        ({"online_share": 0.3}, {"online_share": 0.4}, []),
        ({"online_share": 0.3}, {"online_share": 0.41}, ["channel"]),
        ({"status": "provisional"}, {}, ["provisional"]),
        ({**CLEAN, "period_end": date(2026, 10, 30)}, {}, ["late_baseline"]),
        ({}, {"period_start": date(2026, 6, 14)}, ["season", "unequal_periods", "before_go_live"]),
    ],
)
def test_the_warnings(old: dict[str, Any], new: dict[str, Any], expected: list[str]) -> None:
    records = measured("baseline", **{**LAST_YEAR, **NUMERATORS[0], **old}), measured("after", **NUMERATORS[1], **new)
    found = became(GOOD, *records)
    assert names(found) == expected
    for caution in found.cautions:
        assert caution.short.lower() in sentence(found).lower()


def test_a_part_of_the_baseline_after_go_live() -> None:
    records = measured("baseline", **NUMERATORS[0], period_end=LIVE), measured("after", **NUMERATORS[1])
    found = next(one for one in became(GOOD, *records).cautions if one.name == "late_baseline")
    assert found.sentence.startswith("A part of the baseline was measured after go-live (15 Jun 2026)")


def test_many_metrics_differ_by_chance() -> None:
    others = [metric(f"M-{n:02}") for n in range(2, 8)]
    figures = [
        one for n in range(2, 7) for one in (measured("baseline", of=f"M-{n:02}"), measured("after", of=f"M-{n:02}"))
    ]
    assert "one of 6 metrics compared" in sentence(became(GOOD, *others, *figures, *both(*NUMERATORS)))
    assert "many_metrics" not in names(became(GOOD, *others, *figures[2:], *both(*NUMERATORS)))


def test_a_metric_without_a_pilot_is_compared_too() -> None:
    found = became(metric(pilot=None), *both(*NUMERATORS))
    assert "associated with what was done, not proven" in sentence(found)
    assert names(found) == ["season"]


def test_a_target_that_is_no_share_is_told() -> None:
    found = became(metric(target=80.0, target_on=OCT), *both(*NUMERATORS))
    assert (found.attainment, found.missing) == (None, ("The target of M-01 (80) is no share: write 80 % or 0.8",))


def test_a_baseline_beyond_the_target_has_no_way_to_go() -> None:
    found = became(metric(target=0.6), *both(*NUMERATORS))
    assert found.attainment is None
    assert any("at the target already" in one for one in found.missing)


def test_nearly_all_is_not_all() -> None:
    found = became(GOOD, *both({"numerator": 9990, "denominator": 10000}, {"numerator": 9999, "denominator": 10000}))
    assert "99.9 % before" in sentence(found)
    assert "99.99 % after" in sentence(found)
    rare = became(GOOD, *both({"numerator": 0, "denominator": 10000}, {"numerator": 2, "denominator": 10000}))
    assert "was 0.0 % before" in sentence(rare)
    assert "0.02 % after" in sentence(rare)


def test_the_value_of_citizens_time() -> None:
    records = (
        make("service", "S-01", name="Badges", annual_volume=5200),
        make("pilot", "P-02", name="x", service="S-01"),
    )
    one = minutes(service="S-01")
    old, new = both(*MEANS)
    share = measured("after", "ME-002", **MEANS[1], online_share=0.61)
    here = proved(one, old, share, *records)
    worth = citizen_hours(here, compare(here, one))
    assert worth is not None
    assert worth_words(worth) == (
        "About 608 citizen hours a year saved (315 to 901 from the interval): 5,200 transactions × 61 % take-up × "
        "11.5 minutes."
    )
    take_up = metric("M-02", kpi_code="digital_takeup"), measured("after", of="M-02", numerator=793, denominator=1300)
    there = proved(one, old, new, *records, *take_up)
    beside = citizen_hours(there, compare(there, one))
    assert beside is not None
    assert beside.saved == worth.saved
    bare = proved(minutes(), old, new)
    nothing = citizen_hours(bare, compare(bare, bare.of("metric")[0]))
    assert nothing is not None
    assert (nothing.saved, worth_words(nothing)) == (
        None,
        "To say how many citizen hours a year that is, record the transactions a year of the service and the part of "
        "cases that came online.",
    )
    assert citizen_hours(here, became(GOOD, *both(*NUMERATORS))) is None


def test_the_value_of_money_is_not_called_cash() -> None:
    one = metric(metric_kind="ratio", better="down", unit="pounds", kpi_code="cost_per_transaction", service="S-01")
    service = make("service", "S-01", name="Badges", annual_volume=1000)
    figures = both({"total": 84000.0, "units": 12000}, {"total": 75000.0, "units": 13500})
    here = proved(one, service, *figures)
    worth = money(here, compare(here, one))
    assert worth is not None
    assert worth_words(worth) == (
        "About 1,444 pounds a year saved (889 to 2,000 if the total is 10 % out): 1,000 transactions. It is cash only "
        "if a budget was cut by it."
    )


def test_the_plot_looks_as_it_did() -> None:
    group = (
        measured("baseline", cohort="comparison", **NUMERATORS[0]),
        measured("after", cohort="comparison", **NUMERATORS[0]),
    )
    drawn = [
        became(GOOD, *both(*NUMERATORS)),
        became(minutes(target=25.0), *both(*MEANS)),
        became(GOOD, *both(*NUMERATORS), *group),
        became(metric(metric_kind="ratio", unit="£"), *both({"total": 70.0, "units": 10}, {"total": 50.0, "units": 9})),
        became(GOOD, both(*NUMERATORS)[1]),
    ]
    pictures = [
        line for width in (100, 40) for found in drawn for line in (*plot_lines(found, width), "", "=" * width, "")
    ]
    matches("reports/metric-plots.txt", "\n".join(pictures) + "\n")


figures_of = st.one_of(
    st.builds(lambda n, k: {"numerator": min(n, k), "denominator": n}, st.integers(0, 999), st.integers(0, 999)),
    st.builds(
        lambda m, sd, n: {"mean": m, "sd": sd, "n": n},
        st.floats(-1e9, 1e9),
        st.none() | st.floats(0, 1e6),
        st.none() | st.integers(0, 500),
    ),
    st.builds(lambda x, e: {"events": x, "exposure": e}, st.integers(0, 99), st.floats(0, 1e6)),
    st.builds(lambda t, n: {"total": t, "units": n}, st.floats(-1e9, 1e9), st.integers(0, 10**9)),
    st.builds(lambda v: {"value": v}, st.floats(-1e12, 1e12)),
    st.builds(lambda c: dict(zip(NAMES, c, strict=True)), st.lists(st.integers(0, 50), min_size=5, max_size=5)),
)
KINDS = ("proportion", "mean", "rate", "ratio", "count", "index")


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.sampled_from(KINDS),
    st.sampled_from(("up", "down", "target_band")),
    figures_of,
    figures_of,
    st.none() | st.floats(-100, 100),
    st.integers(24, 130),
)
def test_no_figures_make_it_fail(kind: str, better: str, old: Any, new: Any, target: float | None, width: int) -> None:
    one = metric(metric_kind=kind, better=better, target=target, band_from=target, unit="days", target_on=OCT)
    found = became(one, *both(old, new))
    texts = (sentence(found), target_words(found), sample_words(found), missing_words(found), change_words(found))
    assert not any("nan" in text.split() or "inf" in text for text in texts)
    assert all(columns(line) <= max(width, 24) for line in plot_lines(found, width))
    assert comparison_data(found)["sentence"] == texts[0]
    turned = became(one, *both(new, old))
    if better != "target_band" and found.verdict in ("improved", "worsened") and kind != "ratio":
        assert {found.verdict, turned.verdict} == {"improved", "worsened"}


def test_all_metrics_in_order_and_the_definition_as_printed() -> None:
    two = metric("M-02", definition_variant="takeup_uk_2024")
    found = compare_all(proved(GOOD, two, *both(*NUMERATORS)))
    assert [(one.metric.ref, one.verdict) for one in found] == [("M-01", "improved"), ("M-02", "not_measured")]
    assert definition_words(two) == "Done of begun (variant takeup_uk_2024)"
    assert Scale(found[1]).goal(0.825) == "82.5 %"
