"""Scale-readiness: twelve criteria, the status they make, and the word for what to do."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.evidence_cases import DAY, evidence, iterations, make, pilot

from tracker.rules.signals.result import Finding, Signal
from tracker.rules.signals.scaling import STATUS_WORDS, ScaleReadiness, scale_readiness
from tracker.rules.signals.scaling_criteria import Criterion

steady = settings(derandomize=True, max_examples=100, deadline=None)


class Compared(NamedTuple):
    """What readiness looks at of a comparison."""

    metric: Any
    verdict: str


def metric(ref: str = "M-01", **facts: Any) -> Any:
    plain = {"name": "Completion rate", "metric_kind": "proportion", "definition": "Done of begun", "target": 0.8}
    return make("metric", ref, **{**plain, "pilot": "P-01", **facts})


def one(**facts: Any) -> Any:
    plain = {"first_real_user_on": DAY - timedelta(56), "personal_data": "yes", "phase": "public_beta"}
    return pilot(**{**plain, "service": "S-01", "decision_due": DAY + timedelta(9), **facts})


def gate(ref: str = "G-01", ago: int = 60, **facts: Any) -> Any:
    plain = {"name": "Public beta", "pilot": "P-01", "outcome": "green", "held_on": DAY - timedelta(ago)}
    return make("gate", ref, **{**plain, **facts})


def pending(ref: str = "G-02") -> Any:
    return gate(ref, outcome="pending", held_on=None, planned_on=DAY + timedelta(5))


def asked(code: str, result: str = "met", of: str = "G-01", ref: str = "") -> Any:
    more = {"evidence": "We looked"} if result != "not_applicable" else {"not_applicable_reason": "No contract"}
    return make("criterion", ref, text="So it is", gate=of, code=code, result=result, **more)


def item(kind: str, status: str = "signed_off") -> Any:
    return make("compliance", item_kind=kind, pilot="P-01", status=status)


def condition(due: date | None = DAY + timedelta(20), of: str = "G-02", **facts: Any) -> Any:
    return make("condition", text="Do it", gate=of, due=due, **facts)


GOOD = (
    gate(),
    *(asked(code) for code in ("funding", "support", "contracts", "consulted", "training_plan")),
    *(item(kind) for kind in ("dpia", "security", "accessibility")),
    make("need", role_group="Staff", pilot="P-01", headcount=10),
    make("session", "T-01", title="Workshop", pilot="P-01", starts_on=DAY - timedelta(90), status="held"),
    make("attendance", session="T-01", role_group="Staff", present=9),
    make("risk", "R-001", title="It rains", pilot="P-01", status="open", likelihood=2, impact=2),
    make("integration", name="Address", consumer="S-01", standard="ST-01", monitored=True, status="in_production"),
    *iterations("P-01", 10, released_to="all_real_users"),
)
IMPROVED = (Compared(metric(), "improved"),)


def judged(*records: Any, of: Any = None, compared: Any = IMPROVED, **more: Any) -> ScaleReadiness:
    which = of or one()
    dimensions = more.pop("dimensions", {})
    known = evidence(which, *(c.metric for c in compared), *records, **more)
    return scale_readiness(known, which, dimensions, compared)


def but(kind: str, *instead: Any, **fields: Any) -> list[Any]:
    """Return the good records, with other ones instead of those of a kind whose fields have these values."""
    return [r for r in GOOD if not (r.kind == kind and all(getattr(r, k) == v for k, v in fields.items()))] + [*instead]


def number(found: ScaleReadiness, which: int) -> Criterion:
    return found.criteria[which - 1]


def test_everything_met_is_ready_and_the_board_decides() -> None:
    found = judged(*GOOD)
    assert [one.state for one in found.criteria] == ["met"] * 12
    assert (found.status, found.recommendation) == ("ready", "Scale")
    assert found.headline == "Ready: every mandatory criterion is met. Recommendation: Scale. The board decides."
    assert [one.number for one in found.criteria if not one.mandatory] == [10, 11]
    assert all(one.sentence and one.records for one in found.criteria)


def test_nothing_recorded_is_unknown_and_never_met() -> None:
    found = judged(of=one(first_real_user_on=None, service=None), compared=())
    assert {one.state for one in found.criteria} == {"unknown"}
    assert found.status == "not_ready"


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
    assert (number(found, 9).state, found.status) == ("unknown", "not_ready")
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


def measured(k1: int, n1: int, k2: int, n2: int) -> list[Any]:
    def period(phase: str, ago: int, k: int, n: int) -> Any:
        end = DAY - timedelta(ago)
        span = {"period_start": end - timedelta(29), "period_end": end}
        return make("measurement", metric="M-01", phase=phase, numerator=k, denominator=n, **span)

    return [period("baseline", 90, k1, n1), period("after", 5, k2, n2)]


def test_no_change_at_the_decision_with_cases_enough_asks_to_consider_stopping() -> None:
    """75 to 85 % needs about 250 cases in each period."""
    same = [Compared(metric(target=0.85), "no_change")]
    due = one(decision_due=DAY)
    enough, few = measured(301, 402, 333, 430), measured(301, 402, 155, 200)
    found = judged(*GOOD, *enough, of=due, compared=same)
    assert (found.status, found.recommendation) == ("consider_stopping", "Stop")
    assert "M-01" in found.headline
    assert judged(*GOOD, *few, of=due, compared=same).status == "not_ready"
    ahead = judged(*GOOD, *enough, of=one(decision_due=DAY + timedelta(1)), compared=same)
    assert (ahead.status, ahead.recommendation) == ("not_ready", "Change and re-test")
    worse = [Compared(metric(target=0.85), "worsened")]
    assert judged(*GOOD, *few, of=due, compared=worse).status == "consider_stopping"
    mixed = [*worse, Compared(metric("M-02"), "improved")]
    assert judged(*GOOD, *few, of=due, compared=mixed).status == "not_ready"


@pytest.mark.parametrize(("since", "status"), [(183, "too_early"), (184, "consider_stopping")])
def test_half_a_year_without_anything_for_real_users(since: int, status: str) -> None:
    quiet = one(phase="alpha", first_real_user_on=None, start=DAY - timedelta(since))
    found = judged(of=quiet, compared=())
    assert found.status == status
    assert judged(of=one(phase="live", first_real_user_on=DAY - timedelta(400))).status == "not_ready"


@pytest.mark.parametrize(
    ("release", "status"),
    [({"released_to": "some_real_users"}, "not_ready"), ({"released_to": "test_users"}, "consider_stopping")],
)
def test_only_what_reached_real_users_by_the_day_is_of_value(release: dict[str, Any], status: str) -> None:
    quiet = one(first_real_user_on=DAY - timedelta(190), start=DAY - timedelta(220))
    some = [r for r in GOOD if r.kind != "iteration" and r.kind != "need"]
    assert judged(*some, *iterations("P-01", 183, **release), of=quiet).status == status
    assert judged(*some, *iterations("P-01", 0, **release), of=quiet).status == status
    assert judged(*some, *iterations("P-01", -1, **release), of=quiet).status == "consider_stopping"


def test_what_is_due_today_is_not_overdue() -> None:
    assert number(judged(*GOOD, condition(DAY, of="G-01")), 5).state == "partly"
    assert judged(*but("criterion", asked("support", "partly"), code="support"), pending(), condition(DAY)).status == (
        "ready_with_conditions"
    )
    assert number(judged(*GOOD, gate("G-03", ago=0, outcome="red")), 5).state == "not_met"


def test_before_real_users_and_after_scaling_the_question_does_not_arise() -> None:
    early = one(phase="alpha", first_real_user_on=None, start=DAY - timedelta(30))
    found = judged(of=early, compared=())
    assert (found.status, found.recommendation) == ("too_early", "")
    stalled = Signal("rhythm", "Rhythm", "red", (Finding("h", "red", "Stalled."),), headline="Stalled for 76 days.")
    found = judged(of=early, compared=(), dimensions={"rhythm": stalled})
    assert (found.recommendation, found.reasons[0]) == ("Pause", "Stalled for 76 days.")
    done = judged(*GOOD, of=one(phase="live", outcome="scaled"))
    assert (done.status, done.recommendation) == ("scaled", "")


@steady
@given(st.sets(st.integers(0, len(GOOD) - 1)), st.sampled_from(["improved", "no_change", "worsened", "too_little"]))
def test_readiness_never_comes_from_leaving_records_out(kept: set[int], verdict: str) -> None:
    found = judged(*(GOOD[n] for n in sorted(kept)), compared=[Compared(metric(), verdict)])
    assert found == judged(*(GOOD[n] for n in sorted(kept)), compared=[Compared(metric(), verdict)])
    assert found.status in STATUS_WORDS
    states = {one.state for one in found.criteria if one.mandatory}
    assert (found.status == "ready") == (states <= {"met", "not_applicable"})
    assert not any("uid<" in one.sentence for one in found.criteria)
    assert found.data()["decides"] == "The board decides."
