"""A table of records of any length: it holds a key for each row, asks for what it shows, and draws lines."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.lists.columns import Column, Row
from screens.lists.row_cache import RowCache, Token
from screens.lists.row_lines import WAITING, RowLines
from screens.widgets.pages import hidden

AHEAD = 160  # rows that must be there before the cursor comes near them
TONES = ("green", "amber", "red", "late", "muted")


class RecordTable(ScrollView, can_focus=True):
    """Shows rows by key; posts ``Wanted`` for rows it has not got, ``Opened`` and ``Sorted`` for what people do.

    ``empty`` is said when there are no rows; a ``quiet`` table shows its cursor only while it has the keys.
    """

    COMPONENT_CLASSES = {
        "table--head",
        "table--stripe",
        "table--cursor",
        "table--waiting",
        *(f"table--{tone}" for tone in TONES),
    }
    BINDINGS = [
        hidden("up,k", "move(-1)", "Up a row", "list.up"),
        hidden("down,j", "move(1)", "Down a row", "list.down"),
        hidden("pageup,ctrl+b", "page(-1)", "Up a page", "list.page_up"),
        hidden("pagedown,ctrl+d", "page(1)", "Down a page", "list.page_down"),
        hidden("home,g", "edge(0)", "To the first row", "list.first"),
        hidden("end,G", "edge(1)", "To the last row", "list.last"),
        hidden("enter", "open", "Open the record", "list.open"),
    ]
    cursor = reactive(0, repaint=False)

    @dataclass
    class Wanted(Message):
        """Rows that the table has to show and has not got; ``token`` goes back with them to ``fill``."""

        table: "RecordTable"
        keys: "array[int]"
        token: Token

    @dataclass
    class Opened(Message):
        """A person wants to see the record of a row."""

        row: Row

    @dataclass
    class Sorted(Message):
        """A person clicked a heading; ``name`` is the field of the column."""

        name: str

    @dataclass
    class Edge(Message):
        """The cursor was to leave the table, up (-1) or down (1)."""

        table: "RecordTable"
        step: int

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        quiet: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.empty = empty
        self.quiet = quiet
        self.sort: tuple[str, bool] | None = None
        self._awaits = False  # whether a row on the screen has not come yet
        self._rows = RowCache()
        self._lines = RowLines(columns)

    def show(self, keys: "array[int]", rows: dict[int, Row], at: int = 0) -> None:
        """Show these rows from now on, with the cursor on row ``at``, as far down the window as it was."""
        line = self.cursor - self.scroll_offset.y
        self._rows.renew(keys, rows)
        self._lines.forget()
        self._lines.give_room(rows.values(), anew=True)
        self.virtual_size = Size(0, len(keys) + 1)
        self.set_reactive(RecordTable.cursor, max(0, min(at, len(keys) - 1)))
        self.scroll_to(y=max(0, self.cursor - max(0, line)), animate=False)
        self._follow()
        self.refresh()

    def fill(self, rows: dict[int, Row], token: Token) -> None:
        """Take the rows that were wanted; those of an earlier list are left."""
        if self._rows.arrived(rows, token) and (self._lines.give_room(rows.values()) or self._awaits):
            self._awaits = False
            self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor, when it is there and known."""
        return self._rows.row(self.cursor) if self._rows.keys else None

    def _want(self, number: int) -> None:
        missing = self._rows.missing(number)
        if missing is not None:
            self.post_message(self.Wanted(self, *missing))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region; what all of them need is worked out once."""
        self._base = self.rich_style
        self._lines.set_width(self.scrollable_content_region.width)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return one line of the window: the headings first, then rows."""
        style = self.get_component_rich_style
        number = y - 1 + self.scroll_offset.y
        if y == 0:
            return self._lines.heading(style("table--head"), self.sort)
        if number < len(self._rows):
            return self._row_line(number)
        if y == 1 and self.empty and self._rows.loaded and not len(self._rows):
            return self._lines.plain(self.empty, style("table--waiting"))
        return Strip.blank(self._lines.width, self._base)

    def _row_line(self, number: int) -> Strip:
        style = self.get_component_rich_style
        chosen = number == self.cursor and (self.has_focus or not self.quiet)
        row = self._rows.row(number)
        if row is None:
            self._want(number)
            self._awaits = True
            return self._lines.plain(WAITING, style("table--cursor" if chosen else "table--waiting"))
        odd = number & 1
        key = (self._rows.keys[number], chosen, odd, chosen and self.has_focus)
        if chosen:
            return self._lines.row(key, row, style("table--cursor"), None)
        return self._lines.row(key, row, style("table--stripe") if odd else self._base, partial(_tone, self))

    def notify_style_update(self) -> None:
        """Forget the lines that were drawn in other colours."""
        self._lines.forget()
        super().notify_style_update()

    def validate_cursor(self, value: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(value, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows that change, and scroll when the cursor would leave the window."""
        self._follow()
        for number in (old, new):
            self.refresh(Region(0, number + 1 - self.scroll_offset.y, self.size.width, 1))

    def _follow(self) -> None:
        top = self.scroll_offset.y
        lines = self.scrollable_content_region.height - 1
        if lines > 0 and self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif lines > 0 and self.cursor >= top + lines:
            self.scroll_to(y=self.cursor - lines + 1, animate=False)
        for number in (self.cursor, self.cursor - AHEAD, self.cursor + AHEAD):
            self._want(number)
        self.place_terminal_cursor()

    def place_terminal_cursor(self) -> None:
        """Put the terminal's own cursor on the chosen row: screen readers and magnifiers follow it."""
        if self.has_focus:
            line = max(0, self.cursor + 1 - self.scroll_offset.y)
            self.app.cursor_position = self.content_region.offset + Offset(0, line)

    def on_focus(self) -> None:
        """Mark the cursor as the one that keys move."""
        self.place_terminal_cursor()

    def on_resize(self) -> None:
        """Keep the cursor in the window."""
        self._follow()

    def action_move(self, step: int) -> None:
        """Move the cursor by some rows."""
        if not 0 <= self.cursor + step < len(self._rows):
            self.post_message(self.Edge(self, step))
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Move the cursor by a window."""
        self.cursor += step * max(1, self.scrollable_content_region.height - 2)

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = len(self._rows) - 1 if last else 0

    def action_open(self) -> None:
        """Ask for the record under the cursor to be shown."""
        if self.row is not None:
            self.post_message(self.Opened(self.row))

    def on_click(self, event: events.Click) -> None:
        """Move to the row, open it on a second click; sort by the column of a heading."""
        number = event.y - 1 + self.scroll_offset.y
        if event.y == 0:
            column = self._lines.column_at(event.x)
            if column is not None:
                self.post_message(self.Sorted(column.name))
        elif number < len(self._rows):
            self.cursor = number
            if event.chain == 2:
                self.action_open()


def _tone(table: RecordTable, tone: str) -> Style:
    return table.get_component_rich_style(f"table--{tone}", partial=True)
