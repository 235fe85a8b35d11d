"""Scale-readiness: twelve criteria, and the status they make."""

from datetime import timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, make
from rules.scaling_cases import (
    GOOD,
    IMPROVED,
    Compared,
    asked,
    but,
    condition,
    gate,
    item,
    judged,
    metric,
    number,
    one,
    pending,
)


def test_everything_met_is_ready_and_the_board_decides() -> None:
    found = judged(*GOOD)
    assert [one.state for one in found.criteria] == ["met"] * 12
    assert (found.status, found.recommendation) == ("ready", "Scale")
    assert found.headline == "Ready: every mandatory criterion is met. The rules advise: Scale. The board decides."
    assert [one.number for one in found.criteria if not one.mandatory] == [10, 11]
    assert all(one.sentence and one.records for one in found.criteria)


def test_nothing_recorded_is_unknown_and_never_met() -> None:
    found = judged(of=one(first_real_user_on=None, service=None), compared=())
    assert {one.state for one in found.criteria} == {"unknown"}
    assert (found.status, found.recommendation) == ("not_known", "")
    assert found.headline.startswith(
        "Not known: no mandatory criterion is known to fail. No advice: 12 of 12 criteria are not known: 1 target"
    )


def test_optional_criteria_stand_in_nobodys_way() -> None:
    some = [r for r in but("integration") if not (r.kind == "criterion" and r.code == "contracts")]
    found = judged(*some)
    assert (number(found, 10).state, number(found, 11).state) == ("unknown", "unknown")
    assert found.status == "ready"


def test_partly_needs_a_dated_condition_for_each_open_point() -> None:
    some = but("criterion", asked("support", "partly"), asked("funding", "partly"), code="support")
    some = [r for r in some if not (r.kind == "criterion" and r.code == "funding" and r.result == "met")]
    assert judged(*some).status == "not_ready"
    assert judged(*some, pending(), condition()).status == "not_ready"
    found = judged(*some, pending(), condition(), condition())
    assert (found.status, found.recommendation) == ("ready_with_conditions", "Scale with conditions")
    assert "8 running cost and funding for 12 months and 9 support" in found.headline
    for bad in (condition(None), condition(DAY - timedelta(1)), condition(closed_on=DAY)):
        assert judged(*some, pending(), condition(), bad).status == "not_ready"
    two = judged(*some, pending(), condition(), condition(), scale_partly=1)
    assert two.status == "not_ready"


def test_conditions_of_gates_that_were_held_are_criterion_5() -> None:
    found = judged(*GOOD, condition(of="G-01"))
    assert (number(found, 5).state, found.status) == ("partly", "ready_with_conditions")
    assert number(judged(*GOOD, condition(DAY - timedelta(1), of="G-01")), 5).state == "not_met"
    assert number(judged(*GOOD, condition(None, of="G-01")), 5).state == "not_met"
    assert number(judged(*GOOD, condition(of="G-01", closed_on=DAY)), 5).state == "met"
    assert number(judged(*GOOD, gate("G-03", ago=5, outcome="red")), 5).state == "not_met"


def test_the_newest_gate_that_asks_wins_even_when_it_is_not_assessed() -> None:
    assert number(judged(*GOOD, gate("G-03", ago=5), asked("support", "not_met", "G-03")), 9).state == "not_met"
    assert number(judged(*GOOD, gate("G-03", ago=70), asked("support", "not_met", "G-03")), 9).state == "met"
    found = judged(*GOOD, pending(), asked("support", "not_assessed", "G-02"))
    assert (number(found, 9).state, found.status) == ("unknown", "not_known")
    assert number(judged(*GOOD, pending(), asked("contracts", "not_applicable", "G-02")), 10).state == "not_applicable"


@pytest.mark.parametrize(
    ("verdicts", "first", "second"),
    [
        (("improved", "improved"), "met", "met"),
        (("improved", "no_change"), "partly", "met"),
        (("no_change",), "not_met", "met"),
        (("improved", "worsened"), "partly", "not_met"),
        (("improved", "too_little"), "met", "partly"),
        (("too_little", "no_baseline"), "unknown", "unknown"),
        ((), "unknown", "unknown"),
    ],
)
def test_the_metrics(verdicts: tuple[str, ...], first: str, second: str) -> None:
    some = [Compared(metric(f"M-0{n}"), verdict) for n, verdict in enumerate(verdicts)]
    found = judged(*GOOD, compared=some)
    assert (number(found, 1).state, number(found, 2).state) == (first, second)


def test_a_metric_without_a_target_cannot_improve_readiness_but_can_harm_it() -> None:
    untargeted = metric("M-02", target=None)
    assert number(judged(*GOOD, compared=[Compared(untargeted, "improved")]), 1).state == "unknown"
    both = [*IMPROVED, Compared(untargeted, "worsened")]
    found = judged(*GOOD, compared=both)
    assert (number(found, 2).state, found.recommendation) == ("not_met", "Change and re-test")
    assert judged(*GOOD, compared=[*IMPROVED, Compared(untargeted, "too_little")]).status == "ready"


def test_harm_that_a_panel_found_in_a_group_of_users_counts() -> None:
    assert number(judged(*GOOD, asked("no_harm", "not_met")), 2).state == "not_met"
    assert number(judged(*GOOD, asked("no_harm", "met")), 2).state == "met"


@pytest.mark.parametrize(("days", "state"), [(55, "not_met"), (56, "met"), (-3, "not_met")])
def test_the_observation_window(days: int, state: str) -> None:
    found = judged(*GOOD, of=one(first_real_user_on=DAY - timedelta(days)))
    assert number(found, 3).state == state


@pytest.mark.parametrize(
    ("kind", "status", "state", "word"),
    [
        ("dpia", "in_progress", "not_met", "Pause"),
        ("security", "expired", "not_met", "Pause"),
        ("accessibility", "in_progress", "partly", "Extend"),
        ("accessibility", "not_started", "not_met", "Extend"),
        ("accessibility", "not_needed", "met", "Scale"),
    ],
)
def test_what_must_be_signed_off(kind: str, status: str, state: str, word: str) -> None:
    found = judged(*but("compliance", item(kind, status), item_kind=kind))
    assert (number(found, 4).state, found.recommendation) == (state, word)


def test_no_record_of_approvals_is_no_approval() -> None:
    assert number(judged(*but("compliance")), 4).state == "unknown"
    assert number(judged(*but("compliance", item_kind="accessibility")), 4).state == "unknown"
    no_data = judged(*but("compliance", item_kind="dpia"), of=one(personal_data="none"))
    assert number(no_data, 4).state == "met"


@pytest.mark.parametrize(
    ("present", "plan", "planned", "state"),
    [
        (9, "met", False, "met"),
        (9, "partly", True, "partly"),
        (9, "not_assessed", True, "met"),
        (9, None, False, "partly"),
        (8, "met", False, "partly"),
        (7, "met", True, "not_met"),
    ],
)
def test_training_and_the_plan_for_the_next_sites(present: int, plan: str | None, planned: bool, state: str) -> None:
    some = [r for r in but("attendance") if not (r.kind == "criterion" and r.code == "training_plan")]
    some.append(make("attendance", session="T-01", role_group="Staff", present=present))
    some += [asked("training_plan", plan)] if plan else []
    some += [make("session", title="Next", pilot="P-01", starts_on=DAY + timedelta(9))] if planned else []
    assert number(judged(*some), 6).state == state


def test_a_risk_above_appetite_must_be_covered_whatever_its_score() -> None:
    high = make("risk", "R-002", title="It snows", pilot="P-01", status="open", likelihood=2, impact=5)
    found = judged(*GOOD, high)
    assert (number(found, 7).state, number(found, 7).records) == ("not_met", ("R-002",))
    held = make("action", text="Salt", owner="PER-1", due=DAY, risk="R-002")
    assert number(judged(*GOOD, high, held), 7).state == "met"
    unscored = make("risk", "R-002", title="It snows", pilot="P-01", status="draft")
    assert number(judged(*GOOD, unscored), 7).state == "partly"


def test_connections_need_a_standard_and_somebody_who_is_told() -> None:
    def linked(**facts: Any) -> Any:
        return make("integration", name="Pay", provider="S-01", status="in_production", **facts)

    assert number(judged(*GOOD, linked(standard="ST-01")), 11).state == "partly"
    assert number(judged(*but("integration", linked(monitored=True))), 11).state == "not_met"
    test = make("integration", name="Pay", provider="S-01", status="in_test")
    assert number(judged(*but("integration", test)), 11).state == "unknown"
