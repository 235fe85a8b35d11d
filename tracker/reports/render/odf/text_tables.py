"""Tables of a text document: header row repeated, rows not split, a status with light fill, mark and word."""

from tracker.reports.model import Column, Figures, Table
from tracker.reports.render.odf.parts import flat, quoted, words
from tracker.reports.render.odf.text_body import CLOSE, PREFIX, Body, small
from tracker.reports.render.office_look import level_name
from tracker.reports.render.statuses import rating_of
from tracker.reports.render.table_layout import POINTS, Limits, Page, is_kept, is_tall, laid, parted, side_by_side

_LIMITS = Limits(sentence=4.2, lines=6, high=7.0, rows=11)


def add_table(body: Body, table: Table) -> None:
    """Add a table with its caption and note; sentences that would be squeezed follow in a table of their own."""
    for part in parted(table, Page(body.room, body.long), _LIMITS):
        _plain_table(body, part)
    if table.note:
        body.paragraph("Paper Note", words(table.note), table.note)
    elif not table.rows:
        body.paragraph("Paper Missing", "None recorded.")


def _plain_table(body: Body, table: Table) -> None:
    if table.caption and table.caption != body.under:
        body.paragraph("Caption", words(table.caption), table.caption, keep=True)
    if not table.columns:
        return
    page = Page(body.room, body.long, body.points)
    points, widths = laid(table, page)
    heads = [_cell(body, column.title, column, "Paper Column", points, "Head") for column in table.columns]
    rows = [_row(_cells(body, table, row, points), tall=is_tall(row)) for row in table.rows]
    whole = is_kept(table, page, _LIMITS, points, widths)
    _put(body, table.caption, widths, _row(heads), rows, whole=whole)


def _put(body: Body, title: str, widths: list[float], head: str, rows: list[str], *, whole: bool = True) -> None:
    columns = "".join(f'<table:table-column table:style-name="{body.column_style(one)}"/>' for one in widths)
    name = (
        f'table:name={quoted(body.name("Paper table"))} table:style-name="{body.table_style(sum(widths), whole=whole)}"'
    )
    said = f"<table:title>{flat(title)}</table:title>" if title else ""
    head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    body.add(f"<table:table {name}>{said}{columns}{head}{''.join(rows)}</table:table>")


def _row(cells: list[str], *, tall: bool = False) -> str:
    style = "Tall" if tall else "Row"
    return f'<table:table-row table:style-name="{PREFIX}{style}">{"".join(cells)}</table:table-row>'


def _cells(body: Body, table: Table, row: tuple[str, ...], points: float) -> list[str]:
    found = []
    for n, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
        rating = rating_of(cell)
        style = "Paper Row Name" if rating or (table.row_header and n == 0) else "Paper Cell"
        found.append(_cell(body, cell, column, style, points, f"Cell_{level_name(rating)}" if rating else "Cell"))
    return found


def _cell(body: Body, text: str, column: Column, style: str, points: float, look: str) -> str:
    side = 'fo:text-align="end"' if column.align == "right" else ""
    name = body.style(style, text, paragraph=side, letters="" if body.points else small(points))
    inside = f'<text:p text:style-name="{name}">{words(text)}</text:p>'
    look = CLOSE + look if body.points else look
    return f'<table:table-cell table:style-name="{PREFIX}{look}" office:value-type="string">{inside}</table:table-cell>'


def add_figures(body: Body, figures: Figures) -> None:
    """Add key figures side by side: what each is as a header, the figure large, its note below."""
    for some, widths in side_by_side(figures, body.room):
        column = Column("")
        head = [_cell(body, label, column, "Paper Column", POINTS, "Head") for _, label, _ in some]
        rows = [_row([_cell(body, value, column, "Paper Figure", POINTS, "Cell") for value, _, _ in some])]
        if any(note for _, _, note in some):
            rows.append(_row([_cell(body, note, column, "Paper Cell", POINTS, "Cell") for _, _, note in some]))
        _put(body, "Key figures", widths, _row(head), rows)
