"""Tables that fit the terminal, and are plain lines with tabs where the output goes elsewhere."""

import os
import sys
from collections.abc import Sequence

from tracker.cli.shell.output import as_csv, as_json, data, safe, unguarded, words
from tracker.text import columns as text_columns
from tracker.widths import narrowed

GAP = "  "
SHORT = 16  # dates, numbers, refs and most choices: never cut while there is another way
LEAST_LONG = 12
LEAST_WORDS = 24
LEAST_HEADER = 8
FEWEST_WORDS = 10  # of the name of a record, where there is room for nothing else


def fit(text: str, width: int) -> str:
    """Return a text cut (with an ellipsis) or filled to a width in columns."""
    size = text_columns(text)
    if size <= width:
        return text + " " * (width - size)
    start = ""
    size = 1
    for char in text:
        size += text_columns(char)
        if size > width:
            size -= text_columns(char)
            break
        start += char
    return start + "…" + " " * (width - size)


def terminal_width() -> int | None:
    """Return the width of the terminal, or None when the output goes elsewhere."""
    if not sys.stdout.isatty():
        return None
    try:
        return int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def listing(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    json: bool = False,
    csv: bool = False,
    objects: object = (),
    wide: Sequence[int] = (1,),
) -> None:
    """Print a list as JSON (the objects), as CSV, or as a table for people."""
    if json:
        as_json(objects)
    elif csv:
        as_csv(headers, rows)
    else:
        table(headers, rows, wide)


def table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], wide: Sequence[int] = (1,), *, choosable: bool = False
) -> None:
    """Print a table: aligned to the terminal, or with tabs and whole texts when piped.

    ``wide`` names the columns (by number) that hold the words people look for; ``choosable``: ``--columns``
    can bring back those that find no room.
    """
    lines = [[cell if cell.isprintable() else " ".join(cell.split()) for cell in row] for row in rows]
    width = terminal_width()
    if width is None:
        for row in (headers, *lines):
            sys.stdout.write("\t".join(safe(cell, sys.stdout) for cell in row) + "\n")
        return
    widths = column_widths(headers, lines, width, wide)
    head = GAP.join(fit(cell, size) for cell, size in zip(headers, widths, strict=False)).rstrip()
    head = safe(head, sys.stdout)
    if not (os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"):
        head = f"\x1b[1m{head}\x1b[0m"
    unguarded(sys.stdout).write(head + "\n")
    for row in lines:
        data(GAP.join(fit(cell, size) for cell, size in zip(row, widths, strict=False)).rstrip())
    left_out = ", ".join(headers[len(widths) :])
    if left_out and rows:
        remedy = "widen the terminal, or choose with --columns" if choosable else "widen the terminal"
        words(f"(No room for {left_out}: {remedy}.)")


def column_widths(headers: Sequence[str], rows: Sequence[Sequence[str]], room: int, wide: Sequence[int]) -> list[int]:
    """Return how wide each column may be; columns that find no room at the right are left out.

    Short ones are kept whole; of the others, those named in ``wide`` keep LEAST_WORDS and the rest LEAST_LONG.
    """
    heads = [text_columns(header) for header in headers]
    bodies = [max((text_columns(row[n]) for row in rows), default=0) for n in range(len(headers))]
    natural = [max(pair) for pair in zip(heads, bodies, strict=True)]
    least = []
    for n, (head, body) in enumerate(zip(heads, bodies, strict=True)):
        low = LEAST_LONG
        if body <= SHORT or n == 0:
            low = body
        elif n in wide:
            low = LEAST_WORDS
        least.append(min(max(low, min(head, LEAST_HEADER)), natural[n]))
    while len(least) > 2 and (over := sum(least) + len(GAP) * (len(least) - 1) - room) > 0:
        last = len(least) - 1
        if last in wide and least[last] - over >= FEWEST_WORDS:  # what a record is called goes last of all
            least[last] -= over
        else:
            least.pop()
    free = room - len(GAP) * (len(least) - 1)
    return narrowed(natural[: len(least)], least, free, lambda n, widths: (least[n] - widths[n],))
