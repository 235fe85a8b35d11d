"""Data to standard output, words to standard error; tables fit the terminal and are plain when piped."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from tracker.entities import Entity
from tracker.rules.reading import show
from tracker.text import plain

GAP = "  "
LEAST_WIDTH = 10
LEAST_WORDS = 26


def words(text: str) -> None:
    """Write a sentence for a person to standard error."""
    sys.stderr.write(_safe(text, sys.stderr) + "\n")


def data(text: str) -> None:
    """Write data to standard output."""
    sys.stdout.write(_safe(text, sys.stdout) + "\n")


def _safe(text: str, stream: Any) -> str:
    text = plain(text)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def cell_width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(c) or c in "\u200c\u200d\ufe0f" else 2 if east_asian_width(c) in "WF" else 1 for c in text
    )


def fit(text: str, width: int) -> str:
    """Return a text cut (with an ellipsis) or filled to a width in columns."""
    size = cell_width(text)
    if size > width:
        kept, size = "", 0
        for char in text:
            wide = cell_width(char)
            if size + wide > width - 1:
                break
            kept, size = kept + char, size + wide
        text, size = kept + "…", size + 1
    return text + " " * (width - size)


def terminal_width() -> int | None:
    """Return the width of the terminal, or None when the output goes elsewhere."""
    if not sys.stdout.isatty():
        return None
    try:
        return int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 80


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[int] = (1,)) -> None:
    """Print a table: aligned to the terminal, or with tabs and whole texts when piped.

    ``wide`` names the columns (by number) that give way first when there is too little room.
    """
    width = terminal_width()
    if width is None:
        for row in (headers, *rows):
            cells = (_safe(cell.replace("\n", " ").replace("\t", " "), sys.stdout) for cell in row)
            sys.stdout.write("\t".join(cells) + "\n")
        return
    lines = [[cell.replace("\n", " ") for cell in row] for row in rows]
    widths = column_widths([list(headers), *lines], width, wide)
    left_out = list(headers)[len(widths) :]
    bold = "NO_COLOR" not in os.environ
    head = GAP.join(fit(cell, size) for cell, size in zip(headers, widths, strict=False)).rstrip()
    sys.stdout.write(f"\x1b[1m{head}\x1b[0m\n" if bold else head + "\n")
    for row in lines:
        data(GAP.join(fit(cell, size) for cell, size in zip(row, widths, strict=False)).rstrip())
    if left_out and rows:
        words(f"(No room for {', '.join(left_out)}: widen the terminal, or choose with --columns.)")


def column_widths(lines: Sequence[Sequence[str]], room: int, wide: Sequence[int]) -> list[int]:
    """Return how wide each column may be; columns that find no room at the right are left out.

    Columns named in ``wide`` hold the words people look for: they keep LEAST_WORDS, the others LEAST_WIDTH.
    """
    natural = [max(cell_width(line[n]) for line in lines) for n in range(len(lines[0]))]
    least = [min(size, LEAST_WORDS if n in wide else LEAST_WIDTH) for n, size in enumerate(natural)]
    least[0] = natural[0]
    while len(least) > 2 and sum(least) + len(GAP) * (len(least) - 1) > room:
        least.pop()
    widths = natural[: len(least)]
    while sum(widths) + len(GAP) * (len(widths) - 1) > room:
        spare = [size - low for size, low in zip(widths, least, strict=True)]
        if max(spare) <= 0:
            break
        widths[spare.index(max(spare))] -= 1
    return widths


def as_json(value: Any) -> None:
    """Print a value as JSON, in the documented form."""
    from json import dumps

    sys.stdout.write(dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def as_csv(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as CSV (RFC 4180); no cell is taken for a formula by a spreadsheet."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    for row in (headers, *rows):
        writer.writerow([guarded(cell) for cell in row])


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text: one that could be a formula gets an apostrophe."""
    if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not cell[1:].replace(".", "").isdigit()):
        return "'" + cell
    return cell


def json_value(value: Any) -> Any:
    """Return a value of a record as JSON has it: references as an object of ref, name and uid."""
    if hasattr(value, "ref") and hasattr(value, "uid"):
        return {"ref": value.ref, "name": value.name, "uid": value.uid}
    if isinstance(value, tuple):
        return list(value)
    return value


def shown(kind: type[Entity], name: str, value: Any) -> str:
    """Return a value of a list as people read it; stamps and refs are shown as they are."""
    field = kind.fields().get(name)
    if field is None:
        return "" if value is None else str(getattr(value, "name", value))
    return show(field, value)
