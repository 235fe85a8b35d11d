"""Each format shows each kind of block, as text and nothing else."""

import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_schema import FILE, schema
from sample_report import sample

from tracker.reports.files.canonical import digest, read_report
from tracker.reports.formats import FORMATS, renderer
from tracker.reports.model import (
    Block,
    Brand,
    Bullets,
    Callout,
    Chart,
    Column,
    Facts,
    Figures,
    Header,
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
from tracker.reports.render import json as json_format
from tracker.reports.render import markdown, text
from tracker.reports.render.heading import footer, header_facts
from tracker.text import clean, columns

steady = settings(derandomize=True, max_examples=100, deadline=None)
HEADER = Header("paper", "Programme", "Board", date(2026, 11, 12), None, "Internal", "", "Draft", "abcd1234")
EVERY: tuple[Block, ...] = (
    Heading("A heading"),
    Paragraph("A paragraph"),
    Quote("A quote", "A source"),
    Facts((("A label", "A value"),)),
    Bullets(("A point", "B point"), ordered=True),
    Signal("red", "■ Red", "A signal"),
    Callout("A warning", "A callout"),
    Missing("A gap"),
    Table(
        "t",
        "A caption",
        (Column("A title"), Column("N", "right"), Column("Words", long=True)),
        (("a", "1", "A long one"),),
    ),
    Table("u", "B caption", (Column("B title"),), (), note="A note"),
    Figures((("72%", "A figure", "A hint"), ("3", "B figure", ""))),
    PageBreak(),
    Chart(
        "c", "bars", "A chart", "An alternative", ("one",), (Series("s", (1.0,)),),
        Table("c-data", "C caption", (Column("C title"), Column("n", "right")), (("C cell", "1"),)),
    ),
)  # fmt: skip
typed = st.text(max_size=60).map(lambda words: clean(words, lines=True).text)
# The formats that are plain text; a web page has tests of its own, and JSON is the paper itself.
TEXTS = [renderer(name) for name, form in FORMATS.items() if form.text and not form.calendar and name != "html"]
WORDS = [module for module in TEXTS if module is not json_format]
signs = st.text("|\\`*_{}[]()<>#+-.!~$&;:/@=1a \n", max_size=30).map(lambda words: clean(words, lines=True).text)


def paper(*blocks: Block) -> Report:
    return Report(HEADER, (Section("s", "A section", blocks),))


def shown(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("module", TEXTS)
def test_every_block_is_in_every_format(module: object) -> None:
    found = module.render(paper(*EVERY)).data.decode()  # type: ignore[attr-defined]
    assert found.endswith("\n") and not found.endswith("\n\n")
    for words in ("A heading", "A paragraph", "A quote", "A source", "A label", "A value", "B point", "A signal"):
        assert words in found
    for words in ("A warning", "A callout", "A gap", "A caption", "N", "A long one", "B caption", "A note"):
        assert words in found
    for words in ("72%", "A figure", "A hint", "A chart", "An alternative", "C caption", "C cell", "n"):
        assert words in found


def test_a_block_without_a_rule_is_refused_not_left_out() -> None:
    for module in WORDS:
        with pytest.raises(TypeError):
            module.render(paper(Column("not a block of its own")))


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="table t: a row has 2 cells for 1 columns"):
        Table("t", "c", (Column("one"),), (("a", "b"),))


def test_the_model_is_frozen_and_its_text_plain() -> None:
    block = Bullets(("a\x1b[31mb", "c\u202ed"))
    assert block.items == ("a\ufffd[31mb", "c\ufffdd")
    with pytest.raises(FrozenInstanceError):
        block.items = ()  # type: ignore[misc]
    assert Facts((("k\x07", "v"),)).items == (("k\ufffd", "v"),)


@steady
@given(typed | signs)
def test_markdown_shows_any_text_as_it_was_typed(words: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    line = shown(words)
    tokens = parser.parse(f"x {markdown.escape(words)}\n\n{markdown.escape(words)}\n\n- {markdown.escape(words)}\n")
    found = [token for token in tokens if token.type == "inline"]
    for token in found:
        assert {child.type for child in token.children or []} <= {"text", "text_special"}
        assert "".join(child.content for child in token.children or []) in (line, f"x {line}".rstrip())
    assert len(found) == (3 if line else 1)
    lists = {f"{kind}_{side}" for kind in ("bullet_list", "list_item") for side in ("open", "close")}
    assert {token.type for token in tokens} <= {"inline", "paragraph_open", "paragraph_close", *lists}


@steady
@given(st.lists(st.tuples(typed | signs, typed | signs), min_size=1, max_size=4))
def test_a_markdown_table_keeps_its_cells(rows: list[tuple[str, str]]) -> None:
    table = Table("t", "c", (Column("one"), Column("two")), tuple(rows), row_header=False)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown.render(paper(table)).data.decode())
    cells = [
        "".join(child.content for child in tokens[place + 1].children or [])
        for place, token in enumerate(tokens)
        if token.type == "td_open"
    ]
    assert cells == [shown(cell) for row in rows for cell in row]


@pytest.mark.parametrize(
    "words", ["https://evil.example", "HTTP://evil.example/a?b", "www.evil.example", "WWW.e.org", "a@b.cd"]
)
def test_bare_addresses_do_not_become_links(words: str) -> None:
    parser = MarkdownIt("gfm-like")
    assert parser.linkify is not None
    parser.linkify.set({"fuzzy_link": False})
    (inline,) = [token for token in parser.parse(markdown.escape(words)) if token.type == "inline"]
    assert "link_open" not in {child.type for child in inline.children or []}


@steady
@given(st.lists(st.tuples(typed, typed, typed), max_size=4), st.integers(1, 60), st.booleans())
def test_text_is_never_wider_than_the_page(rows: list[tuple[str, str, str]], size: int, long: bool) -> None:
    wide = tuple((a * size, b, c * size) for a, b, c in rows)
    table = Table("t", "c" * size, (Column("one" * size), Column("n", "right"), Column("three", long=long)), wide)
    found = text.render(paper(table, Paragraph("福" * size), Facts((("k" * size, "v" * size),)))).data.decode()
    assert max(columns(line) for line in found.splitlines()) <= text.WIDTH


@steady
@given(typed, st.integers(2, 40))
def test_wrapping_loses_nothing(words: str, width: int) -> None:
    lines = text.wrap(words, width)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(columns(line) <= width or len(line) == 1 for line in lines)


@steady
@given(st.lists(typed, max_size=5))
def test_json_gives_every_text_back(items: list[str]) -> None:
    found = json.loads(json_format.render(paper(Bullets(tuple(items)))).data)
    assert found["sections"][0]["blocks"][0] == {"kind": "bullets", "items": items, "ordered": False}


def test_text_tells_a_table_as_records_not_as_columns_of_spaces() -> None:
    columns = (Column("Pilot"), Column("Phase"), Column("Score", "right"), Column("Empty"), Column("Why", long=True))
    rows = (("P-01 Permits", "Alpha", "12", "", "It is late."), ("P-02 Badges", "Live", "3", " ", "x " * 40))
    found = text.render(paper(Table("t", "Pilots", columns, rows, note="A note"))).data.decode()
    told = found[found.index("Pilots\n") : found.index("A note")]
    assert told.splitlines() == [
        "Pilots",
        "",
        "- P-01 Permits",
        "    Phase: Alpha · Score: 12",
        "    Why: It is late.",
        "- P-02 Badges",
        "    Phase: Live · Score: 3",
        "    Why: " + "x " * 34 + "x",
        "    x x x x x",
        "",
    ]


def test_the_foot_of_a_paper_fixes_its_data() -> None:
    draft = paper(Paragraph("a"))
    frozen = replace(draft, header=replace(HEADER, frozen="2026-11-12T17:00:00Z", pack="SN-001"))
    assert footer(draft) == f"Programme · Position as of 12 Nov 2026 · Data {digest(draft)[:12]} · Draft"
    assert footer(frozen) == f"Programme · Position as of 12 Nov 2026 · SN-001 · Data {digest(frozen)[:12]}"
    for module in WORDS:
        assert digest(draft)[:12] in module.render(draft).data.decode()
    assert digest(draft) != digest(paper(Paragraph("b")))


def test_the_facts_of_a_frozen_paper() -> None:
    header = replace(
        HEADER, frozen="2026-11-12T17:00:00Z", pack="SN-001", meeting="12 Nov 2026, November", withheld="2 records"
    )
    facts = dict(header_facts(header))
    assert facts["Position as of"] == "12 Nov 2026 (frozen 12 Nov 2026 17:00 UTC)"
    assert (facts["Meeting"], facts["Pack"], facts["Withheld"]) == ("12 Nov 2026, November", "SN-001", "2 records")
    assert dict(header_facts(replace(HEADER, frozen="at noon")))["Position as of"] == "12 Nov 2026 (frozen at noon)"
    assert dict(header_facts(replace(HEADER, frozen="2026-99-12T17:00:00Z")))["Position as of"].endswith("17:00:00Z)")


@pytest.mark.parametrize("module", WORDS)
def test_the_organisation_is_named_once(module: object) -> None:
    brand = Brand(organisation="Northmere # Council")
    found = module.render(paper(), brand).data.decode()  # type: ignore[attr-defined]
    assert found.replace("\\", "").count("Northmere # Council") == 1


@pytest.mark.parametrize("module", TEXTS)
def test_the_sample_of_everything(module: object) -> None:
    made = module.render(sample()).data  # type: ignore[attr-defined]
    assert made == module.render(sample()).data  # type: ignore[attr-defined]
    found = made.decode()
    assert "\x1b" not in found and "\u202e" not in found
    if module is text:
        assert max(columns(line) for line in found.splitlines()) <= text.WIDTH


def test_the_published_schema_is_that_of_the_model() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))


def test_the_sample_fits_the_published_schema() -> None:
    published = json.loads(FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    checker = jsonschema.Draft202012Validator(published)
    data = json.loads(json_format.render(sample()).data)
    assert list(checker.iter_errors(data)) == []
    assert read_report(data) == sample()
    # What was frozen before sections could share a page has no word of it, and keeps its hash.
    assert not any("one_page" in section for section in data["sections"])
    spoils: list[Callable[[dict[str, Any]], object]] = [
        lambda paper: paper.pop("schema"),
        lambda paper: paper["header"].pop("as_of"),
        lambda paper: paper.update(sections="none"),
    ]
    for spoil in spoils:
        wrong = json.loads(json_format.render(sample(hostile=False)).data)
        spoil(wrong)
        assert list(checker.iter_errors(wrong))
    wrong = json.loads(json_format.render(sample(hostile=False)).data)
    wrong["sections"][0]["blocks"][0]["text"] = 3
    assert list(checker.iter_errors(wrong))
