"""Writing a note on the record whose page is open."""

from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.dom import DOMNode
from textual.widgets import Static, TextArea

from screens.dialogs import Confirm
from screens.widgets.pages import Above
from screens.work import Done, Programme, write
from tracker.services.records.notes import add_note
from tracker.text import clean

HEIGHT = 10


class NoteDialog(Above[str | None]):
    """Takes a note of any length; gives its text, or None."""

    CSS_PATH = "../dialogs.tcss"
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", id="note.save", priority=True),
        Binding("escape", "cancel", "Cancel", id="note.cancel"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self.question = f"Note on {name} (ctrl+s saves, esc leaves)"

    def compose(self) -> ComposeResult:
        """Give the question, the editor and a line for what is wrong."""
        with Vertical(classes="dialog"):
            yield Static(Content(self.question), classes="question")
            area = TextArea(compact=True, highlight_cursor_line=False)
            area.styles.height = HEIGHT
            yield area
            yield Static(classes="wrong")

    def action_cancel(self) -> None:
        """Leave; ask first when something was written."""
        if self.query_one(TextArea).text.strip():
            self.app.push_screen(Confirm("Leave the note? What you wrote is lost.", "Leave", "Go on"), self._cancel)
        else:
            self.dismiss(None)

    def _cancel(self, answer: str | None) -> None:
        if answer is not None:
            self.dismiss(None)

    def action_save(self) -> None:
        """Give the text, if there is one."""
        text = clean(self.query_one(TextArea).text, lines=True).text
        if text.strip():
            self.dismiss(text)
        else:
            self.say(".wrong", "✗ Write what the note is to say.")


def attach_note(kind: str, uid: str, text: str, programme: Programme) -> Done:
    """Attach a note to a record; for worker threads. Raises TrackerError."""
    saved = add_note(programme.store(), kind, uid, text, programme.acting())
    return Done(f"{saved.ref} noted. Press u to undo.", saved.tx)


def ask_for_note(page: DOMNode, kind: str, uid: str, name: str) -> None:
    """Let somebody write a note on the record of a page, and attach it."""

    def attach(text: str | None) -> None:
        if text is not None:
            write(page, partial(attach_note, kind, uid, text))

    page.app.push_screen(NoteDialog(name), attach)
