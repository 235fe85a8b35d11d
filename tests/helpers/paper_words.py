"""The words of a paper's file in any format, so that one test can look for a sentence in all of them."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from pdf_of import text_of

from tracker.reports.formats import FORMATS

PAPERS = [name for name, form in FORMATS.items() if not form.calendar]


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
