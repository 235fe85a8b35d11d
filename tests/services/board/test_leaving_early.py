"""Whoever leaves a meeting early does not count from the item on before which they left."""

from datetime import date

import pytest

from tracker.entities import AgendaItem, BoardAttendee, BoardMeeting
from tracker.errors import Invalid
from tracker.reports.texts import texts_of
from tracker.rules.boards.cycle import has_left, quorum_of_item
from tracker.services.agenda import agenda
from tracker.services.board.cycle import hold
from tracker.services.board.minutes import minutes
from tracker.services.records.writing import add, change
from tracker.storage import Acting, Store, record, records


@pytest.fixture
def board(store: Store, ana: Acting) -> BoardMeeting:
    """Return a meeting with a quorum of two, two who are present, and three items."""
    uid = add(store, "board", {"title": "October", "meets_on": date(2026, 10, 1), "quorum": 2}, ana).uid
    for name in ("Chair", "Finance"):
        person = add(store, "person", {"display_name": name}, ana).uid
        add(store, "attendee", {"person": person, "board": uid, "attendance": "present", "votes": True}, ana)
    for title in ("Opening", "Money", "Any other business"):
        add(store, "item", {"title": title, "board": uid}, ana)
    meeting = record(store, BoardMeeting, uid)
    assert meeting is not None
    return meeting


def test_from_the_item_on_they_do_not_count(store: Store, ana: Acting, board: BoardMeeting) -> None:
    chair, finance = records(store, BoardAttendee)
    items = list(records(store, AgendaItem))
    change(store, "attendee", finance.uid, {"left_before": items[1].uid}, ana)
    chair, finance = records(store, BoardAttendee)
    assert [has_left(finance, item, items) for item in items] == [False, True, True]
    assert [has_left(chair, item, items) for item in items] == [False, False, False]
    quorate = [quorum_of_item(board, (chair, finance), item, items).met for item in items]
    assert quorate == [True, False, False]


def test_minutes_and_the_meeting_say_so(store: Store, ana: Acting, board: BoardMeeting) -> None:
    _, finance = records(store, BoardAttendee)
    items = list(records(store, AgendaItem))
    change(store, "attendee", finance.uid, {"left_before": items[1].uid}, ana)
    hold(store, board.uid, ana)
    text = "\n".join(texts_of(minutes(store, board.uid)))
    sentence = "Left before this item: Finance. Without them 1 member present, 2 needed: not quorate."
    assert text.count(sentence) == 1
    aside = [entry.aside for entry in agenda(store, board.uid).items]
    assert aside == ["", *["1 attendee had left; without: 1 member present, 2 needed: not quorate"] * 2]


def test_an_item_of_another_meeting_is_refused(store: Store, ana: Acting, board: BoardMeeting) -> None:
    other = add(store, "board", {"title": "November", "meets_on": date(2026, 11, 5)}, ana).uid
    item = add(store, "item", {"title": "Elsewhere", "board": other}, ana).uid
    finance = list(records(store, BoardAttendee))[1]
    with pytest.raises(Invalid, match="is an item of another meeting"):
        change(store, "attendee", finance.uid, {"left_before": item}, ana)


def test_who_was_not_there_has_not_left(store: Store, ana: Acting, board: BoardMeeting) -> None:
    finance = list(records(store, BoardAttendee))[1]
    items = list(records(store, AgendaItem))
    change(store, "attendee", finance.uid, {"left_before": items[1].uid}, ana)
    change(store, "attendee", finance.uid, {"attendance": "apologies"}, ana)
    assert list(records(store, BoardAttendee))[1].left_before is None
