"""One line of a form: the label, the widget that edits the field, and below it what is wrong or how it is read."""

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from screens.form.choice import Choice
from screens.form.reference_input import Candidate, ReferenceInput
from screens.widgets.one_line import OneLine
from tracker.entities import entity
from tracker.fields import MARKS, MISSING, TODAY, Field, Nothing
from tracker.rules.reading import NotRead, read, show, write
from tracker.rules.typed.conventions import USUAL, Conventions
from tracker.rules.typed.readings import reading_of
from tracker.rules.typed.sides import explain_date
from tracker.rules.wording import optional

LABEL = 23  # columns for the label; form.tcss leaves 25
LINES = 6  # the tallest editor


def choices_of(field: Field, codes: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """Return what a choice or a yes/no field offers: as it is typed, and as people read it.

    ``codes`` are those that the programme allows, such as the words of its rating scale (None: all that the field has);
    the kinds of nothing always are.
    """
    if field.kind == "yes_no":
        return [("yes", "Yes"), ("no", "No")]
    if codes is None:
        codes = field.choices
    choices = [(code, show(field, read(field, code, date.min))) for code in codes]
    if field.stateful:
        choices += [(nothing.typed, nothing.brief) for kind in MARKS if (nothing := Nothing(kind)).kind != "missing"]
    return choices


def default_text(field: Field) -> str:
    """Return what stands in the editor of a new record."""
    return "" if field.default is MISSING else write(field, field.default)


def hint(field: Field) -> str:
    """Return what an empty line says: what it stands for."""
    return "today" * (TODAY in field.flags)


def editor(field: Field, text: str, offers: "Offers") -> Widget:
    """Return a widget that edits a field, with a text in it."""
    if field.kind in ("choice", "yes_no"):
        choices = choices_of(field, offers.codes)
        offered = text in (code for code, _ in choices)
        return Choice(choices, text if offered else default_text(field), _blank(field))
    if field.kind == "reference":
        return ReferenceInput(text, hint(field), offers.candidates)
    if field.show.lines > 1:
        area = TextArea(text, compact=True, highlight_cursor_line=False)
        area.styles.height = min(field.show.lines, LINES)
        area.move_cursor(area.document.end)  # who opens a text goes on with it
        return area
    return OneLine(text, placeholder=hint(field), compact=True, select_on_focus=False)


def _blank(field: Field) -> str:
    """Return what a choice says that was not made; empty when one is always made."""
    if field.optional:
        return "not given"
    return "choose one" if field.default is MISSING else ""


def explain_typed(field: Field, text: str, today: date, conventions: Conventions) -> str:
    """Return what a text means, in full, while somebody types it, or why it means nothing so far.

    Empty when there is nothing to say. The reason is the sentence with which it would be refused.
    """
    if not text.strip():
        return ""
    try:
        value = read(field, text, today, conventions)
    except NotRead as error:
        return f"… {error}"
    reading = reading_of(field, " ".join(text.split()), value, today, conventions)
    if not reading and isinstance(value, date):
        reading = explain_date(value, today)
    return f"→ {reading}" if reading else ""


class Offers(NamedTuple):
    """What may stand in a row: the records of a reference, and the codes of a choice (None: all that the field has)."""

    candidates: Sequence[Candidate] = ()
    codes: Sequence[str] | None = None


class Row(Vertical):
    """A field of a form; ``text`` is what stands in it."""

    def __init__(self, field: Field, text: str, today: date, offers: Offers = Offers()) -> None:  # noqa: B008
        super().__init__(classes="row")
        self.field = field
        self.today = today
        self.conventions = USUAL  # of the programme, once it was read
        self.editor = editor(field, text, offers)
        self.refused = False  # when it was to be saved; whatever is typed then is judged anew
        self._note: Static | None = None
        mark = " *" if field.required else ""
        self._label = wrap(field.label + mark, LABEL)
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
        if isinstance(self.editor, TextArea | ReferenceInput):
            return self.editor.text
        assert isinstance(self.editor, Input | Choice)
        return self.editor.value

    @text.setter
    def text(self, text: str) -> None:
        """Put a text into the editor; a choice that is not offered is left out."""
        if isinstance(self.editor, TextArea | ReferenceInput):
            self.editor.text = text
        elif isinstance(self.editor, Input | Choice):
            self.editor.value = text

    def take_focus(self) -> None:
        """Put the cursor into the editor, and bring the row into view."""
        line = self.editor.query_one(Input) if isinstance(self.editor, ReferenceInput) else self.editor
        line.focus()
        self.call_after_refresh(self.scroll_visible, animate=False)

    def complain(self, sentence: str) -> None:
        """Show what is wrong below the editor; nothing when the sentence is empty."""
        self.refused = bool(sentence)
        self._show_note(optional("✗ ", sentence), wrong=True)

    def judge(self, sentence: str) -> None:
        """Show what is wrong now with what was refused; what is right again is no longer said to be wrong."""
        if sentence:
            self.complain(sentence)
        elif self._note is not None and self._note.has_class("-wrong"):
            self.complain("")
        self.refused = bool(sentence)

    def on_resize(self) -> None:
        """Keep the row in sight while somebody is in it: what is said below it may take another line."""
        if self.has_focus_within:
            self.call_after_refresh(self.scroll_visible, animate=False)

    @on(Input.Changed)
    def _explain(self, event: Input.Changed) -> None:
        reading = ""
        if isinstance(self.editor, ReferenceInput):
            reading = self._explain_reference(event.value.strip(), self.editor.matches)
        elif event.input.has_focus:
            reading = explain_typed(self.field, event.value, self.today, self.conventions)
        if reading or not self.refused:
            self._show_note(reading, wrong=False)

    def _explain_reference(self, typed: str, matches: bool) -> str:
        """Return that no record is meant by what stands in the line; empty while one may be."""
        stated = self.field.stateful and any(typed.casefold().startswith(word.replace("_", " ")) for word in MARKS)
        if not typed or matches or stated:
            return ""
        return f"… no {entity(self.field.target).noun} matches this"

    def _show_note(self, text: str, *, wrong: bool) -> None:
        if self._note is None:
            if not text:
                return
            self._note = Static(classes="note")
            self.mount(self._note)
        self._note.update(Content(text))
        self._note.set_class(wrong, "-wrong")
        self._note.display = bool(text)
