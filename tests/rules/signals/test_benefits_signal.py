"""The benefits signal: verdicts, how far the way to the target is done, and what is missing."""

from datetime import date, timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, make, pilot

from tracker.rules.signals.pilot.benefits import benefits_signal
from tracker.rules.signals.result import Finding, Signal

LIVE = date(2026, 6, 15)


def metric(ref: str = "M-01", **facts: Any) -> Any:
    plain = {"name": "Completion rate", "metric_kind": "proportion", "pilot": "P-01", "definition": "Done of begun"}
    return make("metric", ref, **{**plain, **facts})


def share(phase: str, numerator: int | None, denominator: int | None, of: str = "M-01", **facts: Any) -> Any:
    start, end = (
        (date(2026, 1, 1), date(2026, 3, 31)) if phase == "baseline" else (date(2026, 8, 1), date(2026, 10, 31))
    )
    plain = {
        "metric": of,
        "phase": phase,
        "period_start": start,
        "period_end": end,
        "numerator": numerator,
        "denominator": denominator,
    }
    return make("measurement", **{**plain, **facts})


def signal(*records: Any, phase: str = "public_beta", live: date | None = LIVE, **settings: Any) -> Signal:
    one = pilot("P-01", phase=phase, first_real_user_on=live)
    return benefits_signal(evidence(one, *records, **settings), one)


def by_id(found: Signal) -> dict[str, Finding]:
    return {finding.id: finding for finding in found.findings}


def test_p_01_of_the_demo() -> None:
    minutes = metric(
        "M-02",
        name="Minutes to complete",
        metric_kind="mean",
        unit="minutes",
        better="down",
        target=25.0,
        target_on=date(2026, 12, 31),
    )
    means = ({"mean": 41.0, "sd": 18.0, "n": 64}, {"mean": 29.5, "sd": 14.0, "n": 71})
    found = signal(
        metric(target=0.8, target_on=date(2026, 12, 31)),
        minutes,
        share("baseline", 412, 598),
        share("after", 531, 640),
        *(share(phase, None, None, "M-02", **one) for phase, one in zip(("baseline", "after"), means, strict=True)),
    )
    assert (found.level, found.headline, found.missing) == ("green", "Of 2 metrics: 2 improved.", ())
    told = {name: (one.level, one.sentence) for name, one in by_id(found).items()}
    assert told["benefits.verdict.M-01"] == (
        "green",
        "M-01 Completion rate: improved, +14.1 points (95% interval +9.3 to +18.8).",
    )
    assert told["benefits.pace.M-01"] == (
        "green",
        "M-01 Completion rate: 127% of the way to the target at 82% of the time.",
    )
    assert told["benefits.pace.M-02"] == (
        "green",
        "M-02 Minutes to complete: 72% of the way to the target at 82% of the time; up to 20 points behind is "
        "accepted.",
    )


def test_p_07_of_the_demo() -> None:
    baseline = share("baseline", 301, 402, period_start=date(2025, 11, 1), period_end=date(2026, 1, 31))
    found = signal(metric(target=0.85, target_on=date(2026, 11, 30)), baseline, share("after", 333, 430))
    assert (found.level, found.headline) == ("red", "Completion rate: no detectable change.")
    pace, verdict = found.findings
    assert (pace.id, pace.level, pace.value, pace.threshold) == ("benefits.pace.M-01", "red", "69 points", "50 points")
    assert pace.sentence == (
        "M-01 Completion rate: 25% of the way to the target at 94% of the time, 69 points behind (red above 50)."
    )
    assert (verdict.level, verdict.value, verdict.threshold) == ("amber", "94%", "50%")
    assert verdict.sentence.startswith(
        "M-01 Completion rate: no detectable change, +2.5 points (95% interval −3.2 to +8.4)"
    )
    assert set(pace.records) == {"M-01", baseline.ref, *verdict.records}


def test_p_02_and_p_04_of_the_demo() -> None:
    nothing = signal(metric(metric_kind="rate", target=1.5))
    assert (nothing.level, nothing.headline) == ("amber", "Completion rate: not measured.")
    assert nothing.missing[:2] == (
        "M-01 Completion rate has no baseline",
        "M-01 Completion rate was not measured after the change",
    )
    unknown = signal(metric(target=0.85), share("after", 41, 52), phase="private_beta")
    assert (unknown.level, unknown.headline) == ("amber", "Completion rate: no baseline.")
    assert unknown.missing[0] == "M-01 Completion rate has no baseline"


@pytest.mark.parametrize("phase", ["discovery", "alpha"])
def test_too_early_is_grey(phase: str) -> None:
    found = signal(metric(), share("baseline", 1, 2), phase=phase, live=None)
    assert found.level == "grey"
    assert f"in {phase}" in found.headline


def test_no_metric_is_grey_with_the_thing_named() -> None:
    found = signal()
    assert (found.level, found.findings) == ("grey", ())
    assert found.missing == ("P-01 has no metric: nothing says what it is to achieve",)


def test_a_metric_worse_than_before_is_red() -> None:
    found = signal(metric(better="down"), share("baseline", 412, 598), share("after", 531, 640))
    assert (found.level, found.findings[0].level) == ("red", "red")
    assert "worsened, +14.1 points" in found.findings[0].sentence


def test_no_go_live_yet_is_too_early_to_measure_but_not_for_a_baseline() -> None:
    later = DAY + timedelta(30)
    assert signal(metric(), share("baseline", 412, 598), live=later).level == "grey"
    assert signal(metric(), live=later).level == "amber"
    assert signal(metric(), share("baseline", 412, 598), live=None).level == "amber"


@pytest.mark.parametrize(
    ("days_in_all", "level", "borderline"),
    [(500, "green", True), (452, "green", True), (451, "amber", True), (300, "amber", False), (1000, "green", False)],
)
def test_no_change_is_amber_when_half_of_the_time_is_gone(days_in_all: int, level: str, borderline: bool) -> None:
    baseline = share("baseline", 301, 402)
    target_on = baseline.period_end + timedelta(days_in_all)  # 226 days are gone
    found = signal(metric(target_on=target_on), baseline, share("after", 333, 430))
    assert (found.level, found.findings[0].borderline) == (level, borderline)
    assert days_in_all != 451 or (found.findings[0].value, found.findings[0].threshold) == ("50.1%", "50.0%")


def test_no_change_without_a_target_date_is_grey_and_says_so() -> None:
    found = signal(metric(), share("baseline", 301, 402), share("after", 333, 430))
    assert found.level == "grey"
    assert "how much of the time is gone is not known" in found.findings[0].sentence
    assert found.missing == ("M-01 has no target and no target date",)


@pytest.mark.parametrize(("days_in_all", "level"), [(400, "amber"), (500, "grey")])
def test_too_little_data_is_never_green(days_in_all: int, level: str) -> None:
    baseline = share("baseline", 7, 10)
    target_on = baseline.period_end + timedelta(days_in_all)
    found = signal(metric(target=0.9, target_on=target_on), baseline, share("after", 9, 10))
    assert (found.level, len(found.findings)) == (level, 1)
    assert "10 cases in one period; 30 are needed in each" in found.findings[0].sentence


def test_what_cannot_be_compared_is_amber() -> None:
    found = signal(metric(), share("baseline", 301, 402, unit="x"), share("after", 333, 430))
    assert found.level == "amber"
    assert "not comparable: the figures have two units" in found.findings[0].sentence


@pytest.mark.parametrize(
    ("after", "amber", "red", "level"),
    [(448, 30, 50, "amber"), (448, 47, 50, "green"), (448, 20, 40, "red"), (512, 20, 50, "green")],
)
def test_the_gaps_are_settings(after: int, amber: int, red: int, level: str) -> None:
    """448 of 640 is 70%: half of the way from 60% to 80%, at 95% of the time; 512 is all of it."""
    baseline = share("baseline", 384, 640)
    target = {"target": 0.8, "target_on": baseline.period_end + timedelta(238)}
    found = signal(metric(**target), baseline, share("after", after, 640), benefit_amber_gap=amber, benefit_red_gap=red)
    assert by_id(found)["benefits.pace.M-01"].level == level
    assert by_id(found)["benefits.verdict.M-01"].level == "green"


def test_a_gap_is_not_red_while_there_is_time() -> None:
    baseline = share("baseline", 384, 640)
    target = {"target": 0.9, "target_on": baseline.period_end + timedelta(400)}  # 56% of the time is gone
    found = signal(metric(**target), baseline, share("after", 385, 640), no_change_elapsed=99)
    assert by_id(found)["benefits.pace.M-01"].level == "amber"
    assert (
        signal(metric(**target), baseline, share("after", 385, 640), no_change_elapsed=99, benefit_red_elapsed=50).level
        == "red"
    )


def test_a_count_without_a_verdict_still_has_a_pace() -> None:
    count = metric(metric_kind="count", unit="calls", better="down", target=40.0, target_on=date(2026, 12, 31))
    found = signal(count, share("baseline", None, None, value=61.0), share("after", None, None, value=38.0))
    assert [one.level for one in found.findings] == ["green", "grey"]
    assert found.level == "green"
