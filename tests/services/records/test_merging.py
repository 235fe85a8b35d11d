"""Two records of one person become one: what pointed at the other points at the first, and the other leads there."""

import pytest
from conftest import NOW

from tracker.entities import Person, Win
from tracker.errors import TrackerError
from tracker.services.browsing import named
from tracker.services.erasing import erase_person, look_for
from tracker.services.reading import page_values
from tracker.services.records.finding import resolve_ref
from tracker.services.records.history_words import describe_changes
from tracker.services.records.merging import Merged, merge_people, named_people
from tracker.services.records.people import acting, who_is
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove, restore
from tracker.storage import Acting, Link, Store, record
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.history import commands
from tracker.storage.journal.verify import verify
from tracker.storage.journal.wanted import Wanted
from tracker.storage.queries import Query, rows
from tracker.storage.search import find_text

WHY = "The same person, recorded twice"


@pytest.fixture
def lead(store: Store, ana: Acting) -> str:
    return add(store, "person", {"display_name": "Data lead", "login": "dlead"}, ana).uid


@pytest.fixture
def double(store: Store) -> Acting:
    """Somebody who acted under a name of their own."""
    return acting(store, "d.lead@home", "cli", NOW, NOW.date())


@pytest.fixture
def risk(store: Store, ana: Acting, lead: str, double: Acting) -> str:
    return add(store, "risk", {"title": "It rains", "owner": double.person}, ana).uid


def merged(store: Store, ana: Acting, lead: str, double: Acting) -> Merged:
    return merge_people(store, double.person, lead, ana, reason=WHY)


def owner(store: Store) -> Link:
    owner: Link = rows(store, Query("risk"), ["owner"])[0][2]
    return owner


def test_what_points_at_the_other_goes_to_the_first(
    store: Store, ana: Acting, lead: str, double: Acting, risk: str
) -> None:
    gone = add(store, "risk", {"title": "It snows", "owner": double.person}, ana).uid
    remove(store, "risk", gone, ana, reason="Not here")
    result = merged(store, ana, lead, double)
    assert (result.alias.ref, result.person.ref, result.changed) == ("PER-003", "PER-002", 2)
    assert owner(store).uid == lead
    assert rows(store, Query("risk", deleted=True), ["owner"])[0][2].uid == lead
    assert [person.ref for person in named(store, "person")] == ["PER-001", "PER-002"]
    assert verify(store) == []


def test_ref_name_and_login_of_the_other_lead_to_the_first(
    store: Store, ana: Acting, lead: str, double: Acting
) -> None:
    merged(store, ana, lead, double)
    for text in ("PER-003", "per-003", "d.lead@home", "D.Lead@Home"):
        assert who_is(store, text) == lead
        assert resolve_ref(store, "person", text).uid == lead
        assert acting(store, text, "cli", NOW, NOW.date()).person == lead
    assert [(hit.uid, hit.ref, hit.title) for hit in find_text(store, "home")] == [(lead, "PER-002", "Data lead")]
    assert len(find_text(store, "lead")) == 1
    page = page_values(store, "person", double.person)
    assert page is not None
    assert page[1]["alias_of"] == Link(lead, "PER-002", "Data lead")


def test_the_history_tells_under_the_first_what_the_other_did(
    store: Store, ana: Acting, lead: str, double: Acting
) -> None:
    win = add(store, "win", {"title": "A form less"}, double).uid
    before = store.read("SELECT actor, hash FROM tx ORDER BY id")
    merged(store, ana, lead, double)
    assert store.read("SELECT actor, hash FROM tx ORDER BY id")[: len(before)] == before
    assert [told.who for told in describe_changes(store, "win", win)] == ["Data lead"]
    condition, values = Wanted(actor=lead).of_commands
    assert [command.command for command in commands(store, condition=condition, values=values)] == ["win.add", "join"]
    assert rows(store, Query("win"), ["created_by"])[0][2].uid == lead


def test_their_last_change_is_that_of_either_record(store: Store, ana: Acting, lead: str, double: Acting) -> None:
    add(store, "win", {"title": "A form less"}, double)
    merged(store, ana, lead, double)
    both = ana._replace(person=lead)
    assert undo(store, both).command == "win.add"
    assert rows(store, Query("win"), []) == []
    redo(store, both)
    assert len(rows(store, Query("win"), [])) == 1
    assert verify(store) == []


def test_a_rule_for_two_people_sees_one(store: Store, ana: Acting, lead: str, double: Acting) -> None:
    win = add(store, "win", {"title": "A form less"}, double).uid
    merged(store, ana, lead, double)
    with pytest.raises(TrackerError, match="somebody other"):
        change(store, "win", win, {"verified_by": lead}, ana)
    change(store, "win", win, {"verified_by": ana.person}, ana)
    assert record(store, Win, win)


def test_one_undo_takes_it_back(store: Store, ana: Acting, lead: str, double: Acting, risk: str) -> None:
    merged(store, ana, lead, double)
    undo(store, ana)
    assert owner(store).uid == double.person
    assert who_is(store, "d.lead@home") == double.person
    redo(store, ana)
    assert owner(store).uid == lead
    assert verify(store) == []


def test_undoing_an_earlier_change_leads_to_the_first(
    store: Store, ana: Acting, lead: str, double: Acting, risk: str
) -> None:
    changed = change(store, "risk", risk, {"owner": ana.person}, ana)
    merged(store, ana, lead, double)
    undo(store, ana, changed.tx)
    assert owner(store).uid == lead
    redo(store, ana)
    assert owner(store).uid == ana.person
    assert verify(store) == []


def test_a_day_before_knows_two(store: Store, ana: Acting, lead: str, double: Acting, risk: str) -> None:
    later = ana._replace(now=NOW.replace(day=9), today=NOW.date().replace(day=9))
    merged(store, later, lead, double)
    with as_of(store, NOW.date()) as then:
        assert owner(then).uid == double.person
        assert len(rows(then, Query("person"), [])) == 3


def test_a_second_merge_takes_aliases_along(store: Store, ana: Acting, lead: str, double: Acting, risk: str) -> None:
    merged(store, ana, lead, double)
    merge_people(store, lead, ana.person, ana, reason=WHY)
    assert owner(store).uid == ana.person
    assert who_is(store, "PER-003") == who_is(store, "dlead") == ana.person
    alias = record(store, Person, double.person)
    assert alias is not None
    assert alias.alias_of == ana.person
    assert verify(store) == []


def test_what_cannot_become_one_is_said(store: Store, ana: Acting, lead: str, double: Acting) -> None:
    def refused(alias: str, person: str) -> str:
        with pytest.raises(TrackerError) as caught:
            merge_people(store, alias, person, ana, reason=WHY)
        return str(caught.value)

    assert "with itself" in refused(lead, lead)
    merged(store, ana, lead, double)
    assert refused(double.person, ana.person) == "PER-003 is the same person as PER-002 Data lead: that record counts."
    assert "the same person as" in refused(ana.person, double.person)
    with pytest.raises(TrackerError, match="one record already: PER-002"):
        named_people(store, "PER-003", "PER-002")
    other = add(store, "person", {"display_name": "Zebulon Quirke"}, ana).uid
    remove(store, "person", other, ana, reason="Never here")
    assert refused(lead, other) == "PER-004 was removed."
    restore(store, "person", other, ana)
    erase_person(store, other, ana, reason="Asked for it")
    assert "was erased" in refused(lead, other)
    with pytest.raises(TrackerError, match="Say why"):
        merge_people(store, lead, ana.person, ana, reason="")
    with pytest.raises(TrackerError, match="that record counts"):
        change(store, "person", double.person, {"team": "Data"}, ana)


def test_erasing_takes_both(store: Store, ana: Acting, double: Acting) -> None:
    lead = add(store, "person", {"display_name": "Zebulon Quirke", "role_title": "Trainer"}, ana).uid
    change(store, "person", double.person, {"display_name": "Z. Kwirke"}, ana)
    win = add(store, "win", {"title": "Kwirke and Quirke said so"}, ana).uid
    merged(store, ana, lead, double)
    assert [record.ref for record in look_for(store, double.person, NOW).records] == ["PER-003", "PER-002"]
    erase_person(store, double.person, ana, reason="Asked for it")
    names = store.read("SELECT display_name, login FROM person WHERE uid <> ? ORDER BY id", (ana.person,))
    assert names == [("Former staff", None), ("Former staff (Trainer)", None)]
    kept = record(store, Win, win)
    assert kept is not None
    assert kept.title == "[name removed] and [name removed] said so"
    assert verify(store) == []
