"""A paper's tables as an Excel workbook: a cover, its words, and a sheet for each table with its chart."""

from datetime import datetime
from io import BytesIO
from typing import Any

from tracker.reports.canonical import digest
from tracker.reports.model import Chart, Column, Report, Table
from tracker.reports.render.heading import footer, header_facts
from tracker.reports.render.ods import said
from tracker.reports.render.ods_values import Value, cells
from tracker.reports.render.xlsx_charts import drawable, figures, insert, own_places, places
from tracker.reports.render.xlsx_parts import (
    CHARACTER,
    NOTHING,
    Book,
    column_sizes,
    cut,
    footer_codes,
    row_height,
    sheet_names,
)
from tracker.reports.rendering import PLAIN, Brand, Rendered

_DEFINITIONS = ("about", "definitions")  # sections that say what the figures mean
_WORDS = (Column("Section"), Column("Kind"), Column("Label"), Column("Text", long=True))
_TOP = 2  # rows above a table: its caption, and where it is from
_COVER_WIDTHS = (5.5, 20.0)  # centimetres
_ROOM = 30.0  # centimetres: a landscape page, a little smaller
_LOOK = {"style": "Table Style Light 1", "banded_rows": False, "autofilter": True}
_LOGO_PIXELS = 240
_PAPER = {"a4": 9, "letter": 1}


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper's tables as an .xlsx file: figures are numbers, days are days, texts are never formulas.

    Its notes say when a text was too long for a cell. Raises NotRendered when the logo cannot be drawn.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(made, options) as workbook:
        _describe(workbook, report, brand)
        book = Book(workbook, brand.accent)
        sheets = _sheets(report)
        names = sheet_names([table for _, table, _ in sheets])
        cover = _add(book, "Cover", report, brand)
        rows = _cover(book, cover, report, list(zip(names, (table for _, table, _ in sheets), strict=True)))
        if brand.logo:
            _logo(cover, report, brand)
        for name, (part, table, chart) in zip(names, sheets, strict=True):
            sheet = _add(book, name, report, brand)
            _table(book, sheet, part, table, len(book.tables) + 1)
            if chart is not None:
                columns = (places(chart, table) if table is chart.data else None) or own_places(chart)
                insert(book, sheet, name, chart, rows[name], columns)
    return Rendered(made.getvalue(), tuple(book.notes()))


def _sheets(report: Report) -> list[tuple[str, Table, Chart | None]]:
    """Return what stands on each sheet: the part of the paper it is from, the table, and a chart of its figures."""
    words = tuple(
        (section.title, *row) for section in report.sections for block in section.blocks for row in said(block)
    )
    found: list[tuple[str, Table, Chart | None]] = []
    if words:
        found.append(("The whole paper", Table("text", "What the paper says in words", _WORDS, words), None))
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.columns:
                found.append((section.title, block, None))
            elif isinstance(block, Chart):
                found.append(
                    (section.title, block.data, block if drawable(block) and places(block, block.data) else None)
                )
                if found[-1][2] is None and (own := figures(block)) is not None:
                    found.append((section.title, own, block))
    return found


def _describe(workbook: Any, report: Report, brand: Brand) -> None:
    header = report.header
    day = header.as_of
    workbook.set_properties(
        {
            "title": cut(f"{header.programme}: {header.title}", 255),
            "subject": cut(header.board, 255),
            "author": cut(brand.organisation or header.programme, 255),
            "keywords": cut(header.classification, 255),
            "comments": cut(f"{footer(report)}. SHA-256 {digest(report)}. {header.generator}", 255),
            "created": datetime(day.year, day.month, day.day),
        }
    )


def _add(book: Book, name: str, report: Report, brand: Brand) -> Any:
    sheet = book.workbook.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(_PAPER.get(brand.page, 9))
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
    sheet.set_footer(footer_codes(footer(report)))
    sheet.hide_gridlines(2)
    return sheet


def _cover(book: Book, sheet: Any, report: Report, sheets: list[tuple[str, Table]]) -> dict[str, int]:
    """Write the first sheet; return the row in which the caption of each other sheet stands."""
    header = report.header
    for at, width in enumerate(_COVER_WIDTHS):
        sheet.set_column(at, at, width / CHARACTER)
    book.line(sheet, 0, f"{header.programme}: {header.title}", book.title)
    facts = [*header_facts(header), ("SHA-256", digest(report))]
    facts += [("Program", header.generator)] if header.generator else []
    row = _pairs(book, sheet, 1, facts)
    book.line(sheet, row, "Contents", book.heading)
    captions: dict[str, int] = {}
    for at, (name, table) in enumerate(sheets, row + 1):
        _pairs(book, sheet, at, [(name, table.caption or name)])
        sheet.write_url(at, 0, f"internal:'{name}'!A1", book.link, name)
        captions[name] = at
    meaning = [
        (label or "Note", words)
        for section in report.sections
        if section.id in _DEFINITIONS
        for block in section.blocks
        for _, label, words in said(block)
    ]
    if meaning:
        end = row + len(sheets) + 1
        book.line(sheet, end, "What the figures mean", book.heading)
        _pairs(book, sheet, end + 1, meaning)
    return captions


def _pairs(book: Book, sheet: Any, first: int, pairs: list[tuple[str, str]]) -> int:
    """Write labels and values from a row on; return the row after them."""
    for row, (label, value) in enumerate(pairs, first):
        book.text(sheet, row, 0, label, book.name)
        book.text(sheet, row, 1, value, book.plain)
        sheet.set_row(row, row_height([label, value], list(_COVER_WIDTHS)))
    return first + len(pairs)


def _logo(sheet: Any, report: Report, brand: Brand) -> None:
    from tracker.reports.render.office_pictures import logo

    alt = brand.logo_alt or f"Logo of {brand.organisation or report.header.programme}"
    data, scale = logo(brand, _LOGO_PIXELS)
    picture = {"image_data": BytesIO(data), "description": alt, "object_position": 3}
    sheet.insert_image(0, 2, "logo.png", {**picture, "x_scale": scale, "y_scale": scale})


def _table(book: Book, sheet: Any, part: str, table: Table, number: int) -> None:
    """Write a table with its caption and where it is from above it; an empty one says so in its first row."""
    book.line(sheet, 0, table.caption or "Untitled table", book.title)
    book.line(sheet, 1, f"From: {part}. {table.note}".strip(), book.note)
    heads = book.heads(table)
    rows = cells(table) or [[Value("string", "", NOTHING if n == 0 else "") for n in range(len(heads))]]
    widths = column_sizes(table, _ROOM)
    for at, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(at, at, width / CHARACTER)
        for down, row in enumerate(rows, _TOP + 1):
            book.cell(sheet, down, at, row[at], column, named=table.row_header and at == 0)
    last = _TOP + len(rows)
    where = (_TOP, 0, last, len(heads) - 1)
    sheet.add_table(
        *where, {"name": book.table_name(table, number), "columns": [{"header": h} for h in heads], **_LOOK}
    )
    for at, column in enumerate(table.columns):  # add_table wrote them in its own look
        book.text(sheet, _TOP, at, heads[at], book.head_right if column.align == "right" else book.head)
    for down, texts in enumerate([heads, *([value.text for value in row] for row in rows)], _TOP):
        sheet.set_row(down, row_height(texts, widths, bold=down == _TOP))
    sheet.freeze_panes(_TOP + 1, 1)
    sheet.repeat_rows(_TOP)
