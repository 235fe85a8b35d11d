"""Which sheet of a workbook is taken in: not its cover, though names of fields stand on it."""

import io
from collections.abc import Mapping, Sequence

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from tracker.errors import TrackerError
from tracker.services.importing.files.opening import SourceFile
from tracker.services.importing.running import Wanted, table_of

Rows = Sequence[Sequence[object]]
COVER: Rows = [["Risk register"], ["Programme", "Digital front door"], ["Owner", "Jane Doe"], ["Date", "1 May 2026"]]
RISKS: Rows = [
    ["ID", "Title", "Likelihood", "Impact", "Mitigation"],
    ["R1", "Late", 3, 4, "x"],
    ["R2", "Cost", 2, 2, "y"],
]
OTHER: Rows = [["Foo", "Bar", "Baz"], ["a", "b", "c"], ["d", "e", "f"]]


def book(sheets: Mapping[str, Rows]) -> SourceFile:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    workbook.close()
    return SourceFile("book.xlsx", stream.getvalue())


@pytest.mark.parametrize("register", ["", "risk"])
def test_a_cover_sheet_is_passed_over(register: str) -> None:
    table = table_of(book({"Cover": COVER, "Risks": RISKS, "More": RISKS}), Wanted(register=register))
    assert table.sheet.name == "Risks"
    assert [rule.kind for rule in table.mapping.record] == ["risk"]


def test_where_no_sheet_fits_those_that_look_like_tables_are_named() -> None:
    with pytest.raises(TrackerError, match=r"of its sheets these look like tables: “Log”\.$"):
        table_of(book({"Cover": COVER, "Log": OTHER}), Wanted(register="risk"))
    with pytest.raises(
        TrackerError,
        match=r"like a field of a register; its columns begin with “Foo”, “Bar”, “Baz”\.$",
    ):
        table_of(book({"Log": OTHER}), Wanted())
