"""What every key does here, made from the bindings that are active."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.widgets.pages import Above

KEY_WIDTH = 16
GROUPS = {
    "record": "Records",
    "list": "The list",
    "area": "Areas",
    "page": "This page",
    "": "Everywhere",
}


class Help(Above[None]):
    """A page of keys, by what they are about."""

    BINDINGS = [
        Binding("escape,q,question_mark,f1", "dismiss(None)", "Back", show=False, id="dialog.back"),
    ]

    def __init__(self, bindings: Mapping[str, ActiveBinding]) -> None:
        super().__init__()
        self._active = bindings

    def compose(self) -> ComposeResult:
        """Give the page."""
        page = Content("").join(self._page())
        with VerticalScroll(classes="dialog"):
            yield Static(Content("Keys  (Esc goes back)"), classes="dialog-heading")
            yield Static(page)

    def on_mount(self) -> None:
        """Let keys scroll the page."""
        self.query_one(VerticalScroll).focus()

    def _page(self) -> list[Content]:
        keys: dict[str, list[str]] = {}
        first: dict[str, Binding] = {}
        for active in self._active.values():
            binding = active.binding
            name = binding.id or binding.action
            if binding.description and not binding.system:
                first.setdefault(name, binding)
                keys.setdefault(name, []).append(self.app.get_key_display(Binding(binding.key, "")))
        parts: list[Content] = []
        for group, heading in GROUPS.items():
            names = [name for name in first if _group(name) == group]
            if names:
                parts.append(Content(f"{heading}\n").stylize("bold"))
                parts += [_line(" ".join(keys[name]), first[name].description) for name in names]
                parts.append(Content("\n"))
        return parts


def _group(name: str) -> str:
    """Return the group of a binding's name; what no group is made for belongs to the page that is open."""
    group, dot, _ = name.partition(".")
    if not dot or group in ("app", "screen"):
        return ""
    return group if group in GROUPS else "page"


def _line(keys: str, does: str) -> Content:
    return Content.assemble((keys.ljust(KEY_WIDTH), "bold"), Content(f" {does}\n"))
