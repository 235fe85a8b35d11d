"""Bodies that meet: their own last meeting, minutes, members and quorum, and deadlines that know holidays."""

from datetime import date
from typing import Any

import pytest
from boards_help import TODAY, asked
from conftest import at

from tracker.entities import BoardAttendee, Decision, Holiday, Member
from tracker.errors import Invalid, TrackerError
from tracker.services.board.cycle import approve, body_of, desk, hold, last_shown, meeting, records_of_board
from tracker.services.board.deciding import Answer, decide
from tracker.services.board.freezing import freeze
from tracker.services.board.holidays import take_in
from tracker.services.board.members import invite, serving
from tracker.services.board.minutes import draft, minutes
from tracker.services.papers.building import pack
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change
from tracker.storage.queries import record, records
from tracker.storage.store import Acting, Store


def made(store: Store, by: Acting, kind: str, **values: Any) -> str:
    return add(store, kind, values, by).uid


@pytest.fixture
def board_body(store: Store, ana: Acting) -> str:
    return made(store, ana, "body", name="Programme board", quorum=2)


@pytest.fixture
def group(store: Store, ana: Acting) -> str:
    return made(store, ana, "body", name="Steering group", clear_days=3)


def meets(store: Store, by: Acting, body: str | None, day: date, **more: Any) -> str:
    return made(store, by, "board", title=f"Meeting of {day:%d %b}", meets_on=day, body=body, **more)


def words_of(report: Any) -> str:
    return str(report)


def test_last_meeting_and_minutes_belong_to_the_body_that_met(
    store: Store, ana: Acting, board_body: str, group: str
) -> None:
    first = meets(store, ana, board_body, TODAY)
    freeze(store, first, ana)
    hold(store, first, ana)
    next_month = date(2026, 11, 5)
    of_group = meets(store, ana, group, next_month)
    of_board = meets(store, ana, board_body, next_month)
    day = date(2026, 11, 4)
    assert last_shown(store, meeting(store, of_board), day) == TODAY
    assert last_shown(store, meeting(store, of_group), day) is None
    later = at(ana, day)
    made(store, later, "pilot", name="Parking permits")
    assert "of 1 Oct 2026: minutes for approval" in words_of(pack(store, day=day, since=None, board=of_board))
    assert "No earlier meeting is recorded as held." in words_of(pack(store, day=day, since=None, board=of_group))


def test_minutes_of_a_meeting_that_nobody_held_are_not_for_approval(store: Store, ana: Acting, board_body: str) -> None:
    meets(store, ana, board_body, date(2026, 10, 8))
    second = meets(store, ana, board_body, date(2026, 11, 5))
    report = words_of(pack(store, day=date(2026, 11, 4), since=None, board=second))
    assert "for approval" not in report


def test_papers_name_the_body_that_meets(store: Store, ana: Acting, group: str) -> None:
    uid = meets(store, ana, group, TODAY, start_time="14:30", duration_minutes=90)
    report = pack(store, day=TODAY, since=None, board=uid)
    assert report.header.board == "Steering group"
    assert report.header.meeting == "1 Oct 2026, 14:30, Meeting of 01 Oct"
    change(store, "body", group, {"visibility": "restricted"}, ana, reason="Not to be named yet")
    assert pack(store, day=TODAY, since=None, board=uid).header.board == ""


def test_without_a_body_the_board_is_the_programmes(store: Store, ana: Acting) -> None:
    uid = meets(store, ana, None, TODAY)
    assert pack(store, day=TODAY, since=None, board=uid).header.board == "Programme board"
    assert body_of(store, meeting(store, uid)) is None


def test_members_are_invited_for_their_term_and_votes(store: Store, ana: Acting, board_body: str) -> None:
    people = [made(store, ana, "person", display_name=name) for name in ("Cha", "Sue", "Old", "New")]
    made(store, ana, "member", person=people[0], body=board_body, role="Chair")
    made(store, ana, "member", person=people[1], body=board_body, role="Clerk", votes=False)
    made(store, ana, "member", person=people[2], body=board_body, serves_until=date(2026, 9, 30))
    made(store, ana, "member", person=people[3], body=board_body, serves_from=date(2026, 10, 1))
    uid = meets(store, ana, board_body, TODAY)
    assert len(invite(store, uid, ana)) == 3
    attendees = records_of_board(store, BoardAttendee, uid)
    assert [(attendee.role, attendee.votes) for attendee in attendees] == [
        ("Chair", True),
        ("Clerk", False),
        ("Member", True),
    ]
    for attendee in attendees:
        change(store, "attendee", attendee.uid, {"attendance": "present"}, ana)
    assert desk(store, uid).quorum == (2, 2)
    with pytest.raises(TrackerError, match="All members are there already"):
        invite(store, uid, ana)
    assert len(serving(store, board_body, date(2026, 9, 30))) == 3


def test_an_invitation_is_one_command(store: Store, ana: Acting, board_body: str) -> None:
    for name in ("Cha", "Sue"):
        made(store, ana, "member", person=made(store, ana, "person", display_name=name), body=board_body)
    uid = meets(store, ana, board_body, TODAY)
    invite(store, uid, ana)
    undo(store, ana)
    assert not records_of_board(store, BoardAttendee, uid)


def test_nobody_is_invited_where_no_body_is_named(store: Store, ana: Acting, group: str) -> None:
    with pytest.raises(TrackerError, match="names no body"):
        invite(store, meets(store, ana, None, TODAY), ana)
    with pytest.raises(TrackerError, match="No member of BD-01 serves"):
        invite(store, meets(store, ana, group, TODAY), ana)


def test_a_meeting_goes_by_its_own_quorum_first(store: Store, ana: Acting, board_body: str) -> None:
    assert desk(store, meets(store, ana, board_body, TODAY)).quorum.needed == 2
    assert desk(store, meets(store, ana, board_body, date(2026, 10, 2), quorum=5)).quorum.needed == 5
    uid = meets(store, ana, board_body, date(2026, 9, 30))
    hold(store, uid, ana)
    attendee = {"person": ana.person, "board": uid, "role": "Member", "attendance": "apologies"}
    add(store, "attendee", attendee, ana)
    report, _ = draft(store, uid, ana)
    assert "0 members present, 2 needed: not quorate" in words_of(report)
    assert minutes(store, uid).header.board == "Programme board"


def test_a_decision_is_that_of_the_body_that_met(store: Store, ana: Acting, group: str) -> None:
    uid = meets(store, ana, group, TODAY)
    decision = asked(store, ana, uid)
    decide(store, decision, uid, Answer("approved", rationale="It pays for itself"), ana)
    taken = record(store, Decision, decision)
    assert taken is not None and taken.decided_by == "Steering group"


def test_papers_are_sent_before_the_clear_days(store: Store, ana: Acting, board_body: str, group: str) -> None:
    made(store, ana, "holiday", name="Christmas Day", falls_on=date(2026, 12, 25))
    made(store, ana, "holiday", name="Boxing Day (observed)", falls_on=date(2026, 12, 28))
    sent = {}
    for body in (board_body, group, None):
        of_meeting = desk(store, meets(store, ana, body, date(2026, 12, 30)))
        (sent[body],) = (step.due for step in of_meeting.steps if step.leads_to == "frozen")
    assert sent == {board_body: date(2026, 12, 18), group: date(2026, 12, 22), None: date(2026, 12, 18)}
    notice = desk(store, meets(store, ana, group, date(2026, 12, 31))).notice
    assert notice == (
        "Papers sent by 23 Dec 2026 leave 3 clear working days before the meeting; not counted: "
        "Christmas Day (25 Dec 2026) and Boxing Day (observed) (28 Dec 2026). Owners are asked 14 days before the "
        "meeting. Minutes are drafted 5 and approved 10 working days after it; what was decided is published 5 days "
        "after that."
    )


def test_it_is_said_where_no_holiday_is_known(store: Store, ana: Acting, group: str) -> None:
    made(store, ana, "holiday", name="Christmas Day", falls_on=date(2026, 12, 25))
    assert "no holiday lies between" in desk(store, meets(store, ana, group, date(2026, 11, 5))).notice
    unknown = desk(store, meets(store, ana, group, date(2027, 3, 4))).notice
    assert "no holiday of 2027 is recorded, so Monday to Friday count" in unknown


def test_holidays_are_taken_from_a_calendar_once(store: Store, ana: Acting) -> None:
    taken = take_in(store, "gb-eng", 2026, 2026, ana)
    days = {holiday.falls_on: holiday.name for holiday in records(store, Holiday)}
    assert len(taken) == len(days) == 8
    assert days[date(2026, 12, 28)] == "Boxing Day (observed)"
    assert all(day.weekday() < 5 for day in days)
    with pytest.raises(TrackerError, match="has all holidays"):
        take_in(store, "GB-ENG", 2026, 2026, ana)
    undo(store, ana)
    assert not records(store, Holiday)


@pytest.mark.parametrize(
    ("calendar", "first", "last", "sentence"),
    [
        ("GB-XX", 2026, 2026, "GB has: GB-ENG, GB-NIR, GB-SCT, GB-WLS"),
        ("XX", 2026, 2026, "There is no calendar “XX”"),
        ("", 2026, 2026, "There is no calendar “”"),
        ("GB-ENG", 2027, 2026, "The first year comes before the last"),
        ("GB-ENG", 1990, 2050, "at most 20 years"),
    ],
)
def test_a_calendar_that_is_none_is_refused(
    store: Store, ana: Acting, calendar: str, first: int, last: int, sentence: str
) -> None:
    with pytest.raises(TrackerError, match=sentence):
        take_in(store, calendar, first, last, ana)


def test_what_is_no_time_zone_is_refused(store: Store, ana: Acting) -> None:
    made(store, ana, "body", name="Board of Dublin", time_zone="Europe/Dublin")
    for zone in ("Europe/Dubbl", "../etc/passwd", "/etc/localtime"):
        with pytest.raises(Invalid, match="Write one like Europe/London"):
            made(store, ana, "body", name="Another", time_zone=zone)


def test_a_holiday_at_a_weekend_is_said_to_change_nothing(store: Store, ana: Acting) -> None:
    saved = add(store, "holiday", {"name": "Boxing Day", "falls_on": date(2026, 12, 26)}, ana)
    assert "26 Dec 2026 is a Saturday" in " ".join(map(str, saved.notes))


def test_a_person_serves_on_a_body_once_or_it_is_said(store: Store, ana: Acting, group: str) -> None:
    person = made(store, ana, "person", display_name="Cha")
    made(store, ana, "member", person=person, body=group)
    saved = add(store, "member", {"person": person, "body": group}, ana)
    assert "BM-001" in " ".join(map(str, saved.notes))
    assert len(records(store, Member)) == 2


def test_whoever_serves_no_more_makes_no_quorum(store: Store, ana: Acting, board_body: str) -> None:
    person = made(store, ana, "person", display_name="Bob Cope")
    made(store, ana, "member", person=person, body=board_body, serves_until=date(2026, 9, 30))
    uid = meets(store, ana, board_body, TODAY)
    saved = add(store, "attendee", {"person": person, "board": uid, "attendance": "present"}, ana)
    assert "No member of the body on 1 Oct 2026" in " ".join(map(str, saved.notes))
    assert desk(store, uid).quorum.present == 0
    change(store, "attendee", saved.uid, {"votes": True}, ana)
    assert desk(store, uid).quorum.present == 1


def test_approved_minutes_stay_as_they_were_approved(store: Store, ana: Acting) -> None:
    uid = meets(store, ana, None, TODAY)
    decision = asked(store, ana, uid)
    decide(store, decision, uid, Answer("deferred", rationale="Bids are not firm"), ana)
    task = made(store, ana, "action", text="Wash them", owner=ana.person, due=TODAY, board=uid)
    hold(store, uid, ana)
    draft(store, uid, ana)
    approve(store, uid, ana.person, ana)
    approved = minutes(store, uid)
    assert "Bids are not firm" in words_of(approved) and "Wash them" in words_of(approved)
    change(store, "decision", decision, {"status": "sought"}, ana)
    change(store, "action", task, {"text": "Paint them"}, ana)
    change(store, "person", ana.person, {"display_name": "Somebody else"}, ana)
    assert minutes(store, uid) == approved
    made(store, ana, "correction", text="It was Tuesday", board=uid)
    assert "It was Tuesday" in words_of(minutes(store, uid))


def test_a_meeting_on_a_day_off_is_said(store: Store, ana: Acting) -> None:
    made(store, ana, "holiday", name="Christmas Day", falls_on=date(2026, 12, 25))
    notes = {
        day: " ".join(map(str, add(store, "board", {"title": f"On {day}", "meets_on": day}, ana).notes))
        for day in (date(2026, 12, 25), date(2026, 12, 19), date(2026, 12, 17))
    }
    assert "25 Dec 2026 is Christmas Day." in notes[date(2026, 12, 25)]
    assert "19 Dec 2026 is a Saturday." in notes[date(2026, 12, 19)]
    assert "17 Dec" not in notes[date(2026, 12, 17)]


def test_minutes_name_nothing_that_is_restricted(store: Store, ana: Acting) -> None:
    uid = meets(store, ana, None, TODAY)
    said = "We spoke of Cedarwood takeover, R-001, and of lunch."
    made(store, ana, "item", title="Opening", board=uid, minutes=said)
    hold(store, uid, ana)
    hidden = {"title": "Cedarwood takeover", "visibility": "restricted"}
    add(store, "risk", hidden, ana, reason="Price sensitive until announced")
    report, _ = draft(store, uid, ana)
    assert "We spoke of [not shown], [not shown], and of lunch." in words_of(report)
    assert "Cedarwood" not in words_of(report)
