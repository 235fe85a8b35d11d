"""How sections that share a page are set in a document that others lay out: what is worded shorter, and how large."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tracker.reports.model import (
    Block,
    Brand,
    Bullets,
    Facts,
    Heading,
    Quote,
    Report,
    Section,
    Table,
    text_sizes,
)
from tracker.reports.printed import FEW_ROWS, cut, may_be_cut, most_rows
from tracker.reports.render.heading import header_line
from tracker.reports.render.office_look import page_size
from tracker.reports.render.statuses import is_status
from tracker.reports.typography.measuring import ARIAL, CM, joined
from tracker.reports.typography.table_widths import column_widths, first_by_others
from tracker.rules.wording import ended, optional

MARGINS = (1.1, 1.2)  # centimetres at the sides; above and below, where header and footer stand too
BANDS = 1.2  # centimetres that header and footer take
SMALL_LOGO = (4.0, 0.8)  # centimetres: on the line of the title
LEAST_TABLE = 10.0
LEADING = 1.16  # of the size of text, from line to line
TITLE, HEADING = 1.4, 1.1  # of the size of text
SECTION = 1.2  # of the size of headings: that of a section with parts on a page of its own in a longer paper
# Points before and after each kind of paragraph.
AROUND = {"heading": (4.0, 1.5), "text": (0.0, 1.5), "item": (0.0, 0.5), "facts": (0.0, 0.5), "cell": (0.4, 0.4)}
_CELL = 0.12  # centimetres at each side of a cell
_LEAST_NAME = 4.5
_SPARE = 0.9  # of the height: what is left is for programs and fonts that take more room
_MORE = 1.035  # what Writer takes beyond this measure, mostly around the rows of tables
_EXACT = 1.04  # the measure leaves some room at the end of a line, which would be a line too many here


def table_points(points: float) -> float:
    """Return the size of text in a table on such a page."""
    return max(LEAST_TABLE, points - 1)


def condensed(section: Section) -> tuple[Block, ...]:
    """Return the blocks of a section; of a table with sentences, these stand below it, after the ref of their row.

    With them goes what is neither a rating nor a date, so that the names of the rows have room.
    """
    return tuple(part for block in section.blocks for part in _split(block))


def parts_of(sections: Sequence[Section]) -> list[Section]:
    """Return the parts of what shares a page as sections, whether they are that or stand under headings of one."""
    parts: list[Section] = []
    for section in sections:
        blocks: list[Block] = []
        for block in (*section.blocks, Heading("")):
            if not isinstance(block, Heading):
                blocks.append(block)
                continue
            if blocks:
                parts.append(replace(section, blocks=tuple(blocks)))
            section, blocks = replace(section, title=block.text), []
    return parts


def _split(block: Block) -> Iterator[Block]:
    if isinstance(block, Table):
        block = block.needed
    if not isinstance(block, Table) or not block.long or len(block.columns) - len(block.long) < 2:
        yield block
        return
    needed = needed_first(block)
    yield block.part(needed)
    below = block.others(needed)
    said = [row for row in block.rows if any(row[place] for place in block.long)]
    facts = ((row[0].partition(" ")[0], " ".join(ended(row[n]) for n in below if row[n])) for row in said)
    if items := tuple((ref, sentences) for ref, sentences in facts if sentences):
        yield Facts(items)


def needed_first(table: Table) -> list[int]:
    """Return which columns of a table are needed first: the name, up to three ratings, and the last short one."""
    rated = [n for n in range(1, len(table.columns)) if any(is_status(row[n]) for row in table.rows)]
    short = [n for n in range(1, len(table.columns)) if n not in rated and not table.columns[n].long]
    return sorted({0, *rated[:3], *short[-1:]})


def quoted_by(quote: Quote) -> str:
    """Return a quote and its source on one line."""
    return f"“{quote.text}”" + optional(" — ", quote.source)


def page_text(brand: Brand) -> tuple[float, float]:
    """Return width and height, in centimetres, of the text on a page that sections share."""
    width, height = page_size(brand)
    return width - 2 * MARGINS[0], height - 2 * MARGINS[1] - BANDS


def fitting(report: Report, sizes: Sequence[float], width: float, height: float) -> float:
    """Return the largest size of text in which what shares a page fits it; 0 when none does, or nothing shares one.

    It leaves a tenth of the page; where none does, the smallest may take that, too. ``width`` and ``height`` are those
    of the page's text, in centimetres.
    """
    return _fits(report, sizes, width, height * _SPARE) or _fits(report, sizes[-1:], width, height)


def shortened(report: Report, brand: Brand, page: tuple[float, float]) -> Report:
    """Return a paper whose page that sections share has as many rows as fit it with a tenth of the page to spare.

    ``page`` is width and height of its text in centimetres. A paper that fits so stays itself; where all rows fit
    without their sentences, none is left out to spare room, and the first ones keep theirs as far as there is room. A
    few rows stay where the other parts take more than the page.
    """
    in_full = rows_in_full(report, brand, page)
    if in_full is None:
        return report
    rows = most_rows(report)
    smallest = text_sizes(brand)[-1:]
    width, height = page
    if _fits(cut(report, rows), smallest, width, height):
        return cut(report, rows, in_full)
    largest = _most(rows, lambda number: _fits(cut(report, number), smallest, width, height * _SPARE))
    return cut(report, FEW_ROWS if largest is None else largest)


def rows_in_full(report: Report, brand: Brand, page: tuple[float, float]) -> int | None:
    """Return how many rows, the first, keep their sentences where all are named on a page that sections share.

    None: the page fits with a tenth to spare as it is, or none of its rows may be left out. ``page`` is as in
    ``shortened``.
    """
    sizes = text_sizes(brand)
    width, height = page[0], page[1] * _SPARE
    if not may_be_cut(report, brand) or _fits(report, sizes, width, height):
        return None
    rows = most_rows(report)
    return _most(rows, lambda number: _fits(cut(report, rows, number), sizes[-1:], width, height)) or 0


def _most(number: int, fits: Callable[[int], float]) -> int | None:
    """Return the largest number, up to another, that fits; None when not even 0 does."""
    too_many = bisect_left(range(number + 1), True, key=lambda place: not fits(place))
    return too_many - 1 if too_many else None


def in_brief(report: Report, brand: Brand, page: tuple[float, float] | None = None) -> Report:
    """Return a paper as a format has it that is not made of pages: of many rows those that a page has room for.

    ``page`` is as in ``shortened``; None is that of a document.
    """
    if most_rows(report) <= FEW_ROWS:
        return report
    return shortened(report, brand, page or page_text(brand))


def _fits(report: Report, sizes: Sequence[float], width: float, height: float) -> float:
    sections = [section for section in report.sections if section.one_page]
    if not sections:
        return 0.0
    for size in sizes:
        step = 1 if report.one_page else SECTION
        needed = sum(_height(section, size, width, step) for section in sections)
        if report.one_page:
            needed += _head(report, size, width)
        if needed * _MORE <= height:
            return size
    return 0.0


def _head(report: Report, size: float, width: float) -> float:
    title = f"{report.header.programme}: {report.header.title}"
    above = _text(title, size * TITLE, width, "heading", bold=True)
    return above + _text(header_line(report.header), size, width)


def _height(section: Section, size: float, width: float, step: float) -> float:
    title = section.title
    height = _text(title, size * HEADING * step, width, "heading", bold=True)
    for block in condensed(section):
        match block:
            case Heading():
                title = block.text
                height += _text(title, size * HEADING, width, "heading", bold=True)
            case Table():
                if block.caption != title:
                    height += _text(block.caption, size, width)
                height += _table(block, table_points(size), width)
                if block.note:
                    height += _text(block.note, size, width)
            case Facts():
                indent = facts_indent(block.items, size, width)
                height += sum(_text(value, size, width - indent, "facts") for _, value in block.items)
            case Bullets():
                height += sum(_text(item, size, width - 0.6, "item") for item in block.items)
            case Quote():
                height += _text(quoted_by(block), size, width - 0.5)
            case _:
                height += _text(str(getattr(block, "text", "")), size, width)
    return height


def facts_indent(items: Sequence[tuple[str, str]], size: float, width: float) -> float:
    """Return how far the values of facts are moved in, in centimetres."""
    widest = max((ARIAL.width(f"{label}:", size, True) for label, _ in items), default=0.0)
    return min(widest + 0.3, width * 0.4)


def page_widths(table: Table, size: float, width: float) -> list[float]:
    """Return a width in centimetres for each column: the names of the rows have what the others do not need.

    Words have the room that they take in a wider font, too, where that makes the table no longer.
    """
    widths = first_by_others(table, size, width, 2 * _CELL)
    if widths[0] < _LEAST_NAME:
        return column_widths(table, size, width)
    wider = first_by_others(table, size, width, 2 * _CELL, stand_in=True)
    same = wider[0] >= _LEAST_NAME and _rows(table, size, wider) <= _rows(table, size, widths)
    return wider if same else widths


def _text(text: str, size: float, width: float, kind: str = "text", *, bold: bool = False) -> float:
    lines = len(ARIAL.lines(joined(text), width * _EXACT, size, bold))
    return (lines * size * LEADING + sum(AROUND[kind])) * CM


def _table(table: Table, size: float, width: float) -> float:
    return _rows(table, size, page_widths(table, size, width))


def _rows(table: Table, size: float, widths: list[float]) -> float:
    """Return how high the rows of a table are in columns of some widths, in centimetres."""
    rows = [table.titles, *table.rows]
    heights = [
        max(
            _text(cell, size, column - 2 * _CELL, "cell", bold=n == 0) for cell, column in zip(row, widths, strict=True)
        )
        for n, row in enumerate(rows)
    ]
    return sum(heights) + len(rows) * 0.5 * CM
