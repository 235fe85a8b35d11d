"""Lines that are drawn for the width there is, such as a plot."""

from collections.abc import Mapping

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from screens.record.extra import Drawn, Extra, Toned
from screens.record.page_lines import TONES
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
        return self._drawn(width).get_height({}, width)

    def render(self) -> Content:
        """Give the lines in the colours of the theme."""
        return self._drawn(self.content_size.width)

    def _drawn(self, width: int) -> Content:
        colours = self.app.theme_variables
        lines = [_pieces(line) for line in self.extra.draw(max(width, LEAST))]
        return Content("\n").join(
            Content("").join(Content.styled(plain(text), _style(tone, colours)) for text, tone in pieces)
            for pieces in lines
        )


def _pieces(line: Drawn) -> tuple[Toned, ...]:
    return (line,) if line and isinstance(line[0], str) else line


def _style(tone: str, colours: Mapping[str, str]) -> Style:
    if tone in ("strong", "heading"):
        return Style(bold=True)
    return Style.parse(colours.get(TONES.get(tone, ""), "") or "")
