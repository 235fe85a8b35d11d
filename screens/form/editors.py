"""The widget that edits each kind of field, and the text that stands in it."""

from datetime import date

from textual.widget import Widget
from textual.widgets import Input, TextArea

from screens.form.choice import Choice
from screens.form.reference_input import ReferenceInput
from tracker.fields import MISSING, TODAY, Field, humanise, rating_text
from tracker.rules.reading import write
from tracker.rules.when import DateError, explain_date, read_date

LINES = 6  # the tallest editor


def offered(field: Field) -> list[tuple[str, str]]:
    """Return what a choice or a yes/no field offers: as it is typed, and as people read it."""
    if field.kind == "yes_no":
        return [("yes", "Yes"), ("no", "No")]
    reading = rating_text if "green" in field.choices else humanise
    return [(code, reading(code)) for code in field.choices]


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
        blank = "not given" if field.optional else "choose one" if field.default is MISSING else ""
        return Choice(offered(field), text, blank)
    if field.kind == "reference":
        return ReferenceInput(text, hint(field))
    if field.show.lines > 1:
        area = TextArea(text, compact=True, highlight_cursor_line=False)
        area.styles.height = min(field.show.lines, LINES)
        return area
    return Input(text, placeholder=hint(field), compact=True, select_on_focus=False)


def text_of(widget: Widget) -> str:
    """Return what stands in an editor, as a person would type it."""
    if isinstance(widget, TextArea | ReferenceInput):
        return widget.text
    assert isinstance(widget, Input | Choice)
    return widget.value


def put(widget: Widget, text: str) -> None:
    """Put a text into an editor; a choice that is not offered is left out."""
    if isinstance(widget, TextArea | ReferenceInput):
        widget.text = text
    elif isinstance(widget, Input | Choice):
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
