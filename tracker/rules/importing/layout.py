"""The rows of a table that count, under the names of its columns; what does not count is said with its reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Column, Layout, Unpivot
from tracker.rules.importing.sheets import EMPTY, Cell, Row, Sheet, column_letters
from tracker.rules.reading import suggestion
from tracker.rules.wording import counted, optional, short

SECTION = "section"  # the column that holds what the row above a section says
NEARLY_FULL = (0.8, 0.6, 0.5)  # of the fullest row, a header is; at the last its texts may be equal
YEAR = r"(?:19|20)\d\d(?:[-/–](?:\d\d){1,2})?"
FEW = 3  # rows of which the fullest counts, and not the next to it
TOTALS = ("total", "totals", "grand total", "subtotal", "sub-total", "sum")
LOOKED_AT = 40  # rows among which a header is looked for


class Skipped(NamedTuple):
    """A row that does not count, and why."""

    row: int
    why: str


class SourceRow(NamedTuple):
    """A row that counts: its number in the file, and its cells in the order of the columns."""

    number: int
    cells: tuple[Cell, ...]


class Grid(NamedTuple):
    """The table inside a sheet: its columns by name, its rows, and what of the sheet does not count.

    ``header`` is the number of the last row of the header; 0 where the sheet has none, and it has so many
    ``levels`` of rows.
    """

    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    skipped: tuple[Skipped, ...]
    header: int
    levels: int = 1

    def position(self, column: Column) -> int:
        """Return the position of a column from 0. Raises TrackerError when there is no such column."""
        if isinstance(column, int):
            if 1 <= column <= len(self.columns):
                return column - 1
            raise TrackerError(f"There is no column {column}; the table has {len(self.columns)}.", "import.column")
        places = self._called(_folded(column))
        if len(places) == 1:
            return places[0]
        if not places and column.isdecimal():
            return self.position(int(column))
        if places:
            names = ", ".join(f"“{short(self.columns[place], 40)}”" for place in places[:4])
            raise TrackerError(f"“{short(column, 60)}” may be any of these columns: {names}.", "import.column")
        hint = suggestion(column, self.columns)
        raise TrackerError(f"There is no column “{short(column, 60)}”.{hint}", "import.column")

    def _called(self, name: str) -> list[int]:
        """Return the positions of the columns that are called so; of those that begin so, where none is."""
        names = [_folded(name) for name in self.columns]
        exact = [place for place, column in enumerate(names) if column == name]
        return exact or [place for place, column in enumerate(names) if name and _begins(column, name)]

    def holds(self, column: Column) -> bool:
        """Return whether there is one such column."""
        if isinstance(column, int):
            return 1 <= column <= len(self.columns)
        return len(self._called(_folded(column))) == 1


def _begins(name: str, beginning: str) -> bool:
    """Return whether a name begins so, with whole words."""
    return name.startswith(beginning) and not name[len(beginning) :][:1].isalnum()


def grid_of(sheet: Sheet, layout: Layout) -> Grid:
    """Return the table inside a sheet. Raises TrackerError when there is none, or the layout does not fit it."""
    rows = [row for row in sheet.rows if row.first]
    if layout.transpose:
        rows = _turned(rows)
    if not rows:
        raise TrackerError(f"{_called(sheet)} is empty: there is no row in which anything stands.", "import.empty")
    header = [rows[0]] if sheet.headed else _header(rows, layout)
    names = _names(header, max(len(row.cells) for row in rows))
    last = header[-1].number
    skipped = [
        Skipped(row.number, "above the header") for row in rows if row.number < last and row not in header and header
    ]
    body = [row for row in rows if row.number > last]
    body_rows, left_out = _body(body, names, header, layout)
    if layout.sections:
        names = (*names, SECTION)
    grid = Grid(names, tuple(body_rows), tuple(skipped + left_out), last, len(header))
    grid = _filled_down(grid, layout.fill_down)
    return unpivoted(grid, layout.unpivot) if layout.unpivot else grid


def _called(sheet: Sheet) -> str:
    return f"The sheet “{short(sheet.name, 60)}”" if sheet.name else "The file"


def _turned(rows: Sequence[Row]) -> list[Row]:
    """Return rows for columns: their numbers are those of the columns."""
    width = max((len(row.cells) for row in rows), default=0)
    turned = [Row(position + 1, tuple(row.cell(position) for row in rows)) for position in range(width)]
    return [row for row in turned if row.filled]


def _header(rows: Sequence[Row], layout: Layout) -> list[Row]:
    if layout.header:
        header = [row for row in rows if row.number in layout.header]
        if len(header) < len(layout.header):
            missing = sorted(set(layout.header) - {row.number for row in header})
            raise TrackerError(f"Row {missing[0]} is to be a header and is empty, or not there.", "import.header")
        return header
    header_row = find_header(rows)
    place = rows.index(header_row)
    above, below = rows[max(place - 1, 0)], rows[min(place + 1, len(rows) - 1)]
    for upper, lower in ((header_row, below), (above, header_row)):
        if _divides(upper, lower):
            return [upper, lower]
    return [header_row]


def _divides(upper: Row, lower: Row) -> bool:
    """Return whether a row divides what the row above names: it says something only below cells that span columns.

    Elsewhere it is empty, or says the same, as below a cell that spans both rows.
    """
    width = max(len(upper.cells), len(lower.cells))
    divided = 0
    undivided = 0
    for position in range(width):
        text, below = upper.cell(position).text, lower.cell(position)
        if text and (position + 1 == width or upper.cell(position + 1).text):
            undivided += 1
            if below.text not in ("", text):
                return False
        elif below.text and not _is_name(below):
            return False
        else:
            divided += bool(below.text and not text)
    return bool(divided and undivided)


def find_header(rows: Sequence[Row]) -> Row:
    """Return the row that looks like the header: the first that is nearly as full as any and holds different texts."""
    near = rows[:LOOKED_AT]
    widths = sorted(len(row.filled) for row in near)
    fullest = widths[-2] if len(widths) > FEW else widths[-1]  # a row that runs over its columns is no measure
    for share in NEARLY_FULL:
        for row in near:
            filled = row.filled
            differ = len({_folded(cell.text) for cell in filled}) == len(filled) or share == NEARLY_FULL[-1]
            if differ and len(filled) >= share * fullest and all(map(_is_name, filled)):
                return row
    return near[0]


def _is_name(cell: Cell) -> bool:
    """Return whether a cell can be the header of a column: words, or a year."""
    if re.fullmatch(YEAR, cell.text):
        return True
    return cell.kind == "text" and any(sign.isalpha() for sign in cell.text)


def _names(header: Sequence[Row], width: int) -> tuple[str, ...]:
    """Return the name of each column: what its header says, told apart by number; its letters where that says nothing.

    Of a header of several rows a cell that spans columns goes on to the right, but for the last row.
    """
    parts: list[list[str]] = [[] for _ in range(width)]
    for place, row in enumerate(header):
        above = ""
        for position in range(width):
            text = " ".join(row.cell(position).text.split())
            if text:
                above = text
            spans = place < len(header) - 1
            if text or (spans and above):
                parts[position].append(text or above)
    names: list[str] = []
    seen: set[str] = set()
    for position, words in enumerate(parts):
        name = " ".join(dict.fromkeys(words)) or f"column {column_letters(position)}"
        unique = next(call for call in _calls(name) if _folded(call) not in seen)
        seen.add(_folded(unique))
        names.append(unique)
    return tuple(names)


def _calls(name: str) -> Iterator[str]:
    yield name
    for number in count(2):
        yield f"{name} ({number})"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold().strip(" *:")


def _body(
    rows: Sequence[Row], names: tuple[str, ...], header: Sequence[Row], layout: Layout
) -> tuple[list[SourceRow], list[Skipped]]:
    rows_taken: list[SourceRow] = []
    skipped: list[Skipped] = []
    heads = {_text_of(row): row.first.casefold() for row in header}
    section = EMPTY
    for place, row in enumerate(rows):
        begins = row.first.casefold()
        ends = next((words for words in layout.until if begins.startswith(words.casefold())), None)
        if ends is not None:
            why = f"at or below “{short(ends, 40)}”, which ends the table"
            skipped += [Skipped(below.number, why) for below in rows[place:]]
            break
        why = _why_not(row, begins, heads, layout)
        if not why and layout.sections and len(row.filled) == 1:
            section = row.filled[0]
            why = f"names a section: {short(section.text, 60)}"
        if why:
            skipped.append(Skipped(row.number, why))
            continue
        cells = tuple(row.cells)
        if len(cells) < len(names):
            cells += (EMPTY,) * (len(names) - len(cells))
        rows_taken.append(SourceRow(row.number, (*cells, section) if layout.sections else cells))
    return rows_taken, skipped


def _why_not(row: Row, begins: str, heads: Mapping[str, str], layout: Layout) -> str:
    """Return why a row does not count; empty where it does. ``heads``: the header's rows with their beginnings."""
    if row.number < layout.first:
        return f"above row {layout.first}"
    if begins in heads.values() and _text_of(row) in heads:
        return "the header once more"
    if begins.strip(" :") in TOTALS:
        return "a total of the rows above"
    skip = next((words for words in layout.skip if begins.startswith(words.casefold())), "")
    return optional("begins with “", short(skip, 40), "”")


def _text_of(row: Row) -> str:
    return "\t".join(cell.text for cell in row.cells).rstrip("\t")


def _filled_down(grid: Grid, columns: Sequence[Column]) -> Grid:
    """Return a table in which empty cells of some columns say what stands above them."""
    positions = [grid.position(column) for column in columns]
    if not positions:
        return grid
    above: dict[int, Cell] = {}
    rows = []
    for row in grid.rows:
        cells = list(row.cells)
        for position in positions:
            if cells[position].text:
                above[position] = cells[position]
            cells[position] = above.get(position, EMPTY)
        rows.append(row._replace(cells=tuple(cells)))
    return grid._replace(rows=tuple(rows))


def unpivoted(grid: Grid, unpivot: Unpivot) -> Grid:
    """Return a table with a row for each filled cell of some columns of a row, or for each of their periods."""
    if unpivot.period:
        return _by_period(grid, unpivot)
    positions = [grid.position(column) for column in unpivot.columns]
    fixed = [position for position in range(len(grid.columns)) if position not in positions]
    names = (*(grid.columns[position] for position in fixed), unpivot.header_as, unpivot.value_as or "value")
    rows = [
        SourceRow(row.number, (*(row.cells[place] for place in fixed), Cell(grid.columns[position], "text"), cell))
        for row in grid.rows
        for position in positions
        if (cell := row.cells[position]).text
    ]
    return grid._replace(columns=names, rows=tuple(rows))


def _by_period(grid: Grid, unpivot: Unpivot) -> Grid:
    """Return a table with a row for each period that the headers of columns name and a row says something of.

    Raises TrackerError where none names a period.
    """
    periods: dict[str, dict[str, int]] = {}
    for position, column in enumerate(grid.columns):
        match = re.search(unpivot.period, column)
        if match:
            figure = " ".join(f"{column[: match.start()]} {column[match.end() :]}".split()) or "value"
            periods.setdefault(match[0], {})[figure] = position
    if not periods:
        raise TrackerError(f"No column names a period such as “{short(unpivot.period, 60)}”.", "import.column")
    taken = {position for columns in periods.values() for position in columns.values()}
    fixed = [position for position in range(len(grid.columns)) if position not in taken]
    figures = list(dict.fromkeys(figure for columns in periods.values() for figure in columns))
    rows: list[SourceRow] = []
    for row in grid.rows:
        stays = [row.cells[position] for position in fixed]
        before = len(rows)
        for period, columns in periods.items():
            cells = [row.cells[columns[figure]] if figure in columns else EMPTY for figure in figures]
            if any(cell.text for cell in cells):
                rows.append(SourceRow(row.number, (*stays, Cell(period, "text"), *cells)))
        if unpivot.keep_empty and len(rows) == before:
            rows.append(SourceRow(row.number, (*stays, *[EMPTY] * (1 + len(figures)))))
    names = (*(grid.columns[position] for position in fixed), unpivot.header_as, *figures)
    return grid._replace(columns=names, rows=tuple(rows))


def skipped_words(skipped: Sequence[Skipped]) -> Iterator[str]:
    """Yield why rows do not count, each reason with its rows: ``the header once more: rows 12, 40``."""
    reasons: dict[str, list[int]] = {}
    for row in skipped:
        reasons.setdefault(row.why, []).append(row.row)
    for why, numbers in reasons.items():
        named = ", ".join(map(str, numbers[:8]))
        more = optional(" and ", max(len(numbers) - 8, 0), " more")
        yield f"{counted(len(numbers), 'row')} not taken ({named}{more}): {why}"


def values_of(row: SourceRow, names: Sequence[str]) -> Mapping[str, str]:
    """Return the texts of a row by the names of its columns."""
    return {name: cell.text for name, cell in zip(names, row.cells, strict=True)}
