"""Lines of a page in two columns: labels, and what belongs to them; a line may lead to a record."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Static

from screens.colours import emphasis
from screens.record.lines import TONES, Line


class TwoColumns(Static):
    """Labels at the left, texts at the right, wrapped in their own column, in the colours of the theme."""

    def grid(self, width: int, rows: Sequence[tuple[Text, Text]]) -> Table:
        """Return the two columns, the left one so many cells wide."""
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=width)
        grid.add_column(ratio=1)
        for label, text in rows:
            grid.add_row(label, text)
        return grid

    def colour(self, tone: str) -> str:
        """Return the colour of a tone: on the cursor one that is sure to be read, since marks and words say it too."""
        name = "chosen-text" if self.has_focus else TONES.get(tone, "")
        colour = self.app.theme_variables.get(name, "")
        if emphasis(self.app, tone):
            return f"bold {self.app.theme_variables['foreground']}"
        return colour


class PageLines(TwoColumns):
    """Lines of a page."""

    def __init__(self, lines: Sequence[Line], width: int) -> None:
        super().__init__(classes="lines")
        self.lines = lines
        self.width = width

    def render(self) -> Table:
        """Give the two columns."""
        muted = self.colour("muted")
        rows = [(Text(line.label, style=muted), Text(line.text, style=self.colour(line.tone))) for line in self.lines]
        return self.grid(self.width, rows)


class LeadingLine(PageLines, can_focus=True):
    """A line that leads to a record, or to the whole of a text: enter or a click opens it."""

    BINDINGS = [Binding("enter", "follow", "Open", id="page.follow")]

    @dataclass
    class Followed(Message):
        """Somebody wants to see what a line leads to."""

        line: Line

    def __init__(self, line: Line, width: int) -> None:
        super().__init__([line], width)
        self.add_class("-leads")

    def action_follow(self) -> None:
        """Open what the line leads to."""
        self.post_message(self.Followed(self.lines[0]))

    def on_click(self) -> None:
        """Open what the line leads to."""
        self.action_follow()
