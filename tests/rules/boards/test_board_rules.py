"""The cycle of a board as rules: days, steps, what follows what; and what one paper says that another does not."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tracker.cli.shell.mending import in_shell
from tracker.entities.attendee import BoardAttendee
from tracker.entities.board import BoardMeeting
from tracker.reports.model import Bullets, Chart, Column, Facts, Header, Paragraph, Report, Section, Series, Table
from tracker.reports.papers.differences import differences
from tracker.rules.boards.cycle import (
    STATES,
    days_words,
    not_yet_public,
    quorum,
    refusal,
    steps,
)
from tracker.rules.boards.preflight import Accepted, Warned, sorted_out
from tracker.rules.boards.working_days import MONDAY_TO_FRIDAY, WorkingDays

THURSDAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, THURSDAY), (1, date(2026, 11, 11)), (3, date(2026, 11, 9)), (4, date(2026, 11, 6)), (5, date(2026, 11, 5))],
)
def test_working_days_before_a_meeting(days: int, expected: date) -> None:
    assert MONDAY_TO_FRIDAY.before(THURSDAY, days) == expected


def test_no_papers_are_due_on_a_weekend() -> None:
    assert MONDAY_TO_FRIDAY.before(date(2026, 11, 15), 0) == date(2026, 11, 13)
    assert MONDAY_TO_FRIDAY.before(date(2026, 11, 16), 1) == date(2026, 11, 13)


def test_working_days_after_a_meeting() -> None:
    assert MONDAY_TO_FRIDAY.after(THURSDAY, 1) == date(2026, 11, 13)
    assert MONDAY_TO_FRIDAY.after(THURSDAY, 10) == date(2026, 11, 26)


def test_states_only_follow_one_another() -> None:
    allowed = {(a, b) for a in STATES for b in STATES if not refusal("B-01", a, b)}
    forward = set(pairwise(STATES))
    assert allowed == forward | {("planned", "frozen"), ("planned", "held"), ("collecting", "held")}


def test_a_refusal_names_the_step_that_comes_first() -> None:
    assert "“tracker board approve B-01”" in in_shell(refusal("B-01", "minutes_draft", "published"))
    assert "“tracker board hold B-01”" in in_shell(refusal("B-01", "collecting", "minutes_draft"))
    assert "never goes back" in refusal("B-01", "held", "collecting")


def attendee(role: str, attendance: str) -> BoardAttendee:
    return BoardAttendee(**dict[str, Any](role=role, attendance=attendance))


def board(**more: Any) -> BoardMeeting:
    return BoardMeeting(
        **{"ref": "B-02", "meets_on": THURSDAY, "status": "collecting", "approved_on": None, "quorum": 2, **more}
    )


def test_steps_with_their_days() -> None:
    found = {step.leads_to: step for step in steps(board())}
    assert [step.state for step in found.values()] == ["done", "now", *["later"] * 4]
    assert found["collecting"].due == date(2026, 10, 29)
    assert found["frozen"].due == date(2026, 11, 4)  # five clear working days: 5, 6, 9, 10, 11
    assert found["minutes_approved"].due == date(2026, 11, 26)
    assert found["published"].due == date(2026, 12, 1)
    approved = steps(board(status="minutes_approved", approved_on=date(2026, 11, 20), snapshot="s"))
    assert [step.state for step in approved] == [*["done"] * 5, "now"]
    assert approved[-1].due == date(2026, 11, 25)
    assert {step.state for step in steps(board(status="published", snapshot="s"))} == {"done"}


def test_what_is_counted_in_days_of_the_calendar_falls_on_a_working_day_and_says_so() -> None:
    closed = WorkingDays(frozenset({date(2026, 10, 29), date(2026, 12, 1)}))
    by_state = {step.leads_to: step for step in steps(board(), work=closed)}
    asked, out = by_state["collecting"], by_state["published"]
    assert (asked.due, asked.day_off) == (date(2026, 10, 28), date(2026, 10, 29))  # owners have no day less
    assert (out.due, out.day_off) == (date(2026, 12, 2), date(2026, 12, 1))  # never sooner than it may
    assert {step.day_off for step in steps(board())} == {None}


def test_papers_of_a_meeting_that_was_held_without_them_are_not_done() -> None:
    states = [step.state for step in steps(board(status="held"))]
    assert states == ["done", "skipped", "done", "now", "later", "later"]


def test_a_public_version_waits_for_its_day() -> None:
    approved = board(status="minutes_approved", approved_on=date(2026, 11, 20))
    last = steps(approved, 10)[-1]
    assert (last.earliest, last.due) == (date(2026, 11, 30), date(2026, 12, 7))
    assert last.day_off == date(2026, 12, 5)
    assert not_yet_public(approved, 10, date(2026, 11, 30)) == ""
    assert "may go out from 30 Nov 2026: 10 days after" in not_yet_public(approved, 10, date(2026, 11, 29))
    assert "are not approved yet" in not_yet_public(board(), 1, date(2026, 12, 24))
    assert not_yet_public(board(), 0, date(2026, 11, 1)) == ""
    assert steps(board(), 10)[-1].earliest is None
    assert {step.earliest for step in steps(board(status="published", approved_on=date(2026, 11, 20)), 10)} == {None}


def test_days_in_words() -> None:
    assert [days_words(THURSDAY, date(2026, 11, day)) for day in (11, 12, 14)] == ["in 1 day", "today", "2 days late"]


def test_only_members_make_a_quorum() -> None:
    some = [("Chair", "present"), ("Member", "deputy"), ("Member", "apologies"), ("Secretary", "present")]
    found = quorum(board(), [attendee(role, state) for role, state in some])
    assert found.words == "2 members present, 2 needed: quorate"
    assert quorum(board(quorum=3), [attendee("Chair", "present")]).words.endswith("not quorate")


def test_accepting_is_by_id() -> None:
    one, other = Warned("pilot.stale.P-01", "Old.", ("P-01",)), Warned("pilot.stale.P-02", "Old.", ("P-02",))
    found = sorted_out([one, other], [Accepted("pilot.stale.P-02", "It begins next week", "WA-001")])
    assert found.open == (one,)
    assert [accepted.id for accepted, _ in found.accepted] == ["pilot.stale.P-02"]
    assert not found.clear
    assert sorted_out([], []).clear


COLUMNS = (Column("Pilot"), Column("Rating"))


def paper(*blocks: object, name: str = "pilots", title: str = "Pilots") -> Report:
    header = Header("pack", "Programme", "Board", THURSDAY, None, "Internal", "", "Draft", "")
    return Report(header, (Section(name, title, blocks),))  # type: ignore[arg-type]


def table(*rows: tuple[str, str]) -> Table:
    return Table("pilots", "Every pilot", COLUMNS, rows)


def sentences(old: Report, new: Report) -> list[str]:
    return [sentence for one in differences(old, new) for sentence in one.sentences]


def test_equal_papers_differ_in_nothing_but_their_header() -> None:
    one = paper(table(("P-01", "● Green")), Paragraph("As planned."))
    other = replace(one, header=replace(one.header, pack="SN-002", frozen="2026-11-12T17:00:00Z"))
    assert differences(one, other) == []


def test_rows_that_changed_came_and_went() -> None:
    old = paper(table(("P-01", "● Green"), ("P-02", "▲ Amber"), ("P-02", "twice")))
    new = paper(table(("P-01", "■ Red"), ("P-02", "▲ Amber"), ("P-03", "● Green")))
    assert sentences(old, new) == [
        "P-01: Rating was “● Green”, is “■ Red”.",
        "P-03: new. Rating ● Green",
        "P-02 (2): not listed any more.",
    ]


def test_facts_and_sentences_that_changed() -> None:
    old = paper(Facts((("Open risks", "3"),)), Bullets(("One", "Two")), Paragraph("Same."))
    new = paper(Facts((("Open risks", "4"), ("Closed", "1"))), Bullets(("One", "Three")), Paragraph("Same."))
    assert sentences(old, new) == [
        "Open risks: was “3”, is “4”.",
        "New: Closed: 1",
        "New: Three",
        "Gone: Two",
    ]


def test_a_chart_is_compared_by_its_figures() -> None:
    def drawn(value: str) -> Report:
        data = Table("hours", "Hours", (Column("Week"), Column("Hours")), (("1", value),))
        series = (Series("Hours", (float(value),)),)
        return paper(Chart("hours", "bars", "Hours", "Hours by week", ("1",), series, data))

    assert sentences(drawn("3"), drawn("4")) == ["1: Hours was “3”, is “4”."]


def test_sections_that_came_and_went() -> None:
    found = differences(paper(name="wins", title="Wins"), paper(name="risks", title="Risks"))
    assert [(one.section, one.what) for one in found] == [("Risks", "new"), ("Wins", "gone")]
