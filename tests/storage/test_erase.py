"""Erasing a person: no byte of the name stays in the file, and the chain still verifies."""

from datetime import date
from pathlib import Path

import pytest
from conftest import at

from tracker.errors import TrackerError
from tracker.services.erasing import Decision, erase_person
from tracker.services.records.history_words import describe_changes
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.search import find_text
from tracker.storage.store import Acting, Store

NAME, MAIL = "Zebulon Quirke", "zq@example.org"


@pytest.fixture
def zebulon(store: Store, ana: Acting) -> str:
    uid = add(store, "person", {"display_name": "Zeb Quirkson", "role_title": "Trainer", "email": MAIL}, ana).uid
    change(store, "person", uid, {"display_name": NAME}, ana, reason=f"{NAME} married")
    add(store, "risk", {"title": f"{NAME} may leave", "owner": uid, "controls": f"Ask {NAME} ({MAIL})."}, ana)
    win = add(store, "win", {"title": "A win", "credit": NAME}, ana).uid
    change(store, "win", win, {"credit": "The trainers"}, ana)
    return uid


def test_no_byte_of_the_person_stays(path: Path, store: Store, ana: Acting, zebulon: str) -> None:
    assert NAME.encode() in path.read_bytes()
    erased = erase_person(store, zebulon, ana, reason=f"{NAME} asked for it")
    assert erased.name == "Former staff (Trainer)"
    assert erased.texts == 2
    content = path.read_bytes()
    for word in (b"Zebulon", b"Quirk", MAIL.encode()):
        assert content.count(word) == 0
    assert verify(store) == []
    assert find_text(store, "Zebulon") == []
    assert find_text(store, "Former")[0].uid == zebulon


def test_what_they_recorded_stays_under_a_name_that_is_none(store: Store, ana: Acting, zebulon: str) -> None:
    erase_person(store, zebulon, ana, reason="left the council")
    (row,) = rows(store, Query("risk"), ["title", "owner", "controls"])
    assert row[2] == "[name removed] may leave"
    assert row[3].name == "Former staff (Trainer)"
    assert row[4] == "Ask [name removed] ([name removed])."
    told = describe_changes(store, "person", zebulon)
    assert {change.old for change in told} | {change.new for change in told} >= {"(erased)"}


def test_earlier_days_do_not_know_the_name_either(store: Store, ana: Acting, zebulon: str) -> None:
    erase_person(store, zebulon, at(ana, date(2026, 10, 20)), reason="left the council")
    with as_of(store, date(2026, 10, 5)) as then:
        names = [row[2] for row in rows(then, Query("person"), ["display_name"])]
        assert "Former staff (Trainer)" in names
        assert [row[2] for row in rows(then, Query("win"), ["credit"])] == ["The trainers"]


def test_it_cannot_be_undone(store: Store, ana: Acting, zebulon: str) -> None:
    erased = erase_person(store, zebulon, ana, reason="left the council")
    with pytest.raises(TrackerError, match="cannot be undone"):
        undo(store, ana, erased.tx)
    with pytest.raises(TrackerError, match="has been erased"):
        undo(store, ana, 2)


def test_a_name_that_is_part_of_another_word_stays(store: Store, ana: Acting) -> None:
    uid = add(store, "person", {"display_name": "Park"}, ana).uid
    add(store, "win", {"title": "Parking is easier, says Park"}, ana)
    erase_person(store, uid, ana, reason="left the council", decision=Decision.of([], ["Park"]))
    assert [row[2] for row in rows(store, Query("win"), ["title"])] == ["Parking is easier, says [name removed]"]
    assert verify(store) == []


def test_it_needs_a_reason(store: Store, ana: Acting, zebulon: str) -> None:
    with pytest.raises(TrackerError, match="Say why"):
        erase_person(store, zebulon, ana, reason="x")
