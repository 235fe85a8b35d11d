"""Who acts: known by login, ref or name, and recorded once."""

from pathlib import Path

import pytest
from conftest import NOW

from tracker.cli.shell.mending import in_shell
from tracker.errors import TrackerError
from tracker.services.records import people
from tracker.services.records.people import acting, who_is
from tracker.services.records.writing import add, change, remove
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.store import Acting, Store


def names(store: Store) -> list[str]:
    return [row[2] for row in rows(store, Query("person"), ["display_name"])]


def test_somebody_new_joins_by_a_command_of_their_own(store: Store) -> None:
    ben = acting(store, "ben", "screens", NOW, NOW.date())
    assert store.read("SELECT command, actor, front FROM tx ORDER BY id DESC LIMIT 1") == [
        ("join", ben.person, "screens")
    ]
    assert rows(store, Query("person"), ["display_name", "login", "created_by"])[1][2:4] == ("ben", "ben")
    assert verify(store) == []


def test_a_login_goes_before_a_ref_and_a_ref_before_a_name(store: Store, ana: Acting) -> None:
    by_name = add(store, "person", {"display_name": "kim"}, ana).uid
    assert who_is(store, "kim") == by_name
    by_login = add(store, "person", {"display_name": "Kim Lee", "login": "kim"}, ana).uid
    assert who_is(store, "kim") == by_login
    assert who_is(store, "per-002") == by_name
    assert who_is(store, "nobody") is None


def test_a_renamed_person_is_known_by_the_login(store: Store, ana: Acting) -> None:
    change(store, "person", ana.person, {"display_name": "Ana Novak"}, ana)
    assert acting(store, "ana", "cli", NOW, NOW.date()).person == ana.person


def test_two_people_of_one_name_are_told_apart_by_ref(store: Store, ana: Acting) -> None:
    for _ in range(2):
        add(store, "person", {"display_name": "Sam"}, ana)
    with pytest.raises(TrackerError, match="“Sam” may be PER-002 or PER-003") as caught:
        acting(store, "Sam", "cli", NOW, NOW.date())
    assert in_shell(caught.value).endswith("Say which with --as or TRACKER_USER.")
    assert acting(store, "PER-003", "cli", NOW, NOW.date()).person
    assert len(names(store)) == 3


def test_a_removed_person_does_not_act(store: Store, ana: Acting) -> None:
    gone = add(store, "person", {"display_name": "Lee", "login": "lee"}, ana).uid
    remove(store, "person", gone, ana, reason="recorded twice")
    assert acting(store, "lee", "cli", NOW, NOW.date()).person != gone


def test_a_very_long_name_is_one_person(store: Store) -> None:
    first = acting(store, "x" * 200, "cli", NOW, NOW.date())
    assert acting(store, "x" * 200, "cli", NOW, NOW.date()).person == first.person
    assert len(names(store)) == 2


def test_two_first_commands_at_once_make_one_person(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    look = people.who_is
    asked: list[str] = []

    def and_another_process(where: Store, name: str) -> str | None:
        found = look(where, name)
        if not asked:
            asked.append(name)
            with Store.open(path) as other:
                acting(other, "ben", "cli", NOW, NOW.date())
        return found

    monkeypatch.setattr(people, "who_is", and_another_process)
    ben = acting(store, "ben", "cli", NOW, NOW.date())
    assert names(store) == ["ana", "ben"]
    assert ben.person == rows(store, Query("person"), [])[1][0]
    assert verify(store) == []


def test_case_accents_and_spaces_make_nobody_new(store: Store, ana: Acting) -> None:
    lead = add(store, "person", {"display_name": "Data Léad", "login": "DLead"}, ana).uid
    for name in ("data léad", "DATA  LEAD", "Data lead", "dlead", "  Data Léad "):
        assert acting(store, name, "cli", NOW, NOW.date()).person == lead
    assert len(names(store)) == 2


def test_letters_tell_two_people_apart_that_are_there(store: Store, ana: Acting) -> None:
    first, second = (add(store, "person", {"display_name": name}, ana).uid for name in ("Kim Lee", "kim lee"))
    assert (who_is(store, "Kim Lee"), who_is(store, "kim lee")) == (first, second)
    with pytest.raises(TrackerError, match="may be PER-002 or PER-003"):
        who_is(store, "KIM LEE")


def test_somebody_new_is_said_once_with_who_is_near(store: Store, ana: Acting) -> None:
    add(store, "person", {"display_name": "Data lead"}, ana)
    add(store, "person", {"display_name": "Delivery lead, Parking"}, ana)
    told: list[str] = []

    def act(name: str) -> None:
        acting(store, name, "cli", NOW, NOW.date(), told.append)

    act("Data leed")
    act("data leed")
    act("Delivery lead")
    act("Zoe")
    assert told == [
        "PER-004 “Data leed” was recorded as a new person; near: PER-002 Data lead.",
        "PER-005 “Delivery lead” was recorded as a new person; near: PER-003 Delivery lead, Parking.",
        "PER-006 “Zoe” was recorded as a new person.",
    ]
