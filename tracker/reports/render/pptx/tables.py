"""Tables on slides: measured before they are made, with a header row, and a status as mark, word and light fill."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from tracker.reports.charts.palette import INK, RATINGS, shade
from tracker.reports.model import Chart, Figures, Table
from tracker.reports.render.flow.parts import Cell
from tracker.reports.render.flow.tables import cells_of
from tracker.reports.render.pptx.deck import Page, emu
from tracker.reports.render.pptx.words import LEADING, LEAST, MOST_LINES, Para, Run, paragraph_xml, solid, status_run
from tracker.reports.typography.measuring import ARIAL, CM, joined
from tracker.reports.typography.table_widths import column_widths, first_by_others

_SIDE, _ABOVE = 0.18, 0.1  # centimetres in a cell around its text
_LINES = 3  # of a cell of several sentences; the notes have the others
_NAME_LINES = 20  # of the name of a row
_MOST_ROWS = 60  # that are measured; no slides hold more
_SQUEEZED = 4.6  # centimetres; sentences in less are better left to the notes
_FILLED, _EASED = 0.6, 0.3  # of the room, above which a table fills it; centimetres that columns of others get more
_RULE = "#C8CDD2"
_MOST_FIGURES, _LEAST_FIGURES = 6, 3  # key figures side by side; fewer leave the room of so many

_LEVELS = range(1, 6)
_NAME, _SCORED = 3.6, 3.4  # centimetres of the columns of a matrix
_REFS = 4  # lines of a cell of it
MATRIX_NOTE = "The darker, the higher the score. ↑ rose, ↓ fell, → stayed since last time."
Point = tuple[str, int, int, int, int]
Cells = tuple[Cell, ...]


class Grid(NamedTuple):
    """A table ready to be put: widths of columns and heights of rows in centimetres, the header first.

    ``whole``: no row and no word of its columns is missing. ``dropped`` are the titles of columns that are left out,
    ``fills`` the colours of cells by row, ``alt`` is what it shows.
    """

    title: str
    widths: Sequence[float]
    heights: Sequence[float]
    head: Cells
    rows: Sequence[Cells]
    named: bool = True
    whole: bool = True
    dropped: tuple[str, ...] = ()
    fills: Sequence[Sequence[str]] = ()
    alt: str = ""

    @property
    def width(self) -> float:
        """How wide it is."""
        return sum(self.widths)

    def rows_in(self, room: float) -> int:
        """Return how many rows fit below the header in ``room`` centimetres."""
        count = 0
        room -= self.heights[0]
        for high in self.heights[1:]:
            room -= high
            if room < 0:
                break
            count += 1
        return count

    def after(self, rows: int) -> "Grid":
        """Return the table without its first rows."""
        return self._replace(rows=self.rows[rows:], heights=[self.heights[0], *self.heights[rows + 1 :]])

    def high(self, rows: int = _MOST_ROWS) -> float:
        """Return the height with so many rows; with all of them when that is not said."""
        return sum(self.heights[: rows + 1])


def measured(table: Table, room: float, *, lines: int = _LINES, widths: Sequence[float] = ()) -> Grid:
    """Return a table laid out in ``room`` centimetres; columns of sentences that would be squeezed are left out.

    ``lines`` is how many lines of a cell are shown, of several sentences; ``widths`` of the columns are worked out when
    not given.
    """
    dropped: tuple[str, ...] = ()
    if not widths:
        widths = column_widths(table, LEAST, room)
        long = table.long
        if long and len(table.columns) > 3 and min(widths[n] for n in long) < _SQUEEZED:
            dropped = tuple(table.columns[n].title for n in long)
            table = table.part(table.others(long))
            widths = column_widths(table, LEAST, room)
        total = sum(widths)
        if total > room * _FILLED:
            widths = [width * room / total for width in widths]
        else:
            widths = [width + _EASED for width in widths]
    return _grid(table, widths, lines)._replace(dropped=dropped)


def in_lines(table: Table, room: float, least: float) -> Grid | None:
    """Return a table with one line for most rows, its first column as wide as the others leave it.

    None when that is less than ``least`` centimetres.
    """
    widths = first_by_others(table, LEAST, room, 2 * _SIDE + 0.05)
    if widths[0] < least:
        return None
    return measured(table, room, lines=1, widths=widths)


def measured_for(table: Table, room: float, high: float) -> Grid:
    """Return a table with as many lines of each cell as let the whole table be ``high`` centimetres high at most.

    When no way does, it has the most lines, and has to go on elsewhere.
    """
    grids = (measured(table, room, lines=lines) for lines in range(_LINES, 0, -1))
    first = next(grids)
    if len(first.rows) == len(table.rows):
        for grid in chain((first,), grids):
            if grid.high() <= high:
                return grid
    return first


def _grid(table: Table, widths: Sequence[float], lines: int) -> Grid:
    inner = [width - 2 * _SIDE for width in widths]
    titles = (column.title or f"Column {n}" for n, column in enumerate(table.columns, 1))
    right = [column.right for column in table.columns]
    head = _cut((Cell(title, right=side, strong=True) for title, side in zip(titles, right, strict=True)), inner, 2)
    rows = [_cut(cells_of(table, row), inner, lines) for row in table.rows[:_MOST_ROWS]]
    heights = [_height(cells, inner) for cells in (head, *rows)]
    full = tuple(tuple(cell.text for cell in cells) for cells in rows) == table.rows
    return Grid(table.caption, widths, heights, head, rows, table.row_header, full)


def _cut(cells: Iterable[Cell], inner: Sequence[float], lines: int) -> Cells:
    return tuple(
        cell._replace(text=ARIAL.shortened(cell.text, width, LEAST, lines, cell.strong, longest=_most_lines(cell)))
        for cell, width in zip(cells, inner, strict=True)
    )


def _most_lines(cell: Cell) -> int:
    """Return how many lines the first sentence of a cell may have: without its name, a row says nothing."""
    if cell.strong:
        return _NAME_LINES
    return MOST_LINES


def _height(cells: Cells, inner: Sequence[float], points: float = LEAST) -> float:
    lines = [
        len(ARIAL.lines(joined(cell.text), width, points, cell.strong))
        for cell, width in zip(cells, inner, strict=True)
    ]
    return max(lines, default=1) * points * LEADING * CM + 2 * _ABOVE


def matrix_grid(chart: Chart) -> Grid:
    """Return a risk matrix as a table: its words stay as large as others, and a screen reader can walk it.

    Each cell has its risks and how each has moved.
    """
    head = tuple(Cell(title, strong=True) for title in ("Likelihood", *(f"Impact {impact}" for impact in _LEVELS)))
    rows = []
    fills = []
    for likelihood in reversed(_LEVELS):
        cells = (_refs([point for point in chart.points if point[1:3] == (likelihood, impact)]) for impact in _LEVELS)
        rows.append((Cell(f"Likelihood {likelihood}", strong=True), *map(Cell, cells)))
        fills.append(("", *(shade(likelihood * impact) for impact in _LEVELS)))
    line = LEAST * LEADING * CM
    heights = (line + 0.3, *(_REFS * line + 0.2 for _ in rows))
    widths = (_NAME, *(_SCORED for _ in _LEVELS))
    return Grid(chart.title, widths, heights, head, rows, fills=fills, alt=chart.alt)


def _refs(points: list[Point]) -> str:
    """Return the risks of a cell, one on a line; how many more there are is said."""
    hidden = ""
    if len(points) > _REFS:
        hidden = f"{len(points) - _REFS + 1} more"
        points = points[: _REFS - 1]
    lines = [_moved(point) for point in points]
    return "\n".join(filter(None, (*lines, hidden)))


def _moved(point: Point) -> str:
    ref, likelihood, impact, earlier_likelihood, earlier_impact = point
    score = likelihood * impact
    earlier = earlier_likelihood * earlier_impact
    if not earlier:
        return f"{ref} new"
    return f"{ref} {'→↑↓'[(score > earlier) - (score < earlier)]}"


def put_grid(page: Page, grid: Grid, x: float, y: float, rows: int = _MOST_ROWS) -> tuple[float, float]:
    """Put a table, or its first rows, on a slide, its left upper corner at x and y; return its width and height."""
    language = page.deck.language
    rows = min(rows, len(grid.rows))
    head = [_cell_xml(cell, language, page.deck.brand.accent, "#FFFFFF") for cell in grid.head]
    body = [_row_xml(head, grid.heights[0])]
    for at, (cells, high) in enumerate(zip(grid.rows[:rows], grid.heights[1:], strict=False)):
        fills = grid.fills[at] if grid.fills else [RATINGS.get(cell.rating, ("", ""))[1] for cell in cells]
        body.append(_row_xml([_cell_xml(cell, language, fill) for cell, fill in zip(cells, fills, strict=True)], high))
    count = f"{rows} rows"
    if rows < len(grid.rows):
        count = f"{rows} of {len(grid.rows)} rows"
    alt = grid.alt or f"Table with {count}. Columns: {', '.join(cell.text for cell in grid.head)}."
    size = grid.width, grid.high(rows)
    page.graphic(_table_xml(grid.widths, body, named=grid.named), (x, y, *size), grid.title or "Table", alt)
    return size


def _table_xml(widths: Sequence[float], rows: list[str], *, named: bool) -> str:
    first = ' firstCol="1"' if named else ""
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    return f'<a:tbl><a:tblPr firstRow="1"{first}/><a:tblGrid>{columns}</a:tblGrid>{"".join(rows)}</a:tbl>'


def _row_xml(cells: list[str], high: float) -> str:
    return f'<a:tr h="{emu(high)}">{"".join(cells)}</a:tr>'


def _cell_xml(cell: Cell, language: str, fill: str, colour: str = INK) -> str:
    text = Para((Run(cell.text, cell.strong, colour),), LEAST, "", 0)
    return _tc_xml(text, language, fill, "r" if cell.right else "")


def _tc_xml(text: Para, language: str, fill: str, side: str) -> str:
    bare = "".join(f'<a:ln{edge} w="0"><a:noFill/></a:ln{edge}>' for edge in "LRT")
    lines = f'{bare}<a:lnB w="9525"><a:solidFill><a:srgbClr val="{_RULE[1:]}"/></a:solidFill></a:lnB>'
    inset = f'marL="{emu(_SIDE)}" marR="{emu(_SIDE)}" marT="{emu(_ABOVE)}" marB="{emu(_ABOVE)}"'
    body = f"<a:bodyPr/><a:lstStyle/>{paragraph_xml(text, language, align=side)}"
    return f"<a:tc><a:txBody>{body}</a:txBody><a:tcPr {inset}>{lines}{solid(fill)}</a:tcPr></a:tc>"


def figures_xml(figures: Figures, language: str, accent: str, room: float) -> tuple[str, float]:
    """Return key figures as a table of DrawingML, what each is as its header, and its height in centimetres."""
    items = figures.items[:_MOST_FIGURES]
    width = room / max(len(items), _LEAST_FIGURES)
    inner = width - 2 * _SIDE
    heads = [Run(label, True, accent) for _, label, _ in items]
    values = [status_run(value) for value, _, _ in items]
    lines = [(heads, 12.0), (values, 24.0)]
    if any(note for _, _, note in items):
        lines.append(([Run(note) for _, _, note in items], 12.0))
    rows = []
    total = 0.0
    for runs, points in lines:
        high = _height(tuple(Cell(run.text, strong=True) for run in runs), [inner] * len(runs), points)
        rows.append(_row_xml([_tc_xml(Para((run,), points, "", 0), language, "", "l") for run in runs], high))
        total += high
    return _table_xml([width] * len(items), rows, named=False), total
