"""A paper as plain text for an email: 78 columns, tables aligned, long words broken."""

from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Facts,
    Heading,
    Missing,
    Paragraph,
    Quote,
    Report,
    Signal,
    Table,
)
from tracker.reports.render.heading import header_facts
from tracker.text import columns

WIDTH = 78
GAP = 2
INDENT = "    "
LEAST = 6


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than ``width`` columns; a longer word is broken. Newlines break too."""
    found: list[str] = []
    for line in text.split("\n"):
        row = ""
        for word in _words(line):
            if row and columns(row) + 1 + columns(word) <= width:
                row += " " + word
                continue
            if row:
                found.append(row)
            *full, row = _broken(word, width)
            found += full
        found.append(row)
    return found or [""]


def _words(line: str) -> list[str]:
    """Return the words of a line; a per cent sign stays with its number."""
    found: list[str] = []
    for word in line.split():
        if word.startswith("%") and found:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _broken(word: str, width: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for sign in word:
        wide = columns(sign)
        if used + wide > width and piece:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + sign, used + wide
    return [*pieces, piece]


def _hung(first: str, text: str, width: int = WIDTH) -> str:
    """Return wrapped text whose later lines stand below the text, not below its mark."""
    if columns(first) > width // 2:
        return "\n".join(wrap(first + text, width))
    indent = " " * columns(first)
    lines = wrap(text, width - columns(first))
    return "\n".join((first if n == 0 else indent) + line for n, line in enumerate(lines)).rstrip()


def render(report: Report) -> bytes:
    """Return the paper as UTF-8 text."""
    header = report.header
    title = f"{header.programme}: {header.title}"
    parts = ["\n".join([*wrap(title, WIDTH), "=" * WIDTH]), _facts(header_facts(header))]
    for section in report.sections:
        parts.append("\n".join([*wrap(section.title.upper(), WIDTH), "-" * WIDTH]))
        parts += [_block(block) for block in section.blocks]
    text = "\n\n".join(part for part in parts if part).replace("-" * WIDTH + "\n\n", "-" * WIDTH + "\n")
    return (text + "\n").encode()


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
            return _hung(f"{block.label}: ", block.sentence)
        case Callout():
            return _hung("! ", f"{block.label}: {block.text}")
        case Table():
            return _table(block)
    raise TypeError(f"no text for a {block.kind}")


def _filled(text: str, width: int, right: bool = False) -> str:
    space = " " * (width - columns(text))
    return space + text if right else text + space


def _table(table: Table) -> str:
    """Return a table; one with long columns has a line for the row's name, the rest and the long texts below it."""
    below = [n for n, column in enumerate(table.columns) if column.long]
    side = [n for n in range(1 if below else 0, len(table.columns)) if n not in below]
    indent = INDENT if below else ""
    titles = [table.columns[n].title for n in side]
    widths = _widths([titles, *([row[n] for n in side] for row in table.rows)], WIDTH - len(indent))
    right = [table.columns[n].align == "right" for n in side]
    lines = [*wrap(table.caption, WIDTH), ""]
    lines += wrap(table.columns[0].title, WIDTH) if below else []
    lines += [indent + line for line in _aligned(titles, widths, right)]
    lines.append((indent + (" " * GAP).join("-" * width for width in widths)).rstrip())
    for row in table.rows:
        lines += wrap(row[0], WIDTH) if below else []
        lines += [(indent + line).rstrip() for line in _aligned([row[n] for n in side], widths, right)]
        lines += [_hung(indent, row[n]) for n in below if row[n]]
    return "\n".join([*lines, *(["", *wrap(table.note, WIDTH)] if table.note else [])])


def _widths(rows: list[list[str]], most: int) -> list[int]:
    """Return a width for each column: what it needs, less in the widest ones until the page holds them all."""
    widths = [max(max(columns(cell.replace("\n", " ")) for cell in column), 1) for column in zip(*rows, strict=True)]
    if not widths:
        return []
    # Dates and ratings should stay on one line: the widest column gives way first.
    while sum(widths) + GAP * (len(widths) - 1) > most and max(widths) > LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _aligned(cells: list[str], widths: list[int], right: list[bool]) -> list[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    tall = max(len(lines) for lines in wrapped)
    found = []
    for n in range(tall):
        row = [
            _filled(lines[n] if n < len(lines) else "", width, flush)
            for lines, width, flush in zip(wrapped, widths, right, strict=True)
        ]
        found.append((" " * GAP).join(row).rstrip())
    return found
