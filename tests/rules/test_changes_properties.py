"""What changed between two days, of any records."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rules.changes_cases import NOW, PREV, made, steady

from tracker.entities import Entity, entity
from tracker.rules.changes.since import CLASSES, Change, Facts, changes
from tracker.rules.day import Day, shown_day

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


def _all(before: list[Entity], now: list[Entity]) -> tuple[Day, Day, list[Change]]:
    one, two = shown_day(PREV, before), shown_day(NOW, now)
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
    assert not {change.uid for change in found} & (one.hidden.uids | two.hidden.uids)
    assert found == changes(shown_day(PREV, before[::-1]), shown_day(NOW, now[::-1]), Facts())


@steady
@given(sides, sides)
def test_nothing_comes_or_goes_unsaid(before: list[Entity], now: list[Entity]) -> None:
    one, two, found = _all(before, now)
    groups: dict[str, set[str]] = {}
    for change in found:
        groups.setdefault(change.uid, set()).add(change.group)
    for kind in ("pilot", "risk", "action"):
        was, is_ = one.by_uid(entity(kind)), two.by_uid(entity(kind))
        hidden = one.hidden.uids | two.hidden.uids
        for uid in was.keys() - is_.keys() - hidden:
            assert "deleted" in groups[uid]
        for uid in is_.keys() - was.keys() - hidden:
            assert groups[uid] & {"new", "late", "restored"}
