"""A paper as lines for a screen: it looks as it will on paper, headings, tables and all."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from tracker.ratings import RATING_MARKS
from tracker.reports.lines.drawn import Drawn, Piece, wrap_hanging
from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Quote,
    Report,
    Signal,
    Table,
)
from tracker.reports.render.heading import header_facts, named_once
from tracker.reports.render.text import wrap
from tracker.reports.typography.table_widths import screen_widths
from tracker.text import columns

EMPTY: Drawn = (Piece(""),)
TOGETHER = "\ue000"  # stands for a blank while lines are broken: for Python every blank of Unicode is a break
LONGEST_STATUS = 16  # characters of a cell that is a mark with its words: “● Not mandatory”
TONES = {mark: level for level, mark in RATING_MARKS.items() if level in ("green", "amber", "red")}
ITEM_TONES = TONES | {"≠": "amber", "✓": "green", "◐": "amber", "✗": "red", "○": "muted", "?": "muted", "–": "muted"}
GAP = 2


def page_lines(blocks: Iterable[Block], width: int) -> list[Drawn]:
    """Return blocks in lines of at most ``width`` columns, with one empty line where there is room between them."""
    lines: list[Drawn] = []
    for block in blocks:
        for line in block_lines(block, width):
            if line != EMPTY or lines[-1:] not in ([], [EMPTY]):
                lines.append(line)
    while lines and lines[-1] == EMPTY:
        lines.pop()
    return lines


def paper_lines(report: Report, width: int) -> list[Drawn]:
    """Return a paper in lines of at most ``width`` columns."""
    header = report.header
    lines: list[Drawn] = [(Piece(line, "strong"),) for line in wrap(f"{header.programme}: {header.title}", width)]
    for label, value in header_facts(header):
        lines += wrap_hanging(f"{label}: ", value, width, mark_tone="muted")
    for section in report.sections:
        if section.new_page:
            lines += [EMPTY, (Piece("─" * width, "muted"),)]
        lines += [EMPTY, *((Piece(line, "heading"),) for line in wrap(section.title, width))]
        for block in named_once(section):
            lines += block_lines(block, width)
    return lines


def block_lines(block: Block, width: int) -> list[Drawn]:
    """Return one block; tables and charts have an empty line before and after."""
    match block:
        case Heading():
            return [EMPTY, *((Piece(line, "strong"),) for line in wrap(block.text, width))]
        case Paragraph():
            return wrap_hanging("", block.text, width)
        case Quote():
            return [
                *wrap_hanging("  ", f"“{block.text}”", width),
                *wrap_hanging("  — ", block.source, width, tone="muted"),
            ]
        case Facts():
            return [
                line
                for label, value in block.items
                for line in wrap_hanging(_labelled(label), value, width, tone=_tone(value), mark_tone="muted")
            ]
        case Bullets(ordered=True):
            return [line for n, item in enumerate(block.items, 1) for line in wrap_hanging(f"{n}. ", item, width)]
        case Bullets():
            return [line for item in block.items for line in _item(item, width)]
        case Signal():
            return wrap_hanging(f"{block.label}: ", block.sentence, width, mark_tone=block.level)
        case Callout():
            return wrap_hanging(f"! {block.label}: ", block.text, width, mark_tone="amber")
        case Missing():
            return wrap_hanging("", block.text, width, tone="muted")
        case Figures():
            return [line for item in block.items for line in _figure(item, width)]
        case Chart():
            return [
                *wrap_hanging("▤ ", f"{block.title}: {block.alt}", width, tone="muted"),
                *block_lines(block.data, width),
            ]
        case Table():
            return [EMPTY, *_table(block, width), EMPTY]
        case PageBreak():
            return [(Piece("─" * width, "muted"),)]
    raise TypeError(f"no lines for a {block.kind}")


def _labelled(label: str) -> str:
    """Return a label with its colon; one that asks has its own sign."""
    return f"{label} " if label.endswith("?") else f"{label}: "


def _item(item: str, width: int) -> list[Drawn]:
    """Return an item of a list; a mark that it begins with stands in the place of the bullet, in its tone."""
    mark = item[:2]
    text = item[2:]
    if mark[1:] != " " or mark[0] not in ITEM_TONES:
        return wrap_hanging("• ", item, width, indent=2)
    return wrap_hanging(mark, text, width, indent=2, mark_tone=ITEM_TONES[mark[0]])


def _figure(item: tuple[str, str, str], width: int) -> list[Drawn]:
    value, label, note = item
    if note:
        label += f" ({note})"
    return wrap_hanging(f"{value}  ", label, width, mark_tone="strong")


def _table(table: Table, width: int) -> Iterator[Drawn]:
    if table.caption:
        yield from wrap_hanging("", table.caption, width, tone="muted")
    short = [n for n, column in enumerate(table.columns) if not column.long]
    titles = [table.columns[n].title for n in short]
    rows = [[_kept_together(row[n]) for n in short] for row in table.rows]
    widths = screen_widths([titles, *rows], width - GAP * (len(short) - 1))
    if widths:
        yield from _row(titles, widths, ["strong"] * len(short), [False] * len(short))
    right = [table.columns[n].right for n in short]
    for row, cells in zip(table.rows, rows, strict=True):
        if widths:
            yield from _row(cells, widths, list(map(_tone, cells)), right)
        else:
            yield from _record(titles, [row[n] for n in short], width)
        for n, column in enumerate(table.columns):
            if column.long and row[n]:
                yield from wrap_hanging("    ", row[n], width, tone="muted")
    if table.note:
        yield from wrap_hanging("", table.note, width, tone="muted")


def _kept_together(cell: str) -> str:
    """Return a cell whose mark stays on a line with its words, if it has few of them."""
    if len(cell) <= LONGEST_STATUS and cell[:1] in ITEM_TONES and cell[1:2] == " ":
        return cell.replace(" ", TOGETHER)
    return cell


def _tone(cell: str) -> str:
    return TONES.get(cell[:1], "")


def _marked(text: str, tone: str) -> list[Piece]:
    """Return the text of a cell; where it has several marks each of them has a tone of its own."""
    if sum(sign in TONES for sign in text) < 2:
        return [Piece(text, tone)]
    return [Piece(sign, _tone(sign)) for sign in text]


def _record(titles: list[str], cells: list[str], width: int) -> Iterator[Drawn]:
    """Give a row as a name and its values, where the columns have no room beside each other."""
    yield from wrap_hanging("", cells[0], width, tone="strong")
    for title, cell in zip(titles[1:], cells[1:], strict=True):
        yield from wrap_hanging(f"{title}: ", cell, width, tone=_tone(cell), mark_tone="muted", indent=2)


def _row(cells: list[str], widths: list[int], tones: list[str], right: list[bool]) -> Iterator[Drawn]:
    wrapped = [
        [line.replace(TOGETHER, " ") for line in wrap(cell, size)] for cell, size in zip(cells, widths, strict=True)
    ]
    for texts in zip_longest(*wrapped, fillvalue=""):
        pieces: list[Piece] = []
        for text, size, tone, at_right in zip(texts, widths, tones, right, strict=True):
            fill = " " * (size - columns(text))
            pieces += [*_marked(fill + text if at_right else text + fill, tone), Piece(" " * GAP)]
        yield tuple(pieces[:-1])
