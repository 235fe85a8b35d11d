"""What changed between two days: in which order it is told, and what is not told."""

from datetime import date
from typing import Any

from rules.changes_cases import FAR, NOW, PREV, made, removed, told

from tracker.entities import Entity, entity
from tracker.entities.action import Action
from tracker.entities.outline import outline_of
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.rules.day import newest_of, shown_day
from tracker.rules.freshness import freshness


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

    found = shown_day(NOW, [pilot, report("1", "green"), report("2", "red", visibility="restricted")])
    assert found.all(Pilot)[0].rating == "green"
    assert (found.hidden.restricted, found.hidden.belonging) == (1, 0)
    found = shown_day(NOW, [pilot, report("2", "red", visibility="restricted")])
    assert found.all(Pilot)[0].rating is None


def test_a_restricted_assessment_is_not_carried_by_its_risk() -> None:
    def assessed(uid: str, points: int, **more: Any) -> Entity:
        return entity("assessment")(uid=uid, risk="r", assessed_on=NOW, likelihood=points, impact=points, **more)

    risk = made("risk", "r", likelihood=5, impact=5, score=25)
    found = shown_day(NOW, [risk, assessed("1", 2), assessed("2", 5, visibility="restricted")]).all(Risk)[0]
    assert (found.likelihood, found.impact, found.score) == (2, 2, 4)


def test_what_belongs_to_a_restricted_record_is_counted_apart() -> None:
    found = shown_day(
        NOW, [made("pilot", "p", visibility="restricted"), made("risk", "r", pilot="p"), made("action", "a", risk="r")]
    )
    assert (found.hidden.restricted, found.hidden.belonging, found.hidden.uids) == (1, 2, frozenset({"p", "r", "a"}))
    assert (found.all(Risk), found.all(Action)) == ([], [])


def test_each_day_is_judged_by_its_own_thresholds() -> None:
    # A review that the old intervals called due was overdue then already: it is not overdue *now*.
    risk = made("risk", likelihood=1, impact=1, raised_on=date(2026, 8, 1))
    assert told([risk], [risk]) == [("overdue", "R-004 Lookups fail: review overdue since 30 Oct 2026 (worked out)")]
    assert told([risk], [risk], rows={"review_days_low": "365"}) == []


def test_substantive_fields_are_not_wording() -> None:
    fields = outline_of(Pilot).news
    assert {"phase", "forecast_end", "budget", "status_note", "delivery_lead"} <= set(fields)
    assert not {"name", "problem", "tags", "visibility", "sites"} & set(fields)


def test_stale_pilots_the_oldest_first() -> None:
    some: list[Any] = [made("pilot", uid) for uid in "abcd"] + [made("pilot", "e", phase="stopped")]
    days = {"a": date(2026, 10, 22), "b": date(2026, 10, 21), "c": date(2026, 9, 22)}
    found = freshness(some, days, 21, NOW)
    assert (found.running, found.stale) == (4, (("d", None), ("c", 51), ("b", 22)))


def test_the_newest_of_one_day_is_the_last_given() -> None:
    some = [made("win", uid, event_date=NOW) for uid in "ab"] + [made("win", "c", event_date=PREV)]
    newest = newest_of(some, "event_date")
    assert newest is not None and newest.uid == "b"
    assert newest_of([], "event_date") is None
