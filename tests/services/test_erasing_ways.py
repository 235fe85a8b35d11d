"""Twelve ways of writing a name, in every place of a file: none is left in its bytes, and the chain holds."""

import json
import os
from pathlib import Path

import pytest
from conftest import NOW

from tracker.paths import state_folder
from tracker.services.erasing import Decision, Mention, erase_person, look_for, remove_beside
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage import Acting, Store
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.search import find_text

WAYS = [
    "Adelheid  Smithersby",
    "Adelheid\nSmithersby",
    "Smithersby, Adelheid",
    "AdelheidSmithersby",
    "Adelheid-Smithersby",
    "Dr A. Smithersby",
    "Smithersby's",
    "Smithersbys",
    "Smithersby",
    "ADELHEID",
    "ASMITH07",
    "adelheid.smithersby",
    "Ádelhèid SMÍTHERSBY",
]
TRACES = ("smithersby", "smíthersby", "adelheid", "ádelhèid", "asmith07")


@pytest.fixture
def adelheid(store: Store, ana: Acting) -> str:
    values = {"display_name": "Adelheid Smithersby", "role_title": "Trainer", "login": "asmith07"}
    return add(store, "person", {**values, "email": "adelheid.smithersby@example.org"}, ana).uid


def hide(store: Store, by: Acting, way: str) -> None:
    """Put a name, written in some way, in every place that a file has."""
    add(store, "risk", {"title": "It rains", "controls": f"Ask {way} first"}, by)
    add(store, "win", {"title": "A form less", "tags": ("first", f"by {way}".replace(",", ""))}, by)
    gone = add(store, "win", {"title": "A form more"}, by).uid
    remove(store, "win", gone, by, reason=f"Told by {way}")
    earlier = add(store, "win", {"title": "A call less", "credit": f"{way} did it"}, by).uid
    change(store, "win", earlier, {"credit": "The trainers"}, by, reason=f"{way} asked for it")
    add(store, "win", {"title": f"{way}: to be undone"}, by)
    undo(store, by)


def traces(path: Path) -> list[str]:
    content = path.read_bytes().decode("utf-8", "replace").lower()
    return [trace for trace in TRACES if trace in content]


@pytest.mark.parametrize("way", WAYS)
def test_no_byte_of_the_name_stays(path: Path, store: Store, ana: Acting, adelheid: str, way: str) -> None:
    hide(store, ana, way)
    assert traces(path)
    erase_person(store, adelheid, ana, reason=f"{way} asked for it")
    assert traces(path) == []
    assert verify(store) == []
    assert find_text(store, "Smithersby") == find_text(store, "Adelheid") == []


def test_each_place_is_listed_before(store: Store, ana: Acting, adelheid: str) -> None:
    hide(store, ana, "Smithersby")
    mentions = look_for(store, adelheid, NOW).mentions
    assert [mention.field for mention in mentions if mention.sureness == "certain"] == ["Name", "Email", "Login"]
    places = {(mention.where, mention.key, mention.field) for mention in mentions if mention.sureness == "likely"}
    assert places == {
        ("record", "R-001", "Controls"),
        ("record", "W-001", "Tags"),
        ("record", "W-002", "Why removed"),
        ("journal", "R-001", "Controls"),
        ("journal", "W-001", "Tags"),
        ("journal", "W-002", "Why removed"),
        ("journal", "W-003", "Credit"),
        ("journal", "W-004", "Title"),
        ("reason", "#6", "Reason"),
        ("reason", "#8", "Reason"),
    }
    assert ("Smithersby", "Ask Smithersby first", 1) in {mention[4:] for mention in mentions}


def test_what_is_left_stays_in_the_record_and_its_history(store: Store, ana: Acting, adelheid: str) -> None:
    add(store, "win", {"title": "Smithersby Street is open"}, ana)
    add(store, "win", {"title": "Says Smithersby"}, ana)
    erase_person(store, adelheid, ana, reason="left the council", decision=Decision.of(["W-001"], []))
    titles = [row[2] for row in rows(store, Query("win"), ["title"])]
    assert titles == ["Smithersby Street is open", "Says [name removed]"]
    mentions = look_for(store, adelheid, NOW).mentions
    assert [mention.field for mention in mentions] == ["Name"]  # nothing by which to look is known any more
    assert verify(store) == []


def test_words_with_another_meaning_are_listed_and_stay(store: Store, ana: Acting) -> None:
    uid = add(store, "person", {"display_name": "May Turnbull"}, ana).uid
    add(store, "win", {"title": "In May we may ask May"}, ana)
    add(store, "win", {"title": "So May says"}, ana)
    (first, *_) = (mention for mention in look_for(store, uid, NOW).mentions if mention.sureness == "open")
    assert first == Mention("open", "record", "W-001", "Title", "May", "In May we may ask May", 2)
    erase_person(store, uid, ana, reason="left the council", decision=Decision.of([], ["W-002"]))
    assert [row[2] for row in rows(store, Query("win"), ["title"])] == [
        "In May we may ask May",
        "So [name removed] says",
    ]
    assert verify(store) == []


def test_drafts_and_what_killed_commands_left_go(path: Path, store: Store, ana: Acting, adelheid: str) -> None:
    drafts = state_folder() / "drafts"
    drafts.mkdir(parents=True)
    texts = {"title": "Ask Ádelhèid\n Smithersby"}
    draft, other = drafts / "a-1.json", drafts / "b-1.json"
    draft.write_text(json.dumps({"texts": texts, "began": {}, "at": "2026-10-01T09:00:00+00:00"}), "ascii")
    other.write_text(json.dumps({"texts": {"title": "Ask"}}), "ascii")
    part = path.with_name("copy.db.999999999.part")
    part.write_bytes(b"SQLite format 3\0")
    os.utime(part, (NOW.timestamp(), NOW.timestamp()))
    looked = look_for(store, adelheid, NOW)
    assert (looked.drafts, looked.parts) == ((draft,), (part,))
    assert remove_beside(looked) == []
    assert not draft.exists()
    assert not part.exists()
    assert other.exists()
