"""Papers of many pilots as they are printed: one page is one page, and every pilot is named or counted."""

import random
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdf_of import text_of, with_poppler

from tracker.reports.files.canonical import digest, read_report
from tracker.reports.formats import make
from tracker.reports.model import PLAIN, Brand, Column, Header, Paragraph, Report, Section, Table, text_sizes
from tracker.reports.printed import MOST_ROWS, cut, printed
from tracker.reports.render.one_page import fitting, page_text, shortened
from tracker.reports.render.pdf import document as pdf

RATED = ("■ Red", "▲ Amber", "○ Not rated", "● Green")
COUNTED = re.compile(r"([\d,]+) of ([\d,]+) are shown\. And ([\d,]+) more, as reported: (.*?)\. All of them", re.DOTALL)
HEADER = Header("status summary", "Programme", "Board", date(2026, 11, 12), None, "Board", "OFFICIAL", "Draft", "0a1b")


def summary_of(number: int, words: int = 6) -> Report:
    """Return a summary of so many pilots, the worst first, each with a sentence of some words."""
    chance = random.Random(number)
    rated = sorted((chance.randrange(len(RATED)) for _ in range(number)), key=int)
    columns = (Column("Pilot"), Column("Phase"), Column("Reported"), Column("What changed", long=True))
    rows = [
        (f"P-{place:03} Pilot of {place}", "Alpha", RATED[rating], "It moved again. " + "word " * words)
        for place, rating in enumerate(rated, 1)
    ]
    counts = tuple(row[2] for row in rows)
    table = Table("pilots", "Pilots", columns, tuple(rows), counted_as=counts, elsewhere="Annex E")
    sections = (Section("pilots", "Pilots", (table,)), Section("also", "Also", (Paragraph("It is so. " * 40),)))
    return Report(HEADER, tuple(Section(part.id, part.title, part.blocks, one_page=True) for part in sections))


def counted(text: str) -> tuple[int, int, int, int]:
    """Return how many are shown, of how many, how many more, and the sum of what these are counted as."""
    match = COUNTED.search(" ".join(text.split()))
    assert match is not None, text
    shown, total, more = (int(part.replace(",", "")) for part in match.groups()[:3])
    return shown, total, more, sum(int(number) for number in re.findall(r"(\d+) [■▲○●]", match[4]))


def pages(report: Report, brand: Brand = PLAIN) -> int:
    with pikepdf.open(BytesIO(pdf.render(report, brand).data)) as file:
        return len(file.pages)


@with_poppler
@pytest.mark.parametrize(("number", "words"), [(60, 4), (250, 30), (1200, 2)])
def test_a_summary_of_many_pilots_is_one_page_that_names_the_worst_and_counts_the_others(
    number: int, words: int, tmp_path: Path
) -> None:
    report = summary_of(number, words)
    data = pdf.render(report).data
    text = text_of(data, tmp_path)
    with pikepdf.open(BytesIO(data)) as file:
        assert len(file.pages) == 1
    shown, total, more, counts = counted(text)
    named = re.findall(r"P-(\d+) Pilot", text)
    assert [int(place) for place in named] == list(range(1, shown + 1))
    assert (total, shown + more, counts) == (number, number, more)
    assert shown > 12
    # One more would have a second page.
    fuller = cut(report, shown + 1)
    uncut = [Table(t.id, t.caption, t.columns, t.rows) for t in fuller.sections[0].of(Table)]
    first = Section("pilots", "Pilots", (*uncut, *fuller.sections[0].of(Paragraph)), one_page=True)
    assert pages(Report(HEADER, (first, *fuller.sections[1:]))) > 1


def test_few_pilots_that_fit_are_named_with_their_sentences() -> None:
    report = summary_of(8)
    assert shortened(report, PLAIN, page_text(PLAIN)) is report
    assert pages(report) == 1


def test_pilots_are_all_named_without_their_sentences_before_any_is_left_out() -> None:
    report = summary_of(30, 20)
    short = shortened(report, PLAIN, page_text(PLAIN))
    (table,) = short.sections[0].of(Table)
    assert len(table.rows) == 30
    said = [bool(row[-1]) for row in table.rows]
    assert said == sorted(said, reverse=True) and 0 < sum(said) < 30  # the worst keep theirs
    assert [block.text for block in short.sections[0].of(Paragraph)] == ["More of each: Annex E."]


def test_documents_have_a_tenth_of_the_page_to_spare() -> None:
    width, height = page_text(PLAIN)
    short = shortened(summary_of(250), PLAIN, (width, height))
    assert fitting(short, text_sizes(PLAIN), width, height * 0.9)
    (table,) = short.sections[0].of(Table)
    longer = cut(summary_of(250), len(table.rows) + 1)
    assert not fitting(longer, text_sizes(PLAIN)[-1:], width, height * 0.9)


@pytest.mark.parametrize("words", range(20, 80, 5))
def test_documents_of_a_few_pilots_have_a_tenth_to_spare_and_say_no_less_than_fits(words: int) -> None:
    width, height = page_text(PLAIN)
    report = summary_of(12, words)
    short = shortened(report, PLAIN, (width, height))
    (table,) = short.sections[0].of(Table)
    assert len(table.rows) == 12
    assert fitting(short, text_sizes(PLAIN)[-1:], width, height * 0.9)
    if short is not report:
        longer = cut(report, 12, sum("word" in row[-1] for row in table.rows) + 1)
        assert not fitting(longer, text_sizes(PLAIN)[-1:], width, height * 0.9 * 0.9)


def test_a_house_style_that_forbids_small_letters_cuts_many_pilots_and_not_a_few() -> None:
    large = Brand(smallest_text=12)
    assert pages(summary_of(250), large) == 1
    assert pages(summary_of(12, 120), large) > 1


@with_poppler
def test_where_the_other_parts_take_more_than_a_page_a_few_pilots_are_still_named(tmp_path: Path) -> None:
    report = summary_of(40)
    long = Section("also", "Also", (Paragraph("It is so. " * 900),), one_page=True)
    report = Report(HEADER, (report.sections[0], long))
    (table,) = shortened(report, PLAIN, page_text(PLAIN)).sections[0].of(Table)
    assert len(table.rows) == 12
    data = pdf.render(report).data
    assert counted(text_of(data, tmp_path))[:3] == (12, 40, 28)


def test_a_row_keeps_its_sentences_where_they_say_worse_of_it_than_its_rating() -> None:
    columns = (Column("Pilot"), Column("Reported"), Column("What changed", long=True))
    rows = (
        ("P-1", "● Green", "By assurance ■ Red."),
        ("P-2", "■ Red", "By assurance ● Green."),
        ("P-3", "■ Red", "So."),
    )
    table = Table("pilots", "Pilots", columns, rows, counted_as=("a", "b", "c"), elsewhere="Annex E")
    short = cut(Report(HEADER, (Section("pilots", "Pilots", (table,), one_page=True),)), 2)
    (left,) = short.sections[0].of(Table)
    assert left.rows == (("P-1", "● Green", "By assurance ■ Red."), ("P-2", "■ Red", ""))


def pack_of(rows: int) -> Report:
    """Return a pack with a section that is only data and a long table."""
    columns = (Column("Record"), Column("What"))
    cells = tuple((f"R-{place}", "It is late.") for place in range(rows))
    table = Table("late", "Late", columns, cells)
    kept = Table("every", "Every", columns, cells, all_rows=True)
    sections = (
        Section("late", "1 Late", (table,), new_page=True),
        Section("every", "2 Every", (kept,), new_page=True),
        Section("pilot-1", "3 Only data", (Paragraph("Seen by portals."),), new_page=True, data_only=True),
    )
    return Report(HEADER, sections)


def test_what_is_only_data_is_in_data_and_not_in_print_and_every_file_names_the_same_paper() -> None:
    report = pack_of(MOST_ROWS + 20)
    text = make(report, "txt").data.decode()
    assert "Seen by portals" not in text and "Seen by portals" in make(report, "json").data.decode()
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 20} rows" in " ".join(text.split())
    assert text.count(f"R-{MOST_ROWS + 10}") == 1  # of the table that is printed with all rows
    assert digest(report)[:12] in text and digest(printed(report)) == digest(report)
    assert read_report(report.to_dict()) == report


def test_a_paper_without_what_is_only_data_is_printed_as_it_is() -> None:
    report = Report(HEADER, pack_of(MOST_ROWS + 20).sections[:2])
    assert printed(report) is report


@pytest.mark.parametrize(
    ("caption", "rated", "words", "first"),
    [
        ("Training", True, "rows, the worst first; all", "R-70"),
        ("Training", False, "rows, by ref; all", "R-0"),
        ("Late, the longest first", True, "rows; all", "R-0"),
    ],
)
def test_a_table_that_is_cut_has_the_worst_rows_or_says_its_order(
    caption: str, rated: bool, words: str, first: str
) -> None:
    ratings = ["■ Red" if place == 70 else "● Green" for place in range(80)]
    cells = tuple((f"R-{place}", rating if rated else "So") for place, rating in enumerate(ratings))
    table = Table("t", caption, (Column("Record"), Column("Standing")), cells)
    sections = (*pack_of(1).sections[-1:], Section("s", "1 Table", (table,)))
    (section,) = printed(Report(HEADER, sections)).sections
    (shown,) = section.of(Table)
    (said,) = section.of(Paragraph)
    assert (shown.rows[0][0], len(shown.rows)) == (first, MOST_ROWS)
    assert f"The first {MOST_ROWS} of 80 {words}" in said.text


def test_all_pilots_are_named_before_a_tenth_of_the_page_is_spared() -> None:
    width, height = page_text(PLAIN)
    report = summary_of(8)
    lowest = next(
        share
        for share in (part / 100 for part in range(1, 100))
        if fitting(cut(report, 8), text_sizes(PLAIN)[-1:], width, height * share)
    )
    (table,) = shortened(report, PLAIN, (width, height * lowest)).sections[0].of(Table)
    assert len(table.rows) == 8


def test_a_web_page_keeps_sentences_on_a_screen_and_leaves_them_out_where_they_do_not_fit_in_print() -> None:
    fits, full = (make(summary_of(8, words), "html").data.decode() for words in (4, 100))
    hidden = re.compile(r"\.shared \.below tbody tr:nth-child\(n\+(\d+)\) \.more\{display:none\}")
    assert hidden.findall(fits) == [] and hidden.findall(full) == ["6"]
    assert full.count("It moved again.") == fits.count("It moved again.") == 8
