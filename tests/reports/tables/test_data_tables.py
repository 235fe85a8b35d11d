"""Tables as data: the same files, fields and types every month, each value of its type, and nothing lost."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from papers import DAY, PREV, begin

from tracker.entities import registers
from tracker.fields import Nothing
from tracker.reports.model import Report
from tracker.reports.render import csvpkg
from tracker.reports.render.sheets import sheets_of
from tracker.reports.tables.cells import READERS, Cell, read_cell
from tracker.reports.tables.data_tables import DataTable, data_tables, parts_of
from tracker.services.papers.building import pack, summary
from tracker.services.papers.public import published
from tracker.services.programme_file import open_programme
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, demo_file: bytes) -> dict[str, Report]:
    """Papers of the demo, of days far from each other."""
    path = tmp_path_factory.mktemp("data") / "demo.db"
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as store:
        return {
            "pack": pack(store, day=DAY, since=PREV),
            "alone": pack(store, day=DAY),
            "earlier": pack(store, day=date(2026, 9, 3), since=date(2026, 7, 1)),
            "summary": summary(store, day=DAY, since=PREV),
            "public": published(store, DAY).report,
        }


@pytest.fixture
def made(path: Path) -> Iterator[tuple[Store, Acting]]:
    store, by = begin(path, {"name": "Simpler Services"})
    with store:
        yield store, by


def tables(report: Report) -> dict[str, DataTable]:
    return {table.form.name: table for table in data_tables(report)[0]}


def package(report: Report) -> tuple[dict[str, list[dict[str, str]]], dict[str, list[tuple[str, str]]]]:
    """Return the rows of each file of a package, and its fields with their types."""
    zipped = zipfile.ZipFile(io.BytesIO(csvpkg.render(report).data))
    resources = json.loads(zipped.read("datapackage.json"))["resources"]
    fields = {one["path"]: [(field["name"], field["type"]) for field in one["schema"]["fields"]] for one in resources}
    texts = {path: io.StringIO(zipped.read(path).decode(), newline="") for path in fields}
    return {path: list(csv.DictReader(text)) for path, text in texts.items()}, fields


@pytest.mark.parametrize("name", ["pack", "alone", "earlier", "summary", "public"])
def test_every_table_and_every_column_of_a_paper_has_its_form(papers: dict[str, Report], name: str) -> None:
    filled, others = data_tables(papers[name])
    assert [part.table.id for part in others] == []
    for table in filled:
        titles = {title.format(spec.title) for spec in table.form.specs for title, _ in READERS[spec.read].fields}
        assert set(table.table.titles) - titles <= {"Remarks"}, table.form.name


def test_files_fields_and_types_stay_from_month_to_month(papers: dict[str, Report], made: tuple[Store, Acting]) -> None:
    store, _ = made
    _, wanted = package(papers["pack"])
    assert len(wanted) > 40 and not any("p-0" in path or "2026" in path for path in wanted)
    assert not any("2026" in field for fields in wanted.values() for field, _ in fields)
    on_request = {f"open-{register.kind}" for register in registers() if register.on_request} | {"benefits-by-year"}
    always = {path: typed for path, typed in wanted.items() if path[len("data/") : -len(".csv")] not in on_request}
    assert len(wanted) == len(always) + len(on_request)
    assert package(papers["alone"])[1] == wanted
    for report in (papers["earlier"], pack(store, day=DAY)):  # which have none of the registers on request yet
        assert package(report)[1] == always
    sheets = [
        [(sheet.name, sheet.table.titles) for sheet in sheets_of(papers[name]) if sheet.table.id not in on_request]
        for name in ("pack", "earlier")
    ]
    assert [sheet for sheet in sheets[0] if sheet[0] != "Chart figures"] == sheets[1]


def test_every_value_is_of_its_type(papers: dict[str, Report]) -> None:
    rows, fields = package(papers["pack"])
    kinds = {kind for typed in fields.values() for _, kind in typed}
    assert kinds == {"string", "number", "date", "boolean"}
    known = {"", "missing", "withheld", "not_yet_known", "not_applicable"}
    for path, typed in fields.items():
        for name, kind in typed:
            values = {row[name] for row in rows[path]} - known
            if kind == "date":
                assert all(date.fromisoformat(value) for value in values)
            elif kind == "number":
                assert all(isinstance(float(value), float) for value in values)
            elif kind == "boolean":
                assert values <= {"true", "false"}


def test_what_is_overdue_and_intervals_and_variance_have_columns(papers: dict[str, Report]) -> None:
    rows, _ = package(papers["pack"])
    reviews = {row["next_review"]: row["next_review_overdue"] for row in rows["data/top-risks.csv"]}
    assert set(reviews.values()) == {"true", "false"}
    assert all((day < DAY.isoformat()) == (late == "true") for day, late in reviews.items())
    first = rows["data/metrics.csv"][0]
    assert (first["before"], first["before_unit"], first["after"]) == ("69", "%", "83")
    assert (first["change"], first["change_low"], first["change_high"]) == ("14.1", "9.3", "18.8")
    assert ("-2500", "-0.014") in {(row["variance"], row["variance_share"]) for row in rows["data/finance.csv"]}
    assert rows["data/pilot-training.csv"][0]["share"] == "0.92"
    sheets = {sheet.name: sheet.table.rows for sheet in sheets_of(papers["pack"])}
    assert sheets["Pilot training"][0][4] == "92%"
    assert ("-2,500", "-1.4%") in {row[3:5] for row in sheets["Finance"]}


def test_no_metric_stands_twice(papers: dict[str, Report]) -> None:
    names = [row[0] for row in tables(papers["pack"])["metrics"].table.rows]
    assert len(names) == len(set(names)) == 11


def test_no_row_of_the_paper_is_lost(papers: dict[str, Report]) -> None:
    filled = tables(papers["pack"])
    for part in parts_of(papers["pack"]):
        pilots = part.kind == "metrics"  # which its own column names
        named = {row[0].partition(" (P-")[0] if pilots else row[0] for row in part.table.rows}
        named = {name for name in named if not name.startswith("Total of ")}
        cells = {cell for table in filled.values() for row in table.table.rows for cell in row}
        apart = {
            name for name in named if part.kind in ("rhythm-data", "metric-data") or name[:1].isdigit()
        }  # written with a day
        assert named - apart <= cells, part.table.id


def test_the_kinds_of_nothing_are_told_apart_and_declared(made: tuple[Store, Acting]) -> None:
    store, by = made
    for name, kind in (("Open", ""), ("Secret", "withheld"), ("Early", "not_yet_known"), ("Free", "not_applicable")):
        add(store, "pilot", {"name": name, "spend_to_date": 100, "budget": Nothing(kind) if kind else None}, by)
    report = pack(store, day=DAY)
    rows, _ = package(report)
    assert [row["budget"] for row in rows["data/finance.csv"]] == [
        "missing",
        "withheld",
        "not_yet_known",
        "not_applicable",
    ]
    zipped = zipfile.ZipFile(io.BytesIO(csvpkg.render(report).data))
    for resource in json.loads(zipped.read("datapackage.json"))["resources"]:
        missing = [entry["value"] for entry in resource["schema"]["missingValues"]]
        assert missing == ["", "missing", "withheld", "not_yet_known", "not_applicable"]
    (sheet,) = [sheet for sheet in sheets_of(report) if sheet.name == "Finance"]
    assert [(row[1], row[-1].partition(";")[0]) for row in sheet.table.rows] == [
        ("", "Budget: missing"),
        ("", "Budget: withheld"),
        ("", "Budget: not yet known"),
        ("", "Budget: not applicable"),
    ]


@pytest.mark.parametrize(
    ("read", "text", "cell"),
    [
        ("due", "17 Nov 2026 (overdue)", Cell(("2026-11-17", "Yes"))),
        ("due", "17 Nov 2026 (overdue, worked out)", Cell(("2026-11-17", "Yes"), "worked out")),
        ("due", "1 Dec 2026", Cell(("2026-12-01", "No"))),
        ("due", "Withheld", Cell(("withheld", "withheld"))),
        ("day", "Gate 11 Dec 2026", Cell(("2026-12-11",), "Gate")),
        ("day", "soon", Cell(("",), "soon")),
        ("day", "31 Feb 2026", Cell(("",), "31 Feb 2026")),
        ("share", "69 %", Cell(("0.69",))),
        ("share", "69%", Cell(("0.69",))),
        ("number", "1,234", Cell(("1234",))),
        ("number", "73 days late", Cell(("73",))),
        ("times", "never", Cell(("0",))),
        ("times", "3 times", Cell(("3",))),
        ("amount", "41.0 minutes", Cell(("41.0", "minutes"))),
        ("amount", "−38 min", Cell(("-38", "min"))),
        ("lasting", "2 h 30 min", Cell(("150", "minutes"))),
        ("lasting", "−1 d 4 h", Cell(("-1680", "minutes"))),
        ("lasting", "−11 d", Cell(("-15840", "minutes"))),
        ("lasting", "0 min", Cell(("0", "minutes"))),
        ("lasting", "−2", Cell(("-2", ""))),
        ("amount", "—", Cell(("", ""))),
        ("interval", "−11.5 (−17.0 to −6.0)", Cell(("-11.5", "-17.0", "-6.0"))),
        ("interval", "0.54 × (0.38 to 0.76)", Cell(("0.54", "0.38", "0.76"), "a factor")),
        ("interval", "–", Cell(("", "", ""))),
        ("part", "24 of 26", Cell(("24", "26"))),
        ("span", "20 Dec 2026 to 8 Jan 2027", Cell(("2026-12-20", "2027-01-08"))),
        ("span", "26 Oct to 6 Nov 2026", Cell(("2026-10-26", "2026-11-06"))),
        ("span", "Aug–Oct 2026", Cell(("2026-08-01", "2026-10-31"))),
        ("span", "Nov 2025–Feb 2026", Cell(("2025-11-01", "2026-02-28"))),
        ("period", "Before, Oct 2026", Cell(("Before", "2026-10-01", "2026-10-31"))),
        ("band", "Very high, 20", Cell(("Very high", "20"))),
        ("done", "Done 12 Nov 2026", Cell(("Done", "2026-11-12"))),
        ("done", "Dropped", Cell(("Dropped", ""))),
    ],
)
def test_a_cell_is_read_as_what_it_is(read: str, text: str, cell: Cell) -> None:
    assert read_cell(READERS[read], text) == cell


def test_a_variance_that_nobody_can_work_out_is_missing_in_both_its_fields(made: tuple[Store, Acting]) -> None:
    store, by = made
    add(store, "pilot", {"name": "Permits", "start": DAY, "budget": 100_00}, by)
    rows, _ = package(pack(store, day=DAY))
    (money,) = rows["data/finance.csv"]
    assert [money[name] for name in ("forecast", "variance", "variance_share")] == ["missing"] * 3
