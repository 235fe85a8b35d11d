"""Tables of a Word paper: header row repeated, rows not split, a status with light fill, mark and word."""

from dataclasses import replace

from tracker.reports.charts.palette import RATINGS
from tracker.reports.model import Align, Column, Figures, Table
from tracker.reports.render.docx.body import NONE, Body
from tracker.reports.render.docx.styles import TABLE, shade
from tracker.reports.render.docx.xml import CENTIMETRE, quoted, runs
from tracker.reports.render.office_look import SHADE
from tracker.reports.render.statuses import rating_of
from tracker.reports.render.table_layout import POINTS, Limits, Page, is_kept, is_tall, laid, parted, side_by_side
from tracker.reports.typography.table_widths import natural

_LIMITS = Limits(sentence=5.0, high=6.0, rows=12)
_MOST_ACROSS = 12
_CLOSE = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="68" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="68" w:type="dxa"/></w:tblCellMar>'
)


def add_table(body: Body, table: Table) -> None:
    """Add a table with its caption and note; sentences that would be squeezed follow in a table of their own."""
    for part in parted(table, Page(body.room, body.long), _LIMITS):
        _plain_table(body, part)
    if table.note:
        body.paragraph("Paper Note", runs(table.note), table.note)
    elif not table.rows:
        body.paragraph("Paper Missing", runs("None recorded."))


def across(table: Table, room: float) -> Table:
    """Return a short series laid across the page, a column for each row, where that fits; else the table as it is."""
    count = len(table.rows)
    if len(table.columns) > 3 or not len(table.columns) < count <= _MOST_ACROSS:
        return table
    first, *others = table.columns
    side: Align = "right" if others and all(other.align == "right" for other in others) else "left"
    columns = (Column(first.title), *(Column(row[0], side) for row in table.rows))
    rows = tuple((other.title, *(row[n] for row in table.rows)) for n, other in enumerate(others, 1))
    turned = replace(table, columns=columns, rows=rows, row_header=True)
    fits = sum(natural(turned, n, POINTS) for n in range(len(columns))) <= room
    return turned if fits else table


def _plain_table(body: Body, table: Table) -> None:
    if table.caption and table.caption != body.under:
        body.paragraph("Caption", runs(table.caption), table.caption, keep=True)
    if not table.columns:
        return
    page = Page(body.room, body.long, body.points)
    points, widths = laid(table, page)
    whole = is_kept(table, page, _LIMITS, points, widths)
    # One cell is enough for Word to keep a header with its first row; more, and LibreOffice never splits the table.
    head = [
        _cell(body, column.title, column, "Paper Column", points, SHADE, keep=n == 0 or whole)
        for n, column in enumerate(table.columns)
    ]
    rows = [head]
    for number, row in enumerate(table.rows):
        keep = number + 1 < len(table.rows) and whole
        rows.append(_cells(body, table, row, points, keep))
    tall = [False, *map(is_tall, table.rows)]
    _put(body, table.caption or "Table", widths, rows, tall, named=table.row_header)


def _cells(body: Body, table: Table, row: tuple[str, ...], points: float, keep: bool) -> list[tuple[str, str]]:
    found = []
    for n, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
        rating = rating_of(cell)
        fill = RATINGS[rating][1] if rating else ""
        bold = bool(rating) or (table.row_header and n == 0)
        found.append(_cell(body, cell, column, "Paper Cell", points, fill, bold=bold, keep=keep))
    return found


def _cell(
    body: Body,
    text: str,
    column: Column,
    style: str,
    points: float,
    fill: str,
    *,
    bold: bool = False,
    keep: bool = False,
) -> tuple[str, str]:
    """Return the fill and the paragraph of a cell."""
    size = points if points != POINTS and not body.points else 0
    inside = runs(text, bold=bold, size=size) if text else ""
    right = column.align == "right"
    around = NONE if body.long and not body.points else None
    return fill, body.paragraph_xml(style, inside, text, keep=keep, right=right, around=around)


def _put(
    body: Body, title: str, widths: list[float], rows: list[list[tuple[str, str]]], tall: list[bool], *, named: bool
) -> None:
    """Add a table whose first row is its header; grid and cells have the same widths, since Word reads one of them."""
    wide = [round(one * CENTIMETRE) for one in widths]
    look = f'w:val="{"04A0" if named else "0420"}" w:firstRow="1" w:lastRow="0" w:firstColumn="{int(named)}"'
    titles = f"<w:tblCaption w:val={quoted(title or 'Table')}/><w:tblDescription w:val={quoted(title or 'Table')}/>"
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in wide)
    close = _CLOSE if body.points else ""
    low = '<w:vAlign w:val="bottom"/>'
    xml = [
        f"<w:tbl><w:tblPr><w:tblStyle w:val={quoted(body.style(TABLE))}/>"
        f'<w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{close}'
        f'<w:tblLook {look} w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{titles}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    ]
    for number, (row, long) in enumerate(zip(rows, tall, strict=True)):
        said = ("" if long else "<w:cantSplit/>") + ("" if number else "<w:tblHeader/>")
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{one}" w:type="dxa"/>{shade(fill) if fill else ""}'
            f"{'' if number else low}</w:tcPr>{paragraph}</w:tc>"
            for (fill, paragraph), one in zip(row, wide, strict=True)
        )
        xml.append(f"<w:tr>{f'<w:trPr>{said}</w:trPr>' if said else ''}{cells}</w:tr>")
    body.add("".join([*xml, "</w:tbl>"]))
    body.gap()


def add_figures(body: Body, figures: Figures) -> None:
    """Add key figures side by side: what each is as a header, the figure large, its note below."""
    column = Column("")
    for some, widths in side_by_side(figures, body.room):
        notes = any(note for _, _, note in some)
        rows = [
            [_cell(body, label, column, "Paper Column", POINTS, SHADE) for _, label, _ in some],
            [_cell(body, value, column, "Paper Figure", POINTS, "", keep=notes) for value, _, _ in some],
        ]
        if notes:
            rows.append([_cell(body, note, column, "Paper Cell", POINTS, "") for _, _, note in some])
        body.start_page()
        _put(body, "Key figures", widths, rows, [False] * len(rows), named=False)
