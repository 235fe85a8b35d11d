"""A line to type in, which loses nothing of a paste: several lines become one, and that is said below it."""

from collections.abc import Iterator

from textual.containers import Horizontal
from textual.content import Content
from textual.events import Paste
from textual.widget import Widget
from textual.widgets import Input, Static

from tracker.rules.wording import counted


def in_one_line(text: str) -> tuple[str, int]:
    """Return a text on one line, its lines joined by spaces, and how many lines with words it had."""
    lines = text.splitlines()
    if len(lines) < 2:
        return text.rstrip("\r\n"), len(lines)
    words = [line.strip() for line in lines if line.strip()]
    if len(words) == 1:
        return next(line for line in lines if line.strip()), 1
    return " ".join(words), len(words)


def joined_words(lines: int) -> str:
    """Return what is said of a paste that had several lines."""
    return f"{counted(lines, 'pasted line')} joined into one."


class PastedNote(Static):
    """The line below the input that says what became of a paste."""

    DEFAULT_CSS = "PastedNote { height: auto; padding: 0 1; color: $muted; }"


class OneLine(Input):
    """An input whose pastes are joined into one line; a line below says so until the text changes again."""

    _as_pasted: str | None = None

    def on_paste(self, event: Paste) -> None:
        """Take the whole paste."""
        event.prevent_default()
        event.stop()
        self.take_text(event.text)

    def action_paste(self) -> None:
        """Take what was copied inside the program."""
        self.take_text(self.app.clipboard)

    def take_text(self, pasted: str) -> None:
        """Put a text in at the cursor, in place of what is selected, and say when its lines were joined."""
        text, lines = in_one_line(pasted)
        if lines > 1:
            self._as_pasted = None  # the sentence on an earlier paste makes room for the next
        self.replace(text, *self.selection)
        if lines > 1:
            self._as_pasted = self.value
            self._say(joined_words(lines))

    def _say(self, sentence: str) -> None:
        """Show a sentence below the line; beside the line there is no room for it."""
        for note in self._notes():
            note.update(Content(sentence))
            return
        below: Widget = self.parent if isinstance(self.parent, Horizontal) else self
        if below.parent is not None and isinstance(below.parent, Widget):
            below.parent.mount(PastedNote(Content(sentence)), after=below)

    def _notes(self) -> Iterator[PastedNote]:
        below = self.parent if isinstance(self.parent, Horizontal) else self
        if isinstance(below, Widget) and isinstance(below.parent, Widget):
            yield from below.parent.query_children(PastedNote)

    def watch_value(self, value: str) -> None:
        """Take the sentence away when the text changes."""
        if self._as_pasted is not None and value != self._as_pasted:
            self._as_pasted = None
            for note in self._notes():
                note.remove()
