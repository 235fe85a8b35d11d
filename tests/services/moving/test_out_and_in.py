"""A whole programme out of its file and into a new one: the same records, under the same refs."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import MANY, NOW, at
from hypothesis import example, given, settings
from hypothesis import strategies as st
from papers import hostile
from python_calamine import CalamineWorkbook

from tracker.entities import Pilot, Risk, all_entities
from tracker.errors import FileTrouble, TrackerError
from tracker.fields import Nothing, VagueDay
from tracker.rules.importing.mapping import Layout
from tracker.services.importing.files.opening import SourceFile, sheets_of
from tracker.services.moving.moving_in import move_in, taken_out
from tracker.services.moving.package import is_package, pack, unpack
from tracker.services.moving.tables import Programme, RegisterTable, columns_written, whole_programme
from tracker.services.moving.workbook import as_workbook
from tracker.services.programme_file import check_file
from tracker.services.records.notes import add_identifier, add_note
from tracker.services.records.writing import add, change, remove
from tracker.services.updates import pilots_updated
from tracker.storage.connection import SCHEMA_VERSION
from tracker.storage.copies.tables import RECORDED, frozen_data, last_numbers, records_as_stored
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

SCHEMA = f'"schema": {SCHEMA_VERSION}'.encode()
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
    """Return an equal programme, by way of a package, after one by way of a workbook was looked at."""
    content = as_workbook(whole_programme(store))
    packed = taken_out(SourceFile("whole.xlsx", content))
    assert packed.remarks == ()
    with move_in(path.with_name("of_workbook.db"), packed, "ana", NOW, TODAY) as new:
        assert contents(new) == contents(store)
    return move_in(path, taken_out(SourceFile("whole.zip", pack(whole_programme(store)))), "ana", NOW, TODAY)


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
        ("data/pilot.csv", lambda raw: raw.replace(b",internal,", b",secret,"), "P-01 breaks a rule of its register"),
        ("data/risk.csv", lambda raw: raw.replace(b"P-01", b"PRG-01"), "pilot names PRG-01, which is no pilot"),
        ("data/risk.csv", lambda raw: raw.replace(b"R-002", b"R-001"), "ref R-001 stands twice"),
        ("data/risk.csv", lambda raw: raw.replace(b"R-002", b""), "a row has no ref"),
        ("data/risk.csv", lambda raw: raw[: raw.index(b"R-002")], "not whole: of 2 risks 1 are there"),
        ("datapackage.json", lambda raw: raw.replace(b'"name": "risk"', b'"name": "hazard"'), "no register “hazard”"),
        ("datapackage.json", lambda raw: raw.replace(SCHEMA, b'"schema": 999'), "A later version"),
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
    add(store, "risk", {"title": "Dear", "pilot": pilot}, ana)
    data = broken(pack(whole_programme(store)), name, change)
    with pytest.raises(TrackerError) as caught:
        move_in(tmp_path / "new.db", unpack(data), "ana", NOW, TODAY)
    assert words in str(caught.value)
    assert not (tmp_path / "new.db").exists()


def test_what_was_changed_in_a_package_is_said(store: Store, ana: Acting, tmp_path: Path) -> None:
    add(store, "risk", {"title": "Late"}, ana)
    whole = pack(whole_programme(store))
    other = broken(whole, "data/risk.csv", lambda raw: raw.replace(b"Late", b"Soon"))
    assert unpack(other).remarks == ("Changed since they were written, and taken as they are now: risks.",)
    more = broken(whole, "data/risk.csv", lambda raw: raw.replace(b"\r\n", b",x\r\n").replace(b",x", b",mood", 1))
    assert unpack(more).remarks[1] == "Not taken, since risks have no such field: mood."
    assert unpack(whole).remarks == ()


def test_a_package_of_an_earlier_schema_takes_what_is_new_as_in_a_new_record(
    store: Store, ana: Acting, tmp_path: Path
) -> None:
    add(store, "risk", {"title": "Late", "response": "treat"}, ana)
    earlier = broken(pack(whole_programme(store)), "datapackage.json", lambda raw: raw.replace(SCHEMA, b'"schema": 6'))
    earlier = broken(earlier, "data/risk.csv", lambda raw: raw.replace(b",visibility,", b",once,"))
    packed = unpack(earlier)
    assert packed.remarks[1] == "An earlier version of the program wrote this: what came since is as in a new record."
    with move_in(tmp_path / "new.db", packed, "ana", NOW, TODAY) as new:
        (risk,) = records(new, Risk)
        assert (risk.title, risk.visibility) == ("Late", "internal")


ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(("_x005F_x0041_", "x" * 40_000, "#N/A"))


@given(st.lists(st.tuples(ANY_TEXT, st.decimals(-(10**9), 10**13, places=2), st.dates()), max_size=6))
@settings(max_examples=400 if MANY else 40, deadline=None)
@example([("=1+1", Decimal("0.10"), date(1900, 2, 28)), ("TRUE", Decimal("9007199254740993.00"), date(2026, 1, 1))])
def test_any_text_amount_and_day_goes_out_and_comes_in(values: list[tuple[str, Decimal, date]]) -> None:
    columns = columns_written(Pilot)
    cells = [
        {"ref": f"P-{n}", "uid": f"{n}", "name": text, "budget": f"{amount:.2f}", "start": day.isoformat()}
        for n, (text, amount, day) in enumerate(values, 1)
    ]
    rows = tuple(tuple(row.get(column, "") for column in columns) for row in cells)
    programme = Programme("Any", (RegisterTable(Pilot, columns, rows),), {}, {"pilot": len(rows)})
    package = unpack(pack(programme))
    assert package.tables["pilot"] == [dict(zip(columns, row, strict=True)) for row in rows]
    assert taken_out(SourceFile("whole.xlsx", as_workbook(programme))) == package


def test_figures_and_days_of_a_workbook_are_such_and_formulas_are_none(store: Store, ana: Acting) -> None:
    add(store, "pilot", {"name": "=1+1", "budget": 150_050, "start": date(2026, 10, 1)}, ana)
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook(whole_programme(store, history=True))))
    head, pilot = book.get_sheet_by_name("pilot").to_python()
    cells = dict(zip(head, pilot, strict=True))
    assert (cells["name"], cells["budget"], cells["start"]) == ("=1+1", 1500.5, date(2026, 10, 1))
    changes = book.get_sheet_by_name("changes").to_python()
    assert changes[0][:3] == ["change", "at", "day"]
    assert ["pilot", "P-01", "*"] in [row[9:12] for row in changes]


def test_a_sheet_that_is_missing_is_named(store: Store, ana: Acting) -> None:
    add(store, "risk", {"title": "Late"}, ana)
    content = as_workbook(whole_programme(store))
    cut = broken(content, "xl/workbook.xml", lambda raw: raw.replace(b'name="risk"', b'name="hazard"'))
    with pytest.raises(TrackerError, match="There is no register “hazard” in this version"):
        taken_out(SourceFile("whole.xlsx", cut))
    with pytest.raises(TrackerError, match="cannot be read as a workbook"):
        taken_out(SourceFile("whole.xlsx", content[:5000]))
    with pytest.raises(TrackerError, match="is a whole programme: it makes a file of its own"):
        sheets_of(SourceFile("whole.xlsx", content), Layout())


def test_what_is_no_package_is_refused() -> None:
    with pytest.raises(TrackerError, match="The package cannot be read: it was cut off"):
        unpack(b"PK no zip")
    assert not is_package(b"a,b\n1,2\n")
