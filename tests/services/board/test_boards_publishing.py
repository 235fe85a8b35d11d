"""Publishing what a meeting was shown: kept under its hash, not before its day, and matched with the snapshot."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from boards_help import MEETS, UNNAMED, asked, closed, refused
from conftest import at

from tracker.entities import Programme
from tracker.errors import Invalid
from tracker.reports.formats import make
from tracker.services.board.checking import accept, checked
from tracker.services.board.cycle import desk, meeting
from tracker.services.board.freezing import freeze
from tracker.services.board.publishing import public_of_board, publish, published_content
from tracker.services.board.snapshots import snapshots_of_meeting
from tracker.services.board.verifying import verify_file, verify_snapshot
from tracker.services.records.settings import set_setting
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change
from tracker.storage.journal.history import commands
from tracker.storage.journal.verify import verify
from tracker.storage.queries import record, records
from tracker.storage.store import Acting, Store

SOON, DAY = date(2026, 10, 12), date(2026, 10, 18)


@pytest.fixture
def board(store: Store, ana: Acting, later: Acting) -> str:
    """A meeting of a public programme that was shown a win for the public, with approved minutes."""
    (head,) = records(store, Programme)
    change(store, "programme", head.uid, {"visibility": "public"}, ana)
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid
    other = add(store, "person", {"display_name": "Data lead"}, ana).uid
    win = {"title": "Mrs Smith waits no more", "event_date": MEETS, "visibility": "public", "publishable": True}
    add(store, "win", {**win, "verified_by": other}, later)
    (warned,) = checked(store, uid, MEETS).open  # inside, the board may read that name
    accept(store, uid, [warned.id], "Known to the board", later)
    freeze(store, uid, later)
    closed(store, later, uid)
    return uid


ACCEPTED = {"Mrs Smith": "The name of a street"}


def test_what_was_published_is_kept_with_the_hash_of_what_was_shown(store: Store, later: Acting, board: str) -> None:
    assert "“Mrs Smith”" in refused(publish, store, board, later)
    assert meeting(store, board).status == "minutes_approved"
    before = public_of_board(store, board, MEETS, accepted=ACCEPTED).report
    notes = publish(store, board, later, accepted=ACCEPTED).notes
    assert "SN-002 keeps its public version" in notes[0]
    assert [note.values["setting"] for note in notes[1:]] == ["publisher", "licence", "public_contact", "accessibility"]
    found, shown = published_content(store, board), snapshots_of_meeting(store, board)[0]
    assert found is not None
    assert (found.snapshot.audience, found.snapshot.as_of) == ("public", MEETS)
    assert found.data["of"] == {"snapshot": "SN-001", "sha256": shown.sha256}
    assert found.data["policy"]["suppression_threshold"] == 10
    assert found.data["policy"]["accepted"][0]["because"] == "The name of a street"
    assert found.snapshot.warnings == "Mrs Smith: The name of a street"
    assert meeting(store, board).snapshot == shown.uid
    after = public_of_board(store, board, MEETS).report
    assert before.header.version == "Public version, not published yet"
    assert after.sections == before.sections
    assert (after.header.version, after.header.published) == ("Public version", MEETS)
    assert "Published on:   8 Oct 2026" in make(after, "txt").data.decode()
    assert after.header.head == shown.sha256[:12]
    assert f"(snapshot {after.header.head})" in make(after, "txt").data.decode()


def test_publishing_is_one_command_that_undo_takes_back(store: Store, later: Acting, board: str) -> None:
    publish(store, board, later, accepted=ACCEPTED)
    undo(store, later)
    assert (published_content(store, board), meeting(store, board).status) == (None, "minutes_approved")
    redo(store, later)
    found = snapshots_of_meeting(store, board, "public")[0]
    assert verify_snapshot(store, found.uid).sentences[-1] == (
        "It is the public version of SN-001, published on 8 Oct 2026."
    )
    assert verify(store) == []


def test_a_public_file_is_matched_with_the_snapshot(store: Store, later: Acting, board: str, tmp_path: Path) -> None:
    file = tmp_path / "open.md"
    file.write_bytes(make(public_of_board(store, board, MEETS, accepted=ACCEPTED).report, "md").data)
    assert verify_file(store, file).holds is False  # nobody has accepted that name for good
    publish(store, board, later, accepted=ACCEPTED)
    assert verify_file(store, file).holds is False  # it says that it was not published yet
    file.write_bytes(make(public_of_board(store, board, MEETS).report, "md").data)
    found = verify_file(store, file)
    assert found.holds is True
    assert "is the public version of SN-001 of B-01" in found.sentences[0]
    assert "published on 8 Oct 2026 and kept as SN-002" in found.sentences[0]


def test_a_public_file_of_what_nobody_published_is_told(store: Store, ana: Acting, tmp_path: Path) -> None:
    uid = add(store, "board", {"title": "October board", "meets_on": ana.today}, ana).uid
    freeze(store, uid, ana)
    file = tmp_path / "open.md"
    file.write_bytes(make(public_of_board(store, uid, ana.today).report, "md").data)
    found = verify_file(store, file)
    assert found.holds is True
    assert "It is not recorded as published" in found.sentences[1]


@pytest.fixture
def waiting(store: Store, later: Acting, board: str) -> str:
    """The same meeting in a programme that publishes ten days after the minutes."""
    set_setting(store, "publication_delay_days", "10", later, "Agreed by the board")
    return board


def test_nothing_goes_out_before_its_day(store: Store, later: Acting, waiting: str) -> None:
    by, told = at(later, SOON), "may go out from 18 Oct 2026: 10 days after the approval"
    assert desk(store, waiting).steps[-1].earliest == DAY
    assert told in refused(publish, store, waiting, by, accepted=ACCEPTED)
    assert told in refused(public_of_board, store, waiting, SOON, accepted=ACCEPTED)
    with pytest.raises(Invalid, match="may go out from 18 Oct 2026"):
        change(store, "board", waiting, {"status": "published", "published_on": SOON}, by)
    assert public_of_board(store, waiting, SOON, accepted=ACCEPTED, inside=True).report.header.audience
    publish(store, waiting, at(later, DAY), accepted=ACCEPTED, early="It is time anyway")
    found: Any = snapshots_of_meeting(store, waiting, "public")[0]
    assert (found.reason, commands(store, limit=1)[0].reason) == (None, None)  # it was not early


def test_going_out_early_is_recorded_with_its_reason(store: Store, later: Acting, waiting: str) -> None:
    by, why = at(later, SOON), "Asked for before the debate"
    assert "at least 5 characters" in refused(publish, store, waiting, by, accepted=ACCEPTED, early="no")
    publish(store, waiting, by, accepted=ACCEPTED, early=why)
    found: Any = snapshots_of_meeting(store, waiting, "public")[0]
    assert (found.reason, commands(store, limit=1)[0].reason) == (why, why)
    data = published_content(store, waiting)
    assert data is not None
    assert (data.data["policy"]["publication_delay_days"], data.data["policy"]["early"]) == (10, why)
    assert public_of_board(store, waiting, SOON).report.header.audience == "Public"


def test_a_meeting_without_frozen_papers_is_recorded_alone(store: Store, later: Acting) -> None:
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    closed(store, later, uid)
    assert "no public version to be kept" in publish(store, uid, later).notes[-1]
    assert record(store, "board", uid).status == "published"  # type: ignore[union-attr]


def test_what_the_meeting_decided_is_in_its_public_version(store: Store, ana: Acting, later: Acting) -> None:
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid
    scale, quiet, _ = (asked(store, ana, uid, title=title) for title in ("Scale permits", "Quiet one", "Stop it"))
    items = [
        add(store, "item", {"title": title, "board": uid, "visibility": visibility}, ana).uid
        for title, visibility in (("Permits", "public"), ("Inside", "internal"))
    ]
    for warned in checked(store, uid, MEETS).open:
        accept(store, uid, [warned.id], "Known to the board", later)
    freeze(store, uid, later)
    for decision in (scale, quiet):
        taken = {"status": "taken", "outcome": "approved", "decided_on": MEETS, "decided_by": "The board"}
        visibility = "public" if decision == scale else "internal"
        change(store, "decision", decision, {**taken, "visibility": visibility}, later)
    for item in items:
        change(store, "item", item, {"minutes": "The board heard of the pilot."}, later)
    text = make(public_of_board(store, uid, MEETS).report, "txt").data.decode()
    assert "Scale permits. Approved." in text and "What the meeting decided was added" in text
    assert "Minutes of the meeting" not in text  # nobody has approved them
    closed(store, later, uid)
    publish(store, uid, later, accepted=UNNAMED)
    text = make(public_of_board(store, uid, MEETS).report, "txt").data.decode()
    assert text.count("The board heard of the pilot.") == 1
    assert "Permits" in text and "Inside" not in text and "Quiet one" not in text and "Stop it" not in text


def test_no_edition_goes_out_without_the_name_of_its_programme_unawares(store: Store, later: Acting) -> None:
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    freeze(store, uid, later)
    closed(store, later, uid)
    assert "“Programme not published”" in refused(publish, store, uid, later)
    assert meeting(store, uid).status == "minutes_approved"
    notes = publish(store, uid, later, accepted=UNNAMED).notes
    assert "public.unnamed" in {note.code for note in notes}
    content = published_content(store, uid)
    assert content is not None
    assert content.data["policy"]["accepted"][0]["because"] == "Known to its readers"


def test_what_was_published_by_hand_can_be_kept_with_its_day(store: Store, later: Acting, board: str) -> None:
    change(store, "board", board, {"status": "published", "published_on": MEETS}, later)
    header = public_of_board(store, board, SOON, accepted=ACCEPTED).report.header
    assert (header.version, header.published) == ("Public version", MEETS)
    publish(store, board, at(later, SOON), accepted=ACCEPTED)
    edition = published_content(store, board)
    assert edition is not None and edition.data["published_on"] == MEETS.isoformat()
    assert "never goes back" in refused(publish, store, board, later, accepted=ACCEPTED, on=SOON)  # it is out, and kept
