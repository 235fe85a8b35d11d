"""Gates as they are prepared, answered and taken; and the rules of all that hangs on them."""

from datetime import date
from typing import Any

import pytest
from conftest import at

from tracker.errors import Invalid, TrackerError
from tracker.services.gates import NewCondition, answer, checklist, read_conditions, take
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import Fate, add, change, remove
from tracker.storage.journal.history import of_command, of_record
from tracker.storage.queries import Query, count, record, rows
from tracker.storage.store import Acting, Store

TODAY, TOMORROW = date(2026, 10, 1), date(2026, 10, 2)
HELD = date(2026, 9, 24)


@pytest.fixture
def pilot(store: Store, ana: Acting) -> str:
    return add(store, "pilot", {"name": "Parking", "phase": "alpha"}, ana).uid


@pytest.fixture
def gate(store: Store, ana: Acting, pilot: str) -> str:
    values = {"name": "Private beta gate", "pilot": pilot, "opens_phase": "private_beta", "planned_on": HELD}
    return add(store, "gate", values, ana).uid


@pytest.fixture
def asked(store: Store, ana: Acting, gate: str) -> list[str]:
    """Three criteria of the gate; the last is not mandatory."""
    texts = (("People finish the task", True), ("DPIA signed off", True), ("Code is open", False))
    return [add(store, "criterion", {"text": t, "gate": gate, "mandatory": m}, ana).uid for t, m in texts]


def refused(action: Any, *given: Any, **more: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        action(*given, **more)
    return {problem.field: problem.message for problem in caught.value.problems}


def of(store: Store, kind: str, uid: str) -> Any:
    return record(store, kind, uid)


def settle(store: Store, by: Acting, asked: list[str]) -> None:
    answer(store, asked[0], "met", "9 of 10 in the test of 3 September", by)
    answer(store, asked[1], "not_applicable", "No personal data is kept", by)


def test_an_answer_is_saved_at_once_with_its_evidence(store: Store, ana: Acting, gate: str, asked: list[str]) -> None:
    saved = answer(store, asked[0], "met", "  A link  ", ana)
    assert saved.tx and len(of_command(store, saved.tx)) == 3
    one = of(store, "criterion", asked[0])
    assert (one.result, one.evidence, one.evidence_added_on) == ("met", "A link", TODAY)
    answer(store, asked[0], "partly", None, ana)
    one = of(store, "criterion", asked[0])
    assert (one.result, one.evidence) == ("partly", "A link")
    answer(store, asked[1], "not_applicable", "No personal data is kept", ana)
    one = of(store, "criterion", asked[1])
    assert (one.result, one.evidence, one.not_applicable_reason) == ("not_applicable", None, "No personal data is kept")


@pytest.mark.parametrize("text", [None, "", "   "])
def test_nothing_is_met_without_evidence(store: Store, ana: Acting, asked: list[str], text: str | None) -> None:
    told = refused(answer, store, asked[0], "met", text, ana)
    assert told == {"evidence": "A criterion is met only with evidence: give a sentence or a link that shows it."}
    told = refused(answer, store, asked[0], "not_applicable", text, ana)
    assert told == {"not_applicable_reason": "Say why the criterion is not applicable, in 5 characters or more."}
    assert of(store, "criterion", asked[0]).result == "not_assessed"
    assert len(of_record(store, asked[0])) == 1
    given = {"text": "x", "gate": of(store, "criterion", asked[0]).gate, "result": "met"}
    assert set(refused(add, store, "criterion", given, ana)) == {"evidence"}


def test_evidence_that_a_criterion_rests_on_cannot_be_taken_away(store: Store, ana: Acting, asked: list[str]) -> None:
    answer(store, asked[0], "met", "A link", ana)
    assert set(refused(change, store, "criterion", asked[0], {"evidence": None}, ana)) == {"evidence"}


def test_the_checklist_shows_what_stands_in_the_way(store: Store, ana: Acting, gate: str, asked: list[str]) -> None:
    answer(store, asked[0], "met", "A link", ana)
    add(store, "condition", {"text": "Late", "gate": gate, "due": HELD, "owner": ana.person}, ana)
    add(store, "condition", {"text": "Done", "gate": gate, "due": HELD, "closed_on": HELD, "evidence": "seen"}, ana)
    add(store, "condition", {"text": "Open", "gate": gate, "due": TODAY}, ana)
    found = checklist(store, gate, TODAY)
    assert (found.gate.ref, found.pilot.ref, found.outcome) == ("G-01", "P-01", "pending")
    assert [(one.ref, one.result, one.settled) for one in found.criteria] == [
        ("GC-001", "met", True),
        ("GC-002", "not_assessed", False),
        ("GC-003", "not_assessed", False),
    ]
    assert found.mandatory == (1, 2)
    assert found.counts == {"met": 1, "not_assessed": 2}
    assert [(one.text, one.state) for one in found.conditions] == [
        ("Late", "overdue"),
        ("Done", "closed"),
        ("Open", "open"),
    ]
    assert str(found.conditions[0].owner) == "PER-001 ana"
    assert set(found.in_the_way) == {"green"} and "GC-002 (not assessed)" in found.in_the_way["green"]
    assert found.may_advance


@pytest.mark.parametrize("front", ["set", "take"])
def test_green_and_amber_are_refused_the_same_way_by_set_and_take(
    store: Store, ana: Acting, gate: str, asked: list[str], front: str
) -> None:
    def hold(outcome: str) -> Any:
        if front == "take":
            return take(store, gate, outcome, ana)
        return change(store, "gate", gate, {"outcome": outcome}, ana)

    answer(store, asked[0], "partly", None, ana)
    told = refused(hold, "green")["outcome"]
    assert told.endswith("In the way: GC-001 (partly) and GC-002 (not assessed).")
    assert "at least one condition with a date" in refused(hold, "amber")["outcome"]
    assert of(store, "gate", gate).outcome == "pending"
    settle(store, ana, asked)
    saved = hold("green")
    assert saved.notes == ("P-01 may go on to private beta: it is still in alpha.",)
    assert (of(store, "gate", gate).outcome, of(store, "gate", gate).held_on) == ("green", TODAY)
    assert of(store, "pilot", of(store, "gate", gate).pilot).phase == "alpha"


def test_a_gate_that_is_added_with_an_outcome(store: Store, ana: Acting, pilot: str) -> None:
    values = {"name": "Long ago", "pilot": pilot, "held_on": HELD}
    assert "rests on the panel's word alone" in add(store, "gate", {**values, "outcome": "green"}, ana).notes[0]
    assert "still pending" in refused(add, store, "gate", {**values, "outcome": "amber"}, ana)["outcome"]
    told = refused(add, store, "gate", {**values, "outcome": "green", "held_on": TOMORROW}, ana)
    assert "later than today" in told["held_on"]
    (note,) = add(store, "gate", {**values, "outcome": "red"}, ana).notes
    assert note == "Red proposes a pause of the pilot: P-01 is still in alpha."


def test_amber_with_its_conditions_is_one_command_and_one_undo(
    store: Store, ana: Acting, gate: str, asked: list[str]
) -> None:
    lead = add(store, "person", {"display_name": "Delivery lead, Housing"}, ana).uid
    typed = ["Measure the old route; owner Delivery lead, Housing", "Mend the contrast; due 1 Dec"]
    saved = take(
        store,
        gate,
        "amber",
        ana,
        held_on=HELD,
        recommendation="Go on, with care",
        conditions=read_conditions(store, typed, TODAY),
        advance=True,
    )
    found = rows(store, Query("condition"), ["text", "owner", "due"])
    assert [(row[2], row[3] and row[3].uid, row[4]) for row in found] == [
        ("Measure the old route", lead, date(2026, 12, 23)),
        ("Mend the contrast", None, date(2026, 12, 1)),
    ]
    held = of(store, "gate", gate)
    assert (held.outcome, held.held_on, held.recommendation) == ("amber", HELD, "Go on, with care")
    moved = of(store, "pilot", held.pilot)
    assert (moved.phase, moved.phase_started) == ("private_beta", HELD)
    assert {change.reason for change in of_command(store, saved.tx)} == {"Gate G-01 held: amber"}
    assert "P-01 went from alpha to private beta." in saved.notes
    assert not any("override" in note or "may go on" in note for note in saved.notes)
    undo(store, ana)
    assert count(store, Query("condition")) == 0
    assert (of(store, "gate", gate).outcome, of(store, "pilot", held.pilot).phase) == ("pending", "alpha")
    redo(store, ana)
    assert (of(store, "gate", gate).outcome, count(store, Query("condition"))) == ("amber", 2)


def test_red_pauses_the_pilot_when_asked_to(store: Store, ana: Acting, gate: str, pilot: str) -> None:
    assert take(store, gate, "red", ana).notes == ("Red proposes a pause of the pilot: P-01 is still in alpha.",)
    assert take(store, gate, "red", ana, pause=True).notes == ("P-01 went from alpha to paused.",)
    assert of(store, "pilot", pilot).phase == "paused"
    assert of_record(store, pilot)[-1].reason == "Gate G-01 held: red"
    assert take(store, gate, "red", ana, pause=True).notes == ("P-01 is paused already.",)


@pytest.mark.parametrize(
    ("outcome", "more", "words"),
    [
        ("green", {"pause": True}, "paused by a gate that is red"),
        ("red", {"advance": True}, "green or amber"),
        ("pending", {}, "green, amber, red, stopped"),
    ],
)
def test_what_does_not_fit_an_outcome_is_refused(
    store: Store, ana: Acting, gate: str, outcome: str, more: dict[str, bool], words: str
) -> None:
    with pytest.raises(TrackerError, match=words):
        take(store, gate, outcome, ana, **more)  # type: ignore[arg-type]


def test_when_a_gate_is_refused_nothing_of_it_is_saved(store: Store, ana: Acting, gate: str, asked: list[str]) -> None:
    conditions = [NewCondition("Measure the old route")]
    assert "held_on" in refused(take, store, gate, "amber", ana, held_on=TOMORROW, conditions=conditions)
    assert "outcome" in refused(take, store, gate, "green", ana, conditions=conditions, advance=True)
    assert "text" in refused(take, store, gate, "amber", ana, conditions=[NewCondition("x" * 10_001)])
    assert (count(store, Query("condition")), of(store, "gate", gate).outcome) == (0, "pending")
    change(store, "gate", gate, {"opens_phase": None}, ana)
    with pytest.raises(TrackerError, match="which phase it opens"):
        take(store, gate, "amber", ana, conditions=conditions, advance=True)
    remove(store, "gate", gate, ana, reason="a mistake", fate=Fate("with"))
    with pytest.raises(TrackerError, match="G-01 was removed"):
        take(store, gate, "red", ana)
    assert count(store, Query("condition")) == 0


def test_conditions_are_read_with_every_problem_at_once(store: Store, ana: Acting) -> None:
    with pytest.raises(Invalid) as caught:
        read_conditions(store, ["One; due someday", "Two; owner Nobody Known", "; due 1 Dec"], TODAY)
    told = [problem.message for problem in caught.value.problems]
    assert len(told) == 3
    assert "someday" in told[0] and "Condition “One; due someday”" in told[0]
    assert "Nobody Known" in told[1]
    (one,) = read_conditions(store, ["Three"], TODAY, owner="ana", due="+30d")
    assert one == NewCondition("Three", ana.person, date(2026, 10, 31))


def test_a_gate_taken_already_may_be_taken_again(store: Store, ana: Acting, gate: str, asked: list[str]) -> None:
    settle(store, ana, asked)
    take(store, gate, "green", ana, held_on=HELD)
    (note,) = answer(store, asked[0], "not_met", None, ana).notes
    assert note == "G-01 was held on 24 Sep 2026 (green): this is recorded after it."
    assert "GC-001 (not met)" in refused(take, store, gate, "green", ana)["outcome"]
    change(store, "gate", gate, {"panel": "Service assessors"}, ana)  # the outcome is not asked about
    assert change(store, "criterion", asked[2], {"standard_ref": "Service Standard 12"}, ana).notes == ()
    take(store, gate, "red", ana)
    assert of(store, "gate", gate).held_on == HELD


def test_a_condition_gets_its_date_and_is_closed_with_evidence(store: Store, ana: Acting, gate: str) -> None:
    saved = add(store, "condition", {"text": "Measure", "gate": gate}, ana)
    assert saved.notes == ("Due on 23 Dec 2026, 90 days after G-01.",)
    told = refused(change, store, "condition", saved.uid, {"closed_on": TODAY}, ana)
    assert told["evidence"].startswith("A condition is closed only with evidence")
    assert (
        "later than today" in refused(change, store, "condition", saved.uid, {"closed_on": TOMORROW}, ana)["closed_on"]
    )
    change(store, "condition", saved.uid, {"closed_on": TODAY, "evidence": "The report of 30 September"}, ana)
    change(store, "gate", gate, {"planned_on": None}, ana)
    assert add(store, "condition", {"text": "x", "gate": gate}, ana).notes == (
        "Due on 30 Dec 2026, 90 days after today.",
    )


def test_a_signature_that_is_out_of_date_is_remarked_on(store: Store, ana: Acting, pilot: str) -> None:
    signed = {"item_kind": "dpia", "pilot": pilot, "status": "signed_off", "signed_off_on": HELD}
    assert add(store, "compliance", {**signed, "review_on": TODAY}, ana).notes == ()
    signed["item_kind"] = "security"
    (note,) = add(store, "compliance", {**signed, "review_on": HELD}, ana).notes
    assert note.startswith("Its review was due on 24 Sep 2026")
    assert "signed_off_on" in refused(add, store, "compliance", {**signed, "signed_off_on": None}, ana)
    assert (
        "later than today"
        in refused(add, store, "compliance", {**signed, "signed_off_on": TOMORROW}, ana)["signed_off_on"]
    )


OVERRIDE = "No gate opened private beta; recorded as an override."


def test_a_phase_without_a_gate_is_an_override(store: Store, ana: Acting, pilot: str, gate: str) -> None:
    assert set(refused(change, store, "pilot", pilot, {"phase": "private_beta"}, ana)) == {"phase"}
    assert change(store, "pilot", pilot, {"phase": "private_beta"}, ana, reason="the board said so").notes == (
        OVERRIDE,
    )
    for phase in ("alpha", "paused", "stopped", "alpha", "retirement"):  # back, halted, on where it was, away
        saved = change(store, "pilot", pilot, {"phase": phase}, ana, reason="it was agreed", fate=Fate("leave"))
        ends = phase in ("stopped", "retirement")
        assert [note.code for note in saved.notes] == ["hanging.left"] * ends, phase


def test_a_gate_opens_its_phase(store: Store, ana: Acting, pilot: str, gate: str, asked: list[str]) -> None:
    settle(store, ana, asked)
    take(store, gate, "green", ana)
    assert change(store, "pilot", pilot, {"phase": "private_beta"}, ana, reason="the gate was held").notes == ()
    change(store, "pilot", pilot, {"phase": "paused"}, ana, reason="no money is left")
    assert change(store, "pilot", pilot, {"phase": "public_beta"}, ana, reason="in a hurry").notes == (
        "No gate opened public beta; recorded as an override.",
    )


def test_a_pilot_that_was_paused_goes_on_where_it_was(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Blue badges", "phase": "private_beta"}, ana).uid
    change(store, "pilot", pilot, {"phase": "paused"}, ana, reason="no money is left")
    later = at(ana, TOMORROW)
    assert change(store, "pilot", pilot, {"phase": "private_beta"}, later, reason="money was found").notes == ()


def test_a_gate_that_was_red_opens_nothing(store: Store, ana: Acting, pilot: str, gate: str) -> None:
    take(store, gate, "red", ana)
    (note,) = change(store, "pilot", pilot, {"phase": "private_beta"}, ana, reason="the sponsor insists").notes
    assert note == "G-01, the newest gate for private beta, was red; recorded as an override."
