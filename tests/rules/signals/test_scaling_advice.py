"""Scale-readiness: the word for what to do, and that leaving records out gains nothing."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.evidence_cases import DAY, iterations, make
from rules.scaling_cases import (
    GOOD,
    Compared,
    asked,
    but,
    condition,
    gate,
    judged,
    metric,
    number,
    one,
    pending,
    steady,
)

from tracker.rules.signals.result import Finding, Signal
from tracker.rules.signals.scaling.advice import STATUS_WORDS


def measured(k1: int, n1: int, k2: int, n2: int) -> list[Any]:
    def period(phase: str, ago: int, k: int, n: int) -> Any:
        end = DAY - timedelta(ago)
        span: dict[str, Any] = {"period_start": end - timedelta(29), "period_end": end}
        return make("measurement", metric="M-01", phase=phase, numerator=k, denominator=n, **span)

    return [period("baseline", 90, k1, n1), period("after", 5, k2, n2)]


def test_no_change_at_the_decision_with_cases_enough_asks_to_consider_stopping() -> None:
    """75 to 85% needs about 250 cases in each period."""
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
    released = iterations("P-01", 20, released_to="nobody")
    assert judged(*released, of=quiet, compared=()).status == status
    assert judged(of=one(phase="live", first_real_user_on=DAY - timedelta(400))).status == "not_known"


@pytest.mark.parametrize("phase", [None, "discovery", "alpha", "private_beta", "public_beta"])
@pytest.mark.parametrize("released", [None, "not asked"])
def test_what_nobody_recorded_is_no_reason_to_stop_or_to_do_anything(phase: str | None, released: str | None) -> None:
    """A pilot of which nothing is recorded but that it began long ago."""
    bare = one(phase=phase, first_real_user_on=None, start=DAY - timedelta(700), service=None, decision_due=None)
    silent = iterations("P-01", 20, released_to=None) if released else []
    found = judged(*silent, of=bare, compared=())
    assert found.recommendation == "" and found.status in ("too_early", "not_known")
    assert "advise" not in found.headline and "top" not in found.headline.replace("stopped", "")


def test_no_record_of_an_approval_is_no_reason_to_pause() -> None:
    """Real users, and nobody recorded a DPIA: that is asked for, but the rules advise nothing."""
    some = [r for r in GOOD if r.kind != "compliance"]
    found = judged(*some)
    assert (found.status, found.recommendation) == ("not_known", "")
    assert "No advice: 1 of 12 criteria is not known: 4 DPIA" in found.headline
    refused = judged(*some, make("compliance", item_kind="dpia", pilot="P-01", status="in_progress"))
    assert refused.recommendation == "Pause"


@pytest.mark.parametrize(
    ("release", "status"),
    [({"released_to": "some_real_users"}, "not_known"), ({"released_to": "test_users"}, "consider_stopping")],
)
def test_only_what_reached_real_users_by_the_day_is_of_value(release: dict[str, Any], status: str) -> None:
    quiet = one(first_real_user_on=DAY - timedelta(190), start=DAY - timedelta(220))
    some = [r for r in GOOD if r.kind != "iteration" and r.kind != "need"]
    assert judged(*some, *iterations("P-01", 183, **release), of=quiet).status == status
    assert judged(*some, *iterations("P-01", 0, **release), of=quiet).status == status
    nobody = iterations("P-01", 3, released_to="nobody")
    assert judged(*some, *nobody, *iterations("P-01", -1, **release), of=quiet).status == "consider_stopping"


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
    assert "unknown" not in states or found.recommendation not in ("Scale", "Scale with conditions", "Extend")
    assert (found.status == "ready") == (states <= {"met", "not_applicable"})
    assert not any("uid<" in one.sentence for one in found.criteria)
    assert found.data()["decides"] == "The board decides."
