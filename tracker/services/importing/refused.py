"""The rows of a table that were refused, as a workbook: people mend them there, and it is taken in like its source."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import WHY_REFUSED
from tracker.rules.importing.sheets import Cell
from tracker.rules.wording import listed, short
from tracker.services.importing.outcome import ImportResult
from tracker.services.importing.running import Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LONGEST_TEXT = 32_767  # characters that a cell of Excel holds
LONGEST_NAME = 31
SHEET = "Refused"
NO_NAME = frozenset("[]:*?/\\'")  # signs that no sheet's name may hold


def refused_workbook(table: Table, result: ImportResult) -> bytes:
    """Return a workbook with the header of a table, its refused rows and why; the mapping of the table fits it.

    Raises TrackerError where a row of the source says nothing without others, or a text is too long for a workbook.
    """
    layout = table.mapping.file
    ways = {"turned": layout.transpose, "in sections": layout.sections, "unpivoted": layout.unpivot is not None}
    hindering = [words for words, is_so in ways.items() if is_so]
    if hindering:
        raise TrackerError(
            f"Its table is {listed(hindering)}: a row says nothing without the others, so mend it in the source.",
            "import.refused",
        )
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(_sheet_name(table.sheet.name))
        for number, cells in _lines(table, result):
            _write(sheet, number, cells)
    return file.getvalue()


def _sheet_name(name: str) -> str:
    """Return the name of the source's sheet, by which the mapping finds it; another where it has none that fits."""
    fits = 0 < len(name) <= LONGEST_NAME and NO_NAME.isdisjoint(name) and name.casefold() != "history"
    return name if fits else SHEET


def _lines(table: Table, result: ImportResult) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the lines of the header with their own numbers, so that the mapping finds them, and the rows below."""
    grid = table.grid
    width = len(grid.columns)
    place = grid.columns.index(WHY_REFUSED) if WHY_REFUSED in grid.columns else width
    for row in table.sheet.rows:
        if row.filled and row.number <= grid.header:
            cells = [row.cell(position) for position in range(width)]
            head = Cell(WHY_REFUSED, "text") if row.number == grid.header else Cell()
            yield max(row.number, 1), [*cells[:place], head]
    reasons = {outcome.row: "; ".join(outcome.why) for outcome in result.refused}
    number = max(grid.header, table.mapping.file.first - 1, 1)
    for entry in grid.rows:
        if entry.number in reasons:
            number += 1
            yield number, [*entry.cells[:place], Cell(reasons[entry.number], "text")]


def _write(sheet: "Worksheet", number: int, cells: list[Cell]) -> None:
    for place, cell in enumerate(cells):
        if len(cell.text) > LONGEST_TEXT:
            raise TrackerError(
                f"“{short(cell.text, 40)}” has {len(cell.text):,} characters; a cell of a workbook holds "
                f"{LONGEST_TEXT:,}. Mend its row in the source.",
                "import.refused",
            )
        if cell.kind == "number":
            sheet.write_number(number - 1, place, float(cell.text))
        elif cell.text:
            sheet.write_string(number - 1, place, cell.text)
