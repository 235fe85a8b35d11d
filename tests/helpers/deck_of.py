"""Decks for the tests of slides, opened again as PowerPoint would."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx import Presentation
from sample_report import data, sample

from tracker.reports.model import PLAIN, Brand, Chart, Report, Section, Series
from tracker.reports.render.pptx.presentation import render

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(report: Report, brand: Brand = PLAIN) -> Any:
    return Presentation(BytesIO(render(report, brand).data))


def paper(*sections: Section, title: str = "status summary") -> Report:
    header = replace(sample().header, title=title)
    return Report(header, sections)


def words(slide: Any) -> str:
    """Return all text of a slide, tables too, without its notes; spaces that do not break are spaces."""
    lines = ("".join(t.text or "" for t in p.iter(A + "t")) for p in slide._element.iter(A + "p"))
    return "\n".join(lines).replace("\u00a0", " ")


def parts(data: bytes, inside: str) -> list[bytes]:
    with zipfile.ZipFile(BytesIO(data)) as found:
        return [found.read(name) for name in found.namelist() if re.search(inside, name)]


def chart(form: str, series: tuple[Series, ...], **more: Any) -> Chart:
    labels = ("First", "Second")
    return Chart("c", form, "A chart", "It rose.", labels, series, data("c", labels, *series), **more)
