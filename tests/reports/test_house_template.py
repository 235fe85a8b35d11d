"""The organisation's own template: what is refused, what is said of it, and that it stays as it is around a paper."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import docx as word
import pytest
from docx_integrity import check as integrity
from openxml_audit import OpenXmlValidator
from sample_report import sample
from shell import Shell

from tracker.reports.house.check import check, kind_of, problems
from tracker.reports.house.placeholders import NAMES, others, places, values
from tracker.reports.house.safety import unsafe
from tracker.reports.model import Paragraph, Report, Section
from tracker.reports.render import docx
from tracker.reports.render.odt import render as render_odt
from tracker.reports.rendering import Brand, NotRendered

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def template(change: Callable[[Any], None] | None = None, *, anchor: str = "{{ report }}") -> bytes:
    """Return a template as a secretary makes one, with its placeholders split over many pieces as Word does."""
    document = word.Document()
    document.sections[0].header.paragraphs[0].add_run("Harbour County | {{ bo")
    document.sections[0].header.paragraphs[0].add_run("ard }}").bold = True
    document.sections[0].footer.paragraphs[0].add_run("{{classification}} – {{ as_of }}")
    document.add_paragraph("Paper 7", style="Title")
    held = document.add_paragraph("For {{ mee")
    held.add_run("ting").italic = True
    held.add_run(" }}.")
    document.add_table(1, 1).cell(0, 0).text = "Pack {{ pack }} since {{ since }}"
    if anchor:
        document.add_paragraph(anchor[:4]).add_run(anchor[4:])
    document.add_paragraph("The board notes this paper.")
    if change:
        change(document)
    found = BytesIO()
    document.save(found)
    return found.getvalue()


def rewritten(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]] | None = None, **more: bytes) -> bytes:
    """Return a file with some of its parts changed and others added (``/`` in a name is written ``__``)."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (changes or {}).get(name, bytes)(old.read(name)))
        for name, part in more.items():
            new.writestr(name.replace("__", "/").replace("DOT", "."), part)
    return made.getvalue()


def swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new, 1)

    return change


DOCUMENT, RELATIONS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


def external(kind: str, target: str) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId99" Type="{base}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return rewritten(template(), {RELATIONS: swapped(b"</Relationships>", link.encode())})


def with_body(xml: str) -> bytes:
    return rewritten(template(), {DOCUMENT: swapped(b"</w:body>", xml.encode() + b"</w:body>")})


def field(code: str) -> bytes:
    """Return a template with a field whose code is split, so that no search in the file's text finds it."""
    half = len(code) // 2
    said = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (code[:half], code[half:]))
    return with_body(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{said}</w:p>')


def bomb() -> bytes:
    return rewritten(template(), word__mediaDOTxml=b" " * 30_000_000)


def many() -> bytes:
    return rewritten(template(), **{f"word__{n}": b"" for n in range(2_100)})


def twice() -> bytes:
    made = BytesIO(template())
    with zipfile.ZipFile(made, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr(DOCUMENT, b"<x/>")
    return made.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros": (lambda: rewritten(template(), word__vbaProjectDOTbin=b"x"), "holds macros"),
    "docm": (
        lambda: rewritten(
            template(),
            {TYPES: swapped(b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                            b"vnd.ms-word.document.macroEnabled.main+xml")},
        ),
        "runs macros",
    ),
    "embedded": (lambda: rewritten(template(), word__embeddings__oleObject1DOTbin=b"x"), "embedded object"),
    "ole": (lambda: with_body('<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/>'
                              "</w:object></w:r></w:p>"), "embedded object"),
    "other document": (lambda: with_body("<w:altChunk/>"), "another document"),
    "picture elsewhere": (lambda: external("image", "http://evil.example/x.png"), "fetch something from elsewhere"),
    "attached": (lambda: external("attachedTemplate", "file:///c:/x.dotm"), "attached to another template"),
    "link to a share": (lambda: external("hyperlink", "file://///server/share"), "fetch something from elsewhere"),
    "field": (lambda: field(' INCLUDEPICTURE "http://evil.example" '), "INCLUDEPICTURE"),
    "dde": (lambda: field(" DDEAUTO c:\\\\cmd.exe "), "DDEAUTO"),
    "entities": (
        lambda: rewritten(template(), {DOCUMENT: lambda part: part.replace(
            b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1)}),
        "document type",
    ),
    "bomb": (bomb, "zip bomb"),
    "many parts": (many, "zip bomb"),
    "two of a name": (twice, "two parts of the same name"),
    "outside": (lambda: rewritten(template(), **{"..__..__etc": b"x"}), "points out of the file"),
    "jinja": (
        lambda: template(lambda d: d.add_paragraph("{{ cycler.__init__.__globals__.os.popen('id').read() }}")),
        "code in braces",
    ),
    "loop": (lambda: template(lambda d: d.add_paragraph("{% for i in range(9) %}")), "code in braces"),
    "sum": (lambda: template(lambda d: d.add_paragraph("{{ 7*7 }}")), "code in braces"),
    "attribute": (lambda: template(lambda d: d.add_paragraph("{{ report.header }}")), "code in braces"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .doc"),
    "damaged": (lambda: template()[:-400], "cannot be read"),
    "no zip": (lambda: b"%PDF-1.7", "cannot be read"),
    "no anchor": (lambda: template(anchor=""), "has no {{ report }}"),
    "two anchors": (lambda: template(lambda d: d.add_paragraph("{{ report }}")), "2 times"),
    "anchor in a table": (
        lambda: template(lambda d: setattr(d.add_table(1, 1).cell(0, 0), "text", "{{ report }}"), anchor=""),
        "stands in a table",
    ),
    "dotx": (
        lambda: rewritten(template(), {TYPES: swapped(b"document.main+xml", b"template.main+xml")}),
        "Word template (.dotx)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_useless_template_is_refused_with_the_reason(name: str) -> None:
    make, reason = HOSTILE[name]
    data = make()
    (first, *_) = found = problems(data, "docx")
    assert any(reason in one for one in found), found
    assert all(one.endswith((".", '".')) and "Traceback" not in one for one in found)
    with pytest.raises(NotRendered) as refused:
        docx.render(sample(), Brand(docx=data))
    assert first in str(refused.value)


def test_damage_anywhere_is_told_in_a_sentence() -> None:
    data, dice = template(), Random(4)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 3, 20))):
            damaged[dice.randrange(len(data))] = dice.randrange(256)
        assert all(reason.endswith(".") for reason in problems(bytes(damaged), "docx"))
    for name, broken in (
        (TYPES, b"styles+xml"),
        (TYPES, b"header+xml"),
        ("word/numbering.xml", b'w:abstractNumId="0"'),
    ):
        with pytest.raises(NotRendered, match="Save it again"):
            docx.render(sample(), Brand(docx=rewritten(data, {name: swapped(broken, b'w:x="0"')})))


def test_a_good_template_is_praised_and_the_rest_is_said() -> None:
    found = check(template(lambda d: d.add_paragraph("{{ borad }} {{ my note }}")), "docx")
    assert found.refused == ()
    assert "Placeholders: board, meeting, as_of, since, pack, classification." in found.fits
    assert any("“{{ borad }}” is no placeholder" in said and "{{ board }}" in said for said in found.missing)
    assert (
        external("hyperlink", "https://www.example.org/")
        and unsafe(external("hyperlink", "https://www.example.org/")) == []
    )


def test_a_kind_that_cannot_be_used_is_named() -> None:
    assert [kind_of(name) for name in ("a.docx", "A.ODT", "x.dotm", "pilot.toml", "docx")] == [
        "docx", "odt", "dotm", "", "docx",
    ]  # fmt: skip
    assert problems(template(), "dotm") == ["A .dotm file cannot be used. Save it as .docx or .odt."]
    assert "no .odt text document" in problems(template(), "odt")[0]


def test_an_odt_is_checked_too() -> None:
    first = Report(sample().header, (Section("s", "S", (Paragraph("{{ report }}"), Paragraph("{{ board }}"))),))
    data = render_odt(first).data
    assert check(data, "odt").refused == ()
    assert "Placeholders: board." in check(data, "odt").fits
    assert "holds macros" in problems(rewritten(data, Basic__Standard__xDOTxml=b"<x/>"), "odt")[0]
    outside = swapped(
        b"</office:text>", b'<text:p><draw:image xlink:href="http://evil.example/x"/></text:p></office:text>'
    )
    assert "from elsewhere" in problems(rewritten(data, {"content.xml": outside}), "odt")[0]
    without = render_odt(Report(sample().header, ())).data
    assert "no {{ report }}" in problems(without, "odt")[0]


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
    styles = [p.style.name for p in document.paragraphs]
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
    assert numbered[0].style.name == "List Number"


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
    assert others(text) == rest


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
    assert said.endswith("Everything holds: 1 template(s).\n")
    assert shell.type("template", "check", str(good), str(bad), str(absent)) == 1
    assert f"{bad}: It holds code in braces" in shell.out and f"{absent}: It cannot be read" in shell.out
    assert "2 of 3 template(s) cannot be used" in shell.words
    assert shell.type("template", "check", str(bad), "--json") == 1
    assert '"reason": "It holds code in braces' in shell.out
