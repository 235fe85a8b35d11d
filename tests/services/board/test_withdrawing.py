"""Withdrawing what was published: it stays with its hash, a notice takes its place, and later editions say so."""

from datetime import date
from pathlib import Path

import pytest
from boards_help import MEETS, closed, refused
from conftest import at

from tracker.entities import Programme
from tracker.reports.files.site import site
from tracker.reports.formats import FORMATS, make
from tracker.services.board.archive import archivable
from tracker.services.board.checking import accept, checked
from tracker.services.board.cycle import desk
from tracker.services.board.freezing import freeze
from tracker.services.board.publishing import public_of_board, publish
from tracker.services.board.snapshots import content, snapshots_of_meeting
from tracker.services.board.verifying import verify_file, verify_snapshot
from tracker.services.board.withdrawing import withdraw
from tracker.services.papers.public import published
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change
from tracker.storage.journal.history import commands
from tracker.storage.journal.verify import verify
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

GONE = date(2026, 10, 12)
WHY = "A figure of the permits was wrong"
TOLD = (
    "The edition of 8 Oct 2026 for the meeting of Programme board, published on 8 Oct 2026, was withdrawn on "
    f"12 Oct 2026: {WHY}."
)


@pytest.fixture
def later(ana: Acting) -> Acting:
    return at(ana, GONE)


@pytest.fixture
def board(store: Store, ana: Acting) -> str:
    """A meeting whose public version is out."""
    (head,) = records(store, Programme)
    change(store, "programme", head.uid, {"visibility": "public"}, ana)
    add(store, "pilot", {"name": "Parking permits", "visibility": "public"}, ana)
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid
    by = at(ana, MEETS)
    accept(store, uid, [warned.id for warned in checked(store, uid, MEETS).open], "It began today", by)
    freeze(store, uid, by)
    closed(store, by, uid)
    publish(store, uid, by)
    return uid


def text_of(store: Store, board: str) -> str:
    return " ".join(make(public_of_board(store, board, GONE).report, "txt").data.decode().split())


def test_a_notice_takes_the_place_of_what_is_withdrawn(store: Store, later: Acting, board: str) -> None:
    edition = snapshots_of_meeting(store, board, "public")[0]
    before = content(store, edition.uid).data
    withdraw(store, board, later, WHY)
    assert TOLD in text_of(store, board) and "Parking permits" not in text_of(store, board)
    papers = public_of_board(store, board, GONE)
    for kind in (form.name for form in FORMATS.values() if not form.calendar):
        assert make(papers.report, kind).data
    files = site(papers.report, papers.pages)
    assert TOLD in files["index.html"].decode() and not any(name.startswith("pilots/") for name in files)
    assert content(store, edition.uid).data == before  # what was public stays
    (command, *_) = commands(store, limit=1)
    assert (command.command, command.reason) == ("board.withdraw", WHY)
    assert verify(store) == []


def test_later_editions_say_what_was_withdrawn(store: Store, later: Acting, board: str) -> None:
    withdraw(store, board, later, WHY)
    (section,) = (part for part in published(store, GONE).report.sections if part.id == "withdrawn")
    assert TOLD in str(section.blocks)
    publish(store, board, later)  # anew
    assert TOLD in text_of(store, board) and "Parking permits" in text_of(store, board)
    assert (desk(store, board).withdrawn, desk(store, board).public) == ("", True)


def test_a_file_that_was_public_is_still_proved_and_said_to_be_withdrawn(
    store: Store, later: Acting, board: str, tmp_path: Path
) -> None:
    file = tmp_path / "open.md"
    file.write_bytes(make(public_of_board(store, board, GONE).report, "md").data)
    withdraw(store, board, later, WHY)
    verdict = verify_file(store, file)
    assert (verdict.holds, verdict.sentences[1]) == (True, f"▲ {TOLD}")
    edition, notice = snapshots_of_meeting(store, board, "public")
    assert f"▲ {TOLD}" in verify_snapshot(store, edition.uid).sentences
    proof = verify_snapshot(store, notice.uid)
    assert proof.holds and "notice that withdrew SN-002" in proof.sentences[-1]
    facts = dict(archivable(store, board).facts)
    assert facts["Withdrawn"] == TOLD and "SN-002" in facts["Published"]


def test_undo_brings_the_edition_back(store: Store, later: Acting, board: str) -> None:
    withdraw(store, board, later, WHY)
    assert (desk(store, board).withdrawn, desk(store, board).public) == (TOLD, False)
    undo(store, later)
    assert "Parking permits" in text_of(store, board)
    assert "withdrawn" not in {section.id for section in published(store, GONE).report.sections}


def test_what_is_not_public_cannot_be_withdrawn_nor_without_a_reason(store: Store, later: Acting, board: str) -> None:
    assert "at least 5 characters" in refused(withdraw, store, board, later, "no")
    assert "It was not withdrawn on 1 Oct 2026" in refused(withdraw, store, board, later, WHY, on=date(2026, 10, 1))
    withdraw(store, board, later, WHY)
    assert "none can be withdrawn" in refused(withdraw, store, board, later, WHY)


def test_the_reason_is_public_so_it_names_nobody_and_nothing_restricted(
    store: Store, later: Acting, board: str
) -> None:
    named = "Mrs Smith asked for it"
    assert "“Mrs Smith”" in refused(withdraw, store, board, later, named)
    add(store, "pilot", {"name": "Fraud checks in licensing", "visibility": "restricted"}, later)
    assert "restricted" in refused(withdraw, store, board, later, "It told of Fraud checks in licensing")
    withdraw(store, board, later, named, accepted={"Mrs Smith": "The name of a street"})
    assert named in str(published(store, GONE).report.to_dict())  # accepted once, for the editions after it too
