"""What tests look at in a PDF: the elements of its structure, its text, and what makes it accessible."""

import io
import re
import shutil
import subprocess
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest
from pdfua import validate
from sample_report import sample

from tracker.reports.model import Rendered
from tracker.reports.render.pdf import document as pdf

with_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils are not installed")


PAPER = sample()
DECENT = sample(hostile=False)


@cache
def rendered(*, hostile: bool = True) -> Rendered:
    """Return the PDF of the sample paper, made once for all tests."""
    return pdf.render(sample(hostile=hostile))


def text_of(data: bytes, folder: Path, *options: str) -> str:
    """Return the text of a PDF in the order in which it was written."""
    file = folder / "paper.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", *options, str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    """Return a text without white space and without places where a word may be broken."""
    return "".join(text.replace("\u200b", "").split())


class Element(NamedTuple):
    """An element of a PDF's structure: its kind, its alternative text, and the scopes of a header cell."""

    kind: str
    alt: str
    scopes: list[str]


def elements(data: bytes) -> list[Element]:
    """Return the elements of a PDF's structure in reading order."""
    found: list[Element] = []
    with pikepdf.open(io.BytesIO(data)) as file:
        root = file.Root.StructTreeRoot
        roles = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}

        def walk(node: Any) -> None:
            if isinstance(node, pikepdf.Array):
                for one in node:
                    walk(one)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    found.append(Element(roles.get(str(node.S), str(node.S)), str(node.get("/Alt", "")), scopes(node)))
                if "/K" in node:
                    walk(node.K)

        walk(root.K)
    return found


def scopes(cell: pikepdf.Dictionary) -> list[str]:
    """Return what the attributes of a cell say of its scope."""
    attributes: Any = cell.get("/A", [])
    several = [attributes] if isinstance(attributes, pikepdf.Dictionary) else list(attributes)
    return [str(one.Scope) for one in several if isinstance(one, pikepdf.Dictionary) and "/Scope" in one]


def kinds_of(data: bytes) -> list[str]:
    """Return the kinds of a PDF's elements in reading order."""
    return [element.kind for element in elements(data)]


def assert_accessible(data: bytes, folder: Path) -> None:
    """Check what a reader with assistive technology needs."""
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.Root.MarkInfo.Marked and file.Root.ViewerPreferences.DisplayDocTitle
        meta = file.open_metadata()
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
        assert meta["dc:title"] and str(file.Root.Lang)
        for page in file.pages:
            for font in page.resources.get("/Font", {}).values():
                inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
    parts = elements(data)
    levels = [int(part.kind[2]) for part in parts if re.fullmatch(r"/H\d", part.kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(part.alt.strip() for part in parts if part.kind == "/Figure")
    assert all({"/Column", "/Row"} & set(part.scopes) for part in parts if part.kind == "/TH")
    (folder / "checked.pdf").write_bytes(data)
    assert [finding.message for finding in validate(str(folder / "checked.pdf")).findings] == []
