"""Papers and programme files of released versions: their data is recognised, whatever has become of their bytes."""

import gzip
import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from made_once import made_once

from tracker.reports.files.canonical import carries, digest
from tracker.services.board.snapshots import content, paper, resolve_snapshot
from tracker.services.board.verifying import verify_file, verify_snapshot
from tracker.services.programme_file import open_programme
from tracker.storage.store import Store

RELEASED = Path(__file__).parents[2] / "released"
VERSION = "0.1.0"
FILES = sorted(path.name for path in (RELEASED / VERSION).glob("b-01-*"))
SUMMARY = "668ff59aeaba"  # what the footers of these files say, as they were printed then


@pytest.fixture(scope="module")
def opened_since(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The programme file that version 0.1.0 froze B-01 in, brought to the newest schema."""

    def make(file: Path) -> None:
        file.write_bytes(gzip.decompress((RELEASED / VERSION / "programme.db.gz").read_bytes()))
        open_programme(file).close()

    return made_once(tmp_path_factory, "released.db", make)


@pytest.fixture
def old(opened_since: bytes, path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The programme file of version 0.1.0, seen by a later version."""
    monkeypatch.setattr("tracker.services.board.verifying.app_version", lambda: "9.9")
    path.write_bytes(opened_since)
    with open_programme(path) as store:
        yield store


def test_the_frozen_data_has_the_digest_that_was_printed(old: Store) -> None:
    snapshot = resolve_snapshot(old, "SN-001")
    assert digest(paper(content(old, snapshot), "summary")).startswith(SUMMARY)
    verdict = verify_snapshot(old, snapshot)
    assert verdict.holds
    assert f"frozen by version {VERSION}" in " ".join(verdict.sentences)


@pytest.mark.parametrize("name", FILES)
def test_every_format_names_its_data(name: str) -> None:
    data = (RELEASED / VERSION / name).read_bytes()
    assert carries(data, SUMMARY)
    assert not carries(data, "f00dfacef00d")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_released_version_never_fails(old: Store, name: str, tmp_path: Path) -> None:
    # The bytes that this version makes may have changed since: here they have, for certain.
    data = (RELEASED / VERSION / name).read_bytes()
    file = tmp_path / name
    file.write_bytes(changed(data))
    verdict = verify_file(old, file)
    assert verdict.holds is None
    assert f"made by version {VERSION}" in verdict.sentences[0]
    assert "its data holds" in verdict.sentences[0]


def changed(data: bytes) -> bytes:
    """Return other bytes of the same paper: a part more in a package, a space more elsewhere."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return data + b"\n"
    target = BytesIO(data)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("more.txt", "made otherwise")
    return target.getvalue()


def test_what_is_no_paper_names_no_data() -> None:
    assert not carries(b"", SUMMARY)
    assert not carries(b"PK\x03\x04 not a zip", SUMMARY)
    assert not carries(json.dumps({"schema": "unknown"}).encode(), SUMMARY)
    assert not carries(b"[" * 10_000, SUMMARY)
