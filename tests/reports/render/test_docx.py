"""A paper as a Word document: valid, accessible, the same bytes each time, and text in it is only ever text."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx_integrity import check
from lxml import etree
from openxml_audit import OpenXmlValidator
from sample_report import ARABIC, HINDI, sample

from tracker.reports.files.canonical import digest
from tracker.reports.model import (
    PLAIN,
    Brand,
    Bullets,
    Chart,
    Column,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Section,
    Series,
    Table,
)
from tracker.reports.render.docx import document as docx
from tracker.reports.render.flow.tables import across

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = {"w": W[1:-1], "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}


@pytest.fixture(scope="module")
def report() -> Report:
    return sample()


@pytest.fixture(scope="module")
def made(report: Report) -> bytes:
    return docx.render(report).data


@pytest.fixture(scope="module")
def body(made: bytes) -> Any:
    return part(made, "word/document.xml")


def part(data: bytes, name: str) -> Any:
    with ZipFile(BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def shown(paragraph: Any) -> str:
    return "".join("\n" if one.tag == f"{W}br" else one.text or "" for one in paragraph.iter(f"{W}t", f"{W}br"))


def texts(root: Any) -> list[str]:
    return [shown(one) for one in root.iter(f"{W}p")]


def paper(*blocks: Any, new_page: bool = False) -> Report:
    return replace(sample(), sections=(Section("s", "A section", blocks, new_page),))


def sound(data: bytes, folder: Path) -> None:
    """Assert that both checkers find nothing."""
    path = folder / "paper.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in check(path)] == []


def test_word_would_open_it(made: bytes, tmp_path: Path) -> None:
    sound(made, tmp_path)
    with ZipFile(BytesIO(made)) as file:
        parts = file.infolist()
        assert {one.date_time for one in parts} == {(1980, 1, 1, 0, 0, 0)}
        assert parts[0].filename == "[Content_Types].xml"
        assert not [one.filename for one in parts if re.search("stylesWithEffects|thumbnail|customXml", one.filename)]
        assert b"External" not in b"".join(file.read(one) for one in parts if one.filename.endswith(".rels"))


def test_it_says_what_it_is(report: Report, made: bytes) -> None:
    said = {one.tag.rsplit("}")[-1]: one.text or "" for one in part(made, "docProps/core.xml")}
    assert said["title"] == "Simpler Services: board pack"
    assert said["language"] == "en-GB"
    assert digest(report) in said["description"]
    assert (said["created"], said["modified"]) == ("2026-11-12T17:00:00Z",) * 2
    assert part(made, "word/styles.xml").xpath("//w:rPrDefault//w:lang/@w:val", namespaces=SPACE) == ["en-GB"]
    foot = " ".join(texts(part(made, "word/footer1.xml")))
    for words in ("Simpler Services", "12 Nov 2026", "SN-002", digest(report)[:12], "Page 1 of 1"):
        assert words in foot
    assert "Draft" not in foot
    assert "OFFICIAL" in " ".join(texts(part(made, "word/header1.xml")))


def test_a_draft_says_so_and_long_names_fit(report: Report, tmp_path: Path) -> None:
    header = replace(report.header, frozen="", programme="P" * 400, board="B" * 400, generator="G" * 400)
    found = docx.render(replace(report, header=header, sections=()))
    assert "Draft" in " ".join(texts(part(found.data, "word/footer1.xml")))
    assert "Draft" in " ".join(texts(part(found.data, "word/header1.xml")))
    assert max(len(one.text or "") for one in part(found.data, "docProps/core.xml")) <= 255
    sound(found.data, tmp_path)


def test_every_word_is_in_it(report: Report, body: Any) -> None:
    found = {" ".join(one.split()) for one in texts(body)}
    blocks = [block for section in report.sections for block in section.blocks]
    tables = [block.data if isinstance(block, Chart) else block for block in blocks if isinstance(block, Table | Chart)]
    for cell in (cell for table in tables for row in table.rows for cell in row):
        assert " ".join(cell.split()) in found
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            assert " ".join(block.text.split()) in found
    everything = " ".join(found)
    for words in ("Late entry: R-014", "■ Red: Parking", "“The pilots are", "First, agree", "None recorded – checked."):
        assert words in everything


def test_it_is_accessible(report: Report, body: Any) -> None:
    styles = body.xpath("//w:pStyle/@w:val", namespaces=SPACE)
    levels = [int(style[-1]) for style in styles if re.fullmatch(r"Heading\d", style)]
    assert levels[0] == 1 and set(levels) == {1, 2, 3}
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {"Title", "Caption", "ListBullet", "ListNumber", "Quote"} <= set(styles)
    (page,), (margins,) = body.iter(f"{W}pgSz"), body.iter(f"{W}pgMar")
    room = int(page.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    for table in body.iter(f"{W}tbl"):
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table.xpath("./w:tblPr/w:tblCaption/@w:val", namespaces=SPACE)[0]
        grid = [int(one) for one in table.xpath("./w:tblGrid/w:gridCol/@w:w", namespaces=SPACE)]
        assert sum(grid) <= room + len(grid) and min(grid) > 200
        for row in table.iter(f"{W}tr"):
            assert [int(one) for one in row.xpath("./w:tc/w:tcPr/w:tcW/@w:w", namespaces=SPACE)] == grid
    charts = [block for section in report.sections for block in section.blocks if isinstance(block, Chart)]
    said = body.xpath("//wp:docPr/@descr", namespaces=SPACE)
    assert said == [" ".join(chart.alt.split()) for chart in charts]
    numbers = body.xpath("//wp:docPr/@id | //w:bookmarkStart/@w:id", namespaces=SPACE)
    assert len(set(numbers)) == len(numbers)


def test_a_status_has_a_light_fill_and_keeps_its_words(body: Any) -> None:
    cells = {shown(cell).replace("\u00a0", " "): cell for cell in body.iter(f"{W}tc")}
    assert "●\u00a0Green" in {shown(cell) for cell in body.iter(f"{W}tc")}  # mark and word stay on one line
    fills = {
        words: cells[words].xpath("./w:tcPr/w:shd/@w:fill", namespaces=SPACE)
        for words in ("● Green", "▲ Amber", "■ Red", "○ Not rated", "◆ Amber/Red", "Private beta")
    }
    assert fills.pop("Private beta") == []
    assert len({tuple(fill) for fill in fills.values()}) == len(fills)
    assert all(int(fill[0][n : n + 2], 16) > 0xA0 for fill in fills.values() for n in (0, 2, 4))


def test_each_script_is_set_as_word_wants_it(body: Any) -> None:
    runs = {shown(run): run for run in body.iter(f"{W}r")}
    right = runs[ARABIC].find(f"{W}rPr")
    assert right.find(f"{W}rtl") is not None and right.find(f"{W}lang").get(f"{W}bidi") == "ar-SA"
    indic = runs[HINDI].find(f"{W}rPr")
    assert indic.find(f"{W}cs") is not None and indic.find(f"{W}rFonts").get(f"{W}cs") == "Nirmala UI"
    (turned,) = {p.find(f"{W}pPr/{W}bidi") is not None for p in body.iter(f"{W}p") if shown(p) == ARABIC}
    assert turned


def test_the_contents_are_written_out_and_lead_to_their_sections(report: Report, body: Any) -> None:
    titles = [section.title for section in report.sections]
    links = list(body.iter(f"{W}hyperlink"))
    assert [shown(link) for link in links] == titles
    marks = {one.get(f"{W}name"): shown(one.getparent()) for one in body.iter(f"{W}bookmarkStart")}
    assert [marks[link.get(f"{W}anchor")] for link in links] == titles
    assert any("TOC" in (one.text or "") for one in body.iter(f"{W}instrText"))
    short = replace(report, sections=report.sections[:2])
    assert not list(part(docx.render(short).data, "word/document.xml").iter(f"{W}hyperlink"))


def test_pages_begin_where_they_should_and_none_is_empty() -> None:
    def fresh(*blocks: Any, new_page: bool = False) -> list[str]:
        root = part(docx.render(paper(*blocks, new_page=new_page)).data, "word/document.xml")
        return [shown(one.getparent().getparent()) for one in root.iter(f"{W}pageBreakBefore")]

    table = Table("t", "A caption", (Column("One"),), (("1",),))
    assert fresh(Paragraph("x")) == []
    assert fresh(PageBreak(), table, new_page=True) == ["A section"]
    assert fresh(Paragraph("x"), PageBreak(), PageBreak(), table) == ["A caption"]


def test_each_numbered_list_begins_at_1() -> None:
    items = Bullets(("a", "b"), ordered=True)
    data = docx.render(paper(items, Paragraph("between"), items)).data
    root = part(data, "word/document.xml")
    found = root.xpath("//w:p[w:pPr/w:pStyle/@w:val='ListNumber']/w:pPr/w:numPr/w:numId/@w:val", namespaces=SPACE)
    assert found[0] == found[1] != found[2] == found[3]
    starts = part(data, "word/numbering.xml").xpath("//w:num[.//w:startOverride/@w:val='1']/@w:numId", namespaces=SPACE)
    assert set(found) <= set(starts)


def test_a_short_series_lies_across_the_page() -> None:
    columns = (Column("When"), Column("Value", "right"))
    table = Table("t", "c", columns, tuple((f"w{n}", str(n)) for n in range(6)))
    turned = across(table, 17)
    assert [column.title for column in turned.columns] == ["When", *(f"w{n}" for n in range(6))]
    assert turned.rows == (("Value", *"012345"),)
    wide = replace(table, rows=tuple(("a long name for a week" + str(n), "1") for n in range(12)))
    assert across(wide, 17) == wide
    assert across(replace(table, rows=table.rows[:2]), 17).rows == table.rows[:2]


def test_the_figures_of_a_large_chart_are_pointed_to() -> None:
    labels = tuple(f"Week {n}" for n in range(40))
    table = Table("d", "Data", (Column("Week"), Column("V", "right")), tuple((one, "1") for one in labels))
    chart = Chart("c", "bars", "A chart", "All are one.", labels, (Series("V", (1.0,) * 40),), table)
    root = part(docx.render(paper(chart)).data, "word/document.xml")
    assert not list(root.iter(f"{W}tbl"))
    assert any("All are one. All 40 rows of figures are in the data files." in text for text in texts(root))


def test_the_brand_is_seen(report: Report, tmp_path: Path) -> None:
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>'
    brand = Brand("Harbour <b>County", logo, "svg", "Logo of “Harbour”", "#7a1e48", "letter")
    data = docx.render(replace(report, sections=report.sections[:1]), brand).data
    root = part(data, "word/document.xml")
    assert root.xpath("//wp:docPr/@descr", namespaces=SPACE) == ["Logo of “Harbour”"]
    assert root.find(f".//{W}pgSz").get(f"{W}w") == "12240"
    styles = part(data, "word/styles.xml")
    assert styles.xpath("//w:style[@w:styleId='Heading1']//w:color/@w:val", namespaces=SPACE) == ["7A1E48"]
    assert "Harbour <b>County" in " ".join(texts(part(data, "word/header1.xml")))
    sound(data, tmp_path)


def test_typed_text_is_neither_field_nor_picture_nor_markup(made: bytes, body: Any) -> None:
    assert {(one.text or "").split()[0] for one in body.iter(f"{W}instrText")} == {"TOC"}
    tags = {etree.QName(one).localname for one in body.iter()}
    assert not tags & {"object", "control", "altChunk", "script", "fldSimple", "pict", "OLEObject"}
    with ZipFile(BytesIO(made)) as file:
        assert not [name for name in file.namelist() if "embed" in name or name.endswith((".bin", ".vml"))]


def test_the_same_paper_gives_the_same_bytes_elsewhere(report: Report, made: bytes, tmp_path: Path) -> None:
    assert docx.render(report, PLAIN).data == made
    script = (
        "from hashlib import sha256; from sample_report import sample; "
        "from tracker.reports.render.docx.document import render; "
        "print(sha256(render(sample()).data).hexdigest())"
    )
    other = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    path = os.pathsep.join(("tests/helpers", "."))
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[3],
        env={**os.environ, **other, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == sha256(made).hexdigest()


def test_a_block_without_a_rule_is_refused() -> None:
    with pytest.raises(TypeError, match="no words for a column"):
        docx.render(paper(Column("not a block of its own")))


def test_facts_that_fit_stand_beside_their_labels_on_the_one_page() -> None:
    report = paper(Paragraph("It is so. " * 450), Facts((("Interoperability", "Three"), ("What changed", "Six"))))
    (section,) = report.sections
    made = docx.render(replace(report, sections=(replace(section, one_page=True),))).data
    facts = [each for each in part(made, "word/document.xml").iter(f"{W}p") if "Interoperability" in shown(each)]
    assert [len(list(each.iter(f"{W}tab"))) for each in facts] == [1]
    assert not list(facts[0].iter(f"{W}br"))
