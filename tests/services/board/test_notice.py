"""The notice of a meeting: one page with all that members need before any paper is frozen."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from boards_help import MEETS, TODAY, asked

from tracker.reports.formats import FORMATS, make
from tracker.reports.render.text import render as as_text
from tracker.services.board.freezing import freeze
from tracker.services.board.notice import notice
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store

WORDS = (
    "Steering group",
    "Thursday, 8 Oct 2026",
    "23:00 to 00:30 (Europe/London)",
    "Room 2",
    "2 members",
    "Papers sent by 30 Sep 2026 leave 5 clear working days before the meeting",
    "Scale Blue Badge",
    "To decide",
    "Delivery lead",
    "Section 5.1",
    "Item 1: D-001, Shall it be scaled?",
    "Planned: 15 minutes for 1 of 2 items.",
    "Cha, chair; Sue, clerk (without a vote).",
    "Apologies so far: Ann, member.",
)


@pytest.fixture
def board(store: Store, ana: Acting) -> str:
    body = add(store, "body", {"name": "Steering group", "quorum": 2, "time_zone": "Europe/London"}, ana).uid
    values = {"title": "October", "meets_on": MEETS, "start_time": "23:00", "duration_minutes": 90, "place": "Room 2"}
    uid = add(store, "board", {**values, "body": body}, ana).uid
    decision = asked(store, ana, None)
    item = {"title": "Scale Blue Badge", "item_kind": "decision", "decision": decision, "presenter": "Delivery lead"}
    add(store, "item", {**item, "board": uid, "minutes_planned": 15, "paper": "Section 5.1"}, ana)
    add(store, "item", {"title": "A contract in trouble", "board": uid}, ana)
    people = (("Cha", "Chair", "expected"), ("Sue", "Clerk", "expected"), ("Ann", "Member", "apologies"))
    for name, role, attendance in people:
        person = add(store, "person", {"display_name": name}, ana).uid
        votes = role != "Clerk"
        values = {"person": person, "board": uid, "role": role, "attendance": attendance, "votes": votes}
        add(store, "attendee", values, ana)
    return uid


def text_of(store: Store, uid: str) -> str:
    return " ".join(as_text(notice(store, uid, TODAY)).data.decode().split())


@pytest.mark.parametrize("words", WORDS)
def test_it_says_when_where_who_and_what(store: Store, board: str, words: str) -> None:
    assert words in text_of(store, board)


def test_it_is_no_draft_and_one_page(store: Store, ana: Acting, board: str) -> None:
    for number in range(20):
        add(store, "item", {"title": f"Another item, number {number}", "board": board, "minutes_planned": 5}, ana)
    report = notice(store, board, TODAY)
    assert not report.header.draft
    with pikepdf.open(BytesIO(make(report, "pdf").data)) as paper:
        assert len(paper.pages) == 1


def test_it_can_be_made_in_every_format(store: Store, board: str) -> None:
    report = notice(store, board, TODAY)
    assert all(make(report, kind).data for kind, form in FORMATS.items() if not form.calendar)


def test_what_is_restricted_is_counted_and_not_told(store: Store, ana: Acting, board: str) -> None:
    item = next(row[0] for row in store.read("SELECT uid FROM item WHERE ref = 'AG-002'"))
    change(store, "item", item, {"visibility": "restricted"}, ana, reason="It is commercial")
    text = text_of(store, board)
    assert "contract in trouble" not in text
    assert "AG-002" not in text
    assert "Not shown: No. 2." in text


def test_a_bare_meeting_says_what_is_missing(store: Store, ana: Acting) -> None:
    bare = add(store, "board", {"title": "Bare", "meets_on": date(2026, 10, 9)}, ana).uid
    text = text_of(store, bare)
    for words in ("Time: Not recorded", "No agenda item is recorded.", "Nobody is put down for this meeting yet."):
        assert words in text


def test_frozen_papers_are_named(store: Store, ana: Acting) -> None:
    uid = add(store, "board", {"title": "Bare", "meets_on": TODAY}, ana).uid
    freeze(store, uid, ana)
    assert "Frozen as SN-001" in text_of(store, uid)
