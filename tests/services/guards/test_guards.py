"""Rules that need the calendar, the acting person or other records."""

from datetime import date, timedelta
from typing import Any

import pytest
from conftest import at

from tracker.entities import entity
from tracker.errors import Invalid, TrackerError
from tracker.fields import VagueDay
from tracker.services.programme_file import create_programme
from tracker.services.records.settings import set_setting
from tracker.services.records.writing import add, change, remove
from tracker.storage.queries import Query, record, rows
from tracker.storage.store import Acting, Store

TODAY, TOMORROW = date(2026, 10, 1), date(2026, 10, 2)
# The states in which a record that ended carries the day of its ending.
ENDED = {
    ("risk", "closed_on"): {"status": "closed", "closing_reason": "expired"},
    ("action", "done_on"): {"status": "done"},
}


def refused(store: Store, by: Acting, kind: str, values: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        add(store, kind, values, by)
    return {problem.field: problem.message for problem in caught.value.problems}


@pytest.fixture
def pilot(store: Store, ana: Acting) -> str:
    return add(store, "pilot", {"name": "Parking"}, ana).uid


@pytest.fixture
def needed(store: Store, ana: Acting, pilot: str) -> dict[str, dict[str, Any]]:
    """Return, by kind, what a record with a date in the past needs besides."""
    risk = add(store, "risk", {"title": "Late"}, ana).uid
    return {
        "win": {"title": "x"},
        "risk": {"title": "x"},
        "confidence": {"rating": "green"},
        "assessment": {"risk": risk, "likelihood": 1, "impact": 1},
        "action": {"text": "x", "owner": ana.person, "due": TOMORROW},
    }


@pytest.mark.parametrize(
    ("kind", "field"),
    [(k.kind, f.name) for k in map(entity, ("win", "risk", "confidence", "assessment", "action")) for f in k.stored()
     if "past" in f.flags],
)  # fmt: skip
def test_what_happened_did_not_happen_tomorrow(
    store: Store, ana: Acting, needed: dict[str, dict[str, Any]], kind: str, field: str
) -> None:
    ended = ENDED.get((kind, field), {})
    add(store, kind, {**needed[kind], **ended, field: TODAY}, ana)
    told = refused(store, ana, kind, {**needed[kind], **ended, field: TOMORROW})
    assert "(2026-10-02) is later than today (2026-10-01)." in told[field]
    add(store, kind, {**needed[kind], **ended, field: TOMORROW}, at(ana, TOMORROW))


@pytest.mark.parametrize("field", ["actual_end", "spend_as_of", "phase_started"])
def test_what_is_said_of_the_past_lies_in_it_and_a_month_may_go_on(store: Store, ana: Acting, field: str) -> None:
    refusal = refused(store, ana, "pilot", {"name": "x", field: TOMORROW})[field]
    assert "is later than today (2026-10-01)." in refusal
    assert refusal.endswith("A day that is still to come goes into “Forecast end”.") is (field == "actual_end")
    uid = add(store, "pilot", {"name": "x", field: VagueDay.of(date(2026, 10, 31), "month")}, ana).uid
    change(store, "pilot", uid, {"name": "y"}, ana)
    with pytest.raises(Invalid):
        change(store, "pilot", uid, {field: TOMORROW}, ana)


def test_an_iteration_that_has_not_begun_has_no_result(store: Store, ana: Acting, pilot: str) -> None:
    values = {"goal": "x", "pilot": pilot, "start": TOMORROW, "end": TOMORROW + timedelta(9), "learned": "Much"}
    refusal = refused(store, ana, "iteration", {**values, "goal_result": "met"})["goal_result"]
    assert refusal.startswith("It begins on 2 Oct 2026, so its goal cannot be met yet.")
    add(store, "iteration", {**values, "start": TODAY, "goal_result": "met"}, ana)


def test_a_second_programme_is_refused(store: Store, ana: Acting) -> None:
    assert "one programme in each file" in refused(store, ana, "programme", {"name": "Another"})[""]


def test_the_programme_itself_is_not_removed(store: Store, ana: Acting) -> None:
    with pytest.raises(TrackerError, match="cannot be removed"):
        remove(store, "programme", rows(store, Query("programme"), [])[0][0], ana, reason="it is over")


def test_iterations_are_numbered_for_each_pilot(store: Store, ana: Acting, pilot: str) -> None:
    other = add(store, "pilot", {"name": "Badges"}, ana).uid
    days = {"start": date(2026, 9, 1), "end": date(2026, 9, 14)}
    made = [add(store, "iteration", {"goal": "x", "pilot": p, **days}, ana) for p in (pilot, pilot, other)]
    assert [record(store, "iteration", one.uid).number for one in made] == [1, 2, 1]  # type: ignore[union-attr]


def test_a_long_iteration_is_remarked_on(store: Store, ana: Acting, pilot: str) -> None:
    goal = {"goal": "x", "pilot": pilot, "start": date(2026, 9, 1)}
    assert add(store, "iteration", {**goal, "end": date(2026, 10, 13)}, ana).notes == ()
    (note,) = add(store, "iteration", {**goal, "end": date(2026, 10, 14)}, ana).notes
    assert note == "This iteration lasts 43 days; more than 42 is long."


def test_a_session_is_not_held_before_its_day(store: Store, ana: Acting) -> None:
    values = {"title": "Workshop", "starts_on": TOMORROW}
    assert "leave it planned" in refused(store, ana, "session", {**values, "status": "held"})["starts_on"]
    session = add(store, "session", values, ana).uid
    change(store, "session", session, {"status": "held"}, at(ana, TOMORROW))


def test_more_present_than_booked_is_remarked_on(store: Store, ana: Acting) -> None:
    session = add(store, "session", {"title": "Workshop", "starts_on": TODAY, "status": "held"}, ana).uid
    group = {"session": session, "role_group": "Counter", "booked": 3}
    saved = add(store, "attendance", {**group, "present": 3}, ana)
    assert saved.notes == ()
    (note,) = change(store, "attendance", saved.uid, {"present": 4}, ana).notes
    assert "More people were present (4) than booked (3)" in note
    assert "present" in refused(store, ana, "attendance", {**group, "present": 3, "passed": 4})


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"likelihood": 2}, {"impact"}),
        ({"impact": 2}, {"likelihood"}),
        ({"target_likelihood": 2, "target_impact": 2}, {"likelihood", "impact"}),
        ({"likelihood": 2, "impact": 2, "inherent_impact": 3}, {"inherent_likelihood"}),
        ({"likelihood": 2, "impact": 2, "target_likelihood": 3, "target_impact": 3}, {"target_likelihood"}),
        ({"likelihood": 6, "impact": 0}, {"likelihood", "impact"}),
    ],
)
def test_figures_of_a_risk_go_together(store: Store, ana: Acting, values: dict[str, int], fields: set[str]) -> None:
    assert set(refused(store, ana, "risk", {"title": "x", **values})) == fields
    assert rows(store, Query("risk"), []) == []


def test_a_reason_excuses_figures_that_look_wrong(store: Store, ana: Acting) -> None:
    above = {"title": "x", "likelihood": 2, "impact": 2, "target_likelihood": 3, "target_impact": 3}
    add(store, "risk", above, ana, reason="The board wants to take more of it")
    (assessment,) = rows(store, Query("assessment"), ["note"])
    assert assessment[2] == "The board wants to take more of it"


def test_an_assessment_is_not_wiped_out_by_empty_fields(store: Store, ana: Acting) -> None:
    risk = add(store, "risk", {"title": "x", "likelihood": 2, "impact": 2}, ana).uid
    with pytest.raises(Invalid, match="stays assessed"):
        change(store, "risk", risk, {"likelihood": None, "impact": None}, ana)
    change(store, "risk", risk, {"target_likelihood": 1, "target_impact": 2}, ana)
    cleared = change(store, "risk", risk, {"target_likelihood": None, "target_impact": None}, ana)
    assert cleared.tx > 0
    assert rows(store, Query("risk"), ["score", "target_likelihood"])[0][2:] == (4, None)
    assert len(rows(store, Query("assessment"), [])) == 3


def test_a_rating_is_given_by_who_records_it_and_stands_on_the_scale(store: Store, ana: Acting, pilot: str) -> None:
    programme = rows(store, Query("programme"), [])[0][0]
    amber = {"pilot": pilot, "rating": "amber_green"}
    assert "not on this programme's scale" in refused(store, ana, "confidence", amber)["rating"]
    change(store, "programme", programme, {"rating_scale": "rag5"}, ana)
    report = add(store, "confidence", amber, ana).uid
    assert record(store, "confidence", report).by == ana.person  # type: ignore[union-attr]


def test_a_report_without_a_rating_is_told_only_that(store: Store, ana: Acting, pilot: str) -> None:
    add(store, "confidence", {"pilot": pilot, "rating": "green"}, ana)
    assert refused(store, ana, "confidence", {"pilot": pilot}) == {"rating": "Rating is needed."}


def test_ratings_of_other_pilots_and_dimensions_do_not_ask_for_words(store: Store, ana: Acting, pilot: str) -> None:
    add(store, "confidence", {"pilot": pilot, "rating": "green"}, ana)
    add(store, "confidence", {"rating": "red"}, ana)
    add(store, "confidence", {"pilot": pilot, "rating": "red", "dimension": "cost"}, ana)
    add(store, "confidence", {"pilot": pilot, "rating": "red", "as_of": date(2026, 9, 1)}, ana)
    assert "narrative" in refused(store, ana, "confidence", {"pilot": pilot, "rating": "amber"})


@pytest.mark.parametrize("reason", [None, "", "x", "    ", "      x    "])
def test_a_date_that_moves_needs_a_real_reason(store: Store, ana: Acting, reason: str | None) -> None:
    due = {"text": "x", "owner": ana.person, "due": TOMORROW}
    action = add(store, "action", due, ana).uid
    with pytest.raises(Invalid, match="Due was 2026-10-02: say why it changes"):
        change(store, "action", action, {"due": date(2026, 10, 9)}, ana, reason=reason)


def test_a_first_date_needs_no_reason(store: Store, ana: Acting, pilot: str) -> None:
    assert change(store, "pilot", pilot, {"forecast_end": date(2026, 12, 1)}, ana).tx > 0


def test_a_new_phase_begins_today_unless_a_day_is_given(store: Store, ana: Acting, pilot: str) -> None:
    change(store, "pilot", pilot, {"phase": "discovery"}, ana)
    assert record(store, "pilot", pilot).phase_started is None  # type: ignore[union-attr]
    change(store, "pilot", pilot, {"phase": "alpha"}, ana, reason="discovery is over")
    assert record(store, "pilot", pilot).phase_started == TODAY  # type: ignore[union-attr]
    new = {"phase": "private_beta", "phase_started": date(2026, 9, 7)}
    change(store, "pilot", pilot, new, ana, reason="alpha is over")
    assert record(store, "pilot", pilot).phase_started == date(2026, 9, 7)  # type: ignore[union-attr]


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_file_can_hold_is_explained(store: Store, ana: Acting, number: int) -> None:
    told = refused(store, ana, "win", {"title": "x", "estimate_value": number})
    assert told == {"estimate_value": "Estimate is larger than any number that can be kept."}
    win = add(store, "win", {"title": "x", "estimate_value": 2**63 - 1}, ana).uid
    with pytest.raises(Invalid, match="larger than any number"):
        change(store, "win", win, {"estimate_value": number}, ana)


def test_a_reference_to_nothing_is_explained(store: Store, ana: Acting) -> None:
    told = refused(store, ana, "win", {"title": "x", "pilot": "0" * 36})
    assert told == {"pilot": "Pilot refers to a record that does not exist."}


def test_a_number_is_given_once(store: Store, ana: Acting) -> None:
    assert add(store, "risk", {"title": "imported"}, ana, number=40).ref == "R-040"
    assert add(store, "risk", {"title": "next"}, ana).ref == "R-041"
    with pytest.raises(TrackerError, match="R-040 was given already"):
        add(store, "risk", {"title": "again"}, ana, number=40)
    assert len(rows(store, Query("risk"), [])) == 2


def test_a_refused_programme_makes_no_file(store: Store, ana: Acting, tmp_path: Any) -> None:
    from conftest import NOW

    with pytest.raises(Invalid, match="Name is needed"):
        create_programme(tmp_path / "other.db", {"name": ""}, "ana", NOW, NOW.date())
    assert not (tmp_path / "other.db").exists()


def test_the_programmes_own_figures_decide_what_is_late_and_long(store: Store, ana: Acting) -> None:
    set_setting(store, "late_entry_days", "3", ana, "a board each week")
    set_setting(store, "long_iteration_days", "10", ana, "weekly work")
    assert any("late entry" in n for n in add(store, "win", {"title": "x", "event_date": date(2026, 9, 25)}, ana).notes)
    pilot = add(store, "pilot", {"name": "Parking"}, ana).uid
    dates = {"start": date(2026, 9, 1), "end": date(2026, 9, 12)}
    notes = add(store, "iteration", {"goal": "x", "pilot": pilot, **dates}, ana).notes
    assert "This iteration lasts 11 days; more than 10 is long." in notes
