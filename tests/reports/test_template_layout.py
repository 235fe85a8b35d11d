"""An organisation's own layout in a template: its papers can be read in it, or it says what does not fit."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import docx as word
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx_integrity import check as integrity
from openxml_audit import OpenXmlValidator
from reports.template_cases import DOCUMENT, TYPES, W, rewritten, swapped, template
from sample_report import sample

from tracker.reports.branding.check import check
from tracker.reports.model import Brand, NotRendered, Report
from tracker.reports.render.docx import document as docx
from tracker.reports.render.docx import template as docx_template
from tracker.reports.render.flow.parts import Part
from tracker.reports.render.flow.walk import Layout
from tracker.reports.typography.measuring import breadth

ANCHOR = "{{ report }}"


def filled(given: bytes) -> Any:
    return word.Document(BytesIO(docx.render(sample(), Brand(docx=given)).data))


def warned(given: bytes, words: str) -> bool:
    verdict = check(given, "docx")
    assert verdict.refused == ()
    return any(words in sentence for sentence in verdict.missing)


def indented(document: Any) -> None:
    usual = document.styles["Normal"].paragraph_format
    usual.left_indent = Cm(2)
    usual.first_line_indent = Cm(1.25)
    usual.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    usual.line_spacing = 1.5
    usual.keep_with_next = True


@pytest.mark.parametrize("name", ["Paper Cell", "Paper Column", "Paper Figure", "Paper Picture", "Paper Gap"])
def test_tables_and_pictures_stand_clear_of_an_indented_and_justified_usual_paragraph(name: str) -> None:
    style = filled(template(indented)).styles[name]
    look = style.paragraph_format
    assert (look.left_indent, look.right_indent, look.first_line_indent) == (0, 0, 0)
    assert look.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert not look.keep_with_next
    assert look.line_spacing is not None
    assert style.element.find(f"{W}pPr/{W}suppressAutoHyphens") is not None


def test_boxes_and_facts_keep_their_own_indent_and_captions_begin_where_tables_do() -> None:
    document = filled(template(indented))
    assert document.styles["Paper Callout"].paragraph_format.left_indent.twips == 227
    facts = document.styles["Paper Facts"].element.find(f"{W}pPr/{W}ind")
    assert facts.get(f"{W}left") == facts.get(f"{W}hanging") and facts.get(f"{W}firstLine") is None
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert captions and all(caption.paragraph_format.left_indent == 0 for caption in captions)
    assert warned(template(indented), "Its usual paragraph is indented and justified")


def test_a_filled_template_of_an_own_layout_is_valid(tmp_path: Any) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(docx.render(sample(), Brand(docx=template(indented))).data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in integrity(path)] == []


def numbered(document: Any) -> None:
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    number = f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>'
    document.styles["Heading 1"].element.get_or_add_pPr().insert(0, parse_xml(number))
    document.styles["Heading 2"].base_style = document.styles["Heading 1"]


def test_headings_that_number_themselves_have_one_number() -> None:
    headings = [p for p in filled(template(numbered)).paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    numbers = [heading._p.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") for heading in headings]
    assert set(numbers) == {"0"}
    assert warned(template(numbered), "number themselves (Heading 1 and Heading 2)")
    plain = [p for p in filled(template()).paragraphs if p.style.name == "Heading 1"]
    assert all(p._p.find(f"{W}pPr/{W}numPr") is None for p in plain)


def columns(document: Any) -> None:
    document.sections[0]._sectPr.xpath("./w:cols")[0].set(f"{W}num", "2")


def test_columns_are_refused_with_the_reason() -> None:
    (reason,) = check(template(columns), "docx").refused
    assert "runs in 2 columns" in reason and "Put it into a section of its own" in reason
    with pytest.raises(NotRendered, match="2 columns"):
        docx.render(sample(), Brand(docx=template(columns)))


def test_columns_of_another_section_do_not_matter() -> None:
    def later(document: Any) -> None:
        document.add_section()
        columns_of_last = document.sections[-1]._sectPr.xpath("./w:cols")[0]
        columns_of_last.set(f"{W}num", "3")
        document.sections[0]._sectPr.xpath("./w:cols")[0].attrib.pop(f"{W}num", None)

    assert check(template(later), "docx").refused == ()


def breaking(document: Any) -> None:
    for level in (1, 2):
        document.styles[f"Heading {level}"].paragraph_format.page_break_before = True


def setting(element: Any, tag: str) -> str | None:
    child = element.find(f"{W}pPr/{W}{tag}")
    return None if child is None else str(child.get(f"{W}val"))


def test_a_heading_that_begins_a_page_leaves_none_empty() -> None:
    elements = list(filled(template(breaking)).element.body)
    names = [setting(element, "pStyle") for element in elements]
    stays = [setting(element, "pageBreakBefore") for element in elements]
    for n, name in enumerate(names):
        if name in ("Heading1", "Heading2"):
            assert names[n - 1] != "PaperGap"
            assert (stays[n] == "0") is (names[n - 1] in ("Heading1", "Heading2"))
    assert "Heading1" in names
    assert warned(template(breaking), "begin a page (Heading 1 and Heading 2)")


def control(inside: str, settings: str = "<w:text/>") -> Callable[[Any], None]:
    xml = f"<w:sdt {nsdecls('w')}><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    def change(document: Any) -> None:
        document.element.body.insert(1, parse_xml(xml))

    return change


def test_a_report_in_a_content_control_takes_its_place() -> None:
    given = template(control(f"<w:p><w:r><w:t>{ANCHOR}</w:t></w:r></w:p>"), anchor="")
    document = filled(given)
    assert document.element.body.findall(f".//{W}sdtPr/{W}text") == []
    assert ANCHOR not in "".join(p.text for p in document.paragraphs)
    assert "Two decisions are sought.\nThe first is needed today." in [p.text for p in document.paragraphs]


def test_a_bound_control_shows_what_was_put_in() -> None:
    settings = '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/><w:showingPlcHdr/><w:text/>'
    document = filled(template(control("<w:p><w:r><w:t>{{ board }}</w:t></w:r></w:p>", settings)))
    text, *_ = document.element.body.findall(f"{W}sdt/{W}sdtContent/{W}p/{W}r/{W}t")
    assert text.text == "Transformation Board"
    assert document.element.body.findall(f".//{W}dataBinding") == []
    assert document.element.body.findall(f".//{W}showingPlcHdr") == []


def test_the_main_part_is_the_one_that_the_file_names() -> None:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(template())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"word/document.xml", b"word/document22.xml")
            new.writestr(name.replace("document.xml", "document22.xml"), data)
    assert check(made.getvalue(), "docx").refused == ()
    assert len(filled(made.getvalue()).tables) == len(filled(template()).tables)


def test_a_strict_file_is_called_by_its_name() -> None:
    def strict(part: bytes) -> bytes:
        transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        return part.replace(transitional, b"http://purl.oclc.org/ooxml/wordprocessingml/main")

    (reason,) = check(rewritten(template(), {DOCUMENT: strict}), "docx").refused
    assert "Strict Open XML Document" in reason and "Word Document (*.docx)" in reason


FOOTNOTES = (
    f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = (
    '<Relationship Id="rId98" Target="footnotes.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
)


def with_footnote(text: str) -> bytes:
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{KIND}"/></Types>'
    changes = {
        TYPES: swapped(b"</Types>", override.encode()),
        "word/_rels/document.xml.rels": swapped(b"</Relationships>", RELATION.encode()),
    }
    return rewritten(template(), changes, word__footnotesDOTxml=FOOTNOTES.format(text).encode())


def test_footnotes_are_filled_and_looked_at() -> None:
    made = docx.render(sample(), Brand(docx=with_footnote("For {{ board }}"))).data
    with zipfile.ZipFile(BytesIO(made)) as file:
        assert "For Transformation Board" in file.read("word/footnotes.xml").decode()
    assert "holds code in braces" in check(with_footnote("{{ 7*7 }}"), "docx").refused[0]
    assert warned(with_footnote("Ask j.smith@example.org"), "e-mail address: “j.smith@example.org” in a footnote")
    assert warned(with_footnote("As in R-002"), "“R-002” in a footnote")


def test_properties_are_looked_at_too() -> None:
    company = swapped(b"<Company/>", b"<Company>Ms Applegarth</Company>")
    assert warned(rewritten(template(), {"docProps/app.xml": company}), "“Ms Applegarth” in the file's properties")


def marked(document: Any) -> None:
    document.sections[0].header.paragraphs[0].add_run(" OFFICIAL-SENSITIVE")


def test_a_marking_of_the_template_itself_is_said() -> None:
    assert warned(template(marked), "It says “OFFICIAL-SENSITIVE” itself, in a header")
    notes = docx.render(sample(), Brand(docx=template(marked))).notes
    assert "The template says “OFFICIAL-SENSITIVE” in a header, and the paper is marked OFFICIAL." in notes
    assert not warned(template(), "no {{ classification }}")


@pytest.mark.parametrize(
    ("family", "wide"), [("Arial", False), ("Calibri Light", False), ("Georgia", True), ("Courier New", True)]
)
def test_a_font_that_may_be_replaced_counts_as_wide(family: str, wide: bool) -> None:
    assert (breadth(family) > 1) is wide


def test_a_template_is_said_to_take_more_than_one_page_for_the_summary() -> None:
    def sized(side: float, wide: float = 21, tall: float = 29.7) -> Callable[[Any], None]:
        def set_page(document: Any) -> None:
            page = document.sections[0]
            page.page_width, page.page_height = Cm(wide), Cm(tall)
            page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(side)

        return set_page

    words = "the one-page summary takes more than one page of it"
    assert warned(template(sized(3)), f"Its pages have 15.0 × 23.7 cm for text: {words}")
    assert warned(template(sized(1.5)), words)
    assert warned(template(sized(2, 29.7, 42)), words.replace("takes", "may take"))


def test_how_full_a_page_is_reckons_with_the_pages_of_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    def low(document: Any) -> None:
        document.sections[0].page_height = Cm(20)
        document.sections[0].top_margin = document.sections[0].bottom_margin = Cm(2)

    pages: list[float] = []

    def noted(_report: Report, _brand: Brand, layout: Layout, **_: Any) -> Iterator[Part]:
        pages.append(layout.tall)
        return iter(())

    monkeypatch.setattr(docx_template, "walk", noted)
    filled(template(low))
    assert pages == [pytest.approx(16, abs=0.01)]
