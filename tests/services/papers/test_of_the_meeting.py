"""What a paper says of the meeting that it is for: its body, its corrections, what it keeps back, and who decided."""

from datetime import date

import pytest
from boards_help import MEETS, UNNAMED, asked, closed, frozen, restrict
from conftest import at

from tracker.entities import Programme
from tracker.reports.model import Paragraph, Report, Table
from tracker.reports.texts import texts_of
from tracker.services.board.cycle import hold
from tracker.services.board.deciding import Answer, decide
from tracker.services.board.minutes import draft, issue, write
from tracker.services.board.publishing import public_of_board, publish
from tracker.services.papers.building import pack
from tracker.services.papers.public import published
from tracker.services.records.writing import add, change
from tracker.storage import Acting, Store, records

WHY = "Training is held next week for nearly everybody."


@pytest.fixture
def later(ana: Acting) -> Acting:
    return at(ana, MEETS)


def text(report: Report) -> str:
    return "\n".join(texts_of(report))


def kept(report: Report) -> list[str]:
    section = next((part for part in report.sections if part.id == "exempt"), None)
    return [row[1] for table in section.of(Table) for row in table.rows] if section else []


def test_a_public_paper_names_the_body_that_met_and_not_the_programmes_own(store: Store, later: Acting) -> None:
    body = add(store, "body", {"name": "Steering group"}, later).uid
    uid = add(store, "board", {"title": "October", "meets_on": MEETS, "body": body}, later).uid
    frozen(store, later, uid)
    closed(store, later, uid)
    publish(store, uid, later, accepted=UNNAMED)
    assert public_of_board(store, uid, MEETS).report.header.board == "Steering group"
    restrict(store, "body", "BD-01", later)
    again = public_of_board(store, uid, MEETS, inside=True, accepted=UNNAMED).report
    assert again.header.board == ""


def test_corrections_stand_in_public_minutes_and_those_that_are_not_public_only_by_their_day(
    store: Store, later: Acting
) -> None:
    uid = add(store, "board", {"title": "October", "meets_on": MEETS}, later).uid
    item = add(store, "item", {"title": "Where we stand", "board": uid, "visibility": "public"}, later).uid
    frozen(store, later, uid)
    hold(store, uid, later)
    draft(store, uid, later)
    write(store, item, "The board heard how the pilots stand.", later)
    issue(store, uid, str(later.person), later)
    for words, visibility in (("The desks were four", "public"), ("The chair came late", "internal")):
        add(store, "correction", {"text": words, "board": uid, "item": item, "visibility": visibility}, later)
    publish(store, uid, later, accepted=UNNAMED)
    report = public_of_board(store, uid, MEETS).report
    section = next(part for part in report.sections if part.id == "minutes")
    sentences = [block.text for block in section.of(Paragraph)]
    assert "Corrected on 8 Oct 2026: The desks were four" in sentences
    assert "Corrected on 8 Oct 2026; the correction is not public." in sentences
    assert "came late" not in text(report)


def test_a_metric_whose_figure_is_not_final_says_so_to_the_public(store: Store, later: Acting) -> None:
    (head,) = records(store, Programme)
    change(store, "programme", head.uid, {"visibility": "public"}, later)
    pilot = add(store, "pilot", {"name": "Parking permits", "visibility": "public"}, later).uid
    values = {"name": "Permits", "pilot": pilot, "metric_kind": "count", "unit": "permits", "direction": "up"}
    values["definition"] = "Permits that were given on a day"
    metric = add(store, "metric", {**values, "visibility": "public"}, later).uid
    for phase, month, status in (("baseline", 1, "final"), ("after", 7, "provisional")):
        figure = {"metric": metric, "phase": phase, "value": 400.0, "status": status, "visibility": "public"}
        add(
            store,
            "measurement",
            {**figure, "period_start": date(2026, month, 1), "period_end": date(2026, month, 28)},
            later,
        )
    report = published(store, day=MEETS).report
    tables = (table for part in report.sections for table in part.of(Table))
    assert "○ Withheld: not final" in [cell for table in tables for row in table.rows for cell in row]


def test_what_is_kept_from_a_paper_is_of_its_own_meeting_alone(store: Store, later: Acting) -> None:
    boards = [add(store, "board", {"title": title, "meets_on": MEETS}, later).uid for title in ("One", "Other")]
    for board in boards:
        add(store, "item", {"title": "Staffing", "board": board, "visibility": "restricted"}, later)
    add(store, "risk", {"title": "The supplier may leave", "visibility": "restricted"}, later)
    assert kept(pack(store, day=MEETS, board=boards[0])) == ["Risk", "Agenda item 1"]
    assert kept(pack(store, day=MEETS)) == ["Risk"]


def test_a_better_rating_says_why_in_the_pack(store: Store, later: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Parking permits", "phase": "alpha"}, later).uid
    narrative = "On time and on budget; research shows fewer calls."
    report = {"pilot": pilot, "rating": "green", "narrative": narrative, "as_of": MEETS, "divergence_reason": WHY}
    add(store, "confidence", report, later)
    assert "Rated better than the evidence." in text(pack(store, day=MEETS))
    assert WHY.rstrip(".") in text(pack(store, day=MEETS))


def test_decisions_of_another_body_are_not_said_to_be_of_this_one(store: Store, later: Acting) -> None:
    bodies = [add(store, "body", {"name": name}, later).uid for name in ("Steering group", "Data board")]
    boards = [add(store, "board", {"title": "October", "meets_on": MEETS, "body": body}, later).uid for body in bodies]
    decision = asked(store, later, boards[0], title="Replace the supplier")
    hold(store, boards[0], later)
    decide(store, decision, boards[0], Answer("approved", "It is needed"), later)
    november = at(later, date(2026, 11, 12))
    coming = [
        add(store, "board", {"title": "November", "meets_on": november.today, "body": body}, november).uid
        for body in bodies
    ]
    own, other = (pack(store, day=november.today, board=board) for board in coming)
    assert "no decision is recorded as taken by this body" not in text(own)
    assert "no decision is recorded as taken by this body" in text(other)


@pytest.mark.parametrize(("attendance", "is_short"), [("present", False), ("apologies", True)])
def test_the_next_pack_says_that_a_decision_was_taken_without_a_quorum(
    store: Store, later: Acting, attendance: str, is_short: bool
) -> None:
    uid = add(store, "board", {"title": "October", "meets_on": MEETS, "quorum": 1}, later).uid
    question = asked(store, later, uid)
    add(store, "item", {"title": "Scale it", "board": uid, "decision": question}, later)
    who = {"person": later.person, "board": uid, "role": "Member", "attendance": attendance}
    add(store, "attendee", who, later)
    frozen(store, later, uid)
    hold(store, uid, later)
    decide(store, question, uid, Answer("approved", "It is needed"), later)
    november = at(later, date(2026, 11, 12))
    coming = add(store, "board", {"title": "November", "meets_on": november.today}, november).uid
    words = "The decision was taken with 0 members present, 1 needed: not quorate."
    assert (words in text(pack(store, day=november.today, board=coming))) is is_short
