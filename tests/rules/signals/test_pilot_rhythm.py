"""The rhythm of a pilot's iterations, at and around each threshold."""

from datetime import date, timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, iterations, make, pilot

from tracker.rules.signals.pilot.rhythm import rhythm_signal
from tracker.rules.signals.result import Finding, Signal


def days(number: int) -> timedelta:
    return timedelta(number)


def finding(signal: Signal, rule: str) -> Finding:
    return next(one for one in signal.findings if one.id == rule)


def rhythm(one: Any, *records: Any, **settings: Any) -> Signal:
    return rhythm_signal(evidence(one, *records, **settings), one)


def every_two_weeks(since: int, **facts: Any) -> list[Any]:
    return iterations("P-01", *(since + 14 * number for number in range(5)), **facts)


@pytest.mark.parametrize(
    ("since", "level", "state", "borderline"),
    [
        (0, "green", "steady", False),
        (15, "green", "steady", False),
        (16, "green", "steady", True),
        (21, "green", "steady", True),
        (22, "amber", "slipping", True),
        (35, "amber", "slipping", True),
        (36, "amber", "stalled", True),
        (42, "amber", "stalled", True),
        (43, "red", "stalled", True),
        (53, "red", "stalled", False),
    ],
)
def test_iterations_slip_stall_and_turn_red(since: int, level: str, state: str, borderline: bool) -> None:
    signal = rhythm(pilot(first_real_user_on=DAY), *every_two_weeks(since))
    found = finding(signal, "rhythm.cadence")
    assert (signal.level, found.borderline) == (level, borderline)
    assert f": {state}." in found.sentence


def test_a_rhythm_is_told_with_its_usual_gap() -> None:
    found = finding(rhythm(pilot(), *iterations("P-01", 76, 97, 111)), "rhythm.cadence")
    assert found.sentence.endswith("ended 76 days ago on 28 Aug 2026, and one usually ends every 17.5 days: stalled.")
    assert (found.value, found.threshold) == ("76 days", "42 days")


def test_an_iteration_that_has_not_ended_never_counts_and_two_of_one_day_are_one() -> None:
    one = pilot(first_real_user_on=DAY)
    running = rhythm(one, *every_two_weeks(22), *iterations("P-01", -3, goal_result="open"))
    assert running.level == "amber"
    assert "runs until 15 Nov 2026" in running.headline
    assert rhythm(one, *iterations("P-01", 10, -3)).level == "grey"
    twice = rhythm(one, *every_two_weeks(15), *every_two_weeks(15))
    assert twice.level == "green"
    assert rhythm(one, *iterations("P-01", 4, 4)).level == "grey"
    # Only the last six gaps make the usual one.
    long_ago = iterations("P-01", *(130 + 60 * number for number in range(9)))
    weekly = iterations("P-01", *(14 + 7 * number for number in range(7)))
    assert "every 7 days: slipping" in rhythm(one, *long_ago, *weekly).headline


def test_too_few_iterations_and_pilots_that_rest_are_grey() -> None:
    none = rhythm(pilot())
    assert (none.level, none.missing) == ("grey", ("iterations that have ended",))
    alone = rhythm(pilot(), *iterations("P-01", 90))
    assert (alone.level, alone.missing) == ("grey", ("a second iteration that has ended",))
    for phase in ("paused", "stopped", "retirement"):
        assert rhythm(pilot(phase=phase), *every_two_weeks(60)).level == "grey"


def test_a_live_pilot_is_in_maintenance_once_its_trial_ended_and_its_iterations_rest() -> None:
    live = pilot(phase="live", first_real_user_on=DAY - days(300), actual_end=DAY - days(43))
    assert rhythm(live, *iterations("P-01", 20, 48, 76, released_to="all_real_users")).level == "green"  # they go on
    resting = rhythm(live, *iterations("P-01", 50, 64, 78))
    assert resting.level == "grey"
    assert "in maintenance" in resting.headline
    assert not resting.missing
    for end in (None, DAY + days(1)):
        going = pilot(phase="live", first_real_user_on=DAY - days(300), actual_end=end)
        assert rhythm(going, *iterations("P-01", 50, 64, 78)).level == "red"


@pytest.mark.parametrize(
    ("started", "released", "level"),
    [
        (183, None, "green"),
        (184, None, "amber"),
        (400, 183, "green"),
        (400, 184, "amber"),
        (400, 0, "green"),
        (400, -1, "amber"),  # a release that is only planned
    ],
)
def test_real_users_must_get_something_twice_a_year(started: int, released: int | None, level: str) -> None:
    one = pilot(start=DAY - days(started))
    facts: dict[str, Any] = {}
    if released is not None:
        facts = {"released_to": "some_real_users", "release_on": DAY - days(released)}
    last = make("iteration", pilot="P-01", goal="Ship", start=DAY - days(20), end=DAY - days(1), **facts)
    signal = rhythm(one, *every_two_weeks(15), last)
    assert signal.level == finding(signal, "rhythm.release").level == level
    if released is None:
        assert rhythm(pilot(start=one.start, first_real_user_on=DAY - days(9)), *every_two_weeks(15)).level == "green"


def test_a_release_to_test_users_is_none_to_real_users() -> None:
    one = pilot(start=DAY - days(200))
    assert rhythm(one, *every_two_weeks(9, released_to="test_users")).level == "amber"
    assert rhythm(one, *every_two_weeks(9, released_to="all_real_users")).level == "green"


def test_goals_research_and_showing_are_said_and_turn_no_colour() -> None:
    poor = every_two_weeks(9, goal_result="missed", users_researched=0, show_and_tell=False)
    signal = rhythm(pilot(first_real_user_on=DAY), *poor)
    assert signal.level == "green"
    assert finding(signal, "rhythm.goals").sentence == "Goals of the last 4 iterations: 0 met, 0 partly, 4 missed."
    assert {finding(signal, f"rhythm.{rule}").level for rule in ("goals", "research", "showing")} == {"watch"}
    unknown = every_two_weeks(9, goal_result="open", users_researched=None, show_and_tell=None)
    silent = rhythm(pilot(first_real_user_on=DAY), *unknown)
    assert not {"rhythm.goals", "rhythm.research", "rhythm.showing"} & {one.id for one in silent.findings}
    assert len(silent.missing) == 4
    some = [*every_two_weeks(23), *iterations("P-01", 9, users_researched=None)]
    sentence = finding(rhythm(pilot(), *some), "rhythm.research").sentence
    assert sentence == "3 of the last 4 iterations had user research (1 not recorded)."


@pytest.mark.parametrize(
    ("ends", "level"), [((0, 10, 20, 30), "green"), ((0, 12, 24, 32), "green"), ((0, 40, 60, 90, 100), "watch")]
)
def test_gaps_that_differ_are_irregular(ends: tuple[int, ...], level: str) -> None:
    assert finding(rhythm(pilot(), *iterations("P-01", *ends)), "rhythm.regularity").level == level


def test_the_settings_of_the_rhythm_turn_it() -> None:
    one = pilot(first_real_user_on=date(2026, 11, 1))
    assert rhythm(one, *every_two_weeks(22), rhythm_slipping=1.6).level == "green"
    assert rhythm(one, *every_two_weeks(36), rhythm_red_days=35).level == "red"
