"""The bottom line: the keys that do most here; a click presses the key. Above it, the earlier day that is shown."""

from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from screens.earlier import changes_records, marked, shown_as
from screens.work import programme_of

ALWAYS = ("Save", "Back", "Help", "Quit")  # on the right, and there on the narrowest screen


class Key(NamedTuple):
    """A key, how it is written, and what it does."""

    key: str
    written: str
    description: str

    @property
    def cells(self) -> int:
        """How much room it takes."""
        return len(self.written) + len(self.description) + 3


class KeyLine(Widget):
    """Shows the bindings of the focused widget and its screen that ask to be shown, as many as fit."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $bar; color: $bar-text; }
    KeyLine > .keys--key { color: $accent; text-style: bold; }
    KeyLine > .keys--day { background: $chosen; color: $chosen-text; text-style: bold; }
    """
    COMPONENT_CLASSES = {"keys--key", "keys--day"}

    def on_mount(self) -> None:
        """Follow what the keys do, and which day is shown."""
        self.mark_day()
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        if self.is_attached:
            self.refresh()

    def mark_day(self) -> None:
        """Make room for the line that marks an earlier day, while there is one."""
        self.styles.height = 1 + (programme_of(self).earlier is not None)
        self.refresh(layout=True)

    def _keys(self) -> list[Key]:
        """Return the keys that fit; each action once, by the key that is named first."""
        keys: dict[str, Key] = {}
        past = programme_of(self).earlier is not None
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and not (past and changes_records(active.node, binding.action)):
                written = binding.key_display or self.app.get_key_display(binding)
                keys.setdefault(binding.action, Key(binding.key, written, binding.description))
        loose = [key for key in keys.values() if key.description not in ALWAYS]
        always = [key for description in ALWAYS for key in keys.values() if key.description == description]
        while loose and sum(key.cells for key in (*loose, *always)) > self.size.width:
            loose.pop()
        return [*loose, *always]

    def render(self) -> Content:
        """Return the line."""
        style = self.get_visual_style("keys--key", partial=True)
        parts: list[Content] = []
        shown = shown_as(programme_of(self))
        if shown:
            width = self.size.width
            line = f" {marked(shown, width - 1)}".ljust(width)[:width]
            parts.append(Content(line + "\n").stylize(self.get_visual_style("keys--day")))
        for key in self._keys():
            parts += [Content(f" {key.written} ").stylize(style), Content(f"{key.description} ")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        if event.y < self.size.height - 1:
            return
        start = 0
        for key in self._keys():
            if start <= event.x < start + key.cells:
                self.app.simulate_key(key.key)
                return
            start += key.cells
