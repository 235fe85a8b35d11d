"""The demonstration tells the stories that the design asks of it, at both boards."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest

from tracker.rules.risk import Exposure, excess, exposure, is_live, review_overdue, score
from tracker.rules.settings import DEFAULTS
from tracker.rules.training import Coverage, coverage
from tracker.services.demo import FRONT, TODAY
from tracker.services.evidence import gather
from tracker.services.opening import open_programme
from tracker.services.reporting import summary
from tracker.storage.asof import as_of
from tracker.storage.history import commands, moves, of_field, of_record
from tracker.storage.queries import Query, count, links, records
from tracker.storage.store import Store

D = date
BEFORE = D(2026, 10, 8)


class Told(NamedTuple):
    """What design/signals.md's prototype says of a pilot, in pounds; ``goals`` are met, partly, missed."""

    phase: str
    rating: str
    start: date
    go_live: date | None
    baseline: date
    forecast: date
    budget: int
    cost: int
    updated: date
    released: date | None
    research: int
    goals: tuple[int, int, int]
    ends: tuple[date, ...]


def _days(*pairs: tuple[int, int]) -> tuple[date, ...]:
    return tuple(D(2026, month, day) for month, day in pairs)


FORTNIGHTS = ((9, 11), (9, 25), (10, 9), (10, 23), (11, 6))
PILOTS = {
    "P-01": Told(
        *("public_beta", "green", D(2026, 4, 6), D(2026, 6, 15), D(2026, 11, 30), D(2026, 12, 4), 182_000, 179_500),
        *(D(2026, 11, 10), D(2026, 11, 6), 4, (3, 1, 0), _days((8, 14), (8, 28), *FORTNIGHTS)),
    ),
    "P-02": Told(
        *("private_beta", "green", D(2026, 5, 4), D(2026, 9, 7), D(2026, 12, 18), D(2027, 1, 29), 240_000, 261_000),
        *(D(2026, 11, 4), D(2026, 10, 2), 2, (1, 2, 1), _days((8, 21), (9, 4), (9, 18), (10, 2), (10, 23))),
    ),
    "P-03": Told(
        *("alpha", "amber", D(2026, 7, 13), None, D(2026, 11, 27), D(2026, 12, 11), 95_000, 96_000),
        *(D(2026, 11, 9), None, 3, (2, 2, 0), _days((9, 25), (10, 9), (10, 23), (11, 6))),
    ),
    "P-04": Told(
        *("private_beta", "amber", D(2026, 9, 21), D(2026, 10, 19), D(2026, 11, 23), D(2026, 11, 23), 60_000, 58_000),
        *(D(2026, 11, 11), D(2026, 10, 19), 2, (2, 0, 0), _days((10, 2), (10, 16))),
    ),
    "P-05": Told(
        *("live", "green", D(2025, 9, 1), D(2026, 1, 12), D(2026, 9, 30), D(2026, 9, 30), 310_000, 312_400),
        *(D(2026, 11, 5), D(2026, 10, 23), 4, (4, 0, 0), _days((8, 28), (9, 25), (10, 23))),
    ),
    "P-06": Told(
        *("alpha", "amber", D(2026, 6, 1), None, D(2026, 9, 18), D(2026, 12, 18), 88_000, 104_000),
        *(D(2026, 9, 22), None, 1, (0, 2, 1), _days((7, 24), (8, 7), (8, 28))),
    ),
    "P-07": Told(
        *("public_beta", "green", D(2026, 2, 2), D(2026, 5, 11), D(2026, 11, 13), D(2026, 11, 13), 120_000, 118_900),
        *(D(2026, 11, 9), D(2026, 11, 6), 2, (3, 1, 0), _days(*FORTNIGHTS)),
    ),
    "P-08": Told(
        *("discovery", "green", D(2026, 10, 12), None, D(2026, 11, 20), D(2026, 11, 27), 45_000, 45_000),
        *(D(2026, 11, 6), None, 2, (2, 0, 0), _days((10, 23), (11, 6))),
    ),
}

# Score, tolerance, next review, due dates of open actions.
RISKS = {
    "R-001": (4, 9, D(2027, 1, 5), []),
    "R-002": (20, 6, D(2026, 11, 17), [D(2026, 11, 24)]),
    "R-004": (12, 9, D(2026, 11, 20), [D(2026, 11, 28)]),
    "R-005": (6, 12, D(2026, 12, 5), []),
    "R-007": (16, 9, D(2026, 10, 30), [D(2026, 10, 15)]),
    "R-009": (15, 6, D(2026, 8, 31), [D(2026, 9, 15)]),
    "R-010": (12, 6, D(2026, 8, 31), []),
    "R-011": (6, 9, D(2026, 12, 1), []),
    "R-013": (9, 9, D(2026, 11, 30), [D(2026, 12, 1)]),
    "R-015": (8, 9, D(2026, 12, 1), []),
}


@pytest.fixture(scope="module")
def demo(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def earlier(demo: Store) -> Iterator[Store]:
    with as_of(demo, BEFORE) as store:
        yield store


def _by_ref(store: Store, kind: str, *, deleted: bool = False) -> dict[str, Any]:
    return {record.ref: record for record in records(store, Query(kind, deleted=deleted))}


def _refs(store: Store, kind: str) -> dict[str, str]:
    return {uid: link.ref for uid, link in links(store, kind).items()}


def _exposure(store: Store, day: date) -> Exposure:
    return exposure(_by_ref(store, "risk").values(), DEFAULTS, day)


def _coverage(store: Store, day: date) -> Coverage:
    kinds = ("pilot", "need", "session", "attendance")
    pilots, needs, sessions, counts = (_by_ref(store, kind).values() for kind in kinds)
    return coverage(pilots, needs, sessions, counts, DEFAULTS, day)


@pytest.mark.parametrize("ref", PILOTS)
def test_a_pilot_has_the_dates_and_the_money_of_its_story(demo: Store, ref: str) -> None:
    pilot, told = _by_ref(demo, "pilot")[ref], PILOTS[ref]
    assert (pilot.phase, pilot.rating) == (told.phase, told.rating)
    assert (pilot.start, pilot.first_real_user_on) == (told.start, told.go_live)
    assert (pilot.baseline_end, pilot.forecast_end) == (told.baseline, told.forecast)
    assert (pilot.budget, pilot.forecast_cost) == (told.budget * 100, told.cost * 100)
    assert all((pilot.problem, pilot.hypothesis, pilot.status_note, pilot.delivery_lead, pilot.service))


@pytest.mark.parametrize("ref", PILOTS)
def test_a_pilots_iterations_end_as_told(demo: Store, ref: str) -> None:
    uid, told = _by_ref(demo, "pilot")[ref].uid, PILOTS[ref]
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
    pilots = {pilot.uid: pilot for pilot in _by_ref(demo, "pilot").values()}
    tested = dict.fromkeys(PILOTS, 0)
    for iteration in _by_ref(demo, "iteration").values():
        pilot = pilots[iteration.pilot]
        if pilot.first_real_user_on is None or iteration.end <= pilot.first_real_user_on:
            tested[pilot.ref] += iteration.users_researched or 0
    assert list(tested.values()) == [31, 9, 14, 3, 58, 6, 22, 11]


def test_forecasts_moved_for_a_reason(demo: Store) -> None:
    refs = _refs(demo, "pilot")
    found = {refs[uid]: times for uid, times in moves(demo, "pilot", "forecast_end").items()}
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
    refs = _refs(demo, "pilot")
    found = {refs[uid]: day for uid, day in gather(demo, TODAY).updated.items()}
    assert found == {ref: told.updated for ref, told in PILOTS.items()}
    assert [ref for ref, day in found.items() if (TODAY - day).days > 21] == ["P-06"]
    assert (TODAY - found["P-06"]).days == 51


def test_risk_figures_of_this_board(demo: Store) -> None:
    found = _exposure(demo, TODAY)
    assert (found.live, found.drafts, found.unscored) == (10, 0, 0)
    assert (found.above, found.points, found.overdue, found.opportunities) == (5, 39, 3, 1)


def test_each_risk_has_score_tolerance_review_and_actions(demo: Store) -> None:
    risks = {ref: risk for ref, risk in _by_ref(demo, "risk").items() if is_live(risk) and risk.risk_kind == "threat"}
    assert sorted(risks) == sorted(RISKS)
    acts: dict[str, list[date]] = {}
    for action in _by_ref(demo, "action").values():
        if action.risk and action.status in ("open", "in_progress"):
            acts.setdefault(action.risk, []).append(action.due)
    for ref, (points, tolerance, review, dues) in RISKS.items():
        risk = risks[ref]
        assert (ref, score(risk), DEFAULTS.tolerance(risk.category)) == (ref, points, tolerance)
        assert (ref, risk.next_review_on, acts.get(risk.uid, [])) == (ref, review, dues)
        assert excess(risk, DEFAULTS) == max(0, points - tolerance)
        assert review_overdue(risk, DEFAULTS, TODAY) == (review < TODAY)
        assert all((risk.cause, risk.event, risk.consequence, risk.owner, risk.inherent_impact, risk.target_impact))


def test_the_board_before_saw_other_figures(earlier: Store) -> None:
    found = _exposure(earlier, BEFORE)
    assert (found.live, found.above, found.points, found.overdue, found.opportunities) == (12, 7, 40, 2, 0)
    assert {risk.ref: score(risk) for risk in _by_ref(earlier, "risk").values() if risk.ref in ("R-002", "R-004")} == {
        "R-002": 15,
        "R-004": 16,
    }
    pilots = _by_ref(earlier, "pilot")
    ratings = {ref: pilot.rating for ref, pilot in pilots.items()}
    assert ratings == {**{ref: told.rating for ref, told in PILOTS.items()}, "P-04": "green", "P-08": None}
    assert pilots["P-02"].forecast_end == D(2026, 12, 18)
    assert (pilots["P-04"].phase, pilots["P-08"].start) == ("alpha", None)
    assert not {"R-014", "R-015"} & _by_ref(earlier, "risk").keys()


def test_scores_went_up_and_down_between_the_boards(demo: Store, earlier: Store) -> None:
    before = {ref: score(risk) for ref, risk in _by_ref(earlier, "risk").items()}
    now = {ref: score(risk) for ref, risk in _by_ref(demo, "risk").items() if is_live(risk)}
    moved = {ref: (before[ref], points) for ref, points in now.items() if ref in before and before[ref] != points}
    assert {ref for ref, (old, new) in moved.items() if new > old} == {"R-002", "R-007"}
    assert {ref for ref, (old, new) in moved.items() if new < old} == {"R-001", "R-004", "R-011", "R-013"}


def test_risks_that_ended_and_the_one_that_came_late(demo: Store, earlier: Store) -> None:
    risks, removed = _by_ref(demo, "risk"), _by_ref(demo, "risk", deleted=True)
    assert {ref: risk.status for ref, risk in risks.items() if not is_live(risk)} == {
        "R-003": "closed",
        "R-006": "became_issue",
        "R-012": "closed",
    }
    assert risks["R-014"].risk_kind == "opportunity"
    assert list(removed) == ["R-008"]
    assert "R-007" in removed["R-008"].deleted_reason
    assert "R-008" in _by_ref(earlier, "risk")
    late = risks["R-015"]
    assert (late.raised_on, of_record(demo, late.uid)[0].day) == (D(2026, 9, 24), D(2026, 10, 20))


def test_training_counts(demo: Store) -> None:
    refs = _refs(demo, "pilot")
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
    refs, sessions = _refs(demo, "pilot"), _by_ref(demo, "session")
    counts = list(_by_ref(demo, "attendance").values())
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
    actions = _by_ref(demo, "action")
    assert list(actions) == [f"A-{number:03}" for number in range(14, 32)]
    overdue = [ref for ref, a in actions.items() if a.status in ("open", "in_progress") and a.due < TODAY]
    assert overdue == ["A-016", "A-017", "A-021", "A-024"]
    refs = _refs(demo, "action")
    assert {refs[uid]: times for uid, times in moves(demo, "action", "due").items()} == {"A-016": 3, "A-017": 1}


def test_wins(demo: Store) -> None:
    wins = _by_ref(demo, "win")
    told = {ref: (win.evidence, win.verified_by is not None) for ref, win in wins.items()}
    assert told["W-018"] == ("metric", True)
    assert told["W-021"] == ("link", True)
    assert told["W-024"] == ("none", False)
    assert told["W-026"][0] == "quote_paraphrase"
    assert all(win.verified_by != win.created_by for win in wins.values())


def test_reports_cover_each_board(demo: Store) -> None:
    refs = _refs(demo, "pilot")
    reports = [r for r in _by_ref(demo, "confidence").values() if r.rating_kind == "reported"]
    assert all(report.narrative for report in reports)
    found = {
        board: sorted(refs.get(r.pilot, "programme") for r in reports if r.review_by == board)
        for board in (D(2026, 11, 12), D(2026, 12, 17))
    }
    assert found[D(2026, 11, 12)] == ["P-01", "P-02", "P-03", "P-04", "P-05", "P-06", "P-07", "programme"]
    assert found[D(2026, 12, 17)] == ["P-01", "P-02", "P-03", "P-04", "P-05", "P-07", "P-08", "programme"]
    given = [r for r in _by_ref(demo, "confidence").values() if r.rating_kind == "assurance"]
    assert [(refs[r.pilot], r.rating) for r in given] == [("P-02", "amber")]


def test_people_are_roles_and_services_are_nine(demo: Store) -> None:
    people = [person.display_name for person in _by_ref(demo, "person").values()]
    assert len(people) >= 20
    assert {"Data lead", "Director of Customer and Digital", "Deputy Chief Executive"} <= set(people)
    assert all(person.login is None and person.email is None for person in _by_ref(demo, "person").values())
    assert count(demo, Query("service")) == 9
    assert {pilot.service for pilot in _by_ref(demo, "pilot").values()} < set(_refs(demo, "service"))


def test_every_command_is_dated_and_the_story_ends_before_the_board(demo: Store) -> None:
    given = commands(demo, limit=10_000)
    assert {command.front for command in given} == {FRONT}
    days = [command.at.date() for command in reversed(given)]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (D(2026, 4, 1), D(2026, 11, 11))
    assert all(day.weekday() < 5 for day in days)


def test_the_summary_can_be_made_of_it(demo: Store) -> None:
    assert summary(demo, day=TODAY, since=BEFORE).sections
