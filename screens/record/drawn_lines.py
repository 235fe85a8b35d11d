"""Lines that are drawn for the width there is, such as a plot; and a page of nothing else."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from screens.colours import emphasis
from screens.record.lines import TONES, Drawn, Extra, Toned
from screens.widgets.key_line import KeyLine
from screens.widgets.pages import FullPage, Scrolled
from screens.work import Failed
from tracker.text import plain

LEAST = 20


class DrawnLines(Widget):
    """Shows the lines of an extra as wide as the page is; it draws them anew when the width changes."""

    def __init__(self, extra: Extra, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes="lines")
        self.extra = extra

    def show(self, extra: Extra) -> None:
        """Show other lines instead."""
        self.extra = extra
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are at a width."""
        return self._content(width).get_height({}, width)

    def render(self) -> Content:
        """Give the lines in the colours of the theme."""
        return self._content(self.content_size.width)

    def _content(self, width: int) -> Content:
        return Content("\n").join(self._line(_pieces(line)) for line in self.extra.draw(max(width, LEAST)))

    def _line(self, pieces: Sequence[Toned]) -> Content:
        return Content("").join(Content.styled(plain(text), self._style(tone)) for text, tone in pieces)

    def _style(self, tone: str) -> Style:
        if tone in ("strong", "heading") or emphasis(self.app, tone):
            return Style(bold=True)
        return Style.parse(self.app.theme_variables.get(TONES.get(tone, ""), "") or "")


def _pieces(line: Drawn) -> Sequence[Toned]:
    if line and isinstance(line[0], str):
        return (line,)
    return line


class DrawnPage(FullPage):
    """A page of lines that take a moment to work out."""

    WAITING: str  # what is said meanwhile

    def compose(self) -> ComposeResult:
        """Give room for the lines."""
        with Scrolled():
            yield Static(Content(self.WAITING), id="waiting")
        yield KeyLine()

    def on_mount(self) -> None:
        """Let keys scroll the lines."""
        self.query_one(Scrolled).focus()

    def read_again(self) -> None:
        """Work the lines out, of the day that is shown."""
        raise NotImplementedError

    async def show(self, draw: Callable[[int], Sequence[Drawn]]) -> None:
        """Show the lines that ``draw`` gives for a width, from the first."""
        lines = self.query_one(Scrolled)
        await lines.remove_children()
        await lines.mount(DrawnLines(Extra("", draw)))
        lines.scroll_home(animate=False)

    def on_failed(self, message: Failed) -> None:
        """Say why there is nothing to show."""
        for waiting in self.query("#waiting").results(Static):
            waiting.update(Content(message.sentence))
