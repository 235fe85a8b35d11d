"""A paper's tables as an Excel workbook: a cover, its words, and a sheet for each kind of table with its charts."""

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from tracker.reports.model import PLAIN, Brand, Pairs, Rendered, Report
from tracker.reports.render.cell_values import Value, cells
from tracker.reports.render.heading import footer, marking, origin
from tracker.reports.render.native_charts import TOP, drawings, undrawn
from tracker.reports.render.sheets import NOTHING, Sheet, cut, sheets_of
from tracker.reports.render.wording import about, meanings
from tracker.reports.render.xlsx.charts import insert
from tracker.reports.render.xlsx.parts import CHARACTER, Book, footer_codes, header_codes, row_height
from tracker.reports.typography.table_widths import sheet_widths

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_COVER_WIDTHS = (5.5, 20.0)  # centimetres
_LONG = 25  # rows, which may take more than a page
_ROOM = 30.0  # centimetres: a landscape page, a little smaller
_LOOK = {"style": "Table Style Light 1", "banded_rows": False, "autofilter": True}
_LOGO_PIXELS = 240
_PAPER = {"a4": 9, "letter": 1}


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper's tables as an .xlsx file: figures are numbers, days are days, texts are never formulas.

    Its notes say when a text was too long for a cell, and when there were too many charts. Raises NotRendered when the
    logo cannot be drawn.
    """
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as workbook:
        _describe(workbook, report, brand)
        book = Book(workbook, brand.accent)
        sheets = sheets_of(report)
        drawn, figures = drawings(sheets)
        if figures is not None:
            sheets.append(figures)
        cover = _add(book, "Cover", report, brand)
        _cover(book, cover, report, sheets)
        if brand.logo:
            _logo(cover, report, brand)
        for number, sheet in enumerate(sheets, 1):
            page = _add(book, sheet.name, report, brand)
            below = _table(book, page, sheet, number)
            insert(book, page, below, drawn.get(sheet.name, []))
    return Rendered(file.getvalue(), (*book.notes(), *undrawn("XLSX", sheets, drawn)))


def _describe(workbook: "Workbook", report: Report, brand: Brand) -> None:
    header = report.header
    workbook.set_properties(
        {
            "title": cut(f"{header.programme}: {header.title}", 255),
            "subject": cut(header.board, 255),
            "author": cut(brand.organisation or header.programme, 255),
            "keywords": cut(header.classification, 255),
            "comments": origin(report),
            "created": datetime.combine(header.as_of, time()),
        }
    )


def _add(book: Book, name: str, report: Report, brand: Brand) -> "Worksheet":
    sheet = book.workbook.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(_PAPER.get(brand.page, 9))
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
    sheet.set_header(header_codes(marking(report.header)))
    sheet.set_footer(footer_codes(footer(report)))
    sheet.hide_gridlines(2)
    return sheet


def _cover(book: Book, page: "Worksheet", report: Report, sheets: list[Sheet]) -> None:
    """Write the first sheet: what this is, what is on each sheet, with links, and what the figures mean."""
    header = report.header
    for at, width in enumerate(_COVER_WIDTHS):
        page.set_column(at, at, width / CHARACTER)
    book.line(page, 0, f"{header.programme}: {header.title}", book.title)
    row = _pairs(book, page, 1, about(report))
    book.line(page, row, "Contents", book.heading)
    end = _pairs(book, page, row + 1, [sheet.entry for sheet in sheets])
    for at, sheet in enumerate(sheets, row + 1):
        page.write_url(at, 0, f"internal:'{sheet.name}'!A1", book.link, sheet.name)
    if meaning := meanings(report):
        book.line(page, end, "What the figures mean", book.heading)
        _pairs(book, page, end + 1, meaning)


def _pairs(book: Book, sheet: "Worksheet", first: int, pairs: Pairs) -> int:
    """Write labels and values from a row on; return the row after them."""
    for row, (label, value) in enumerate(pairs, first):
        book.text(sheet, row, 0, label, book.name)
        book.text(sheet, row, 1, value, book.plain)
        sheet.set_row(row, row_height([label, value], list(_COVER_WIDTHS)))
    return first + len(pairs)


def _logo(sheet: "Worksheet", report: Report, brand: Brand) -> None:
    from tracker.reports.render.office_look import logo, logo_alt

    data, scale = logo(brand, _LOGO_PIXELS)
    picture = {"image_data": BytesIO(data), "description": logo_alt(brand, report.header), "object_position": 3}
    sheet.insert_image(0, 2, "logo.png", {**picture, "x_scale": scale, "y_scale": scale})


def _table(book: Book, page: "Worksheet", sheet: Sheet, number: int) -> int:
    """Write a table from the first row on, as readers expect; an empty one says so in its first row.

    Return the row in which charts may begin.
    """
    table = sheet.table
    heads = book.heads(table)
    rows = cells(table)
    if not rows:
        rows = [[Value("string", "", text) for text in (NOTHING, *[""] * len(heads[1:]))]]
    widths = sheet_widths(table, _ROOM)
    for at, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        page.set_column(at, at, width / CHARACTER)
        for down, row in enumerate(rows, TOP + 1):
            book.cell(page, down, at, row[at], column, named=table.row_header and at == 0)
    last = TOP + len(rows)
    columns = [{"header": head} for head in heads]
    look = {"name": book.table_name(table, number), "columns": columns, **_LOOK}
    page.add_table(TOP, 0, last, len(heads) - 1, look)
    for at, column in enumerate(table.columns):  # add_table wrote them in its own look
        book.text(page, TOP, at, heads[at], book.head_right if column.right else book.head)
    for down, texts in enumerate([heads, *([value.text for value in row] for row in rows)], TOP):
        page.set_row(down, row_height(texts, widths, bold=down == TOP))
    page.freeze_panes(TOP + 1, 1)
    if len(rows) > _LONG or not sheet.charts:  # else it would stand above charts
        page.repeat_rows(TOP)
    return last + 2
