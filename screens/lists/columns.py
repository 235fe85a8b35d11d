"""The columns of a table: how wide each may be, and how they share a line."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

GAP = 2
ARROW = 2  # cells that the sign of the order takes


class Column(NamedTuple):
    """A column: the field it shows, its heading, its least and its greatest width in cells.

    ``share`` above 0 lets it take what room is left, in that proportion, up to ``greatest``.
    ``keep`` columns stay on the narrowest screen; the others go, the last first.
    """

    name: str
    label: str
    least: int
    greatest: int
    right: bool = False
    share: int = 0
    keep: bool = False


class Row(NamedTuple):
    """A record in a table: its kind and uid, the text of each cell, and the tone of each (empty: plain)."""

    kind: str
    uid: str
    cells: tuple[str, ...]
    tones: tuple[str, ...]


def fit(columns: Sequence[Column], width: int) -> list[tuple[int, int]]:
    """Return the index and width of each column that is shown on a line of so many cells, in order."""
    fitting = list(range(len(columns)))

    def gaps() -> int:
        return GAP * max(0, len(fitting) - 1)

    def least() -> int:
        return sum(columns[n].least for n in fitting) + gaps()

    while least() > width:
        loose = [n for n in fitting if not columns[n].keep]
        if not loose:
            break
        fitting.remove(loose[-1])
    widths = {n: columns[n].least for n in fitting}
    spare = width - least()
    while spare > 0:
        growing = [n for n in fitting if columns[n].share and widths[n] < columns[n].greatest]
        if not growing:
            break
        total = sum(columns[n].share for n in growing)
        for n in growing:
            widths[n] += min(max(1, spare * columns[n].share // total), columns[n].greatest - widths[n], spare)
        spare = width - sum(widths.values()) - gaps()
    if spare < 0 and fitting:
        widest = max(fitting, key=widths.__getitem__)
        widths[widest] = max(1, widths[widest] + spare)
    return [(n, widths[n]) for n in fitting]


def cut(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly so many cells: padded, or cut with an ellipsis; wide characters stay whole."""
    length = len(text) if text.isascii() else cell_len(text)
    if width < 1 and length > width:
        return ""
    if length > width:
        return set_cell_size(text, width - 1) + "…"
    padding = " " * (width - length)
    return padding + text if right else text + padding
