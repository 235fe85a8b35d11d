"""The columns of a table: how wide each may be, and how they share a line."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

GAP = 2


class Column(NamedTuple):
    """A column: the field it shows, its heading, its least and its greatest width in cells.

    ``share`` above 0 lets it take what room is left, in that proportion, up to ``most``.
    ``keep`` columns stay on the narrowest screen; the others go, the last first.
    """

    name: str
    label: str
    least: int
    most: int
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
    shown = list(range(len(columns)))

    def needed() -> int:
        return sum(columns[n].least for n in shown) + GAP * max(0, len(shown) - 1)

    while needed() > width:
        loose = [n for n in shown if not columns[n].keep]
        if not loose:
            break
        shown.remove(loose[-1])
    widths = {n: columns[n].least for n in shown}
    spare = width - needed()
    while spare > 0:
        open_ = [n for n in shown if columns[n].share and widths[n] < columns[n].most]
        if not open_:
            break
        total = sum(columns[n].share for n in open_)
        for n in open_:
            given = min(max(1, spare * columns[n].share // total), columns[n].most - widths[n], spare)
            widths[n] += given
        spare = width - sum(widths.values()) - GAP * max(0, len(shown) - 1)
    if spare < 0 and shown:
        widest = max(shown, key=lambda n: widths[n])
        widths[widest] = max(1, widths[widest] + spare)
    return [(n, widths[n]) for n in shown]


def cut(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly so many cells: padded, or cut with an ellipsis; wide characters stay whole."""
    length = len(text) if text.isascii() else cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width > 0 else ""
    padding = " " * (width - length)
    return padding + text if right else text + padding
