"""What a board answers: its decision with conditions as actions, all in one command, or nothing."""

from datetime import date
from typing import Any

import pytest
from boards_help import MEETS, TODAY, asked, closed, refused
from conftest import at

from tracker.entities.action import Action
from tracker.services.board.cycle import records_of_board
from tracker.services.board.deciding import Answer, decide
from tracker.services.gates import NewCondition
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add
from tracker.storage.queries import Query, count, record
from tracker.storage.store import Acting, Store


@pytest.fixture
def board(store: Store, ana: Acting) -> str:
    return add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid


def test_deciding_makes_actions_and_conditions_in_one_command(store: Store, later: Acting, board: str) -> None:
    pilot = add(store, "pilot", {"name": "Parking"}, later).uid
    gate = add(store, "gate", {"name": "Alpha gate", "pilot": pilot}, later).uid
    decision = asked(store, later, board, pilot=pilot)
    wanted = (NewCondition("Train the desks", later.person, date(2026, 12, 1)), NewCondition("Tell them", later.person))
    before = count(store, Query("action"))
    saved = decide(store, decision, board, Answer("approved_with_conditions", "It works", wanted, gate), later)
    found: Any = record(store, "decision", decision)
    assert (found.status, found.outcome, found.decided_on) == ("taken", "approved_with_conditions", MEETS)
    assert (found.decided_by, found.board) == (meeting_name(store), board)
    actions: list[Any] = records_of_board(store, Action, board)
    assert [(one.text, one.due, one.decision, one.gate, one.pilot) for one in actions] == [
        ("Train the desks", date(2026, 12, 1), decision, gate, pilot),
        ("Tell them", date(2027, 1, 6), decision, gate, pilot),
    ]
    assert count(store, Query("condition")) == 2
    assert saved.notes[0] == "A-001 is due on 1 Dec 2026: “Train the desks”."
    assert "taken already" in refused(decide, store, decision, board, Answer("noted"), later)
    undo(store, later)
    assert (count(store, Query("action")), count(store, Query("condition"))) == (before, 0)
    redo(store, later)
    assert count(store, Query("condition")) == 2


def meeting_name(store: Store) -> str:
    found: Any = record(store, "programme", store.read("SELECT uid FROM programme")[0][0])
    return str(found.board_name)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer("approved_with_conditions"), "needs at least one"),
        (Answer("approved", conditions=(NewCondition("Do it", "x"),)), "not with approved"),
        (Answer("approved_with_conditions", conditions=(NewCondition("Do it"),)), "say who owns it"),
        (Answer("perhaps"), "answers with one of"),
        (Answer("noted", gate="x"), "there are none"),
        (Answer("approved", on=date(2026, 10, 9)), "later than today"),
    ],
)
def test_an_answer_that_is_none_saves_nothing(
    store: Store, later: Acting, board: str, answer: Answer, told: str
) -> None:
    decision = asked(store, later, board)
    assert told in refused(decide, store, decision, board, answer, later)
    assert record(store, "decision", decision).status == "sought"  # type: ignore[union-attr]


def test_a_deferred_decision_can_be_decided_next_time(store: Store, later: Acting, board: str) -> None:
    decision = asked(store, later, board)
    decide(store, decision, board, Answer("deferred", "The owner was away"), later)
    found: Any = record(store, "decision", decision)
    assert (found.status, found.outcome) == ("deferred", None)
    new = add(store, "board", {"title": "Soon", "meets_on": MEETS}, later).uid
    decide(store, decision, new, Answer("rejected", "Too dear"), later)
    assert record(store, "decision", decision).board == new  # type: ignore[union-attr]


def test_nothing_is_decided_before_a_meeting_nor_after_its_minutes(store: Store, later: Acting, board: str) -> None:
    decision = asked(store, later, board)
    early = at(later, TODAY)
    assert "nothing can have been decided" in refused(decide, store, decision, board, Answer("noted"), early)
    closed(store, later, board)
    assert "needs a later meeting" in refused(decide, store, decision, board, Answer("noted"), later)
    assert "needs a later meeting" in refused(asked, store, later, board)


def test_a_decision_that_is_deferred_can_be_deferred_again(store: Store, later: Acting, board: str) -> None:
    decision = asked(store, later, board)
    first = decide(store, decision, board, Answer("deferred"), later)
    again = decide(store, decision, board, Answer("deferred"), later)
    assert (again.ref, again.tx) == (first.ref, first.tx + 1)
