"""One line of a form: the label, the editor, and below it what is wrong or how it is read."""

from datetime import date
from textwrap import wrap

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from screens.form.editors import editor, focus_of, put, reading_of_date, text_of
from tracker.fields import Field

LABEL = 23  # columns for the label; form.tcss leaves 25


class Row(Vertical):
    """A field of a form; ``text`` is what stands in it."""

    def __init__(self, field: Field, text: str, today: date) -> None:
        super().__init__(classes="row")
        self.field = field
        self.today = today
        self.editor: Widget = editor(field, text)
        self._note: Static | None = None
        self._label = wrap(field.label + (" *" if field.required else ""), LABEL)
        self.styles.min_height = len(self._label)

    def render(self) -> Content:
        """Give the label; it stands at the left, where the editor leaves room."""
        return Content("\n".join(self._label))

    def compose(self) -> ComposeResult:
        """Give the editor."""
        yield self.editor

    @property
    def text(self) -> str:
        """What stands in the editor, as a person would type it."""
        return text_of(self.editor)

    @text.setter
    def text(self, text: str) -> None:
        put(self.editor, text)

    def take_focus(self) -> None:
        """Put the cursor into the editor."""
        focus_of(self.editor).focus()

    def complain(self, sentence: str) -> None:
        """Show what is wrong below the editor; nothing when the sentence is empty."""
        self._say(f"✗ {sentence}" if sentence else "", "wrong")

    @on(Input.Changed)
    def _explain(self, event: Input.Changed) -> None:
        if self.field.kind == "date":
            self._say(reading_of_date(event.value, self.today) if event.input.has_focus else "", "read")

    def _say(self, text: str, how: str) -> None:
        if self._note is None:
            if not text:
                return
            self._note = Static(classes="note")
            self.mount(self._note)
        self._note.update(Content(text))
        self._note.set_class(how == "wrong", "-wrong")
        self._note.display = bool(text)
