"""The PDF of a paper: tagged, whole, the same bytes each time, and never stopped by what people typed."""

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from pdf_of import DECENT, PAPER, assert_accessible, elements, kinds_of, rendered

from tracker.content import content
from tracker.reports.files.canonical import digest
from tracker.reports.model import (
    Brand,
    Bullets,
    Callout,
    Chart,
    Column,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Quote,
    Rendered,
    Report,
    Section,
    Series,
    Signal,
    Table,
)
from tracker.reports.render.pdf import document as pdf
from tracker.reports.typography import fonts
from tracker.reports.typography.raster import png

EMPTY = (
    Heading("", 6), Paragraph(""), Bullets(()), Bullets(("",)), Facts(()), Figures(()), Quote("", ""),
    Signal("", "", ""), Callout("", ""), Missing(""), Table("", "", (), ()), Table("", "", (Column(""),), (("",),)),
    Chart("c", "bars", "", "", ("a",), (Series("", (None,)),), Table("", "", (Column(""),), (("",),))), PageBreak(),
)  # fmt: skip
NAMELESS = replace(
    DECENT.header, title="", programme="", board="", version="", head="", language="zz-not-one!", frozen="", pack=""
)


@pytest.fixture(scope="module")
def made() -> Rendered:
    """The sample paper, hostile texts and all."""
    return rendered()


@pytest.fixture(scope="module")
def decent() -> bytes:
    """The sample paper with what a programme would really say."""
    return rendered(hostile=False).data


def test_it_is_tagged_titled_and_has_its_fonts(made: Rendered, tmp_path: Path) -> None:
    assert_accessible(made.data, tmp_path)
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert str(file.Root.Lang) == "en-GB"
        meta = file.open_metadata()
        assert meta["dc:title"] == "Simpler Services: board pack"
        assert digest(PAPER) in meta["dc:description"]
        assert meta["xmp:CreateDate"].startswith("2026-11-12T00:00:00")
        with file.open_outline() as outline:
            assert [item.title for item in outline.root] == [section.title for section in PAPER.sections]
    kinds = kinds_of(made.data)
    charts = sum(isinstance(block, Chart) for section in PAPER.sections for block in section.blocks)
    assert kinds.count("/Figure") == charts
    assert {"/L", "/BlockQuote", "/Caption"} <= set(kinds)


def test_every_table_has_header_cells_for_its_columns_and_rows(decent: bytes) -> None:
    # The long column of the first table is told below its rows, so it has no header cell; an empty table is a sentence.
    tables = [block for section in DECENT.sections for block in section.blocks if isinstance(block, Table)]
    tables += [block.data for section in DECENT.sections for block in section.blocks if isinstance(block, Chart)]
    titles = sum(1 for table in tables if table.rows for column in table.columns if not column.long)
    names = sum(len(table.rows) for table in tables if table.row_header)
    assert kinds_of(decent).count("/TH") == titles + names


def test_characters_without_a_sign_are_replaced_and_named(made: Rendered) -> None:
    [names] = [note for note in made.notes if "in “Names: " in note]
    assert "李 (U+674E) 2 times" in names and "👩 (U+1F469) 2 times" in names
    assert "ا" not in names and "प" not in names
    # The joiner of the emoji goes with it: one square stands for both its halves.
    assert "200D" not in "".join(made.notes)


def test_one_emoji_anywhere_does_not_stop_a_paper(tmp_path: Path) -> None:
    header = replace(DECENT.header, title="Pack 😀", programme="人 services", classification="1\u20e3")
    made = pdf.render(replace(DECENT, header=header, sections=()), Brand(organisation="Council 🏛"))
    assert any("in the heading" in note and "😀 (U+1F600) once" in note for note in made.notes)
    assert_accessible(made.data, tmp_path)


def test_other_scripts_are_shown(decent: bytes) -> None:
    with pikepdf.open(io.BytesIO(decent)) as file:
        names = {str(font.BaseFont) for page in file.pages for font in page.resources.get("/Font", {}).values()}
    for family in ("IBMPlexSans", "NotoSansArabic", "NotoSansDevanagari"):
        assert any(family in name for name in names)


@pytest.mark.parametrize("sections", [(), (Section("", "", ()), Section("a", " ", EMPTY))])
def test_a_paper_with_nothing_in_it_is_a_valid_file(sections: tuple[Section, ...], tmp_path: Path) -> None:
    assert_accessible(pdf.render(Report(NAMELESS, sections)).data, tmp_path)


def test_the_same_paper_gives_the_same_bytes(made: Rendered) -> None:
    assert pdf.render(PAPER).data == made.data


def test_the_same_bytes_come_of_another_place_and_time(decent: bytes) -> None:
    script = (
        "import sys; sys.path[:0] = ['tests/helpers']; from hashlib import sha256; from sample_report import sample;"
        "from tracker.reports.render.pdf.document import render;"
        "print(sha256(render(sample(hostile=False)).data).hexdigest())"
    )
    here = {**os.environ, "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script], env=here, cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == sha256(decent).hexdigest()


def test_the_template_takes_nothing_from_outside() -> None:
    for name in ("board.typ", "drawing.typ"):
        source = content("reports", "pdf", name).read_text(encoding="utf-8")
        assert not re.search(r"\b(import|include|read|eval|plugin)\b\s*[(\"@]", source)
        assert re.search(r"\bfont: \(?\"", source) is None


def test_a_house_style_is_obeyed_and_its_faults_are_told(tmp_path: Path) -> None:
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    one = replace(DECENT, sections=DECENT.sections[:1])
    face = next(file for file in fonts.font_files() if "Arabic" in file.name).read_bytes()
    house = Brand("Norton Council", png(logo.decode(), 90), "png", "The arms of Norton", "#801650", "letter", (face,))
    made = pdf.render(one, house)
    assert_accessible(made.data, tmp_path)
    assert made.notes == ()
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert [float(side) for side in file.pages[0].mediabox[2:]] == [612.0, 792.0]
        names = {str(font.BaseFont) for font in file.pages[0].resources.Font.values()}
        assert any("NotoSansArabic" in name for name in names)
    assert [part.alt for part in elements(made.data) if part.kind == "/Figure"] == ["The arms of Norton"]
    broken = pdf.render(one, Brand(logo=b"<svg broken", logo_type="svg", fonts=(b"no font",)))
    assert [note.split(" ")[1] for note in broken.notes] == ["font", "logo"]


def test_a_paper_of_many_pages_has_a_list_of_contents() -> None:
    many = replace(DECENT, sections=tuple(replace(one, new_page=True) for one in DECENT.sections))
    kinds = kinds_of(pdf.render(many).data)
    assert kinds.count("/TOCI") == len(many.sections)
    assert "/TOCI" not in kinds_of(pdf.render(DECENT).data)


def test_a_chart_with_many_figures_has_no_table_below_it() -> None:
    labels = tuple(f"Label {n}" for n in range(13))
    rows = tuple((label, "1") for label in labels)
    chart = Chart("many", "bars", "Many", "Thirteen bars of 1.", labels, (Series("N", (1.0,) * 13),),
                  Table("many-data", "Many", (Column("Label"), Column("N", "right")), rows))  # fmt: skip
    kinds = kinds_of(pdf.render(replace(DECENT, sections=(Section("s", "S", (chart,)),))).data)
    assert "/Table" not in kinds
    assert kinds.count("/Figure") == 1
