"""Tables on slides: measured before they are made, with a header row, and a status as mark, word and light fill."""

from dataclasses import replace
from typing import NamedTuple

from tracker.reports.charts.palette import INK, RATINGS
from tracker.reports.model import Figures, Table
from tracker.reports.render.pptx.deck import Page, emu
from tracker.reports.render.pptx.words import LEADING, LEAST, Para, Run, paragraph_xml, status_run
from tracker.reports.render.statuses import is_status, rating_of
from tracker.reports.typography.measuring import ARIAL, joined
from tracker.reports.typography.table_widths import column_widths, first_by_others

_CM = 2.54 / 72
_SIDE, _ABOVE = 0.18, 0.1  # centimetres in a cell around its text
_LINES = 3  # of a cell; the notes have the rest
_SQUEEZED = 4.6  # centimetres; sentences in less are better left to the notes
_RULE = "#C8CDD2"


class Grid(NamedTuple):
    """A table ready to be put: widths of columns and heights of rows in centimetres, the header first."""

    table: Table
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    points: float
    dropped: tuple[str, ...] = ()
    fills: tuple[tuple[str, ...], ...] = ()
    alt: str = ""

    def rows_in(self, room: float) -> int:
        """Return how many rows fit below the header in ``room`` centimetres."""
        left, found = room - self.heights[0], 0
        for high in self.heights[1:]:
            left -= high
            if left < 0:
                break
            found += 1
        return found

    def after(self, rows: int) -> "Grid":
        """Return the table without its first rows."""
        rest = replace(self.table, rows=self.table.rows[rows:])
        return self._replace(table=rest, heights=(self.heights[0], *self.heights[rows + 1 :]))

    def high(self, rows: int) -> float:
        """Return the height with so many rows."""
        return sum(self.heights[: rows + 1])


def measured(table: Table, room: float, *, lines: int = _LINES, widths: list[float] | None = None) -> Grid:
    """Return a table laid out in ``room`` centimetres; columns of sentences that would be squeezed are left out.

    ``lines`` is how many lines of a cell are shown; ``widths`` of the columns are worked out when not given.
    """
    shown, dropped, points = table, [], LEAST
    if widths is None:
        widths = column_widths(table, points, room)
        long = [n for n, column in enumerate(table.columns) if column.long and n]
        if long and len(table.columns) > 3 and min(widths[n] for n in long) < _SQUEEZED:
            shown, dropped = _without(table, long), [table.columns[n].title for n in long]
            widths = column_widths(shown, points, room)
        total = sum(widths)
        widths = [one * room / total for one in widths] if total > room * 0.6 else [one + 0.3 for one in widths]
    shown, heights = _cut(shown, widths, lines, points)
    return Grid(shown, tuple(widths), tuple(heights), points, tuple(dropped))


def in_lines(table: Table, room: float, least: float) -> Grid | None:
    """Return a table with one line for each row, its first column as wide as the others leave it.

    None when that is less than ``least`` centimetres.
    """
    widths = first_by_others(table, LEAST, room, 2 * _SIDE + 0.05)
    return measured(table, room, lines=1, widths=widths) if widths[0] >= least else None


def measured_for(table: Table, room: float, high: float) -> Grid:
    """Return a table with as many lines of each cell as let the whole table be ``high`` centimetres high at most.

    When no way does, it has the most lines, and has to go on elsewhere.
    """
    first = measured(table, room)
    for lines in range(_LINES, 0, -1):
        grid = first if lines == _LINES else measured(table, room, lines=lines)
        if len(grid.table.rows) == len(table.rows) and grid.high(len(table.rows)) <= high:
            return grid
    return first


def _without(table: Table, left_out: list[int]) -> Table:
    kept = [n for n in range(len(table.columns)) if n not in left_out]
    rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)


def _cut(table: Table, widths: list[float], lines: int, points: float) -> tuple[Table, list[float]]:
    inner = [width - 2 * _SIDE for width in widths]
    line = points * LEADING * _CM
    heads = tuple(
        replace(column, title=ARIAL.shortened(column.title or f"Column {n}", width, points, 2, True))
        for n, (column, width) in enumerate(zip(table.columns, inner, strict=True), 1)
    )
    heights = [max(_count(h.title, points, w, True) for h, w in zip(heads, inner, strict=True)) * line + 2 * _ABOVE]
    rows = []
    for row in table.rows[:60]:
        bold = [is_status(cell) or (n == 0 and table.row_header) for n, cell in enumerate(row)]
        cells = tuple(
            ARIAL.shortened(*each)
            for each in zip(row, inner, [points] * len(row), [lines] * len(row), bold, strict=True)
        )
        most = max((_count(c, points, w, b) for c, w, b in zip(cells, inner, bold, strict=True)), default=1)
        rows.append(cells)
        heights.append(most * line + 2 * _ABOVE)
    return replace(table, columns=heads, rows=tuple(rows)), heights


def _count(text: str, points: float, width: float, bold: bool) -> int:
    return len(ARIAL.lines(joined(text), width, points, bold))


def put_grid(page: Page, grid: Grid, x: float, y: float, rows: int) -> None:
    """Put the first rows of a table on a slide, its left upper corner at x and y."""
    table, language = grid.table, page.deck.language
    aligned = ["r" if column.align == "right" else "" for column in table.columns]
    heads = "".join(
        _cell(Para((Run(column.title, True, "#FFFFFF"),), grid.points, "", 0), language, page.deck.brand.accent, side)
        for column, side in zip(table.columns, aligned, strict=True)
    )
    body = [_tr(heads, grid.heights[0])]
    for at, (row, high) in enumerate(zip(table.rows[:rows], grid.heights[1:], strict=False)):
        cells = []
        for n, (text, side) in enumerate(zip(row, aligned, strict=True)):
            fill = RATINGS[rating_of(text)][1] if is_status(text) else grid.fills[at][n] if grid.fills else ""
            run = Run(text, is_status(text) or (table.row_header and n == 0))
            cells.append(_cell(Para((run,), grid.points, "", 0), language, fill, side))
        body.append(_tr("".join(cells), high))
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in grid.widths)
    first = ' firstCol="1"' if table.row_header else ""
    xml = f'<a:tbl><a:tblPr firstRow="1"{first}/><a:tblGrid>{columns}</a:tblGrid>{"".join(body)}</a:tbl>'
    title = table.caption or "Table"
    count = f"{rows} of {len(table.rows)} rows" if rows < len(table.rows) else f"{rows} rows"
    alt = f"Table with {count}. Columns: {', '.join(column.title for column in table.columns)}."
    page.graphic(xml, (x, y, sum(grid.widths), grid.high(rows)), title, grid.alt or alt)


def _tr(cells: str, high: float) -> str:
    return f'<a:tr h="{emu(high)}">{cells}</a:tr>'


def _cell(text: Para, language: str, fill: str, side: str) -> str:
    ground = f'<a:solidFill><a:srgbClr val="{fill[1:].upper()}"/></a:solidFill>' if fill else "<a:noFill/>"
    none = '<a:ln{0} w="0"><a:noFill/></a:ln{0}>'
    rule = f'<a:lnB w="9525"><a:solidFill><a:srgbClr val="{_RULE[1:]}"/></a:solidFill></a:lnB>'
    lines = none.format("L") + none.format("R") + none.format("T") + rule
    inset = f'marL="{emu(_SIDE)}" marR="{emu(_SIDE)}" marT="{emu(_ABOVE)}" marB="{emu(_ABOVE)}"'
    body = f"<a:bodyPr/><a:lstStyle/>{paragraph_xml(text, language, align=side)}"
    return f"<a:tc><a:txBody>{body}</a:txBody><a:tcPr {inset}>{lines}{ground}</a:tcPr></a:tc>"


def figures_xml(figures: Figures, language: str, accent: str, room: float) -> tuple[str, float]:
    """Return key figures as a table of DrawingML, what each is as its header, and its height in centimetres."""
    items = figures.items[:6]
    width = room / max(len(items), 3)
    inner = width - 2 * _SIDE
    heads = [Para((Run(ARIAL.shortened(what, inner, 12, 2, True), True, accent),), 12, "", 0) for _, what, _ in items]
    values = [Para((status_run(ARIAL.shortened(value, inner, 24, 1, True)),), 24, "", 0) for value, _, _ in items]
    notes = [Para((Run(ARIAL.shortened(note, inner, 12, 2), False, INK),), 12, "", 0) for _, _, note in items]
    rows, high = [], 0.0
    for some in (heads, values, *([notes] if any(note for _, _, note in items) else [])):
        lines = max(_count(one.text, one.points, inner, True) for one in some)
        tall = lines * some[0].points * LEADING * _CM + 2 * _ABOVE
        rows.append(_tr("".join(_cell(one, language, "", "l") for one in some), tall))
        high += tall
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for _ in items)
    return f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{"".join(rows)}</a:tbl>', high
