"""What a search finds beside whole words: former names, parts of words, other systems' codes, an earlier day."""

from datetime import date

import pytest
from conftest import at

from tracker.errors import TrackerError
from tracker.services.erasing import erase_person
from tracker.services.reading import on_day
from tracker.services.records.finding import resolve_ref
from tracker.services.records.notes import add_identifier
from tracker.services.records.writing import add, change, remove
from tracker.storage.queries import Query, rows
from tracker.storage.search import Hit, find_text
from tracker.storage.store import Acting, Store


def refs(store: Store, text: str) -> list[str]:
    return [hit.ref for hit in find_text(store, text)]


def listed(store: Store, kind: str, text: str) -> list[str]:
    return [ref for _, ref in rows(store, Query(kind, text=text), [])]


@pytest.fixture
def renamed(store: Store, ana: Acting) -> Store:
    pilot = add(store, "pilot", {"name": "Restart Programme"}, ana).uid
    change(store, "pilot", pilot, {"name": "Better Streets"}, ana)
    return store


def test_a_former_name_is_found_and_said_to_be_former(renamed: Store) -> None:
    uid = rows(renamed, Query("pilot"), [])[0][0]
    called = "called “Restart Programme” before"
    expected = [Hit("pilot", uid, "P-01", "Better Streets", called, "Restart Programme")]
    for text in ("Restart Programme", "programme restart", "restart", "RESTÁRT"):
        assert find_text(renamed, text) == expected
    assert find_text(renamed, "Better Streets")[0].former == ""
    assert listed(renamed, "pilot", "restart") == ["P-01"] and listed(renamed, "pilot", "zebra") == []


def test_a_record_is_named_by_what_it_is_called_today_and_the_error_says_it(renamed: Store) -> None:
    with pytest.raises(TrackerError, match="P-01 was called “Restart Programme” before; now: Better Streets") as caught:
        resolve_ref(renamed, "pilot", "restart programme")
    assert (caught.value.code, caught.value.values["ref"]) == ("former_name", "P-01")


def test_a_guess_never_offers_a_removed_record_as_if_it_were_there(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Restart Programme"}, ana).uid
    remove(store, "pilot", pilot, ana, reason="Given up")
    with pytest.raises(TrackerError, match="Did you mean “Restart Programme”, which was removed"):
        resolve_ref(store, "pilot", "Restrat Programe")
    add(store, "pilot", {"name": "Restart Programmes"}, ana)
    with pytest.raises(TrackerError, match="Did you mean “Restart Programmes”\\?"):
        resolve_ref(store, "pilot", "Restrat Programe")


def test_an_erased_name_is_found_nowhere(store: Store, ana: Acting) -> None:
    person = add(store, "person", {"display_name": "Adelheid Quillfeather"}, ana).uid
    change(store, "person", person, {"display_name": "Adelheid Brown"}, ana)
    assert [hit.title for hit in find_text(store, "Quillfeather")] == ["Adelheid Brown"]
    erase_person(store, person, ana, reason="She asked for it")
    for text in ("Quillfeather", "quillf", "feather", "Adelheid", "Brown"):
        assert find_text(store, text) == [] and listed(store, "person", text) == []
        with pytest.raises(TrackerError) as caught:
            resolve_ref(store, "person", text)
        assert "Former" not in str(caught.value) and "before" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["suppliers", "supplier", "upplie", "late supplier", "suppliers late", "職員", "窓口", "不足", "GMPP_0007", "0007"],
)
def test_parts_of_words_and_codes_of_other_systems_are_found(store: Store, ana: Acting, text: str) -> None:
    supplier = add(store, "risk", {"title": "The supplier is late", "cause": "窓口職員が不足する"}, ana)
    add_identifier(store, "risk", supplier.uid, "GMPP", "GMPP_0007", ana)
    add(store, "risk", {"title": "Another"}, ana)
    assert refs(store, text) == ["R-001"]
    if "suppliers" not in text:
        assert listed(store, "risk", text) == ["R-001"]


def test_whole_words_go_before_parts_and_enough_of_them_are_all(store: Store, ana: Acting) -> None:
    for title in ("Smart meters", "Art", "Art class", "Art school"):
        add(store, "risk", {"title": title}, ana)
    assert refs(store, "art") == ["R-004", "R-003", "R-002"]
    assert refs(store, "mart") == ["R-001"]
    assert refs(store, "rt") == []


def test_words_of_a_name_in_another_order_are_a_guess_and_not_a_record(store: Store, ana: Acting) -> None:
    add(store, "pilot", {"name": "Parking permits self-service"}, ana)
    assert refs(store, "permits parking") == ["P-01"]
    with pytest.raises(TrackerError, match="Did you mean “Parking permits self-service”"):
        resolve_ref(store, "pilot", "permits parking")


def test_a_record_without_a_name_has_a_title_from_what_it_holds(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Parking"}, ana).uid
    values = {"pilot": pilot, "rating": "amber", "narrative": "The supplier of the kerb is late again"}
    add(store, "confidence", values, ana)
    (hit,) = (hit for hit in find_text(store, "kerb") if hit.kind == "confidence")
    assert hit.title.startswith("Parking · ▲ Amber · 1 Oct 2026") or hit.title.startswith(
        "Parking · ▲ Amber · 2026-10-01"
    )


def test_an_earlier_day_is_searched_as_it_was(renamed: Store, ana: Acting) -> None:
    add(renamed, "risk", {"title": "Café roof leaks"}, at(ana, date(2026, 10, 20)))
    with on_day(renamed, date(2026, 10, 10)) as then:
        assert refs(then, "roof") == [] and refs(then, "better") == ["P-01"]
    with on_day(renamed, date(2026, 10, 20)) as then:
        assert refs(then, "cafe") == ["R-001"]
        assert refs(then, "roo") == refs(then, "oof") == ["R-001"]
