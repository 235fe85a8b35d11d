"""A paper as plain text for an email: 78 columns, long words broken.

A table is a list of records with “Field: value”: columns made of spaces fall apart in the proportional letters of an
email and are read across by a screen reader.
"""

from tracker.reports.model import (
    PLAIN,
    Block,
    Brand,
    Bullets,
    Callout,
    Cells,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Pairs,
    Paragraph,
    Quote,
    Rendered,
    Report,
    Signal,
    Table,
)
from tracker.reports.render.heading import footer, header_facts, header_line, named_once
from tracker.reports.render.one_page import in_brief
from tracker.reports.typography.measuring import NO_BREAK, SCREEN, joined
from tracker.rules.wording import optional
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


def _wrap_hanging(first: str, text: str) -> str:
    """Return wrapped text whose later lines stand below the text, not below its mark."""
    if columns(first) > WIDTH // 2:
        return "\n".join(wrap(first + text, WIDTH))
    indent = " " * columns(first)
    lines = wrap(text, WIDTH - columns(first))
    return (first + f"\n{indent}".join(lines)).rstrip()


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as UTF-8 text."""
    report = in_brief(report, brand)
    header = report.header
    title = f"{header.programme}: {header.title}"
    top = wrap(title, WIDTH)
    if brand.organisation:
        top += wrap(brand.organisation, WIDTH)
    top.append("=" * WIDTH)
    facts = "\n".join(wrap(header_line(header), WIDTH)) if report.one_page else _facts(header_facts(header))
    parts = ["\n".join(top), facts]
    for section in report.sections:
        parts.append("\n".join([*wrap(section.title, WIDTH), "-" * WIDTH]))
        parts += [_block(block) for block in named_once(section)]
    text = "\n\n".join(part for part in parts if part).replace("-" * WIDTH + "\n\n", "-" * WIDTH + "\n")
    return Rendered("\n".join([text, "", "-" * WIDTH, *wrap(footer(report), WIDTH), ""]).encode())


def _facts(items: Pairs) -> str:
    width = min(max((columns(label) for label, _ in items), default=0) + 2, 24)
    return "\n".join(_wrap_hanging(_filled(f"{label}: ", width), value) for label, value in items)


def _block(block: Block) -> str:
    match block:
        case Heading() | Paragraph() | Missing():
            return "\n".join(wrap(block.text, WIDTH))
        case Quote():
            return _wrap_hanging("  ", f"“{block.text}”") + "\n" + _wrap_hanging("  — ", block.source)
        case Facts():
            return _facts(list(block.items))
        case Bullets():
            marks = list_marks(block)
            return "\n".join(_wrap_hanging(f"{mark} ", item) for mark, item in zip(marks, block.items, strict=True))
        case Signal():
            return _wrap_hanging("", f"{block.label}: {block.sentence}")
        case Callout():
            return _wrap_hanging("! ", f"{block.label}: {block.text}")
        case Table():
            return _table(block)
        case Figures():
            figures = (f"{value} {label}{optional(' (', note, ')')}" for value, label, note in block.items)
            return "\n".join(_wrap_hanging("- ", figure) for figure in figures)
        case Chart():
            words = "\n".join([*wrap(block.title, WIDTH), *wrap(block.alt, WIDTH)])
            return "\n\n".join((words, _table(block.data, named=block.data.caption != block.title)))
        case PageBreak():
            return ""
    raise TypeError(f"no text for a {block.kind}")


def list_marks(bullets: Bullets) -> list[str]:
    """Return what stands before each item of a list: its number, or a dash."""
    if bullets.ordered:
        return [f"{n}." for n in range(1, len(bullets.items) + 1)]
    return ["-"] * len(bullets.items)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _table(table: Table, *, named: bool = True) -> str:
    """Return a table as records: the name of the row, and each field with its value; ``named``: with its caption."""
    lines = [*wrap(table.caption, WIDTH), ""] if named and table.caption else []
    named_fields = ([_name(table, row), *(text for _, text in _fields(table, row))] for row in table.rows)
    short = [" ".join(f"- {BETWEEN.join(texts)}".split()) for texts in named_fields]  # a line each, however long
    if all(columns(line) <= WIDTH for line in short) and not any(column.long for column in table.columns):
        lines += short
    else:
        for row in table.rows:
            lines += _record(table, row)
    if not table.rows:
        lines.append("None.")
    if table.note:
        lines += ["", *wrap(table.note, WIDTH)]
    return "\n".join(lines)


def _name(table: Table, row: Cells) -> str:
    return (row[0] if table.row_header else f"{table.columns[0].title}: {row[0]}") or "(no name)"


def _fields(table: Table, row: Cells) -> list[tuple[bool, str]]:
    """Return “Field: value” for each cell but the first that says something, with whether it needs lines of its own."""
    fields = []
    alone = len(table.columns) == 2 and table.columns[1].long  # the same words before every text would say nothing
    for column, cell in zip(table.columns[1:], row[1:], strict=True):
        if cell.strip():
            text = f"{column.title}: {cell}" if column.title and not alone else cell
            fields.append((column.long or columns(text) > SHORT or "\n" in cell, text))
    return fields


def _record(table: Table, row: Cells) -> list[str]:
    """Return a row; short fields share lines, a long one has lines of its own, an empty one has none."""
    lines = [_wrap_hanging("- ", _name(table, row))]
    line = ""
    for alone, text in _fields(table, row):
        longer = f"{line}{BETWEEN}{text}" if line else text
        if line and (alone or columns(INDENT + longer) > WIDTH):
            lines.append(INDENT + line)
            line = ""
            longer = text
        if alone:
            lines.append(_wrap_hanging(INDENT, text))
        else:
            line = longer
    if line:
        lines.append(INDENT + line)
    return lines
