"""Tables in Markdown texts: a line of cells, a line of dashes, and the lines below."""

import re
from collections.abc import Iterator, Sequence

from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import EVERY, Cell, Row, Sheet
from tracker.services.importing.files.delimited import decoded
from tracker.services.importing.files.opening import SourceFile

RULE = r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*"
HEADING = r"\s{0,3}#{1,6}\s+(?P<title>.*?)\s*#*\s*"
FENCE = r"\s{0,3}(```|~~~).*"


def sheets(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return each table of a text, named by the heading above it; or all that are as wide as the first as one."""
    text, remarks = decoded(source, layout.encoding)
    tables = list(_tables(text.splitlines()))
    if layout.sheet == EVERY and tables:
        tables = [(EVERY, _joined(tables))]
    return [
        Sheet(title or f"table {place}", rows, tuple(remarks), headed=True)
        for place, (title, rows) in enumerate(tables, 1)
    ]


def _joined(tables: Sequence[tuple[str, list[Row]]]) -> list[Row]:
    """Return the tables that are as wide as the first as one: a row with its heading begins the section of each."""
    header = tables[0][1][0]
    joined = [header]
    for title, (head, *rows) in tables:
        if len(head.cells) == len(header.cells):
            joined += [Row(head.number + 1, (Cell.of(title),)), *rows]  # the line of dashes
    return joined


def _tables(lines: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    title, place, fenced = "", 0, False
    while place < len(lines):
        line = lines[place]
        if re.fullmatch(FENCE, line):
            fenced = not fenced
        heading = re.fullmatch(HEADING, line)
        if heading and not fenced:
            title = heading["title"]
        rule = lines[place + 1] if place + 1 < len(lines) else ""
        if not fenced and "|" in line and "-" in rule and re.fullmatch(RULE, rule):
            rows = [_row(place + 1, line)]
            place += 2
            while place < len(lines) and "|" in lines[place]:
                rows.append(_row(place + 1, lines[place]))
                place += 1
            yield title, rows
            continue
        place += 1


def _row(number: int, line: str) -> Row:
    body = line.strip().removeprefix("|")
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    cells = re.split(r"(?<!\\)\|", body)
    return Row(number, tuple(Cell.of(_plain(cell)) for cell in cells))


def _plain(cell: str) -> str:
    """Return a cell without what marks it up: breaks, links, emphasis around the whole."""
    text = cell.replace("\\|", "|")
    text = re.sub(r"<br\s*/?>", "\n", text)
    text = re.sub(r"\[([^\]]*)\]\(([^)\s]*)[^)]*\)", r"\1 (\2)", text)
    return re.sub(r"^\s*(\*\*|__|\*|_|`)(.+)\1\s*$", r"\2", text)
