"""Collections of strings that break programs, in every place of a paper and in every format."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tracker.reports.formats import FORMATS, make
from tracker.reports.model import (
    Bullets,
    Callout,
    Chart,
    Column,
    Facts,
    Figures,
    Header,
    Paragraph,
    Quote,
    Report,
    Section,
    Series,
    Signal,
    Table,
)
from tracker.text import clean

ROOT = Path(__file__).parent.parent.parent.parent / "shared" / "realdata"
LISTS = (ROOT / "blns" / "blns.json", ROOT / "payloads" / "patt_xss_payloads_quick.txt")
MOST = 240  # strings, taken evenly from all


def strings() -> Iterator[str]:
    for file in LISTS:
        text = file.read_text("utf-8", "replace")
        for line in json.loads(text) if file.suffix == ".json" else text.split("\n"):
            if shown := clean(str(line), lines=True).text:
                yield shown


@pytest.fixture(scope="module")
def report() -> Report:
    """A paper with such a string in every place that takes one."""
    if not all(file.exists() for file in LISTS):
        pytest.skip("shared/realdata is not here")
    every = list(strings())
    some = every[:: max(1, len(every) // MOST)]
    columns = (Column("A"), Column("B", long=True), Column(some[3], align="right"))
    data = Table(
        "data", some[4], (Column("Label"), Column("Value", align="right")), tuple((one, "1") for one in some[:4])
    )
    series = (Series(some[5], (1.0, 2.0, None, 4.0)),)
    blocks = (
        Paragraph("\n".join(some)),
        Bullets(tuple(some)),
        Quote(some[6], some[7]),
        Facts(tuple((one[:60], one) for one in some)),
        Callout(some[8], some[9]),
        Signal("red", some[10], some[11]),
        Figures(((some[12], some[13], some[14]),)),
        Table("table", some[15], columns, tuple((one[:300], one[:300], one[:100]) for one in some)),
        Chart("chart", "bars", some[16], some[17], tuple(some[:4]), series, data),
    )
    header = Header(some[20], some[21], some[22], date(2026, 11, 12), None, some[23], some[24], some[25], "abcdef12")
    return Report(header, (Section("section", some[26], blocks),))


@pytest.mark.parametrize("kind", [one.name for one in FORMATS.values() if not one.calendar])
def test_every_format_takes_them_as_text(report: Report, kind: str) -> None:
    data = make(report, kind).data
    assert data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert package.testzip() is None
            for name in package.namelist():
                part = package.read(name)
                assert b"<f>" not in part and b"table:formula" not in part, name
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(part)
    if kind == "html":
        tags = re.sub(r">[^<]*<", "><", data.decode())
        assert "<script" not in tags
        assert re.search(r"\son\w+\s*=|javascript:", tags, re.IGNORECASE) is None
