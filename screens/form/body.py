"""The rows of a form, in parts, and what stands in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from textual import events, on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from screens.form.choice import Choice
from screens.form.notice import Notice
from screens.form.row import Offers, Row, default_text
from screens.form.saving import REASON, TRUE_ON, Entry, RecordToEdit
from screens.mending import on_screens
from screens.widgets.pages import hidden
from tracker.entities import Entity
from tracker.errors import Problem
from tracker.fields import REASONED, TODAY, Field, Length, Show
from tracker.rules.reading import NotRead, read
from tracker.rules.typed.conventions import Conventions
from tracker.rules.typed.sides import full_day
from tracker.services.guards.guard import Values

COMMON = ("visibility", "sensitivity", "tags")
FIRST = 16  # widgets that are made before the first picture
HINTS = {
    "date": "like 12/11/2026, +2w, next friday",
    "past": "like 12/11/2026, yesterday, -2w, last friday",
    "vague past": "like 12/11/2026, yesterday, -2w, October 2026",
    "vague": "like 12/11/2026, +2w, March 2027, Q4 2026/27",
    "reference": "type a ref or a name",
    "list": "separate with commas",
    "money": "like 182,000 or 1.2m",
}


def in_parts(register: type[Entity]) -> list[tuple[str, list[Field]]]:
    """Return the fields of a form by heading: what is needed first, then the others, then who may read it."""
    needed: list[Field] = []
    optional: list[Field] = []
    common: list[Field] = []
    for field in register.settable():
        if field.name == register.lead_field or field.required or TODAY in field.flags:
            needed.append(field)
        elif field.name in COMMON:
            common.append(field)
        else:
            optional.append(field)
    needed.sort(key=lambda field: field.name != register.lead_field)
    parts = [("", needed), ("If you know it", optional), ("Who may read it", common)]
    return [(heading, fields) for heading, fields in parts if fields]


def reason_field(register: type[Entity]) -> Field:
    """Return the line that asks for the reason of a change."""
    labels = [field.label.lower() for field in register.settable() if REASONED in field.flags]
    about = "Kept in the history"
    if labels:
        about += f"; needed when {' or '.join(labels)} changes"
    return Field(REASON, Annotated[str | None, Length(400), Show("Why", about)], None)


def _hint_of(field: Field) -> str:
    """Return the kind of hint that a field takes: of a day by which way it looks, and how exact it has to be."""
    if field.kind != "date":
        return field.kind
    exact = "past" if field.looks == "back" else "date"
    vague = "vague past" if field.looks == "back" else "vague"
    return vague if field.spoken_of else exact


def about(field: Field, text: str) -> str:
    """Return what the line at the bottom says of a field while one is in it."""
    label = field.label
    if field.show.help:
        label += f": {field.show.help}"
    parts = [label, "needed" if field.required else "", HINTS.get(_hint_of(field), "")]
    if field.kind == "list" and field.choices:
        parts.append(f"any of {', '.join(field.choices)}")
    if field.stateful:
        parts.append("or withheld, tbc, n/a: why")
    if field.longest and field.kind == "text":
        parts.append(length_of(field, len(text)))
    return " · ".join(part for part in parts if part)


NEAR = 0.9  # of the limit: from here on it is the limit that matters


def length_of(field: Field, size: int) -> str:
    """Return how long a text is beside what is advised; near its limit beside that."""
    if size >= field.longest * NEAR or field.advised in (0, field.longest):
        return f"{size:,} of {field.longest:,} characters at most"
    return f"{size:,} of {field.advised:,} characters advised"


def recorded_as(text: str, today: date, conventions: Conventions) -> str:
    """Return what is said above a form of the day on which its content was so; empty for today, and while unclear."""
    try:
        day = read(TRUE_ON, text, today, conventions)
    except NotRead:
        return ""
    if day is None or day >= today:
        return ""
    return f"Recorded as true on {full_day(day)}; what is true later stays as it is."


class FormBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A row for each field of a kind, once ``begin`` was told what stands in them.

    ``began`` is what stood there before anybody typed, ``preset`` what of it a new record begins with.
    """

    BINDINGS = [
        hidden("down", "app.focus_next", "Next field", "form.next"),
        hidden("up", "app.focus_previous", "Previous field", "form.previous"),
        hidden("pagedown", "page_down", "Page down", "form.page_down"),
        hidden("pageup", "page_up", "Page up", "form.page_up"),
        Binding("ctrl+o", "true_on", "Earlier day", id="form.true_on"),
    ]

    def __init__(self, register: type[Entity], today: date, *, new: bool) -> None:
        super().__init__(id="fields")
        self.rows: dict[str, Row] = {}
        self.began: dict[str, str] = {}
        self.preset: dict[str, str] = {}
        self.about = Notice(id="about")  # the line at the bottom of the form
        self.day = Notice(id="day", classes="notice")  # the line at its top, where an earlier day is given
        self._register, self._today, self._new = register, today, new
        self._widgets: list[Widget] = []

    async def begin(self, record: RecordToEdit) -> None:
        """Make the rows with what they hold, and show what fits on the first screen; ``complete`` brings the others."""
        parts = in_parts(self._register)
        if not self._new:
            parts.append(("Why it changes", [reason_field(self._register)]))
        parts.append(("If it was so on an earlier day", [TRUE_ON]))
        for heading, fields in parts:
            if heading:
                self._widgets.append(Static(Content(heading), classes="heading"))
            for field in fields:
                self._widgets.append(self._row(field, record))
        if self._new:
            self.preset = {name: self.began[name] for name in record.texts if name in self.rows}
        await self.mount_all(self._widgets[:FIRST])

    def _row(self, field: Field, record: RecordToEdit) -> Row:
        offers = Offers(record.candidates.get(field.target, ()), record.choices.get(field.name))
        row = Row(field, record.texts.get(field.name, default_text(field)), self._today, offers)
        row.conventions = record.conventions
        row.set_class(len(self.rows) % 2 == 1, "-even")  # :even would style all rows anew
        self.rows[field.name] = row
        self.began[field.name] = row.text
        return row

    async def complete(self) -> None:
        """Bring the rows that were not needed for the first picture."""
        await self.mount_all(self._widgets[FIRST:])

    @property
    def texts(self) -> dict[str, str]:
        """What stands in every row, by field."""
        return {name: row.text for name, row in self.rows.items()}

    @property
    def typed(self) -> dict[str, str]:
        """The texts that differ from what stood there before, by field."""
        return {name: row.text for name, row in self.rows.items() if row.is_mounted and row.text != self.began[name]}

    def entry(self, kind: str, uid: str | None, base: Values) -> Entry:
        """Return what is filled in of a record that held ``base`` before; ``uid`` is None for a new one."""
        texts = self.typed if uid else self.texts
        reason = texts.pop(REASON, "")
        true_on = texts.pop(TRUE_ON.name, "")
        return Entry(kind, uid, texts, base, reason, true_on)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into rows as if they had been typed, without a sound."""
        with self.prevent(Input.Changed, Choice.Changed, TextArea.Changed):
            for name in texts.keys() & self.rows.keys():
                self.rows[name].text = texts[name]
        self._say_day()

    def judge(self, problems: Sequence[Problem]) -> list[str]:
        """Show beside the fields that were refused what is still wrong; return the sentences that belong to none."""
        sentences = _by_field(problems)
        for name, row in self.rows.items():
            words = " ".join(sentences.pop(name, ()))
            if row.refused:
                row.judge(words)
        return [" ".join(general) for general in sentences.values()]

    def complain(self, problems: Sequence[Problem]) -> list[str]:
        """Show each problem beside its field and go to the first; return the sentences that belong to none."""
        sentences = _by_field(problems)
        wrong = [row for name, row in self.rows.items() if name in sentences]
        for name, row in self.rows.items():
            row.complain(" ".join(sentences.pop(name, ())))
        if wrong:
            wrong[0].take_focus()
        return [" ".join(general) for general in sentences.values()]

    def focus_first(self, name: str = "") -> None:
        """Put the cursor into the row of the field that is named, else the first that must be filled in, or the first.

        The row is brought into view.
        """
        rows = list(self.rows.values())
        empty = [row for row in rows if row.field.required and not row.text]
        first = self.rows.get(name) or (empty or rows)[0]
        if name and isinstance(first.editor, TextArea):  # what is added comes after what is there
            first.editor.move_cursor(first.editor.document.end)
        first.take_focus()

    def on_resize(self) -> None:
        """Keep the field in hand in sight when lines above or below the fields come and go."""
        self.call_after_refresh(self._show_row_in_hand)

    def _show_row_in_hand(self) -> None:
        for row in self.rows.values():
            if row.has_focus_within:
                row.scroll_visible(animate=False)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(events.DescendantFocus)
    def _show_about(self) -> None:
        """Say at the bottom what belongs into the field in hand."""
        row = next((row for row in self.rows.values() if row.has_focus_within), None)
        if row is not None:
            self.about.update(Content(about(row.field, row.text)))

    def action_true_on(self) -> None:
        """Go to the line that takes an earlier day on which it was so."""
        self.focus_first(TRUE_ON.name)

    @on(Input.Changed)
    def _say_day(self) -> None:
        """Say above the fields that something is recorded as true on an earlier day, while such a day is given."""
        row = self.rows[TRUE_ON.name]
        words = recorded_as(row.text, self._today, row.conventions) if row.is_mounted else ""
        self.day.update(Content(words))
        self.day.set_class(bool(words), "-shown")

    @on(Input.Submitted)
    def _next(self) -> None:
        self.screen.focus_next()


def _by_field(problems: Sequence[Problem]) -> dict[str, list[str]]:
    sentences: dict[str, list[str]] = {}
    for problem in problems:
        sentences.setdefault(problem.field, []).append(on_screens(problem))
    return sentences
