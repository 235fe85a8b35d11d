"""What “board check” says of papers that are frozen already, and of open texts that name what is restricted."""

import re
from datetime import date

import pytest
from boards_help import MEETS, TODAY, asked
from conftest import at

from tracker.cli.shell.mending import mend_warning
from tracker.services.board.checking import accept, checked
from tracker.services.board.cycle import hold
from tracker.services.board.deciding import Answer, decide
from tracker.services.board.freezing import freeze
from tracker.services.papers.building import pack
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store

MOVED = date(2026, 10, 9)


@pytest.fixture
def board(store: Store, ana: Acting) -> str:
    values = {"title": "October board", "meets_on": MEETS, "place": "Room 2"}
    uid = add(store, "board", values, ana).uid
    add(store, "item", {"title": "Budget", "board": uid}, ana)
    freeze(store, uid, ana)
    return uid


def warnings(store: Store, uid: str) -> list[str]:
    return [warning.sentence for warning in checked(store, uid, TODAY).open]


def test_a_meeting_that_moved_after_its_papers_were_frozen_is_said(store: Store, ana: Acting, board: str) -> None:
    assert warnings(store, board) == []
    change(store, "board", board, {"meets_on": MOVED, "start_time": "10:00"}, ana)
    (warning,) = checked(store, board, TODAY).open
    assert warning.sentence == (
        "B-01 was changed after its papers were frozen: what they give as meets on 8 Oct 2026 is 9 Oct 2026 "
        "and time not given is 10:00."
    )
    assert mend_warning(warning) == "tracker board freeze B-01 --reason …"
    freeze(store, board, ana, reason="The meeting was moved")
    assert warnings(store, board) == []


def test_a_move_that_is_taken_back_is_none_and_one_that_is_accepted_is_that_one(
    store: Store, ana: Acting, board: str
) -> None:
    change(store, "board", board, {"place": "Hall"}, ana)
    accept(store, board, ["meeting.moved.*"], "Everybody was told", ana)
    assert warnings(store, board) == []
    change(store, "board", board, {"place": "Annex"}, ana)
    assert len(warnings(store, board)) == 1
    change(store, "board", board, {"place": "Room 2"}, ana)
    assert warnings(store, board) == []


def test_an_agenda_that_was_changed_after_the_freeze_is_said(store: Store, ana: Acting, board: str) -> None:
    add(store, "item", {"title": "Late paper", "board": board}, ana)
    assert warnings(store, board) == [
        "B-01 was changed after its papers were frozen: they have another agenda, by AG-002."
    ]


def test_an_open_text_that_names_what_is_restricted_is_said(store: Store, ana: Acting) -> None:
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid
    risk = add(store, "risk", {"title": "The supplier may leave"}, ana).uid
    add(store, "action", {"text": "Find another, see R-001", "due": MEETS, "owner": ana.person}, ana)
    assert "named" not in {warning.code for warning in checked(store, uid, TODAY).open}
    change(store, "risk", risk, {"visibility": "restricted"}, ana, reason="It is commercial")
    (warning,) = [warning for warning in checked(store, uid, TODAY).open if warning.code == "named"]
    assert warning.sentence.startswith("A-001: ")
    assert "names what is restricted (R-001)" in warning.sentence
    assert mend_warning(warning) == "tracker action set A-001 --text …"
    for other in checked(store, uid, TODAY).open:
        accept(store, uid, [other.id], "The board knows", ana)
    freeze(store, uid, ana)
    printed = str(pack(store, day=TODAY, board=uid))
    assert "The board knows" in printed
    assert not re.search(r"\bR-001", printed)


def test_only_decisions_of_the_body_that_meets_stand_under_its_minutes(store: Store, ana: Acting) -> None:
    later = at(ana, date(2026, 11, 6))
    boards = []
    for name in ("Programme board", "Steering group"):
        body = add(store, "body", {"name": name}, ana).uid
        first = add(store, "board", {"title": f"{name} 1", "meets_on": TODAY, "body": body}, ana).uid
        decision = asked(store, ana, first, title=f"Asked of the {name}")
        hold(store, first, ana)
        decide(store, decision, first, Answer("approved"), ana)
        boards.append(add(store, "board", {"title": f"{name} 2", "meets_on": later.today, "body": body}, ana).uid)
    free = asked(store, ana, None, title="By written procedure")
    change(store, "decision", free, {"status": "taken", "outcome": "approved", "decided_by": "Chair"}, ana)
    names = ("Programme board", "Steering group")
    for uid, own, other in zip(boards, names, names[::-1], strict=True):
        report = pack(store, day=TODAY, board=uid)
        (section,) = [part for part in report.sections if part.id == "minutes"]
        assert f"Asked of the {own}" in str(section)
        assert f"Asked of the {other}" not in str(section)
        assert "By written procedure" in str(section)
