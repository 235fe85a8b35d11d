"""The list of areas: a column beside the records on a wide screen, a line above them on a narrow one."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.shell.areas import Area, areas
from screens.work import programme_of, read
from tracker.services.settings import in_use


class AreaBar(Widget):
    """Shows each area with its key, and which one is open; a click opens another."""

    COMPONENT_CLASSES = {"areas--key", "areas--chosen"}
    current = reactive("")

    @dataclass
    class Chosen(Message):
        """A person clicked an area."""

        area: str

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.areas: Sequence[Area] = areas()

    def on_mount(self) -> None:
        """Ask for the registers on request."""
        self.reload()

    def reload(self) -> None:
        """Ask which of the registers on request are in use, and show these, and the open one."""
        read(self, lambda programme: in_use(programme.store()), self._offer, "registers")

    def _offer(self, in_use: frozenset[str]) -> None:
        programme_of(self).in_use = in_use
        self.areas = areas(in_use | {self.current})
        self.refresh()

    def render(self) -> Content:
        """Return the column, or the part of the line that holds the open area."""
        if self.is_column:
            return Content("\n").join(self._item(area) for area in self._visible)
        visible = self._visible
        before = " " if visible[:1] == self.areas[:1] else "‹"
        after = "" if visible[-1:] == self.areas[-1:] else "›"
        return Content.assemble(before, Content("").join(map(self._item, visible)), after)

    @property
    def is_column(self) -> bool:
        """Whether the areas stand one under another."""
        return self.size.height > 1

    def _item(self, area: Area) -> Content:
        key = Content(f" {area.key or ' '} ")
        blanks = 1
        if self.is_column:
            blanks = max(0, self.size.width - len(area.label) - 3)
        label = Content(area.label + " " * blanks)
        if area.id == self.current:
            return Content.assemble(key, label).stylize(self.get_visual_style("areas--chosen"))
        return Content.assemble(key.stylize(self.get_visual_style("areas--key", partial=True)), label)

    @property
    def _visible(self) -> Sequence[Area]:
        """The areas for which there is room, the open one among them."""
        current = next((n for n, area in enumerate(self.areas) if area.id == self.current), 0)
        if self.is_column:
            height = self.size.height
            top = max(0, min(current - height // 2, len(self.areas) - height))
            return self.areas[top : top + height]
        return self._around(current, self.size.width - 2)

    def _around(self, current: int, room: int) -> Sequence[Area]:
        """Return the areas on both sides of one that fit into so many cells."""
        first = last = current
        room -= sum(_cells(area) for area in self.areas[current : current + 1])
        grown = True
        while grown:
            grown = False
            for n in (last + 1, first - 1):
                if 0 <= n < len(self.areas) and _cells(self.areas[n]) <= room:
                    room -= _cells(self.areas[n])
                    first, last, grown = min(first, n), max(last, n), True
        return self.areas[first : last + 1]

    def on_click(self, event: events.Click) -> None:
        """Open the area that was clicked."""
        end = 1
        for row, area in enumerate(self._visible):
            start, end = end, end + _cells(area)
            if row == event.y if self.is_column else start <= event.x < end:
                self.post_message(self.Chosen(area.id))
                return


def _cells(area: Area) -> int:
    return len(area.label) + 4
