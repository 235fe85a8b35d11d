"""What changed between two days, as a board is told it."""

from datetime import date
from typing import Any

import pytest
from rules.changes_cases import FAR, NOW, PREV, differ, made, removed, told

from tracker.fields import Nothing
from tracker.ratings import Rated
from tracker.rules.changes.since import Facts, changes
from tracker.rules.changes.told_fields import Slips
from tracker.rules.day import Day, Nothings

WITHHELD: Nothings = {("u", "budget"): Nothing("withheld", "exempt")}


def test_a_moved_date_with_its_number_and_reason() -> None:
    facts = Facts({("u", "forecast_end"): "supplier capacity"}, {("u", "forecast_end"): Slips(2)})
    found = told(
        [made("pilot", forecast_end=date(2026, 12, 18))], [made("pilot", forecast_end=date(2027, 1, 29))], facts
    )
    sentence = "P-02 Housing repairs: forecast end moved from 18 Dec 2026 to 29 Jan 2027 (2nd move): supplier capacity"
    assert found == [("moved", sentence)]


def test_a_reason_that_two_changes_share_is_told_once() -> None:
    facts = Facts({("u", "forecast_end"): "supplier capacity", ("u", "decision_due"): "supplier capacity"})
    was: dict[str, Any] = {"forecast_end": date(2026, 12, 18), "decision_due": date(2026, 12, 20)}
    now: dict[str, Any] = {"forecast_end": date(2027, 1, 29), "decision_due": date(2027, 2, 1)}
    (group, sentence), *more = told([made("pilot", **was)], [made("pilot", **now)], facts)
    assert group == "moved" and not more
    assert sentence.count("supplier capacity") == 1 and sentence.count(" moved from ") == 2


@pytest.mark.parametrize(
    ("kind", "was", "now", "expected"),
    [
        ("pilot", {"rating": "green"}, {"rating": "red"}, ("worsened", "● Green → ■ Red")),
        ("pilot", {"rating": "amber_red"}, {"rating": "amber"}, ("improved", "◆ Amber/Red → ▲ Amber")),
        ("pilot", {}, {"rating": "green"}, ("first_rated", "first rating: ● Green")),
        ("pilot", {"rating": "red"}, {"rating": "not_rated"}, ("unrated", "no longer rated: ■ Red → ○ Not rated")),
        ("pilot", {"rating": "green"}, {}, ("unrated", "no longer rated: ● Green → ○ No rating")),
        ("pilot", {"rating": "not_rated"}, {"rating": "amber"}, ("first_rated", "rated: ○ Not rated → ▲ Amber")),
        ("pilot", {}, {"rating": "not_rated"}, ("unrated", "not rated: ○ No rating → ○ Not rated")),
        ("pilot", {}, {"assurance_rating": "red"}, ("first_rated", "assurance first rating: ■ Red")),
        (
            "pilot",
            {"assurance_rating": "green"},
            {"assurance_rating": "red"},
            ("worsened", "assurance: ● Green → ■ Red"),
        ),
        (
            "pilot",
            {"rating": Rated("amber_red", "rag5")},
            {"rating": Rated("amber", "rag3")},
            (
                "not_comparable",
                "◆ Amber/Red → ▲ Amber (not comparable: given on RAG (5 steps), now RAG (3 steps))",
            ),
        ),
        (
            "pilot",
            {"rating": Rated("amber", "rag5")},
            {"rating": Rated("amber", "dta5")},
            (
                "not_comparable",
                "▲ Amber → ▲ Medium (not comparable: given on RAG (5 steps), now Confidence (5 steps))",
            ),
        ),
        (
            "pilot",
            {"rating": Rated("amber", "rag3")},
            {"rating": Rated("not_rated", "rag3", "⊘ withheld", "exempt under Section 43")},
            ("unrated", "no longer rated: ▲ Amber → ⊘ withheld (exempt under Section 43)"),
        ),
        ("pilot", {"phase": "alpha"}, {"phase": "live"}, ("improved", "Alpha → Live")),
        ("pilot", {"phase": "live"}, {"phase": "alpha"}, ("worsened", "Live → Alpha")),
        ("pilot", {"phase": "alpha"}, {"phase": "paused"}, ("worsened", "Alpha → Paused")),
        ("pilot", {"phase": "alpha"}, {"phase": "stopped"}, ("closed", "Alpha → Stopped")),
        ("pilot", {}, {"outcome": "scaled"}, ("closed", "outcome: Scaled")),
        ("pilot", {"forecast_cost": 100}, {"forecast_cost": 250}, ("worsened", "forecast cost rose from £1 to £2.50")),
        (
            "pilot",
            {"forecast_end": date(2026, 12, 1)},
            {"forecast_end": None},
            ("moved", "forecast end taken away (was 1 Dec 2026)"),
        ),
        (
            "risk",
            {"likelihood": 3, "impact": 4, **FAR},
            {"likelihood": 4, "impact": 4, **FAR},
            ("worsened", "score 12 → 16 (high, 7 above appetite)"),
        ),
        (
            "risk",
            {"likelihood": 3, "impact": 4, **FAR},
            {"likelihood": 1, "impact": 4, **FAR},
            ("improved", "score 12 → 4 (low)"),
        ),
        (
            "risk",
            {"likelihood": 3, "impact": 4, "risk_kind": "opportunity", **FAR},
            {"likelihood": 4, "impact": 4, "risk_kind": "opportunity", **FAR},
            ("improved", "score 12 → 16 (high)"),
        ),
        ("risk", FAR, {"likelihood": 3, "impact": 2, **FAR}, ("new", "first scored 6 (medium)")),
        ("risk", FAR, {"status": "closed", "closing_reason": "expired"}, ("closed", "closed (expired)")),
        ("risk", FAR, {"status": "became_issue"}, ("worsened", "became an issue")),
        ("risk", {"status": "closed"}, FAR, ("worsened", "opened again, was closed")),
        ("risk", {"status": "draft", **FAR}, FAR, ("new", "described in full, no longer a draft")),
        ("risk", FAR, {"escalated_to": "board", **FAR}, ("worsened", "escalated to the board")),
        ("action", {}, {"status": "done", "done_on": date(2026, 11, 2)}, ("closed", "done on 2 Nov 2026")),
        ("action", {}, {"status": "dropped", "dropped_reason": "not needed"}, ("closed", "dropped: not needed")),
        ("action", {"status": "done"}, {}, ("worsened", "opened again, was done")),
        ("action", {}, {"due": date(2026, 12, 24)}, ("moved", "due date moved from 1 Dec 2026 to 24 Dec 2026")),
        (
            "action",
            {"due": NOW},
            {"due": date(2026, 11, 11)},
            ("moved", "due date moved from 12 Nov 2026 to 11 Nov 2026"),
        ),
        ("iteration", {}, {"goal_result": "missed"}, ("closed", "goal missed")),
        ("session", {}, {"status": "cancelled"}, ("worsened", "cancelled")),
        ("session", {}, {"status": "held"}, ("closed", "held")),
        ("win", {}, {"verified_by": "o"}, ("improved", "now verified")),
    ],
)
def test_each_class_of_change(kind: str, was: dict[str, Any], now: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in differ(kind, was, now)


@pytest.mark.parametrize(
    ("kind", "was", "now", "sentence"),
    [
        ("action", {"due": date(2026, 10, 30)}, {"due": date(2026, 10, 30)}, "overdue since 30 Oct 2026"),
        (
            "pilot",
            {"forecast_end": date(2026, 11, 1)},
            {"forecast_end": date(2026, 11, 1)},
            "forecast end 1 Nov 2026 has passed",
        ),
        (
            "risk",
            {"next_review_on": date(2026, 10, 30)},
            {"next_review_on": date(2026, 10, 30)},
            "review overdue since 30 Oct 2026",
        ),
        ("iteration", {"end": date(2026, 11, 6)}, {"end": date(2026, 11, 6)}, "ended 6 Nov 2026 without a result"),
        (
            "session",
            {"starts_on": date(2026, 11, 6)},
            {"starts_on": date(2026, 11, 6)},
            "planned for 6 Nov 2026, not recorded as held",
        ),
    ],
)
def test_what_is_overdue_now_and_was_not(kind: str, was: dict[str, Any], now: dict[str, Any], sentence: str) -> None:
    assert differ(kind, was, now) == [("overdue", sentence)]
    assert told([made(kind, **was)], [made(kind, **was)])
    earlier = {name: date(2026, 10, 2) for name in was}
    assert differ(kind, earlier, earlier) == []  # the last board was told already


def test_what_is_done_or_due_on_the_day_is_not_overdue() -> None:
    assert differ("action", {"due": NOW}, {"due": NOW}) == []
    done = {"due": date(2026, 10, 30), "status": "done"}
    assert [group for group, _ in differ("action", {"due": date(2026, 10, 30)}, done)] == ["closed"]


def test_new_late_deleted_and_restored() -> None:
    facts = Facts(added={"u": date(2026, 10, 20)})
    late = made("risk", raised_on=date(2026, 9, 24), likelihood=2, impact=4, **FAR)
    assert told([], [late], facts) == [
        ("late", "R-004 Lookups fail: new risk, 8 (medium); dated 24 Sep 2026, recorded only on 20 Oct 2026")
    ]
    new = made("risk", raised_on=date(2026, 10, 19), status="draft", **FAR)
    assert told([], [new], facts) == [("new", "R-004 Lookups fail: new risk, not scored, still a draft")]
    gone = removed("risk", "duplicate of R-007")
    assert told([made("risk")], [gone]) == [("deleted", "R-004 Lookups fail: removed (duplicate of R-007)")]
    assert told([], [gone]) == [("deleted", "R-004 Lookups fail: recorded and removed in between (duplicate of R-007)")]
    assert told([made("risk")], []) == [("deleted", "R-004 Lookups fail: removed (adding it was undone)")]
    assert [group for group, _ in told([gone], [made("risk", **FAR)])] == ["restored"]
    assert told([gone], [gone]) == []


def test_a_description_that_is_worded_better_is_no_change() -> None:
    assert differ("pilot", {"problem": "clear"}, {"problem": "clearer", "tags": ("a",)}) == []
    assert differ("risk", {"cause": "a", **FAR}, {"cause": "b", **FAR}) == []


def test_a_record_that_two_days_share_is_told_of_where_only_what_is_said_of_it_differs() -> None:
    pilot = made("pilot")
    before = Day(PREV, {"pilot": [pilot]})
    now = Day(NOW, {"pilot": [pilot]}, nothings=WITHHELD)
    assert [change.text for change in changes(before, now, Facts())] == ["budget withheld (exempt), was not given"]
