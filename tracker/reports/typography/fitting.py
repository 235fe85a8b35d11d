"""How wide the columns of a table are drawn on a screen, so that its rows take few lines and no word is broken."""

from collections.abc import Sequence

from tracker.fields import RATING_MARKS
from tracker.text import columns

MARKS = frozenset(RATING_MARKS.values())
LEAST = 2  # columns of a screen
SAMPLE = 40  # rows that decide; the rest are of the same kind


def fitted(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the width of each column of cells, together ``room`` screen columns at most; none where words would break.

    Each column begins as wide as its widest cell and is narrowed where that makes the table longer by the fewest lines.
    """
    sample = rows[:SAMPLE]
    widths = [max(max(map(columns, cells)), LEAST) for cells in zip(*rows, strict=True)]
    if sum(widths) <= room:
        return widths
    words = [[_words(cell) for cell in cells] for cells in zip(*sample, strict=True)]
    heights = [_heights(cells, width) for cells, width in zip(words, widths, strict=True)]
    narrower = [_heights(cells, width - 1) for cells, width in zip(words, widths, strict=True)]
    least = [max((max(cell, default=0) for cell in cells), default=0) for cells in words]
    if sum(max(one, LEAST) for one in least) > room:
        return []
    while sum(widths) > room:
        at = min(
            (n for n, width in enumerate(widths) if width > max(least[n], LEAST)),
            key=lambda n: (_longer(heights, n, narrower[n]), -widths[n]),
        )
        widths[at] -= 1
        heights[at], narrower[at] = narrower[at], _heights(words[at], widths[at] - 1)
    return widths


def _longer(heights: Sequence[Sequence[int]], column: int, narrower: Sequence[int]) -> tuple[int, int]:
    """Return how many lines the rows take when a column is narrowed, and how many its own cells take."""
    rows = list(zip(*heights, strict=True))
    changed = [(*row[:column], new, *row[column + 1 :]) for row, new in zip(rows, narrower, strict=True)]
    return sum(map(max, changed)), sum(narrower)


def _words(cell: str) -> list[int]:
    """Return the widths of what stays together: each word, and a mark with the word that it belongs to."""
    found = [columns(word) for word in cell.split()]
    if len(found) > 1 and cell[0] in MARKS:
        found[:2] = [found[0] + 1 + found[1]]
    return found


def _heights(cells: Sequence[Sequence[int]], width: int) -> list[int]:
    """Return how many lines each cell takes, given the widths of its words."""
    return [_lines(cell, width) for cell in cells]


def _lines(words: Sequence[int], width: int) -> int:
    lines, used = 1, 0
    for word in words:
        if used and used + 1 + word > width:
            lines, used = lines + 1, word
        else:
            used += word + (1 if used else 0)
    return lines
