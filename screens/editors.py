"""The widget that edits each kind of field, and the text that stands in it."""

from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from screens.widgets.reference_input import ReferenceInput
from tracker.fields import MISSING, TODAY, Field, humanise, rating_text
from tracker.rules.reading import write
from tracker.rules.when import DateError, explain_date, read_date

LINES = 6  # the tallest editor


class Choice(Select[str], inherit_bindings=False):
    """A select that leaves the arrow keys to the form, and opens when one types the beginning of a choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "show_overlay", "Show choices", show=False, id="choice.open")
    ]

    def on_key(self, event: events.Key) -> None:
        """Open at the choice that begins with the letter."""
        if not self.expanded and event.character is not None and event.character.isalnum():
            event.stop()
            event.prevent_default()
            self.action_show_overlay()
            self.call_after_refresh(self.app.simulate_key, event.key)


def offered(field: Field) -> list[tuple[Text, str]]:
    """Return what a choice or a yes/no field offers: as people read it, and as it is typed."""
    if field.kind == "yes_no":
        return [(Text("Yes"), "yes"), (Text("No"), "no")]
    reading = rating_text if "green" in field.choices else humanise
    return [(Text(reading(code)), code) for code in field.choices]


def default_text(field: Field) -> str:
    """Return what stands in the editor of a new record."""
    return "" if field.default is MISSING else write(field, field.default)


def hint(field: Field) -> str:
    """Return what an empty line says: what it stands for, or what may be written there."""
    if TODAY in field.flags:
        return "today"
    return ", ".join(field.choices) if field.kind == "list" else ""


def editor(field: Field, text: str) -> Widget:
    """Return a widget that edits a field, with a text in it."""
    if field.kind in ("choice", "yes_no"):
        blank = field.optional or field.default is MISSING
        prompt = "not given" if field.optional else "choose one"
        value = text if text or not blank else Select.NULL
        return Choice(offered(field), prompt=prompt, allow_blank=blank, value=value, compact=True)
    if field.kind == "reference":
        return ReferenceInput(text, hint(field))
    if field.show.lines > 1:
        area = TextArea(text, compact=True, highlight_cursor_line=False)
        area.styles.height = min(field.show.lines, LINES)
        return area
    return Input(text, placeholder=hint(field), compact=True, select_on_focus=False)


def text_of(widget: Widget) -> str:
    """Return what stands in an editor, as a person would type it."""
    if isinstance(widget, Select):
        return "" if widget.is_blank() else str(widget.value)
    if isinstance(widget, TextArea | ReferenceInput):
        return widget.text
    assert isinstance(widget, Input)
    return widget.value


def put(widget: Widget, text: str) -> None:
    """Put a text into an editor; a choice that is not offered is left out."""
    if isinstance(widget, Choice):
        known = {code for _, code in widget._options}
        if text in known:
            widget.value = text
        elif Select.NULL in known:
            widget.value = Select.NULL
    elif isinstance(widget, TextArea | ReferenceInput):
        widget.text = text
    elif isinstance(widget, Input):
        widget.value = text


def focus_of(widget: Widget) -> Widget:
    """Return the part of an editor that takes the keys."""
    return widget.query_one(Input) if isinstance(widget, ReferenceInput) else widget


def reading_of_date(text: str, today: date) -> str:
    """Return the day a text means, in full, while somebody types it; empty when there is nothing to say."""
    if not text.strip():
        return ""
    try:
        return f"→ {explain_date(read_date(text, today), today)}"
    except DateError:
        return "… not a day yet"
