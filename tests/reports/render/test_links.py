"""Addresses that people typed are links in every format for reading, to the address and to nothing else."""

import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import pikepdf
import pytest
from sample_report import sample

from tracker.reports.formats import make
from tracker.reports.model import Bullets, Callout, Column, Facts, Heading, Paragraph, Report, Section, Table
from tracker.reports.render.links import Piece, pieces

PAGE = "https://example.org/a/b-c?x=1&y=P-01_2026-11-12#part"
LONG = f"https://council.example/sites/{'Shared-Documents/' * 12}evidence.docx"


@pytest.fixture(scope="module")
def paper() -> Report:
    table = Table("t", f"Of {PAGE}", (Column("A"), Column("B"), Column("C", long=True)), (("a", f"at {PAGE}", LONG),))
    blocks = (
        Heading(f"H {PAGE}"),
        Paragraph(f"See {PAGE}."),
        Bullets((f"({LONG})",)),
        Facts((("Evidence", PAGE),)),
        Callout("Note", f"“{PAGE}”"),
        table,
        Paragraph("javascript:alert(1) file:///etc/passwd ftp://example.org"),
    )
    return replace(sample(), sections=(Section("s", f"Title {PAGE}", blocks),))


def package(data: bytes, part: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(part).decode()


def links(paper: Report, kind: str) -> list[str]:
    """Return where the links of a paper lead that leave it."""
    data = make(paper, kind).data
    if kind == "pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
            return [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]
    if kind == "html":
        followed = re.findall(r'<a href="([a-z]+:[^"]*)">', data.decode())
    elif kind == "docx":
        followed = re.findall(r'HYPERLINK "([^"]*)"', package(data, "word/document.xml"))
    else:
        followed = re.findall(r'xlink:href="([a-z]+:[^"]*)"', package(data, "content.xml"))
    return [unescape(link) for link in followed]


@pytest.mark.parametrize("kind", ["html", "docx", "odt", "pdf"])
def test_an_address_is_a_link_to_itself(paper: Report, kind: str) -> None:
    followed = links(paper, kind)
    assert set(followed) == {PAGE, LONG}
    assert followed.count(PAGE) >= 4 and followed.count(LONG) >= 2


@pytest.mark.parametrize("kind", ["html", "docx", "odt", "pdf"])
def test_licence_and_accessibility_on_top_of_a_public_paper_are_links(kind: str) -> None:
    licence = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    report = sample()
    header = replace(report.header, licence="OGL-UK-3.0", licence_address=licence, accessibility=PAGE)
    assert {licence, PAGE} <= set(links(replace(report, header=header, sections=()), kind))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("no address", [Piece("no address", link=False)]),
        ("", []),
        (PAGE, [Piece(PAGE, link=True)]),
        (f"a ({PAGE}).", [Piece("a (", link=False), Piece(PAGE, link=True), Piece(").", link=False)]),
        ('https://a.b/"onclick=x', [Piece("https://a.b/", link=True), Piece('"onclick=x', link=False)]),
        ("https://", [Piece("https://", link=False)]),
        ("HTTP://A.B c", [Piece("HTTP://A.B", link=True), Piece(" c", link=False)]),
    ],
)
def test_a_text_is_parted_where_an_address_begins_and_ends(text: str, wanted: list[Piece]) -> None:
    assert list(pieces(text)) == wanted
    assert "".join(piece.text for piece in pieces(text)) == text
