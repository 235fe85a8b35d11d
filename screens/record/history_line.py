"""The line on the page of a record that takes which part of its history is wanted."""

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from screens.widgets.one_line import OneLine
from screens.work import Failed, Programme, read
from tracker.services.records.journal import Wanted
from tracker.services.typed.history_parts import part_wanted

HINT = "since=1 Nov who=me field=due · Enter shows, Esc shows all"


class HistoryLine(Vertical):
    """Takes parts such as ``who=me since=1 Nov``; ``scope`` is what was read of them, all while nothing was."""

    DEFAULT_CSS = """
    HistoryLine { display: none; height: auto; }
    HistoryLine .wrong { height: auto; padding: 0 1; color: $text-error; }
    """
    BINDINGS = [Binding("escape", "clear", "All of it", key_display="Esc", id="history.clear")]

    class Narrowed(Message):
        """Another part of the history is wanted."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.scope = Wanted()
        self._line = OneLine(placeholder=HINT, compact=True)
        self._wrong = Static(classes="wrong")

    def compose(self) -> ComposeResult:
        """Give the line, and room for what is wrong with it."""
        yield self._line
        yield self._wrong

    def open(self) -> None:
        """Let somebody type."""
        self.display = True
        self._line.focus()

    @on(Input.Submitted)
    def _read(self, event: Input.Submitted) -> None:
        event.stop()
        read(self, partial(_wanted, self.kind, event.value), self._narrow, "narrow", keys_wait=True)

    def _narrow(self, scope: Wanted) -> None:
        self.scope = scope
        self._wrong.update("")
        self.display = scope != Wanted()
        self.post_message(self.Narrowed())

    def action_clear(self) -> None:
        """Want all of it again."""
        self._line.value = ""
        self._narrow(Wanted())

    def on_failed(self, message: Failed) -> None:
        """Say below the line why it asks for nothing."""
        message.stop()
        self._wrong.update(Content(f"✗ {message.sentence}"))


def _wanted(kind: str, text: str, programme: Programme) -> Wanted:
    return part_wanted(programme.today, programme.store(), kind, text)
