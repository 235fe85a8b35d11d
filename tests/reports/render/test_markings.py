"""Every page, slide and sheet says how the paper is marked, and what stands at its edges ends where the text ends."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from sample_report import sample

from tracker.reports.model import Paragraph, Report, Section, Table
from tracker.reports.render.docx.document import render as render_docx
from tracker.reports.render.odf.sheets import render as render_ods
from tracker.reports.render.odf.text import render as render_odt
from tracker.reports.render.pptx.presentation import render as render_pptx
from tracker.reports.render.xlsx.workbook import render as render_xlsx


def parts(data: bytes, pattern: str) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if re.fullmatch(pattern, name)}


def mixed() -> Report:
    """Return a paper of which some sections share a page with narrow margins, and others do not."""
    shared = Section("a", "One page", (Paragraph("x"),), one_page=True)
    return replace(sample(), sections=(shared, Section("b", "Another", (Paragraph("y"),), new_page=True)))


def test_every_slide_is_marked() -> None:
    slides = parts(render_pptx(sample()).data, r"ppt/slides/slide\d+\.xml")
    assert len(slides) > 2 and all("OFFICIAL" in xml for xml in slides.values())


def test_every_sheet_is_marked() -> None:
    sheets = parts(render_xlsx(sample()).data, r"xl/worksheets/sheet\d+\.xml")
    assert len(sheets) > 2 and all("&amp;ROFFICIAL" in xml for xml in sheets.values())
    assert "OFFICIAL" in parts(render_ods(sample()).data, "styles.xml")["styles.xml"]


def test_the_edges_of_narrow_pages_end_where_their_text_ends() -> None:
    data = render_docx(mixed()).data
    headers = parts(data, r"word/header\d*\.xml")
    stops = {stop for xml in headers.values() for stop in re.findall(r'w:val="right" w:pos="(\d+)"', xml)}
    document = parts(data, "word/document.xml")["word/document.xml"]
    rooms = {str(11906 - 2 * int(margin)) for margin in re.findall(r'<w:pgMar [^>]*w:left="(\d+)"', document)}
    assert all(any(abs(int(stop) - int(room)) < 3 for room in rooms) for stop in stops)
    assert len(stops) == len(rooms) == 2
    assert all("OFFICIAL" in xml for xml in headers.values())


@pytest.mark.parametrize("report", [sample(), mixed()])
def test_the_head_of_a_writer_document_says_what_that_of_a_word_document_says(report: Report) -> None:
    styles = parts(render_odt(report).data, "styles.xml")["styles.xml"]
    heads = re.findall(r"<style:header>(.*?)</style:header>", styles)
    words = {re.sub("<[^>]*>", " ", head).split() == [*report.header.programme.split(), "OFFICIAL"] for head in heads}
    assert heads and words == {True}


def test_a_line_that_leads_to_a_table_stays_with_it() -> None:
    (table,) = [block for section in sample().sections for block in section.blocks if isinstance(block, Table)][:1]
    report = replace(sample(), sections=(Section("s", "S", (Paragraph("Source: the register."), table)),))
    document = parts(render_docx(report).data, "word/document.xml")["word/document.xml"]
    leading = re.search(r"<w:p>(?:(?!</w:p>).)*Source: the register", document)
    assert leading is not None and "<w:keepNext/>" in leading[0]
    content = parts(render_odt(report).data, "content.xml")["content.xml"]
    assert table.row_header and "<table:table-header-columns>" in content
