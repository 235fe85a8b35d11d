"""How the tables of a PDF are laid: columns, sentences below their row, turned pages, ratings, broken words."""

import io
from dataclasses import replace

import pikepdf
import pytest
from pdf_of import DECENT

from tracker.reports.model import (
    Column,
    Paragraph,
    Section,
    Table,
)
from tracker.reports.render.pdf import document as pdf
from tracker.reports.render.pdf.tables import SHEETS, Sheet, breakable, laid_out, too_wide
from tracker.reports.render.statuses import rating_of
from tracker.reports.typography import fonts

SHEET = Sheet(*SHEETS["a4"], fonts.face_ruler())


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


def test_a_single_long_word_takes_no_room_from_sentences_and_turns_no_page() -> None:
    sentence = "What became of it since the last meeting of the board, and why. " * 3
    table = Table("t", "T", (Column("Record"), Column("What changed")), (("𝕏" * 60, sentence), ("P-01", sentence)))
    assert not too_wide(table, SHEET)
    _, changed = laid_out(table, SHEET)["widths"]
    assert changed > 200
    assert "\u200b" in laid_out(table, SHEET)["rows"][0]["cells"][0][0]


def test_a_word_that_another_font_draws_is_not_thought_to_be_narrow() -> None:
    assert "\u200b" in breakable("𝕏" * 40, 481, 17, SHEET)


def test_an_address_is_broken_behind_its_parts() -> None:
    broken = breakable("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", 230, 11, SHEET)
    assert "nationalarchives." in broken.split("\u200b") and "https://www." in broken.split("\u200b")


def test_only_words_that_do_not_fit_may_be_broken() -> None:
    assert breakable("short words", 100, 12, SHEET) == "short words"
    broken = breakable("a " + "x" * 500, 100, 12, SHEET)
    assert broken.startswith("a x") and "\u200b" in broken
    assert broken.replace("\u200b", "") == "a " + "x" * 500
