"""The rushed-pilot warning: its eleven flags, each at its edge."""

from datetime import date, timedelta
from typing import Any

import pytest
from rules.evidence_cases import evidence, iterations, make, pilot
from rules.rushed_cases import (
    CALM,
    GATE,
    LIVE,
    criterion,
    fired,
    gate,
    item,
    judged,
    measured,
    metric,
    one,
    rule,
    session,
    without,
)

from tracker.rules.day import Move
from tracker.rules.signals.rushed.gate_evidence import last_working_days
from tracker.rules.signals.training_days import first_session


def test_a_calm_pilot_is_clear_and_says_what_was_looked_at() -> None:
    found = judged(*CALM)
    assert (found.level, fired(found), found.missing) == ("clear", [], ())
    assert [one.id for one in found.findings] == [f"RP{n}" for n in range(1, 10)]
    assert {one.level for one in found.findings} == {"green"}


def test_the_pilot_that_nobody_prepared_has_seven_flags() -> None:
    """P-04 of the demonstration, without its file."""
    some = [
        gate(),
        *(criterion(GATE) for _ in range(5)),
        *(criterion() for _ in range(2)),
        *(criterion(None, result="not_assessed", evidence=None) for _ in range(3)),
        item("dpia", "in_progress"),
        item("security"),
        metric(),
        session(date(2026, 10, 20)),
        *iterations("P-01", 3, 17, day=LIVE, users_researched=2),
    ]
    found = judged(*some, of=one(baseline_end=date(2026, 11, 23), decision_due=date(2026, 11, 23), users_tested=3))
    assert found.level == "warning"
    assert fired(found) == ["RP1", "RP2!", "RP3", "RP4!", "RP5", "RP6!", "RP7"]
    assert rule(found, "RP1").sentence == (
        "35 days with real users are planned (19 Oct 2026 to 23 Nov 2026); at least 56 are needed to judge the result."
    )
    assert (rule(found, "RP2").value, rule(found, "RP3").value, rule(found, "RP5").value) == ("70%", "71%", "3")
    assert "G-01" in rule(found, "RP2").records
    assert found.headline.startswith("7 flags (RP1, RP2!, RP3, RP4!, RP5, RP6! and RP7): ")


@pytest.mark.parametrize(("days", "fires"), [(55, True), (56, False)])
def test_rp1_the_planned_time_with_real_users(days: int, fires: bool) -> None:
    found = judged(*CALM, of=one(baseline_end=LIVE + timedelta(days)))
    assert fired(found) == (["RP1"] if fires else [])
    assert rule(found, "RP1").borderline
    assert found.level == ("watch" if fires else "clear")


def test_rp1_is_judged_by_the_end_now_planned() -> None:
    assert fired(judged(*CALM, of=one(forecast_end=LIVE + timedelta(20)))) == ["RP1"]
    extended = one(baseline_end=LIVE + timedelta(20), forecast_end=LIVE + timedelta(80))
    assert fired(judged(*CALM, of=extended)) == []


def test_rp2_counts_what_does_not_apply_and_leaves_out_what_is_optional() -> None:
    good = criterion(None, result="not_applicable", evidence=None, not_applicable_reason="No payments are taken")
    optional = criterion(None, result="not_met", evidence=None, mandatory=False)
    assert fired(judged(*CALM, good, optional)) == []
    empty = criterion(evidence="  ")
    assert fired(judged(*CALM, empty)) == ["RP2!"]


def test_rp2_a_gate_held_again_replaces_the_first_and_a_red_one_let_nobody_through() -> None:
    bad = criterion(None, gate="G-02", result="partly", evidence=None)
    later = gate("G-02", held_on=date(2026, 10, 30))
    assert fired(judged(*CALM, later, bad)) == ["RP2!"]
    assert fired(judged(*CALM, gate("G-02", held_on=date(2026, 9, 30)), bad)) == []
    assert fired(judged(*CALM, gate("G-02", held_on=date(2026, 10, 30), outcome="red"), bad)) == []
    assert fired(judged(*CALM, gate("G-02", opens_phase="alpha"), bad)) == []


def test_rp2_a_gate_without_criteria_is_not_known_rather_than_good() -> None:
    found = judged(*without("criterion"))
    assert rule(found, "RP2").level == "grey"
    assert "the mandatory criteria of G-01" in found.missing


@pytest.mark.parametrize(
    ("day", "days", "first"),
    [
        (date(2026, 10, 16), 2, date(2026, 10, 15)),  # Friday: Thursday and Friday
        (date(2026, 10, 19), 2, date(2026, 10, 16)),  # Monday: Friday and Monday
        (date(2026, 10, 18), 2, date(2026, 10, 15)),  # Sunday: Thursday and Friday
        (date(2026, 10, 14), 1, date(2026, 10, 14)),
    ],
)
def test_the_last_working_days_leave_out_weekends(day: date, days: int, first: date) -> None:
    assert last_working_days(day, days) == first


@pytest.mark.parametrize(("late", "early", "fires"), [(1, 1, False), (4, 3, True), (0, 2, False)])
def test_rp3_more_than_half_of_the_evidence_in_the_last_two_working_days(late: int, early: int, fires: bool) -> None:
    some = [criterion(date(2026, 10, 15)) for _ in range(late)] + [criterion(date(2026, 10, 14)) for _ in range(early)]
    found = judged(*without("criterion"), *some)
    assert fired(found) == (["RP3"] if fires else [])


def test_rp3_counts_no_evidence_that_came_after_the_gate_or_has_no_day() -> None:
    some = [criterion(), criterion(GATE), criterion(date(2026, 10, 20)), criterion(None)]
    found = rule(judged(*without("criterion"), *some), "RP3")
    assert (found.level, found.value) == ("green", "50%")


@pytest.mark.parametrize(("ends", "fires"), [(LIVE, True), (LIVE - timedelta(1), False)])
def test_rp4_the_baseline_must_end_before_real_users_come(ends: date, fires: bool) -> None:
    found = judged(*without("measurement"), measured("baseline", ends, 412, 598))
    assert fired(found) == (["RP4!"] if fires else [])


def test_rp4_one_target_metric_with_a_baseline_is_enough_and_the_other_is_named() -> None:
    found = judged(*CALM, metric("M-02", name="Minutes", metric_kind="mean", target=25.0))
    assert fired(found) == []
    assert found.missing == ("the baseline of M-02",)
    assert fired(judged(*without("metric"))) == ["RP4!"]
    comparison = measured("baseline", date(2026, 9, 20), 4, 9, cohort="comparison")
    assert fired(judged(*without("measurement"), comparison)) == ["RP4!"]


def test_rp5_the_iterations_tell_when_the_pilot_does_not_and_nothing_is_not_nought() -> None:
    some = [r for r in CALM if r.kind != "iteration"]
    two = iterations("P-01", 3, 17, day=LIVE, users_researched=2)
    assert fired(judged(*some, *two, of=one(users_tested=None))) == ["RP5"]
    later = iterations("P-01", -5, day=LIVE, users_researched=50)
    assert fired(judged(*some, *two, *later, of=one(users_tested=None))) == ["RP5"]
    silent = iterations("P-01", 3, 17, day=LIVE, users_researched=None)
    found = judged(*some, *silent, of=one(users_tested=None))
    assert "how many users it was tested with" in found.missing
    assert fired(found) == ["RP8"]
    assert fired(judged(*CALM, of=one(users_tested=0))) == ["RP5"]
    assert fired(judged(*CALM, of=one(users_tested=4))) == ["RP5"]
    assert fired(judged(*CALM, of=one(users_tested=5))) == []


@pytest.mark.parametrize(
    ("data", "dpia", "security", "fires"),
    [
        ("yes", "in_progress", "signed_off", True),
        ("yes", "not_needed", "signed_off", False),
        ("none", None, "signed_off", False),
        ("unknown", None, "signed_off", True),
        ("none", None, "expired", True),
        ("special_category", "signed_off", None, True),
    ],
)
def test_rp6_real_users_need_a_dpia_and_security(data: str, dpia: Any, security: Any, fires: bool) -> None:
    some = [item(kind, status) for kind, status in (("dpia", dpia), ("security", security)) if status]
    found = judged(*without("compliance"), *some, of=one(personal_data=data))
    assert fired(found) == (["RP6!"] if fires else [])
    assert found.level == ("warning" if fires else "clear")
    assert ("Whether it uses personal data is not recorded" in rule(found, "RP6").sentence) == (data == "unknown")


@pytest.mark.parametrize(("lead", "fires"), [(-1, True), (0, True), (13, True), (14, False)])
def test_rp7_the_first_training_comes_two_weeks_before(lead: int, fires: bool) -> None:
    found = judged(*without("session"), session(LIVE - timedelta(lead)))
    assert fired(found) == (["RP7"] if fires else [])


def test_rp7_a_cancelled_session_or_one_whose_day_passed_without_a_word_is_none() -> None:
    some = [session(date(2026, 9, 1), status="cancelled"), session(date(2026, 9, 2), "T-02", status="planned")]
    known = evidence(one(), *without("session"), *some)
    assert first_session(known, one()) is None
    found = judged(*without("session"), *some)
    assert (fired(found), found.missing) == ([], ("a training need or session",))
    need = make("need", role_group="Counter staff", pilot="P-01", headcount=9)
    assert fired(judged(*without("session"), *some, need)) == ["RP7"]


def test_rp8_wants_two_closed_iterations_with_research() -> None:
    some = [r for r in CALM if r.kind != "iteration"]
    assert fired(judged(*some, *iterations("P-01", 3, day=LIVE))) == ["RP8"]
    assert fired(judged(*some, *iterations("P-01", 3, 17, day=LIVE, goal_result="open"))) == ["RP8"]
    assert fired(judged(*some, *iterations("P-01", 0, 17, day=LIVE))) == []
    assert fired(judged(*some, *iterations("P-01", -1, 17, day=LIVE))) == ["RP8"]


def test_rp9_is_not_counted_beside_rp1() -> None:
    soon = LIVE + timedelta(30)
    assert fired(judged(*CALM, of=one(decision_due=soon))) == ["RP9"]
    assert fired(judged(*CALM, of=one(decision_due=soon, baseline_end=soon))) == ["RP1"]


@pytest.mark.parametrize(("cases", "fires"), [(10, True), (80, False)])
def test_rp9_projects_the_cases_to_the_day_of_the_decision(cases: int, fires: bool) -> None:
    """69 to 85% needs about 110 cases: 20 days gave so many, and there are 85 days left."""
    after = measured("after", date(2026, 11, 8), cases * 8 // 10, cases, days=20)
    found = judged(*CALM, after)
    assert fired(found) == (["RP9"] if fires else [])
    if fires:
        assert "M-01" in rule(found, "RP9").records
        assert rule(found, "RP9").value == "52"  # 10 in 20 days, and 85 days more


def test_rp10_a_decision_moved_earlier_takes_a_share_of_the_time_that_was_left() -> None:
    due = date(2027, 1, 1)
    moved = Move(date(2026, 9, 23), date(2027, 1, 1) + timedelta(30), due)  # 130 days ahead, 30 taken
    found = judged(*CALM, of=one(decision_due=due), moves={("P-01", "decision_due"): [moved]})
    assert fired(found) == ["RP10"]
    assert rule(found, "RP10").value == "23%"
    back = one(decision_due=due + timedelta(20))
    assert fired(judged(*CALM, of=back, moves={("P-01", "decision_due"): [moved]})) == []
    later = Move(date(2026, 9, 23), due - timedelta(30), due)
    assert fired(judged(*CALM, of=one(decision_due=due), moves={("P-01", "decision_due"): [later]})) == []


def test_rp11_compares_a_stage_with_at_least_three_of_the_programme() -> None:
    others = [pilot(f"P-0{n}", start=date(2026, 1, 1)) for n in (2, 3)]
    moves: dict[tuple[str, str], list[Move]] = {
        (other.ref, "phase"): [Move(date(2026, 3, 2), "discovery", "alpha")] for other in others
    }
    own = [Move(date(2026, 9, 28), "discovery", "alpha"), Move(GATE, "alpha", "private_beta")]
    found = judged(*CALM, *others, moves={**moves, ("P-01", "phase"): own})
    assert fired(found) == ["RP11"]  # 7 days against a median of 60
    assert rule(found, "RP11").sentence.startswith("Discovery took 7 days; the median of the programme's 3 is 60")
    fewer = judged(*CALM, others[0], moves={("P-02", "phase"): moves["P-02", "phase"], ("P-01", "phase"): own})
    assert fired(fewer) == []
    skipped = [Move(date(2026, 9, 21), "discovery", "alpha")]
    assert fired(judged(*CALM, *others, moves={**moves, ("P-01", "phase"): skipped})) == []


@pytest.mark.parametrize(("days", "fires"), [(29, True), (30, False)])
def test_rp11_a_stage_of_half_the_median_is_not_short(days: int, fires: bool) -> None:
    began = date(2026, 1, 1)
    others = [pilot(f"P-0{n}", start=began) for n in (2, 3, 4)]
    moves = {(o.ref, "phase"): [Move(began + timedelta(60), "discovery", "alpha")] for o in others}
    own = [Move(one().start + timedelta(days), "discovery", "alpha")]
    found = judged(*CALM, *others, moves={**moves, ("P-01", "phase"): own})
    assert fired(found) == (["RP11"] if fires else [])
    back = [Move(one().start + timedelta(days), "discovery", "paused")]
    assert fired(judged(*CALM, *others, moves={**moves, ("P-01", "phase"): back})) == []


@pytest.mark.parametrize(("taken", "fires"), [(20, False), (21, True)])
def test_rp10_a_fifth_of_the_time_is_not_more_than_a_fifth(taken: int, fires: bool) -> None:
    due = date(2027, 3, 1)
    told, first = due - timedelta(100), Move(date(2026, 9, 21), None, due)
    now = due - timedelta(taken)
    moves = {("P-01", "decision_due"): [first, Move(told, due, now), Move(told, now, None), Move(told, None, now)]}
    assert fired(judged(*CALM, of=one(decision_due=now), moves=moves)) == (["RP10"] if fires else [])
    late = {("P-01", "decision_due"): [Move(due, due, now)]}  # nothing was left to take from
    assert fired(judged(*CALM, of=one(decision_due=now), moves=late)) == []


@pytest.mark.parametrize(("days", "fires"), [(55, True), (56, False)])
def test_rp9_the_decision_waits_for_the_observation_time(days: int, fires: bool) -> None:
    assert fired(judged(*CALM, of=one(decision_due=LIVE + timedelta(days)))) == (["RP9"] if fires else [])
