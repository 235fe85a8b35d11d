"""A page over the whole terminal, and a pane of text in it that scrolls with the same keys wherever it is."""

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen


class FullPage(ModalScreen[None]):
    """A page above the main screen; since it is modal, the keys of the application must be given to it again."""

    BINDINGS = [
        Binding("question_mark,f1", "app.keys", "Help", key_display="?", show=False, id="help"),
    ]


class Scrolled(VerticalScroll, inherit_bindings=False):
    """A pane that scrolls by line, page and end; without animation, which costs an ssh line dear."""

    BINDINGS = [
        Binding(keys, f"scroll('{way}')", way.replace("_", " ").capitalize(), show=False, id=f"page.{way}")
        for keys, way in (
            ("j,down", "down"),
            ("k,up", "up"),
            ("pagedown,space", "page_down"),
            ("pageup", "page_up"),
            ("home,g", "home"),
            ("end,G", "end"),
        )
    ]

    def action_scroll(self, way: str) -> None:
        """Scroll the pane."""
        getattr(self, f"scroll_{way}")(animate=False)
