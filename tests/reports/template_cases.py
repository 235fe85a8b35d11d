"""House templates, good and hostile."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import docx as word
import pytest

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
    return rewritten(template(), None, **{f"word__{n}": b"" for n in range(2_100)})


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
    "outside": (lambda: rewritten(template(), None, **{"..__..__etc": b"x"}), "points out of the file"),
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
