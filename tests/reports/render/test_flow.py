"""The flow of a report: what every text document is made of, in the order in which it is read."""

from dataclasses import replace

import pytest
from sample_report import sample

from tracker.reports.model import (
    PLAIN,
    Block,
    Column,
    Figures,
    Heading,
    PageBreak,
    Paragraph,
    Quote,
    Report,
    Section,
    Signal,
    Table,
)
from tracker.reports.render.flow import parts
from tracker.reports.render.flow.filling import Filling
from tracker.reports.render.flow.tables import Limits, Page, parted
from tracker.reports.render.flow.walk import Layout, paragraphs, walk

LAYOUT = Layout(
    limits=Limits(sentence=4.0, high=6.0, rows=12),
    indent=lambda *_: 3.0,
    deepest=3,
    pixels=200,
    tallest=9.0,
    small=(14, 12),
    across=False,
    contents=2,
    tall=25.0,
    room=17.0,
    shared_room=18.0,
)


def flow(*sections: Section, layout: Layout = LAYOUT) -> list[parts.Part]:
    report: Report = replace(sample(), sections=sections)
    return list(walk(report, PLAIN, layout))[3:]  # below title, subtitle and facts


def section(*blocks: Block, new_page: bool = False, one_page: bool = False) -> Section:
    return Section("s", "A section", blocks, new_page, one_page)


def test_a_table_is_laid_out_once_for_every_format() -> None:
    table = Table("t", "A caption", (Column("Pilot"), Column("Cost", "right")), (("P-01", "● Green"),), note="A note")
    heading, caption, grid, note = flow(section(table))
    assert heading == parts.Heading("A section", 1, 1)
    assert caption == parts.Paragraph("caption", "A caption", keep=True)
    assert note == parts.Paragraph("note", "A note")
    assert isinstance(grid, parts.Grid) and sum(grid.widths) <= LAYOUT.room and grid.unsplit and grid.named
    assert grid.rows[0].cells == (
        parts.Cell("Pilot", "column", keep=True),
        parts.Cell("Cost", "column", True, keep=True),
    )
    assert grid.rows[1].cells[1] == parts.Cell("● Green", "cell", True, "green", True)


@pytest.mark.parametrize(
    ("pages", "begins"),
    [(0.3, True), (0.8, True), (1.2, False), (1.6, True), (1.95, False), (2.1, False), (2.7, True)],
)
def test_a_section_of_a_long_paper_leaves_no_page_nearly_empty(pages: float, begins: bool) -> None:
    line = (12 * 1.22 + 5) * 2.54 / 72  # of text, in centimetres
    first = section(*[Paragraph("A line.")] * round(pages * LAYOUT.tall / line - 2.5), new_page=True)
    kinds = [type(part) for part in flow(section(new_page=True), first, section(Paragraph("The last."), new_page=True))]
    assert (kinds[-3] is parts.PageBreak) is begins


def test_pages_are_filled_by_what_cannot_be_split_and_begin_anew_at_breaks() -> None:
    picture = parts.Picture(b"", "", "", 10.0, 15.0)
    filling = Filling(17.0, 25.0)
    for part in (parts.Pictures((picture,)), parts.Pictures((picture,))):
        filling.add(part)
    assert filling.height == pytest.approx(25 + 15, abs=0.5)
    assert not filling.runs_on
    filling.add(parts.PageBreak())
    assert filling.height == 0


def test_a_caption_that_the_heading_says_is_left_out() -> None:
    found = flow(section(Table("t", "A section", (Column("One"),), (("1",),))))
    assert [type(part) for part in found] == [parts.Heading, parts.Grid]


def test_sentences_in_a_table_of_their_own_have_no_rows_without_any() -> None:
    """Of eight pilots seven stood there once more, with nothing to note."""
    columns = (Column("Pilot"), Column("Phase"), Column("Reported"), Column("To note", long=True))
    rows = (("P-01", "Alpha", "Green", ""), ("P-02", "Alpha", "Red", "It waits for a supplier. " * 9))
    table = Table("pilots", "Pilots", columns, rows)
    first, second = parted(table, Page(9.0, long=False), Limits(sentence=6.0, high=9.0, rows=9))
    assert [row[0] for row in first.rows] == ["P-01", "P-02"]
    assert [row[0] for row in second.rows] == ["P-02"]


def test_no_page_breaks_directly_below_a_heading() -> None:
    blocks = (PageBreak(), Heading("Below", 3), PageBreak(), PageBreak(), Signal("red", "■ Red", "Late."), PageBreak())
    found = flow(section(*blocks, new_page=True))
    kinds = [type(part).__name__ for part in found]
    assert kinds == ["PageBreak", "Heading", "Heading", "Paragraph", "PageBreak"]
    assert found[3] == parts.Paragraph("red", "Late.", "■ Red")


def test_sections_that_share_a_page_stand_between_two_turns() -> None:
    quote = Quote("Well done.", "Ana")
    small = LAYOUT._replace(points=10.0)
    found = flow(section(quote), section(quote, one_page=True), section(quote, one_page=True), section(), layout=small)
    turns = [part for part in found if isinstance(part, parts.Turn)]
    assert turns == [parts.Turn(10.0), parts.Turn(0.0)]
    assert found.index(parts.Paragraph("quote", "“Well done.” — Ana")) > found.index(turns[0])
    assert found[1:3] == [parts.Paragraph("quote", "“Well done.”", keep=True), parts.Paragraph("source", "— Ana")]


def test_key_figures_stand_side_by_side_four_at_most() -> None:
    items = tuple((str(n), f"Number {n}", "a note" * (n == 5)) for n in range(6))
    first, second = (part for part in flow(section(Figures(items))) if isinstance(part, parts.Grid))
    assert [len(grid.widths) for grid in (first, second)] == [4, 2]
    assert [len(grid.rows) for grid in (first, second)] == [2, 3]


def test_a_list_of_contents_names_the_sections_from_the_number_on() -> None:
    assert isinstance(flow(section(), section(new_page=True))[0], parts.Contents)
    assert not [part for part in flow(section(new_page=True)) if isinstance(part, parts.Contents)]


def test_what_is_no_words_has_no_paragraphs() -> None:
    with pytest.raises(TypeError, match="no words for a table"):
        list(paragraphs(Table("t", "", (), ())))


def widths_of(*sections: Section) -> list[list[float]]:
    return [part.widths for part in flow(*sections) if isinstance(part, parts.Grid)]


def test_tables_of_a_section_with_the_same_columns_share_their_widths() -> None:
    columns = (Column("Record"), Column("What changed", long=True))
    short = Table("a", "Moved", columns, (("R-1", "Moved"),))
    long = Table("b", "Changed", columns, (("A-017 Check each triage rule", "Status: open, and now in progress " * 9),))
    first, second = widths_of(section(short, long))
    assert first == second
    first, second = widths_of(section(short), section(long))
    assert first != second
