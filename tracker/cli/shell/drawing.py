"""Drawn lines to standard output, with the colours of their tones on a terminal that wants them."""

import os
import sys
from collections.abc import Iterable

from tracker.cli.shell.output import safe, unguarded
from tracker.cli.shell.tables import terminal_width
from tracker.reports.lines.drawn import Drawn, text_of
from tracker.reports.lines.paper import page_lines
from tracker.reports.model import Block

WIDTH = 100  # where the output goes elsewhere than to a terminal
WIDEST = 120
WHOLE = 10_000  # where lines are not to be broken
COLOURS = {"heading": "1", "strong": "1", "green": "32", "amber": "33", "watch": "33", "red": "31", "warning": "31"}


def room() -> int:
    """Return how many columns a drawing may have."""
    return min(terminal_width() or WIDTH, WIDEST)


def print_page(blocks: Iterable[Block], width: int | None = None) -> None:
    """Print the blocks of a page; without a width as wide as the terminal, and in whole lines where there is none."""
    print_lines(page_lines(blocks, width or terminal_width() or WHOLE))


def print_lines(lines: Iterable[Drawn]) -> None:
    """Print drawn lines; the tones add colours only where there is a terminal that shows them."""
    terminal = unguarded(sys.stdout)
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for line in lines:
        if not coloured:
            sys.stdout.write(safe(text_of(line), sys.stdout) + "\n")
            continue
        for piece in line:
            code = COLOURS.get(piece.tone)
            text = safe(piece.text, sys.stdout)
            terminal.write(f"\x1b[{code}m{text}\x1b[0m" if code and text else text)
        terminal.write("\n")
