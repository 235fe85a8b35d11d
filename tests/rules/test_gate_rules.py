"""What the outcome of a gate demands, what a typed condition says, and which step of a pilot a gate opens."""

from datetime import date
from typing import Any

import pytest

from tracker.entities import entity
from tracker.entities.condition import Condition
from tracker.entities.criterion import GateCriterion
from tracker.entities.gate import Gate
from tracker.rules.gates import (
    OPENED_BY_A_GATE,
    OUTCOMES,
    RESULT_MARKS,
    STAGES,
    Asked,
    condition_due,
    in_the_way,
    needs_a_gate,
    override_note,
    read_condition,
    remarks,
    result_text,
    settled,
    unsettled,
)

DAY = date(2026, 11, 12)


def criterion(number: int, result: Any = "met", evidence: str | None = "seen", **more: Any) -> GateCriterion:
    return GateCriterion(
        **{"ref": f"GC-{number:03}", "text": "x", "gate": "g", "result": result, "evidence": evidence, **more}
    )


def condition(number: int = 1, **more: Any) -> Condition:
    return Condition(**{"ref": f"CN-{number:03}", "text": "x", "gate": "g", "due": DAY, **more})


def gate(number: int, outcome: Any, held_on: date | None, opens: Any = "private_beta") -> Gate:
    facts = {"ref": f"G-{number:02}", "outcome": outcome, "held_on": held_on, "opens_phase": opens}
    return Gate(**{"name": "x", "pilot": "p", **facts})


@pytest.mark.parametrize(
    ("result", "evidence", "reason", "expected"),
    [
        ("met", "a link", None, True),
        ("met", None, None, False),
        ("met", "  ", None, False),
        ("not_applicable", None, "Nobody pays here", True),
        ("not_applicable", "a link", None, False),
        ("not_applicable", None, "none", False),
        ("partly", "a link", None, False),
        ("not_met", "a link", None, False),
        ("not_assessed", None, None, False),
    ],
)
def test_settled_is_met_with_evidence_or_not_applicable_with_a_reason(
    result: str, evidence: str | None, reason: str | None, expected: bool
) -> None:
    assert settled(criterion(1, result, evidence, not_applicable_reason=reason)) is expected


def test_green_names_every_mandatory_criterion_that_is_in_its_way() -> None:
    asked = [
        criterion(1),
        criterion(2, "partly"),
        criterion(3, "not_assessed", None),
        criterion(4, "not_met", None, mandatory=False),
        criterion(5, "met", None),
    ]
    assert in_the_way("green", asked, []) == (
        "Green needs every mandatory criterion met with evidence, or not applicable with a reason. "
        "In the way: GC-002 (partly), GC-003 (not assessed) and GC-005 (met, but without evidence)."
    )
    assert [one.ref for one in unsettled(asked)] == ["GC-002", "GC-003", "GC-005"]
    assert in_the_way("green", [criterion(1), criterion(4, "not_met", None, mandatory=False)], []) == ""


def test_amber_needs_a_condition_with_a_date_open_or_closed() -> None:
    asked = [criterion(1, "not_met")]
    assert "at least one condition with a date" in in_the_way("amber", asked, [])
    assert "at least one condition with a date" in in_the_way("amber", asked, [condition(due=None)])
    assert in_the_way("amber", asked, [condition()]) == ""
    assert in_the_way("amber", asked, [condition(closed_on=DAY, evidence="done")]) == ""


@pytest.mark.parametrize("outcome", ["red", "stopped"])
def test_nothing_stands_in_the_way_of_not_passing(outcome: str) -> None:
    assert in_the_way(outcome, [criterion(1, "not_assessed", None)], []) == ""


def test_what_is_said_of_an_outcome_that_stands() -> None:
    assert remarks("green", [criterion(1)], []) == []
    assert "rests on the panel's word alone" in remarks("green", [], [])[0]
    assert "rests on the panel's word alone" in remarks("amber", [criterion(1, mandatory=False)], [condition()])[0]
    assert remarks("green", [criterion(1)], [condition(1), condition(2, closed_on=DAY)]) == [
        "Green asks for nothing more, yet CN-001 is open."
    ]
    assert remarks("amber", [criterion(1), criterion(2, "partly")], [condition()]) == [
        "1 of 2 mandatory criteria is not settled (GC-002): see that the conditions cover what is missing."
    ]
    assert remarks("red", [], []) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Measure the old route", Asked("Measure the old route")),
        (
            "Measure the old route; owner Delivery lead, Housing; due 1 Dec",
            Asked("Measure the old route", "Delivery lead, Housing", "1 Dec"),
        ),
        ("Fix it; DUE: +60d ; owner = PER-002", Asked("Fix it", "PER-002", "+60d")),
        ("Fix the form; then test it; due 2026-12-01", Asked("Fix the form; then test it", "", "2026-12-01")),
        ("Owner of the data to be named", Asked("Owner of the data to be named")),
        ("due to the law; ownership clear", Asked("due to the law; ownership clear")),
        ("; due 1 Dec", Asked("", "", "1 Dec")),
        ("Fix it;", Asked("Fix it")),
        ("", Asked("")),
    ],
)
def test_a_condition_as_people_type_it(typed: str, expected: Asked) -> None:
    assert read_condition(typed) == expected


def test_a_condition_without_a_date_is_due_90_days_after_its_gate() -> None:
    held, planned, today = date(2026, 9, 3), date(2026, 9, 1), date(2026, 11, 23)
    assert condition_due(held, planned, today) == date(2026, 12, 2)
    assert condition_due(None, planned, today) == date(2026, 11, 30)
    assert condition_due(None, None, today) == date(2027, 2, 21)


def test_only_a_step_forwards_needs_a_gate() -> None:
    assert needs_a_gate("alpha", "private_beta") and needs_a_gate("discovery", "live")
    assert needs_a_gate("paused", "private_beta") and needs_a_gate("", "alpha")
    for old, new in (("live", "alpha"), ("alpha", "alpha"), ("alpha", "paused"), ("live", "retirement")):
        assert not needs_a_gate(old, new), (old, new)
    assert not needs_a_gate("paused", "discovery")


def test_the_newest_gate_that_was_held_opens_a_phase() -> None:
    green, red = gate(1, "green", date(2026, 3, 1)), gate(2, "red", date(2026, 9, 1))
    assert override_note([green], "private_beta", DAY) == ""
    assert override_note([gate(1, "amber", DAY)], "private_beta", DAY) == ""
    missing = "No gate opened private beta; recorded as an override."
    for gates in ([], [gate(1, "green", None)], [gate(1, "pending", DAY)], [gate(1, "green", DAY, "public_beta")]):
        assert override_note(gates, "private_beta", DAY) == missing
    assert override_note([gate(1, "green", date(2026, 11, 13))], "private_beta", DAY) == missing
    told = override_note([red, green], "private_beta", DAY)
    assert told == "G-02, the newest gate for private beta, was red; recorded as an override."


def test_the_words_of_the_rules_are_those_of_the_entities() -> None:
    fields = entity("gate").fields()
    assert set(fields["outcome"].choices) == {"pending", *OUTCOMES}
    assert fields["opens_phase"].choices == OPENED_BY_A_GATE
    assert set(entity("criterion").fields()["result"].choices) == set(RESULT_MARKS)
    assert set(entity("pilot").fields()["phase"].choices) == {*STAGES, "paused", "stopped"}
    assert len(set(RESULT_MARKS.values())) == len(RESULT_MARKS)
    assert result_text("partly") == "▲ Partly"
