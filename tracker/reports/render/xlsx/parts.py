"""The parts of a workbook: cells that are what they say, their looks, and names that every program takes."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.reports.charts.palette import INK, RATINGS
from tracker.reports.model import Column, Table
from tracker.reports.render.cell_values import Value
from tracker.reports.render.sheets import cut, distinct
from tracker.reports.render.statuses import rating_of
from tracker.reports.typography.measuring import ARIAL
from tracker.reports.typography.table_widths import SHEET_PADDING, SHEET_POINTS
from tracker.rules.wording import optional

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

CHARACTER = 0.1852  # centimetres that Excel takes for one unit of a column's width
_LONGEST_CELL = 32_000  # Excel keeps 32,767 UTF-16 units
_HIGHEST_ROW = 409
_WIDEST = 0.33  # centimetres of a wide letter at 12 points
_LONGEST_FOOTER = 255
_FORM = re.compile(r"(float|percentage|currency)(\d)(g?)(s?)(?:-([A-Z]{3}))?")


class Book:
    """A workbook in the making: its looks, its table names, and how many texts had to be cut."""

    def __init__(self, workbook: "Workbook", accent: str) -> None:
        self.workbook = workbook
        self.tables: set[str] = set()
        self.shortened = 0
        self._looks: dict[tuple[str, ...], Format] = {}
        self.accent = accent
        wrap = {"text_wrap": True}
        self.title = self._look({"bold": True, "font_size": 16, "font_color": accent})
        self.heading = self._look({"bold": True, "font_size": 14, "font_color": accent})
        self.name = self._look({"bold": True, **wrap})
        self.plain = self._look(wrap)
        self.link = self._look({"font_color": "#0B4F9E", "underline": 1, **wrap})
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": accent, "valign": "vcenter", **wrap}
        self.head = self._look(head)
        self.head_right = self._look({**head, "align": "right", "indent": 1})

    def _look(self, look: Mapping[str, object]) -> "Format":
        return self.workbook.add_format({"font_name": "Arial", "font_size": 12, "valign": "top", **look})

    def text(self, sheet: "Worksheet", row: int, column: int, text: str, look: "Format") -> None:
        """Write a text as a text, whatever it begins with; one that is too long for a cell is cut, and counted."""
        short = cut(text, _LONGEST_CELL)
        self.shortened += short != text
        if short:
            sheet.write_string(row, column, short, look)
        else:
            sheet.write_blank(row, column, None, look)

    def line(self, sheet: "Worksheet", row: int, text: str, look: "Format") -> None:
        """Write a text that stands alone in its row and runs over the cells beside it."""
        self.text(sheet, row, 0, text, look)
        sheet.set_row(row, 24 if look in (self.title, self.heading) else 20)

    def cell(self, sheet: "Worksheet", row: int, at: int, value: Value, column: Column, *, named: bool) -> None:
        """Write a value as the number, day or text that it is."""
        if value.kind == "string":
            level = rating_of(value.text)
            look = self._cell_look(column.align, level, bold=named or bool(level))
            self.text(sheet, row, at, value.text, look)
        elif value.kind == "date":
            day = datetime.fromisoformat(value.value)
            sheet.write_datetime(row, at, day, self._cell_look("date"))
        else:
            sheet.write_number(row, at, float(value.value), self._cell_look(value.form))

    def _cell_look(self, form: str, level: str = "", *, bold: bool = False) -> "Format":
        """Return the look of cells of a form: ``left``, ``right``, ``date`` or a form of ``cell_values``."""
        key = (form, level, "bold" if bold else "")
        if key not in self._looks:
            look: dict[str, object] = {"text_wrap": True, "bottom": 1, "bottom_color": "#C8CDD2", "font_color": INK}
            if bold:
                look["bold"] = True
            if level:
                look["bg_color"] = RATINGS[level][1]
            self._looks[key] = self._look(look | _alignment(form))
        return self._looks[key]

    def heads(self, table: Table) -> list[str]:
        """Return a title for each column, no two alike, as a table of Excel needs them."""
        titles = [column.title or f"Column {number}" for number, column in enumerate(table.columns, 1)]
        return distinct([cut(" ".join(title.split()), 200) for title in titles], lambda title, n: f"{title} {n}")

    def table_name(self, table: Table, number: int) -> str:
        """Return a name for a table that no other has and that is no cell's."""
        name = f"tbl_{number}_" + re.sub(r"[^A-Za-z0-9]+", "_", table.id)[:60]
        self.tables.add(name)
        return name

    def notes(self) -> list[str]:
        """Return what the person who sends the file should know."""
        if not self.shortened:
            return []
        texts = "1 text was"
        if self.shortened > 1:
            texts = f"{self.shortened} texts were"
        return [f"XLSX: {texts} too long for a cell and had to be cut; other formats have the whole."]


def row_height(texts: list[str], widths: list[float], *, bold: bool = False) -> float:
    """Return the height in points at which the longest cell of a row is seen whole, or as much as Excel allows."""
    lines = max(_lines(text, width - SHEET_PADDING, bold) for text, width in zip(texts, widths, strict=True))
    around = 6 if bold else 3
    return float(min(around + 15.5 * lines, _HIGHEST_ROW))


def _lines(text: str, width: float, bold: bool) -> int:
    if "\n" not in text and len(text) * _WIDEST < width:
        return 1
    return len(ARIAL.lines(text, width, SHEET_POINTS, bold))


def _alignment(form: str) -> dict[str, object]:
    match form:
        case "left" | "":
            return {}
        case "right":
            return {"align": "right", "indent": 1}
        case "date":
            return {"num_format": "d mmm yyyy", "align": "left"}
    return {"align": "right", "indent": 1, "text_wrap": False, "num_format": number_format(form)}


def number_format(form: str) -> str:
    """Return the number format of Excel for a form of ``cell_values``. Raises ValueError for another."""
    parts = _FORM.fullmatch(form)
    if parts is None:
        raise ValueError(f"no number format “{form}”")
    kind, places, grouped, signed, currency = parts.groups()
    digits = "#,##0" if grouped else "0"
    if int(places):
        digits += "." + "0" * int(places)
    if kind == "percentage":
        digits += "%"
    before = optional('"', currency, ' "')
    plus = "+" if signed else ""
    # Excel shows a hyphen for what is below zero; the paper shows a minus.
    return f'{before}{plus}{digits};{before}"−"{digits};{before}{digits}'


def header_codes(text: str) -> str:
    """Return the head of a printed page, at its right side, where & would begin a code of Excel."""
    return "&R" + cut(text, (_LONGEST_FOOTER - len("&R")) // 2).replace("&", "&&")


def footer_codes(text: str) -> str:
    """Return the foot of a printed page, where & would begin a code of Excel; 255 characters at most."""
    end = "&RPage &P of &N"
    room = _LONGEST_FOOTER - len(end) - len("&L")
    while len(doubled := text.replace("&", "&&")) > room:
        text = text[: max(len(text) - max((len(doubled) - room) // 2, 1) - 1, 0)] + "…"
    return f"&L{doubled}{end}"
