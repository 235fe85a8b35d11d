"""The archive of a meeting: everything that proves it, the same bytes again, and what was changed in it is named."""

import io
import json
import os
import re
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from boards_help import MEETS, UNNAMED, closed, refused
from canaries import PRINTED, canaries, plant

from tracker.cli.shell.mending import in_shell
from tracker.errors import TrackerError
from tracker.reports.files import archive as form
from tracker.reports.model import NotRendered
from tracker.services.board.archive import Archived, archivable, make_archive
from tracker.services.board.archive_verifying import verify_archive
from tracker.services.board.checking import accept, checked
from tracker.services.board.cycle import hold
from tracker.services.board.freezing import freeze
from tracker.services.board.publishing import publish
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store


@pytest.fixture
def board(store: Store, later: Acting) -> str:
    """A meeting whose papers were frozen twice, with a correction, approved and published."""
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    freeze(store, uid, later)
    freeze(store, uid, later, reason="A figure was wrong")
    closed(store, later, uid)
    add(store, "correction", {"text": "The chair came late", "board": uid}, later)
    publish(store, uid, later, accepted=UNNAMED)
    return uid


@pytest.fixture
def made(store: Store, board: str) -> Archived:
    return make_archive(archivable(store, board), ("md",))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_everything_that_proves_it_is_in_it(store: Store, board: str, made: Archived) -> None:
    assert made.name == "b-01-archive-2026-10-08-v2.zip"
    parts = parts_of(made.data)
    assert list(parts) == [
        *("README.txt", "manifest.json", "SHA256SUMS"),
        *("data/minutes.json", "data/sn-001.json", "data/sn-002.json", "data/sn-003.json"),
        *("minutes/b-01-minutes-2026-10-08.md", "papers/b-01-pack-2026-10-08-v2.md"),
        *("papers/b-01-pack-2026-10-08.md", "papers/b-01-summary-2026-10-08-v2.md"),
        *("papers/b-01-summary-2026-10-08.md", "public/public-2026-10-08.md"),
    ]
    assert made.files == len(parts)
    told = json.loads(parts["manifest.json"])
    frozen = store.read("SELECT ref, sha256 FROM snapshot ORDER BY ref")
    assert sha256(parts["data/sn-002.json"]).hexdigest() == dict(frozen)["SN-002"] == told["snapshot"]["sha256"]
    assert told["public"]["sha256"] == dict(frozen)["SN-003"]
    shown, old, public = told["editions"]
    assert (shown["ref"], shown["role"], shown["file"]) == ("SN-002", "as the board was shown it", "data/sn-002.json")
    assert (old["sha256"], old["superseded_by"], old["reason"]) == (frozen[0][1], "SN-002", "A figure was wrong")
    assert old["role"] == "as it was frozen before SN-002 took its place"
    assert (public["ref"], public["audience"], public["restricted"]) == ("SN-003", "public", False)
    readme = parts["README.txt"].decode()
    assert f"SHA-256 {frozen[0][1]}" in readme and "A figure was wrong" in " ".join(readme.split())
    assert all(name.partition("/")[2] in readme for name in parts)
    assert max(map(len, readme.splitlines())) <= 80
    sums = dict(line.split("  ")[::-1] for line in parts["SHA256SUMS"].decode().splitlines())
    assert sums == {name: sha256(part).hexdigest() for name, part in parts.items() if name != "SHA256SUMS"}
    assert "The chair came late" in parts["minutes/b-01-minutes-2026-10-08.md"].decode()
    assert make_archive(archivable(store, board), ("md",)) == made
    with zipfile.ZipFile(io.BytesIO(made.data)) as file:
        assert {(one.date_time, one.compress_type) for one in file.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_what_is_not_final_is_not_archived(store: Store, later: Acting) -> None:
    uid = add(store, "board", {"title": "October board", "meets_on": MEETS}, later).uid
    assert "“tracker board freeze B-01”" in refused(archivable, store, uid)
    freeze(store, uid, later)
    hold(store, uid, later)
    assert "not approved yet, and an archive holds only what is final" in refused(archivable, store, uid)
    bare = add(store, "board", {"title": "No papers", "meets_on": MEETS}, later).uid
    closed(store, later, bare)
    assert "“tracker board minutes B-02 -o FILE”" in refused(archivable, store, bare)


def test_an_archive_is_whole_or_not_made(store: Store, board: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: Any) -> Any:
        raise NotRendered("MD cannot be made here.")

    monkeypatch.setattr("tracker.services.papers.files.make", lacking)
    assert "whole or not at all" in refused(make_archive, archivable(store, board), ("md",))


def test_its_public_part_holds_nothing_private(store: Store, ana: Acting) -> None:
    plant(store, ana)
    uid = add(store, "board", {"title": "Canary board", "meets_on": ana.today}, ana).uid
    for one in checked(store, uid, ana.today).open:
        accept(store, uid, [one.id], "Known to the board", ana)
    freeze(store, uid, ana)
    closed(store, ana, uid)
    publish(store, uid, ana, accepted=UNNAMED)
    parts = parts_of(make_archive(archivable(store, uid), ("md", "xlsx")).data)
    outside = {name: data for name, data in parts.items() if name.startswith("public/")}
    assert len(outside) == 2
    for name, data in outside.items():
        texts = [name, data.decode("latin-1")]
        if data.startswith(b"PK"):
            texts += [text for inner, part in parts_of(data).items() for text in (inner, part.decode("latin-1"))]
        told = {pair for text in texts for pair in canaries(text)}
        assert told
        assert {(of, field) for of, field in told if field not in PRINTED.get(of, ())} == set()
        assert not any(re.search(r"\b(B|SN|P|R)-\d", text) for text in texts if len(text) < 100_000)


@pytest.fixture
def file(made: Archived, tmp_path: Path) -> Path:
    place = tmp_path / "archive.zip"
    place.write_bytes(made.data)
    return place


def test_a_whole_archive_holds(store: Store, file: Path) -> None:
    found = verify_archive(store, file)
    assert found is not None and found.holds is True
    assert "archive.zip is the archive of B-01 (October board), whole and unchanged." in found.sentences
    told = "\n".join(found.sentences)
    assert (
        "byte for byte: minutes, pack, pack of SN-001, public version, summary and summary of SN-001 (6 files)" in told
    )
    assert "SN-002: The journal has the same hash" in told and "SN-003: The journal has the same hash" in told
    alone = verify_archive(None, file)
    assert alone is not None and alone.holds is True
    assert "compared with itself alone" in alone.sentences[-1]


def test_a_changed_byte_is_found_and_named(made: Archived, file: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(made.data)) as zipped:
        places = {one.filename: one.header_offset for one in zipped.infolist()}
        beyond = zipped.start_dir
    for name, at_byte in places.items():
        for offset in (7, 12, 35 + len(name)):  # its flags, its time, its content
            changed = bytearray(made.data)
            changed[at_byte + offset] ^= 1
            file.write_bytes(changed)
            found = verify_archive(None, file)
            assert found is not None and found.holds is False
            assert name in " ".join(found.sentences), (name, offset)
    for at_byte in range(beyond, len(made.data), 97):
        changed = bytearray(made.data)
        changed[at_byte] ^= 1
        file.write_bytes(changed)
        assert getattr(verify_archive(None, file), "holds", False) is False


def told_of(store: Store, file: Path, parts: dict[str, bytes], **manifest: Any) -> str:
    """Zip parts with lists that agree with them, as a forger would; return what is said of it."""
    told = {**json.loads(parts["manifest.json"]), **manifest}
    rest = {name: form.Piece(data, "x") for name, data in parts.items() if name not in form.LISTS}
    file.write_bytes(form.make_zip(told, rest, parts["README.txt"].decode()))
    found = verify_archive(store, file)
    assert found is not None and found.holds is not True
    return " ".join([str(found.holds), *map(in_shell, found.sentences)])


def test_who_changes_the_lists_too_is_found_out(
    store: Store, made: Archived, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, name, data = parts_of(made.data), "papers/b-01-pack-2026-10-08-v2.md", "data/sn-002.json"
    other = {**parts, name: parts[name] + b"\n"}
    assert "but it was made or changed outside the program" in told_of(store, file, other)
    assert f"Not what the program makes of the data beside it: {name}." in told_of(store, file, other)
    assert "which --brand FILE must name" in told_of(store, file, other, house_style=True)
    forged = {**parts, data: parts[data].replace(b"October", b"Oktober")}
    assert f"{data} does not have the hash of SN-002." in told_of(store, file, forged)
    snapshot = {**json.loads(parts["manifest.json"])["snapshot"], "sha256": sha256(forged[data]).hexdigest()}
    told = told_of(store, file, forged, snapshot=snapshot)
    assert "■ SN-002 of the programme file here has another hash" in told
    assert "SN-003 is the public version of something else" in told
    assert "not in the form in which this program writes archives" in told_of(store, file, parts, papers=3)
    with monkeypatch.context() as patch:
        patch.setattr("tracker.services.board.archive_verifying.installed", lambda names: dict.fromkeys(names, "9.9"))
        assert "None archive.zip is the archive of B-01 (October board) and whole, but not" in told_of(
            store, file, other
        )

    def lacking(*_: Any) -> Any:
        raise NotRendered("MD cannot be made here.")

    monkeypatch.setattr("tracker.services.papers.likeness.make", lacking)
    assert f"Not compared: {name}. MD cannot be made here." in told_of(store, file, parts)


def test_what_is_no_archive_says_so(store: Store, made: Archived, file: Path) -> None:
    parts = parts_of(made.data)

    def said(data: bytes) -> str:
        file.write_bytes(data)
        return " ".join(getattr(verify_archive(store, file), "sentences", ("none",)))

    assert "cut short or damaged" in said(made.data[:-30])
    assert "no zip file, though its name says so" in said(b"hello")
    assert "from byte" in said(made.data + b"x")
    less = {name: data for name, data in parts.items() if not name.startswith("public/")}
    assert "public/public-2026-10-08.md is missing." in said(form._zipped(less))
    assert "more.txt is in no list: it was put in later." in said(form._zipped({**parts, "more.txt": b"x"}))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as zipped:
        zipped.writestr("datapackage.json", "{}")
        zipped.writestr("README.txt", "")
    assert said(other.getvalue()) == "none"


def test_an_archive_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is brought down to what a test may have: nothing here is large."""
    monkeypatch.setattr(form, "RATIO_FROM", 1_000)
    monkeypatch.setattr(form, "MOST_RATIO", 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(form.README, b" " * 20_000)
    with pytest.raises(TrackerError, match="larger than any archive"):
        form.open_zip(packed.getvalue())


def test_what_is_no_file_is_not_verified(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "archive.zip")
    with pytest.raises(TrackerError, match="is no file"):
        form.read_file(tmp_path / "archive.zip")
    with pytest.raises(TrackerError, match="cannot be read"):
        form.read_file(tmp_path / "none.zip")
