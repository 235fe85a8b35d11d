"""The lines of a table as strips: headings, rows and the waiting sign, in the styles of a frame."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from screens.lists.columns import GAP, Column, Row, cut, fit

WAITING = "…"
Key = tuple[object, ...]


class RowLines:
    """Draws lines of one width; finished ones are kept until the width, the styles or the rows change."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self.width = -1
        self._fitted: list[tuple[int, int]] = []
        self._kept: LRUCache[Key, Strip] = LRUCache(1024)

    def forget(self) -> None:
        """Draw every line anew."""
        self._kept.clear()

    def give_room(self, first: int) -> None:
        """Let the first column have at least so many cells."""
        if first > self.columns[0].least:
            self.columns = (self.columns[0]._replace(least=first, most=first), *self.columns[1:])
            self.width = -1

    def set_width(self, width: int) -> None:
        """Share a line of so many cells among the columns."""
        if width != self.width:
            self.width = width
            self._fitted = fit(self.columns, max(1, width - 2))
            self.forget()

    def kept(self, key: Key, row: Row, style: Style, toned: Callable[[str], Style] | None) -> Strip:
        """Return the line of a row; ``toned`` gives the style of a tone (None: one style for the whole line)."""
        strip = self._kept.get(key)
        if strip is None:
            strip = self._kept[key] = self._line(row, style, toned)
        return strip

    def plain(self, text: str, style: Style) -> Strip:
        """Return a line of one text."""
        return Strip([Segment(" " + cut(text, self.width - 1), style)], self.width)

    def _line(self, row: Row, style: Style, toned: Callable[[str], Style] | None) -> Strip:
        segments = [Segment(" ", style)]
        used = 1
        for n, cells in self._fitted:
            if used > 1:
                segments.append(Segment(" " * GAP, style))
                used += GAP
            tone = row.tones[n]
            text = cut(row.cells[n], cells, right=self.columns[n].right)
            segments.append(Segment(text, style + toned(tone) if tone and toned else style))
            used += cells
        return Strip(segments, used).crop_extend(0, self.width, style).simplify()

    def heading(self, style: Style, sort: tuple[str, bool] | None) -> Strip:
        """Return the line of headings, with an arrow on the column that sorts (True: descending)."""
        labels = []
        for n, cells in self._fitted:
            column = self.columns[n]
            label = column.label
            if sort and sort[0] == column.name:
                label = cut(label, min(len(label), max(0, cells - 2))).rstrip() + (" ↓" if sort[1] else " ↑")
            labels.append(cut(label, cells, right=column.right))
        return self.plain((" " * GAP).join(labels), style)

    def column_at(self, x: int) -> Column | None:
        """Return the column whose heading is at a cell of the line."""
        at = 1
        for n, cells in self._fitted:
            if at <= x < at + cells + GAP:
                return self.columns[n]
            at += cells + GAP
        return None
