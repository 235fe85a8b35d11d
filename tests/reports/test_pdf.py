"""The PDF of a paper: tagged, whole, the same bytes each time, and never stopped by what people typed."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest
from pdfua import validate
from sample_report import ARABIC, HINDI, POLISH, VIETNAMESE, sample

from tracker.content import content
from tracker.reports import fonts
from tracker.reports.canonical import digest
from tracker.reports.charts import svg
from tracker.reports.model import (
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
    Report,
    Section,
    Series,
    Signal,
    Table,
)
from tracker.reports.raster import drawing, png
from tracker.reports.render import pdf
from tracker.reports.render.pdf_tables import SHEETS, Sheet, breakable, laid_out, too_wide
from tracker.reports.render.statuses import rating_of
from tracker.reports.rendering import Brand, NotRendered, Rendered

with_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")
PAPER = sample()
DECENT = sample(hostile=False)
SHEET = Sheet(*SHEETS["a4"], fonts.Ruler())
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
    return pdf.render(PAPER)


@pytest.fixture(scope="module")
def decent() -> bytes:
    """The sample paper with what a programme would really say."""
    return pdf.render(DECENT).data


@pytest.fixture(scope="module")
def words(made: Rendered, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of the sample paper."""
    return text_of(made.data, tmp_path_factory.mktemp("pdf"))


def text_of(data: bytes, folder: Path, *options: str) -> str:
    """Return the text of a PDF in the order in which it was written."""
    file = folder / "paper.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", *options, str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    """Return a text without white space and without places where a word may be broken."""
    return "".join(text.replace("\u200b", "").split())


class Element(NamedTuple):
    """An element of a PDF's structure: its kind, its alternative text, and the scopes of a header cell."""

    kind: str
    alt: str
    scopes: list[str]


def elements(data: bytes) -> list[Element]:
    """Return the elements of a PDF's structure in reading order."""
    found: list[Element] = []
    with pikepdf.open(io.BytesIO(data)) as file:
        root = file.Root.StructTreeRoot
        roles = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}

        def walk(node: Any) -> None:
            if isinstance(node, pikepdf.Array):
                for one in node:
                    walk(one)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    found.append(Element(roles.get(str(node.S), str(node.S)), str(node.get("/Alt", "")), scopes(node)))
                if "/K" in node:
                    walk(node.K)

        walk(root.K)
    return found


def scopes(cell: pikepdf.Dictionary) -> list[str]:
    """Return what the attributes of a cell say of its scope."""
    attributes = cell.get("/A", [])
    several = [attributes] if isinstance(attributes, pikepdf.Dictionary) else list(attributes)
    return [str(one.Scope) for one in several if isinstance(one, pikepdf.Dictionary) and "/Scope" in one]


def kinds_of(data: bytes) -> list[str]:
    """Return the kinds of a PDF's elements in reading order."""
    return [element.kind for element in elements(data)]


def assert_accessible(data: bytes, folder: Path) -> None:
    """Check what a reader with assistive technology needs."""
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.Root.MarkInfo.Marked and file.Root.ViewerPreferences.DisplayDocTitle
        meta = file.open_metadata()
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
        assert meta["dc:title"] and str(file.Root.Lang)
        for page in file.pages:
            for font in page.resources.get("/Font", {}).values():
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
    parts = elements(data)
    levels = [int(part.kind[2]) for part in parts if re.fullmatch(r"/H\d", part.kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(part.alt.strip() for part in parts if part.kind == "/Figure")
    assert all("/Column" in part.scopes for part in parts if part.kind == "/TH")
    (folder / "checked.pdf").write_bytes(data)
    assert [finding.message for finding in validate(str(folder / "checked.pdf")).findings] == []


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


def test_every_table_has_header_cells_for_its_columns(decent: bytes) -> None:
    # The long column of the first table is told below its rows, so it has no header cell; an empty table is a sentence.
    tables = [block for section in DECENT.sections for block in section.blocks if isinstance(block, Table)]
    tables += [block.data for section in DECENT.sections for block in section.blocks if isinstance(block, Chart)]
    titles = sum(1 for table in tables if table.rows for column in table.columns if not column.long)
    assert kinds_of(decent).count("/TH") == titles


@with_poppler
def test_it_holds_every_cell_of_every_table(decent: bytes, tmp_path: Path) -> None:
    held = squeezed(text_of(decent, tmp_path))
    cells = {cell for table in _tables(DECENT) for row in table.rows for cell in row}
    latin = {cell for cell in cells if all(ord(sign) < 0x590 or ord(sign) in range(0x1E00, 0x2B00) for sign in cell)}
    assert len(latin) > 80
    assert {cell for cell in latin if squeezed(cell) not in held} == set()
    assert squeezed(POLISH) in held and squeezed(VIETNAMESE) in held


def _tables(report: Report) -> list[Table]:
    blocks = [block for section in report.sections for block in section.blocks]
    return [block.data if isinstance(block, Chart) else block for block in blocks if isinstance(block, Chart | Table)]


@with_poppler
def test_what_people_typed_is_text_and_nothing_else(words: str) -> None:
    typed = ['#eval("x")', "$x^2$ `rm -rf` *b* _i_", "[/foo] a[b", "=cmd|'/C calc'!A0", "<script>alert(1)</script>"]
    typed += ["{{ 7*7 }} {% raw %}", "@SUM(A1)", "$name {x} %s \\[", "1. one", "word" * 250]
    held = squeezed(words)
    assert [text for text in typed if squeezed(text) not in held] == []


@with_poppler
def test_each_page_says_what_it_is_of(decent: bytes, tmp_path: Path) -> None:
    pages = text_of(decent, tmp_path).split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        for part in ("Simpler Services", "OFFICIAL", "Position as of 12 Nov 2026", "SN-002", digest(DECENT)[:12]):
            assert part in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Draft" not in page.replace("Version: Draft", "")


@with_poppler
def test_a_paper_that_is_not_frozen_says_draft_on_each_page(tmp_path: Path) -> None:
    draft = replace(DECENT, header=replace(DECENT.header, frozen="", version="1"), sections=DECENT.sections[:2])
    pages = text_of(pdf.render(draft).data, tmp_path).split("\f")[:-1]
    assert len(pages) > 1
    for page in pages:
        assert "OFFICIAL · Draft" in page and f"{digest(draft)[:12]} · Draft" in page
    assert "Draft: not frozen yet" in pages[0]


@with_poppler
def test_a_long_table_repeats_its_header_and_keeps_its_rows_whole(tmp_path: Path) -> None:
    columns = (Column("Record"), Column("Owner"), Column("What changed", long=True))
    rows = tuple((f"R-{n:03}", f"Owner {n}", f"Begin{n} " + "some words " * 40 + f"end{n}") for n in range(40))
    paper = replace(DECENT, sections=(Section("s", "Long", (Table("t", "Many", columns, rows),)),))
    pages = text_of(pdf.render(paper).data, tmp_path).split("\f")[:-1]
    assert len(pages) > 3
    for page in pages:
        assert "Record Owner What changed" in page
    for n in range(40):
        assert sum(f"Begin{n} " in page and f"end{n}\n" in page and f"R-{n:03}" in page for page in pages) == 1


def test_characters_without_a_sign_are_replaced_and_named(made: Rendered) -> None:
    [names] = [note for note in made.notes if "in “Names: " in note]
    assert "李 (U+674E) 2 times" in names and "👩 (U+1F469) 2 times" in names
    assert "ا" not in names and "प" not in names
    # The joiner of the emoji goes with it: one square stands for both its halves.
    assert "200D" not in "".join(made.notes)


@with_poppler
def test_a_square_stands_for_what_cannot_be_shown(words: str) -> None:
    assert "□□□ · □" in words or "□ · □□□" in words
    assert "李" not in words


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
        "import sys; sys.path[:0] = ['tests']; from hashlib import sha256; from sample_report import sample;"
        "from tracker.reports.render import pdf; print(sha256(pdf.render(sample(hostile=False)).data).hexdigest())"
    )
    here = {**os.environ, "TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    root = Path(__file__).parents[2]
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


def wide_table(columns: int) -> Table:
    titles = tuple(Column(f"Recommendation {n}") for n in range(columns))
    return Table("w", "Wide", titles, (tuple("Implementation" for _ in titles),) * 3)


def test_a_table_that_is_too_wide_turns_its_page() -> None:
    assert not too_wide(wide_table(4), SHEET)
    assert too_wide(wide_table(8), SHEET)
    sections = (
        Section("a", "Upright", (Paragraph("a"),)),
        Section("b", "Turned", (wide_table(8),)),
        *DECENT.sections[:1],
    )
    with pikepdf.open(io.BytesIO(pdf.render(replace(DECENT, sections=sections)).data)) as file:
        turned = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in file.pages]
    assert turned[:3] == [False, True, False]


@pytest.mark.parametrize("count", [1, 4, 8, 14, 30])
def test_columns_fill_no_more_than_the_page(count: int) -> None:
    for turned in (False, True):
        laid = laid_out(wide_table(count), SHEET, turned=turned)
        room = SHEET.turned if turned else SHEET.upright
        assert sum(laid["widths"]) <= room + 0.5
        assert min(laid["widths"]) > 10


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    rows = tuple(
        (f"P-0{n} Parking permits self-service", "29 Jan 2027", "A sentence of some length. " * 8) for n in range(3)
    )
    table = Table("t", "T", (Column("Pilot"), Column("Due"), Column("Why")), rows)
    pilot, due, why = laid_out(table, SHEET)["widths"]
    assert why > pilot > due > SHEET.points("29 Jan 2027", 11)


def test_sentences_stand_below_their_row_when_there_is_no_room_beside_it() -> None:
    [table] = [block for block in DECENT.sections[1].blocks if isinstance(block, Table) and block.id == "pilots"]
    laid = laid_out(table, SHEET)
    assert len(laid["titles"]) == 5
    assert laid["rows"][3]["below"] == f"What changed: {table.rows[3][5]}"
    short = replace(table, columns=table.columns[-2:], rows=tuple(row[-2:] for row in table.rows))
    assert [row["below"] for row in laid_out(short, SHEET)["rows"]] == [""] * 12


def test_only_a_rating_is_coloured_as_one() -> None:
    assert rating_of("▲ Amber, stale") == "amber"
    assert rating_of("○ Not rated") == "not_rated"
    assert [rating_of(text) for text in ("Amber", "▲", "", "● Green → ▲ Amber: it went up", "● " + "word " * 20)] == [
        ""
    ] * 5


def test_only_words_that_do_not_fit_may_be_broken() -> None:
    assert breakable("short words", 100, 12, SHEET) == "short words"
    broken = breakable("a " + "x" * 500, 100, 12, SHEET)
    assert broken.startswith("a x") and "\u200b" in broken
    assert broken.replace("\u200b", "") == "a " + "x" * 500


def test_a_font_is_read_for_its_name_and_its_characters() -> None:
    faces = {face.family: face for face in fonts.shipped()}
    assert list(faces) == list(fonts.FAMILIES[:3])
    assert {ord(sign) for sign in POLISH + VIETNAMESE} <= set(faces["IBM Plex Sans"].advances)
    assert {ord(sign) for sign in ARABIC} <= fonts.shown() >= {ord(sign) for sign in HINDI}
    assert ord("人") not in fonts.shown()
    assert fonts.ruler().width("WWW") > fonts.ruler().width("iii") > 0


def test_a_broken_font_is_no_font() -> None:
    whole = fonts.font_files()[0].read_bytes()
    step = len(whole) // 40
    for data in (b"", b"no font", b"ttcf", b"\x00\x01\x00\x00\xff\xff", *(whole[:n] for n in range(0, 4000, 100))):
        assert fonts.read_face(data).advances == {} or fonts.read_face(data).family
    for place in range(0, 40 * step, step):
        spoilt = whole[:place] + b"\xff" * 8 + whole[place + 8 :]
        fonts.read_face(spoilt)


def test_a_chart_becomes_a_picture_of_the_width_that_is_asked() -> None:
    charts = [block for section in PAPER.sections for block in section.blocks if isinstance(block, Chart)]
    for chart in charts:
        drawn = svg(chart)
        made = png(drawn, 960)
        assert made.startswith(b"\x89PNG") and int.from_bytes(made[16:20], "big") == 960
        assert png(drawn, 960) == made
        assert made.count(b"tEXt") == made.count(b"tIME") == 0


def test_words_that_a_drawing_shows_badly_are_set_as_text() -> None:
    text = '<text x="10" y="20" font-size="12" fill="#505a5f" text-anchor="end" font-weight="600">%s</text>'
    both = text % "Plain – ż" + text % f"{HINDI} &amp; b"
    made = drawing(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40">{both}</svg>')
    assert "Plain" in made.svg and HINDI not in made.svg
    assert made.words == (
        {"words": f"{HINDI} & b", "x": 10.0, "y": 20.0, "size": 12.0, "weight": 600, "fill": "#505a5f", "behind": 1.0},
    )
    json.dumps(made._asdict())


@pytest.mark.parametrize("wide", [0, -1, 100_000])
def test_no_picture_is_made_of_an_absurd_size(wide: int) -> None:
    with pytest.raises(NotRendered):
        png('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>', wide)


def test_what_is_no_drawing_is_refused_with_a_sentence() -> None:
    with pytest.raises(NotRendered, match="cannot be made a picture"):
        png("<svg broken", 100)
