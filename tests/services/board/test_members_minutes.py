"""Notice and minutes of a meeting with a confidential part: for everybody, for members alone, and issued again."""

from datetime import date
from pathlib import Path

import pytest
from boards_help import MEETS, asked, closed, refused, restrict
from conftest import at

from tracker.entities import Action, BoardMeeting
from tracker.reports.files.canonical import digest
from tracker.reports.formats import make
from tracker.reports.model import Report
from tracker.reports.texts import texts_of
from tracker.services.board.archive import archivable, make_archive
from tracker.services.board.archive_verifying import verify_archive
from tracker.services.board.checking import checked
from tracker.services.board.cycle import hold
from tracker.services.board.deciding import Answer, decide, decide_as_typed
from tracker.services.board.freezing import freeze
from tracker.services.board.minutes import draft, issue, left_out_since, minutes, write
from tracker.services.board.notice import notice
from tracker.services.board.reissuing import reissue
from tracker.services.board.roll import Answers, call
from tracker.services.board.snapshots import MINUTES, content, resolve_snapshot
from tracker.services.board.verifying import verify_code, verify_file
from tracker.services.records.writing import add
from tracker.storage import Acting, Store, record, records

TALK = "Two posts are vacant, and nobody applies."


@pytest.fixture
def board(store: Store, later: Acting) -> str:
    """A meeting whose second item is restricted."""
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    add(store, "risk", {"title": "The supplier may leave"}, later)
    add(store, "item", {"title": "Where we stand", "board": uid}, later)
    add(store, "item", {"title": "Staffing of the team", "board": uid}, later)
    restrict(store, "item", "AG-002", later)
    return uid


@pytest.fixture
def approved(store: Store, later: Acting, board: str) -> str:
    """The same meeting, held and with approved minutes of both items."""
    freeze(store, board, later)
    hold(store, board, later)
    draft(store, board, later)
    items = store.read("SELECT uid FROM item ORDER BY ref")
    write(store, items[0][0], "The board heard of R-001.", later)
    write(store, items[1][0], TALK, later)
    issue(store, board, str(later.person), later)
    return board


def text(report: Report) -> str:
    return "\n".join(texts_of(report))


def meeting(store: Store, uid: str) -> BoardMeeting:
    board = record(store, BoardMeeting, uid)
    assert board is not None
    return board


def test_a_notice_for_members_has_what_the_open_one_only_lists(store: Store, board: str, later: Acting) -> None:
    everybody, members = notice(store, board, MEETS), notice(store, board, MEETS, members=True)
    assert "Staffing" not in text(everybody)
    assert "What is kept from this notice, and why" in text(everybody)
    assert "Agenda item 2" in text(everybody) and "Counsel's advice is privileged." in text(everybody)
    assert "AG-002 Staffing of the team" in text(members)
    assert "MEMBERS ONLY" in members.header.classification
    assert "not shown" not in text(members).lower()


def test_minutes_for_members_hold_what_was_discussed_in_confidence(store: Store, approved: str, tmp_path: Path) -> None:
    everybody, members = minutes(store, approved), minutes(store, approved, members=True)
    assert TALK not in text(everybody) and "Staffing" not in text(everybody)
    assert "1 more agenda item, not shown." in text(everybody)
    assert "Agenda item 2" in text(everybody) and "Counsel's advice is privileged." in text(everybody)
    assert "Members have these in minutes of their own" in text(everybody)
    assert TALK in text(members)
    assert "MEMBERS ONLY" in members.header.classification
    verdict = verify_code(store, digest(members)[:12])
    assert verdict is not None and verdict.holds
    assert "that of the members' minutes of B-01" in verdict.sentences[0]
    file = tmp_path / "members-minutes.docx"
    file.write_bytes(make(members, "docx").data)
    assert "is the members' minutes of B-01" in verify_file(store, file).sentences[0]


def test_nothing_is_made_for_members_where_nothing_is_restricted(store: Store, later: Acting) -> None:
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    assert "Nothing is restricted in the notice of B-01" in refused(notice, store, uid, MEETS, members=True)
    hold(store, uid, later)
    assert "Nothing is restricted in the minutes of B-01" in refused(minutes, store, uid, members=True)


def test_what_goes_with_a_restricted_decision_is_listed_with_its_reason(store: Store, later: Acting) -> None:
    decision = asked(store, later, None, title="Replace the supplier")
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    add(store, "item", {"title": "The supplier", "board": uid, "decision": decision}, later)
    restrict(store, "decision", "D-001", later)
    assert "AG-001 The supplier" in text(notice(store, uid, MEETS, members=True))
    hold(store, uid, later)
    decide(store, decision, uid, Answer("approved", "It stopped answering"), later)
    everybody, members = minutes(store, uid), minutes(store, uid, members=True)
    assert "supplier" not in text(everybody).lower()
    assert "Agenda item 1" in text(everybody) and "Counsel's advice is privileged." in text(everybody)
    assert "Why: It stopped answering" in text(members)


def test_approved_minutes_are_issued_again_with_the_papers_and_both_are_archived(
    store: Store, approved: str, later: Acting, tmp_path: Path
) -> None:
    first = minutes(store, approved)
    tomorrow = at(later, date(2026, 10, 9))
    restrict(store, "risk", "R-001", tomorrow)
    warnings = {warning.code: warning for warning in checked(store, approved, tomorrow.today).open}
    assert "SN-001 or the approved minutes tells of R-001, restricted since" in warnings["meeting.restricted"].sentence
    assert left_out_since(store, meeting(store, approved)) is not None
    (again,) = reissue(store, approved, tomorrow, "A matter was restricted")
    assert again.refs == ("R-001",)
    assert MINUTES in content(store, resolve_snapshot(store, "B-01")).data["documents"]
    second = minutes(store, approved)
    assert second.header.version == "Approved; issued again with passages blacked out"
    assert "R-001" not in text(second)
    assert left_out_since(store, meeting(store, approved)) is None
    assert "meeting.restricted" not in {warning.code for warning in checked(store, approved, tomorrow.today).open}
    for report in (first, second):
        verdict = verify_code(store, digest(report)[:12])
        assert verdict is not None and verdict.holds
    add(store, "correction", {"text": "The chair came late", "board": approved}, tomorrow)
    assert "The chair came late" in text(minutes(store, approved))
    archived = make_archive(archivable(store, approved), ["txt"])
    file = tmp_path / archived.name
    file.write_bytes(archived.data)
    verdict = verify_archive(store, file)
    assert verdict is not None and verdict.holds, verdict
    parts = archivable(store, approved)
    places = {paper.name: paper.place for paper in parts.papers}
    assert places["minutes"].startswith("minutes/")
    assert places["minutes as approved"].startswith("members/")
    assert places["members-minutes"].startswith("members/")


def test_words_are_blacked_out_of_minutes_alone(store: Store, approved: str, later: Acting) -> None:
    (again,) = reissue(store, approved, later, "A name was erased", ["heard of"])
    assert (again.of, again.refs) == ("SN-001", ())
    assert "[blacked out]" in text(minutes(store, approved))


def test_a_reason_that_is_printed_names_nothing_that_is_restricted(store: Store, approved: str, later: Acting) -> None:
    restrict(store, "risk", "R-001", later)
    for reason in ("R-001 was restricted", "It is about r1", "The supplier may leave"):
        assert "it tells of what is restricted" in refused(reissue, store, approved, later, reason)
    reissue(store, approved, later, "A matter was restricted")
    pack = content(store, resolve_snapshot(store, "B-01")).data["documents"]["pack"]
    sentence = "issued again in place of SN-001 on 8 Oct 2026: A matter was restricted. Passages of it are blacked out."
    assert sentence in str(pack)


def test_a_role_stands_for_whoever_has_it(store: Store, board: str, later: Acting) -> None:
    person = add(store, "person", {"display_name": "Fay Owens", "role_title": "Finance director"}, later)
    add(store, "attendee", {"person": person.uid, "board": board, "role": "SRO"}, later)
    call(store, board, Answers({"finance director": "present"}, {}, {}), later)
    decision = asked(store, later, board)
    conditions = ["Ask for offers; owner sro; due 1 Dec", "Tell the team; owner Finance Director; due 1 Dec"]
    answer = Answer("approved_with_conditions", "It is needed")
    decide_as_typed(store, "D-001", "", answer, later, conditions=conditions)
    assert {action.owner for action in records(store, Action, decision=decision)} == {person.uid}


def test_a_role_that_two_people_have_is_asked_about(store: Store, board: str, later: Acting) -> None:
    for name in ("Fay Owens", "Gil Park"):
        add(store, "person", {"display_name": name, "role_title": "Finance director"}, later)
    asked(store, later, board)
    words = refused(
        decide_as_typed, store, "D-001", "", Answer("approved_with_conditions"), later,
        conditions=["Ask; owner Finance director; due 1 Dec"],
    )  # fmt: skip
    assert "may be any of these people" in words


def test_members_minutes_of_a_closed_meeting_without_papers(store: Store, board: str, later: Acting) -> None:
    closed(store, later, board)
    assert "AG-002" in text(minutes(store, board, members=True))
    assert "Nothing that was frozen" in refused(reissue, store, board, later, "A matter was restricted")


def interest(store: Store, board: str, by: Acting, text: str) -> None:
    member = add(store, "person", {"display_name": f"Member {text[:6]}", "active": True}, by).uid
    add(store, "attendee", {"board": board, "person": member, "attendance": "present", "interest": text}, by)


def test_an_interest_in_what_is_hidden_is_declared_without_its_words(store: Store, board: str, later: Acting) -> None:
    for declared in ("AG-002: a nephew applied", "In item 2, as a landlord", "In item 1, as a tenant"):
        interest(store, board, later, declared)
    hold(store, board, later)
    everybody, members = text(minutes(store, board)), text(minutes(store, board, members=True))
    assert "nephew" not in everybody and "landlord" not in everybody
    assert everybody.count("an interest in something that is not shown here") == 2
    assert "In item 1, as a tenant" in everybody
    assert "AG-002: a nephew applied" in members and "In item 2, as a landlord" in members
