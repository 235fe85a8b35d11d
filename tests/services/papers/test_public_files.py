"""Every public file, unzipped and with its metadata: nothing private is in it, and no page asks anybody anything."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from canaries import PRINTED, canaries, plant
from conftest import NOW

from tracker.errors import TrackerError
from tracker.reports.files.site import site
from tracker.reports.files.write import write_tree
from tracker.reports.formats import FORMATS, make
from tracker.services.papers.public import Published, published
from tracker.services.records.people import acting
from tracker.storage.store import Store

DAY = date(2026, 10, 1)


@pytest.fixture(scope="module")
def found(new_programme: bytes, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The public papers of a programme full of canaries, made once."""
    path = tmp_path_factory.mktemp("public") / "programme.db"
    path.write_bytes(new_programme)
    with Store.open(path) as store:
        plant(store, acting(store, "ana", "cli", NOW, NOW.date()))
        return published(store, DAY)


def opened(data: bytes) -> Iterator[str]:
    """Yield a file and, when it is a package, every part of it and their names; the streams of a PDF too."""
    yield data.decode("latin-1")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name
                yield from opened(package.read(name))
    if data.startswith(b"%PDF"):
        pikepdf = pytest.importorskip("pikepdf")
        with pikepdf.open(io.BytesIO(data)) as document:
            for thing in document.objects:
                yield str(thing) if not isinstance(thing, pikepdf.Stream) else thing.read_bytes().decode("latin-1")


@pytest.mark.parametrize("kind", [one.name for one in FORMATS.values() if not one.calendar])
def test_no_private_word_is_in_any_public_file(found: Published, kind: str) -> None:
    told = {pair for part in opened(make(found.report, kind).data) for pair in canaries(part)}
    assert {(of, field) for of, field in told if field not in PRINTED.get(of, ())} == set()
    if kind != "pdf":  # whose letters are drawn, not spelt
        assert ("pilot", "name") in told


def test_the_dashboard_has_pages_and_data_and_asks_nobody_anything(found: Published) -> None:
    files = site(found.report, found.pages)
    assert {"index.html", "pilots/canary-pilot-name.html", "data/report.json"} <= set(files)
    for name, data in files.items():
        text = data.decode("utf-8", "replace")
        assert {(of, field) for of, field in canaries(text) if field not in PRINTED.get(of, ())} == set()
        if name.endswith(".html"):
            assert "<script" not in text
            assert re.findall(r'(?:src|href)="(?:https?:)?//', text) == []
            for address in re.findall(r'href="([^"#]+)"', text):
                place = (Path(name).parent / address).as_posix()
                assert place.replace("pilots/../", "") in files, (name, address)


def test_a_dashboard_takes_nobodys_place(found: Published, tmp_path: Path) -> None:
    files = site(found.report, found.pages)
    folder = tmp_path / "open"
    assert len(write_tree(folder, files)) == len(files)
    with pytest.raises(TrackerError, match="holds a dashboard already"):
        write_tree(folder, files)
    (folder / "left over.html").write_text("old")
    write_tree(folder, files, force=True)
    assert not (folder / "left over.html").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(TrackerError, match="holds other files"):
        write_tree(tmp_path / "mine", files, force=True)
    with pytest.raises(TrackerError, match="does not exist"):
        write_tree(tmp_path / "nowhere" / "open", files)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
