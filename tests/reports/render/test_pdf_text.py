"""The text of a PDF, as a reader takes it out: every cell, what people typed, and what each page says."""

import re
from dataclasses import replace
from pathlib import Path
from subprocess import run

import pytest
from pdf_of import DECENT, rendered, squeezed, text_of, with_poppler
from sample_report import POLISH, VIETNAMESE

from tracker.reports.files.canonical import digest
from tracker.reports.model import (
    DRAFT_MINUTES,
    Block,
    Callout,
    Chart,
    Column,
    Facts,
    Figures,
    Paragraph,
    Report,
    Section,
    Table,
)
from tracker.reports.render.pdf import document as pdf


@pytest.fixture(scope="module")
def decent() -> bytes:
    """The sample paper with what a programme would really say."""
    return rendered(hostile=False).data


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of the sample paper."""
    return text_of(rendered().data, tmp_path_factory.mktemp("pdf"))


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
def test_minutes_that_nobody_approved_are_not_said_to_hold_figures_that_change(tmp_path: Path) -> None:
    header = replace(DECENT.header, frozen="", title=DRAFT_MINUTES)
    drawn = text_of(pdf.render(replace(DECENT, header=header, sections=DECENT.sections[:1])).data, tmp_path)
    assert "Draft: not approved yet, the wording may still change." in drawn


@with_poppler
def test_a_table_with_a_note_and_no_caption_begins_with_its_note(tmp_path: Path) -> None:
    """Named as its section, as an agenda is, it began with an empty line."""
    table = Table("t", "Agenda", (Column("No."),), (("1",),), note="Planned: 70 minutes.")
    tops: list[float] = []
    for note in ("", "Planned: 70 minutes."):
        section = Section("agenda", "Agenda", (replace(table, note=note),), one_page=True)
        file = tmp_path / f"{len(note)}.pdf"
        file.write_bytes(pdf.render(replace(DECENT, sections=(section,))).data)
        boxes = run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True).stdout
        tops.append(float(re.findall(r'yMin="([\d.]+)"[^>]*>No\.<', boxes)[0]))
    assert tops[1] - tops[0] < 30


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


@with_poppler
def test_a_square_stands_for_what_cannot_be_shown(words: str) -> None:
    assert "□□□ · □" in words or "□ · □□□" in words
    assert "李" not in words


LINES = "\n".join(f"line{n}end" for n in range(90))
HIGH = [Facts((("Notes", LINES),)), Callout("Note", LINES), Figures((("5", "Open", LINES),)), Paragraph(LINES)]


@with_poppler
@pytest.mark.parametrize("block", HIGH, ids=lambda block: block.kind)
def test_nothing_is_lost_of_a_block_that_is_higher_than_a_page(block: Block, tmp_path: Path) -> None:
    data = pdf.render(replace(DECENT, sections=(Section("s", "S", (block,)),))).data
    on_pages = text_of(data, tmp_path)
    assert [line for line in LINES.split() if line not in on_pages] == []
