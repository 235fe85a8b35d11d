"""A paper as plain text for an email: 78 columns, long words broken.

A table is a list of records with “Field: value”: columns made of spaces fall apart in the proportional letters of an
email and are read across by a screen reader.
"""

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
from tracker.reports.render.heading import footer, header_facts, header_line, unnamed
from tracker.reports.rendering import PLAIN, Brand, Rendered
from tracker.reports.typography.measuring import NO_BREAK, SCREEN, joined
from tracker.text import columns

WIDTH = 78
INDENT = "    "
BETWEEN = " · "
SHORT = 32  # columns that a “Field: value” may take to stand on a line with others


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than ``width`` columns; a longer word is broken. Newlines break too.

    A rating's mark stays with its word, a per cent sign with its number.
    """
    kept = "\n".join(joined(" ".join(line.split())) for line in text.split("\n"))
    return [line.replace(NO_BREAK, " ") for line in SCREEN.lines(kept, width)]


def _hung(first: str, text: str, width: int = WIDTH) -> str:
    """Return wrapped text whose later lines stand below the text, not below its mark."""
    if columns(first) > width // 2:
        return "\n".join(wrap(first + text, width))
    indent = " " * columns(first)
    lines = wrap(text, width - columns(first))
    return "\n".join((first if n == 0 else indent) + line for n, line in enumerate(lines)).rstrip()


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as UTF-8 text."""
    header = report.header
    title = f"{header.programme}: {header.title}"
    top = [*wrap(title, WIDTH), *(wrap(brand.organisation, WIDTH) if brand.organisation else []), "=" * WIDTH]
    told = "\n".join(wrap(header_line(header), WIDTH)) if report.one_page else _facts(header_facts(header))
    parts = ["\n".join(top), told]
    for section in report.sections:
        parts.append("\n".join([*wrap(section.title, WIDTH), "-" * WIDTH]))
        parts += [_block(unnamed(block, section.title)) for block in section.blocks]
    text = "\n\n".join(part for part in parts if part).replace("-" * WIDTH + "\n\n", "-" * WIDTH + "\n")
    return Rendered("\n".join([text, "", "-" * WIDTH, *wrap(footer(report), WIDTH), ""]).encode())


def _facts(items: list[tuple[str, str]]) -> str:
    wide = min(max((columns(label) for label, _ in items), default=0) + 2, 24)
    return "\n".join(_hung(_filled(f"{label}: ", wide), value) for label, value in items)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return "\n".join(wrap(block.text, WIDTH))
        case Paragraph() | Missing():
            return "\n".join(wrap(block.text, WIDTH))
        case Quote():
            return _hung("  ", f"“{block.text}”") + "\n" + _hung("  — ", block.source)
        case Facts():
            return _facts(list(block.items))
        case Bullets():
            marks = [f"{n}. " if block.ordered else "- " for n in range(1, len(block.items) + 1)]
            return "\n".join(_hung(mark, item) for mark, item in zip(marks, block.items, strict=True))
        case Signal():
            return _hung("", f"{block.label}: {block.sentence}")
        case Callout():
            return _hung("! ", f"{block.label}: {block.text}")
        case Table():
            return _table(block)
        case Figures():
            return "\n".join(_hung("- ", _figure(*item)) for item in block.items)
        case Chart():
            told = "\n".join([*wrap(block.title, WIDTH), *wrap(block.alt, WIDTH)])
            return "\n\n".join((told, _table(block.data, named=block.data.caption != block.title)))
        case PageBreak():
            return ""
    raise TypeError(f"no text for a {block.kind}")


def _figure(value: str, label: str, note: str) -> str:
    return f"{value} {label}" + (f" ({note})" if note else "")


def _filled(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _table(table: Table, *, named: bool = True) -> str:
    """Return a table as records: the name of the row, and each field with its value; ``named``: with its caption."""
    lines = [*wrap(table.caption, WIDTH), ""] if named and table.caption else []
    short = [_line(table, row) for row in table.rows]
    if all(columns(line) <= WIDTH for line in short) and not any(column.long for column in table.columns):
        lines += short
    else:
        for row in table.rows:
            lines += _record(table, row)
    if not table.rows:
        lines.append("None.")
    return "\n".join([*lines, *(["", *wrap(table.note, WIDTH)] if table.note else [])])


def _name(table: Table, row: tuple[str, ...]) -> str:
    return (row[0] if table.row_header else f"{table.columns[0].title}: {row[0]}") or "(no name)"


def _fields(table: Table, row: tuple[str, ...]) -> list[tuple[bool, str]]:
    """Return “Field: value” for each cell but the first that says something, with whether it needs lines of its own."""
    found = []
    alone = len(table.columns) == 2 and table.columns[1].long  # the same words before every text would say nothing
    for column, cell in zip(table.columns[1:], row[1:], strict=True):
        if cell.strip():
            said = f"{column.title}: {cell}" if column.title and not alone else cell
            found.append((column.long or columns(said) > SHORT or "\n" in cell, said))
    return found


def _line(table: Table, row: tuple[str, ...]) -> str:
    """Return a row on one line, however long."""
    return " ".join(f"- {BETWEEN.join([_name(table, row), *(said for _, said in _fields(table, row))])}".split())


def _record(table: Table, row: tuple[str, ...]) -> list[str]:
    """Return a row; short fields share lines, a long one has lines of its own, an empty one has none."""
    lines = [_hung("- ", _name(table, row))]
    line = ""
    for alone, said in _fields(table, row):
        if line and (alone or columns(INDENT + line + BETWEEN + said) > WIDTH):
            lines.append(INDENT + line)
            line = ""
        if alone:
            lines.append(_hung(INDENT, said))
        else:
            line = f"{line}{BETWEEN}{said}" if line else said
    return [*lines, *([INDENT + line] if line else [])]
