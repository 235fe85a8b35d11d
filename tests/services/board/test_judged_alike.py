"""What several commands judge, they judge alike; and what is asked of a meeting is not lost after it."""

from datetime import date
from pathlib import Path

import pytest
from boards_help import MEETS, UNNAMED, asked, closed, refused
from conftest import at

from tracker.entities import BoardMeeting, Holiday
from tracker.reports.files.site import site
from tracker.reports.model import Column, Table
from tracker.reports.texts import texts_of
from tracker.reports.visible.blocks import sayable_blocks
from tracker.rules.boards.cycle import days_rule
from tracker.services.board.checking import accept, checked
from tracker.services.board.collecting import collected
from tracker.services.board.cycle import desk, hold
from tracker.services.board.freezing import freeze
from tracker.services.board.minutes import draft, minutes
from tracker.services.board.publishing import public_of_board, publish
from tracker.services.board.verifying import verify_file
from tracker.services.pages.meeting import status_line
from tracker.services.papers.building import pack
from tracker.services.records.writing import add
from tracker.storage import Acting, Store, record, records

BANDS = (Column("Band"), Column("Before", "right"), Column("Now", "right"))


@pytest.fixture
def board(store: Store, later: Acting) -> str:
    return add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid


def test_a_day_before_the_file_is_refused_by_checking_collecting_accepting_and_freezing(
    store: Store, later: Acting
) -> None:
    early = add(store, "board", {"title": "Too early", "meets_on": date(2020, 1, 9)}, later).uid
    (warning,) = checked(store, early, later.today).open
    assert warning.id == "meeting.not_begun.B-01"
    assert "Nothing had been recorded by 9 Jan 2020." in warning.sentence
    for action, words in ((collected, (later.today,)), (accept, (["*"], "Known to all", later)), (freeze, (later,))):
        assert "Nothing had been recorded by 9 Jan 2020." in refused(action, store, early, *words)


def test_a_decision_that_was_asked_for_and_not_put_down_is_said_everywhere(
    store: Store, later: Acting, board: str
) -> None:
    asked(store, later, board)
    assert "decision.unanswered.D-001" not in {warning.id for warning in checked(store, board, MEETS).open}
    hold(store, board, later)
    draft(store, board, later)
    assert "decision.unanswered.D-001" in {warning.id for warning in checked(store, board, MEETS).open}
    assert "▲ no outcome recorded of 1 decision" in status_line(desk(store, board))
    assert "No outcome of D-001 (Scale it) is recorded." in list(texts_of(minutes(store, board)))
    november = at(later, date(2026, 11, 12))
    coming = add(store, "board", {"title": "November board", "meets_on": november.today}, november).uid
    texts = list(texts_of(pack(store, day=november.today, board=coming)))
    assert "No outcome of D-001 (Scale it) is recorded, which it was asked for." in texts


def test_the_days_of_the_steps_say_their_rule_and_which_holiday_was_not_counted(
    store: Store, later: Acting, board: str
) -> None:
    meeting = record(store, BoardMeeting, board)
    assert meeting is not None
    for name, day in (("Early", date(2026, 10, 1)), ("Harvest day", date(2026, 10, 12))):
        add(store, "holiday", {"name": name, "falls_on": day}, later)
    holidays = records(store, Holiday)
    words = days_rule(meeting, holidays, 10)
    assert "approved 10 working days after it (not counted: Harvest day (12 Oct 2026))" in words
    assert "Owners are asked 14 days before the meeting." in words and "published 15 days after that" in words
    assert "Early" not in words


def test_counts_by_band_do_not_tell_in_which_band_a_hidden_risk_stands() -> None:
    shown = Table("bands", "Risks by band", BANDS, (("High", "0", "1"), ("Medium", "0", "0"), ("Low", "0", "0")))
    masked = Table("bands", "Risks by band", BANDS, (("High", "0", "1"), ("Medium", "0", "1"), ("Low", "0", "0")))
    (table,) = sayable_blocks([shown], [masked])
    assert isinstance(table, Table)
    assert (table.rows, table.note) == (shown.rows, "1 more, not shown.")


def test_pages_and_data_of_a_published_dashboard_verify(
    store: Store, later: Acting, board: str, tmp_path: Path
) -> None:
    add(store, "pilot", {"name": "Parking permits", "visibility": "public"}, later)
    accept(store, board, ["*"], "It began today", later)
    freeze(store, board, later)
    closed(store, later, board)
    publish(store, board, later, accepted=UNNAMED)
    version = public_of_board(store, board, MEETS)
    files = site(version.report, version.pages)
    for place in ("index.html", "pilots/parking-permits.html", "data/report.json", "data/data/pilots.csv"):
        file = tmp_path / Path(place).name
        file.write_bytes(files[place])
        verdict = verify_file(store, file)
        assert verdict.holds, verdict
        assert "the public version of SN-001 of B-01" in verdict.sentences[0]
    (tmp_path / "pilots.csv").write_bytes(files["data/data/pilots.csv"] + b"x")
    assert "is of no format" in refused(verify_file, store, tmp_path / "pilots.csv")
