"""What a decision settles, what accepting warnings leaves in the papers, and many accepted at once."""

from datetime import date

import pytest
from boards_help import TODAY, asked, refused
from conftest import at

from tracker.entities import AcceptedWarning, Decision, Pilot
from tracker.errors import Note
from tracker.reports.model import Table
from tracker.reports.texts import texts_of
from tracker.services.board.checking import accept, checked
from tracker.services.board.deciding import Answer, decide
from tracker.services.papers.building import pack, summary
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change
from tracker.storage.queries import record, records
from tracker.storage.store import Acting, Store


@pytest.fixture
def board(store: Store, ana: Acting) -> str:
    return add(store, "board", {"title": "October board", "meets_on": TODAY}, ana).uid


@pytest.fixture
def pilot(store: Store, ana: Acting) -> str:
    return add(store, "pilot", {"name": "Licensing triage", "phase": "alpha", "decision_due": TODAY}, ana).uid


def codes(notes: tuple[Note, ...]) -> set[str]:
    return {note.code for note in notes}


def due(store: Store, pilot: str) -> date | None:
    current = record(store, Pilot, pilot)
    assert current is not None
    return current.decision_due


def test_a_decision_that_is_taken_meets_its_pilots_date(store: Store, ana: Acting, board: str, pilot: str) -> None:
    saved = decide(store, asked(store, ana, board, pilot=pilot), board, Answer("approved"), ana)
    assert due(store, pilot) is None
    assert {"decision.date_met", "decision.pilot_stays"} <= codes(saved.notes)
    assert "P-01 stays in alpha" in " ".join(map(str, saved.notes))
    undo(store, ana)
    assert due(store, pilot) == TODAY


LATER = date(2026, 10, 29)


def summary_of(store: Store, board: str | None = None) -> str:
    """Return the words of a summary four weeks after the meeting, beside the position of that day."""
    return " ".join(" ".join(texts_of(summary(store, day=LATER, since=TODAY, board=board).sections)).split())


def test_a_summary_says_what_was_decided_and_what_it_has_changed(
    store: Store, ana: Acting, board: str, pilot: str
) -> None:
    decision = asked(store, ana, board, pilot=pilot, needed_by=TODAY)
    later = at(ana, LATER)
    decide(store, decision, board, Answer("approved"), later)
    words = summary_of(store)
    assert "Decided 1 Oct 2026 (D-001)" in words
    assert "STALE: no update for 28 days; D-001 approved; phase and end as before" in words
    change(store, "pilot", pilot, {"phase": "stopped", "outcome": "stopped"}, later, reason="The board stopped it")
    assert "as before" not in summary_of(store)


def test_a_later_meeting_is_told_of_what_an_earlier_one_has_not_answered(
    store: Store, ana: Acting, board: str, pilot: str
) -> None:
    asked(store, ana, board, pilot=pilot)
    body = add(store, "body", {"name": "Steering group"}, ana).uid
    meets = {"title": "November board", "meets_on": date(2026, 11, 12)}
    words = summary_of(store, add(store, "board", meets, ana).uid)
    assert "1 decision of an earlier meeting has no answer yet: D-001." in words
    assert "No decision is sought from this meeting." in words
    assert "D-001" not in summary_of(store, add(store, "board", {**meets, "body": body}, ana).uid)


def test_the_date_stays_while_another_decision_is_sought(store: Store, ana: Acting, board: str, pilot: str) -> None:
    first = asked(store, ana, board, pilot=pilot)
    asked(store, ana, board, pilot=pilot, title="Fund it")
    decide(store, first, board, Answer("approved"), ana)
    assert due(store, pilot) == TODAY


def test_the_date_stays_where_it_lies_ahead_or_the_answer_is_to_wait(
    store: Store, ana: Acting, board: str, pilot: str
) -> None:
    saved = decide(store, asked(store, ana, board, pilot=pilot), board, Answer("deferred", "Counsel is asked"), ana)
    assert due(store, pilot) == TODAY
    assert "decision.pilot_stays" not in codes(saved.notes)
    later = add(store, "pilot", {"name": "Later", "decision_due": date(2026, 12, 1)}, ana).uid
    decide(store, asked(store, ana, board, pilot=later, title="Go on"), board, Answer("noted"), ana)
    assert due(store, later) == date(2026, 12, 1)


def test_the_reason_of_a_deferral_is_not_that_of_the_later_answer(store: Store, ana: Acting, board: str) -> None:
    decision = asked(store, ana, board)
    decide(store, decision, board, Answer("deferred", "Legal advice is awaited"), ana)
    decide(store, decision, board, Answer("approved"), ana)
    taken = record(store, Decision, decision)
    assert taken is not None and (taken.status, taken.rationale) == ("taken", None)


def test_what_was_accepted_is_told_to_the_board_with_why(store: Store, ana: Acting, board: str, pilot: str) -> None:
    for warning in checked(store, board, TODAY).open:
        accept(store, board, [warning.id], "The owner will report orally", ana)
    made = pack(store, day=TODAY, since=None, board=board)
    (table,) = [
        block
        for section in made.sections
        for block in section.blocks
        if isinstance(block, Table) and block.id == "accepted"
    ]
    assert {row[1] for row in table.rows} == {"The owner will report orally"}
    assert any("P-01" in str(row[0]) for row in table.rows)


def test_many_warnings_are_accepted_with_one_reason_and_one_undo(store: Store, ana: Acting, board: str) -> None:
    for n in (1, 2, 3):
        add(store, "pilot", {"name": f"Pilot {n}", "phase": "alpha"}, ana)
    accepted = accept(store, board, ["rating.missing.*"], "They begin next week", ana)
    assert len(accepted) == 3
    told = [warning.told or "" for warning in records(store, AcceptedWarning)]
    assert all("rating" in sentence for sentence in told)
    assert not [warning for warning in checked(store, board, TODAY).open if warning.kind == "rating.missing"]
    undo(store, at(ana, TODAY))
    assert not records(store, AcceptedWarning)
    assert "No warning “risk.*” is open" in refused(accept, store, board, ["risk.*"], "Because of that", ana)
