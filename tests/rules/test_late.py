"""What is late, due or counted apart: each kind that has a day, on both sides of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.evidence_cases import DAY, evidence, make, pilot

from tracker.entities import Entity
from tracker.fields import VagueDay, WorkedOut
from tracker.rules.late import Lateness, deadlines, late_mark, lateness, summed

BEFORE = DAY - timedelta(1)
USUAL = {"text": "Something", "pilot": "P-01"}


def on(day: date, *records: Any, updated: dict[str, date] | None = None) -> Lateness:
    """Return what is late and due, of records and a pilot P-01 in private beta that was updated on the day."""
    pilots = [] if any(record.kind == "pilot" for record in records) else [pilot()]
    fresh = {"P-01": day, "P-02": day} if updated is None else updated
    return lateness(deadlines(evidence(*pilots, *records, day=day, updated=fresh)), day, 28)


def gate(**facts: Any) -> Any:
    return make("gate", "G-01", **{"name": "Beta", "pilot": "P-01", "outcome": "pending", **facts})


def criterion(**facts: Any) -> Any:
    plain = {"text": "It works", "gate": "G-01", "mandatory": True, "result": "not_assessed"}
    return make("criterion", "GC-001", **{**plain, **facts})


# Each kind with the records that make one thing due on DAY, and what it is called.
KINDS: dict[str, tuple[str, list[Any]]] = {
    "action": ("Action", [make("action", "A-001", **USUAL, due=DAY, status="open")]),
    "issue": ("Issue", [make("issue", "I-001", title="Broken", pilot="P-01", due=DAY, status="in_progress")]),
    "condition": ("Condition", [gate(outcome="amber"), make("condition", text="Mend it", gate="G-01", due=DAY)]),
    "gate": ("Gate", [gate(planned_on=DAY)]),
    "compliance": (
        "Compliance item",
        [make("compliance", item_kind="dpia", pilot="P-01", status="expired", due=DAY)],
    ),
    "compliance review": (
        "Review",
        [make("compliance", item_kind="dpia", pilot="P-01", status="signed_off", due=None, review_on=DAY)],
    ),
    "session": ("Training session", [make("session", title="Workshop", starts_on=DAY, status="planned")]),
    "iteration": (
        "Iteration",
        [make("iteration", goal="Learn", pilot="P-01", start=DAY, end=DAY, goal_result="open")],
    ),
    "decision": ("Decision", [make("decision", title="Go on", status="sought", needed_by=DAY)]),
    "draft decision": ("Decision", [make("decision", title="Go on", status="draft", needed_by=DAY)]),
    "deferred decision": ("Decision", [make("decision", title="Go on", status="deferred", needed_by=DAY)]),
    "decision deferred to a day": (
        "Decision",
        [make("decision", title="Go on", status="deferred", needed_by=DAY - timedelta(40), review_on=DAY)],
    ),
    "decision review": ("Review", [make("decision", title="Go on", status="taken", review_on=DAY)]),
    "forecast": ("Forecast end", [pilot(forecast_end=DAY)]),
    "forecast of a live pilot": ("Forecast end", [pilot(phase="live", forecast_end=DAY)]),
    "planned end": ("Forecast end", [pilot(forecast_end=DAY, actual_end=DAY + timedelta(30))]),
    "baseline": ("Baseline end", [pilot(baseline_end=DAY)]),
    "decision on a pilot": ("Decision", [pilot(decision_due=DAY)]),
    "review": ("Review", [make("risk", title="It fails", status="open", next_review_on=DAY, raised_on=DAY)]),
    "rating": ("Rating", [make("confidence", pilot="P-01", rating="amber", as_of=BEFORE, review_by=DAY)]),
    "target": (
        "Target",
        [make("metric", name="Completion", metric_kind="proportion", definition="x", target=0.8, target_on=DAY)],
    ),
    "training need": ("Training need", [make("need", role_group="Staff", pilot="P-01", headcount=9, needed_by=DAY)]),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_due_on_its_day_and_late_on_the_next(name: str) -> None:
    what, records = KINDS[name]
    today, tomorrow = on(DAY, *records), on(DAY + timedelta(1), *records)
    assert [deadline.what for deadline in today.due] == [what]
    assert not today.late and not today.apart
    (late,) = tomorrow.late
    assert (late.what, late.day, late.days_late(DAY + timedelta(1))) == (what, DAY, 1)
    assert "1 day late" in late_mark([late], DAY + timedelta(1))
    assert not on(DAY - timedelta(29), *records).due


DONE: dict[str, list[Any]] = {
    "done": [make("action", **USUAL, due=BEFORE, status="done")],
    "resolved": [make("issue", title="Broken", due=BEFORE, status="resolved")],
    "closed": [gate(outcome="amber"), make("condition", text="x", gate="G-01", due=BEFORE, closed_on=BEFORE)],
    "held": [gate(planned_on=BEFORE, outcome="green")],
    "signed off": [make("compliance", item_kind="dpia", pilot="P-01", status="signed_off", due=BEFORE)],
    "session held": [make("session", title="x", starts_on=BEFORE, status="held")],
    "session cancelled": [make("session", title="x", starts_on=BEFORE, status="cancelled")],
    "goal met": [make("iteration", goal="x", pilot="P-01", start=BEFORE, end=BEFORE, goal_result="met")],
    "taken": [make("decision", title="x", status="taken", needed_by=BEFORE)],
    "withdrawn": [make("decision", title="x", status="withdrawn", needed_by=BEFORE)],
    "ended": [pilot(forecast_end=BEFORE, actual_end=BEFORE)],
    "stopped": [pilot(phase="stopped", forecast_end=BEFORE, decision_due=BEFORE)],
    "decided": [pilot(decision_due=BEFORE, outcome="extended")],
    "later end given": [pilot(baseline_end=BEFORE, forecast_end=DAY)],
    "risk closed": [make("risk", title="x", status="closed", next_review_on=BEFORE)],
    "rated again": [
        make("confidence", "CR-001", pilot="P-01", rating="amber", as_of=BEFORE, review_by=BEFORE),
        make("confidence", "CR-002", pilot="P-01", rating="amber", as_of=DAY),
    ],
    "measured": [
        make("metric", "M-01", name="x", metric_kind="proportion", definition="x", target=0.8, target_on=BEFORE),
        make("measurement", metric="M-01", phase="after", period_start=BEFORE, period_end=DAY),
    ],
    "no target": [make("metric", name="x", metric_kind="proportion", definition="x", target_on=BEFORE)],
    "no day": [make("issue", title="x", status="open"), pilot(), gate()],
    "published": [make("board", title="x", meets_on=BEFORE - timedelta(90), status="published")],
    "trained": [
        make("need", role_group="Staff", pilot="P-01", headcount=2, needed_by=BEFORE),
        make("session", "T-01", title="x", pilot="P-01", starts_on=BEFORE, status="held"),
        make("attendance", session="T-01", role_group="staff", booked=2, present=2),
    ],
}


@pytest.mark.parametrize("name", DONE)
def test_what_is_done_or_has_no_day_is_neither_late_nor_due(name: str) -> None:
    result = on(DAY, *DONE[name])
    assert [deadline for deadline in (*result.late, *result.apart) if deadline.what != "Update"] == []


def test_an_older_rating_is_due_only_as_the_reason_of_the_newest_and_says_so() -> None:
    reason = "The criteria were met after the report."
    told = {"pilot": "P-01", "rating": "green", "evidence_signal": "red"}
    older = make("confidence", "CR-001", as_of=BEFORE, review_by=DAY, divergence_reason=reason, **told)
    newer = make("confidence", "CR-002", as_of=DAY, **told | {"rating": "amber"})
    due = [deadline for deadline in on(DAY, pilot(), older, newer).due if deadline.kind == "confidence"]
    assert [deadline.title for deadline in due] == ["reason that the newest rating relies on: Green (P-01)"]


def test_mandatory_criteria_are_due_with_their_gate_until_they_are_settled() -> None:
    result = on(DAY, gate(planned_on=BEFORE), criterion())
    assert [deadline.what for deadline in result.late] == ["Gate", "Gate criterion"]
    for settled in (
        criterion(result="met", evidence="Seen"),
        criterion(result="not_applicable", not_applicable_reason="No data is held"),
        criterion(mandatory=False),
    ):
        assert [deadline.what for deadline in on(DAY, gate(planned_on=BEFORE), settled).late] == ["Gate"]
    assert not on(DAY, gate(planned_on=BEFORE, outcome="green"), criterion()).late


def test_each_step_of_a_board_that_is_owed_is_late_by_its_own_day() -> None:
    board = make("board", "B-01", title="November", meets_on=DAY, status="collecting")
    result = on(DAY + timedelta(1), board)
    assert [(deadline.title, deadline.day) for deadline in result.late] == [
        ("Check, freeze and send the papers: November", date(2026, 11, 4)),
        ("Hold the meeting: November", DAY),
    ]
    papers, meeting = result.late
    assert papers.is_worked_out
    assert not meeting.is_worked_out  # somebody set the day on which it meets


def test_a_pilot_that_nobody_updated_is_late_after_the_days_that_the_programme_allows() -> None:
    one = pilot()
    assert not on(DAY, one, updated={"P-01": DAY - timedelta(21)}).late
    (late,) = on(DAY, one, updated={"P-01": DAY - timedelta(22)}).late
    assert (late.what, late.days_late(DAY)) == ("Update", 1)
    assert not on(DAY, pilot(phase="stopped"), updated={"P-01": DAY - timedelta(90)}).late


@pytest.mark.parametrize("span", ["month", "quarter", "year"])
def test_a_vague_day_is_late_only_after_its_last_day(span: str) -> None:
    vague = VagueDay.of(date(2026, 12, 31), span)
    action = make("action", **USUAL, due=vague, status="open")
    assert not on(date(2026, 12, 31), action).late
    (late,) = on(date(2027, 1, 1), action).late
    assert late.day == date(2026, 12, 31)
    first = VagueDay.of(date(2026, 10, 1), "quarter")  # a file of somebody else's may hold its first day
    assert not on(date(2026, 12, 31), make("action", **USUAL, due=first, status="open")).late


def test_a_review_that_nobody_set_is_worked_out_and_says_so() -> None:
    risk = make("risk", title="It fails", status="open", likelihood=5, impact=5, raised_on=DAY - timedelta(15))
    (late,) = on(DAY, risk).late
    assert late.is_worked_out and isinstance(late.day, WorkedOut)
    assert (late.day, late.days_late(DAY)) == (BEFORE, 1)


@pytest.mark.parametrize("phase", ["stopped", "retirement"])
def test_what_belongs_to_a_pilot_that_has_ended_is_counted_apart(phase: str) -> None:
    ended = pilot(phase=phase)
    condition = make("condition", text="x", gate="G-01", due=BEFORE)
    result = on(DAY, ended, gate(outcome="amber"), condition, KINDS["action"][1][0])
    assert not result.late and not result.due
    assert [deadline.what for deadline in result.apart] == ["Condition"]
    assert "late" not in late_mark(result.apart, DAY)
    assert "counted apart, 1 of pilots that have ended or were removed" in summed(result)


def test_what_belongs_to_a_pilot_that_was_removed_is_counted_apart() -> None:
    action = make("action", text="x", pilot="P-07", due=BEFORE, status="open")
    result = on(DAY, action)
    assert not result.late
    assert [deadline.ref for deadline in result.apart] == [action.ref]
    of_nobody = on(DAY, make("action", text="x", due=BEFORE, status="open"))
    assert len(of_nobody.late) == 1 and not of_nobody.apart


def test_nothing_is_late_is_said_only_of_nothing() -> None:
    assert summed(on(DAY, pilot())) == "Nothing is late."
    actions = [make("action", **USUAL, due=BEFORE, status="open") for _ in range(2)]
    assert summed(on(DAY, *actions, *KINDS["gate"][1], day_after())) == "3 late: 2 actions and 1 issue."
    many = [
        *actions,
        day_after(),
        make("session", title="x", starts_on=BEFORE, status="planned"),
        gate(planned_on=BEFORE),
    ]
    assert summed(on(DAY, *many), 1) == "5 late: 2 actions and 3 others."


def day_after() -> Any:
    return make("issue", title="x", pilot="P-01", due=BEFORE, status="open")


def test_the_registers_with_days_say_so_by_their_class() -> None:
    class Promise(Entity):
        """A promise."""

        kind = "promise"
        prefix = "PM"
        lead_field = "text"
        state_field = "status"
        open_states = ("open",)
        due_field = "by"

    assert Promise.dues
    assert not make("win", title="x").dues


@given(st.lists(st.tuples(st.integers(-60, 60), st.sampled_from(["P-01", "P-02", "P-09", None])), max_size=30))
def test_everything_is_late_due_later_or_apart_and_nothing_twice(facts: list[tuple[int, str | None]]) -> None:
    actions = [make("action", text="x", pilot=of, due=DAY + timedelta(days), status="open") for days, of in facts]
    result = on(DAY, pilot(), pilot("P-02", phase="stopped"), *actions)
    late = sum(days < 0 and of in ("P-01", None) for days, of in facts)
    apart = sum(days < 0 and of in ("P-02", "P-09") for days, of in facts)
    due = sum(0 <= days <= 28 and of in ("P-01", None) for days, of in facts)
    assert (len(result.late), len(result.apart), len(result.due)) == (late, apart, due)
    assert [deadline.day for deadline in result.late] == sorted(deadline.day for deadline in result.late)
