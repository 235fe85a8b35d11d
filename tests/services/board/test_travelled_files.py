"""Papers that come back: packed anew, with properties added, or printed; and those that were tampered with."""

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from conftest import at

from tracker.errors import TrackerError
from tracker.reports.files.canonical import digest
from tracker.reports.formats import FORMATS, make
from tracker.reports.render.heading import footer
from tracker.services.board.freezing import Frozen, freeze
from tracker.services.board.snapshots import content, paper
from tracker.services.board.verifying import Verdict, verify_code, verify_file
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store

MEETS = date(2026, 10, 8)
PACKAGES = ("docx", "xlsx", "pptx", "odt", "ods", "csv")
OFFICE = ("docx", "xlsx", "pptx")
CUSTOM = (
    b'<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
    b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="ContentTypeId"/></Properties>'
)
TYPE = (
    b'<Override PartName="/docProps/custom.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
)
RELATION = (
    b'<Relationship Id="rId99" Target="docProps/custom.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"/></Relationships>'
)
Parts = dict[str, bytes]


@pytest.fixture
def frozen(store: Store, ana: Acting) -> Frozen:
    add(store, "win", {"title": "One form less", "event_date": date(2026, 9, 30)}, ana)
    board = add(store, "board", {"title": "October board", "meets_on": MEETS}, ana).uid
    return freeze(store, board, at(ana, MEETS, 17))


@pytest.fixture
def travelled(store: Store, frozen: Frozen, tmp_path: Path) -> Callable[[str, Callable[[Parts], object]], Verdict]:
    """Give the verdict on the frozen summary in a format, after something was done to its parts."""

    def verdict(kind: str, change: Callable[[Parts], object]) -> Verdict:
        data = make(paper(content(store, frozen.uid), "summary"), kind).data
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        change(parts)
        path = tmp_path / f"from the share{FORMATS[kind].suffix}"
        path.write_bytes(packed(parts.items()))
        return verify_file(store, path)

    return verdict


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts:
            package.writestr(name, data)
    return archive.getvalue()


def properties(parts: Parts) -> None:
    """Add a custom property, as a document library does."""
    parts["docProps/custom.xml"] = CUSTOM
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", TYPE)
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", RELATION)


@pytest.mark.parametrize("kind", PACKAGES)
def test_a_file_that_was_packed_anew_holds(travelled: Callable[..., Verdict], kind: str) -> None:
    verdict = travelled(kind, lambda _: None)
    assert verdict.holds
    assert "is the summary of SN-001" in verdict.sentences[0]
    assert verdict.sentences[0].endswith("part by part; it was packed anew.")


@pytest.mark.parametrize("kind", OFFICE)
def test_a_file_that_gained_properties_holds_and_names_them(travelled: Callable[..., Verdict], kind: str) -> None:
    verdict = travelled(kind, properties)
    assert verdict.holds
    assert verdict.sentences[0].endswith("part by part; properties were added or changed: ContentTypeId.")


@pytest.mark.parametrize("kind", OFFICE)
def test_core_properties_that_were_saved_again_are_named(travelled: Callable[..., Verdict], kind: str) -> None:
    def saved(parts: Parts) -> None:
        end = b"</cp:coreProperties>"
        parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(end, b"<cp:category>Board</cp:category>" + end)

    verdict = travelled(kind, saved)
    assert verdict.holds and verdict.sentences[0].endswith("added or changed: category.")


def body(parts: Parts) -> str:
    names = ("word/document.xml", "xl/sharedStrings.xml", "ppt/slides/slide1.xml", "content.xml", "data/paper.csv")
    return next(name for name in names if name in parts)


def changed(parts: Parts) -> None:
    parts[body(parts)] += b" "


def taken_away(parts: Parts) -> None:
    del parts[body(parts)]


def put_beside(parts: Parts) -> None:
    parts["word/other.xml"] = b"<x/>"


@pytest.mark.thorough
@pytest.mark.parametrize("tamper", [changed, taken_away, put_beside])
@pytest.mark.parametrize("kind", PACKAGES)
def test_another_part_does_not_hold(
    travelled: Callable[..., Verdict], kind: str, tamper: Callable[[Parts], None]
) -> None:
    assert not travelled(kind, tamper).holds


@pytest.mark.parametrize("kind", OFFICE)
def test_a_package_whose_main_part_is_another_does_not_hold(travelled: Callable[..., Verdict], kind: str) -> None:
    def led_astray(parts: Parts) -> None:
        properties(parts)
        main = {"docx": b"word/document.xml", "xlsx": b"xl/workbook.xml", "pptx": b"ppt/presentation.xml"}[kind]
        parts["customXml/item1.xml"] = parts[main.decode()]
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(main, b"customXml/item1.xml")

    assert not travelled(kind, led_astray).holds


def test_two_parts_of_one_name_do_not_hold(store: Store, frozen: Frozen, tmp_path: Path) -> None:
    data = make(paper(content(store, frozen.uid), "summary"), "docx").data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    path = tmp_path / "twice.docx"
    path.write_bytes(packed([*parts, ("WORD/document.xml", b"<x/>")]))
    assert not verify_file(store, path).holds


def test_a_printed_page_is_found_by_the_code_in_its_foot(store: Store, frozen: Frozen) -> None:
    assert set(frozen.codes) == {"summary", "pack"}
    for name, code in frozen.codes.items():
        report = paper(content(store, frozen.uid), name)
        assert f"Data {code}" in footer(report) and digest(report).startswith(code)
        for typed in (code, f"Data {code}", code.upper(), code[:8]):
            verdict = verify_code(store, typed)
            assert verdict is not None and verdict.holds
            assert f"is that of the {name} of SN-001" in verdict.sentences[0]
    whole = verify_code(store, frozen.sha256)
    assert whole is not None and whole.sentences[0].endswith("is that of the whole of SN-001.")
    assert verify_code(store, "B-01") is None and verify_code(store, "SN-001") is None
    with pytest.raises(TrackerError, match="no approved minutes in this file have the code 0123456789ab"):
        verify_code(store, "0123456789ab")
