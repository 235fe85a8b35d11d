"""The parts of a workbook: cells that are what they say, their looks, and names that every program takes."""

import re
from datetime import date, datetime
from typing import Any

from tracker.reports.charts.palette import INK, RATINGS
from tracker.reports.model import Column, Table
from tracker.reports.render.cell_values import Value
from tracker.reports.render.sheets import cut
from tracker.reports.render.statuses import rating_of
from tracker.reports.typography.measuring import ARIAL
from tracker.reports.typography.table_widths import SHEET_PADDING, SHEET_POINTS

CHARACTER = 0.1852  # centimetres that Excel takes for one unit of a column's width
_LONGEST_CELL = 32_000  # Excel keeps 32,767 UTF-16 units
_HIGHEST_ROW = 409
_WIDEST = 0.33  # centimetres of a wide letter at 12 points
_LONGEST_FOOTER = 255
_FORM = re.compile(r"(?:float|percentage|currency)(\d)(g?)(s?)(?:-([A-Z]{3}))?")


class Book:
    """A workbook in the making: its looks, its table names, and how many texts had to be cut."""

    def __init__(self, workbook: Any, accent: str) -> None:
        self.workbook = workbook
        self.tables: set[str] = set()
        self.shortened = 0
        self._looks: dict[tuple[str, ...], Any] = {}
        self.accent = accent
        wrap = {"text_wrap": True}
        self.title = self._look({"bold": True, "font_size": 16, "font_color": accent})
        self.heading = self._look({"bold": True, "font_size": 14, "font_color": accent})
        self.note = self._look({"font_color": "#3D3D3D"})
        self.name = self._look({"bold": True, **wrap})
        self.plain = self._look(wrap)
        self.link = self._look({"font_color": "#0B4F9E", "underline": 1, **wrap})
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": accent, "valign": "vcenter", **wrap}
        self.head = self._look(head)
        self.head_right = self._look({**head, "align": "right", "indent": 1})

    def _look(self, given: dict[str, Any]) -> Any:
        return self.workbook.add_format({"font_name": "Arial", "font_size": 12, "valign": "top", **given})

    def text(self, sheet: Any, row: int, column: int, text: str, look: Any) -> None:
        """Write a text as a text, whatever it begins with; one that is too long for a cell is cut, and counted."""
        kept = cut(text, _LONGEST_CELL)
        self.shortened += kept != text
        if kept:
            sheet.write_string(row, column, kept, look)
        else:
            sheet.write_blank(row, column, None, look)

    def line(self, sheet: Any, row: int, text: str, look: Any) -> None:
        """Write a text that stands alone in its row and runs over the cells beside it."""
        self.text(sheet, row, 0, text, look)
        sheet.set_row(row, 24 if look in (self.title, self.heading) else 20)

    def cell(self, sheet: Any, row: int, at: int, value: Value, column: Column, *, named: bool) -> None:
        """Write a value as the number, day or text that it is."""
        if value.kind == "string":
            level = rating_of(value.text)
            side = "right" if column.align == "right" else ""
            self.text(sheet, row, at, value.text, self._cell_look(side, level, "bold" if named or level else ""))
        elif value.kind == "date":
            day = date.fromisoformat(value.value)
            sheet.write_datetime(row, at, datetime(day.year, day.month, day.day), self._cell_look("date", "", ""))
        else:
            sheet.write_number(row, at, float(value.value), self._cell_look(value.form, "", ""))

    def _cell_look(self, form: str, level: str, weight: str) -> Any:
        key = (form, level, weight)
        if key not in self._looks:
            look: dict[str, Any] = {"text_wrap": True, "bottom": 1, "bottom_color": "#C8CDD2", "font_color": INK}
            if weight:
                look["bold"] = True
            if level:
                look["bg_color"] = RATINGS[level][1]
            if form == "date":
                look |= {"num_format": "d mmm yyyy", "align": "left"}
            elif form:
                look |= {"align": "right", "indent": 1, "text_wrap": False}
                look |= {"num_format": number_format(form)} if form != "right" else {"text_wrap": True}
            self._looks[key] = self._look(look)
        return self._looks[key]

    def heads(self, table: Table) -> list[str]:
        """Return a title for each column, no two alike, as a table of Excel needs them."""
        found: list[str] = []
        taken: set[str] = set()
        for number, column in enumerate(table.columns, 1):
            first = cut(" ".join(column.title.split()) or f"Column {number}", 200)
            name, again = first, 1
            while name.casefold() in taken:
                again += 1
                name = f"{first} {again}"
            taken.add(name.casefold())
            found.append(name)
        return found

    def table_name(self, table: Table, number: int) -> str:
        """Return a name for a table that no other has and that is no cell's."""
        name = f"tbl_{number}_" + re.sub(r"[^A-Za-z0-9]+", "_", table.id)[:60]
        self.tables.add(name)
        return name

    def notes(self) -> list[str]:
        """Return what the person who sends the file should know."""
        if not self.shortened:
            return []
        texts = "1 text was" if self.shortened == 1 else f"{self.shortened} texts were"
        return [f"XLSX: {texts} too long for a cell and had to be cut; other formats have the whole."]


def row_height(texts: list[str], widths: list[float], *, bold: bool = False) -> float:
    """Return the height in points at which the longest cell of a row is seen whole, or as much as Excel allows."""
    lines = max(_lines(text, width - SHEET_PADDING, bold) for text, width in zip(texts, widths, strict=True))
    return float(min((6 if bold else 3) + 15.5 * lines, _HIGHEST_ROW))


def _lines(text: str, width: float, bold: bool) -> int:
    if "\n" not in text and len(text) * _WIDEST < width:
        return 1
    return len(ARIAL.lines(text, width, SHEET_POINTS, bold))


def number_format(form: str) -> str:
    """Return the number format of Excel for a form of ``cell_values``. Raises ValueError for another."""
    found = _FORM.fullmatch(form)
    if found is None:
        raise ValueError(f"no number format “{form}”")
    places, grouped, signed, code = int(found[1]), found[2], found[3], found[4]
    digits = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    digits += " %" if form.startswith("percentage") else ""
    before = f'"{code} "' if code else ""
    # Excel shows a hyphen for what is below zero; the paper shows a minus.
    positive = f"{before}{'+' if signed else ''}{digits}"
    return f'{positive};{before}"−"{digits};{before}{digits}'


def footer_codes(text: str) -> str:
    """Return the foot of a printed page, where & would begin a code of Excel; 255 characters at most."""
    end = "&RPage &P of &N"
    room = _LONGEST_FOOTER - len(end) - len("&L")
    while len(doubled := text.replace("&", "&&")) > room:
        text = text[: max(len(text) - max((len(doubled) - room) // 2, 1) - 1, 0)] + "…"
    return f"&L{doubled}{end}"
