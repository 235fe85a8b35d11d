"""A page with the whole of a text of which another page shows the beginning."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from screens.widgets.key_line import KeyLine
from screens.widgets.pages import FullPage, Scrolled


class TextPage(FullPage):
    """Shows a text in full, wrapped, below what it is."""

    CSS_PATH = "text_page.tcss"
    BINDINGS = [Binding("escape,q", "dismiss(None)", "Back", id="text.back")]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._entitled, self._text = title, text

    def compose(self) -> ComposeResult:
        """Give the title, the text and the keys."""
        yield Static(Content(self._entitled), id="head")
        with Scrolled():
            yield Static(Content(self._text))
        yield KeyLine()

    def on_mount(self) -> None:
        """Let keys scroll the text."""
        self.query_one(Scrolled).focus()
