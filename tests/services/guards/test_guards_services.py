"""Rules of services, journeys, steps and integrations."""

from datetime import date
from typing import Any

import pytest
from factories import refused

from tracker.errors import Invalid
from tracker.rules.journeys.channels import read_channels, write_channels
from tracker.rules.reading import NotRead
from tracker.services.records.writing import Saved, add, change, remove
from tracker.storage.queries import record
from tracker.storage.store import Acting, Store

TODAY = date(2026, 10, 1)


def held(store: Store, kind: str, saved: Saved, field: str) -> Any:
    return getattr(record(store, kind, saved.uid), field)


@pytest.fixture
def service(store: Store, ana: Acting) -> str:
    return add(store, "service", {"name": "Grants"}, ana).uid


# Services and their channels


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("web 40, phone 35, post 25", "web 40, phone 35, post 25"),
        ("Online: 40%; Telephone=35%; letter 24.5", "web 40, phone 35, post 24.5"),
        ("face to face 33.3, paper-form 33.3, assisted 33.3", "face_to_face 33.3, paper_form 33.3, assisted 33.3"),
        ("web 100", "web 100"),
        ("web 60, email 41", "web 60, email 41"),
        ("web 60, email 39", "web 60, email 39"),
    ],
)
def test_a_channel_mix_is_read_and_written_alike(text: str, kept: str) -> None:
    mix = read_channels(text)
    assert write_channels(mix) == kept
    assert read_channels(kept) == mix


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("web 40, phone 35", "the parts make 75%, not 100"),
        ("web 60, email 41.01", "the parts make 101.01%, not 100"),
        ("web 40, fone 60", "“fone” is not a channel. Did you mean “phone”? Choose from: web, phone,"),
        ("web 40, online 60", "web stands there twice"),
        ("mostly web", "“mostly web” is not a channel and its per cent"),
        ("40, 60", "“40” is not a channel and its per cent"),
        ("web -40, phone 140", "“web -40” is not a channel and its per cent"),
        ("web 4e1, phone 60", "“web 4e1” is not a channel and its per cent"),
        (",", "the parts make 0%, not 100"),
    ],
)
def test_a_channel_mix_that_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(NotRead) as caught:
        read_channels(text)
    assert said in str(caught.value)


def test_a_service_keeps_its_channel_mix_as_it_was_read(store: Store, ana: Acting) -> None:
    saved = add(store, "service", {"name": "Permits", "channel_mix": "Online 60%; phone 40%"}, ana)
    assert held(store, "service", saved, "channel_mix") == "web 60, phone 40"
    told = refused(store, ana, "service", {"name": "Permits", "channel_mix": "web 60, phone 30"})
    assert told == {"channel_mix": "Channel mix: the parts make 90%, not 100. Change them so that they do."}
    with pytest.raises(Invalid, match="twice"):
        change(store, "service", saved.uid, {"channel_mix": "web 60, web 40"}, ana)
    change(store, "service", saved.uid, {"channel_mix": None}, ana)


# Journeys and their steps


def test_a_second_journey_of_the_same_version_is_remarked_on(store: Store, ana: Acting, service: str) -> None:
    first = add(store, "journey", {"name": "Apply", "service": service}, ana)
    assert first.notes == ()
    add(store, "journey", {"name": "Apply", "service": service, "version": 4}, ana)
    again = add(store, "journey", {"name": "Apply anew", "service": service}, ana)
    assert again.notes == ("J-01 Apply is version 1 of S-01 “as is” too: if this one follows it, call it version 5.",)
    assert change(store, "journey", again.uid, {"note": "seen twice"}, ana).notes == ()
    other = add(store, "journey", {"name": "Apply", "service": service, "journey_kind": "to_be"}, ana)
    assert other.notes == ()
    assert "J-01" in change(store, "journey", other.uid, {"journey_kind": "as_is"}, ana).notes[0]


def test_steps_take_the_next_place_and_never_one_that_is_taken(store: Store, ana: Acting, service: str) -> None:
    journey = add(store, "journey", {"name": "Apply", "service": service}, ana).uid
    other = add(store, "journey", {"name": "Renew", "service": service, "version": 2}, ana).uid
    made = [add(store, "step", {"title": title, "journey": journey}, ana) for title in ("Find out", "Fill in")]
    assert [held(store, "step", one, "step_order") for one in made] == [1, 2]
    told = refused(store, ana, "step", {"title": "Hand in", "journey": journey, "step_order": 2})
    said = "Order (2) is that of JS-002 Fill in already: no two steps of a journey have one place. 3 is free."
    assert told == {"step_order": said}
    late = add(store, "step", {"title": "Letter", "journey": journey, "step_order": 11}, ana)
    assert held(store, "step", add(store, "step", {"title": "Ring", "journey": journey}, ana), "step_order") == 12
    assert held(store, "step", add(store, "step", {"title": "Ring", "journey": other}, ana), "step_order") == 1
    with pytest.raises(Invalid, match=r"Order \(1\) is that of JS-001"):
        change(store, "step", late.uid, {"step_order": 1}, ana)
    change(store, "step", made[1].uid, {"title": "Fill it in", "step_order": 2}, ana)
    remove(store, "step", made[0].uid, ana, reason="nobody does it")
    change(store, "step", late.uid, {"step_order": 1}, ana)
    assert held(store, "step", late, "step_order") == 1
    change(store, "step", late.uid, {"step_order": None}, ana)
    assert held(store, "step", late, "step_order") == 13


def test_the_last_place_of_a_journey_is_999(store: Store, ana: Acting, service: str) -> None:
    journey = add(store, "journey", {"name": "Apply", "service": service}, ana).uid
    add(store, "step", {"title": "Last", "journey": journey, "step_order": 999}, ana)
    told = refused(store, ana, "step", {"title": "After", "journey": journey})
    assert told == {"step_order": "Order must be from 1 to 999; you gave 1000."}


# Integrations


def test_an_integration_ties_two_sides_together(store: Store, ana: Acting, service: str) -> None:
    other = add(store, "service", {"name": "Council tax"}, ana).uid
    base = {"name": "Address", "live_on": TODAY}
    same = refused(store, ana, "integration", {**base, "provider": service, "consumer": service})
    assert same["consumer"].startswith("Consumer and provider are the same service")
    for status in ("in_test", "in_production"):
        used = {**base, "status": status}
        assert refused(store, ana, "integration", used).keys() == {"provider"}
        assert refused(store, ana, "integration", {**used, "other_party": "HMRC"}).keys() == {"provider"}
        assert refused(store, ana, "integration", {**used, "provider": service}).keys() == {"consumer"}
        assert refused(store, ana, "integration", {**used, "consumer": service}).keys() == {"provider"}
        add(store, "integration", {**used, "consumer": service, "other_party": "HMRC"}, ana)
        add(store, "integration", {**used, "provider": service, "other_party": "HMRC"}, ana)
        add(store, "integration", {**used, "provider": service, "consumer": other}, ana)
    planned = add(store, "integration", {"name": "Planned"}, ana)
    with pytest.raises(Invalid) as caught:
        change(store, "integration", planned.uid, {"status": "in_production", "provider": service}, ana)
    assert {problem.field for problem in caught.value.problems} == {"consumer", "live_on"}
