"""The archive of a meeting whose papers were issued again: every edition, and what is restricted for members alone."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from boards_help import closed, frozen, restrict

from tracker.services.board.archive import Archived, archivable, make_archive
from tracker.services.board.archive_verifying import verify_archive
from tracker.services.board.publishing import publish
from tracker.services.board.reissuing import reissue
from tracker.services.records.finding import resolve_ref
from tracker.storage import Acting, Store

RISK = "match people wrongly"


@pytest.fixture
def board(demo: Store, lead: Acting) -> str:
    """A meeting that was held, with approved minutes, and published."""
    uid = resolve_ref(demo, "board", "B-02").uid
    frozen(demo, lead, uid)
    closed(demo, lead, uid)
    publish(demo, uid, lead)
    return uid


def texts_in(archived: Archived, tmp_path: Path) -> dict[str, str]:
    file = tmp_path / archived.name
    file.write_bytes(archived.data)
    with ZipFile(file) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_every_edition_is_in_it_and_restricted_matter_for_members_alone(
    demo: Store, lead: Acting, board: str, tmp_path: Path
) -> None:
    restrict(demo, "risk", "R-002", lead)
    restrict(demo, "pilot", "P-08", lead)
    pilot = next(row[0] for row in demo.read("SELECT name FROM pilot WHERE ref = 'P-08'"))
    reissue(demo, board, lead, "Two matters were restricted")
    archived = make_archive(archivable(demo, board), ["txt"])
    assert archived.notes == ()
    texts = texts_in(archived, tmp_path)
    restricted = [name for name, text in texts.items() if any(secret in text for secret in (RISK, pilot, "R-002"))]
    assert restricted
    assert all(name.startswith("members/") for name in restricted), restricted
    assert {name for name in texts if name.endswith(".txt")} == {
        *("README.txt", "minutes/b-02-minutes-2026-11-12.txt", "public/public-2026-11-12-v2.txt"),
        *("members/b-02-pack-2026-11-12.txt", "members/b-02-summary-2026-11-12.txt"),
        *("papers/b-02-pack-2026-11-12-v2.txt", "papers/b-02-summary-2026-11-12-v2.txt"),
        "members/public-2026-11-12.txt",
    }
    entries: list[dict[str, Any]] = json.loads(texts["manifest.json"])["editions"]
    hashes = dict(demo.read("SELECT ref, sha256 FROM snapshot WHERE board = ?", [board]))
    assert {entry["ref"]: entry["sha256"] for entry in entries} == hashes
    assert [(entry["audience"], entry["restricted"], entry["role"]) for entry in entries] == [
        ("board", True, "as the board was shown it"),
        ("board", False, f"issued again in place of {entries[0]['ref']}, with passages blacked out"),
        ("public", True, "of what the board was shown, as it was published first"),
        ("public", False, f"issued again in place of {entries[2]['ref']}, with passages blacked out"),
    ]
    assert all(f"SHA-256 {mark}" in texts["README.txt"] for mark in hashes.values())
    verdict = verify_archive(demo, tmp_path / archived.name)
    assert verdict is not None
    assert verdict.holds, verdict.sentences
    assert all(f"{ref}: The journal has the same hash" in " ".join(verdict.sentences) for ref in hashes)


def test_what_is_restricted_and_not_issued_again_is_in_no_open_part(
    demo: Store, lead: Acting, board: str, tmp_path: Path
) -> None:
    restrict(demo, "risk", "R-002", lead)
    archived = make_archive(archivable(demo, board), ["txt"])
    texts = texts_in(archived, tmp_path)
    assert not [name for name in texts if name.startswith("papers/")]
    assert all(name.startswith("members/") for name, text in texts.items() if RISK in text)
    (caution,) = archived.notes
    assert "R-002" in caution and "it lies in members/ alone. Issue it again" in caution
    verdict = verify_archive(demo, tmp_path / archived.name)
    assert verdict is not None and verdict.holds, verdict


def test_an_edition_in_it_that_was_changed_is_named(demo: Store, lead: Acting, board: str, tmp_path: Path) -> None:
    restrict(demo, "risk", "R-002", lead)
    (issue,) = reissue(demo, board, lead, "A matter was restricted")
    archived = make_archive(archivable(demo, board), ["txt"])
    texts = texts_in(archived, tmp_path)
    name = f"data/{issue.ref.lower()}.json"
    with ZipFile(tmp_path / "planted.zip", "w") as package:
        for inner, text in texts.items():
            package.writestr(inner, text.replace("blacked out", "left out") if inner == name else text)
    verdict = verify_archive(demo, tmp_path / "planted.zip")
    assert verdict is not None
    assert verdict.holds is False
    assert name in " ".join(verdict.sentences)
