"""The demonstration tells the stories that the design asks of it: pilots, training, actions, wins, reports."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from demo_told import BEFORE, PILOTS, D, by_ref, refs_of

from tracker.entities import Action, Entity, Pilot
from tracker.rules.day import date_moves
from tracker.rules.settings import DEFAULTS
from tracker.rules.training import Coverage, coverage
from tracker.services.demo.story import FRONT, TODAY
from tracker.services.evidence import gather, moves_of_fields
from tracker.services.papers.building import summary
from tracker.services.programme_file import open_programme
from tracker.storage.journal.history import commands, of_field
from tracker.storage.queries import Query, count, records
from tracker.storage.store import Store


@pytest.fixture(scope="module")
def demo(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as store:
        yield store


def times_moved(store: Store, register: type[Entity], field: str) -> dict[str, int]:
    """Return how often a date was moved, by uid."""
    return {uid: len(date_moves(steps)) for (uid, _), steps in moves_of_fields(store, register, field).items()}


def _coverage(store: Store, day: date) -> Coverage:
    kinds = ("pilot", "need", "session", "attendance")
    pilots, needs, sessions, counts = (by_ref(store, kind).values() for kind in kinds)
    return coverage(pilots, needs, sessions, counts, DEFAULTS, day)


@pytest.mark.parametrize("ref", PILOTS)
def test_a_pilot_has_the_dates_and_the_money_of_its_story(demo: Store, ref: str) -> None:
    pilot, told = by_ref(demo, "pilot")[ref], PILOTS[ref]
    assert (pilot.phase, pilot.rating) == (told.phase, told.rating)
    assert (pilot.start, pilot.first_real_user_on) == (told.start, told.go_live)
    assert (pilot.baseline_end, pilot.forecast_end) == (told.baseline, told.forecast)
    assert (pilot.budget, pilot.forecast_cost) == (told.budget * 100, told.cost * 100)
    assert all((pilot.problem, pilot.hypothesis, pilot.status_note, pilot.delivery_lead, pilot.service))


@pytest.mark.parametrize("ref", PILOTS)
def test_a_pilots_iterations_end_as_told(demo: Store, ref: str) -> None:
    uid, told = by_ref(demo, "pilot")[ref].uid, PILOTS[ref]
    every = [it for it in records(demo, Query("iteration", sort=(("end", False),))) if it.pilot == uid]  # type: ignore[attr-defined]
    mine: list[Any] = [it for it in every if it.end <= TODAY]  # type: ignore[attr-defined]
    assert tuple(it.end for it in mine[-len(told.ends) :]) == told.ends
    assert [it.number for it in mine] == list(range(1, len(mine) + 1))
    last = mine[-4:]
    assert tuple(sum(it.goal_result == result for it in last) for result in ("met", "partly", "missed")) == told.goals
    assert sum((it.users_researched or 0) > 0 for it in last) == told.research
    real = [it.release_on for it in mine if it.released_to in ("some_real_users", "all_real_users")]
    assert max(real, default=None) == told.released


def test_people_tested_before_go_live_are_those_of_the_story(demo: Store) -> None:
    pilots = {pilot.uid: pilot for pilot in by_ref(demo, "pilot").values()}
    tested = dict.fromkeys(PILOTS, 0)
    for iteration in by_ref(demo, "iteration").values():
        pilot = pilots[iteration.pilot]
        if pilot.first_real_user_on is None or iteration.end <= pilot.first_real_user_on:
            tested[pilot.ref] += iteration.users_researched or 0
    assert list(tested.values()) == [31, 9, 14, 3, 58, 6, 22, 11]


def test_forecasts_moved_for_a_reason(demo: Store) -> None:
    refs = refs_of(demo, "pilot")
    found = {refs[uid]: times for uid, times in times_moved(demo, Pilot, "forecast_end").items()}
    assert found == {"P-01": 1, "P-02": 2, "P-03": 1, "P-06": 2, "P-08": 1}
    steps = [
        (change.day, change.old, change.new)
        for change in of_field(demo, "pilot", "forecast_end")
        if refs[change.uid] == "P-02"
    ]
    assert steps == [
        (D(2026, 10, 19), D(2026, 12, 18), D(2027, 1, 15)),
        (D(2026, 11, 4), D(2027, 1, 15), D(2027, 1, 29)),
    ]
    changes = [*of_field(demo, "pilot", "forecast_end"), *of_field(demo, "pilot", "phase")]
    assert all(change.reason for change in changes)
    assert len({change.new for change in changes}) > 5


def test_only_licensing_is_stale(demo: Store) -> None:
    refs = refs_of(demo, "pilot")
    found = {refs[uid]: day for uid, day in gather(demo, TODAY).updated.items()}
    assert found == {ref: told.updated for ref, told in PILOTS.items()}
    assert [ref for ref, day in found.items() if (TODAY - day).days > 21] == ["P-06"]
    assert (TODAY - found["P-06"]).days == 51


def test_training_counts(demo: Store) -> None:
    refs = refs_of(demo, "pilot")
    found: dict[str, tuple[int, int]] = {}
    for group in _coverage(demo, TODAY).groups:
        trained, affected = found.get(refs[group.pilot], (0, 0))
        found[refs[group.pilot]] = trained + group.trained, affected + group.headcount
    assert found == {"P-01": (44, 46), "P-02": (61, 120), "P-04": (5, 18), "P-05": (62, 64), "P-07": (36, 38)}
    worst = _coverage(demo, TODAY).worst
    assert worst is not None
    assert (worst.name, worst.trained, worst.headcount) == ("Front-line counter staff", 5, 18)
    assert not _coverage(demo, TODAY).unneeded


def test_training_sessions(demo: Store) -> None:
    refs, sessions = refs_of(demo, "pilot"), by_ref(demo, "session")
    counts = list(by_ref(demo, "attendance").values())
    held = [s for s in sessions.values() if s.status == "held"]
    assert len(held) >= 7
    firsts: dict[str, date] = {}
    for session in held:
        ref = refs[session.pilot]
        firsts[ref] = min(firsts.get(ref, session.starts_on), session.starts_on)
    assert firsts == {
        "P-01": D(2026, 5, 18),
        "P-02": D(2026, 8, 24),
        "P-04": D(2026, 10, 20),
        "P-05": D(2025, 11, 17),
        "P-07": D(2026, 4, 20),
    }
    workshop = sessions["T-05"]
    assert (workshop.title, workshop.starts_on) == ("Parking go-live workshop", D(2026, 10, 20))
    assert [(c.booked, c.present) for c in counts if c.session == workshop.uid] == [(13, 5)]
    planned = {s.uid: refs[s.pilot] for s in sessions.values() if s.status == "planned"}
    assert {planned[c.session]: c.booked for c in counts if c.session in planned} == {"P-02": 22, "P-04": 8}
    recent = {s.uid for s in held if (TODAY - s.starts_on).days <= 90}
    pairs = [(c.present, c.booked) for c in counts if c.session in recent]
    assert sum(came for came, _ in pairs) / sum(booked for _, booked in pairs) == 0.8  # the show rate of the signals


def test_actions(demo: Store) -> None:
    actions = by_ref(demo, "action")
    assert list(actions) == [f"A-{number:03}" for number in range(14, 32)]
    overdue = [ref for ref, a in actions.items() if a.status in ("open", "in_progress") and a.due < TODAY]
    assert overdue == ["A-016", "A-017", "A-021", "A-024"]
    refs = refs_of(demo, "action")
    assert {refs[uid]: times for uid, times in times_moved(demo, Action, "due").items()} == {"A-016": 3, "A-017": 1}


def test_wins(demo: Store) -> None:
    wins = by_ref(demo, "win")
    told = {ref: (win.evidence, win.verified_by is not None) for ref, win in wins.items()}
    assert told["W-018"] == ("metric", True)
    assert told["W-021"] == ("link", True)
    assert told["W-024"] == ("none", False)
    assert told["W-026"][0] == "quote_paraphrase"
    assert all(win.verified_by != win.created_by for win in wins.values())


def test_reports_cover_each_board(demo: Store) -> None:
    refs = refs_of(demo, "pilot")
    reports = [r for r in by_ref(demo, "confidence").values() if r.rating_kind == "reported"]
    assert all(report.narrative for report in reports)
    found = {
        board: sorted(refs.get(r.pilot, "programme") for r in reports if r.review_by == board)
        for board in (D(2026, 11, 12), D(2026, 12, 17))
    }
    assert found[D(2026, 11, 12)] == ["P-01", "P-02", "P-03", "P-04", "P-05", "P-06", "P-07", "programme"]
    assert found[D(2026, 12, 17)] == ["P-01", "P-02", "P-03", "P-04", "P-05", "P-07", "P-08", "programme"]
    given = [r for r in by_ref(demo, "confidence").values() if r.rating_kind == "assurance"]
    assert [(refs[r.pilot], r.rating) for r in given] == [("P-02", "amber")]


def test_people_are_roles_and_services_are_nine(demo: Store) -> None:
    people = [person.display_name for person in by_ref(demo, "person").values()]
    assert len(people) >= 20
    assert {"Data lead", "Director of Customer and Digital", "Deputy Chief Executive"} <= set(people)
    assert all(person.login is None and person.email is None for person in by_ref(demo, "person").values())
    assert count(demo, Query("service")) == 9
    assert {pilot.service for pilot in by_ref(demo, "pilot").values()} < set(refs_of(demo, "service"))


def test_every_command_is_dated_and_the_story_ends_before_the_board(demo: Store) -> None:
    given = commands(demo, limit=10_000)
    assert {command.front for command in given} == {FRONT}
    days = [command.at.date() for command in reversed(given)]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (D(2026, 4, 1), D(2026, 11, 11))
    assert all(day.weekday() < 5 for day in days)


def test_the_summary_can_be_made_of_it(demo: Store) -> None:
    assert summary(demo, day=TODAY, since=BEFORE).sections
