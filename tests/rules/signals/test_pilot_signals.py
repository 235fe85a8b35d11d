"""Time and cost of a pilot, at and around each threshold."""

from datetime import timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, pilot

from tracker.fields import Nothing, VagueDay
from tracker.rules.signals.pilot.cost import cost_signal
from tracker.rules.signals.pilot.time import BASELINE, time_signal
from tracker.rules.signals.result import Finding, Signal


def days(number: int) -> timedelta:
    return timedelta(number)


def finding(signal: Signal, rule: str) -> Finding:
    return next(one for one in signal.findings if one.id == rule)


def slipped(planned: int, slip: int, **facts: Any) -> Any:
    """Return a pilot planned for so many days that will end so many days late, 100 days from now."""
    end = DAY + days(100)
    first = end - days(slip)
    return pilot(**{"start": first - days(planned), "baseline_end": first, "forecast_end": end, **facts})


def time(one: Any, **settings: Any) -> Signal:
    return time_signal(evidence(one, **settings), one)


@pytest.mark.parametrize(
    ("planned", "slip", "level", "borderline"),
    [
        (40, -30, "green", False),
        (40, 0, "green", False),
        (40, 5, "green", False),
        (40, 6, "green", True),
        (40, 7, "green", True),  # not above 7
        (40, 8, "amber", True),
        (40, 10, "amber", False),
        (40, 15, "amber", False),
        (40, 16, "amber", True),
        (40, 21, "amber", True),
        (40, 22, "red", True),
        (40, 27, "red", False),
        (137, 13, "green", True),  # 10% of the plan is 13.7 days
        (137, 14, "amber", True),
        (137, 34, "amber", True),  # 25% is 34.25
        (137, 35, "red", True),
        (137, 60, "red", False),
    ],
)
def test_a_slip_is_judged_by_days_or_by_a_share_of_the_plan(
    planned: int, slip: int, level: str, borderline: bool
) -> None:
    signal = time(slipped(planned, slip))
    assert signal.level == level
    assert finding(signal, "time.slip").borderline is borderline
    assert not signal.missing


def test_a_slip_and_its_threshold_never_read_alike_unless_they_are() -> None:
    found = finding(time(slipped(137, 14)), "time.slip")
    assert (found.value, found.threshold) == ("+14.0 days", "13.7 days")
    assert found.sentence == (
        "The forecast end is 20 Feb 2027, 14 days after the baseline end of 6 Feb 2027; "
        "amber is above 13.7 days, red above 34.3."
    )
    assert found.records == ("P-01",)
    same = finding(time(slipped(40, 7)), "time.slip")
    assert (same.value, same.threshold) == ("+7 days", "7 days")
    early = finding(time(slipped(40, -30)), "time.slip")
    assert early.value == "−30 days"
    assert "30 days before the baseline end" in early.sentence


def test_a_threshold_set_otherwise_turns_the_slip() -> None:
    assert time(slipped(40, 8), slip_amber_days=8).level == "green"
    assert time(slipped(40, 8), slip_amber_days=5, slip_red_days=7, slip_red_percent=10).level == "red"


@pytest.mark.parametrize(
    ("ago", "level", "borderline"),
    [
        (-1, "green", False),
        (0, "green", False),
        (1, "amber", False),
        (10, "amber", False),
        (11, "amber", True),
        (14, "amber", True),
        (15, "red", True),
        (17, "red", True),
        (18, "red", False),
    ],
)
def test_a_forecast_end_that_passed_is_late_whatever_the_slip(ago: int, level: str, borderline: bool) -> None:
    end = DAY - days(ago)
    one = pilot(baseline_end=end, forecast_end=end)
    signal = time(one)
    assert signal.level == level
    assert finding(signal, "time.passed").borderline is borderline
    without = time(pilot(baseline_end=end))  # no forecast at all: judged by the baseline end, once that has passed
    assert without.level == (level if ago > 0 else "grey")
    assert without.missing == ("the forecast end",)


def test_a_pilot_that_ended_is_judged_by_that_day_and_is_not_late() -> None:
    end = DAY - days(43)
    assert time(pilot(baseline_end=end, forecast_end=end, actual_end=end)).level == "green"
    assert time(pilot(baseline_end=end, forecast_end=end, actual_end=end + days(30))).level == "amber"
    assert time(pilot(phase="live", baseline_end=end, forecast_end=end, actual_end=end)).level == "green"
    assert time(pilot(phase="stopped", baseline_end=end, forecast_end=end)).level == "green"
    # Live, and nobody said that it ended: its forecast has passed like any other.
    assert time(pilot(phase="live", baseline_end=end, forecast_end=end)).level == "red"
    # An end in the future is a plan: the forecast still counts.
    assert time(pilot(baseline_end=end, forecast_end=end, actual_end=DAY + days(1))).level == "red"


@pytest.mark.parametrize(
    ("ago", "level"), [(-1, "grey"), (0, "grey"), (1, "amber"), (14, "amber"), (15, "red"), (60, "red")]
)
def test_a_forecast_that_passed_counts_without_a_baseline(ago: int, level: str) -> None:
    signal = time(pilot(forecast_end=DAY - days(ago)))
    assert signal.level == level
    assert signal.missing == (BASELINE,)
    assert "nobody can tell" not in str(signal.findings)
    assert ("how far it has slipped is not known" in str(signal.findings)) == (ago < 1)
    ended = time(pilot(forecast_end=DAY - days(ago), actual_end=DAY))
    assert ended.level == "grey"


def test_nobody_can_tell_only_where_no_end_is_recorded_at_all() -> None:
    nothing = time(pilot())
    assert (nothing.level, nothing.missing) == ("grey", (BASELINE, "the forecast end"))
    assert "nobody can tell" in nothing.findings[0].sentence
    for ended in (pilot(phase="stopped"), pilot(actual_end=DAY), pilot(phase="retirement", forecast_end=DAY - days(9))):
        assert time(ended).level == "grey"
        assert "nobody can tell" not in str(time(ended).findings)


def test_a_month_has_passed_only_after_its_last_day() -> None:
    assert time(pilot(forecast_end=VagueDay.of(DAY, "month"))).level == "grey"
    assert time(pilot(forecast_end=VagueDay.of(DAY - days(12), "month"))).level == "amber"  # October


def test_without_a_start_that_is_missing() -> None:
    no_start = time(slipped(400, 8, start=None))
    assert no_start.level == "amber"
    assert no_start.missing == ("the start of the pilot, and so its planned duration",)
    assert time(slipped(400, 8, start=None, planned_start=DAY - days(300))).level == "green"


def cost(one: Any, **settings: Any) -> Signal:
    return cost_signal(evidence(one, **settings), one)


@pytest.mark.parametrize(
    ("forecast", "level", "borderline", "value"),
    [
        (90_000, "green", False, "−10.0%"),
        (100_000, "green", False, "0.0%"),
        (103_700, "green", False, "+3.7%"),
        (103_750, "green", True, "+3.8%"),
        (105_000, "green", True, "+5.0%"),
        (105_001, "amber", True, "+5.001%"),  # as many decimals as it takes to see the difference
        (106_300, "amber", False, "+6.3%"),
        (110_000, "amber", True, "+10.0%"),
        (110_010, "red", True, "+10.01%"),
        (112_600, "red", False, "+12.6%"),
    ],
)
def test_a_cost_is_judged_against_the_budget(forecast: int, level: str, borderline: bool, value: str) -> None:
    signal = cost(pilot(budget=100_000, forecast_cost=forecast))
    found = signal.findings[0]
    assert (signal.level, found.borderline, found.value) == (level, borderline, value)


def test_the_cost_is_told_in_money() -> None:
    found = cost(pilot(budget=240_000_00, forecast_cost=261_000_00)).findings[0]
    assert found.sentence == (
        "The forecast cost of £261,000 is 8.8% above the budget of £240,000; amber is above 5.0%, red above 10.0%."
    )
    assert (found.value, found.threshold) == ("+8.8%", "5.0%")
    assert cost(pilot(budget=100, forecast_cost=109), cost_amber_percent=9).level == "green"


def test_without_a_budget_or_a_forecast_the_cost_is_grey_and_nought_is_not_missing() -> None:
    assert (cost(pilot(forecast_cost=5)).level, cost(pilot(forecast_cost=5)).missing) == ("grey", ("the budget",))
    assert cost(pilot(budget=0, forecast_cost=5)).missing == ("a budget above 0",)
    assert "not enough data" in cost(pilot(budget=0, forecast_cost=5)).headline
    assert (cost(pilot(budget=100)).level, cost(pilot(budget=100)).missing) == ("grey", ("the forecast cost",))
    assert cost(pilot(budget=100, spend_to_date=100)).level == "grey"
    free = cost(pilot(budget=100, forecast_cost=0))
    assert (free.level, free.missing) == ("green", ())


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"budget": -500, "forecast_cost": -400}, "The budget is −£5, below 0: not enough data"),
        ({"budget": -500, "spend_to_date": 100}, "The budget is −£5, below 0: not enough data"),
        ({"budget": 500, "forecast_cost": -400}, "The cost is −£4, below 0: it is not held against the budget"),
        ({"budget": 500, "spend_to_date": -400}, "The cost is −£4, below 0: it is not held against the budget"),
    ],
)
def test_what_is_below_zero_is_neither_above_nor_below_a_budget(facts: dict[str, Any], says: str) -> None:
    signal = cost(pilot(**facts))
    assert (signal.level, signal.headline.startswith(says)) == ("grey", True)
    assert cost(pilot(budget=100, spend_to_date=-5, forecast_cost=106)).level == "amber"


def test_what_is_spent_is_the_least_it_will_cost() -> None:
    assert cost(pilot(budget=100, spend_to_date=106)).level == "amber"
    assert cost(pilot(budget=100, spend_to_date=106)).missing == ("the forecast cost",)
    assert cost(pilot(budget=100, spend_to_date=111, forecast_cost=100)).level == "red"
    assert "more than the forecast cost" in cost(pilot(budget=100, spend_to_date=111, forecast_cost=100)).headline
    assert cost(pilot(budget=100, spend_to_date=90, forecast_cost=106)).level == "amber"


def test_a_baseline_end_that_is_not_known_yet_is_not_called_unrecorded() -> None:
    cases: list[dict[str, Any]] = [
        {"forecast_end": DAY + days(9)},
        {"actual_end": DAY - days(9)},
        {"phase": "stopped"},
        {},
    ]
    for facts in cases:
        planned = pilot(**{"start": DAY - days(90), "baseline_end": None, "forecast_end": None} | facts)
        day = evidence(planned, nothings={(planned.ref, "baseline_end"): Nothing("not_yet_known")})
        sentences = " ".join(one.sentence for one in time_signal(day, planned).findings).lower()
        assert "the baseline end is not yet known" in sentences
        assert "no baseline end is recorded" not in sentences
