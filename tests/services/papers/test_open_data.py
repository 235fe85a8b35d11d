"""What portals take over: other programs find nothing wrong in it, and it is the same wherever it is made."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import hostile
import jsonschema
import pytest

from tracker.entities import Pilot, Programme
from tracker.reports.files.site import site
from tracker.reports.formats import FORMATS, make
from tracker.reports.model import Report
from tracker.services.papers.building import pack
from tracker.services.papers.public import Published, published
from tracker.services.records.writing import change
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

ROOT = Path(__file__).parent.parent.parent.parent
DAY = date(2026, 11, 12)
ANYWHERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "LC_ALL": "ar_EG.UTF-8"}


@pytest.fixture(scope="module")
def demo(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("open") / "demo.db"
    path.write_bytes(demo_file)
    return path


@pytest.fixture(scope="module")
def papers(demo: Path) -> dict[str, Report]:
    """The open status and the board pack of the demo."""
    with Store.open(demo, read_only=True) as store:
        return {"public": _public(store).report, "pack": pack(store, day=DAY)}


def _public(store: Store) -> Published:
    return published(store, DAY, on=DAY)


@pytest.fixture
def rough(path: Path, store: Store, ana: Acting) -> Iterator[Report]:
    """The open status of a programme whose pilots are called what acts on programs."""
    store.close()
    hostile.plant(path)
    with Store.open(path) as file:
        (head,) = records(file, Programme)
        change(file, "programme", head.uid, {"visibility": "public"}, ana)
        for pilot in records(file, Pilot):
            change(file, "pilot", pilot.uid, {"visibility": "public"}, ana)
        yield published(file, ana.today, on=ana.today).report


def folder_of(report: Report, path: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(make(report, "csv").data)) as package:
        package.extractall(path)
    return path


def hold_to_checkers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let frictionless and csvw read the tables of a folder."""
    from csvw import CSVW
    from frictionless import validate

    monkeypatch.chdir(folder)
    verdict = validate("datapackage.json")
    assert verdict.valid, verdict.flatten(["title", "type", "note"])
    for table in sorted((folder / "data").glob("*.csv")):
        csvw = CSVW(str(table), md_url=f"{table}-metadata.json", validate=True)
        assert csvw.is_valid, (table.name, [str(warning.message) for warning in csvw.warnings])


@pytest.mark.filterwarnings("ignore")  # what the checkers' own libraries warn of is not ours
@pytest.mark.parametrize("name", ["public", "pack"])
def test_the_tables_of_the_demo_are_what_they_say(
    papers: dict[str, Report], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_to_checkers(folder_of(papers[name], tmp_path), monkeypatch)


@pytest.mark.filterwarnings("ignore")
def test_so_are_those_of_a_hostile_programme(rough: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_to_checkers(folder_of(rough, tmp_path), monkeypatch)
    hold_to_schema(rough)


def hold_to_schema(report: Report) -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(json.loads(make(report, "json").data))


@pytest.mark.parametrize("name", ["public", "pack"])
def test_papers_are_valid_by_their_schema(papers: dict[str, Report], name: str) -> None:
    hold_to_schema(papers[name])


def hashes(papers: Published) -> dict[str, str]:
    """Return the hash of each file that is published: papers in every format, and the dashboard."""
    files = {kind: make(papers.report, kind).data for kind, form in FORMATS.items() if not form.calendar}
    files |= site(papers.report, papers.pages)
    return {name: sha256(data).hexdigest() for name, data in files.items()}


def test_every_published_file_is_the_same_wherever_it_is_made(demo: Path) -> None:
    with Store.open(demo, read_only=True) as store:
        here = hashes(_public(store))
    env = {**os.environ, **ANYWHERE, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    words = [sys.executable, __file__, str(demo)]
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, check=True, text=True)
    there: Mapping[str, str] = json.loads(done.stdout)
    assert len(here) > 20
    assert {name for name in here if there[name] != here[name]} == set()


if __name__ == "__main__":  # in a process of its own: zone, locale and hash seed are set before it begins
    with Store.open(Path(sys.argv[1]), read_only=True) as opened:
        print(json.dumps(hashes(_public(opened))))
