"""Workbooks of Excel and LibreOffice, by python-calamine: values as they were last calculated."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import EMPTY, Cell, Row, Sheet
from tracker.rules.wording import counted, short
from tracker.services.importing.files.open_document_marks import OpenDocumentMarks, is_locked
from tracker.services.importing.files.opening import SourceFile, hold_size, whole_programme
from tracker.services.importing.files.workbook_marks import SheetMarks, WorkbookMarks

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old workbooks, and of new ones with a password
OWN_SHEET = "Transformation Tracker"  # the first of a whole programme that was taken out
# The new format, enciphered, or in an old one the record FilePass among the first (MS-XLS 2.1.7.20.3).
LOCKED = (
    re.escape("EncryptedPackage".encode("utf-16-le")) + rb"|\x09\x08\x10\x00[\s\S]{16}(?:\x86\x00\x00\x00)?\x2f\x00"
)
MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
ZIPPED = b"PK"
OPEN_DOCUMENT = b"opendocument.spreadsheet"
OLD = (
    "An old workbook (.xls) does not tell here which rows and columns are hidden, and cells with errors come in empty: "
    "save it as XLSX to be told."
)
ERRORS = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")

# What people can do about a file of which a part is missing.
CUT_OFF = (
    "it was cut off on its way, or another program wrote it wrongly. Fetch it again, or save it anew where it opens."
)
Native = str | int | float | bool | date | time | timedelta | None


def open_workbook(source: SourceFile) -> "CalamineWorkbook":
    """Return a workbook, opened. Raises TrackerError for a password, or a broken file."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    name = short(source.name, 60)
    locked = TrackerError(f"“{name}” has a password: save it without one.", "import.password")
    if source.content.startswith(OLE) and re.search(LOCKED, source.content):
        raise locked
    if source.content.startswith(ZIPPED) and is_locked(source.content):
        raise locked
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(source.content))
    except PasswordError:
        raise locked from None
    except (CalamineError, OSError, ValueError):
        raise TrackerError(f"“{name}” cannot be read as a workbook: {CUT_OFF}", "import.broken") from None


def sheets(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return the sheets of a workbook, hidden ones too. Raises TrackerError for a password, or a broken file."""
    from python_calamine import CalamineError

    workbook = open_workbook(source)
    if OWN_SHEET in workbook.sheet_names:
        raise whole_programme(source)
    marks = _marks_of(source.content)
    sheets_read = []
    for entry in workbook.sheets_metadata:
        if str(entry.typ).rpartition(".")[2] != "WorkSheet":
            continue
        hidden = str(entry.visible).rpartition(".")[2] != "Visible"
        if layout.sheet and layout.sheet.casefold() != entry.name.casefold():
            sheets_read.append(Sheet(entry.name, ()))
            continue
        try:
            sheet = _sheet(workbook.get_sheet_by_name(entry.name), marks.of_sheet(entry.name), hidden=hidden)
            sheets_read.append(sheet._replace(remarks=(*marks.remarks, *sheet.remarks)))
        except (CalamineError, ValueError):
            called = short(entry.name, 40)
            raise TrackerError(f"The sheet “{called}” cannot be read: {CUT_OFF}", "import.broken") from None
    return sheets_read


def _marks_of(content: bytes) -> WorkbookMarks | OpenDocumentMarks:
    if content.startswith(ZIPPED) and OPEN_DOCUMENT in content[:200]:
        return OpenDocumentMarks(content)
    marks = WorkbookMarks(content)
    if content.startswith(OLE):
        marks.remarks += ["It holds macros; they are not run."] * (MACROS in content) + [OLD]
    return marks


def _sheet(sheet: "CalamineSheet", marks: SheetMarks, *, hidden: bool) -> Sheet:
    remarks = [f"The sheet “{short(sheet.name, 40)}” is hidden."] if hidden else []
    if sheet.start is None:
        return Sheet(sheet.name, (), tuple(remarks))
    top, margin = sheet.start
    grid: Sequence[Sequence[Native]] = sheet.to_python(skip_empty_area=True)
    if grid:
        hold_size(f"The sheet “{short(sheet.name, 40)}”", len(grid), margin + len(grid[0]))
    rows = [[EMPTY] * margin + [cell_of(value) for value in values] for values in grid]
    for (row, column), text in marks.errors.items():
        if 0 <= row - top < len(rows) and column < len(rows[row - top]):
            rows[row - top][column] = Cell(text, "error")
    filled = _fill_merged(sheet, rows, top)
    if filled:
        remarks.append(f"{counted(filled, 'cell is', 'cells are')} filled from merged ones.")
    remarks += marks.remarks
    numbered = [Row(top + 1 + place, tuple(cells)) for place, cells in enumerate(rows)]
    return Sheet(sheet.name, numbered, tuple(remarks))


def _fill_merged(sheet: "CalamineSheet", rows: list[list[Cell]], top: int) -> int:
    """Let every row of a cell that spans several say what it says; return how many cells that filled.

    Across columns nothing is repeated: a title over a table is no value of each column.
    """
    filled = 0
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        if first == last or not 0 <= first - top < len(rows) or column >= len(rows[first - top]):
            continue
        top_cell = rows[first - top][column]
        for number in range(first - top + 1, min(last - top + 1, len(rows))):
            if top_cell.text and column < len(rows[number]) and not rows[number][column].text:
                rows[number][column] = top_cell
                filled += 1
    return filled


def cell_of(value: Native) -> Cell:
    """Return a value of a workbook as a cell: whole numbers without a point, days by year, month and day."""
    match value:
        case None | "":
            return EMPTY
        case bool():
            return Cell.yes_no(value)
        case int():
            return Cell(str(value), "number")
        case float():
            return Cell(repr(value).removesuffix(".0"), "number")
        case datetime():
            rounded = value + timedelta(microseconds=500_000)
            return Cell(f"{rounded:%Y-%m-%dT%H:%M}".removesuffix("T00:00"), "day")
        case date():
            return Cell(value.isoformat(), "day")
        case time():
            return Cell(f"{value:%H:%M}", "text")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return Cell(f"{minutes // 60} h {minutes % 60} min", "text")
    text = str(value).strip()
    if text in ERRORS:
        return Cell(text, "error")
    return Cell(text, "text") if text else EMPTY
