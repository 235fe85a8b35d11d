"""A paper in an organisation's own .odt: what is hers stays, fixed places are filled, everything else is left alone."""

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sample_report import sample

from tracker.reports.files.canonical import digest
from tracker.reports.model import Block, Brand, Heading, NotRendered, Paragraph, Report, Section
from tracker.reports.render.odf import parts as odf_parts
from tracker.reports.render.odf import text as odt

TEXT = "{" + odf_parts.NAMES["text"] + "}"


def raw(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as file:
        return file.read(name).decode()


def texts(data: bytes, name: str) -> list[str]:
    root = ElementTree.fromstring(raw(data, name))
    return ["".join(one.itertext()) for one in root.iter() if one.tag in (TEXT + "p", TEXT + "h")]


def paper(*blocks: Block) -> Report:
    return replace(sample(), sections=(Section("s", "A section", blocks),))


PLACES = """<office:document-content {spaces}><office:body><office:text>
<text:p>Meeting {{<text:span>{{ meet</text:span>ing<text:s/>}}}} of {{{{board}}}}, {{{{ 7*7 }}}}</text:p>
<table:table><table:table-column/><table:table-row><table:table-cell><text:p>{{{{ audience }}}}</text:p>
</table:table-cell></table:table-row></table:table>{anchor}<text:p>The end</text:p></office:text></office:body>
</office:document-content>"""
STYLES = """<office:document-styles {spaces}><office:styles><style:default-style style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:family="paragraph"><style:text-properties fo:color="#123456"/>
</style:style></office:styles><office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties
 fo:page-width="8.5in" fo:margin="1in"/></style:page-layout></office:automatic-styles><office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="L"><style:header>
<text:p>{{{{ classification }}}}</text:p></style:header><style:footer>
<text:p>{{{{ p<text:span>ack }}</text:span>}} and {{{{ secret }}}}</text:p></style:footer>
</style:master-page></office:master-styles></office:document-styles>"""


def template(
    anchor: str = "<text:p>{{ <text:span>report</text:span> }}</text:p>", styles: str = STYLES, **more: str
) -> bytes:
    spaces = odf_parts.SPACES
    made = BytesIO()
    with ZipFile(made, "w") as file:
        file.writestr("mimetype", odf_parts.TEXT)
        file.writestr("content.xml", PLACES.format(spaces=spaces, anchor=anchor))
        file.writestr("styles.xml", styles.format(spaces=spaces))
        file.writestr("Pictures/logo.png", b"the logo")
        file.writestr("Thumbnails/thumbnail.png", b"an old picture")
        names = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        file.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{names}"/>')
        for name, data in more.items():
            file.writestr(name.replace("_", "/"), data)
    return made.getvalue()


def test_a_template_keeps_its_own_and_takes_the_paper() -> None:
    named = replace(sample().header, board="{{ report }} <b>", meeting="{{ pack }}\nsecond")
    report = replace(paper(Heading("Inside"), Paragraph("{{ board }} of the text")), header=named)
    made = odt.render(report, Brand(odt=template()))
    body = texts(made.data, "content.xml")
    assert body[0] == "Meeting {{ pack }} second of {{ report }} <b>, {{ 7*7 }}"
    assert body[1] == "Board" and body[-1] == "The end"
    assert any(said.startswith("Position as of:") for said in body)
    assert not any(said.startswith(("Board:", "Meeting:", "Classification:", "Pack:")) for said in body)
    assert "{{ board }} of the text" in body and body.index("A section") < body.index("Inside")
    assert digest(report)[:12] in body[-2]
    styles = raw(made.data, "styles.xml")
    assert [one.strip() for one in texts(made.data, "styles.xml")] == ["OFFICIAL", "SN-002 and {{ secret }}"]
    assert styles.count('style:name="Heading_20_1"') == 1 and "#123456" in styles
    assert 'style:name="Paper_20_Cell"' in styles and 'fo:language="en"' in styles
    with ZipFile(BytesIO(made.data)) as file:
        assert file.read("Pictures/logo.png") == b"the logo"
        assert "Thumbnails/thumbnail.png" not in file.namelist()
    assert len(made.notes) == 2
    assert "{{ 7*7 }}" in made.notes[0] and "{{ secret }}" in made.notes[0]
    assert "Title" in made.notes[1] and "Heading 1" not in made.notes[1]


@pytest.mark.parametrize(
    ("anchor", "last", "note"),
    [
        ("", "A thing said", "no paragraph with {{ report }}"),
        ("<text:p>Before {{ report }} after</text:p>", "The end", "something else too"),
        ("<text:list><text:list-item><text:p>{{ report }}</text:p></text:list-item></text:list>", "The end", ""),
    ],
)
def test_the_paper_goes_where_the_template_says(anchor: str, last: str, note: str) -> None:
    made = odt.render(paper(Paragraph("A thing said")), Brand(odt=template(anchor)))
    body = texts(made.data, "content.xml")
    assert "A thing said" in body and not any("report }}" in one for one in body)
    assert last in body[-2:]
    assert any(note in one for one in made.notes)
    if "Before" in anchor:
        assert body.index("Before  after") < body.index("A thing said")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no zip", "not an .odt file"),
        (template(Basic_code="x"), "macros"),
        (template("<text:p>&bad;"), "cannot be read"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(NotRendered, match=words):
        odt.render(paper(Paragraph("x")), Brand(odt=data))


USUAL = """<style:style style:name="Text_20_body" style:family="paragraph"><style:paragraph-properties
 fo:margin-left="2cm" fo:text-indent="1.25cm" fo:text-align="justify"/></style:style>
<style:style style:name="Heading_20_2" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>
</style:style><text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1"/>
</text:outline-style></office:styles>"""
OWN = STYLES.replace("</office:styles>", USUAL)
TITLED = '<text:p text:style-name="Title">Paper 7</text:p><text:p>{{ report }}</text:p>'


def looks(data: bytes, name: str) -> dict[str, str]:
    root = ElementTree.fromstring(raw(data, "styles.xml"))
    style, fo = ("{" + odf_parts.NAMES[space] + "}" for space in ("style", "fo"))
    (named,) = [element for element in root.iter(f"{style}style") if element.get(f"{style}name") == name]
    properties = named.find(f"{style}paragraph-properties")
    assert properties is not None
    return {key.removeprefix(fo): value for key, value in properties.items()}


def test_tables_stand_clear_of_an_indented_and_justified_usual_paragraph() -> None:
    data = odt.render(paper(Heading("Inside"), Paragraph("x")), Brand(odt=template(styles=OWN))).data
    cell = looks(data, "Paper_20_Cell")
    assert (cell["margin-left"], cell["text-indent"], cell["text-align"]) == ("0cm", "0cm", "start")
    assert looks(data, "Paper_20_Callout")["border-left"].startswith("3pt solid")
    assert looks(data, "Paper_20_Facts")["margin-left"] == "4.6cm"


def test_headings_have_one_number_and_no_page_of_their_own() -> None:
    data = odt.render(paper(Heading("Inside"), Paragraph("x")), Brand(odt=template(styles=OWN))).data
    root = ElementTree.fromstring(raw(data, "content.xml"))
    headings = {heading.get(f"{TEXT}outline-level"): heading for heading in root.iter(f"{TEXT}h")}
    assert headings["1"].get(f"{TEXT}is-list-header") == "true"
    assert headings["2"].get(f"{TEXT}is-list-header") is None
    style = headings["2"].get(f"{TEXT}style-name")
    assert f'style:name="{style}"' in raw(data, "content.xml")
    assert 'fo:break-before="auto"' in raw(data, "content.xml")


def test_a_template_with_a_title_gets_a_subtitle() -> None:
    data = odt.render(paper(Paragraph("x")), Brand(odt=template(TITLED))).data
    root = ElementTree.fromstring(raw(data, "content.xml"))
    names = [paragraph.get(f"{TEXT}style-name") for paragraph in root.iter(f"{TEXT}p")]
    assert names.count("Title") == 1 and names.count("Subtitle") == 1


def test_columns_are_refused_with_the_reason() -> None:
    two = STYLES.replace(
        'fo:margin="1in"/>', 'fo:margin="1in"><style:columns fo:column-count="2"/></style:page-layout-properties>'
    )
    with pytest.raises(NotRendered, match="2 columns"):
        odt.render(paper(Paragraph("x")), Brand(odt=template(styles=two)))


def test_a_field_that_holds_a_placeholder_becomes_its_words() -> None:
    field = '<text:user-defined text:name="Board">{{ board }}</text:user-defined>'
    field = f"<text:p>{field}</text:p><text:p>{{{{ report }}}}</text:p>"
    data = odt.render(paper(Paragraph("x")), Brand(odt=template(field))).data
    assert "text:user-defined" not in raw(data, "content.xml")
    assert "Transformation Board" in texts(data, "content.xml")
