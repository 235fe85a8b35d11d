"""OpenDocument text and sheets: valid, accessible, the same bytes each time, and text in them is only ever text."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OdfValidator
from sample_report import sample

from tracker.reports.files.canonical import digest
from tracker.reports.model import Block, Brand, Chart, Column, Heading, PageBreak, Paragraph, Report, Section, Table
from tracker.reports.render.odf import parts as odf_parts
from tracker.reports.render.odf import sheets as ods
from tracker.reports.render.odf import text as odt
from tracker.reports.render.statuses import is_status
from tracker.reports.typography.table_widths import column_widths

N = {prefix: f"{{{name}}}" for prefix, name in odf_parts.NAMES.items()}
steady = settings(derandomize=True, max_examples=100, deadline=None)


@pytest.fixture(scope="module")
def report() -> Report:
    return sample()


@pytest.fixture(scope="module")
def text(report: Report) -> bytes:
    return odt.render(report).data


@pytest.fixture(scope="module")
def sheets(report: Report) -> bytes:
    return ods.render(report).data


def part(data: bytes, name: str) -> ElementTree.Element:
    with ZipFile(BytesIO(data)) as file:
        return ElementTree.fromstring(file.read(name))


def raw(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as file:
        return file.read(name).decode()


def shown(element: ElementTree.Element) -> str:
    """Return the text of an element as an editor shows it."""
    found = element.text or ""
    for child in element:
        if child.tag == N["text"] + "s":
            found += " " * int(child.get(N["text"] + "c", "1"))
        elif child.tag in (N["text"] + "line-break", N["text"] + "tab"):
            found += "\n"
        elif child.tag not in (N["svg"] + "title", N["svg"] + "desc"):
            found += shown(child)
        found += child.tail or ""
    return found


def texts(root: ElementTree.Element) -> list[str]:
    return [shown(one) for one in root.iter() if one.tag in (N["text"] + "p", N["text"] + "h")]


def every_cell(report: Report) -> list[str]:
    blocks = [block for section in report.sections for block in section.blocks]
    tables = [block.data if isinstance(block, Chart) else block for block in blocks if isinstance(block, Table | Chart)]
    return [cell for table in tables for row in table.rows for cell in row]


def paper(*blocks: Block, new_page: bool = False) -> Report:
    return replace(sample(), sections=(Section("s", "A section", blocks, new_page),))


@pytest.mark.parametrize(("kind", "media"), [("text", odf_parts.TEXT), ("sheets", odf_parts.SHEET)])
def test_the_package_is_as_readers_want_it(
    kind: str, media: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    data: bytes = request.getfixturevalue(kind)
    with ZipFile(BytesIO(data)) as file:
        parts = file.infolist()
        assert (parts[0].filename, parts[0].compress_type, file.read("mimetype")) == (
            "mimetype",
            ZIP_STORED,
            media.encode(),
        )
        assert {one.date_time for one in parts} == {(1980, 1, 1, 0, 0, 0)}
        listed = re.findall(r'full-path="([^"]+)"', file.read("META-INF/manifest.xml").decode())
    folders = [name for name in listed[1:] if name.endswith("/")]  # of charts: listed, since they are documents
    assert [name for name in listed[1:] if name not in folders] == [one.filename for one in parts[2:]]
    assert folders == ([] if kind == "text" else [f"Object {n}/" for n in range(1, 6)])
    path = tmp_path / f"paper.{media[-4:]}"
    path.write_bytes(data)
    found = OdfValidator(semantic_validation=False, relaxng_validation=True, require_schema_routes=False).validate(path)
    assert [error for error in found.errors if error.severity.value == "error"] == []


def test_both_say_what_they_are(report: Report, text: bytes, sheets: bytes) -> None:
    for data in (text, sheets):
        meta = part(data, "meta.xml")
        said = {one.tag: one.text for one in meta.iter()}
        assert said[N["dc"] + "title"] == "Simpler Services: board pack"
        assert said[N["dc"] + "language"] == "en-GB"
        assert digest(report) in (said[N["dc"] + "description"] or "")
        assert 'fo:language="en" fo:country="GB"' in raw(data, "styles.xml")
        foot = " ".join(texts(part(data, "styles.xml")))
        for expected in ("Simpler Services", "12 Nov 2026", "SN-002", digest(report)[:12], "OFFICIAL"):
            assert expected in foot
        assert "Draft" not in foot
    draft = replace(report, header=replace(report.header, frozen=""), sections=())
    for renderer in (odt, ods):
        assert "Draft" in " ".join(texts(part(renderer.render(draft).data, "styles.xml")))


def test_every_word_is_in_the_text(report: Report, text: bytes) -> None:
    found = {" ".join(one.split()) for one in texts(part(text, "content.xml"))}
    for cell in every_cell(report):
        assert " ".join(cell.split()) in found
    for block in report.sections[0].blocks:
        if isinstance(block, Paragraph | Heading):
            assert " ".join(block.text.split()) in found
    everything = " ".join(found)
    for words in ("Late entry: R-014", "■ Red: Parking", "“The pilots are", "First, agree", "None recorded – checked."):
        assert words in everything


def test_the_text_is_accessible(text: bytes) -> None:
    content = part(text, "content.xml")
    levels = [int(one.get(N["text"] + "outline-level", "0")) for one in content.iter(N["text"] + "h")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    for table in content.iter(N["table"] + "table"):
        assert table.find(N["table"] + "table-header-rows") is not None
    frames = list(content.iter(N["draw"] + "frame"))
    assert len(frames) == 7
    assert all(one.findtext(N["svg"] + "desc") for one in frames)
    assert frames[0].findtext(N["svg"] + "desc", "").startswith("Reported confidence went from green")


def test_the_contents_lead_to_every_section(report: Report, text: bytes) -> None:
    content = part(text, "content.xml")
    links = [one.get("{http://www.w3.org/1999/xlink}href", "")[1:] for one in content.iter(N["text"] + "a")]
    marks = [one.get(N["text"] + "name") for one in content.iter(N["text"] + "bookmark-start")]
    assert links == marks and len(links) == len(report.sections)
    assert not list(part(odt.render(paper(Paragraph("x"))).data, "content.xml").iter(N["text"] + "table-of-content"))


def test_headings_skip_no_level() -> None:
    content = part(odt.render(paper(Heading("deep", 6), Heading("next", 4), Heading("", 3))).data, "content.xml")
    heads = [(one.get(N["text"] + "outline-level"), shown(one)) for one in content.iter(N["text"] + "h")]
    assert heads == [("1", "A section"), ("2", "deep"), ("3", "next"), ("2", "Untitled")]


def test_a_new_page_begins_where_it_is_asked_for() -> None:
    def breaks(*blocks: Block, new_page: bool = False) -> int:
        return raw(odt.render(paper(*blocks, new_page=new_page)).data, "content.xml").count('fo:break-before="page"')

    table = Table("t", "", (Column("A"),), (("a",),))
    assert breaks(Paragraph("x")) == 0
    assert breaks(Paragraph("x"), PageBreak(), table) == 1
    assert breaks(PageBreak(), Paragraph("x")) == 0  # right below its heading
    assert breaks(PageBreak(), Paragraph("x"), new_page=True) == 1


def test_only_a_plain_status_is_coloured() -> None:
    assert is_status("● Green") and is_status("▲ Amber, stale")
    assert not any(map(is_status, ("● Green → ▲ Amber: late", "Green", "●", "● " + "x" * 80)))
    rows = (("● Green", "● Green → ■ Red"),)
    content = raw(odt.render(paper(Table("t", "", (Column("A"), Column("B")), rows))).data, "content.xml")
    assert content.count('table:style-name="ttCell_green"') == 1
    assert "●\u00a0Green → ■\u00a0Red" in content


def test_a_squeezed_column_of_sentences_becomes_a_table_of_its_own(report: Report) -> None:
    table = next(block for block in report.sections[1].blocks if isinstance(block, Table))
    content = part(odt.render(paper(table)).data, "content.xml")
    heads = [
        [shown(cell) for row in one.iter(N["table"] + "table-header-rows") for cell in row.iter(N["text"] + "p")]
        for one in content.iter(N["table"] + "table")
    ]
    assert heads == [["Pilot", "Phase", "Reported", "Evidence", "Budget, GBP"], ["Pilot", "What changed"]]


@steady
@given(st.lists(st.lists(st.text("ab ,●1日\n", max_size=90), min_size=3, max_size=3), max_size=6), st.booleans())
def test_columns_fit_the_page(rows: list[list[str]], header: bool) -> None:
    columns = (Column("One column"), Column("N", "right"), Column("Long", long=True))
    table = Table("t", "", columns, tuple(map(tuple, rows)), row_header=header)
    for room in (17.4, 8.0, 2.0):
        widths = column_widths(table, 11, room)
        assert sum(widths) <= room + 1e-6 and min(widths) > 0


def test_page_size_accent_and_logo_come_from_the_brand() -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (200).to_bytes(4, "big") + (50).to_bytes(4, "big")
    brand = Brand("Harbour & Co", png, "png", "The harbour's <sign>", "#7a1e48", "letter")
    made = odt.render(paper(Paragraph("x")), brand).data
    styles = raw(made, "styles.xml")
    assert 'fo:page-width="21.59cm"' in styles and "#7a1e48" in styles and "Harbour &amp; Co" in styles
    frame = next(part(made, "content.xml").iter(N["draw"] + "frame"))
    assert frame.findtext(N["svg"] + "desc") == "The harbour's <sign>"
    assert (frame.get(N["svg"] + "width"), frame.get(N["svg"] + "height")) == ("6.00cm", "1.50cm")


def test_an_unknown_block_is_refused() -> None:
    for renderer in (odt, ods):
        with pytest.raises(TypeError, match="block"):
            renderer.render(paper(Block()))


def test_sheets_have_a_cover_a_table_each_and_no_formula(report: Report, sheets: bytes) -> None:
    content = part(sheets, "content.xml")
    names = [one.get(N["table"] + "name", "") for one in content.iter(N["table"] + "table")]
    assert names[:3] == ["Cover", "Text", "Pilots"]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]*?:/\\'") for name in names)
    assert "table:formula" not in raw(sheets, "content.xml") and "spanned" not in raw(sheets, "content.xml")
    found = {" ".join(one.split()) for one in texts(content)}
    lines = {" ".join(line.split()) for cell in every_cell(report) for line in cell.split("\n")}
    assert lines <= {*found, ""}
    for row in content.iter(N["table"] + "table-row"):
        assert list(row.iter(N["text"] + "p")) or list(row.iter(N["draw"] + "frame"))
    covered = [one.get("{http://www.w3.org/1999/xlink}href") for one in content.iter(N["text"] + "a")]
    assert covered == [f"#'{name}'.A1" for name in names[1:]]
    kinds = {one.get(N["office"] + "value-type") for one in content.iter(N["table"] + "table-cell")}
    assert kinds == {"string", "float", "percentage", "date", None}


def test_sheets_have_native_charts_that_say_what_they_show(sheets: bytes) -> None:
    frames = list(part(sheets, "content.xml").iter(N["draw"] + "frame"))
    assert len(frames) == 5 and all(one.findtext(N["svg"] + "desc") for one in frames)
    interval = raw(sheets, "Object 1/content.xml")
    assert 'chart:error-category="cell-range"' in interval and "'Chart figures'.D2:D3" in interval
    assert "Completed online" in interval and "table:formula" not in interval
    hostile = raw(sheets, "Object 5/content.xml")
    assert "<text:p>=cmd|'/C calc'!A0</text:p>" in hostile


def test_a_rating_has_its_fill_and_a_row_its_name() -> None:
    table = Table("t", "", (Column("Pilot"), Column("Evidence")), (("P-01", "■ Red"), ("P-02", "Red")))
    content = raw(ods.render(paper(table)).data, "content.xml")
    assert content.count('table:style-name="status-red"') == 1 and content.count('table:style-name="name"') > 2


def test_names_of_sheets_are_short_and_told_apart() -> None:
    column = (Column("A"),)
    ids = ("cover", "a/b:c[d]", "x" * 50, "x" * 50 + "y", "", "'")
    made = ods.render(paper(*(Table(one, "", column, (("a",),)) for one in ids)))
    names = re.findall(r'table:table table:name="([^"]*)"', raw(made.data, "content.xml"))
    assert names == ["Cover", "Cover 2", "A b c d", f"X{'x' * 29}…", f"X{'x' * 27}… 2", "Table 5", "Table 6"]


def test_definitions_stand_on_the_cover() -> None:
    section = Section("about", "About this paper", (Paragraph("Score: likelihood × impact"),))
    content = part(ods.render(replace(sample(), sections=(section,))).data, "content.xml")
    cover = next(content.iter(N["table"] + "table"))
    assert "Score: likelihood × impact" in texts(cover)


_AGAIN = """import sys; sys.path.insert(0, "tests/helpers")
from hashlib import sha256
from sample_report import sample
from tracker.reports.render.odf import text as odt
from tracker.reports.render.odf import sheets as ods
report = sample()
print(*(sha256(one.render(report).data).hexdigest() for one in (odt, ods)))"""


def test_the_same_paper_gives_the_same_bytes_elsewhere(text: bytes, sheets: bytes) -> None:
    surroundings = {"TZ": "Asia/Kolkata", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"}
    root = Path(__file__).parents[3]
    found = subprocess.run(
        [sys.executable, "-c", _AGAIN], env={**os.environ, **surroundings}, cwd=root, capture_output=True, text=True
    )
    assert found.stdout.split() == [sha256(data).hexdigest() for data in (text, sheets)], found.stderr


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_reads_texts_as_texts(sheets: bytes, tmp_path: Path) -> None:
    (tmp_path / "paper.ods").write_bytes(sheets)
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "paper.ods")], capture_output=True, check=True, timeout=60)
    read = (tmp_path / "paper.fods").read_text()
    assert "table:formula" not in read and "=cmd|" in read
    assert 'office:value-type="percentage" office:value="0.784"' in read


def test_a_row_of_a_sheet_is_as_high_as_its_lines() -> None:
    long = Table("t", "T", (Column("Name"), Column("Text", long=True)), (("A", "word " * 60), ("B", "short")))
    content = raw(ods.render(paper(long)).data, "content.xml")
    lines = max(re.findall(r'table:style-name="lines(\d+)"', content), key=int)
    height = re.search(rf'style:name="lines{lines}".*?row-height="([\d.]+)cm"', content)
    assert height is not None and float(height[1]) > int(lines) * 0.48
