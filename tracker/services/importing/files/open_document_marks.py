"""What the XML of an OpenDocument spreadsheet says that its values do not; see workbook_marks."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tracker.rules.importing.sheets import column_letters
from tracker.services.importing.files.workbook_marks import NO_MARKS, SheetMarks, remarks_on

if TYPE_CHECKING:
    from lxml.etree import _Element

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SHOWN = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
CONTENT = "content.xml"
SIGNS = (b"visibility=", b'"error"', b":formula=")  # without any of them there is nothing to look for
SCRIPTS = ("Basic/", "Scripts/")
MOST = 100  # rows or columns that are listed of a repeated one: what is empty to the end of a sheet holds nothing


def is_locked(content: bytes) -> bool:
    """Return whether an OpenDocument file has a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return b"encryption-data" in parts.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, NotImplementedError):
        return False


class OpenDocumentMarks:
    """Looks into a spreadsheet beside the reader of its values."""

    def __init__(self, content: bytes) -> None:
        self.remarks: list[str] = []
        self._sheets: Mapping[str, SheetMarks] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                scripts = [name for name in parts.namelist() if name.startswith(SCRIPTS) and not name.endswith("/")]
                text = parts.read(CONTENT)
            if any(sign in text for sign in SIGNS):
                self._sheets = dict(_sheets(text))
        except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError):
            return  # whether it can be read at all is for the reader of its values to say
        if scripts:
            self.remarks.append("It holds macros; they are not run.")

    def of_sheet(self, name: str) -> SheetMarks:
        """Return what is to be said of a sheet."""
        return self._sheets.get(name, NO_MARKS)


def _sheets(text: bytes) -> Iterator[tuple[str, SheetMarks]]:
    from lxml import etree

    for _, sheet in etree.iterparse(io.BytesIO(text), tag=f"{TABLE}table", resolve_entities=False, no_network=True):
        columns = _places(sheet, "column")
        hidden_columns = [column_letters(number) for number, column in columns if _is_hidden(column)]
        rows = list(_places(sheet, "row"))
        cells = [((number, place), cell) for number, row in rows for place, cell in _cells(row)]
        errors = {place: "".join(cell.itertext()).strip() for place, cell in cells if cell.get(SHOWN) == "error"}
        empty = [
            f"{column_letters(column)}{row + 1}"
            for (row, column), cell in cells
            if cell.get(f"{TABLE}formula") and not cell.get(f"{OFFICE}value-type")
        ]
        hidden_rows = [f"{number + 1}" for number, row in rows if _is_hidden(row)]
        yield str(sheet.get(f"{TABLE}name")), SheetMarks(errors, tuple(remarks_on(hidden_rows, hidden_columns, empty)))
        sheet.clear()


def _places(sheet: "_Element", kind: str) -> "Iterator[tuple[int, _Element]]":
    """Yield rows or columns with their numbers from 0, each as often as it is repeated."""
    return _numbered(sheet.iter(f"{TABLE}table-{kind}"), f"{TABLE}number-{kind}s-repeated")


def _cells(row: "_Element") -> "Iterator[tuple[int, _Element]]":
    cells = row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
    return _numbered(cells, f"{TABLE}number-columns-repeated")


def _numbered(elements: "Iterator[_Element]", repeated: str) -> "Iterator[tuple[int, _Element]]":
    number = 0
    for element in elements:
        times = int(element.get(repeated, "1"))
        yield from ((number + more, element) for more in range(min(times, MOST)))
        number += times


def _is_hidden(element: "_Element") -> bool:
    return element.get(f"{TABLE}visibility") in ("collapse", "filter")
