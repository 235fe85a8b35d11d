"""The workbook: valid, a table a sheet, figures as figures, text as text, and nothing that runs."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openxml_audit import OpenXmlValidator
from sample_report import FORMULA, data, sample

from tracker.reports.files.canonical import digest
from tracker.reports.model import Brand, Chart, Column, Paragraph, Report, Section, Series, Table
from tracker.reports.render.native_charts import decimals
from tracker.reports.render.sheets import cut
from tracker.reports.render.xlsx.parts import footer_codes, number_format
from tracker.reports.render.xlsx.workbook import render

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738"
    "550000000049454e44ae426082"
)
FIRST = date(1899, 12, 30)  # Excel's day nought


@pytest.fixture(scope="module")
def file() -> bytes:
    return render(sample()).data


def paper(*tables: Table | Chart | Paragraph) -> Report:
    return replace(sample(), sections=(Section("s", "A section", tables),))


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as found:
        return found.read(name)


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of each sheet as Excel would see them: texts, numbers, None."""
    strings = ["".join(one.itertext()) for one in ElementTree.fromstring(part(data, "xl/sharedStrings.xml"))]
    book = ElementTree.fromstring(part(data, "xl/workbook.xml"))
    found = {}
    for number, sheet in enumerate(book.iter(M + "sheet"), 1):
        rows = []
        for row in ElementTree.fromstring(part(data, f"xl/worksheets/sheet{number}.xml")).iter(M + "row"):
            values: list[Any] = []
            for cell in row:
                value = cell.findtext(M + "v")
                shared = cell.get("t") == "s"
                values.append(None if value is None else strings[int(value)] if shared else float(value))
            rows.append(values)
        found[str(sheet.get("name"))] = rows
    return found


def test_office_would_open_it(file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(file)
    result = OpenXmlValidator().validate(str(path))
    assert not result.errors, [str(error) for error in result.errors][:5]


def test_no_cell_is_a_formula_and_nothing_is_merged_or_hidden(file: bytes) -> None:
    with zipfile.ZipFile(BytesIO(file)) as found:
        for name in found.namelist():
            xml = found.read(name)
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in xml and b"<f " not in xml
                assert b"mergeCell" not in xml and b'hidden="1"' not in xml
            assert b"<script" not in xml and not name.endswith(".bin")
        assert b'state="hidden"' not in found.read("xl/workbook.xml")
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_table_is_there_cell_for_cell_as_it_was(file: bytes) -> None:
    found = sheets(file)
    (hostile,) = [one for one in sample().sections if one.id == "hostile"]
    table = next(block for block in hostile.blocks if isinstance(block, Table))
    rows = found["Hostile"][1:]
    assert [row[1] for row in rows] == [cell or None for _, cell, _ in table.rows]
    assert [row[0] for row in rows] == [float(n) for n in range(len(table.rows))]
    assert found["Hostile"][0] == ["Number", "Text", FORMULA]


def test_figures_are_numbers_days_are_days_and_the_rest_is_text() -> None:
    columns = (Column("Name"), *(Column(title, "right") for title in ("Plain", "Share", "Money")), Column("Due"))
    rows = (
        ("007", "−11.5", "28%", "GBP 58,000", "12 Nov 2026"),
        ("1", "1,234", "3.5%", "GBP −2", "–"),
        ("x", "1,23", "not known", "58,000 GBP", "1 Jan 2027"),
    )
    one, two, three = sheets(render(paper(Table("t", "T", columns, rows))).data)["T"][1:]
    due = float((date(2026, 11, 12) - FIRST).days)
    assert one == ["007", -11.5, 0.28, 58000.0, due]
    assert two == ["1", 1234.0, 0.035, -2.0, "–"]
    assert three[:4] == ["x", "1,23", "not known", "58,000 GBP"] and isinstance(three[4], float)


def test_a_column_with_one_text_holds_no_days() -> None:
    table = Table("t", "T", (Column("Due"),), (("12 Nov 2026",), ("soon",)))
    assert sheets(render(paper(table)).data)["T"][1:] == [["12 Nov 2026"], ["soon"]]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("float0", "0;"),
        ("float1gs", "+#,##0.0;"),
        ("percentage0", "0%;"),
        ("currency0g-GBP", '"GBP "#,##0;'),
    ],
)
def test_number_formats(form: str, shown: str) -> None:
    assert number_format(form).startswith(shown) and number_format(form).count(";") == 2
    with pytest.raises(ValueError, match="no number format"):
        number_format("date; DROP")


def test_the_header_stays_and_repeats_and_filters(file: bytes) -> None:
    names = list(sheets(file))
    number = names.index("Pilots") + 1
    xml = part(file, f"xl/worksheets/sheet{number}.xml").decode()
    assert 'state="frozen"' in xml and 'ySplit="1"' in xml and 'orientation="landscape"' in xml
    assert 'fitToPage="1"' in xml and 'fitToHeight="0"' in xml
    assert (
        "'Pilots'!$1:$1" in part(file, "xl/workbook.xml").decode()
        or "Pilots!$1:$1" in part(file, "xl/workbook.xml").decode()
    )
    with zipfile.ZipFile(BytesIO(file)) as found:
        tables = [found.read(name).decode() for name in found.namelist() if name.startswith("xl/tables/")]
    assert len(tables) == len(names) - 1 and all("<autoFilter" in one for one in tables)


def test_the_cover_links_to_every_sheet_and_says_what_it_is(file: bytes) -> None:
    found = sheets(file)
    cover = [cell for row in found["Cover"] for cell in row]
    assert digest(sample()) in cover and "12 Nov 2026 (frozen 12 Nov 2026 17:00 UTC)" in cover
    links = re.findall(r'location="\'([^\']+)\'!A1"', part(file, "xl/worksheets/sheet1.xml").decode())
    assert links == [name for name in found if name != "Cover"]
    assert not [name for name in found if len(name) > 31] and len({name.casefold() for name in found}) == len(found)


def test_the_words_outside_tables_are_kept(file: bytes) -> None:
    text = [cell for row in sheets(file)["Text"] for cell in row]
    for said in ("Two decisions are sought.\nThe first is needed today.", "■ Red", "None recorded – checked.", "72%"):
        assert said in text


def test_an_empty_table_says_so(file: bytes) -> None:
    assert sheets(file)["Nothing"][1] == ["None recorded.", None]


def test_charts_point_at_cells_and_say_what_they_show(file: bytes) -> None:
    with zipfile.ZipFile(BytesIO(file)) as found:
        charts = [found.read(name).decode() for name in found.namelist() if name.startswith("xl/charts/chart")]
        drawings = "".join(found.read(name).decode() for name in found.namelist() if name.startswith("xl/drawings/d"))
    assert len(charts) == 5
    for xml in charts:  # a title that is text could be taken for a formula
        title = xml.split("</c:title>")[0]
        assert re.search(r"<c:f>(?:'\w+ figures'|\w+)!\$A\$\d+</c:f>", title), title
    assert len(re.findall(r'<xdr:cNvPr [^>]*descr="[^"]+"', drawings)) == 5


def bars(*values: float | None) -> Chart:
    labels = ("One", "Two")
    series = Series("Done", values)
    return Chart("c", "bars", "Title", "Alt", labels, (series,), data("c", labels, series))


def test_what_is_not_known_is_no_nought_in_a_chart() -> None:
    assert sheets(render(paper(bars(1.0, None))).data)["Chart figures"][1:] == [
        ["Title", "Done", "One", 1.0, None, None, None, None],
        ["Title", "Done", "Two", None, None, None, None, None],
    ]
    assert list(sheets(render(paper(bars(None, None))).data)) == ["Cover", "Text", "C"]


def test_a_sheet_has_so_many_charts_and_no_more() -> None:
    many = [replace(bars(1.0, 2.0), data=replace(bars(1.0, 2.0).data, id=f"p-{n:02}-c-data")) for n in range(42)]
    made = render(paper(*many))
    assert len(re.findall(r"xl/charts/chart\d+\.xml", str(zipfile.ZipFile(BytesIO(made.data)).namelist()))) == 40
    assert made.notes == (
        "XLSX: 2 charts were left out, since a sheet has 40 at most; their figures are in its table.",
    )


def test_a_chart_shows_figures_apart_however_small() -> None:
    assert [decimals(bars(*one)) for one in ((1.0, 20.0), (0.5, 20.0), (0.007, 0.0038), (0.0, None))] == [
        "#,##0", "#,##0.0", "#,##0.0000", "#,##0"
    ]  # fmt: skip


def test_the_foot_of_a_page() -> None:
    assert footer_codes("R&D") == "&LR&&D&RPage &P of &N"
    long = footer_codes("&" * 400)
    assert len(long) <= 255 and long.endswith("…&RPage &P of &N")
    assert long.removeprefix("&L").split("…")[0].count("&") % 2 == 0


def test_a_text_too_long_for_a_cell_is_cut_and_told() -> None:
    made = render(paper(Paragraph("😀" * 20_000)))
    assert len(made.notes) == 1 and "1 text was too long" in made.notes[0]
    assert cut("abc", 3) == "abc" and cut("abcd", 3) == "ab…" and cut("😀😀", 3) == "😀…"


def test_properties(file: bytes) -> None:
    core = part(file, "docProps/core.xml").decode()
    assert digest(sample())[:12] in core and "2026-11-12T00:00:00Z" in core
    assert set(re.findall(r">(\d{4}-\d\d-\d\dT[^<]*)<", core)) == {"2026-11-12T00:00:00Z"}


def test_the_logo_has_its_words() -> None:
    made = render(paper(), Brand(organisation="A", logo=DOT, logo_type="png", logo_alt="A tree")).data
    assert 'descr="A tree"' in part(made, "xl/drawings/drawing1.xml").decode()
