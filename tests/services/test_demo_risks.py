"""The risks of the demonstration are those of its story, at both boards."""

from collections.abc import Iterator
from datetime import date

import pytest
from demo_told import BEFORE, PILOTS, D, by_ref

from tracker.rules.risk import Exposure, excess, exposure, is_live, review_overdue, score
from tracker.rules.settings import DEFAULTS
from tracker.services.demo.story import TODAY
from tracker.services.programme_file import open_programme
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.history import of_record
from tracker.storage.store import Store

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


def _exposure(store: Store, day: date) -> Exposure:
    return exposure(by_ref(store, "risk").values(), DEFAULTS, day)


def test_risk_figures_of_this_board(demo: Store) -> None:
    found = _exposure(demo, TODAY)
    assert (found.live, found.drafts, found.unscored) == (10, 0, 0)
    assert (found.above, found.points, found.overdue, found.opportunities) == (5, 39, 3, 1)


def test_each_risk_has_score_tolerance_review_and_actions(demo: Store) -> None:
    risks = {ref: risk for ref, risk in by_ref(demo, "risk").items() if is_live(risk) and risk.risk_kind == "threat"}
    assert sorted(risks) == sorted(RISKS)
    acts: dict[str, list[date]] = {}
    for action in by_ref(demo, "action").values():
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
    assert {risk.ref: score(risk) for risk in by_ref(earlier, "risk").values() if risk.ref in ("R-002", "R-004")} == {
        "R-002": 15,
        "R-004": 16,
    }
    pilots = by_ref(earlier, "pilot")
    ratings = {ref: pilot.rating for ref, pilot in pilots.items()}
    assert ratings == {**{ref: told.rating for ref, told in PILOTS.items()}, "P-04": "green", "P-08": None}
    assert pilots["P-02"].forecast_end == D(2026, 12, 18)
    assert (pilots["P-04"].phase, pilots["P-08"].start) == ("alpha", None)
    assert not {"R-014", "R-015"} & by_ref(earlier, "risk").keys()


def test_scores_went_up_and_down_between_the_boards(demo: Store, earlier: Store) -> None:
    before = {ref: score(risk) for ref, risk in by_ref(earlier, "risk").items()}
    now = {ref: score(risk) for ref, risk in by_ref(demo, "risk").items() if is_live(risk)}
    moved = {ref: (before[ref], points) for ref, points in now.items() if ref in before and before[ref] != points}
    assert {ref for ref, (old, new) in moved.items() if new > old} == {"R-002", "R-007"}
    assert {ref for ref, (old, new) in moved.items() if new < old} == {"R-001", "R-004", "R-011", "R-013"}


def test_risks_that_ended_and_the_one_that_came_late(demo: Store, earlier: Store) -> None:
    risks, removed = by_ref(demo, "risk"), by_ref(demo, "risk", deleted=True)
    assert {ref: risk.status for ref, risk in risks.items() if not is_live(risk)} == {
        "R-003": "closed",
        "R-006": "became_issue",
        "R-012": "closed",
    }
    assert risks["R-014"].risk_kind == "opportunity"
    assert list(removed) == ["R-008"]
    assert "R-007" in removed["R-008"].deleted_reason
    assert "R-008" in by_ref(earlier, "risk")
    late = risks["R-015"]
    assert (late.raised_on, of_record(demo, late.uid)[0].day) == (D(2026, 9, 24), D(2026, 10, 20))
