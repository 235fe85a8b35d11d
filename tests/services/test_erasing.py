"""Erasing a person: the corners where a name may hide."""

from pathlib import Path
from typing import Any

import pytest

from tracker.services.erasing import erase_person
from tracker.services.records.history_words import describe_changes
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.search import find_text
from tracker.storage.store import Acting, Store

NAME = "Zoë O'Quill"
WORDS = ("Quill", "quill", "QUILL", "zoqlogin")


@pytest.fixture
def zoe(store: Store, ana: Acting) -> str:
    values = {"display_name": NAME, "email": "z.o'quill@example.org", "login": "zoqlogin", "role_title": "Trainer"}
    return add(store, "person", values, ana).uid


def hide(store: Store, by: Acting, where: str) -> None:
    """Put the name somewhere."""
    if where == "apostrophe":
        add(store, "win", {"title": f"{NAME} said so"}, by)
    elif where == "capitals":
        add(store, "win", {"title": NAME.upper(), "credit": "Z.O'QUILL@EXAMPLE.ORG"}, by)
    elif where == "login":
        add(store, "win", {"title": "Done by zoqlogin, on time"}, by)
    elif where == "tag":
        add(store, "win", {"title": "x", "tags": ("a", NAME, "z")}, by)
    elif where == "why removed":
        win = add(store, "win", {"title": "x"}, by).uid
        remove(store, "win", win, by, reason=f"Told by {NAME}")
    elif where == "reason":
        add(store, "win", {"title": "x"}, by, reason=f"Told by {NAME}")
    elif where == "earlier text":
        win = add(store, "win", {"title": f"By {NAME}"}, by).uid
        change(store, "win", win, {"title": "By the trainers"}, by)
    elif where == "undone record":
        add(store, "win", {"title": f"By {NAME}"}, by)
        undo(store, by)
    elif where == "undone twice":
        risk = add(store, "risk", {"title": f"By {NAME}", "likelihood": 1, "impact": 1}, by).uid
        change(store, "risk", risk, {"cause": NAME}, by, reason=NAME)
        undo(store, by)
        undo(store, by)
    elif where == "least text":
        add(store, "confidence", {"rating": "amber", "narrative": f"So says {NAME}."}, by)
    elif where == "longest text":
        add(store, "win", {"title": NAME + " x" * 34}, by)


PLACES = ["apostrophe", "capitals", "login", "tag", "why removed", "reason", "earlier text", "undone record",
          "undone twice", "least text", "longest text"]  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_no_byte_of_the_name_stays(path: Path, store: Store, ana: Acting, zoe: str, where: str) -> None:
    hide(store, ana, where)
    erase_person(store, zoe, ana, reason=f"{NAME} asked for it")
    content = path.read_bytes()
    assert [word for word in WORDS if word.encode() in content] == []
    assert verify(store) == []
    assert find_text(store, "quill") == []


def test_other_records_are_changed_no_more_than_that(store: Store, ana: Acting, zoe: str) -> None:
    hide(store, ana, "tag")
    hide(store, ana, "why removed")
    erased = erase_person(store, zoe, ana, reason="left the council")
    assert erased.texts == 2
    assert rows(store, Query("win"), ["tags"])[0][2] == ("a", "[name removed]", "z")
    assert rows(store, Query("win", deleted=True), ["deleted_reason"])[0][2] == "Told by [name removed]"
    assert {told.new for told in describe_changes(store, "person", zoe)} >= {"added (erased)"}


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Bo", "Bo said: go", "Bo said: go"),  # too short to be told from a word
        ("Mark", "Mark the Mark, do not mark it", "Mark the Mark, do not mark it"),  # nor this one
        ("Marek", "Marek the Marek, do not mark it", "[name removed] the [name removed], do not mark it"),
        ("Ann Park", "Ann Parker is not ANN PARK", "Ann Parker is not [name removed]"),
        ("Dr. X (Data)", "Ask Dr. X (Data)!", "Ask [name removed]!"),
        ("a.b*c", "aXbbc or a.b*c", "aXbbc or [name removed]"),
    ],
)
def test_what_is_and_is_not_the_name(store: Store, ana: Acting, name: str, text: str, left: str) -> None:
    uid = add(store, "person", {"display_name": name}, ana).uid
    add(store, "win", {"title": text}, ana)
    erase_person(store, uid, ana, reason="left the council")
    assert rows(store, Query("win"), ["title"])[0][2] == left
    assert rows(store, Query("person"), ["display_name"])[1][2] == "Former staff"
    assert verify(store) == []


def test_erasing_once_more_changes_nothing_else(store: Store, ana: Acting, zoe: str) -> None:
    add(store, "win", {"title": "Former staff (Trainer) helped"}, ana)
    first = erase_person(store, zoe, ana, reason="left the council")
    again = erase_person(store, zoe, ana, reason="to be quite sure")
    assert (first.texts, again.texts) == (0, 0)
    assert rows(store, Query("win"), ["title"])[0][2] == "Former staff (Trainer) helped"
    assert verify(store) == []


def test_two_people_of_one_name(path: Path, store: Store, ana: Acting) -> None:
    one, two = (add(store, "person", {"display_name": "Kim Leeson", "login": login}, ana).uid for login in ("k1", "k2"))
    erase_person(store, one, ana, reason="left the council")
    names: dict[str, Any] = {row[0]: row[2] for row in rows(store, Query("person"), ["display_name"])}
    assert (names[one], names[two]) == ("Former staff", "Kim Leeson")
    assert verify(store) == []


def test_who_erases_themself_is_somebody_new_afterwards(store: Store, ana: Acting) -> None:
    from conftest import NOW

    from tracker.services.records.people import acting

    erase_person(store, ana.person, ana, reason="leaving the council")
    assert acting(store, "ana", "cli", NOW, NOW.date()).person != ana.person
    assert verify(store) == []
