"""Row names in the PDF: header cells of their rows, in a file that is otherwise the one that typst made."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from sample_report import sample

from tracker.reports.model import Column, Section, Table
from tracker.reports.render.pdf.document import render
from tracker.reports.render.pdf.row_headers import with_row_headers

NAMED = Table("t", "Pilots", (Column("Pilot"), Column("Reported")), (("P-01", "● Green"), ("P-02", "■ Red")))


def cells(data: bytes) -> list[tuple[str, list[str], bool]]:
    """Return of each cell in the tags: its kind, its scopes, and whether it lists its headers."""

    def walk(element: Any) -> Iterator[Any]:
        if isinstance(element, pikepdf.Array):
            for child in element:
                yield from walk(child)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            yield from walk(element.get("/K", pikepdf.Array()))

    with pikepdf.open(BytesIO(data)) as file:
        assert file.check_pdf_syntax() == []
        found = [element for element in walk(file.Root.StructTreeRoot.K) if str(element.S) in ("/TH", "/TD")]
        looks = [list(element.get("/A", [])) for element in found]
        return [
            (
                str(element.S),
                [str(look.Scope) for look in look_list if "/Scope" in look],
                any("/Headers" in x for x in look_list),
            )
            for element, look_list in zip(found, looks, strict=True)
        ]


def paper(table: Table) -> bytes:
    return render(replace(sample(), sections=(Section("s", "S", (table,)),))).data


def test_names_of_rows_are_header_cells_and_the_others_find_them_by_scope() -> None:
    assert [(kind, scopes) for kind, scopes, _ in cells(paper(NAMED))] == [
        ("/TH", ["/Column"]),
        ("/TH", ["/Column"]),
        ("/TH", ["/Row"]),
        ("/TD", []),
        ("/TH", ["/Row"]),
        ("/TD", []),
    ]
    assert not any(headers for kind, _, headers in cells(paper(NAMED)) if kind == "/TD")


def test_a_table_whose_rows_have_no_names_has_none() -> None:
    unnamed = replace(NAMED, row_header=False)
    assert [kind for kind, _, _ in cells(paper(unnamed))] == ["/TH", "/TH", "/TD", "/TD", "/TD", "/TD"]


def test_a_name_with_sentences_below_its_row_is_one_too() -> None:
    columns = (Column("Pilot"), Column("Reported"), Column("Why", long=True))
    long = Table("t", "Pilots", columns, (("P-01", "● Green", "Because it went well. " * 12),) * 3)
    rows = [scopes for kind, scopes, _ in cells(paper(long)) if scopes == ["/Row"]]
    assert len(rows) == 3


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n9\n%%EOF"])
def test_another_file_stays_as_it_is(data: bytes) -> None:
    assert with_row_headers(data, []) == data
