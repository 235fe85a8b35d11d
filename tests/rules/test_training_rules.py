"""Coverage of role groups by training."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.entities.attendance import Attendance
from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import Pilot
from tracker.entities.session import TrainingSession
from tracker.rules.setting_texts import settings_from
from tracker.rules.settings import DEFAULTS
from tracker.rules.training import Coverage, coverage, group_text

steady = settings(derandomize=True, max_examples=100, deadline=None)
DAY = date(2026, 11, 12)
LIVE_SINCE = date(2026, 10, 19)


def pilot(uid: str = "p", **more: Any) -> Pilot:
    return Pilot(**{"uid": uid, "name": uid, "phase": "private_beta", "first_real_user_on": LIVE_SINCE, **more})


def need(headcount: int, group: str = "Counter staff", of: str = "p", **more: Any) -> TrainingNeed:
    return TrainingNeed(pilot=of, role_group=group, headcount=headcount, **more)


def session(
    uid: str = "t", on: date = LIVE_SINCE, status: Any = "held", of: str | None = "p", groups: str | None = None
) -> TrainingSession:
    values = {"uid": uid, "title": uid, "starts_on": on, "status": status, "pilot": of, "role_groups": groups}
    return TrainingSession(**values)


def count(
    present: int | None,
    passed: int | None = None,
    group: str = "Counter staff",
    of: str = "t",
    booked: int | None = None,
) -> Attendance:
    return Attendance(session=of, role_group=group, present=present, passed=passed, booked=booked)


def covered(needs: list[Any], sessions: list[Any], counts: list[Any], *pilots: Pilot, day: date = DAY) -> Coverage:
    return coverage(pilots or (pilot(),), needs, sessions, counts, DEFAULTS, day)


def test_the_worst_group_by_role() -> None:
    found = covered(
        [need(18, "Front-line counter staff"), need(50, "Back office")],
        [session()],
        [count(5, None, "front-line  COUNTER staff"), count(48, None, "Back office")],
    )
    assert (found.trained, found.affected) == (53, 68)
    assert found.worst is not None
    assert group_text(found.worst, DEFAULTS) == "Front-line counter staff: 5 of 18 (28%)"
    assert [group.level for group in found.groups] == ["red", "green"]


def test_passed_counts_where_there_was_a_test_else_present() -> None:
    assert covered([need(10)], [session()], [count(8, 3)]).trained == 3
    assert covered([need(10)], [session()], [count(8)]).trained == 8
    assert covered([need(10)], [session()], [count(8, 0)]).trained == 0


def test_nobody_can_be_trained_twice() -> None:
    found = covered([need(10)], [session("t"), session("u")], [count(8), count(8, of="u")])
    assert (found.trained, found.affected) == (10, 10)


@pytest.mark.parametrize(
    "one", [session(status="planned"), session(status="cancelled"), session(on=date(2026, 11, 13))]
)
def test_only_sessions_held_by_the_day_count(one: TrainingSession) -> None:
    (group,) = covered([need(10)], [one], [count(9)]).groups
    assert (group.trained, group.recorded, group.level) == (0, False, "red")


def test_a_booking_is_not_attendance() -> None:
    (group,) = covered([need(10)], [session()], [count(None, booked=10)]).groups
    assert not group.recorded
    assert group_text(group, DEFAULTS) == "Counter staff: 0 of 10 (0%), attendance not recorded"


def test_sessions_of_another_pilot_do_not_count() -> None:
    found = covered([need(10)], [session(of="q"), session("u", of=None)], [count(9), count(9, of="u")])
    assert found.trained == 0
    assert found.unneeded == (("q", "Counter staff"), (None, "Counter staff"))


def test_before_go_live_a_low_share_is_grey_and_never_green() -> None:
    later = pilot(first_real_user_on=date(2026, 12, 1))
    assert covered([need(10)], [session()], [count(5)], later).groups[0].level == "grey"
    assert covered([need(10)], [session()], [count(9)], later).groups[0].level == "green"
    assert covered([need(10)], [], [], pilot(first_real_user_on=None)).groups[0].level == "grey"
    assert covered([need(10, needed_by=DAY)], [], [], later).groups[0].level == "red"


@pytest.mark.parametrize(("trained", "level"), [(79, "red"), (80, "amber"), (89, "amber"), (90, "green")])
def test_levels_begin_at_the_required_share_and_the_floor(trained: int, level: str) -> None:
    assert covered([need(100)], [session()], [count(trained)]).groups[0].level == level


def test_a_share_just_below_a_threshold_is_not_shown_as_reached() -> None:
    (group,) = covered([need(1000)], [session()], [count(899)]).groups
    assert "(89%)" in group_text(group, DEFAULTS)
    (group,) = covered([need(1000)], [session()], [count(999)]).groups
    assert "(99%)" in group_text(group, DEFAULTS)


def test_pilots_with_real_users_and_no_need_are_named() -> None:
    some = [pilot("p"), pilot("q"), pilot("r", phase="alpha"), pilot("s", phase="live")]
    found = covered([need(10, of="p")], [], [], *some)
    assert found.without_need == ("q", "s")


def test_without_needs_there_is_no_worst_group() -> None:
    found = covered([], [], [])
    assert (found.groups, found.worst, found.affected) == ((), None, 0)


def test_a_mandatory_group_comes_before_a_larger_optional_one() -> None:
    found = covered([need(10), need(90, "Readers", mandatory=False)], [session()], [count(5)])
    assert found.worst is not None and found.worst.name == "Counter staff"


def test_of_equal_shares_the_larger_group_is_the_worst_then_the_first_by_name() -> None:
    counts = [count(5, group="Clerks"), count(10, group="Drivers"), count(5, group="Bakers")]
    sizes = {"Clerks": 10, "Drivers": 20, "Bakers": 10}
    for names in (("Clerks", "Drivers", "Bakers"), ("Bakers", "Drivers", "Clerks"), ("Drivers", "Bakers", "Clerks")):
        worst = covered([need(sizes[name], name) for name in names], [session()], counts).worst
        assert worst is not None and worst.name == "Drivers"
    for pair in (("Clerks", "Bakers"), ("Bakers", "Clerks")):
        worst = covered([need(sizes[name], name) for name in pair], [session()], counts).worst
        assert worst is not None and worst.name == "Bakers"


def test_a_group_that_is_due_on_the_day_comes_before_a_worse_one_that_is_not() -> None:
    due, later = need(10, "Clerks", needed_by=DAY), need(10, "Bakers", needed_by=date(2026, 11, 13))
    worst = covered([later, due], [session()], [count(5, group="Clerks"), count(1, group="Bakers")]).worst
    assert worst is not None and worst.name == "Clerks"


def test_needs_for_two_levels_are_of_the_same_people() -> None:
    found = covered([need(10), need(4, "counter STAFF", required_level="expert")], [session()], [count(6)])
    assert (len(found.groups), found.affected) == (1, 10)


groups = st.sampled_from(["Counter staff", "Back office", "Call centre"])


@steady
@given(
    st.lists(st.builds(need, st.integers(1, 200), groups, st.sampled_from(["p", "q"])), max_size=6),
    st.lists(
        st.builds(
            session,
            st.sampled_from(["t", "u"]),
            st.dates(date(2026, 9, 1), date(2026, 12, 31)),
            st.sampled_from(["planned", "held", "cancelled"]),
            st.sampled_from(["p", "q", None]),
        ),
        max_size=3,
    ),
    st.lists(
        st.builds(
            count, st.none() | st.integers(0, 300), st.none() | st.integers(0, 300), groups, st.sampled_from("tu")
        ),
        max_size=8,
    ),
)
def test_coverage_is_between_nobody_and_everybody(needs: list[Any], sessions: list[Any], counts: list[Any]) -> None:
    found = covered(needs, sessions, counts, pilot("p"), pilot("q"))
    for group in found.groups:
        assert 0 <= group.trained <= group.headcount
        assert group.recorded or group.trained == 0
        assert group.level != "green" or group.trained * 10 >= group.headcount * 9
    assert found.trained == sum(group.trained for group in found.groups) <= found.affected
    strict = settings_from({"training_required": "100", "training_floor": "100"})
    harder = coverage((pilot("p"), pilot("q")), needs, sessions, counts, strict, DAY)
    assert sum(g.level == "green" for g in harder.groups) <= sum(g.level == "green" for g in found.groups)


def test_what_is_there_in_place_of_counts_is_said_as_it_is() -> None:
    def lacking(*sessions: TrainingSession) -> str:
        (group,) = covered([need(10)], list(sessions), []).groups
        return group.lacking

    others = session("o", groups="Managers")
    named = session("n", on=DAY, status="planned", of=None, groups="Managers, counter staff")
    assert lacking() == lacking(others) == lacking(session(of="q")) == "no session recorded"
    assert lacking(session(status="planned")) == lacking(named) == "no session held yet"
    assert lacking(session(on=date(2026, 11, 13))) == "no session held yet"
    assert lacking(session(), session("u", status="planned")) == "attendance not recorded"
