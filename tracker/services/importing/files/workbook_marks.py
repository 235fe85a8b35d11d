"""What the XML of an Excel workbook says that its values do not: errors, formulas not calculated, what is hidden."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.rules.importing.sheets import column_letters
from tracker.rules.wording import counted, optional, short, verb

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MACROS = "xl/vbaProject.bin"
SIGNS = (b' t="e"', b"<f", b' hidden="1"', b' hidden="true"')  # without any of them there is nothing to look for
TRUE = ("1", "true")
NAMED = 8  # cells, rows or columns that a sentence names

Place = tuple[int, int]  # row and column of a cell, counted from 0


class SheetMarks(NamedTuple):
    """The errors of a sheet by their places, and sentences on what people do not see in its values."""

    errors: Mapping[Place, str]
    remarks: tuple[str, ...]


NO_MARKS = SheetMarks({}, ())


class WorkbookMarks:
    """Looks into a workbook beside the reader of its values; a file that is no such workbook has no marks."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._paths: dict[str, str] = {}
        self.remarks: list[str] = []
        self._to_calculate = False
        if content.startswith(b"PK"):
            try:
                self._read_parts()
            except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError):
                self._paths = {}  # whether the workbook can be read at all is for the reader of its values to say

    def _read_parts(self) -> None:
        from lxml import etree

        with zipfile.ZipFile(io.BytesIO(self._content)) as parts:
            if "xl/workbook.xml" not in parts.namelist():
                return
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            book = etree.fromstring(parts.read("xl/workbook.xml"), parser)
            links = etree.fromstring(parts.read("xl/_rels/workbook.xml.rels"), parser)
            targets = {link.get("Id"): str(link.get("Target")) for link in links}
            for sheet in book.iter(f"{MAIN}sheet"):
                target = targets.get(sheet.get(LINK), "")
                self._paths[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            self._to_calculate = any(part.get("fullCalcOnLoad") in TRUE for part in book.iter(f"{MAIN}calcPr"))
            if MACROS in parts.namelist():
                self.remarks.append("It holds macros; they are not run.")

    def of_sheet(self, name: str) -> SheetMarks:
        """Return what is to be said of a sheet."""
        if name not in self._paths:
            return NO_MARKS
        try:
            with zipfile.ZipFile(io.BytesIO(self._content)) as parts:
                text = parts.read(self._paths[name])
            return self._marks(text) if any(sign in text for sign in SIGNS) else NO_MARKS
        except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError):
            return NO_MARKS

    def _marks(self, text: bytes) -> SheetMarks:
        from lxml import etree

        errors: dict[Place, str] = {}
        rows: list[str] = []
        columns: list[str] = []
        empty: list[str] = []
        formulas = 0
        tags = [MAIN + tag for tag in ("c", "row", "col")]
        for _, element in etree.iterparse(io.BytesIO(text), tag=tags, resolve_entities=False, no_network=True):
            kind = str(element.tag).removeprefix(MAIN)
            if kind == "c":
                value = element.findtext(f"{MAIN}v") or ""
                ref = str(element.get("r", ""))
                if element.get("t") == "e" and (place := place_of(ref)) is not None:
                    errors[place] = value
                if element.find(f"{MAIN}f") is not None:
                    formulas += 1
                    empty += [ref] * (not value and element.get("t") != "str")
                continue
            if element.get("hidden") in TRUE:
                rows += [str(element.get("r"))] * (kind == "row")
                columns += _letters(element) if kind == "col" else ()
            if kind == "row":
                element.clear()  # a large sheet does not stay in memory
        remarks = list(remarks_on(rows, columns, empty))
        if self._to_calculate and formulas and not empty:
            remarks.append(
                f"Its {counted(formulas, 'formula')} {verb(formulas)} to be calculated when it is opened: values here "
                "may be others until a spreadsheet program has saved it."
            )
        return SheetMarks(errors, tuple(remarks))


def remarks_on(rows: Sequence[str], columns: Sequence[str], empty: Sequence[str]) -> Iterator[str]:
    """Yield what is to be said of hidden rows and columns, and of formulas without a value, each named as people do."""
    for noun, names in (("row", rows), ("column", columns)):
        if names:
            hidden = f"{counted(len(names), noun)} {verb(len(names))} hidden ({_listed(names)})"
            yield f"{hidden}; what stands there is taken in like the rest."
    if empty:
        formula = counted(len(empty), "formula")
        yield (
            f"{formula} {verb(len(empty), 'was', 'were')} never calculated ({_listed(empty)}): "
            "open the file in a spreadsheet program and save it."
        )


def place_of(ref: str) -> Place | None:
    """Return row and column of a cell such as ``B2``, counted from 0; None for what names no cell."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", ref)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _letters(element: "_Element") -> list[str]:
    """Return how the columns are called that a ``col`` is about; a range to the end of the sheet holds nothing."""
    first = int(element.get("min", "1"))
    last = min(int(element.get("max", "1")), first + 100)
    return [column_letters(number - 1) for number in range(first, last + 1)]


def _listed(names: Sequence[str]) -> str:
    more = optional(" and ", max(len(names) - NAMED, 0), " more")
    return short(", ".join(names[:NAMED]), 120) + more
