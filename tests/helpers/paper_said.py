"""What a section of a paper says, as text to look for; and the words of its file in any format."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from pdf_of import text_of

from tracker.reports import formats
from tracker.reports.model import Block, Bullets, Callout, Facts, Missing, Paragraph, Quote, Report, Table

FORMATS = ("md", "txt", "json")


def blocks(report: Report, section: str) -> tuple[Block, ...]:
    (found,) = [one for one in report.sections if one.id == section]
    return found.blocks


def said(report: Report, section: str) -> str:
    """Return all that a section says, table cells included."""
    parts: list[str] = []
    for block in blocks(report, section):
        match block:
            case Paragraph() | Missing():
                parts.append(block.text)
            case Quote():
                parts += [block.text, block.source]
            case Callout():
                parts.append(f"{block.label}: {block.text}")
            case Bullets():
                parts += block.items
            case Table():
                parts += [" · ".join(row) for row in block.rows]
                parts.append(block.note)
            case _:
                parts.append(str(block))
    return "\n".join(parts)


def line(report: Report, label: str) -> str:
    """Return what stands after a label in the last part."""
    [found] = [block for block in blocks(report, "also") if isinstance(block, Facts)]
    return dict(found.items).get(label, "")


PAPERS = [name for name, form in formats.FORMATS.items() if not form.calendar]


def words_of(kind: str, data: bytes, folder: Path) -> str:
    """Return the words of a file without what stands between letters: white space, hyphens and markup."""
    if kind == "pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("poppler-utils are not installed")
        text = text_of(data, folder)
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            text = "\n".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    else:
        text = data.decode()
    return joined(re.sub(r"<[^>]*>", "", text))


def joined(text: str) -> str:
    """Return a text without white space and hyphens, as ``words_of`` gives it."""
    return re.sub(r"[\s\xad-]+", "", text)
