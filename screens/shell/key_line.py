"""The bottom line: the keys that do most here; a click presses the key."""

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

LAST = ("Help", "Quit")  # on the right, wherever they are declared


class KeyLine(Widget):
    """Shows the bindings of the focused widget and its screen that ask to be shown, as many as fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key"}

    def on_mount(self) -> None:
        """Follow what the keys do."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        if self.is_attached:
            self.refresh()

    def _keys(self) -> list[tuple[str, str, str]]:
        """Return key, how it is written, and what it does, for each that fits; each action once."""
        shown: dict[str, tuple[str, str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled:
                written = binding.key_display or self.app.get_key_display(binding)
                before = shown.get(binding.action)
                if before is None or len(written) < len(before[1]):
                    shown[binding.action] = (binding.key, written, binding.description)
        fitting, used = [], 0
        for item in sorted(shown.values(), key=lambda item: LAST.index(item[2]) if item[2] in LAST else -1):
            used += _cells(item)
            if used > self.size.width:
                break
            fitting.append(item)
        return fitting

    def render(self) -> Content:
        """Return the line."""
        marked = self.get_visual_style("keys--key", partial=True)
        parts: list[Content] = []
        for _, written, description in self._keys():
            parts += [Content(f" {written} ").stylize(marked), Content(f"{description}  ")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        at = 0
        for item in self._keys():
            if at <= event.x < at + _cells(item):
                self.app.simulate_key(item[0])
                return
            at += _cells(item)


def _cells(item: tuple[str, str, str]) -> int:
    return len(item[1]) + len(item[2]) + 4
