"""What papers say to a board is so: decisions on its agenda, days that have gone by, and ratings that stood."""

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from paper_said import blocks, line, said
from papers import DAY, PREV, at, begin

from tracker.fields import Nothing
from tracker.reports.model import Report, Table
from tracker.services.papers.building import pack, summary
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store

ASKED = {"question": "Scale it?", "options": "No\nYes", "recommendation": "Yes", "needed_by": DAY}
BETA = {"name": "Parking", "phase": "private_beta", "first_real_user_on": PREV}


@pytest.fixture
def made(path: Path) -> Iterator[tuple[Store, Acting]]:
    store, by = begin(path, {"name": "Simpler Services"})
    with store:
        yield store, at(by, PREV)


def cell(paper: Report, title: str) -> str:
    """Return the cell of the only pilot below a title."""
    (table,) = blocks(paper, "pilots")
    assert isinstance(table, Table)
    return table.rows[0][[column.title for column in table.columns].index(title)]


def test_a_decision_on_the_agenda_that_is_a_draft_is_told(made: tuple[Store, Acting]) -> None:
    store, by = made
    board = add(store, "board", {"title": "November", "meets_on": DAY}, by).uid
    decision = add(store, "decision", {"title": "Scale", "board": board, **ASKED}, by).uid
    add(store, "item", {"title": "Scale it", "board": board, "decision": decision}, by)
    for paper, section in ((summary, "decisions"), (pack, "decisions-sought")):
        text = said(paper(store, day=DAY, since=None, board=board), section)
        assert "1 decision for this meeting is still a draft: D-001." in text
    assert "D-001 (draft)" in said(pack(store, day=DAY, since=None, board=board), "agenda")
    change(store, "decision", decision, {"status": "sought"}, by)
    assert "draft" not in said(summary(store, day=DAY, since=None, board=board), "decisions")


def test_the_next_decision_is_the_earliest_and_a_gate_not_held_has_not_passed(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Parking", "phase": "alpha"}, by).uid
    assert cell(summary(store, day=DAY, since=None), "Next decision") == "Not given"
    decision = add(store, "decision", {"title": "Scale", "pilot": pilot, "status": "sought", **ASKED}, by).uid
    assert cell(summary(store, day=DAY, since=None), "Next decision") == "12 Nov 2026 (today)"
    gate = add(store, "gate", {"name": "Alpha", "pilot": pilot, "planned_on": date(2026, 11, 5)}, by).uid
    words = cell(summary(store, day=DAY, since=None), "Next decision")
    assert words == "Gate not held yet, planned 5 Nov 2026"
    change(store, "gate", gate, {"planned_on": date(2026, 12, 1)}, by)
    change(store, "decision", decision, {"needed_by": date(2026, 11, 10)}, by)
    assert cell(summary(store, day=DAY, since=None), "Next decision") == "10 Nov 2026 (late)"


def test_a_session_that_is_planned_is_a_session_recorded(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", BETA, by).uid
    add(store, "need", {"role_group": "Staff", "pilot": pilot, "headcount": 10}, by)
    assert "no session recorded" in line(summary(store, day=DAY, since=None), "Training")
    add(store, "session", {"title": "S", "pilot": pilot, "starts_on": date(2026, 12, 10), "role_groups": "Staff"}, by)
    text = line(summary(store, day=DAY, since=None), "Training")
    assert "no session recorded" not in text
    assert "No session held yet for Staff (P-01); counted as 0 trained." in text


def test_a_pilot_rated_by_assurance_alone_is_not_called_never_rated(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Parking", "phase": "alpha"}, by).uid
    assert "The pilot was never rated." in said(pack(store, day=DAY, since=None), "pilot-p-01")
    for rated in (pilot, None):
        report = {"pilot": rated, "rating": "amber", "rating_kind": "assurance", "narrative": "It saw too few users."}
        add(store, "confidence", report, by)
    text = said(pack(store, day=DAY, since=None), "pilot-p-01")
    assert "never rated." not in text
    assert "The team never rated the pilot as a whole" in text
    assert "no confidence report" not in said(summary(store, day=DAY, since=None), "headline")


def test_a_report_that_was_corrected_never_stood(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Parking", "phase": "alpha"}, by).uid
    report = {"pilot": pilot, "narrative": "As everybody expected it to be."}
    add(store, "confidence", {**report, "rating": "red"}, by)
    slip = add(store, "confidence", {**report, "rating": "green", "divergence_reason": "A slip of the finger."}, by).uid
    add(store, "confidence", {**report, "rating": "amber", "supersedes": slip}, by)
    paper = summary(store, day=DAY, since=None)
    assert (cell(paper, "Reported"), cell(paper, "Report before")) == ("▲ Amber, stale", "■ Red")


def test_an_older_entry_that_comes_late_makes_nothing_stale(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Parking", "phase": "discovery"}, by).uid
    late = at(by, DAY)
    report = {"pilot": pilot, "rating": "amber", "narrative": "As everybody expected it."}
    add(store, "confidence", report, late, as_at=date(2026, 11, 10))
    session = {"title": "Old", "pilot": pilot, "starts_on": date(2026, 10, 12)}
    add(store, "session", session, late, as_at=PREV)
    paper = summary(store, day=DAY, since=None, known=True)
    assert line(paper, "Freshness") == "1 of 1 running pilot updated within 21 days."


def test_minutes_that_nobody_planned_are_not_zero(made: tuple[Store, Acting]) -> None:
    store, by = made
    board = add(store, "board", {"title": "November", "meets_on": DAY}, by).uid
    item = add(store, "item", {"title": "Welcome", "board": board}, by).uid
    add(store, "item", {"title": "Close", "board": board}, by)

    def agenda() -> Table:
        paper = pack(store, day=DAY, since=None, board=board)
        (table,) = [block for block in blocks(paper, "agenda") if isinstance(block, Table)]
        return table

    assert agenda().note == "No minutes are planned for any item."
    change(store, "item", item, {"minutes_planned": 5, "paper": "Section 6.1"}, by)
    assert agenda().rows[0][1] == "Welcome (paper: Section 6.1)"
    assert agenda().note == "Planned: 5 minutes for 1 of 2 items."


def test_the_forward_look_holds_what_a_rule_works_out_and_a_variance_says_why_it_lacks(
    made: tuple[Store, Acting],
) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Parking", "phase": "alpha", "budget": Nothing("withheld")}, by).uid
    metric = {"name": "Time", "pilot": pilot, "target": 5, "target_on": date(2026, 12, 31), "definition": "Minutes"}
    add(store, "metric", {**metric, "metric_kind": "mean", "unit": "minutes", "better": "down"}, by)
    paper = pack(store, day=DAY, since=None)
    assert "31 Dec 2026" in said(paper, "forward")
    (table,) = [block for block in blocks(paper, "finance") if isinstance(block, Table)]
    assert table.rows[0][3] == "Withheld"


def test_an_overspend_is_one_text_wherever_they_are_printed(made: tuple[Store, Acting]) -> None:
    store, by = made
    drawn = random.Random(7)
    for number in range(40):
        budget = 100 * drawn.choice((16, 80, 160, 480, drawn.randrange(1, 900)))
        cost = budget * drawn.randrange(1_0500, 1_1100) // 1_0000
        facts = {"name": f"Pilot {number}", "phase": "alpha", "budget": budget, "forecast_cost": cost}
        add(store, "pilot", facts, by)
    paper = pack(store, day=DAY, since=None)
    (money,) = [block for block in blocks(paper, "finance") if isinstance(block, Table)]
    shares = {row[0].split()[0]: row[4].lstrip("+−") for row in money.rows[:-1]}
    over = re.findall(r"(P-\d+) ([\d.]+%)", said(paper, "summary"))
    assert over
    assert [shares[ref] for ref, _ in over] == [share for _, share in over]
    for ref, share in shares.items():
        assert f"{share} " in said(paper, f"pilot-{ref.lower()}"), ref
