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
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pptx.util import Cm
from sample_report import CHINESE, FORMULA, data, sample

from tracker.reports.canonical import digest
from tracker.reports.model import (
    Bullets,
    Chart,
    Column,
    Facts,
    Header,
    Heading,
    Paragraph,
    Report,
    Section,
    Series,
    Signal,
    Table,
)
from tracker.reports.render.measuring import lines_of, shortened, width_of
from tracker.reports.render.pptx import render
from tracker.reports.render.pptx_charts import safe_name
from tracker.reports.render.pptx_words import Para, Run, fitted, height, paragraph_xml
from tracker.reports.render.xlsx import render as workbook
from tracker.reports.render.zips import fixed
from tracker.reports.rendering import Brand

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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


def opened(report: Report, brand: Brand = Brand()) -> Any:  # noqa: B008
    return Presentation(BytesIO(render(report, brand).data))


def paper(*sections: Section, title: str = "status summary") -> Report:
    header = replace(sample().header, title=title)
    return Report(header, sections)


def words(slide: Any) -> str:
    """Return all text of a slide, tables too, without its notes."""
    return "\n".join("".join(t.text or "" for t in p.iter(A + "t")) for p in slide._element.iter(A + "p"))


def parts(data: bytes, inside: str) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(data)) as found:
        return [found.read(name) for name in found.namelist() if re.search(inside, name)]


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
    assert seen == {(True, False), (False, True), (False, False)}


def test_the_notes_hold_the_whole_section(deck: Any) -> None:
    section = next(one for one in sample().sections if one.id == "pilots")
    slide = next(one for one in deck.slides if one.shapes.title.text_frame.text == section.title)
    notes = slide.notes_slide.notes_text_frame.text
    table = section.blocks[1]
    assert isinstance(table, Table)
    for row in table.rows:
        assert row[0] in notes and row[5].strip() in notes


def test_a_status_keeps_mark_and_word() -> None:
    rows = (("P-01", "■ Red"), ("P-02", "○ Not rated"))
    section = Section("pilots", "Pilots", (Table("pilots", "Pilots", (Column("Pilot"), Column("Evidence")), rows),))
    text = words(opened(paper(section)).slides[0])
    assert "■\u00a0Red" in text and "○\u00a0Not rated" in text


def test_the_one_page_slide_says_what_does_not_fit() -> None:
    rows = tuple((f"P-{n:02} A pilot with a name", "● Green") for n in range(60))
    pilots = Section("pilots", "Pilots", (Table("pilots", "Pilots", (Column("Pilot"), Column("Evidence")), rows),))
    asked = Section("decisions", "Decisions sought", (Bullets(tuple(f"Decision {n}" for n in range(30))),))
    slide = opened(paper(asked, pilots)).slides[0]
    text = words(slide)
    shown = len(next(s.table.rows for s in slide.shapes if s.has_table)) - 1
    assert 3 <= shown < 60 and f"{60 - shown} more in the paper" in text
    decisions = len(re.findall(r"^Decision \d+$", text, re.M))
    assert 1 <= decisions < 30 and f"{30 - decisions} more in the paper" in text
    assert text.index("Decisions sought") < text.index("Pilots")


def test_a_long_table_goes_on_and_then_says_how_many_more() -> None:
    rows = tuple((f"R-{n:03}", "words " * 30) for n in range(50))
    section = Section("risks-all", "All risks", (Table("r", "Risks", (Column("Risk"), Column("Why")), rows),))
    deck = opened(paper(section))
    tables = [s.table for slide in deck.slides for s in slide.shapes if s.has_table]
    put = sum(len(table.rows) - 1 for table in tables)
    assert len(tables) == 2 and f"{50 - put} more in the paper" in "".join(map(words, deck.slides))


def test_a_pilot_gets_one_slide_with_what_is_not_green() -> None:
    blocks = (
        Facts((("Phase", "Alpha"),)),
        Paragraph("The note."),
        Heading("Evidence"),
        Signal("green", "● Green", "All is well here."),
        Signal("red", "■ Red", "The forecast moved."),
        chart("bars", (Series("Trained", (1.0, 2.0)),)),
        *(Paragraph("Much more.") for _ in range(60)),
    )
    deck = opened(paper(Section("pilot-p-01", "P-01 Permits", blocks, new_page=True)))
    slides = [slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith("P-01")]
    assert len(slides) == 1 and any(shape.has_chart for shape in slides[0].shapes)
    text = words(slides[0])
    assert "Phase: Alpha" in text and "The forecast moved." in text and "All is well" not in text
    assert "in the notes and in the paper" in text
    assert "All is well here." in slides[0].notes_slide.notes_text_frame.text


def chart(form: str, series: tuple[Series, ...], **more: Any) -> Chart:
    labels = ("First", "Second")
    return Chart("c", form, "A chart", "It rose.", labels, series, data("c", labels, *series), **more)


def test_native_charts_hold_the_figures_and_unknown_is_not_nought() -> None:
    one = chart("before_after", (Series("Before", (45.0, 62.5)), Series("After", (20.0, None))))
    deck = opened(paper(Section("x", "X", (one,))))
    drawn = next(s.chart for slide in deck.slides for s in slide.shapes if s.has_chart)
    assert [tuple(series.values) for series in drawn.plots[0].series] == [(45.0, 62.5), (20.0, None)]


def test_intervals_are_drawn() -> None:
    series = Series("Done", (61.0, 78.0), (57.0, 75.0), (64.0, 81.0))
    made = render(paper(Section("x", "X", (chart("interval", (series,), target=80.0),)))).data
    (xml,) = parts(made, r"charts/chart[^/]*\.xml$")
    assert re.findall(rb"<c:plus>.*?</c:plus>", xml, re.S)[0].count(b"<c:v>3</c:v>") == 2
    assert re.findall(rb"<c:minus>.*?</c:minus>", xml, re.S)[0].count(b"<c:v>4</c:v>") == 1


def test_a_matrix_is_a_table_with_what_moved() -> None:
    points = (("R-001", 5, 5, 4, 5), ("R-002", 3, 4, 3, 4), ("R-003", 3, 4, 0, 0), ("R-004", 1, 2, 3, 3))
    more = tuple((f"R-1{n:02}", 2, 2, 2, 2) for n in range(9))
    deck = opened(paper(Section("x", "X", (chart("matrix", (), points=(*points, *more)),))))
    table = next(s.table for slide in deck.slides for s in slide.shapes if s.has_table)
    assert table.cell(1, 5).text == "R-001 ↑" and table.cell(5, 2).text == "R-004 ↓"
    assert table.cell(3, 4).text.replace("\v", "\n") == "R-002 →\nR-003 new"
    assert table.cell(4, 2).text.replace("\v", "\n").endswith("6 more")


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
    assert safe_name("") == "–" and safe_name("-3.5 %") == "-3.5 %"


def test_hostile_text_stays_text(file: bytes, deck: Any) -> None:
    everything = "\n".join(words(slide) for slide in deck.slides)
    assert "<script>alert(1)</script>" in everything and CHINESE in everything
    for xml in parts(file, r"\.xml$"):
        assert b"<script" not in xml
    assert not any(b"TargetMode" in rels for rels in parts(file, r"\.rels$"))
    assert not parts(file, r"vba|thumbnail|\.bin$")


def test_the_same_paper_gives_the_same_bytes_elsewhere(file: bytes) -> None:
    code = (
        "import sys,hashlib; sys.path[:0]=['tests','.']; from sample_report import sample;"
        "from tracker.reports.render import pptx, xlsx; r = sample();"
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


def test_text_is_cut_where_it_fits() -> None:
    text = "the words of a long sentence " * 40
    short = shortened(text, 12, 10, 3)
    assert short.endswith("…") and len(lines_of(short, 12, 10)) <= 3
    assert all(width_of(line, 12) <= 10 for line in lines_of("x" * 5000, 12, 10))
    one = Para((Run("Label: ", True), Run(text)), 12)
    assert height(fitted(one, 10, 3), 10) <= 3 and fitted(one, 10, 3).runs[0].text == "Label: "
    assert 'rtl="1"' in paragraph_xml(Para((Run("تجديد"),)), "ar") and "rtl" not in paragraph_xml(one, "en-GB")


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
