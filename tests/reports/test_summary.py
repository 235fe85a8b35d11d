"""The status summary of whole programmes: golden files, hostile text, what is hidden, and what a page holds."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from golden_files import matches
from markdown_it import MarkdownIt
from paper_said import FORMATS, blocks, line, said
from papers import ARABIC, DAY, EMOJI, LOST, PREV, SECRET, hostile, many

from tracker.reports.model import Brand, Report, Table, text_sizes
from tracker.reports.printed import cut, most_rows
from tracker.reports.render.one_page import fitting, page_text, shortened
from tracker.reports.render.pdf import document as pdf
from tracker.reports.render.text import WIDTH
from tracker.services.board.cycle import last_shown_day
from tracker.services.demo.story import build_demo, day_near
from tracker.services.papers.building import render, summary
from tracker.services.programme_file import open_programme
from tracker.text import columns


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "hostile.db"
    hostile(path)
    return path


@pytest.fixture(scope="module")
def paper(hostile_path: Path) -> Report:
    with open_programme(hostile_path, read_only=True) as store:
        found = summary(store, day=DAY, since=PREV)
    # The journal's hash is made over random salts and differs from file to file.
    return replace(found, header=replace(found.header, head="00000000"))


@pytest.mark.parametrize("kind", FORMATS)
def test_golden(paper: Report, kind: str) -> None:
    matches(f"reports/hostile.{kind}", render(paper, kind).decode())


def test_markdown_makes_nothing_of_hostile_text(paper: Report) -> None:
    text = render(paper, "md").decode()
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(text)
    inline = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "code_inline",
        "fence",
        "code_block",
        "s_open",
    }
    assert sum(token.type == "table_open" for token in tokens) == sum(
        isinstance(block, Table) for section in paper.sections for block in section.blocks
    )
    shown = "".join(child.content for child in inline if child.type in ("text", "text_special"))
    for words in ("A | B [click](javascript:alert(1)) <script>", "{{ 7*7 }} {% raw %} $x$ `rm`", ARABIC, EMOJI):
        assert words in shown
    cells = [token for token in tokens if token.type == "td_open"]
    expected = sum(
        len(block.rows) * len(block.columns)
        for section in paper.sections
        for block in section.blocks
        if isinstance(block, Table)
    )
    assert len(cells) == expected


def test_text_stays_within_the_page(paper: Report) -> None:
    lines = render(paper, "txt").decode().splitlines()
    assert max(columns(line) for line in lines) <= WIDTH
    assert not any(line != line.rstrip() for line in lines)


def test_json_is_canonical_and_complete(paper: Report) -> None:
    data = render(paper, "json")
    found = json.loads(data)
    assert found["schema"] == 1
    assert (json.dumps(found, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode() == data
    assert found["header"]["as_of"] == "2026-11-12" and found["header"]["version"] == "Draft"
    assert [section["id"] for section in found["sections"]] == [section.id for section in paper.sections]
    assert ARABIC in data.decode()


@pytest.mark.parametrize("kind", FORMATS)
def test_neither_a_restricted_record_nor_an_erased_name_is_in_the_paper(paper: Report, kind: str) -> None:
    text = render(paper, kind).decode()
    assert SECRET not in text and LOST not in text
    assert "Former staff (Trainer)" in " ".join(text.replace("\\", "").split())
    assert "2 restricted records are not shown, nor 1 record that belongs to them" in " ".join(text.split())


def test_the_same_file_gives_the_same_bytes_anywhere(hostile_path: Path) -> None:
    code = (
        "import sys; from datetime import date; from tracker.services.programme_file import open_programme; "
        "from tracker.services.papers.building import papers, render\n"
        "with open_programme(sys.argv[1], read_only=True) as store:\n"
        "    both = papers(store, day=date(2026, 11, 12), since=date(2026, 10, 8))\n"
        "for paper in both:\n"
        "    for kind in ('md', 'txt', 'json', 'csv'): sys.stdout.buffer.write(render(paper, kind))\n"
    )
    found = set()
    for zone, seed, language in (("UTC", "1", "C"), ("Pacific/Kiritimati", "77", "ar_EG.UTF-8")):
        here = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language}
        done = subprocess.run(
            [sys.executable, "-c", code, str(hostile_path)], env=here, capture_output=True, check=True, timeout=60
        )
        found.add(done.stdout)
    assert len(found) == 1 and found.pop()


def test_making_a_paper_changes_nothing_and_needs_no_writing(hostile_path: Path) -> None:
    before = hostile_path.read_bytes()
    with open_programme(hostile_path, read_only=True) as store:
        summary(store, day=DAY)
    assert hostile_path.read_bytes() == before


def test_forty_pilots(path: Path) -> None:
    many(path, 40)
    with open_programme(path, read_only=True) as store:
        found = summary(store, day=DAY, since=date(2026, 10, 8))
    (table,) = blocks(found, "pilots")
    assert isinstance(table, Table)
    assert len([column for column in table.columns if not column.long]) == 6
    ratings = [row[2] for row in table.rows]
    assert ratings == ["■ Red"] * 13 + ["▲ Amber"] * 13 + ["● Green"] * 14
    reported = "40 running pilots: 13 ■ Red, 13 ▲ Amber and 14 ● Green as reported; "
    assert f"{reported}40 ○ Not enough evidence by the evidence." in said(found, "headline")
    assert line(found, "What changed") == "120 new."
    assert "No session recorded for Staff (P-01)" in line(found, "Training") and "and 38 more" in line(
        found, "Training"
    )
    assert max(columns(line) for line in render(found, "txt").decode().splitlines()) <= WIDTH


@pytest.mark.parametrize("day", ["2026-09-24", "2026-10-08", "2026-10-22", "2026-11-05", "2026-11-19", "2026-11-26"])
def test_the_demo_is_one_page_on_every_day(path: Path, demo_file: bytes, day: str) -> None:
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as store:
        paper = summary(store, day=date.fromisoformat(day), since=date.fromisoformat(day) - timedelta(35))
    with pikepdf.open(BytesIO(pdf.render(paper).data)) as file:
        assert len(file.pages) == 1
    assert_documents_have_room(paper)


def assert_documents_have_room(paper: Report) -> None:
    width, height = page_text(Brand())
    short = shortened(paper, Brand(), (width, height))
    spared = 0.9
    if short == cut(paper, most_rows(paper)):  # all that can go went, and no pilot's name goes for room
        spared = 1.0
    assert fitting(short, text_sizes(Brand())[-1:], width, height * spared)


def test_the_demo_of_another_day_is_one_page(path: Path) -> None:
    today = date(2026, 12, 28)
    build_demo(path, shift_to=day_near(today))
    with open_programme(path, read_only=True) as store:
        paper = summary(store, day=today, since=last_shown_day(store, today))
    with pikepdf.open(BytesIO(pdf.render(paper).data)) as file:
        assert len(file.pages) == 1
    assert_documents_have_room(paper)


def test_the_demo_fits_a_page(path: Path, demo_file: bytes) -> None:
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as store:
        found = summary(store, day=DAY, since=PREV)
    words = [text for text in render(found, "md").decode().splitlines() if not text.startswith("|")]
    assert len(re.findall(r"\w[\w'’.,-]*", " ".join(words))) <= 450
    assert sum(isinstance(block, Table) for section in found.sections for block in section.blocks) == 1
    assert [section.id for section in found.sections] == [
        "decisions",
        "headline",
        "pilots",
        "outcomes",
        "risks",
        "also",
    ]
    assert found.one_page
    with pikepdf.open(BytesIO(pdf.render(found).data)) as file:
        assert len(file.pages) == 1
    with pikepdf.open(BytesIO(pdf.render(found, Brand(smallest_text=12)).data)) as file:
        assert len(file.pages) > 1
    assert fitting(found, text_sizes(Brand()), *page_text(Brand())) >= 10
    (table,) = blocks(found, "pilots")
    assert isinstance(table, Table) and max(len(row[-1]) for row in table.rows) <= 76
    assert table.rows[0][-1] == "By assurance ▲ Amber; forecast end moved to 29 Jan 2027 (2nd move)."
    above = "5 of 10 open risks above appetite (higher than accepted), by 39 points (last time 7, by 40)"
    assert above in said(found, "risks")
    assert "Front-line counter staff: 5 of 18 (28%), P-04" in line(found, "Training")
    assert "stale: P-06 (51 days)." in line(found, "Freshness")
    assert line(found, "What changed").endswith(" Removed R-008; corrected ME-015; late entry R-015.")
    asked = said(found, "decisions").splitlines()
    assert asked[2] == "D-013 Stop the licensing triage (P-06). Requester recommends: Stop." and len(asked) == 3
    assert found.sections[0].title == "Decisions sought, needed today"
    assert said(found, "outcomes").startswith("● Improved: Completion rate, P-01: 69% → 83% (target 80%)")
    assert line(found, "Interoperability").endswith("across organisations: 3 of 9.")


def test_a_setting_that_cannot_be_used_is_said(paper: Report) -> None:
    assert "Soon is a whole number from 1 to 365; “several” is not one. The default is used." in line(paper, "Settings")
