"""The web page: whole in one file, structured for assistive technology, and nothing but text where people typed."""

import os
import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from sample_report import ARABIC, FORMULA, LONG, sample

from tracker.reports.charts.palette import contrast
from tracker.reports.files.canonical import canonical, digest
from tracker.reports.model import (
    DRAFT_MINUTES,
    PLAIN,
    Brand,
    Bullets,
    Column,
    Header,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Section,
    Table,
)
from tracker.reports.render.heading import footer
from tracker.reports.render.html.page import render
from tracker.reports.render.html.words import way, words

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
HEADER = Header("paper", "Programme", "Board", date(2026, 11, 12), None, "Internal", "", "Draft", "abcd1234")
VOID = {"meta", "img", "br", "wbr", "hr", "link", "input"}


class Reader(HTMLParser):
    """Reads a page: fails on a tag that is not closed in order, and keeps what was found."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            level, text = self.headings.pop()
            self.headings.append((level, text + data))

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each such tag."""
        return [found for name, found in self.tags if name == tag]


@pytest.fixture(scope="module")
def page() -> str:
    return render(sample()).data.decode()


@pytest.fixture(scope="module")
def read(page: str) -> Reader:
    return Reader(page)


def paper(*blocks: object, **header: object) -> Report:
    changed = replace(HEADER, **header)  # type: ignore[arg-type]
    return Report(changed, (Section("s", "A section", blocks),))  # type: ignore[arg-type]


def test_the_page_needs_nothing_else(page: str, read: Reader) -> None:
    tags = Counter(tag for tag, _ in read.tags)
    assert not {"script", "link", "iframe", "object", "embed", "base", "form", "video", "audio"} & set(tags)
    for _, found in read.tags:
        assert not any(name.startswith("on") for name in found)
        assert found.get("href", "#").startswith("#") and found.get("src", "data:").startswith("data:")
        assert "style" not in found
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert "url(" not in style and "@import" not in style
    policy = next(m["content"] for m in read.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    for part in ("default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"):
        assert part in policy


def test_the_page_has_structure(read: Reader) -> None:
    assert read.all("html") == [{"lang": "en-GB"}]
    assert [level for level, _ in read.headings].count(1) == 1
    steps = [level for level, _ in read.headings]
    assert all(after - before <= 1 for before, after in pairwise(steps))
    ids = [found["id"] for _, found in read.tags if "id" in found]
    assert len(ids) == len(set(ids))
    links = [found["href"][1:] for found in read.all("a")]
    assert links[0] == "main" and set(links) <= set(ids) and len(links) == 1 + len(sample().sections)
    regions = [found["aria-label"] for found in read.all("section")]
    assert len(regions) == len(set(regions)) and all(found["tabindex"] == "0" for found in read.all("section"))
    assert all(found.get("scope") in ("col", "row") for found in read.all("th"))
    assert len(read.all("caption")) == len(read.all("table")) == len(regions)


def test_charts_stand_beside_their_figures(read: Reader) -> None:
    drawings = read.all("svg")
    assert len(drawings) == 2 * 7 and all(found["role"] == "img" for found in drawings)  # for broad and slim screens
    assert len(read.all("details")) == len(read.all("summary")) == 7


def silent(shown: str) -> str:
    """Return a status as a page has it: the mark is not read out, and mark and word stay on one line."""
    mark, _, word = shown.partition(" ")
    return f'<span aria-hidden="true">{mark}</span>\u00a0{word}'


def test_ratings_have_mark_word_and_colour(page: str) -> None:
    for level, shown in (("red", "■ Red"), ("amber_red", "◆ Amber/Red"), ("not_rated", "○ Not rated")):
        joined = silent(shown)
        assert f'<span class="st {level} n">{joined}</span>' in page
    for level, shown in (("green", "● Green"), ("not_rated", "○ Not enough evidence")):
        joined = silent(shown)
        assert re.search(f'<p class="signal {level}"><span class="st {level}[ n]*">{joined}</span>', page)


def test_what_people_typed_is_text(read: Reader) -> None:
    seen = "".join(read.words)
    for text in ("<script>alert(1)</script> &amp; ${HOME}", "{{ 7*7 }} {% raw %}", FORMULA, "]]>", "word" * 2500, LONG):
        assert text in seen
    assert ("49" in seen) == ("49" in str(sample().to_dict()))  # {{ 7*7 }} is not worked out
    assert not [found for tag, found in read.tags if tag in ("b", "i", "foo")]


def test_head_and_foot(page: str) -> None:
    report = sample()
    assert footer(report) in page and digest(report) in "".join(Reader(page).words)
    assert "(draft)" not in page and "not frozen yet" not in page
    draft = render(replace(report, header=replace(report.header, frozen=""))).data.decode()
    assert "(draft)</title>" in draft and "not frozen yet" in draft
    minutes = replace(report.header, frozen="", title=DRAFT_MINUTES)
    said = render(replace(report, header=minutes)).data.decode()
    assert "not approved yet, the wording may still change" in said and "figures may still change" not in said


def test_tables_are_cards_on_whatever_is_held_upright(page: str) -> None:
    """At 768 pixels a table of sentences ran out of sight."""
    width, cards = re.findall(r"@media screen and \(max-width:(\d+)rem\)\{\n(\.cards.*)", page)[0]
    assert int(width) * 16 > 768 and ".cards td" in cards and "display:block" in cards


def test_the_house_style_is_used_and_cannot_break_out() -> None:
    brand = Brand("City & Co", LOGO, "svg", 'Arms "of" <City>', "#801650", "letter")
    shown = render(paper(), brand).data.decode()
    (logo,) = Reader(shown).all("img")
    assert logo["src"] == f"data:image/svg+xml;base64,{b64encode(LOGO).decode()}"
    assert logo["alt"] == 'Arms "of" <City>'
    assert "City &amp; Co" in shown and "--accent:#801650" in shown and "size:letter" in shown
    evil = render(paper(), PLAIN._replace(accent="red}</style><script>")).data.decode()
    assert "<script" not in evil and "--accent:#12436d" in evil
    dark = re.search(r"dark\)\{:root\{--accent:(#\w{6}).*?--ground:(#\w{6})", shown)
    assert dark and contrast(dark[1], dark[2]) >= 4.5


def test_an_empty_paper_and_empty_texts_are_valid() -> None:
    columns = (Column("A"), Column(""))
    blocks = (Heading("", 6), Paragraph(""), Table("t", "", columns, ()), Table("t", "", columns, (("", "x"),)))
    read = Reader(render(paper(*blocks, programme="", title="", language="<x>")).data.decode())
    assert [found[:2] for found in read.headings] == [(1, "Untitled"), (2, "A section"), (3, "Untitled")]
    assert read.all("html") == [{"lang": "en"}]
    assert Reader(render(Report(HEADER, ())).data.decode()).headings == [(1, "Programme: paper")]


def test_sections_of_a_long_paper_run_on_in_print_and_its_contents_are_numbered_once() -> None:
    def page(count: int) -> str:
        sections = tuple(Section(f"s{n}", f"{n} Title", (Paragraph("a"),), new_page=True) for n in range(1, count + 1))
        return render(replace(paper(), sections=sections)).data.decode()

    assert '<body class="long">' in page(3) and "<body>" in page(2)
    style = page(3).partition("</style>")[0]
    assert ".long .part+.new:not(.shared){break-before:auto}" in style.partition("@media print")[2]
    assert "list-style:none" in re.findall(r"nav ol\{[^}]*\}", style)[0]


def test_what_stays_on_a_line_of_a_table_may_break_on_a_card() -> None:
    narrow = render(sample()).data.decode().partition("max-width:50rem")[2].partition("@media")[0]
    assert ".cards .w{white-space:normal}" in narrow


def test_page_breaks_do_not_strand_a_heading() -> None:
    begin = render(paper(PageBreak(), Paragraph("a"), PageBreak(), Paragraph("b"), PageBreak())).data.decode()
    assert 'class="part new"' in begin and begin.count('class="break"') == 1


def test_sections_and_tables_of_the_same_name_are_told_apart() -> None:
    table = Table("t", "Same", (Column("A"),), (("x",),))
    sections = tuple(Section(name, "Title", (table,)) for name in ("a b", "a b", "ü"))
    read = Reader(render(Report(HEADER, sections)).data.decode())
    assert [found["id"] for found in read.all("h2")] == ["contents", "s-a-b", "s-a-b-2", "s--"]
    assert [found["aria-label"] for found in read.all("section")] == ["Table: Same", "Table: Same, 2", "Table: Same, 3"]


def test_a_block_without_a_rule_is_refused() -> None:
    with pytest.raises(TypeError, match="no HTML for a column"):
        render(paper(Column("not a block of its own")))


def test_long_words_may_break_but_letters_stay_joined() -> None:
    assert words("a" * 40) == "a" * 16 + "<wbr>" + "a" * 16 + "<wbr>" + "a" * 8
    assert words("a\n<b>") == "a<br>&lt;b&gt;"
    assert words("https://www.example.org/a-b") == "https://www.<wbr>example.<wbr>org/<wbr>a-<wbr>b"
    joined = "👩\u200d" * 30
    assert "<wbr>" not in words(joined)
    assert (way("abc"), way("żółć"), way("ab تجديد")) == ("", "", ' dir="auto"')


def test_a_point_from_right_to_left_keeps_its_mark_on_the_page() -> None:
    shown = render(paper(Bullets((ARABIC, "plain")))).data.decode()
    assert f"<li><bdi>{ARABIC}</bdi></li>" in shown and "<li>plain</li>" in shown and "<li dir" not in shown


def test_the_same_paper_gives_the_same_bytes_elsewhere(page: str, tmp_path: Path) -> None:
    (tmp_path / "paper.json").write_bytes(canonical(sample().to_dict()))
    code = (
        "import json, sys; from pathlib import Path\n"
        "from tracker.reports.files.canonical import read_report\n"
        "from tracker.reports.render.html.page import render\n"
        "report = read_report(json.loads(Path(sys.argv[1], 'paper.json').read_bytes()))\n"
        "sys.stdout.buffer.write(render(report).data)"
    )
    changed = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
    root = Path(__file__).parents[3]
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, **changed},
        cwd=root,
        capture_output=True,
        check=True,
    )
    assert found.stdout.decode() == page


def test_a_mark_is_read_out_where_no_word_says_the_same() -> None:
    assert str(words("3 ▲ Amber")) == '3\u00a0<span aria-hidden="true">▲</span>\u00a0Amber'
    assert str(words("▲")) == "▲"
    assert str(words("<b> ● Green")) == '&lt;b&gt; <span aria-hidden="true">●</span>\u00a0Green'


def test_each_cell_of_a_wide_table_says_on_a_telephone_what_it_is() -> None:
    columns = (Column("Pilot"), Column("Reported"), Column("Next decision"))
    wide = Table("t", "Pilots", columns, (("P-01", "● Green", "12 Feb 2027"),))
    narrow = Table("n", "Pairs", columns[:2], (("P-01", "● Green"),), row_header=False)
    page = render(Report(HEADER, (Section("s", "S", (wide, narrow)),))).data.decode()
    assert 'class="scroll cards"' in page and page.count('class="scroll"') == 1
    assert page.count('data-of="Reported"') == 1 and page.count('data-of="Next decision"') == 1
    assert "content:attr(data-of)" in page


def test_each_printed_page_is_marked_and_nothing_typed_ends_the_style_sheet() -> None:
    marked = replace(HEADER, classification='OFFICIAL"}</style><script>')
    page = render(Report(marked, (Section("s", "S", (Paragraph("x"),)),))).data.decode()
    assert '@top-right{content:"OFFICIAL /style script · Position as of 12 Nov 2026 · Draft"' in page


def test_days_and_refs_stay_on_a_line_in_print() -> None:
    rows = (("ME-015", "31 Jul 2026", "73 days late", "By 31 Jul 2026, as it was agreed"),)
    table = Table("late", "Late", tuple(map(Column, ("Record", "Due", "How late", "What"))), rows)
    page = render(Report(sample().header, (Section("s", "Late", (table,)),))).data.decode()
    looks = [re.findall(rf'<t[hd][^>]*class="([^"]*)"[^>]*>(?:<[^>]+>)*{text}', page) for text in rows[0]]
    assert [any("d" in look.split() for look in found) for found in looks] == [True, True, True, False]
