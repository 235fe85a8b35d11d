"""Tables in Markdown texts: a line of cells, a line of dashes, and the lines below."""

import re
from collections.abc import Iterator, Sequence

from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import Cell, Row, Sheet
from tracker.services.importing.files.delimited import decoded
from tracker.services.importing.files.opening import SourceFile

RULE = r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*"
HEADING = r"\s{0,3}#{1,6}\s+(?P<title>.*?)\s*#*\s*"
FENCE = r"\s{0,3}(```|~~~).*"


def sheets(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return each table of a text, named by the heading above it."""
    text, remarks = decoded(source, layout.encoding)
    lines = text.splitlines()
    return [
        Sheet(title or f"table {place}", rows, tuple(remarks)) for place, (title, rows) in enumerate(_tables(lines), 1)
    ]


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
