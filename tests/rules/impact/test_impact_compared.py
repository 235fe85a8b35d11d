"""Which measurements are compared, and what a comparison is warned of."""

from datetime import date
from typing import Any

import pytest
from rules.impact_cases import (
    AUG,
    GOOD,
    JAN,
    LIVE,
    MAR,
    MEANS,
    NEW_ANSWERS,
    NUMERATORS,
    OCT,
    OLD_ANSWERS,
    became,
    both,
    measured,
    metric,
    names,
)

from tracker.rules.impact.plot import plot_lines
from tracker.rules.impact.words import (
    sample_words,
    sentence,
)


def test_what_is_not_there_is_named() -> None:
    nothing = became(GOOD)
    assert sentence(nothing) == "Completion rate: not measured; there are no figures yet."
    only = became(GOOD, both(*NUMERATORS)[0])
    assert sentence(only) == (
        "Completion rate was 69% before (412 of 598, Jan–Mar 2026). Not measured: nothing was measured since the "
        "baseline."
    )
    assert "will be able to show, with as many cases afterwards, a change of about 7.2 points" in sample_words(only)
    late = became(GOOD, both(*NUMERATORS)[1])
    assert sentence(late) == (
        "Completion rate was 83% after (531 of 640, Aug–Oct 2026). No baseline: nothing is known of the time before."
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
    assert "97% so far" in sentence(without)


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
    assert "The comparison group went from 68% to 83%; beyond that the change was" in sentence(found)
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
    plain: dict[str, Any] = {"cohort": "comparison", "numerator": 410, "denominator": 600}
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
    assert (found.attainment, found.missing) == (None, ("The target of M-01 (80) is no share: write 80% or 0.8",))


def test_a_baseline_beyond_the_target_has_no_way_to_go() -> None:
    found = became(metric(target=0.6), *both(*NUMERATORS))
    assert found.attainment is None
    assert any("at the target already" in one for one in found.missing)


def test_nearly_all_is_not_all() -> None:
    found = became(GOOD, *both({"numerator": 9990, "denominator": 10000}, {"numerator": 9999, "denominator": 10000}))
    assert "99.9% before" in sentence(found)
    assert "99.99% after" in sentence(found)
    rare = became(GOOD, *both({"numerator": 0, "denominator": 10000}, {"numerator": 2, "denominator": 10000}))
    assert "was 0.0% before" in sentence(rare)
    assert "0.02% after" in sentence(rare)
