"""Lines that are drawn for the width there is, such as a plot."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from screens.record.lines import TONES, Drawn, Extra, Toned
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
        if tone in ("strong", "heading"):
            return Style(bold=True)
        return Style.parse(self.app.theme_variables.get(TONES.get(tone, ""), "") or "")


def _pieces(line: Drawn) -> Sequence[Toned]:
    if line and isinstance(line[0], str):
        return (line,)
    return line
