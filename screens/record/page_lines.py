"""Lines of a page in two columns: labels, and what belongs to them; a line may lead to a record."""

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from screens.record.data import Line

TONES = {"green": "rating-green", "amber": "rating-amber", "red": "rating-red", "muted": "muted"}
TONES |= {"clear": "rating-green", "watch": "rating-amber", "warning": "rating-red"}


class PageLines(Static):
    """Labels at the left, texts at the right, wrapped in their own column."""

    def __init__(self, lines: Sequence[Line], width: int) -> None:
        super().__init__(classes="lines")
        self.lines = lines
        self.width = width

    def render(self) -> Table:
        """Give the two columns in the colours of the theme."""
        colours = self.app.theme_variables
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=self.width)
        grid.add_column(ratio=1)
        for line in self.lines:
            quiet, tone = colours.get("muted", ""), colours.get(TONES.get(line.tone, ""), "")
            if self.has_focus:  # one colour that is sure to be read on the cursor's; marks and words say the rest
                quiet = tone = colours.get("chosen-text", "")
            grid.add_row(Text(line.label, style=quiet), Text(line.text, style=tone))
        return grid


class LeadingLine(PageLines, can_focus=True):
    """A line that leads to a record: enter or a click opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "follow", "Open", id="page.follow")]

    class Followed(Message):
        """Somebody wants to see the record that a line leads to."""

        def __init__(self, kind: str, uid: str) -> None:
            super().__init__()
            self.kind = kind
            self.uid = uid

    def __init__(self, line: Line, width: int) -> None:
        super().__init__([line], width)
        self.add_class("-leads")

    def action_follow(self) -> None:
        """Open the record."""
        self.post_message(self.Followed(self.lines[0].kind, self.lines[0].uid))

    def on_click(self) -> None:
        """Open the record."""
        self.action_follow()
