"""Papers as they are printed: without what is only data, and tables cut to the rows that a page has room for.

A row that is left out is counted below the table, so that every row is either named or counted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.ratings import WORST_FIRST
from tracker.reports.model import USUAL_TEXT, Block, Brand, Cells, Paragraph, Report, Section, Table
from tracker.reports.render.statuses import RATING_OF, is_status, rating_of
from tracker.rules.wording import listed
from tracker.text import natural_order

FEW_ROWS = 12  # pilots that a board can take in one by one
MOST_ROWS = 60  # of a table in a paper of exceptions, some two pages


@dataclass(frozen=True, slots=True)
class Printed(Report):
    """What is printed of a paper; ``source`` is the paper with all its data."""

    source: Report

    @property
    def complete(self) -> Report:
        """The paper with all its data."""
        return self.source


def printed(report: Report) -> Report:
    """Return a paper without the sections that are only data, and with the first rows of long tables.

    A paper in which no section is only data is printed as it is.
    """
    sections = [section for section in report.sections if not section.data_only]
    if len(sections) == len(report.sections):
        return report
    return Printed(report.header, tuple(map(_first_rows, sections)), report.complete)


def _first_rows(section: Section) -> Section:
    if section.one_page:
        return section
    blocks = (part for block in section.blocks for part in _first_of(block))
    return replace(section, blocks=tuple(blocks))


def _first_of(block: Block) -> Iterator[Block]:
    if not isinstance(block, Table) or block.all_rows or len(block.rows) <= MOST_ROWS:
        yield block
        return
    block, order = _in_order(block)
    yield replace(block, rows=block.rows[:MOST_ROWS])
    yield Paragraph(
        f"The first {MOST_ROWS} of {len(block.rows):,} rows{order}; all of them are in the workbook and the data files "
        "(XLSX, ODS, CSV, JSON)."
    )


def _in_order(table: Table) -> tuple[Table, str]:
    """Return a table that is cut with the worst rows first, and its order in words unless its caption says one."""
    if " first" in table.caption:
        return table, ""
    rated = [n for n in range(len(table.columns)) if any(is_status(row[n]) for row in table.rows)]
    if rated:
        rows = sorted(table.rows, key=lambda row: _place(rating_of(row[rated[0]])))
        return replace(table, rows=tuple(rows)), ", the worst first"
    names = [natural_order(row[0]) for row in table.rows]
    return table, ", by ref" * (names == sorted(names))


def most_rows(report: Report) -> int:
    """Return how many rows the longest table has that may be cut on the page that sections share; 0 without one."""
    return max((len(table.counted_as) for table in _cut_tables(report)), default=0)


def may_be_cut(report: Report, brand: Brand) -> bool:
    """Return whether rows may be left out: a few stay, over two pages, where a house style forbids smaller letters."""
    rows = most_rows(report)
    return rows > FEW_ROWS or (rows > 0 and brand.smallest_text < USUAL_TEXT)


def cut(report: Report, rows: int, in_full: int = 0) -> Report:
    """Return a paper whose page that sections share has at most so many rows of each table that may be cut.

    The sentences of such a table go first, also where all of its rows are shown; those of a row stay that say worse of
    it than it is rated. The first ``in_full`` rows keep theirs.
    """
    sections = tuple(
        _cut_section(section, rows, in_full) if section.one_page else section for section in report.sections
    )
    return Printed(report.header, sections, report.complete)


def _cut_tables(report: Report) -> Iterator[Table]:
    for section in report.sections:
        if section.one_page:
            yield from (table for table in section.of(Table) if table.counted_as)


def _cut_section(section: Section, rows: int, in_full: int) -> Section:
    blocks = (part for block in section.blocks for part in _cut_block(block, rows, in_full))
    return replace(section, blocks=tuple(blocks))


def _cut_block(block: Block, rows: int, in_full: int) -> Iterator[Block]:
    if not isinstance(block, Table) or not block.counted_as:
        yield block
        return
    if rows:
        yield _in_short(replace(block, rows=block.rows[:rows], counted_as=block.counted_as[:rows]).needed, in_full)
    yield Paragraph(_counted(block, rows))


def _in_short(table: Table, in_full: int) -> Table:
    """Return a table with the sentences of its first ``in_full`` rows, and of those of which they say worse."""
    kept = (*table.rows[:in_full], *(kept_cells(row, table.long) for row in table.rows[in_full:]))
    idle = [place for place in table.long if not any(row[place] for row in kept)]
    return replace(table, rows=kept).part(table.others(idle))


def kept_cells(row: Cells, long: list[int]) -> Cells:
    """Return a row as it is where there is little room: without its sentences, unless they say worse of it."""
    if _says_worse(row, long):
        return row
    return tuple(cell * (place not in long) for place, cell in enumerate(row))


def _says_worse(row: Cells, long: list[int]) -> bool:
    """Return whether the sentences of a row hold a worse rating than the first one among its other cells."""
    rated = next((cell for place, cell in enumerate(row) if place not in long and is_status(cell)), "")
    marks = (RATING_OF[sign] for place in long for sign in row[place] if sign in RATING_OF)
    return any(_place(code) < _place(rating_of(rated)) for code in marks)


def _counted(table: Table, rows: int) -> str:
    """Return what stands below the rows that are shown: how many there are, and as what each other one counts."""
    total = len(table.rows)
    if rows >= total:
        return f"More of each: {table.elsewhere}."
    counts = Counter(table.counted_as[rows:])
    order = sorted(counts, key=lambda word: _place(rating_of(word)))
    words = listed(f"{counts[word]:,} {word}" for word in order)
    return (
        f"{rows:,} of {total:,} are shown. And {total - rows:,} more, as reported: {words}. "
        f"All of them, and what changed: {table.elsewhere}."
    )


def _place(code: str) -> int:
    """Return the place of a rating among others, the worst first; of what is none the last."""
    return WORST_FIRST.index(code) if code in WORST_FIRST else len(WORST_FIRST)
