"""A meeting without agenda, body or people: the list before freezing names each, and minutes claim no more."""

from datetime import date

import pytest
from boards_help import MEETS, TODAY
from conftest import at

from tracker.reports.render.text import render as as_text
from tracker.services.board.checking import checked
from tracker.services.board.cycle import hold
from tracker.services.board.minutes import draft
from tracker.services.pages.meeting import preflight_line
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store


@pytest.fixture
def bare(store: Store, ana: Acting) -> str:
    return add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid


def line(store: Store, uid: str) -> str:
    return preflight_line("B-01", checked(store, uid, TODAY))


def test_a_bare_meeting_is_told_what_it_is_without(store: Store, bare: str) -> None:
    assert line(store, bare) == (
        "▲ No warning is open. B-01 has no agenda, names no body and lists nobody as expected."
    )


def test_a_body_without_members_on_the_day_is_named(store: Store, ana: Acting) -> None:
    body = add(store, "body", {"name": "Steering group"}, ana).uid
    cha = add(store, "person", {"display_name": "Cha"}, ana).uid
    add(store, "member", {"person": cha, "body": body, "role": "Chair", "serves_from": date(2027, 1, 1)}, ana)
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS, "body": body}, ana).uid
    add(store, "item", {"title": "Budget", "board": uid}, ana)
    add(store, "attendee", {"person": cha, "board": uid, "role": "Guest"}, ana)
    assert line(store, uid) == "▲ No warning is open. B-01 is of BD-01, which has no members on that day."
    add(store, "member", {"person": cha, "body": body, "role": "Deputy"}, ana)
    assert line(store, uid) == "● B-01: nothing stands in the way."


def test_an_item_that_is_restricted_is_an_agenda(store: Store, ana: Acting, bare: str) -> None:
    add(store, "item", {"title": "A contract", "board": bare, "visibility": "restricted"}, ana)
    assert checked(store, bare, TODAY).lacks == ("names no body", "lists nobody as expected")


def test_minutes_say_that_nothing_is_recorded_not_that_there_was_nothing(store: Store, ana: Acting, bare: str) -> None:
    person = add(store, "person", {"display_name": "Cha"}, ana).uid
    add(store, "attendee", {"person": person, "board": bare, "role": "Chair", "attendance": "present"}, ana)
    later = at(ana, MEETS)
    hold(store, bare, later)
    text = " ".join(as_text(draft(store, bare, later)[0]).data.decode().split())
    assert "No action of this meeting is recorded." in text
    assert "No declared interest is recorded." in text
    assert "agreed." not in text
