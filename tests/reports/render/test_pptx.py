"""Slides: valid, accessible, nothing over an edge or below 12 points, the same bytes, and text that is only text."""

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from deck_of import A, chart, opened, paper, parts, words
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pptx.util import Cm
from sample_report import CHINESE, FORMULA, sample

from tracker.reports.files.canonical import digest
from tracker.reports.model import Brand, Header, Paragraph, Report, Section, Series
from tracker.reports.render.pptx.charts import safe_name
from tracker.reports.render.pptx.presentation import render
from tracker.reports.render.xlsx.workbook import render as workbook
from tracker.reports.render.zips import fixed

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738"
    "550000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def file() -> bytes:
    return render(sample()).data


@pytest.fixture(scope="module")
def deck(file: bytes) -> Any:
    return Presentation(BytesIO(file))


def test_office_would_open_it(file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(file)
    result = OpenXmlValidator().validate(str(path))
    assert not result.errors, [str(error) for error in result.errors][:5]


def test_every_slide_has_a_title_of_its_own_and_the_foot_of_the_paper(deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles) and len(set(titles)) == len(titles)
    for number, slide in enumerate(deck.slides, 1):
        footer = next(one for one in slide.placeholders if int(one.placeholder_format.type) == 15)
        assert "Simpler Services" in footer.text_frame.text and "12 Nov 2026" in footer.text_frame.text
        assert "SN-002" in footer.text_frame.text and digest(sample())[:12] in footer.text_frame.text
        last = list(slide.placeholders)[-1]
        assert last.text_frame.text == str(number)


def test_it_says_draft_until_the_position_is_frozen() -> None:
    report = paper(Section("s", "One", (Paragraph("Words."),)))
    draft = Report(replace(report.header, frozen=""), report.sections)
    assert "Draft" in words(opened(draft).slides[0]) and "Draft" not in words(opened(report).slides[0])


def test_nothing_leaves_a_slide_or_lies_over_another_thing(deck: Any) -> None:
    for slide in deck.slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes if s.width]
        for left, top, right, bottom in boxes:
            assert left >= 0 and top >= 0 and right <= deck.slide_width and bottom <= deck.slide_height
        slack = Cm(0.2)
        for n, one in enumerate(boxes):
            for other in boxes[n + 1 :]:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across <= slack or down <= slack, slide.shapes.title.text_frame.text


def test_no_text_is_below_12_points_and_every_run_has_a_language(deck: Any) -> None:
    for slide in deck.slides:
        for run in slide._element.iter(A + "rPr"):
            assert int(run.get("sz")) >= 1200 and run.get("lang") == "en-GB"
        for drawn in (shape.chart for shape in slide.shapes if shape.has_chart):
            sizes = re.findall(r'sz="(\d+)"', drawn._chartSpace.xml)
            assert sizes and min(map(int, sizes)) >= 1200


def test_what_is_read_first_stands_first(deck: Any) -> None:
    for slide in deck.slides:
        tops = [shape.top for shape in slide.shapes]
        assert slide.shapes[0] == slide.shapes.title
        assert max(tops) in tops[-2:]  # footer and page number come last


def test_pictures_tables_and_charts_say_what_they_show(deck: Any) -> None:
    seen = set()
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                about = shape._element.xpath(".//p:cNvPr")[0]
                assert about.get("descr"), slide.shapes.title.text_frame.text
                seen.add((shape.has_chart, shape.has_table))
            if shape.has_table:
                assert shape.table.first_row
    assert seen == {(True, False), (False, True)}  # a picture's words could not be as large as others


def test_names_in_charts_are_no_formulas_or_links() -> None:
    section = next(one for one in sample().sections if one.id == "hostile")
    parts_of = [Section(f"h-{n}", section.title, (block,)) for n, block in enumerate(section.blocks[-8:])]
    link = Series("https://x.test", (1.0, 2.0))
    made = render(paper(*parts_of, Section("l", "L", (chart("bars", (link,)),)))).data
    books = parts(made, r"embeddings/.*\.xlsx$")
    assert len(books) == 2 and b"=cmd" in b"".join(parts(made, r"charts/chart[^/]*\.xml$"))
    for book in books:
        for sheet in parts(book, r"worksheets/sheet\d+\.xml$"):
            assert b"<f>" not in sheet and b"<hyperlink" not in sheet
    for text in (FORMULA, "{=1+1}", "https://x.test", "internal:a!A1", "FILE://x", " =1"):
        assert safe_name(text).startswith("'")
    assert safe_name("") == "–" and safe_name("-3.5%") == "-3.5%"


def test_hostile_text_stays_text(file: bytes, deck: Any) -> None:
    everything = "\n".join(words(slide) for slide in deck.slides)
    assert "<script>alert(1)</script>" in everything and CHINESE in everything
    for xml in parts(file, r"\.xml$"):
        assert b"<script" not in xml
    assert not any(b"TargetMode" in rels for rels in parts(file, r"\.rels$"))
    assert not parts(file, r"vba|thumbnail|\.bin$")


def test_the_same_paper_gives_the_same_bytes_elsewhere(file: bytes) -> None:
    code = (
        "import sys,hashlib; sys.path[:0]=['tests/helpers','.']; from sample_report import sample;"
        "from tracker.reports.render.pptx import presentation as pptx;"
        "from tracker.reports.render.xlsx import workbook as xlsx; r = sample();"
        "print(*(hashlib.sha256(one.render(r).data).hexdigest() for one in (pptx, xlsx)))"
    )
    elsewhere = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code], env=elsewhere, capture_output=True, text=True, check=True)
    assert run.stdout.split() == [sha256(one).hexdigest() for one in (file, workbook(sample()).data)]


def test_no_part_of_the_file_tells_the_time(file: bytes) -> None:
    with zipfile.ZipFile(BytesIO(file)) as found:
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert found.namelist()[0] == "[Content_Types].xml"
    core = [xml for book in parts(file, r"\.xlsx$") for xml in parts(book, "core.xml")] + parts(file, r"core\.xml$")
    for xml in core:
        assert set(re.findall(rb">(\d{4}-\d\d-\d\dT[^<]*)<", xml)) == {b"2026-11-12T00:00:00Z"}


def test_the_house_shows_in_title_and_logo() -> None:
    brand = Brand(organisation="A Council", logo=DOT, logo_type="png", logo_alt="A tree", accent="#801650")
    report = paper(Section("a", "A", (Paragraph("x"),), new_page=True), title="board pack")
    slide = opened(report, brand).slides[0]
    assert "A Council" in words(slide)
    picture = next(shape for shape in slide.shapes if shape.shape_type == 13)
    assert picture._element.xpath(".//p:cNvPr")[0].get("descr") == "A tree"
    assert b"801650" in parts(render(report, brand).data, r"slides/slide1\.xml$")[0]


def test_an_empty_paper_is_a_file_too() -> None:
    empty = Header("", "", "", sample().header.as_of, None, "", "", "", "")
    assert len(opened(Report(empty, ())).slides) == 1
    assert len(opened(Report(empty, (Section("s", "", ()),))).slides) == 2


def test_a_fixed_zip_can_lose_and_change_parts() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("b.xml", b"b")
        out.writestr("[Content_Types].xml", b"t")
        out.writestr("a.xml", b"a")
    again = fixed(made.getvalue(), lambda name, part: None if name == "b.xml" else part * 2)
    with zipfile.ZipFile(BytesIO(again)) as found:
        assert found.namelist() == ["[Content_Types].xml", "a.xml"] and found.read("a.xml") == b"aa"
    assert fixed(again) == again
