"""A paper in the organisation’s own template: where it goes, what stays, and what the shell says."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx as word
import pytest
from docx_integrity import check as integrity
from openxml_audit import OpenXmlValidator
from reports.template_cases import HOSTILE, W, template
from sample_report import sample
from shell import Shell

from tracker.reports.branding.placeholders import NAMES, other_braces, places, values
from tracker.reports.model import Brand
from tracker.reports.render.docx import document as docx


def style_of(paragraph: Any) -> str:
    return str(paragraph.style.name)


def words_of(root: Any) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def test_the_paper_goes_where_the_anchor_was_and_the_rest_stays(tmp_path: Path) -> None:
    report = sample()
    given = template(lambda d: d.add_paragraph("{{ borad }}"))
    made = docx.render(report, Brand(docx=given))
    assert made == docx.render(report, Brand(docx=given))
    document = word.Document(BytesIO(made.data))
    found = words_of(document.element)
    assert (
        found.index("Paper 7")
        < found.index("For 12 Nov 2026, second meeting.")
        < found.index("Two decisions are sought.The first is needed today.")
    )
    assert found[-2:] == ["The board notes this paper.", "{{ borad }}"]
    assert "Pack SN-002 since 8 Oct 2026" in found
    assert [word for word in found if "{{ report }}" in word] == []
    assert found.count("{{ 7*7 }} {% raw %}") >= 2  # what people wrote is no placeholder, whatever it looks like
    assert words_of(document.sections[0].header._element) == ["Harbour County | Transformation Board"]
    assert words_of(document.sections[0].footer._element) == ["OFFICIAL – 12 Nov 2026"]
    assert not [one for one in found if one.startswith(("Meeting:", "Pack:"))]  # the template says it already
    assert [one for one in found if one.startswith("Audience:")]
    assert "“{{ borad }}”" in made.notes[0]
    styles = [style_of(p) for p in document.paragraphs]
    assert styles.count("Title") == 1 and "Heading 1" in styles
    path = tmp_path / "paper.docx"
    path.write_bytes(made.data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in integrity(path)] == []


def test_missing_styles_are_added_and_noted(tmp_path: Path) -> None:
    def strip(document: Any) -> None:
        for paragraph in document.paragraphs:
            paragraph.style = document.styles["Normal"]
        root = document.styles.element
        for style in root.findall(f"{W}style"):
            name = style.find(f"{W}name").get(f"{W}val").lower()
            if name.startswith(("heading", "list", "caption", "title", "quote")):
                root.remove(style)
        relations = document.part.rels
        for name in [name for name, one in relations.items() if one.reltype.endswith("/numbering")]:
            del relations[name]

    made = docx.render(sample(), Brand(docx=template(strip), accent="#7a1e48"))
    assert any("does not define the styles Title, Heading 1" in note for note in made.notes)
    document = word.Document(BytesIO(made.data))
    assert document.styles["Heading 1"].font.color.rgb == word.shared.RGBColor(0x7A, 0x1E, 0x48)
    numbered = [p for p in document.paragraphs if p.text == "First, agree the conditions"]
    assert style_of(numbered[0]) == "List Number"


@pytest.mark.parametrize(
    ("text", "named", "rest"),
    [
        ("{{ board }}{{as_of}}", ["board", "as_of"], []),
        ("{{\u00a0pack }} { board } {{ board", ["pack"], []),
        ("{{ Board }} {# x #}", [], ["{{ Board }}", "{# x #}"]),
        ("{{ {{ board }} }}", ["board"], []),
    ],
)
def test_places_are_found_and_nothing_else(text: str, named: list[str], rest: list[str]) -> None:
    assert [place.name for place in places(text)] == named
    assert other_braces(text) == rest


def test_every_placeholder_has_a_value_on_one_line() -> None:
    assert tuple(values(sample().header)) == NAMES
    assert all("\n" not in value for value in values(sample().header).values())


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], path: Path) -> Shell:
    return Shell(capsys, path)


def test_the_shell_says_what_fits_and_refuses_the_hostile(shell: Shell, tmp_path: Path) -> None:
    good, bad, absent = tmp_path / "good.docx", tmp_path / "bad.docx", tmp_path / "absent.odt"
    good.write_bytes(template())
    bad.write_bytes(HOSTILE["jinja"][0]())
    said = shell.done("template", "check", str(good))
    assert f"{good}: The paper stands in place of {{{{ report }}}}." in said
    assert said.endswith("Everything holds: 1 template.\n")
    assert shell.type("template", "check", str(good), str(bad), str(absent)) == 1
    assert f"{bad}: It holds code in braces" in shell.out and f"{absent}: It cannot be read" in shell.out
    assert "2 of 3 templates cannot be used" in shell.words
    assert shell.type("template", "check", str(bad), "--json") == 1
    assert '"reason": "It holds code in braces' in shell.out


def test_a_public_paper_is_not_made_in_a_template_that_names_somebody(shell: Shell, tmp_path: Path) -> None:
    given = tmp_path / "paper.docx"
    given.write_bytes(template(lambda d: d.sections[0].footer.paragraphs[0].add_run(" ask ann.lee@example.org")))
    brand = tmp_path / "brand.toml"
    brand.write_text('docx = "paper.docx"', encoding="utf-8")
    shell.done("init", "Services")
    shell.done("pilot", "add", "Permits")
    asked = ("report", "public", "--brand", str(brand), "--format", "docx", "-o", str(tmp_path / "public.docx"))
    assert shell.type(*asked) == 1
    assert "e-mail address: “ann.lee@example.org” (the .docx template, a footer)" in shell.words
    assert "--accept" in shell.words
    assert not (tmp_path / "public.docx").exists()
    shell.done(*asked, "--accept", "ann.lee@example.org=The team's public address")
    assert (tmp_path / "public.docx").is_file()
