"""Tables as open data: valid packages, numbers that stay numbers, and no cell that a spreadsheet could run."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sample_report import sample

from tracker.reports.files.canonical import digest
from tracker.reports.model import Column, Header, Rendered, Report, Section, Table
from tracker.reports.render.csvpkg import render
from tracker.reports.render.formulas import FORMULA, guarded

ROOT = Path(__file__).parents[3]
HEADER = Header("paper", "Programme", "Board", date(2026, 11, 12), None, "Internal", "", "Draft", "abcd1234")


def package(*tables: Table) -> zipfile.ZipFile:
    report = Report(HEADER, (Section("s", "A section", tables),))
    return zipfile.ZipFile(io.BytesIO(render(report).data))


def rows(zipped: zipfile.ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(zipped.read(f"data/{name}.csv").decode(), newline="")))


@pytest.fixture(scope="module")
def made() -> Rendered:
    return render(sample())


@pytest.fixture(scope="module")
def folder(made: Rendered, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("package")
    zipfile.ZipFile(io.BytesIO(made.data)).extractall(path)
    yield path


@pytest.mark.filterwarnings("ignore")  # what the checkers' own libraries warn of is not ours
def test_frictionless_finds_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from frictionless import validate

    monkeypatch.chdir(folder)
    report = validate("datapackage.json")
    assert report.valid, report.flatten(["title", "type", "note"])
    assert len(report.tasks) == len(list((folder / "data").glob("*.csv")))


@pytest.mark.filterwarnings("ignore")
def test_csvw_finds_nothing(folder: Path) -> None:
    from csvw import CSVW

    for file in sorted((folder / "data").glob("*.csv")):
        found = CSVW(str(file), md_url=f"{file}-metadata.json", validate=True)
        assert found.is_valid, (file.name, [str(one.message) for one in found.warnings])


def test_no_cell_is_a_formula_and_the_changed_ones_are_counted(made: Rendered, folder: Path) -> None:
    changed = 0
    for file in (folder / "data").glob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")):
            changed += sum(cell.startswith("'") for cell in row)
            assert not any(cell.strip().startswith(tuple("=@＝＠")) for cell in row)
    assert changed >= 3
    assert made.notes == (
        f"CSV: {changed} cells that begin with a sign of a formula (= + - @) have an apostrophe in front; "
        "report.json in the package has the text as it was.",
    )


def test_the_package_holds_the_untouched_paper_and_says_what_it_is(folder: Path) -> None:
    paper = sample()
    assert json.loads((folder / "report.json").read_text(encoding="utf-8")) == json.loads(json.dumps(paper.to_dict()))
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert digest(paper) in readme and "Position as of: 12 Nov 2026 (frozen 12 Nov 2026 17:00 UTC)" in readme
    assert {f"data/{file.name}" for file in (folder / "data").glob("*.csv")} == {
        line.partition(" - ")[0] for line in readme.splitlines() if line.startswith("data/")
    }
    assert (folder / "data" / "matrix-data.csv").exists()  # the table of a chart is one too


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("\u3000\uff1d1+1", "'\u3000\uff1d1+1"),
        ("\uff0bSUM", "'\uff0bSUM"),
        ("\uff0dx", "'\uff0dx"),
        ("\uff20x", "'\uff20x"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\n=1", "'\n=1"),
        ("- agreed", "'- agreed"),
        ("-3.5", "-3.5"),
        ("+4", "+4"),
        ("-£1,200", "-£1,200"),
        ("-12%", "-12%"),
        ("−3", "−3"),
        ("–", "–"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_the_guard(cell: str, wanted: str) -> None:
    assert guarded(cell) == wanted


def test_every_sign_of_a_formula_is_guarded() -> None:
    assert all(guarded(f"{sign}A1") == f"'{sign}A1" for sign in FORMULA)


def test_numbers_are_numbers_only_where_the_whole_column_is() -> None:
    columns = (Column("Ref"), Column("Budget", "right"), Column("Score", "right"), Column("Code"))
    zipped = package(
        Table("t", "c", columns, (("a", "12,345.50", "3", "007"), ("b", "-3", "–", "008"), ("c", "", "1", "9")))
    )
    fields: list[Any] = json.loads(zipped.read("datapackage.json"))["resources"][1]["schema"]["fields"]
    assert [field["type"] for field in fields] == ["string", "number", "string", "string"]
    assert rows(zipped, "t")[1:] == [["a", "12345.50", "3", "007"], ["b", "-3", "–", "008"], ["c", "", "1", "9"]]


def test_names_are_ascii_and_never_twice() -> None:
    columns = (Column("Größe"), Column("Größe"), Column("تجديد"), Column(""))
    zipped = package(Table("Été", "c", columns, (("1", "2", "3", "4"),)), Table("ete", "d", (Column("x"),), (("y",),)))
    assert rows(zipped, "ete")[0] == ["groe", "groe_2", "column_3", "column_4"]
    assert rows(zipped, "ete-2") == [["x"], ["y"]]


def test_a_paper_without_tables_is_still_a_package() -> None:
    zipped = package()
    resources = json.loads(zipped.read("datapackage.json"))["resources"]
    assert [(one["name"], one["dialect"]["delimiter"]) for one in resources] == [("paper", ",")]
    assert ["Position as of", "12 Nov 2026"] in rows(zipped, "paper")


def test_a_row_without_any_text_is_no_record() -> None:
    assert rows(package(Table("t", "c", (Column("x"),), (("",), ("a",), (" ",)))), "t") == [["x"], ["a"]]


def test_the_same_bytes_anywhere(made: Rendered) -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/helpers'); from hashlib import sha256; "
        "from sample_report import sample; "
        "from tracker.reports.render.csvpkg import render; print(sha256(render(sample()).data).hexdigest())"
    )
    here = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "LC_ALL": "ar_EG.UTF-8"}
    done = subprocess.run([sys.executable, "-c", code], env=here, cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == sha256(made.data).hexdigest()
