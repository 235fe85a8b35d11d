"""The parts of a workbook: cells that are what they say, their looks, and names that every program takes."""

import re
from datetime import date, datetime
from math import ceil, floor, log10
from typing import Any

from tracker.reports.charts.palette import INK, RATINGS
from tracker.reports.model import Chart, Column, Table
from tracker.reports.render.measuring import lines_of, width_of
from tracker.reports.render.ods_values import Value
from tracker.reports.render.odt_widths import is_status, mark_level

NOTHING = "None recorded."
BODY = 12  # points
CHARACTER = 0.1852  # centimetres that Excel takes for one unit of a column's width
_LONGEST_CELL = 32_000  # Excel keeps 32,767 UTF-16 units
_HIGHEST_ROW = 409
_SENTENCE = 300  # signs of a cell that are measured: a longer one is broken anyway
_SHORT, _NARROWEST, _PADDING = 4.5, 2.2, 0.5
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
            level = mark_level(value.text) if is_status(value.text) else ""
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
                look["bg_color"] = RATINGS[level if level in RATINGS else "not_rated"][1]
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


def cut(text: str, most: int) -> str:
    """Return a text of at most ``most`` UTF-16 units, with … at the end when something is missing."""
    if len(text) <= most // 2 or len(text.encode("utf-16-le")) // 2 <= most:
        return text
    short = text[: most - 1].encode("utf-16-le")[: (most - 1) * 2]
    return short.decode("utf-16-le", "ignore") + "…"


def column_sizes(table: Table, room: float) -> list[float]:
    """Return a width in centimetres for each column: short cells on one line, long ones share what is left.

    They share it by how much stands in them.
    """
    natural, over = [], []
    for n, column in enumerate(table.columns):
        bold = table.row_header and n == 0
        lines = [line for row in table.rows for line in row[n].split("\n")]
        lines += [NOTHING] if n == 0 and not table.rows else []
        wide = [width_of(line[:_SENTENCE], BODY, bold or is_status(line)) + _PADDING for line in lines]
        natural.append(max([*wide, width_of(column.title, BODY, True) + _PADDING]))
        over.append(sum(max(one - _SHORT, 0.0) for one in wide) + max(natural[-1] - _SHORT, 0.0))
    if sum(natural) <= room:
        return [max(one, _NARROWEST) for one in natural]
    return [max(one, _NARROWEST) for one in _shared(natural, over, room)]


def _shared(natural: list[float], over: list[float], room: float) -> list[float]:
    """Return widths that fill the room, none wider than it needs; the longer texts get more."""
    widths = [min(one, _SHORT) for one in natural]
    for _ in natural:
        spare = room - sum(widths)
        open_ = [n for n, one in enumerate(natural) if one > widths[n] + 0.01]
        total = sum(over[n] for n in open_)
        if spare < 0.1 or not total:
            break
        for n in open_:
            widths[n] = min(natural[n], widths[n] + spare * over[n] / total)
    return widths


def decimals(chart: Chart) -> str:
    """Return the number format of Excel for the figures of a chart: as many decimals as tell them apart."""
    figures = [float(v) for one in chart.series for v in one.values if v is not None]
    if all(one.is_integer() for one in figures):
        return "#,##0"
    places = max(1 - floor(log10(max(map(abs, figures)))), 1)
    return "#,##0." + "0" * min(places, 6)


def top_of(chart: Chart) -> float | None:
    """Return where the axis of a chart of intervals ends, so that no interval is cut; None when nothing is above 0."""
    ends = [v for one in chart.series for some in (one.values, one.high) for v in some if v is not None]
    most = max([*ends, *([chart.target] if chart.target is not None else [])], default=0.0) * 1.02
    if most <= 0:
        return None
    step = 10.0 ** floor(log10(most)) / 2
    return float(f"{ceil(most / step) * step:.6g}")


def row_height(texts: list[str], widths: list[float], *, bold: bool = False) -> float:
    """Return the height in points at which the longest cell of a row is seen whole, or as much as Excel allows."""
    lines = max(_lines(text, width - _PADDING, bold) for text, width in zip(texts, widths, strict=True))
    return float(min((6 if bold else 3) + 15.5 * lines, _HIGHEST_ROW))


def _lines(text: str, width: float, bold: bool) -> int:
    if "\n" not in text and len(text) * _WIDEST < width:
        return 1
    return len(lines_of(text, BODY, width, bold))


def number_format(form: str) -> str:
    """Return the number format of Excel for a form of ``ods_values``. Raises ValueError for another."""
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
