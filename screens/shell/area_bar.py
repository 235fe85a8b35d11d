"""The list of areas: a column beside the records on a wide screen, a line above them on a narrow one."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.shell.areas import Area


class AreaBar(Widget):
    """Shows each area with its key, and which one is open; a click opens another."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"areas--key", "areas--chosen"}
    current = reactive("")

    class Chosen(Message):
        """A person clicked an area."""

        def __init__(self, area: str) -> None:
            self.area = area
            super().__init__()

    def __init__(self, areas: Sequence[Area], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._areas = areas

    def render(self) -> Content:
        """Return the column, or the part of the line that holds the open area."""
        if self.size.height > 1:
            top = self._top()
            lines = [self._item(area) for area in self._areas[top : top + self.size.height]]
            return Content("\n").join(lines)
        first, last = self._window()
        before, after = ("‹" if first else " "), ("›" if last < len(self._areas) else "")
        items = [self._item(area) for area in self._areas[first:last]]
        return Content.assemble(before, Content("").join(items), after)

    def _item(self, area: Area) -> Content:
        chosen = area.id == self.current
        key = Content(f" {area.key or ' '} ")
        if not chosen:
            key = key.stylize(self.get_visual_style("areas--key", partial=True))
        room = self.size.width - len(area.label) - 3 if self.size.height > 1 else 1
        item = Content.assemble(key, Content(area.label + " " * max(0, room)))
        return item.stylize(self.get_visual_style("areas--chosen")) if chosen else item

    def _top(self) -> int:
        """Return the first area of the column: all are shown, or those around the open one."""
        at = next((n for n, area in enumerate(self._areas) if area.id == self.current), 0)
        height = self.size.height
        return max(0, min(at - height // 2, len(self._areas) - height))

    def _window(self) -> tuple[int, int]:
        """Return the first area of the line and the one after the last, the open one among them."""
        room = self.size.width - 2
        at = next((n for n, area in enumerate(self._areas) if area.id == self.current), 0)
        first = last = at
        used = _cells(self._areas[at]) if self._areas else 0
        while True:
            grown = False
            for n in (last + 1, first - 1):
                if 0 <= n < len(self._areas) and used + _cells(self._areas[n]) <= room:
                    used += _cells(self._areas[n])
                    first, last, grown = min(first, n), max(last, n), True
            if not grown:
                return first, last + 1

    def on_click(self, event: events.Click) -> None:
        """Open the area that was clicked."""
        if self.size.height > 1:
            row = self._top() + event.y
            if row < len(self._areas):
                self.post_message(self.Chosen(self._areas[row].id))
            return
        first, last = self._window()
        at = 1
        for area in self._areas[first:last]:
            if at <= event.x < at + _cells(area):
                self.post_message(self.Chosen(area.id))
                return
            at += _cells(area)


def _cells(area: Area) -> int:
    return len(area.label) + 4
