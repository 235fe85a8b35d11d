"""A whole programme out of its file and into a new one: the same records, under the same refs."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import NOW, at
from papers import hostile

from tracker.entities import Pilot, all_entities
from tracker.errors import FileTrouble, TrackerError
from tracker.fields import Nothing, VagueDay
from tracker.services.moving.moving_in import move_in
from tracker.services.moving.package import is_package, pack, unpack
from tracker.services.moving.tables import whole_programme
from tracker.services.programme_file import check_file
from tracker.services.records.notes import add_identifier, add_note
from tracker.services.records.writing import add, change, remove
from tracker.services.updates import pilots_updated
from tracker.storage.copies.tables import RECORDED, frozen_data, last_numbers, records_as_stored
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

TODAY = date(2026, 10, 9)


def contents(store: Store) -> dict[str, object]:
    """Return all that a file holds now, without when it was recorded, and by whom."""
    tables: dict[str, object] = {
        register.kind: [
            {name: value for name, value in row.items() if name not in RECORDED}
            for row in records_as_stored(store, register)
        ]
        for register in all_entities()
    }
    return {**tables, "frozen": dict(frozen_data(store)), "numbers": last_numbers(store)}


def moved(store: Store, path: Path) -> Store:
    return move_in(path, unpack(pack(whole_programme(store))), "ana", NOW, TODAY)


def test_records_of_every_kind_come_in_as_they_went_out(store: Store, ana: Acting, tmp_path: Path) -> None:
    pilot = add(
        store,
        "pilot",
        {
            "name": 'Parking, "first"\nphase',
            "budget": 123_456_789,
            "forecast_end": VagueDay.of(date(2027, 3, 31), "quarter"),
            "forecast_cost": Nothing("withheld", "commercial"),
            "tags": ("a", "b"),
        },
        ana,
    ).uid
    add(
        store,
        "metric",
        {"name": "Share", "metric_kind": "proportion", "pilot": pilot, "definition": "x", "target": 0.1},
        ana,
    )
    risk = add(store, "risk", {"title": "=1+1", "likelihood": 3, "impact": 2, "pilot": pilot}, ana).uid
    add_note(store, "risk", risk, "first\n\nsecond", ana)
    add_identifier(store, "pilot", pilot, "GMPP", "GMPP_0007", ana)
    remove(store, "risk", risk, at(ana, date(2026, 10, 2)), reason="entered twice")
    with moved(store, tmp_path / "new.db") as new:
        assert contents(new) == contents(store)
        assert check_file(new).problems == ()
        again = add(new, "risk", {"title": "Next"}, ana)
        assert again.ref == "R-002"


def test_the_demo_comes_in_as_it_went_out(demo_file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    path.write_bytes(demo_file)
    with Store.open(path) as store, moved(store, tmp_path / "new.db") as new:
        assert contents(new) == contents(store)
        # Frozen papers carry the code of the journal that stayed behind, and nothing else is to be said.
        assert {getattr(problem, "code", "") for problem in check_file(new).problems} == {"anchor.paper"}


def test_moving_updates_no_pilot(store: Store, ana: Acting, tmp_path: Path) -> None:
    add(store, "pilot", {"name": "Parking"}, ana)
    with moved(store, tmp_path / "new.db") as new:
        (pilot,) = records(new, Pilot)
        assert pilots_updated(new, [pilot.uid]) == {}
        change(new, "pilot", pilot.uid, {"status_note": "Looked at again"}, at(ana, date(2026, 10, 12)))
        assert pilots_updated(new, [pilot.uid]) == {pilot.uid: date(2026, 10, 12)}


def test_texts_that_try_to_be_something_else_come_in_as_they_went_out(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    hostile(path)
    with Store.open(path) as store, moved(store, tmp_path / "new.db") as new:
        assert contents(new) == contents(store)


def test_the_package_is_described_for_other_programs(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Parking", "budget": 150_050}, ana).uid
    add(store, "risk", {"title": "Late", "pilot": pilot}, ana)
    data = pack(whole_programme(store))
    assert is_package(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        description = json.loads(package.read("datapackage.json"))
        names = [resource["name"] for resource in description["resources"]]
        assert {"programme", "person", "pilot", "risk"} <= set(names)
        assert "gate" not in names
        assert b"1500.50" in package.read("data/pilot.csv")
        risk = next(resource for resource in description["resources"] if resource["name"] == "risk")
        assert {"fields": ["pilot"], "reference": {"resource": "pilot", "fields": ["ref"]}} in risk["schema"][
            "foreignKeys"
        ]


def test_a_programme_is_never_written_over(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    moved(store, path).close()
    before = path.read_bytes()
    with pytest.raises(FileTrouble, match="holds a programme already"):
        moved(store, path)
    assert path.read_bytes() == before


def broken(data: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """Return a package in which one part is another, or is not there."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            content = change(old.read(part)) if part == name else old.read(part)
            if content is not None:
                new.writestr(part, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("data/pilot.csv", lambda _: None, "A part of the package is not there"),
        ("data/pilot.csv", lambda raw: raw.replace(b"budget", b"cost"), "are not those of its register"),
        ("data/pilot.csv", lambda raw: raw.replace(b"1500.50", b"lots"), "P-01: “lots” is no value of budget"),
        ("data/risk.csv", lambda raw: raw.replace(b"P-01", b"P-09"), "R-001: pilot names P-09, which is not"),
        ("datapackage.json", lambda raw: raw.replace(b'"layout": 1', b'"layout": 2'), "A later version"),
        ("datapackage.json", lambda raw: raw.replace(b'"tracker"', b'"other"'), "is not of this program"),
        ("datapackage.json", lambda _: b"{", "The package cannot be read"),
    ],
)
def test_a_damaged_package_is_one_sentence_and_makes_no_file(
    store: Store, ana: Acting, tmp_path: Path, name: str, change: Callable[[bytes], bytes | None], words: str
) -> None:
    pilot = add(store, "pilot", {"name": "Parking", "budget": 150_050}, ana).uid
    add(store, "risk", {"title": "Late", "pilot": pilot}, ana)
    data = broken(pack(whole_programme(store)), name, change)
    with pytest.raises(TrackerError) as caught:
        move_in(tmp_path / "new.db", unpack(data), "ana", NOW, TODAY)
    assert words in str(caught.value)
    assert not (tmp_path / "new.db").exists()


def test_what_is_no_package_is_refused() -> None:
    with pytest.raises(TrackerError, match="The package cannot be read"):
        unpack(b"PK no zip")
    assert not is_package(b"a,b\n1,2\n")
