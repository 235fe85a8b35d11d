"""Approved minutes that come back: by the code at their foot, byte for byte in every format, and by their parts."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from boards_help import MEETS, asked, closed, frozen
from conftest import at

from tracker.errors import TrackerError
from tracker.reports.files.canonical import carries, digest, read_report
from tracker.reports.formats import FORMATS, make
from tracker.reports.model import Report
from tracker.reports.render.heading import footer
from tracker.reports.texts import texts_of
from tracker.services.board.cycle import hold
from tracker.services.board.freezing import freeze
from tracker.services.board.minutes import WORDED_EARLIER, draft, issue, minutes, write
from tracker.services.board.verifying import verify_code, verify_file
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store

KINDS = [kind for kind, form in FORMATS.items() if not form.calendar]
MINUTES = "minutes of B-01 (8 Oct 2026), approved on 8 Oct 2026"
PACKAGES = ("docx", "xlsx", "pptx", "odt", "ods", "csv")


@pytest.fixture
def board(store: Store, later: Acting) -> str:
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    add(store, "risk", {"title": "The supplier may leave"}, later)
    item = add(store, "item", {"title": "The budget of parking", "board": uid}, later).uid
    freeze(store, uid, later)
    hold(store, uid, later)
    draft(store, uid, later)
    write(store, item, "The board asked why it grew, and heard of R-001.", later)
    return uid


@pytest.fixture
def approved(store: Store, later: Acting, board: str) -> str:
    issue(store, board, str(later.person), later)
    return board


def test_approving_says_the_code_that_stands_at_the_foot(store: Store, later: Acting, board: str) -> None:
    saved = issue(store, board, str(later.person), later)
    code = digest(minutes(store, board))[:12]
    assert f"Data {code}" in footer(minutes(store, board))
    assert f"At the foot of the minutes: Data {code}." in saved.notes
    verdict = verify_code(store, code)
    assert verdict is not None and verdict.holds
    assert verdict.sentences == (
        f"The code {code} is that of the minutes of B-01 (8 Oct 2026), approved on 8 Oct 2026.",
    )


def test_a_draft_is_none_of_them(store: Store, board: str) -> None:
    with pytest.raises(TrackerError, match="no approved minutes in this file have the code"):
        verify_code(store, digest(minutes(store, board))[:12])


@pytest.mark.parametrize("kind", KINDS)
def test_minutes_verify_in_every_format(store: Store, approved: str, tmp_path: Path, kind: str) -> None:
    report = minutes(store, approved)
    data = make(report, kind).data
    assert carries(data, digest(report)[:12])
    file = tmp_path / f"minutes{FORMATS[kind].suffix}"
    file.write_bytes(data)
    verdict = verify_file(store, file)
    assert verdict.holds
    assert f"{file.name} is the {MINUTES}, byte for byte." in verdict.sentences


@pytest.mark.parametrize("kind", PACKAGES)
def test_minutes_that_were_packed_anew_verify_by_their_parts(
    store: Store, approved: str, tmp_path: Path, kind: str
) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make(minutes(store, approved), kind).data)) as package,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as anew,
    ):
        for name in package.namelist():
            anew.writestr(name, package.read(name))
    file = tmp_path / f"minutes{FORMATS[kind].suffix}"
    file.write_bytes(packed.getvalue())
    verdict = verify_file(store, file)
    assert verdict.holds
    assert "part by part; it was packed anew" in verdict.sentences[0]


def test_changed_minutes_do_not_hold(store: Store, approved: str, tmp_path: Path) -> None:
    file = tmp_path / "minutes.md"
    file.write_bytes(make(minutes(store, approved), "md").data.replace(b"why it grew", b"nothing at all"))
    verdict = verify_file(store, file)
    assert verdict.holds is False
    assert "says that it is the minutes of B-01" in verdict.sentences[0]


def test_minutes_from_before_a_correction_or_a_restriction_are_known(
    store: Store, later: Acting, approved: str, tmp_path: Path
) -> None:
    first = minutes(store, approved)
    add(store, "correction", {"text": "The chair came late", "board": approved}, later)
    corrected = minutes(store, approved)
    verdict = verify_code(store, digest(first)[:12])
    assert verdict is not None and verdict.sentences[1:] == ("▲ 1 correction came later.",)
    risk = next(row[0] for row in store.read("SELECT uid FROM risk"))
    tomorrow = at(later, date(2026, 10, 9))
    change(store, "risk", risk, {"visibility": "restricted"}, tomorrow, reason="It is commercial")
    assert digest(minutes(store, approved)) != digest(corrected)
    verdict = verify_code(store, digest(corrected)[:12])
    assert verdict is not None and verdict.holds
    assert "restricted since: members alone may read them" in verdict.sentences[1]
    file = tmp_path / "minutes.txt"
    file.write_bytes(make(first, "txt").data)
    verdict = verify_file(store, file)
    assert verdict.holds
    assert "1 correction came later. Something" in verdict.sentences[1]


@pytest.fixture
def unanswered(store: Store, later: Acting) -> str:
    """A meeting with approved minutes that answered neither D-001, on its agenda, nor D-002, outside it."""
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    decision = asked(store, later, uid)
    add(store, "item", {"title": "Scale it", "board": uid, "decision": decision}, later)
    asked(store, later, uid, title="Stop it")
    frozen(store, later, uid)
    closed(store, later, uid)
    return uid


def _made_earlier(report: Report) -> Report:
    """Return minutes of B-01 with D-001 on their agenda and D-002 outside it, in the words of earlier minutes."""
    data = json.loads(json.dumps(report.to_dict()).replace("No outcome of D-001", "No answer to D-001"))
    data["sections"] = [section for section in data["sections"] if section["id"] != "decisions"]
    return read_report(data)


def test_minutes_that_did_not_name_what_has_no_outcome_verify_and_say_why_their_code_is_another(
    store: Store, unanswered: str, tmp_path: Path
) -> None:
    report = minutes(store, unanswered)
    earlier = _made_earlier(report)
    assert digest(earlier) != digest(report)
    assert "No outcome of D-002 (Stop it) is recorded." in list(texts_of(report))
    for kind in ("pdf", "docx", "txt"):
        file = tmp_path / f"minutes{FORMATS[kind].suffix}"
        file.write_bytes(make(earlier, kind).data)
        of_file = verify_file(store, file)
        assert of_file.holds and f"▲ {WORDED_EARLIER}" in of_file.sentences
    verdict = verify_code(store, digest(earlier)[:12])
    assert verdict is not None and verdict.holds and f"▲ {WORDED_EARLIER}" in verdict.sentences
    verdict = verify_code(store, digest(report)[:12])
    assert verdict is not None and f"▲ {WORDED_EARLIER}" not in verdict.sentences


def test_earlier_minutes_before_a_correction_verify_with_both_reasons(
    store: Store, later: Acting, unanswered: str
) -> None:
    earlier = _made_earlier(minutes(store, unanswered))
    add(store, "correction", {"text": "Fifteen were there.", "board": unanswered}, later)
    verdict = verify_code(store, digest(earlier)[:12])
    assert verdict is not None and f"▲ 1 correction came later. {WORDED_EARLIER}" in verdict.sentences
