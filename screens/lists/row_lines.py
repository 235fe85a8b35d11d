"""The lines of a table as strips: headings, rows and the waiting sign, in the styles of a frame."""

from collections.abc import Callable, Collection, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from screens.lists.columns import ARROW, GAP, Column, Row, cut, fit

WAITING = "…"
WIDEST = 24  # cells of a column that does not share, where it was not made wider: a list of words
Key = tuple[object, ...]


class RowLines:
    """Draws lines of one width; finished ones stay until the width, the styles or the rows change."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self.width = -1
        self._fitted: list[tuple[int, int]] = []
        self._strips: LRUCache[Key, Strip] = LRUCache(1024)

    def forget(self) -> None:
        """Draw every line anew."""
        self._strips.clear()

    def give_room(self, rows: Collection[Row], *, anew: bool = False) -> bool:
        """Let the columns that do not share hold what these rows have in them; ``anew``: that, and no more.

        Returns whether lines are to be drawn anew.
        """
        fitted = tuple(_snug(column, [row.cells[n] for row in rows], anew) for n, column in enumerate(self.columns))
        changes = fitted != self.columns
        if changes:
            self.columns = fitted
            self.width = -1
        return changes

    def set_width(self, width: int) -> None:
        """Share a line of so many cells among the columns."""
        if width != self.width:
            self.width = width
            self._fitted = fit(self.columns, max(1, width - 2))
            self.forget()

    def row(self, key: Key, row: Row, style: Style, tone_style: Callable[[str], Style] | None) -> Strip:
        """Return the line of a row; ``tone_style`` gives the style of a tone (None: one style for the whole line)."""
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._line(row, style, tone_style)
        return strip

    def plain(self, text: str, style: Style) -> Strip:
        """Return a line of one text."""
        return Strip([Segment(" " + cut(text, self.width - 1), style)], self.width)

    def _line(self, row: Row, style: Style, tone_style: Callable[[str], Style] | None) -> Strip:
        segments = [Segment(" ", style)]
        for n, cells in self._fitted:
            if len(segments) > 1:
                segments.append(Segment(" " * GAP, style))
            cell_style = style
            if row.tones[n] and tone_style:
                cell_style += tone_style(row.tones[n])
            segments.append(Segment(cut(row.cells[n], cells, right=self.columns[n].right), cell_style))
        width = max(1, 1 - GAP + sum(cells + GAP for _, cells in self._fitted))
        return Strip(segments, width).crop_extend(0, self.width, style).simplify()

    def heading(self, style: Style, sort: tuple[str, bool] | None) -> Strip:
        """Return the line of headings, with an arrow on the column that sorts (True: descending)."""
        labels = []
        for n, cells in self._fitted:
            column = self.columns[n]
            label = column.label
            if sort and sort[0] == column.name:
                arrow = " ↓" if sort[1] else " ↑"
                label = cut(label, min(len(label), max(0, cells - len(arrow)))).rstrip() + arrow
            labels.append(cut(label, cells, right=column.right))
        return self.plain((" " * GAP).join(labels), style)

    def column_at(self, x: int) -> Column | None:
        """Return the column whose heading is at a cell of the line."""
        start = 1
        for n, cells in self._fitted:
            if start <= x < start + cells + GAP:
                return self.columns[n]
            start += cells + GAP
        return None


def _snug(column: Column, cells: Sequence[str], anew: bool) -> Column:
    """Return a column with the room that its cells need, unless it shares with others what room is left."""
    if column.share or not cells:
        return column
    label = len(column.label) + (ARROW if column.name != "ref" else 0)
    widest = min(max(map(cell_len, cells)), max(column.greatest, WIDEST))
    return column._replace(least=max(label, widest, 0 if anew else column.least))
