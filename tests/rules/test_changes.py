"""What changed between two days, as a board is told it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.entities import Entity, entity
from tracker.rules.changes import CLASSES, Change, Facts, changes, thresholds_changed
from tracker.rules.freshness import freshness, substantive
from tracker.rules.position import Position, newest_of, position
from tracker.rules.settings import settings_from

steady = settings(derandomize=True, max_examples=100, deadline=None)
PREV, NOW = date(2026, 10, 8), date(2026, 11, 12)
DEFAULTS: dict[str, dict[str, Any]] = {
    "pilot": {"name": "Housing repairs", "ref": "P-02"},
    "risk": {"title": "Lookups fail", "ref": "R-004", "status": "open", "raised_on": date(2026, 9, 1)},
    "action": {"text": "Agree the plan", "ref": "A-016", "due": date(2026, 12, 1), "owner": "o"},
    "iteration": {
        "goal": "Try it",
        "ref": "IT-001",
        "start": date(2026, 10, 1),
        "end": date(2026, 12, 1),
        "pilot": "p",
    },
    "session": {"title": "Workshop", "ref": "T-05", "starts_on": date(2026, 12, 1)},
    "win": {"title": "A field less", "ref": "W-018", "event_date": date(2026, 10, 20)},
}
FAR = {"next_review_on": date(2027, 12, 31)}


def made(kind: str, uid: str = "u", **values: Any) -> Entity:
    return entity(kind)(**{"uid": uid, **DEFAULTS[kind], **values})


def removed(kind: str, reason: str, uid: str = "u", **values: Any) -> Entity:
    return made(kind, uid, deleted_at="2026-10-20T09:00:00Z", deleted_reason=reason, **values)


def told(
    before: list[Entity], now: list[Entity], facts: Facts | None = None, rows: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    found = changes(position(PREV, before), position(NOW, now, settings_from(rows or {})), facts or Facts())
    return [(change.group, change.sentence) for change in found]


def differ(kind: str, was: dict[str, Any], now: dict[str, Any], facts: Facts | None = None) -> list[tuple[str, str]]:
    return [
        (group, sentence.partition(": ")[2])
        for group, sentence in told([made(kind, **was)], [made(kind, **now)], facts)
    ]


def test_a_moved_date_with_its_number_and_reason() -> None:
    facts = Facts({("u", "forecast_end"): "supplier capacity"}, {("u", "forecast_end"): 2})
    found = told(
        [made("pilot", forecast_end=date(2026, 12, 18))], [made("pilot", forecast_end=date(2027, 1, 29))], facts
    )
    sentence = "P-02 Housing repairs: forecast end moved from 18 Dec 2026 to 29 Jan 2027 (2nd move): supplier capacity"
    assert found == [("moved", sentence)]


def test_a_reason_that_two_changes_share_is_told_once() -> None:
    facts = Facts({("u", "forecast_end"): "supplier capacity", ("u", "decision_due"): "supplier capacity"})
    was = {"forecast_end": date(2026, 12, 18), "decision_due": date(2026, 12, 20)}
    now = {"forecast_end": date(2027, 1, 29), "decision_due": date(2027, 2, 1)}
    (group, sentence), *more = told([made("pilot", **was)], [made("pilot", **now)], facts)
    assert group == "moved" and not more
    assert sentence.count("supplier capacity") == 1 and sentence.count(" moved from ") == 2


@pytest.mark.parametrize(
    ("kind", "was", "now", "expected"),
    [
        ("pilot", {"rating": "green"}, {"rating": "red"}, ("worsened", "● Green → ■ Red")),
        ("pilot", {"rating": "amber_red"}, {"rating": "amber"}, ("improved", "◆ Amber/Red → ▲ Amber")),
        ("pilot", {}, {"rating": "green"}, ("new", "first rating: ● Green")),
        ("pilot", {"rating": "red"}, {"rating": "not_rated"}, ("worsened", "■ Red → ○ Not rated")),
        ("pilot", {"rating": "green"}, {}, ("worsened", "● Green → ○ Not rated")),
        ("pilot", {"phase": "alpha"}, {"phase": "live"}, ("improved", "Alpha → Live")),
        ("pilot", {"phase": "live"}, {"phase": "alpha"}, ("worsened", "Live → Alpha")),
        ("pilot", {"phase": "alpha"}, {"phase": "paused"}, ("worsened", "Alpha → Paused")),
        ("pilot", {"phase": "alpha"}, {"phase": "stopped"}, ("closed", "Alpha → Stopped")),
        ("pilot", {}, {"outcome": "scaled"}, ("closed", "outcome: Scaled")),
        ("pilot", {"forecast_cost": 100}, {"forecast_cost": 250}, ("worsened", "forecast cost rose from 1 to 2.50")),
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


def test_a_mended_spelling_is_no_change() -> None:
    assert differ("pilot", {"name": "Huosing"}, {"name": "Housing", "problem": "clearer", "tags": ("a",)}) == []
    assert differ("risk", {"cause": "a", **FAR}, {"cause": "b", **FAR}) == []
    assert differ("action", {}, {"status": "in_progress", "priority": "high"}) == []


def test_bad_news_comes_first() -> None:
    before = [
        made("pilot", "p", rating="green", forecast_end=date(2026, 12, 18)),
        made("risk", "r"),
        made("action", "a"),
    ]
    now = [
        made("win", "w"),
        made("action", "a", status="done"),
        removed("risk", "a duplicate", "r"),
        made("pilot", "p", rating="red", forecast_end=date(2027, 1, 29)),
    ]
    assert [group for group, _ in told(before, now)] == ["worsened", "moved", "deleted", "new", "closed"]


def test_the_worst_risk_comes_first_in_its_class() -> None:
    before = [made("risk", uid, ref=uid, likelihood=1, impact=1, **FAR) for uid in ("R-001", "R-002")]
    now = [
        made("risk", "R-001", ref="R-001", likelihood=2, impact=1, **FAR),
        made("risk", "R-002", ref="R-002", likelihood=5, impact=5, **FAR),
    ]
    assert [sentence[:5] for _, sentence in told(before, now)] == ["R-002", "R-001"]


def test_nothing_restricted_is_told() -> None:
    secret = made("risk", "r", title="Secret", visibility="restricted", likelihood=5, impact=5)
    open_ = made("risk", "r", title="Secret", likelihood=1, impact=1)
    assert told([secret], [open_]) == told([open_], [secret]) == told([], [secret]) == []
    pilot = made("pilot", "p", visibility="restricted")
    assert told([], [pilot, made("risk", "r", pilot="p"), made("action", "a", risk="r")]) == []
    assert told([open_], [removed("risk", "about the fraud case", "r", visibility="restricted")]) == []


def test_a_restricted_report_is_not_carried_by_its_pilot() -> None:
    pilot = made("pilot", "p", rating="red")

    def report(uid: str, rating: str, **more: Any) -> Entity:
        return entity("confidence")(uid=uid, ref=uid, pilot="p", rating=rating, as_of=NOW, **more)

    found = position(NOW, [pilot, report("1", "green"), report("2", "red", visibility="restricted")])
    assert found.of("pilot")[0].rating == "green"
    assert (found.restricted, found.belonging) == (1, 0)
    found = position(NOW, [pilot, report("2", "red", visibility="restricted")])
    assert found.of("pilot")[0].rating is None


def test_a_restricted_assessment_is_not_carried_by_its_risk() -> None:
    def assessed(uid: str, points: int, **more: Any) -> Entity:
        return entity("assessment")(uid=uid, risk="r", assessed_on=NOW, likelihood=points, impact=points, **more)

    risk = made("risk", "r", likelihood=5, impact=5, score=25)
    found = position(NOW, [risk, assessed("1", 2), assessed("2", 5, visibility="restricted")]).of("risk")[0]
    assert (found.likelihood, found.impact, found.score) == (2, 2, 4)


def test_what_belongs_to_a_restricted_record_is_counted_apart() -> None:
    found = position(
        NOW, [made("pilot", "p", visibility="restricted"), made("risk", "r", pilot="p"), made("action", "a", risk="r")]
    )
    assert (found.restricted, found.belonging, found.hidden) == (1, 2, {"p", "r", "a"})
    assert found.of("risk") == found.of("action") == []


def test_changed_thresholds_are_told() -> None:
    before, now = position(PREV, []), position(NOW, [], settings_from({"tolerance_cautious": "12"}))
    assert thresholds_changed(before, now) == ["Tolerance: cautious: 9 → 12"]
    assert thresholds_changed(before, before) == []


def test_each_day_is_judged_by_its_own_thresholds() -> None:
    # A review that the old intervals called due was overdue then already: it is not overdue *now*.
    risk = made("risk", likelihood=1, impact=1, raised_on=date(2026, 8, 1))
    assert told([risk], [risk]) == [("overdue", "R-004 Lookups fail: review overdue since 30 Oct 2026")]
    assert told([risk], [risk], rows={"review_days_low": "365"}) == []


def test_substantive_fields_are_not_wording() -> None:
    fields = substantive("pilot")
    assert {"phase", "forecast_end", "budget", "status_note", "delivery_lead"} <= set(fields)
    assert not {"name", "problem", "tags", "visibility", "sites"} & set(fields)


def test_stale_pilots_the_oldest_first() -> None:
    some = [made("pilot", uid) for uid in "abcd"] + [made("pilot", "e", phase="stopped")]
    days = {"a": date(2026, 10, 22), "b": date(2026, 10, 21), "c": date(2026, 9, 22)}
    found = freshness(some, days, 21, NOW)
    assert (found.running, found.stale) == (4, (("d", None), ("c", 51), ("b", 22)))


def test_the_newest_of_one_day_is_the_last_given() -> None:
    some = [made("win", uid, event_date=NOW) for uid in "ab"] + [made("win", "c", event_date=PREV)]
    newest = newest_of(some, "event_date")
    assert newest is not None and newest.uid == "b"
    assert newest_of([], "event_date") is None


days = st.dates(date(2026, 8, 1), date(2027, 2, 1))


def named(kind: str, uid: str, **values: Any) -> Entity:
    return made(kind, uid, ref=uid, **values)


records = st.one_of(
    st.builds(
        named,
        st.just("pilot"),
        st.sampled_from(["p1", "p2"]),
        rating=st.sampled_from([None, "green", "amber", "red", "not_rated"]),
        phase=st.sampled_from(["alpha", "live", "paused", "stopped"]),
        forecast_end=st.none() | days,
        visibility=st.sampled_from(["internal", "restricted"]),
    ),
    st.builds(
        named,
        st.just("risk"),
        st.sampled_from(["r1", "r2", "r3"]),
        status=st.sampled_from(["draft", "open", "closed", "became_issue"]),
        likelihood=st.none() | st.integers(1, 5),
        impact=st.integers(1, 5),
        raised_on=days,
        pilot=st.sampled_from([None, "p1"]),
        deleted_at=st.sampled_from([None, None, "2026-10-20T09:00:00Z"]),
        deleted_reason=st.just("duplicate"),
    ),
    st.builds(
        named, st.just("action"), st.sampled_from(["a1", "a2"]), due=days, status=st.sampled_from(["open", "done"])
    ),
)


def _unique(some: list[Entity]) -> list[Entity]:
    return list({record.uid: record for record in some}.values())


sides = st.lists(records, max_size=7).map(_unique)


def _all(before: list[Entity], now: list[Entity]) -> tuple[Position, Position, list[Change]]:
    one, two = position(PREV, before), position(NOW, now)
    return one, two, changes(one, two, Facts())


@steady
@given(sides)
def test_the_same_records_have_changed_only_by_time_passing(some: list[Entity]) -> None:
    assert {change.group for change in _all(some, some)[2]} <= {"overdue"}


@steady
@given(sides, sides)
def test_changes_are_sorted_unique_and_tell_nothing_hidden(before: list[Entity], now: list[Entity]) -> None:
    one, two, found = _all(before, now)
    assert [CLASSES.index(change.group) for change in found] == sorted(CLASSES.index(change.group) for change in found)
    assert len({(change.group, change.uid) for change in found}) == len(found)
    assert not {change.uid for change in found} & (one.hidden | two.hidden)
    assert found == changes(position(PREV, before[::-1]), position(NOW, now[::-1]), Facts())


@steady
@given(sides, sides)
def test_nothing_comes_or_goes_unsaid(before: list[Entity], now: list[Entity]) -> None:
    one, two, found = _all(before, now)
    groups: dict[str, set[str]] = {}
    for change in found:
        groups.setdefault(change.uid, set()).add(change.group)
    for kind in ("pilot", "risk", "action"):
        was, is_ = one.live.get(kind, {}), two.live.get(kind, {})
        hidden = one.hidden | two.hidden
        for uid in was.keys() - is_.keys() - hidden:
            assert "deleted" in groups[uid]
        for uid in is_.keys() - was.keys() - hidden:
            assert groups[uid] & {"new", "late", "restored"}
