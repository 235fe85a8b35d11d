"""Recording: defaults, rules, reasons, people on one record, and words about what went wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, at

from tracker.errors import Conflict, Invalid, TrackerError
from tracker.services.records.finding import read_values, resolve_ref
from tracker.services.records.history_words import describe_changes
from tracker.services.records.people import acting
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove, restore
from tracker.storage.queries import Condition, Query, record, rows
from tracker.storage.store import Acting, Store


def wrong(store: Store, by: Acting, kind: str, values: dict[str, Any]) -> dict[str, str]:
    """Return the problems of a record that is refused, by field; nothing was written."""
    before = store.read("SELECT count(*) FROM tx")
    with pytest.raises(Invalid) as caught:
        add(store, kind, values, by)
    assert store.read("SELECT count(*) FROM tx") == before
    return {problem.field: problem.message for problem in caught.value.problems}


def test_all_that_is_wrong_is_said_at_once(store: Store, ana: Acting) -> None:
    values = {"title": "x" * 201, "likelihood": 9, "impact": 2, "status": "closed", "raised_on": date(2027, 1, 1)}
    found = wrong(store, ana, "risk", values)
    assert found == {
        "title": "Title may have 200 characters at most; this has 201.",
        "likelihood": "Likelihood must be from 1 to 5; you gave 9.",
        "closing_reason": "Closing reason is needed when status is closed.",
        "raised_on": "Raised on (2027-01-01) is later than today (2026-10-01).",
    }


def test_what_can_be_known_is_filled_in(store: Store, ana: Acting) -> None:
    risk = record(
        store, "risk", add(store, "risk", {"title": "x", "cause": "a", "event": "b", "consequence": "c"}, ana).uid
    )
    assert (risk.status, risk.raised_on) == ("open", date(2026, 10, 1))  # type: ignore[union-attr]
    draft = add(store, "risk", {"title": "y"}, ana)
    assert any("draft" in note for note in draft.notes)
    person = add(store, "person", {"display_name": "Ben"}, ana).uid
    action = add(store, "action", {"text": "Do it", "owner": person, "due": date(2026, 10, 9)}, ana).uid
    change(store, "action", action, {"status": "done"}, at(ana, date(2026, 10, 5)))
    assert record(store, "action", action).done_on == date(2026, 10, 5)  # type: ignore[union-attr]


def test_a_likelihood_needs_an_impact(store: Store, ana: Acting) -> None:
    assert "impact" in wrong(store, ana, "risk", {"title": "x", "likelihood": 3})


def test_moving_a_date_needs_a_reason(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Parking", "forecast_end": date(2026, 12, 1)}, ana).uid
    new = {"forecast_end": date(2027, 1, 1)}
    with pytest.raises(Invalid, match="say why it changes"):
        change(store, "pilot", pilot, new, ana)
    change(store, "pilot", pilot, new, ana, reason="Supplier capacity")
    (moved,) = [told for told in describe_changes(store, "pilot", pilot) if told.field == "Forecast end"]
    assert (moved.old, moved.new, moved.reason) == ("2026-12-01", "2027-01-01", "Supplier capacity")


def test_a_late_entry_is_said_to_be_one(store: Store, ana: Acting) -> None:
    assert any("late entry" in n for n in add(store, "win", {"title": "x", "event_date": date(2026, 9, 1)}, ana).notes)
    assert add(store, "win", {"title": "x", "event_date": date(2026, 9, 20)}, ana).notes == ()


def test_two_people_two_fields_merge_and_one_field_is_refused(path: Path, store: Store, ana: Acting) -> None:
    win = add(store, "win", {"title": "Old", "credit": "Team"}, ana).uid
    base = {"title": "Old", "credit": "Team"}
    with Store.open(path) as other:
        ben = acting(other, "ben", "screens", NOW, NOW.date())
        change(other, "win", win, {"title": "Ben’s"}, ben, base=base)
        change(store, "win", win, {"credit": "Ana’s"}, ana, base=base)
        with pytest.raises(Conflict) as caught:
            change(store, "win", win, {"title": "Ana’s", "credit": "Ana’s"}, ana, base={**base, "credit": "Ana’s"})
    (clash,) = caught.value.clashes
    assert (clash.base, clash.yours, clash.theirs, clash.who) == ("Old", "Ana’s", "Ben’s", "ben")
    assert rows(store, Query("win"), ["title", "credit"])[0][2:] == ("Ben’s", "Ana’s")


def test_reports_and_assessments_are_never_changed(store: Store, ana: Acting) -> None:
    report = add(store, "confidence", {"rating": "amber"}, ana).uid
    with pytest.raises(TrackerError, match="never changed"):
        change(store, "confidence", report, {"rating": "green"}, ana)


def test_a_rating_that_changes_needs_words(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Parking"}, ana).uid
    add(store, "confidence", {"pilot": pilot, "rating": "green"}, ana)
    add(store, "confidence", {"pilot": pilot, "rating": "green"}, ana)
    assert "from green to red" in wrong(store, ana, "confidence", {"pilot": pilot, "rating": "red"})["narrative"]
    assert "scale" in wrong(store, ana, "confidence", {"pilot": pilot, "rating": "amber_red"})["rating"]
    told = "The supplier has stopped work on it."
    add(store, "confidence", {"pilot": pilot, "rating": "red", "narrative": told}, ana)
    assert rows(store, Query("pilot"), ["rating"])[0][2] == "red"


def test_nobody_verifies_their_own_win(store: Store, ana: Acting) -> None:
    assert "verified_by" in wrong(store, ana, "win", {"title": "x", "verified_by": ana.person})
    win = add(store, "win", {"title": "x"}, ana).uid
    with pytest.raises(Invalid):
        change(store, "win", win, {"verified_by": ana.person}, ana)
    ben = acting(store, "ben", "cli", NOW, NOW.date())
    change(store, "win", win, {"verified_by": ben.person}, ben)


def test_a_removed_record_comes_back_whole(store: Store, ana: Acting) -> None:
    win = add(store, "win", {"title": "x"}, ana).uid
    with pytest.raises(TrackerError, match="Say why"):
        remove(store, "win", win, ana, reason="x")
    remove(store, "win", win, ana, reason="recorded twice")
    with pytest.raises(TrackerError, match="was removed"):
        change(store, "win", win, {"title": "y"}, ana)
    restore(store, "win", win, ana)
    with pytest.raises(TrackerError, match="is not removed"):
        restore(store, "win", win, ana)


def test_undo_and_redo_are_each_persons_own_and_outlive_the_session(path: Path, store: Store, ana: Acting) -> None:
    ben = acting(store, "ben", "cli", NOW, NOW.date())
    win = add(store, "win", {"title": "Ana’s"}, ana).uid
    add(store, "win", {"title": "Ben’s"}, ben)
    with Store.open(path) as later:
        undo(later, ana)
    assert [row[2] for row in rows(store, Query("win"), ["title"])] == ["Ben’s"]
    redo(store, ana)
    assert len(rows(store, Query("win"), [])) == 2
    change(store, "win", win, {"title": "Ana’s again"}, ben)
    with pytest.raises(TrackerError, match="changed since"):
        undo(store, ana)
    with pytest.raises(TrackerError, match="nothing of yours to redo"):
        redo(store, ana)


def test_what_others_are_tied_to_is_not_undone(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Parking"}, ana)
    add(store, "win", {"title": "x", "pilot": pilot.uid}, ana)
    with pytest.raises(TrackerError, match="tied to it"):
        undo(store, ana, pilot.tx)


def test_closing_a_risk_is_undone_in_one_step(store: Store, ana: Acting) -> None:
    risk = add(store, "risk", {"title": "x", "likelihood": 2, "impact": 2}, ana).uid
    change(store, "risk", risk, {"status": "closed", "closing_reason": "expired", "likelihood": 1}, ana)
    undo(store, ana)
    assert rows(store, Query("risk"), ["status", "closing_reason", "closed_on", "score"])[0][2:] == (
        "draft",
        None,
        None,
        4,
    )


@pytest.fixture
def two(store: Store, ana: Acting) -> None:
    add(store, "pilot", {"name": "Parking permits"}, ana)
    add(store, "pilot", {"name": "Parking fines"}, ana)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("parking", "P-01 Parking permits; P-02 Parking fines"),
        ("Parkin permit", "Did you mean “Parking permits”?"),
        ("P-09", "Did you mean"),
        ("quite another", "There is no pilot “quite another”."),
    ],
)
def test_a_name_that_is_not_clear_is_explained(store: Store, two: None, text: str, words: str) -> None:
    with pytest.raises(TrackerError) as caught:
        resolve_ref(store, "pilot", text)
    assert words in str(caught.value)


def test_texts_become_values_and_all_their_errors_come_at_once(store: Store, two: None) -> None:
    texts = {"title": "a\x1b[31mred\x1b[0m", "pilot": "permits", "likelihood": "4", "impact": "3", "tags": "b, a, b"}
    values, notes = read_values(store, "risk", texts, date(2026, 10, 1))
    assert values["title"] == "ared"
    assert values["tags"] == ("a", "b")
    assert values["likelihood"] == 4
    assert notes == ["Title: 9 characters that cannot be shown were taken out."]
    with pytest.raises(Invalid) as caught:
        read_values(store, "risk", {"pilot": "no such", "likelihood": "x", "raised_on": "31/2/2026"}, date(2026, 10, 1))
    assert [problem.field for problem in caught.value.problems] == ["pilot", "likelihood", "raised_on"]


def test_somebody_new_is_recorded_and_known_again(store: Store) -> None:
    first = acting(store, "ben", "cli", NOW, NOW.date())
    assert acting(store, "ben", "cli", NOW, NOW.date()).person == first.person
    add(store, "person", {"display_name": "Sam"}, first)
    add(store, "person", {"display_name": "Sam"}, first)
    with pytest.raises(TrackerError, match="may be PER-003 or PER-004"):
        acting(store, "Sam", "cli", NOW, NOW.date())
    assert rows(store, Query("person", (Condition("ref", "=", "PER-002"),)), ["login"])[0][2] == "ben"
