"""The cycle of a board: its guards, the list before freezing, minutes, and what stays as it is."""

from datetime import date, timedelta
from typing import Any

import pytest
from boards_help import MEETS, TODAY, UNNAMED, asked, closed, refused
from conftest import at

from tracker.entities.acceptance import AcceptedWarning
from tracker.entities.item import AgendaItem
from tracker.errors import Invalid
from tracker.services.board.checking import accept, checked
from tracker.services.board.collecting import collect, collected
from tracker.services.board.cycle import (
    advance,
    approve,
    desks,
    hold,
    last_board_day,
    last_shown,
    last_shown_day,
    meeting,
    records_of_board,
    resolve_meeting,
)
from tracker.services.board.deciding import Answer, decide
from tracker.services.board.freezing import freeze
from tracker.services.board.minutes import draft, minutes, write
from tracker.services.board.publishing import publish
from tracker.services.pages.meeting import status_line
from tracker.services.records.undo import undo
from tracker.services.records.writing import Fate, add, change, remove
from tracker.storage.journal.history import commands
from tracker.storage.queries import record
from tracker.storage.store import Acting, Store


@pytest.fixture
def board(store: Store, ana: Acting) -> str:
    return add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid


def status(store: Store, uid: str) -> str:
    return str(meeting(store, uid).status)


def test_a_meeting_goes_forward_step_by_step(store: Store, later: Acting, board: str) -> None:
    assert collect(store, board, later).begun
    assert not collect(store, board, later).begun
    freeze(store, board, later)
    assert "without frozen papers" not in " ".join(hold(store, board, later).notes)
    draft(store, board, later)
    approve(store, board, later.person, later)
    publish(store, board, at(later, date(2026, 10, 10)), accepted=UNNAMED)
    found = meeting(store, board)
    assert (found.status, found.approved_on, found.published_on) == ("published", MEETS, date(2026, 10, 10))
    told = [one.command for one in commands(store, limit=6)][::-1]
    steps = ("collect", "freeze", "hold", "minutes", "approve", "publish")
    assert told == [f"board.{step}" for step in steps]
    assert desks(store) == []


def test_a_step_back_or_too_far_is_refused(store: Store, later: Acting, board: str) -> None:
    assert "“tracker board hold B-01”" in refused(advance, store, board, "minutes_draft", later, "x")
    assert "“tracker board freeze B-01”" in refused(change, store, "board", board, {"status": "frozen"}, later)
    notes = hold(store, board, later).notes
    assert "nothing proves what it was shown" in notes[0]
    assert "never goes back" in refused(change, store, "board", board, {"status": "collecting"}, later)
    undo(store, later)
    assert status(store, board) == "planned"


def test_a_meeting_ahead_was_not_held(store: Store, ana: Acting, board: str) -> None:
    assert "It meets on 8 Oct 2026" in refused(hold, store, board, ana)
    told = refused(add, store, "board", {"title": "Next", "meets_on": MEETS, "status": "published"}, ana)
    assert "cannot be published yet" in told
    assert "say who" in told


def test_an_earlier_meeting_can_be_recorded_with_what_came_of_it(store: Store, ana: Acting) -> None:
    values = {"title": "July", "meets_on": date(2026, 7, 2), "status": "published", "approved_by": ana.person}
    assert "say which" in refused(add, store, "board", values, ana)
    told = refused(add, store, "board", {**values, "approved_on": date(2026, 7, 1)}, ana)
    assert "is before meets on" in told
    days = {"approved_on": date(2026, 7, 9), "published_on": date(2026, 7, 10)}
    add(store, "board", {**values, **days}, ana)


def test_items_get_the_next_place(store: Store, ana: Acting, board: str) -> None:
    uids = [add(store, "item", {"title": title, "board": board}, ana).uid for title in ("One", "Two")]
    assert [record(store, "item", uid).item_order for uid in uids] == [1, 2]  # type: ignore[union-attr]
    told = refused(add, store, "item", {"title": "Three", "board": board, "item_order": 2}, ana)
    assert "that of AG-002 already" in told
    assert "3 is free" in told
    change(store, "item", uids[0], {"item_order": 9}, ana)
    assert [one.title for one in records_of_board(store, AgendaItem, board)] == ["Two", "One"]


def test_a_person_is_on_the_list_once(store: Store, ana: Acting, board: str) -> None:
    add(store, "attendee", {"person": ana.person, "board": board}, ana)
    assert "BA-001 has this person" in refused(add, store, "attendee", {"person": ana.person, "board": board}, ana)


def test_approved_minutes_close_the_meeting(store: Store, later: Acting, board: str) -> None:
    item = add(store, "item", {"title": "One", "board": board}, later).uid
    who = add(store, "attendee", {"person": later.person, "board": board}, later).uid
    decision = asked(store, later, board)
    decide(store, decision, board, Answer("approved", "It works"), later)
    closed(store, later, board)
    words = "The minutes of B-01 were approved on 8 Oct 2026"
    assert words in refused(write, store, item, "Otherwise", later)
    assert words in refused(change, store, "attendee", who, {"attendance": "present"}, later)
    assert words in refused(change, store, "board", board, {"place": "Room 3"}, later)
    assert words in refused(change, store, "decision", decision, {"rationale": "Something else"}, later)
    assert words in refused(add, store, "item", {"title": "Two", "board": board}, later)
    action = {"text": "Do it", "owner": later.person, "due": MEETS, "board": board}
    assert words in refused(add, store, "action", action, later)
    for kind, uid in (("item", item), ("attendee", who), ("board", board)):
        assert words in refused(remove, store, kind, uid, later, reason="no longer wanted")
    change(store, "decision", decision, {"review_on": date(2027, 4, 1)}, later)
    add(store, "correction", {"text": "Item one was noted", "board": board, "item": item}, later)
    undo(store, later)
    undo(store, later)
    undo(store, later)  # the approval
    write(store, item, "Otherwise", later)


def test_a_correction_is_of_its_own_meeting(store: Store, later: Acting, board: str) -> None:
    other = add(store, "board", {"title": "November", "meets_on": date(2026, 11, 12)}, later).uid
    item = add(store, "item", {"title": "One", "board": other}, later).uid
    told = refused(add, store, "correction", {"text": "It was wrong", "board": board, "item": item}, later)
    assert "is not of B-01" in told
    notes = add(store, "correction", {"text": "It was wrong", "board": board}, later).notes
    assert "the record itself can be mended" in notes[-1]


@pytest.fixture
def pilot(store: Store, ana: Acting) -> str:
    return add(store, "pilot", {"name": "Parking", "phase": "discovery", "delivery_lead": ana.person}, ana).uid


def ids(store: Store, board: str, day: date) -> list[str]:
    return [one.id for one in checked(store, board, day).open]


def test_the_list_before_freezing(store: Store, ana: Acting, board: str, pilot: str) -> None:
    later = at(ana, date(2026, 10, 28))
    person = add(store, "person", {"display_name": "Gone soon"}, ana).uid
    add(store, "action", {"text": "Ask them", "owner": person, "due": TODAY}, ana)
    add(store, "action", {"text": "Told", "owner": ana.person, "due": TODAY, "evidence": "Half done"}, ana)
    add(store, "risk", {"title": "Court case", "pilot": pilot, "sensitivity": ("legal",)}, ana)
    add(store, "issue", {"title": "Call ana@example.org"}, ana)
    add(store, "issue", {"title": "Ask bob@example.org", "visibility": "restricted"}, ana)
    remove(store, "person", person, ana, reason="has left us", fate=Fate("leave"))
    change(store, "board", board, {"meets_on": later.today}, ana)
    found = ids(store, board, later.today)
    assert [one.rpartition(".")[0] if one.startswith("personal") else one for one in found] == [
        "rating.missing.P-01",
        "visibility.open.R-001",
        "personal.I-001.title",
        "pilot.stale.P-01",
        "person.unknown.A-001",
        "action.overdue.A-001",
    ]


def test_a_warning_is_mended_or_accepted_with_a_reason(store: Store, ana: Acting, board: str, pilot: str) -> None:
    assert ids(store, board, TODAY) == ["rating.missing.P-01"]
    assert "Did you mean “rating.missing.P-01”?" in refused(
        accept, store, board, ["rating.missing.P-1"], "Because", ana
    )
    with pytest.raises(Invalid):
        accept(store, board, ["rating.missing.P-01"], "no", ana)
    accept(store, board, ["rating.missing.P-01"], "It begins next week", ana)
    assert "accepted for B-01 already" in refused(accept, store, board, ["rating.missing.P-01"], "Because", ana)
    found = checked(store, board, TODAY)
    assert found.clear
    assert found.accepted[0][1].because == "It begins next week"
    kept: Any = records_of_board(store, AcceptedWarning, board)[0]
    assert kept.told.startswith("P-01 Parking has no rating since")
    report = {"pilot": pilot, "rating": "green", "narrative": "As everybody expected it.", "divergence_reason": "Soon"}
    add(store, "confidence", {**report, "divergence_reason": "The plan is new and signed."}, ana)
    assert ids(store, board, TODAY) == []


def test_accepting_one_hit_lets_no_other_through(store: Store, ana: Acting, board: str) -> None:
    issue = add(store, "issue", {"title": "Call ana@example.org"}, ana).uid
    (first,) = ids(store, board, TODAY)
    accept(store, board, [first], "Her own published address", ana)
    assert ids(store, board, TODAY) == []
    change(store, "issue", issue, {"title": "Call bob@example.org"}, ana)
    (second,) = ids(store, board, TODAY)
    assert second != first


def test_what_is_restricted_is_in_no_warning(store: Store, ana: Acting, board: str) -> None:
    add(store, "pilot", {"name": "Nightjar", "visibility": "restricted"}, ana)
    assert ids(store, board, TODAY) == []


def test_collecting_asks_each_owner(store: Store, ana: Acting, board: str, pilot: str) -> None:
    add(store, "risk", {"title": "Nobody's", "pilot": pilot, "raised_on": date(2026, 5, 1)}, ana)
    found = collected(store, board, TODAY)
    assert [(one.owner.name if one.owner else None, [o.what for o in one.owed]) for one in found.owners] == [
        ("ana", ["report", "missing"]),
        (None, ["review"]),
    ]
    assert status(store, board) == "planned"


def test_the_next_meeting_is_meant_without_a_name(store: Store, ana: Acting, board: str) -> None:
    add(store, "board", {"title": "November", "meets_on": date(2026, 11, 12)}, ana)
    assert resolve_meeting(store, "", among=("planned",)) == board
    assert resolve_meeting(store, "november") != board
    assert "no board meeting ahead" in refused(resolve_meeting, store, "", among=("held",))


def test_the_last_board_is_the_one_that_saw_something(store: Store, later: Acting, board: str) -> None:
    by = at(later, TODAY)
    freeze(store, board, by)  # a week before it meets
    nothing = add(store, "board", {"title": "Off", "meets_on": date(2026, 10, 29)}, by).uid
    new = meeting(store, add(store, "board", {"title": "November", "meets_on": date(2026, 11, 12)}, by).uid)
    assert last_shown(store, new, date(2026, 11, 12)) == TODAY
    assert last_shown(store, meeting(store, board), TODAY) is None
    assert status(store, nothing) == "planned"


def test_a_position_of_the_same_day_is_no_earlier_one(store: Store, later: Acting, board: str) -> None:
    freeze(store, board, later)
    hold(store, board, later)
    second = meeting(store, add(store, "board", {"title": "Second", "meets_on": MEETS}, later).uid)
    after = MEETS + timedelta(1)
    assert last_shown(store, second, MEETS) is None
    assert last_shown(store, second, after) == MEETS
    assert last_shown_day(store, MEETS) is None
    assert last_shown_day(store, after) == last_board_day(store, after) == MEETS
    assert "no board meeting before 8 Oct 2026" in refused(last_board_day, store, MEETS)


def test_a_meeting_held_without_frozen_papers_was_shown_none(store: Store, later: Acting, board: str) -> None:
    hold(store, board, later)
    after = MEETS + timedelta(28)
    second = meeting(store, add(store, "board", {"title": "Second", "meets_on": after}, later).uid)
    assert last_shown(store, second, after) is None
    assert last_shown_day(store, after) is None
    assert collected(store, second.uid, after).since is None


def test_a_decision_put_down_for_a_meeting_is_warned_of_while_it_is_a_draft(
    store: Store, ana: Acting, board: str
) -> None:
    asked_of = {"question": "Scale it?", "options": "No\nYes", "needed_by": MEETS}
    first = add(store, "decision", {"title": "Scale", "board": board, **asked_of}, ana).uid
    second = add(store, "decision", {"title": "Stop", **asked_of}, ana).uid
    add(store, "item", {"title": "Stop it", "board": board, "decision": second}, ana)
    assert ids(store, board, TODAY) == ["decision.draft.D-001", "decision.draft.D-002"]
    (desk,) = desks(store)
    assert (desk.asked, desk.drafts) == (2, 2)
    assert "2 decisions to be taken (2 still drafts)" in status_line(desk)
    for uid in (first, second):
        change(store, "decision", uid, {"status": "sought"}, ana)
    assert ids(store, board, TODAY) == []


def test_a_rating_by_assurance_is_told_where_the_team_gave_none(
    store: Store, ana: Acting, board: str, pilot: str
) -> None:
    report = {"pilot": pilot, "rating": "amber", "rating_kind": "assurance", "narrative": "It saw too few users of it."}
    add(store, "confidence", report, ana)
    (warning,) = checked(store, board, TODAY).open
    assert "has no rating by its team since" in warning.sentence
    assert warning.sentence.endswith("there has never been one (by assurance ▲ Amber).")


def test_minutes_tell_what_was_recorded_and_what_was_not(store: Store, later: Acting, board: str) -> None:
    assert "was not held yet" in refused(minutes, store, board)
    decision = asked(store, later, board)
    add(store, "item", {"title": "Scale it", "board": board, "decision": decision}, later)
    add(store, "item", {"title": "Secret", "board": board, "visibility": "restricted"}, later)
    change(store, "board", board, {"quorum": 2}, later)
    add(store, "attendee", {"person": later.person, "board": board, "attendance": "present"}, later)
    assert any("no quorum" in note for note in hold(store, board, later).notes)
    paper, begins = draft(store, board, later)
    text = str(paper.to_dict())
    assert begins
    assert status(store, board) == "minutes_draft"
    assert "No outcome of D-001 (Scale it) is recorded." in text
    assert "1 member present, 2 needed: not quorate" in text
    assert "No declared interest is recorded." in text
    assert "nobody has approved them yet" in text
    assert "Secret" not in text
    assert paper.header.title == "draft minutes"
    notes = approve(store, board, later.person, later).notes
    assert notes == ("No minutes were written of AG-001, AG-002.",)
    again, begins = draft(store, board, later)
    assert not begins
    assert (again.header.title, again.header.frozen) == ("minutes", "8 Oct 2026")
    assert "Approved on 8 Oct 2026 by ana." in str(again.to_dict())
