"""Rules of evaluations, decisions, issues and feedback."""

from datetime import date
from typing import Any

import pytest
from conftest import at
from factories import refused

from tracker.cli.shell.mending import in_shell
from tracker.entities import entity
from tracker.errors import Invalid
from tracker.services.guards.guard import Proposal, guard
from tracker.services.records.writing import Saved, add, change
from tracker.storage.queries import record
from tracker.storage.store import Acting, Store

TODAY = date(2026, 10, 1)


def held(store: Store, kind: str, saved: Saved, field: str) -> Any:
    return getattr(record(store, kind, saved.uid), field)


@pytest.fixture
def service(store: Store, ana: Acting) -> str:
    return add(store, "service", {"name": "Grants"}, ana).uid


@pytest.fixture
def pilot(store: Store, ana: Acting) -> str:
    return add(store, "pilot", {"name": "Parking"}, ana).uid


# Training evaluations


def test_an_evaluation_is_of_the_pilot_of_its_session(store: Store, ana: Acting, pilot: str) -> None:
    other = add(store, "pilot", {"name": "Badges"}, ana).uid
    session = add(store, "session", {"title": "Workshop", "starts_on": TODAY, "pilot": pilot}, ana).uid
    second = add(store, "session", {"title": "Drop-in", "starts_on": TODAY, "pilot": other}, ana).uid
    loose = add(store, "session", {"title": "For all", "starts_on": TODAY}, ana).uid
    base = {"level": "reaction", "n": 12, "mean_score": 3.2}
    assert refused(store, ana, "evaluation", base) == {
        "session": "Session or pilot is needed: say which training this is about."
    }
    saved = add(store, "evaluation", {**base, "session": session}, ana)
    assert ([note.code for note in saved.notes], held(store, "evaluation", saved, "pilot")) == (
        ["evaluation.unknown"],
        pilot,
    )
    told = refused(store, ana, "evaluation", {**base, "session": session, "pilot": other})
    assert told == {"pilot": "Pilot (P-02) is not that of T-01 (P-01): leave it empty or change one."}
    change(store, "evaluation", saved.uid, {"session": second}, ana)
    assert held(store, "evaluation", saved, "pilot") == other
    for values in ({"pilot": other}, {"session": loose, "pilot": other}, {"session": second, "pilot": other}):
        assert held(store, "evaluation", add(store, "evaluation", {**base, **values}, ana), "pilot") == other
    assert held(store, "evaluation", add(store, "evaluation", {**base, "session": loose}, ana), "pilot") is None


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"level": "reaction", "mean_score": 5.0}, set()),
        ({"level": "reaction"}, {"mean_score"}),
        ({"level": "reaction", "mean_score": 5.1}, {"scale_max"}),
        ({"level": "reaction", "mean_score": 3.0, "pre_mean": 2.0}, {"pre_mean"}),
        ({"level": "learning"}, {"post_mean"}),
        ({"level": "learning", "pre_mean": 2.4}, {"post_mean"}),
        ({"level": "learning", "post_mean": 2.4}, {"pre_mean"}),
        ({"level": "learning", "pre_mean": 2.4, "post_mean": 5.0}, set()),
        ({"level": "learning", "pre_mean": 2.4, "post_mean": 5.1}, {"post_mean"}),
        ({"level": "learning", "passed_n": 9}, set()),
        ({"level": "learning", "passed_n": 0}, set()),
        ({"level": "learning", "passed_n": 13}, {"n"}),
        ({"level": "behaviour", "passed_n": 9}, set()),
        ({"level": "behaviour"}, set()),
        ({"level": "behaviour", "post_mean": 3.0}, {"post_mean"}),
        ({"level": "results", "passed_n": 9}, {"passed_n"}),
    ],
)
def test_figures_of_an_evaluation_are_those_of_its_level(
    store: Store, ana: Acting, pilot: str, values: dict[str, Any], fields: set[str]
) -> None:
    base = {"n": 12, "pilot": pilot, **values}
    if fields:
        assert set(refused(store, ana, "evaluation", base)) == fields
    else:
        assert add(store, "evaluation", base, ana).notes == ()


def test_figures_of_few_people_are_remarked_on(store: Store, ana: Acting, pilot: str) -> None:
    base = {"level": "reaction", "pilot": pilot, "mean_score": 4.0}
    few = add(store, "evaluation", {**base, "n": 4}, ana)
    assert few.notes == ("Figures of 4 people are not published: fewer than 5 could be recognised.",)
    assert add(store, "evaluation", {**base, "n": 5}, ana).notes == ()
    assert change(store, "evaluation", few.uid, {"mean_score": 3.0}, ana).notes == ()


# Decisions


def test_a_board_sees_two_options_at_least(store: Store, ana: Acting) -> None:
    base = {"title": "Scale", "question": "Scale to all sites?", "status": "sought"}
    for options in (None, "Scale", "Scale\n\n  \n", "Scale;", "Scale\nScale", "Scale\n-"):
        told = refused(store, ana, "decision", {**base, "options": options})
        assert set(told) == {"options"}
        assert f"this has {1 if options else 0}." in told["options"]
    assert add(store, "decision", {**base, "options": "Scale\nDo nothing"}, ana).notes == ()
    for nothing in ("Leave it as it is", "No change", "Carry on with paper", "Do not scale", "Wait until spring"):
        assert add(store, "decision", {**base, "options": f"Scale\n{nothing}"}, ana).notes == ()
    (note,) = add(store, "decision", {**base, "options": "Scale to three sites\nScale to one"}, ana).notes
    assert note.startswith("None of the options is to do nothing")
    one_line = add(store, "decision", {**base, "options": "Scale; extend by 8 weeks ;do nothing"}, ana)
    assert held(store, "decision", one_line, "options") == "Scale\nextend by 8 weeks\ndo nothing"
    assert add(store, "decision", {"title": "Draft"}, ana).notes == ()


def test_an_answer_belongs_to_a_decision_that_is_taken(store: Store, ana: Acting) -> None:
    base = {"title": "Scale", "question": "Scale?", "options": "Scale\nDo nothing"}
    taken = {**base, "status": "taken", "decided_by": "Programme board", "rationale": "It works."}
    told = refused(store, ana, "decision", {**base, "status": "sought", "outcome": "rejected"})
    assert told["outcome"].startswith("Outcome (rejected) is of a decision that is taken; this one is sought.")
    assert refused(store, ana, "decision", taken).keys() == {"outcome"}
    for outcome in ("approved", "approved_with_conditions"):
        told = refused(store, ana, "decision", {**taken, "outcome": outcome, "decided_by": None})
        assert set(told) == {"decided_by"}
    saved = add(store, "decision", {**taken, "outcome": "approved"}, ana)
    assert (saved.notes, held(store, "decision", saved, "decided_on")) == ((), TODAY)
    (note,) = add(store, "decision", {**taken, "outcome": "approved_with_conditions"}, ana).notes
    assert note.startswith("Add an action with an owner and a date for each condition")
    (note,) = add(store, "decision", {**taken, "outcome": "noted", "rationale": None, "decided_by": None}, ana).notes
    assert note.startswith("Rationale is empty")
    early = {**taken, "outcome": "approved", "review_on": date(2026, 9, 30)}
    assert refused(store, ana, "decision", early) == {
        "review_on": "Review on (30 Sep 2026) is before the day it was decided (1 Oct 2026)."
    }


# Issues


def test_an_issue_is_dated_when_it_is_resolved_and_undated_when_it_comes_back(store: Store, ana: Acting) -> None:
    saved = add(store, "issue", {"title": "No second screen", "raised_on": date(2026, 9, 28)}, ana)
    with pytest.raises(Invalid, match="Resolution is needed when status is resolved"):
        change(store, "issue", saved.uid, {"status": "resolved"}, ana)
    later = at(ana, date(2026, 10, 9))
    change(store, "issue", saved.uid, {"status": "resolved", "resolution": "Screens came"}, later)
    assert held(store, "issue", saved, "resolved_on") == date(2026, 10, 9)
    change(store, "issue", saved.uid, {"status": "closed"}, at(ana, date(2026, 10, 12)))
    assert held(store, "issue", saved, "resolved_on") == date(2026, 10, 9)
    (note,) = change(store, "issue", saved.uid, {"status": "open"}, at(ana, date(2026, 10, 13))).notes
    assert note == (
        "Status is open, so resolved on (9 Oct 2026) and resolution are taken out; the history keeps what was there."
    )
    assert held(store, "issue", saved, "resolved_on") is None
    assert held(store, "issue", saved, "resolution") is None
    done = {"title": "x", "status": "resolved", "resolution": "done", "raised_on": date(2026, 9, 28)}
    assert refused(store, ana, "issue", {**done, "resolved_on": date(2026, 9, 27)}).keys() == {"resolved_on"}
    add(store, "issue", {**done, "resolved_on": date(2026, 9, 28)}, ana)
    told = refused(store, ana, "issue", {"title": "x", "resolved_on": TODAY})
    assert told["resolved_on"].startswith("Resolved on (1 Oct 2026) is of an issue that is resolved or closed")


def test_a_grave_issue_has_an_owner_and_a_date(store: Store, ana: Acting) -> None:
    due = {"title": "x", "severity": "critical", "due": TODAY}
    assert add(store, "issue", {"title": "x", "severity": "major"}, ana).notes == (
        "A major issue should have an owner and a date by which it is due.",
    )
    assert add(store, "issue", due, ana).notes == ("A critical issue should have an owner.",)
    assert add(store, "issue", {**due, "owner": ana.person}, ana).notes == ()
    assert add(store, "issue", {"title": "x"}, ana).notes == ()
    assert (
        add(store, "issue", {"title": "x", "severity": "major", "status": "closed", "resolution": "y"}, ana).notes == ()
    )


def test_an_issue_from_a_risk_asks_to_say_so_of_the_risk(store: Store, ana: Acting) -> None:
    described = {"cause": "a", "event": "b", "consequence": "c"}
    risk = add(store, "risk", {"title": "Late", **described}, ana)
    saved = add(store, "issue", {"title": "It came true", "risk": risk.uid}, ana)
    assert saved.notes == ("R-001 is still open.",)
    assert in_shell(saved.notes[0]) == "R-001 is still open: say “tracker risk set R-001 --status became-issue”."
    assert change(store, "issue", saved.uid, {"impact": "two weeks"}, ana).notes == ()
    change(store, "risk", risk.uid, {"status": "became_issue"}, ana)
    assert add(store, "issue", {"title": "It came true", "risk": risk.uid}, ana).notes == ()


# Feedback


def test_personal_data_is_warned_of_and_saved_all_the_same(store: Store, ana: Acting, pilot: str) -> None:
    values = {"summary": "Mrs Jones (07700 900123) could not find the fee", "pilot": pilot}
    saved = add(store, "feedback", values, ana)
    assert saved.notes == (
        "Summary: “Mrs Jones” looks like the name of a person.",
        "Summary: “07700 900123” looks like a phone number.",
        "Keep no personal data of the public here: say it in words that name nobody.",
    )
    assert change(store, "feedback", saved.uid, {"severity": "major"}, ana).notes == ()
    wont = {"response": "wont_do", "response_reason": "jo@example.uk asked for it"}
    assert len(change(store, "feedback", saved.uid, wont, ana).notes) == 2
    assert change(store, "feedback", saved.uid, {"summary": "People look for the fee"}, ana).notes == ()


@pytest.mark.parametrize(
    ("kind", "field"), [("issue", "description"), ("issue", "title"), ("step", "pain_text"), ("journey", "note")]
)
def test_other_texts_about_the_public_are_looked_at_too(
    store: Store, ana: Acting, service: str, kind: str, field: str
) -> None:
    journey = add(store, "journey", {"name": "Apply", "service": service, "version": 9}, ana).uid
    needed = {"issue": {"title": "x"}, "step": {"title": "x", "journey": journey}}
    base = needed.get(kind, {"name": "x", "service": service})
    assert add(store, kind, {**base, field: "R-014 since 12 Nov 2026"}, ana).notes == ()
    notes = add(store, kind, {**base, "version": 2, field: "wrote from jo@example.uk"}, ana).notes
    assert "“jo@example.uk” looks like an e-mail address." in notes[0]


def test_feedback_is_tied_to_something_and_its_dates_are_in_order(store: Store, ana: Acting, pilot: str) -> None:
    assert "no pilot and no service" in add(store, "feedback", {"summary": "x"}, ana).notes[0]
    values = {"summary": "x", "pilot": pilot, "received_on": date(2026, 9, 28)}
    told = refused(store, ana, "feedback", {**values, "loop_closed_on": date(2026, 9, 27)})
    assert set(told) == {"loop_closed_on"}
    assert add(store, "feedback", {**values, "loop_closed_on": date(2026, 9, 28)}, ana).notes == ()


def test_the_rules_ask_the_file_once(store: Store, ana: Acting, service: str, pilot: str) -> None:
    """A command gives the database twelve statements at most, and these come on top of what each gives."""
    session = add(store, "session", {"title": "Workshop", "starts_on": TODAY, "pilot": pilot}, ana).uid
    risk = add(store, "risk", {"title": "Late"}, ana).uid
    journey = add(store, "journey", {"name": "Apply", "service": service}, ana).uid
    metric = {"name": "M", "metric_kind": "count", "definition": "x", "unit": "calls", "pilot": pilot}
    cases: list[tuple[str, dict[str, Any], int]] = [
        ("service", {"name": "x", "channel_mix": "web 100"}, 1),
        ("journey", {"name": "x", "service": service, "journey_kind": "as_is", "version": 1}, 1),
        ("step", {"title": "x", "journey": journey, "step_order": 3}, 1),
        ("integration", {"name": "x", "status": "in_test", "provider": service, "consumer": service}, 2),
        ("evaluation", {"level": "reaction", "session": session, "mean_score": 3.0, "n": 12}, 3),
        ("decision", {"title": "x", "status": "sought", "options": "a;b"}, 1),
        ("issue", {"title": "x", "risk": risk}, 2),
        ("feedback", {"summary": "Mr Lee", "pilot": pilot}, 1),
        ("metric", metric, 1),
        (
            "measurement",
            {
                "metric": add(store, "metric", metric, ana).uid,
                "value": 61.0,
                "cohort": "pilot",
                "phase": "baseline",
                "period_start": date(2026, 9, 1),
                "period_end": TODAY,
            },
            2,
        ),
    ]
    asked: list[str] = []
    read = store.read
    store.read = lambda sql, values=(): (asked.append(sql), read(sql, values))[1]  # type: ignore[method-assign,func-returns-value]
    for kind, values, most in cases:
        asked.clear()
        guard(Proposal(store, entity(kind), values, None, ana))
        assert len(asked) == most, kind
