"""Styles of a template in which a paper cannot be read are named, in Word and in Writer alike."""

from collections.abc import Callable
from typing import Any

import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from reports.render.test_odt_template import STYLES
from reports.render.test_odt_template import template as odt_template
from reports.template_cases import rewritten, swapped, template

from tracker.reports.branding.check import check

HIDDEN = "Hidden text: {}. What papers write in it is not seen."
PALE = "Letters too pale to be read on what is behind them: {}."
FIXED = "Lines of an exact height: {}. Taller letters and pictures in them lose their top."
CAPITALS = "Everything in capitals: {}. Long texts are hard to read so."
KINDS = (HIDDEN, PALE, FIXED, CAPITALS)


def writer(anchor: str = "<text:p>{{ report }}</text:p>", styles: str = STYLES) -> bytes:
    return rewritten(odt_template(anchor, styles), {"content.xml": swapped(b"{{ 7*7 }}", b"7")})


def looked(data: bytes, kind: str) -> list[str]:
    verdict = check(data, kind)
    assert verdict.refused == ()
    starts = tuple(sentence.partition(":")[0] for sentence in KINDS)
    return [sentence for sentence in verdict.missing if sentence.startswith(starts)]


def exact(document: Any) -> None:
    usual = document.styles["Normal"].paragraph_format
    usual.line_spacing_rule, usual.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(10)
    document.styles["Caption"].paragraph_format.line_spacing = 1.0


def hidden(document: Any) -> None:
    document.styles["Heading 2"].font.hidden = True
    document.styles["Title"].font.hidden = False


def capitals(document: Any) -> None:
    document.styles["Normal"].font.all_caps = True
    for name in ("Title", "Heading 1", "Heading 2", "Caption"):
        document.styles[name].font.all_caps = False
    document.styles["Heading 3"].font.small_caps = True


def white(document: Any) -> None:
    document.styles["Heading 1"].font.color.rgb = RGBColor(255, 255, 255)
    document.styles["Title"].font.color.rgb = RGBColor(255, 255, 255)
    shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="12436D"/>'
    document.styles["Title"].element.get_or_add_pPr().append(parse_xml(shade))


EVERY = "the usual paragraph, Heading 1, Heading 2 and Heading 3"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (exact, FIXED.format(EVERY)),
        (hidden, HIDDEN.format("Heading 2")),
        (capitals, CAPITALS.format("the usual paragraph and Heading 3")),
        (white, PALE.format("Heading 1")),
    ],
)
def test_a_word_template_that_cannot_be_read_is_named_by_its_styles(
    change: Callable[[Any], None], sentence: str
) -> None:
    assert looked(template(change), "docx") == [sentence]
    assert looked(template(), "docx") == []


def style(name: str, properties: str) -> str:
    named = f'<style:style style:name="{name}" style:family="paragraph">{properties}</style:style></office:styles>'
    return STYLES.replace("</office:styles>", named)


@pytest.mark.parametrize(
    ("name", "properties", "sentences"),
    [
        ("Text_20_body", '<style:paragraph-properties fo:line-height="0.4cm"/>', [FIXED.format("the usual paragraph")]),
        ("Text_20_body", '<style:paragraph-properties fo:line-height="115%"/>', []),
        ("Heading_20_2", '<style:text-properties text:display="none"/>', [HIDDEN.format("Heading 2")]),
        ("Heading_20_3", '<style:text-properties fo:text-transform="uppercase"/>', [CAPITALS.format("Heading 3")]),
        ("Caption", '<style:text-properties fo:font-variant="small-caps"/>', [CAPITALS.format("Caption")]),
        ("Title", '<style:text-properties fo:color="#FFFFFF"/>', [PALE.format("Title")]),
        ("Title", '<style:text-properties fo:color="#FFFFFF" fo:background-color="#12436d"/>', []),
    ],
)
def test_a_writer_template_that_cannot_be_read_is_named_by_its_styles(
    name: str, properties: str, sentences: list[str]
) -> None:
    assert looked(writer(styles=style(name, properties)), "odt") == sentences


OWN = (
    '<style:style style:name="Text_20_body" style:family="paragraph"><style:paragraph-properties fo:margin-left="2cm" '
    'fo:text-align="justify"/></style:style><style:style style:name="Heading_20_1" style:family="paragraph">'
    '<style:paragraph-properties fo:break-before="page"/></style:style><text:outline-style style:name="Outline">'
    '<text:outline-level-style text:level="2" style:num-format="1"/></text:outline-style></office:styles>'
)
CELL = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
HEADING = '<style:style style:name="Heading_20_1" style:family="paragraph"><style:text-properties fo:color="#123456"/>'


def writer_remarks(anchor: str = "<text:p>{{ report }}</text:p>", styles: str = STYLES) -> str:
    verdict = check(writer(anchor, styles), "odt")
    return " ".join((*verdict.refused, *verdict.missing))


@pytest.mark.parametrize(
    "words",
    [
        "Its usual paragraph is indented and justified",
        "Its headings number themselves (Heading 2)",
        "Its headings begin a page (Heading 1)",
    ],
)
def test_what_a_writer_template_lays_out_otherwise_is_said(words: str) -> None:
    styles = STYLES.replace(f"{HEADING}\n</style:style>", "").replace("</office:styles>", OWN)
    assert words in writer_remarks(styles=styles)
    assert words not in writer_remarks()


def test_columns_of_a_writer_template_are_refused_with_the_reason() -> None:
    two = '<style:columns fo:column-count="2"/></style:page-layout-properties>'
    assert "runs in 2 columns" in writer_remarks(styles=STYLES.replace('fo:margin="1in"/>', f'fo:margin="1in">{two}'))


@pytest.mark.parametrize(
    ("around", "place"),
    [
        ("<text:p><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></text:p>", "a text box"),
        ("<text:p><office:annotation><text:p>{}</text:p></office:annotation></text:p>", "a comment"),
        (f"<table:table><table:table-row>{CELL}</table:table-row></table:table>", "a table"),
        ("<text:p>x<text:note><text:note-body><text:p>{}</text:p></text:note-body></text:note></text:p>", "a footnote"),
    ],
)  # fmt: skip
def test_text_anywhere_in_a_writer_template_is_looked_at(around: str, place: str) -> None:
    remarks = writer_remarks(around.format("As in R-002") + "<text:p>{{ report }}</text:p>")
    assert f"“R-002” in {place}" in remarks
    assert f"stands in {place}" in writer_remarks(around.format("{{ report }}"))


def test_text_in_a_header_of_a_writer_template_is_looked_at() -> None:
    header = STYLES.replace("<style:header>", "<style:header><text:p>Ask j.smith@example.org</text:p>")
    assert "e-mail address: “j.smith@example.org” in a header" in writer_remarks(styles=header)
