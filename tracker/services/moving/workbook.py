"""A whole programme as one workbook, a sheet for each register, and from such a workbook again.

Figures are figures, days days, yes and no such, where a spreadsheet keeps them exactly; all other values are texts.
What no cell holds, or holds otherwise (long texts, frozen papers), stands whole on a sheet of its own.
"""

import io
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.fields import Field
from tracker.rules.wording import short
from tracker.services.board.snapshots import app_version
from tracker.services.importing.files.opening import SourceFile
from tracker.services.importing.files.workbooks import CUT_OFF, OWN_SHEET, Native, open_workbook
from tracker.services.moving.origin import Origin, Packed, hold_register
from tracker.services.moving.package import hold_frozen
from tracker.services.moving.tables import Programme

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

WHOLE = "whole values"
CHANGES = "changes"  # Excel keeps “History” for itself
FROZEN = "frozen"
OWN = "tracker"
LONGEST = 16_000  # characters of a cell: each may count twice in Excel, which holds 32,767
MOST_ROWS = 1_048_576
EARLIEST = date(1900, 3, 1)  # before it Excel counts a day that never was
WIDTH = 18

Rows = Sequence[Sequence[str]]


def as_workbook(programme: Programme) -> bytes:
    """Return a programme as an .xlsx file. Raises TrackerError where a sheet has too few rows for a register."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        book.set_properties({"created": datetime(1980, 1, 1), "title": programme.name})
        writing = _Writing(book)
        writing.own(programme)
        for table in programme.tables:
            fields = [table.register.fields().get(column) for column in table.columns]
            writing.sheet(table.register.kind, [table.columns, *table.rows], fields)
        if programme.history:
            writing.sheet(CHANGES, programme.history)
        for digest, data in programme.frozen.items():
            writing.keep(FROZEN, digest, "", b64encode(data).decode())
        if writing.whole:
            writing.sheet(WHOLE, [("sheet", "record", "column", "value"), *writing.whole])
    return stream.getvalue()


class _Writing:
    """A workbook in the making, and what has to stand whole on its last sheet."""

    def __init__(self, book: "Workbook") -> None:
        self.whole: list[tuple[str, str, str, str]] = []
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})

    def own(self, programme: Programme) -> None:
        """Write the first sheet: what this is, and what the program needs to take it in again."""
        sheet = self._book.add_worksheet(OWN_SHEET)
        sheet.set_column(0, 1, 40)
        lines = [("Programme", programme.name), ("Written by", f"Transformation Tracker {app_version()}")]
        lines += [("Take it in again", "Begin a new programme from this workbook")]
        lines += [(table.register.kind, f"{len(table.rows)} rows") for table in programme.tables]
        text = json.dumps(Origin.of(programme).as_json(), separators=(",", ":"))
        lines += [(OWN, text[start : start + LONGEST]) for start in range(0, len(text), LONGEST)]
        for row, (label, value) in enumerate(lines):
            sheet.write_string(row, 0, label, self._head)
            sheet.write_string(row, 1, value)

    def sheet(self, name: str, rows: Rows, fields: Sequence[Field | None] = ()) -> None:
        """Write a table, the names of its columns first."""
        if len(rows) > MOST_ROWS:
            raise TrackerError(f"{name} has more rows than a sheet: write a Data Package (.zip).", "export.large")
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(rows[0]) - 1, WIDTH)
        sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
        sheet.write_row(0, 0, rows[0], self._head)
        kinds = [field.kind if field else "text" for field in fields] or ["text"] * len(rows[0])
        for number, row in enumerate(rows[1:], 1):
            for place, text in enumerate(row):
                if text and not self._native(sheet, number, place, text, kinds[place]):
                    if name != WHOLE and not _fits(text):
                        self.keep(name, row[0] if fields else str(number), rows[0][place], text)
                        text = text[:LONGEST]
                    sheet.write_string(number, place, text)

    def _native(self, sheet: "Worksheet", row: int, place: int, text: str, kind: str) -> bool:
        """Write what a spreadsheet keeps exactly as what it is; return whether it is so."""
        value = _native(text, kind)
        if value is None or as_written(value, kind) != text:
            return False
        match value:
            case bool():
                sheet.write_boolean(row, place, value)
            case date():
                sheet.write_datetime(row, place, value, self._day)
            case _:
                sheet.write_number(row, place, value)
        return True

    def keep(self, sheet: str, record: str, column: str, text: str) -> None:
        """Keep a text whole for the last sheet, in pieces, each without what a workbook writes otherwise."""
        quoted = json.dumps(text).replace("_", "\\u005f")
        self.whole += [
            (sheet, record, column, quoted[start : start + LONGEST]) for start in range(0, len(quoted), LONGEST)
        ]


def _fits(text: str) -> bool:
    """Return whether a cell holds a text as it is: escapes are read as signs, and two signs stand in no XML."""
    return len(text) <= LONGEST and "_x" not in text and "\ufffe" not in text and "\uffff" not in text


def _native(text: str, kind: str) -> Native:
    match kind:
        case "yes_no":
            return text == "true"
        case "money" | "number" | "decimal":
            return float(f"{float(text):.16G}")  # as the workbook writes it
        case "date" if len(text) == len("2026-03-31") and date.fromisoformat(text) >= EARLIEST:
            return date.fromisoformat(text)
    return None


def as_written(value: Native, kind: str = "text") -> str:
    """Return a value of a cell as the text of a table: that which was written, unless somebody changed it."""
    match value:
        case None:
            return ""
        case bool():
            return ("false", "true")[value]
        case 0.0 | 1.0 if kind == "yes_no":  # as OpenDocument keeps them
            return ("false", "true")[value == 1]
        case float() | int() if kind == "money":
            return f"{value:.2f}" if round(value, 2) == value else repr(value)
        case float() | int() if kind == "decimal":
            return repr(float(value))
        case float():
            return repr(value).removesuffix(".0")
        case datetime():
            return value.isoformat().removesuffix("T00:00:00")
        case date():
            return value.isoformat()
    return str(value)


def out_of_workbook(source: SourceFile) -> Packed:
    """Return what a workbook holds that this program wrote. Raises TrackerError for others, and cut ones."""
    book = open_workbook(source)
    if OWN_SHEET not in book.sheet_names:
        raise TrackerError(
            f"“{short(source.name, 60)}” is no programme that was taken out: import its tables.", "export.foreign"
        )
    sheets = {name: _grid(book, name) for name in book.sheet_names}
    own = "".join(str(row[1]) for row in sheets.pop(OWN_SHEET) if row[0] == OWN and len(row) > 1)
    long_values = _whole_values(sheets.pop(WHOLE, []))
    sheets.pop(CHANGES, None)
    try:
        origin = Origin.read(json.loads(own))
        frozen = {record: b64decode(text) for (sheet, record, _), text in long_values.items() if sheet == FROZEN}
    except (ValueError, TypeError, AttributeError):
        raise TrackerError(f"The sheet “{OWN_SHEET}” is not as it was written.", "export.broken") from None
    hold_frozen(frozen)
    return origin.packed({name: _texts(name, grid, long_values) for name, grid in sheets.items()}, frozen)


def _grid(book: "CalamineWorkbook", name: str) -> Sequence[Sequence[Native]]:
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError):
        raise TrackerError(f"The sheet “{short(name, 40)}” cannot be read: {CUT_OFF}", "import.broken") from None


def _whole_values(grid: Sequence[Sequence[Native]]) -> dict[tuple[str, str, str], str]:
    pieces: dict[tuple[str, str, str], str] = {}
    for sheet, record, column, piece in ([as_written(value) for value in row[:4]] for row in grid[1:] if len(row) > 3):
        pieces[sheet, record, column] = pieces.get((sheet, record, column), "") + piece
    try:
        return {key: str(json.loads(text)) for key, text in pieces.items()}
    except ValueError:
        raise TrackerError(f"The sheet “{WHOLE}” is not as it was written.", "export.broken") from None


def _texts(name: str, grid: Sequence[Sequence[Native]], whole: Mapping[tuple[str, str, str], str]) -> list[list[str]]:
    hold_register(name)
    fields = entity(name).fields()
    head = [as_written(value) for value in grid[0]] if grid else []
    while head and not head[-1]:
        head.pop()
    rows = [head]
    for values in grid[1:]:
        texts = [as_written(value, _kind(fields.get(column))) for column, value in zip(head, values, strict=False)]
        if any(texts):
            ref = dict(zip(head, texts, strict=True)).get("ref", "")
            rows.append([whole.get((name, ref, column), text) for column, text in zip(head, texts, strict=True)])
    return rows


def _kind(field: Field | None) -> str:
    return field.kind if field else "text"
