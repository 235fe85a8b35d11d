"""What stands on slides: one page, pilots, tables, charts and words, each whole or with what is left out said."""

import re
from itertools import pairwise
from typing import Any

import pytest
from deck_of import chart, opened, paper, parts, words
from sample_report import LONG, sample

from tracker.reports.model import (
    Bullets,
    Column,
    Facts,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Section,
    Series,
    Signal,
    Table,
)
from tracker.reports.render.pptx.presentation import render
from tracker.reports.render.pptx.words import Para, Run, fitted, height, paragraph_xml
from tracker.reports.typography.measuring import ARIAL


@pytest.fixture(scope="module")
def deck() -> Any:
    return opened(sample())


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


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
    assert "■ Red" in text and "○ Not rated" in text


def test_the_note_of_a_table_lies_on_nothing_however_many_rows_there_are() -> None:
    names = tuple(Column(name) for name in ("Action", "Due"))
    turns = (Paragraph("a"), PageBreak(), Paragraph("b"), PageBreak(), Paragraph("c"), PageBreak())
    for count in range(8, 24):
        tables = [
            Table(f"t{rows}", "Overdue", names, ((f"A-{rows:03} An action", "1 Dec 2026"),) * rows, note="1 not shown.")
            for rows in (count, 30)
        ]
        for slide in opened(paper(Section("actions", "Actions", (*turns, *tables)))).slides:
            places = [
                (shape.top, shape.top + shape.height)
                for shape in slide.shapes
                if shape.has_table or (shape.has_text_frame and not shape.is_placeholder and shape.text_frame.text)
            ]
            for above, below in pairwise(sorted(places)):
                assert above[1] <= below[0] + 36000 * 2, (count, slide.shapes.title.text_frame.text)


def test_the_one_page_slide_says_what_does_not_fit() -> None:
    rows = tuple((f"P-{n:02} A pilot with a name", "● Green") for n in range(60))
    pilots = Section("pilots", "Pilots", (Table("pilots", "Pilots", (Column("Pilot"), Column("Evidence")), rows),))
    asked = Section("decisions", "Decisions sought", (Bullets(tuple(f"Decision {n}" for n in range(30))),))
    slide = opened(paper(asked, pilots)).slides[0]
    text = words(slide)
    shown = len(next(s.table.rows for s in slide.shapes if s.has_table)) - 1
    assert 3 <= shown < 60 and f"{60 - shown} more in the notes and the paper" in text
    decisions = len(re.findall(r"^Decision \d+$", text, re.M))
    assert 1 <= decisions < 30 and f"{30 - decisions} more in the notes and the paper" in text
    assert text.index("Decisions sought") < text.index("Pilots")


def test_a_long_table_goes_on_and_then_says_how_many_more() -> None:
    rows = tuple((f"R-{n:03}", "words " * 30) for n in range(50))
    section = Section("risks-all", "All risks", (Table("r", "Risks", (Column("Risk"), Column("Why")), rows),))
    deck = opened(paper(section))
    tables = [s.table for slide in deck.slides for s in slide.shapes if s.has_table]
    put = sum(len(table.rows) - 1 for table in tables)
    assert (
        len(tables) == 2
        and min(len(table.rows) for table in tables) > 3
        and f"{50 - put} more in the notes and the paper" in "".join(map(words, deck.slides))
    )


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
    assert "in the notes and the paper" in text
    assert "All is well here." in slides[0].notes_slide.notes_text_frame.text


def test_the_evidence_of_a_pilot_may_be_a_table_too() -> None:
    rows = (
        ("▲ Amber", "All together", "One is red."),
        ("● Green", "Time", "On time."),
        ("■ Red", "People", "5 of 18."),
    )
    evidence = Table("p-01-evidence", "Evidence", (Column("Level"), Column("Dimension"), Column("Found")), rows)
    facts = Facts(tuple((f"Fact {n}", LONG[:150]) for n in range(8)))
    section = Section("pilot-p-01", "P-01 Permits", (Paragraph("Source: records."), facts, evidence), new_page=True)
    text = words(opened(paper(section)).slides[2])
    assert "▲ Amber: all together  One is red.\n■ Red: people  5 of 18." in text and "On time." not in text
    assert "Fact 7: " in text and "Source:" not in text


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


def test_no_sentence_is_cut_on_a_slide() -> None:
    text = "The words of a long sentence " * 40
    assert ARIAL.shortened(text, 10, 12, 3) == "In the notes."
    assert ARIAL.shortened(text[:200], 10, 12, 1, longest=8) == text[:200]
    three = "It takes less. " + "It takes no more than a minute of anybody's time. " + text
    assert (
        ARIAL.shortened(three, 10, 12, 3)
        == "It takes less. It takes no more than a minute of anybody's time. (more in the notes)"
    )
    assert ARIAL.shortened(three, 10, 12, 1) == "It takes less. (more in the notes)"
    assert all(ARIAL.width(line, 12) <= 10 for line in ARIAL.lines("x" * 5000, 10, 12))
    one = Para((Run("Label: ", True), Run(text)), 12)
    assert [run.text for run in fitted(one, 10, 3).runs] == ["Label: ", "In the notes."]
    many = Para((Run("Label: ", True), Run(three)), 12)
    assert height(fitted(many, 10, 2), 10) <= 2 and fitted(many, 10, 2).text.endswith("time. (more in the notes)")
    assert 'rtl="1"' in paragraph_xml(Para((Run("تجديد"),)), "ar") and "rtl" not in paragraph_xml(one, "en-GB")


def test_a_table_leaves_no_row_or_two_for_another_slide() -> None:
    columns = (Column("Risk"), Column("Owner"))
    for many in range(18, 24):
        table = Table("r", "Risks", columns, tuple((f"R-{n:03}", "Nobody") for n in range(many)))
        tables = [
            s.table for one in opened(paper(Section("x", "X", (table,)))).slides for s in one.shapes if s.has_table
        ]
        assert sum(len(one.rows) - 1 for one in tables) == many and all(len(one.rows) > 3 for one in tables)


def test_a_decision_is_one_slide_in_two_columns() -> None:
    words_of_it = (
        Paragraph("Question: shall it go on?"), Heading("Recommendation"), Paragraph(LONG[:200]), Heading("Options"),
        Bullets(("One", "Two", "Three"), ordered=True), Heading("Background"), Paragraph(LONG + LONG),
    )  # fmt: skip
    deck = opened(paper(Section("decision-d-001", "Decision D-001", words_of_it, new_page=True)))
    assert titles(deck)[2:] == ["Decision D-001"]
    boxes = [s for s in deck.slides[2].shapes if s.has_text_frame and not s.is_placeholder]
    assert len(boxes) == 2 and boxes[1].left >= boxes[0].left + boxes[0].width
    assert boxes[1].text_frame.text.startswith("Background")


def test_a_pack_says_which_parts_have_no_slide() -> None:
    table = Table("records", "Records", (Column("Ref"),), (("R-001",),))
    parts_of = (
        Section("actions", "Actions", (Missing(),), new_page=True),
        Section("records", "Annex C: records", (table,), new_page=True),
        Section("about", "About this paper", (Paragraph("Reported is a judgement."),)),
    )
    last = opened(paper(*parts_of)).slides[-1]
    assert "Annex C: records" in words(last) and "Reported is a judgement." in words(last)
    assert "Actions" not in words(last)


def test_what_a_section_leaves_out_is_named() -> None:
    tables = tuple(
        Table(f"t-{n}", f"Table {name}", (Column("Risk"), Column("Why")), tuple(("R", LONG) for _ in range(9)))
        for n, name in enumerate("ABC")
    )
    deck = opened(paper(Section("wins", "W", (Paragraph("x"),)), Section("finance", "Money", tables, new_page=True)))
    text = words(deck.slides[-1])
    assert "In the notes and the paper: Table" in text and "Table C (9 rows)" in text


def test_confidence_is_a_strip_with_the_latest_board_last(deck: Any) -> None:
    slide = next(one for one in deck.slides if one.shapes.title.text_frame.text == "Confidence by board")
    strip = next(s.table for s in slide.shapes if s.has_table)
    assert [cell.text for cell in strip.rows[0].cells][-1] == "12 Nov 2026"
    assert [row.cells[0].text for row in strip.rows] == ["Board", "Reported", "Evidence"]
    assert strip.rows[1].cells[len(strip.columns) - 1].text.split() == ["■", "Red"]


def test_sections_of_words_share_slides_about_evenly() -> None:
    some = [Section(f"s-{n}", f"Part {n}", (Paragraph(LONG[:280]), Paragraph(LONG[:200]))) for n in range(10)]
    named = titles(opened(paper(*some)))[1:]
    assert named == ["Part 0 · Part 1 · Part 2", "Part 3 · Part 4 and 2 more", "Part 7 · Part 8 · Part 9"]
