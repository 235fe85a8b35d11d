"""Tables of a text document: header row repeated, rows not split, a status with light fill, mark and word."""

from dataclasses import replace

from tracker.reports.model import Column, Figures, Table
from tracker.reports.render.odf_parts import flat, quoted, words
from tracker.reports.render.odt_body import CLOSE, PREFIX, Body, small
from tracker.reports.render.office_look import level_name
from tracker.reports.render.one_page import page_widths, table_points
from tracker.reports.render.statuses import rating_of
from tracker.reports.render.table_widths import column_widths, lines_in, natural

_LEAST_FOR_WORDS, _LEAST_IN_LONG, _MOST_LINES = (
    4.2,
    3.6,
    6,
)  # centimetres that a column of sentences needs, and lines it may have
_TALL = 1200  # signs in a cell from which its row may be split, since it may be longer than a page
_TOGETHER, _TOGETHER_IN_LONG = 7.0, 3.5  # centimetres: a lower table is moved to the next page rather than split
_ASIDE = 4  # key figures side by side


def add_table(body: Body, table: Table) -> None:
    """Add a table with its caption and note; sentences that would be squeezed follow in a table of their own."""
    main, long = _split(body, table)
    _plain_table(body, main)
    if long is not None:
        _plain_table(body, long)
    if table.note:
        body.paragraph("Paper Note", words(table.note), table.note)
    elif not table.rows:
        body.paragraph("Paper Missing", "None recorded.")


def _points(table: Table, body: Body) -> float:
    """Return the size of a table's letters: a little smaller in a long paper, or when columns would be squeezed."""
    if body.long:
        return 10
    if len(table.columns) < 5:
        return 11
    return 11 if sum(natural(table, n, 11) for n in range(len(table.columns))) <= body.room else 10


def _split(body: Body, table: Table) -> tuple[Table, Table | None]:
    """Return the table, or two of it when a column of sentences would be too narrow beside the others."""
    long = [n for n, column in enumerate(table.columns) if column.long and n]
    rest = [n for n in range(len(table.columns)) if n not in long]
    if not long or len(rest) < 3 or not any(row[n] for row in table.rows for n in long):
        return table, None
    points = _points(table, body)
    widths = column_widths(table, points, body.room)
    most = max(lines_in(row[n], points, widths[n]) for row in table.rows for n in long)
    if min(widths[n] for n in long) >= (_LEAST_IN_LONG if body.long else _LEAST_FOR_WORDS) and most < _MOST_LINES + (
        not body.long
    ):
        return table, None
    titles = " and ".join(table.columns[n].title for n in long)
    below = _taken(table, [0, *long], f"{table.caption}: {titles}" if table.caption else titles)
    return _taken(table, rest, table.caption), below


def _taken(table: Table, which: list[int], caption: str) -> Table:
    rows = tuple(tuple(row[n] for n in which) for row in table.rows)
    return replace(table, caption=caption, columns=tuple(table.columns[n] for n in which), rows=rows)


def _plain_table(body: Body, table: Table) -> None:
    if table.caption and table.caption != body.under:
        body.paragraph("Caption", words(table.caption), table.caption, keep=True)
    if not table.columns:
        return
    points = table_points(body.points) if body.points else _points(table, body)
    widths = (page_widths if body.points else column_widths)(table, points, body.room)
    heads = [_cell(body, column.title, column, "Paper Column", points, "Head") for column in table.columns]
    rows = [_row(_cells(body, table, row, points), max(len(cell) for cell in row)) for row in table.rows]
    whole = _height(table, points, widths) <= (_TOGETHER_IN_LONG if body.long else _TOGETHER)
    _put(body, table.caption, widths, _row(heads, 0), rows, whole=whole)


def _height(table: Table, points: float, widths: list[float]) -> float:
    """Return about how many centimetres the rows take."""
    if len(table.rows) > _TOGETHER / 0.6:
        return _TOGETHER + 1
    lines = [max(lines_in(cell, points, one) for cell, one in zip(row, widths, strict=True)) for row in table.rows]
    return sum(0.2 + count * points * 0.042 for count in lines)


def _put(body: Body, title: str, widths: list[float], head: str, rows: list[str], *, whole: bool = True) -> None:
    columns = "".join(f'<table:table-column table:style-name="{body.column_style(one)}"/>' for one in widths)
    name = (
        f'table:name={quoted(body.name("Paper table"))} table:style-name="{body.table_style(sum(widths), whole=whole)}"'
    )
    said = f"<table:title>{flat(title)}</table:title>" if title else ""
    head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    body.add(f"<table:table {name}>{said}{columns}{head}{''.join(rows)}</table:table>")


def _row(cells: list[str], longest: int) -> str:
    style = "Tall" if longest > _TALL else "Row"
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
    for first in range(0, len(figures.items), _ASIDE):
        some = figures.items[first : first + _ASIDE]
        widths = [body.room / max(len(some), 2)] * len(some)
        column = Column("")
        head = [_cell(body, label, column, "Paper Column", 11, "Head") for _, label, _ in some]
        rows = [_row([_cell(body, value, column, "Paper Figure", 11, "Cell") for value, _, _ in some], 0)]
        if any(note for _, _, note in some):
            rows.append(_row([_cell(body, note, column, "Paper Cell", 11, "Cell") for _, _, note in some], 0))
        _put(body, "Key figures", widths, _row(head, 0), rows)
