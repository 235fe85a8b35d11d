"""Snapshots: complete, immutable, provable, and superseded only with a reason."""

import json
import sqlite3
import zlib
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import at

from tracker.cli.shell.mending import in_shell
from tracker.errors import FileTrouble, TrackerError
from tracker.reports.files.canonical import canonical, digest
from tracker.reports.formats import make
from tracker.services.board.comparing import compare
from tracker.services.board.cycle import hold, meeting
from tracker.services.board.freezing import freeze
from tracker.services.board.snapshots import app_version, content, holding, paper, resolve_snapshot, stem
from tracker.services.board.verifying import verify_file, verify_snapshot
from tracker.services.erasing import erase_person
from tracker.services.papers import building as reporting
from tracker.services.records.settings import set_setting
from tracker.services.records.undo import redo, undo
from tracker.services.records.undo_words import undo_lines
from tracker.services.records.writing import add, change, remove
from tracker.storage.erasing.places import finder_for
from tracker.storage.journal.verify import verify
from tracker.storage.queries import record
from tracker.storage.snapshots import get, stored
from tracker.storage.store import Acting, Store

MEETS = date(2026, 10, 8)


@pytest.fixture
def board(store: Store, ana: Acting) -> str:
    add(store, "win", {"title": "One form less", "event_date": date(2026, 9, 30)}, ana)
    return add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid


@pytest.fixture
def later(ana: Acting) -> Acting:
    return at(ana, MEETS, 17)


def refused(action: Any, *given: Any, **more: Any) -> str:
    with pytest.raises(TrackerError) as caught:
        action(*given, **more)
    return in_shell(caught.value)


def test_what_is_frozen_is_complete(store: Store, later: Acting, board: str) -> None:
    set_setting(store, "soon_days", "14", later, "The board meets more often")
    made = freeze(store, board, later)
    found = content(store, made.uid)
    assert found.sha256 == sha256(canonical(found.data)).hexdigest() == made.sha256
    assert set(found.data["documents"]) == {"summary", "pack"}
    assert (found.data["frozen_at"], found.data["as_of"]) == ("2026-10-08T17:00:00Z", "2026-10-08")
    assert found.data["settings"]["values"]["soon_days"] == 14
    assert found.data["settings"]["own"] == ["soon_days"]
    assert found.data["records"]["win"] == 1
    assert found.data["app_version"] == app_version()
    kept = meeting(store, board)
    assert (kept.status, kept.snapshot) == ("frozen", made.uid)
    header = paper(found, "pack").header
    assert (header.frozen, header.pack, header.version) == ("2026-10-08T17:00:00Z", "SN-001", "Version 1")
    assert "October board" in header.meeting


def test_freezing_is_one_command_that_undo_takes_back(store: Store, later: Acting, board: str) -> None:
    made = freeze(store, board, later)
    told = undo_lines(store, undo(store, later))
    assert record(store, "snapshot", made.uid) is None
    assert "B-01: Snapshot (not in the list any more) → (empty)" in told
    assert meeting(store, board).status == "planned"
    assert get(store, made.sha256) is not None  # what was frozen is never deleted
    redo(store, later)
    assert verify_snapshot(store, made.uid).holds
    assert verify(store) == []


def test_later_edits_change_nothing_that_was_frozen(store: Store, later: Acting, board: str) -> None:
    made = freeze(store, board, later)
    before = make(paper(content(store, made.uid), "pack"), "md").data
    add(store, "win", {"title": "Another form less", "event_date": MEETS}, later)
    assert make(paper(content(store, made.uid), "pack"), "md").data == before
    now = reporting.pack(store, day=MEETS, board=board)
    assert "Another form less" in str(now.to_dict())
    assert b"Another form less" not in before


def test_freezing_again_needs_a_reason_and_supersedes(store: Store, later: Acting, board: str) -> None:
    first = freeze(store, board, later)
    assert "SN-001 is frozen for B-01 already" in refused(freeze, store, board, later)
    assert "SN-001 is frozen" in refused(freeze, store, board, later, reason="no")
    second = freeze(store, board, later, reason="A figure was wrong")
    found: Any = record(store, "snapshot", second.uid)
    assert (found.supersedes, found.reason) == (first.uid, "A figure was wrong")
    assert meeting(store, board).snapshot == second.uid
    assert paper(content(store, second.uid), "pack").header.version == "Version 2, instead of SN-001"
    assert stem(store, content(store, first.uid), "pack") == "b-01-pack-2026-10-08"
    assert stem(store, content(store, second.uid), "pack") == "b-01-pack-2026-10-08-v2"
    assert (
        "▲ SN-002 was frozen in its place on 8 Oct 2026: A figure was wrong."
        in verify_snapshot(store, first.uid).sentences
    )
    assert not any("in its place" in said for said in verify_snapshot(store, second.uid).sentences)
    assert (resolve_snapshot(store, "B-01"), resolve_snapshot(store, "sn1")) == (second.uid, first.uid)
    hold(store, board, later)
    assert "what it was shown stays as it is" in refused(freeze, store, board, later, reason="Once more please")
    assert "stays: B-01 was held" in refused(change, store, "board", board, {"as_of": date(2026, 10, 1)}, later)


def test_open_warnings_keep_papers_from_being_frozen(store: Store, later: Acting, board: str) -> None:
    add(store, "pilot", {"name": "Parking", "phase": "discovery"}, later)
    assert "1 warning is neither mended nor accepted: rating.missing.P-01" in refused(freeze, store, board, later)
    assert stored(store) == []
    assert meeting(store, board).status == "planned"


def test_what_was_saved_meanwhile_is_in_the_papers_or_nothing_is(
    store: Store, path: Path, later: Acting, board: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, calls = reporting.papers, []

    def slow(*given: Any, **more: Any) -> Any:
        made = build(*given, **more)
        calls.append(made)
        if len(calls) == 1:
            with Store.open(path) as other:
                add(other, "win", {"title": "Saved meanwhile", "event_date": MEETS}, later)
        return made

    monkeypatch.setattr(reporting, "papers", slow)
    made = freeze(store, board, later)
    assert len(calls) == 2
    assert "Saved meanwhile" in str(content(store, made.uid).data)


def test_nobody_changes_or_deletes_what_was_frozen(store: Store, later: Acting, board: str) -> None:
    made = freeze(store, board, later)
    for sql in ("DELETE FROM snapshot_data", "UPDATE snapshot_data SET data = x'00'"):
        with pytest.raises((sqlite3.IntegrityError, FileTrouble), match="never"):
            store.connection.execute(sql)
    assert "never removed" in refused(remove, store, "snapshot", made.uid, later, reason="not wanted")
    assert "never changed" in refused(change, store, "snapshot", made.uid, {"reason": "Another"}, later)
    assert "frozen papers" in refused(remove, store, "board", board, later, reason="not wanted")


def test_tampering_shows(store: Store, later: Acting, board: str) -> None:
    made = freeze(store, board, later)
    data = json.loads(zlib.decompress(get(store, made.sha256) or b""))
    data["as_of"] = "2026-10-07"
    store.connection.execute("DROP TRIGGER j_snapshot_whole")
    store.connection.execute("UPDATE snapshot_data SET data = ?", (zlib.compress(canonical(data)),))
    found = verify_snapshot(store, made.uid)
    assert found.holds is False
    assert "is not what was frozen" in found.sentences[0]
    store.connection.execute("UPDATE snapshot_data SET data = x'0102'")
    assert "is damaged" in verify_snapshot(store, made.uid).sentences[0]
    # Data and record changed together: the journal still has the hash of then.
    mark = sha256(canonical(data)).hexdigest()
    packed = zlib.compress(canonical(data))
    store.connection.execute("INSERT INTO snapshot_data(sha256, data) VALUES (?, ?)", (mark, packed))
    store.connection.execute("UPDATE snapshot SET sha256 = ?", (mark,))
    found = verify_snapshot(store, made.uid)
    assert found.holds is False
    assert "The journal has another hash" in found.sentences[1]


def test_a_file_is_compared_byte_for_byte(store: Store, later: Acting, board: str, tmp_path: Path) -> None:
    made = freeze(store, board, later)
    report = paper(content(store, made.uid), "summary")
    file = tmp_path / "any name.txt"
    file.write_bytes(make(report, "txt").data)
    found = verify_file(store, file)
    assert found.holds is True
    assert found.sentences[0].startswith("any name.txt is the summary of SN-001")
    file.write_bytes(file.read_bytes() + b"\n")
    found = verify_file(store, file)
    assert found.holds is False
    assert "but its bytes differ" in found.sentences[0]
    file.write_bytes(b"Something else")
    assert "is not what this program makes" in verify_file(store, file).sentences[0]
    (tmp_path / "x.exe").write_bytes(b"")
    assert "of no format that papers are made in" in refused(verify_file, store, tmp_path / "x.exe")
    assert "cannot be read" in refused(verify_file, store, tmp_path / "none.md")
    (tmp_path / "manifest.json").write_bytes(b"{}")  # it holds the hash of a paper's data, and is no paper
    assert "is none itself" in refused(verify_file, store, tmp_path / "manifest.json")


def test_another_version_of_the_program_is_said(
    store: Store, later: Acting, board: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = freeze(store, board, later)
    report = paper(content(store, made.uid), "pack")
    monkeypatch.setattr("tracker.services.board.verifying.app_version", lambda: "9.9")
    assert "frozen by version" in verify_snapshot(store, made.uid).sentences[-1]
    file = tmp_path / "pack.md"
    file.write_bytes(make(report, "md").data.replace(b"Pack", b"Paper", 1) + digest(report)[:12].encode())
    found = verify_file(store, file)
    assert found.holds is None
    assert "made by version" in found.sentences[0]
    assert "This is version 9.9" in found.sentences[0]


def test_two_snapshots_are_compared_in_sentences(store: Store, later: Acting, board: str) -> None:
    first = freeze(store, board, later)
    add(store, "win", {"title": "Another form less", "event_date": MEETS}, later)
    set_setting(store, "wins_shown", "5", later, "The board asked for more")
    second = freeze(store, board, later, reason="A win was missing")
    found = compare(store, first.uid, second.uid)
    said = " ".join(sentence for one in found.found for sentence in one.sentences)
    assert "Another form less" in said
    assert found.cautions == ("Not comparable where these thresholds matter: wins_shown 3 → 5.",)
    assert "not two" in refused(compare, store, first.uid, first.uid)
    assert "no “agenda”" in refused(compare, store, first.uid, second.uid, "agenda")


def test_erasing_a_person_says_which_papers_hold_the_name(store: Store, later: Acting, board: str) -> None:
    who = add(store, "person", {"display_name": "Zoë “Zed” Quirke"}, later).uid
    values = {"title": "A form went", "event_date": MEETS, "visibility": "public"}
    add(store, "risk", {"title": "It rains", "owner": who, "likelihood": 3, "impact": 3}, later)
    add(store, "win", values, later)
    freeze(store, board, later)
    assert holding(store, finder_for(store, [who])) == ["SN-001"]
    erased = erase_person(store, who, later, reason="asked to be forgotten")
    assert erased.snapshots == ("SN-001",)
    assert verify(store) == []
    another = add(store, "person", {"display_name": "Nobody Anywhere"}, later).uid
    assert erase_person(store, another, later, reason="asked to be forgotten").snapshots == ()
