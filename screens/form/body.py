"""The rows of a form, in parts, and what stands in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from screens.form.choice import Choice
from screens.form.reference_input import Candidate, ReferenceInput
from screens.form.row import Row, default_text
from screens.form.saving import REASON
from screens.mending import on_screens
from screens.widgets.pages import hidden
from tracker.entities import Entity
from tracker.errors import Problem
from tracker.fields import MARKS, REASONED, TODAY, Field, Length, Show
from tracker.rules.typed.conventions import Conventions

COMMON = ("visibility", "sensitivity", "tags")
FIRST = 16  # widgets that are made before the first picture
HINTS = {
    "date": "like 12/11/2026, +2w, next friday",
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


def about(field: Field, text: str) -> str:
    """Return what the line at the bottom says of a field while one is in it."""
    label = field.label
    if field.show.help:
        label += f": {field.show.help}"
    vague = field.kind == "date" and field.spoken_of
    parts = [label, "needed" if field.required else "", HINTS.get("vague" if vague else field.kind, "")]
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


class FormBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A row for each field of a kind; ``began`` is what stood in them before anybody typed."""

    BINDINGS = [
        hidden("down", "app.focus_next", "Next field", "form.next"),
        hidden("up", "app.focus_previous", "Previous field", "form.previous"),
        hidden("pagedown", "page_down", "Page down", "form.page_down"),
        hidden("pageup", "page_up", "Page up", "form.page_up"),
    ]

    def __init__(self, register: type[Entity], today: date, *, new: bool) -> None:
        super().__init__(id="fields")
        self.rows: dict[str, Row] = {}
        self.began: dict[str, str] = {}
        self.about = Static(id="about")  # the line at the bottom of the form
        self._widgets: list[Widget] = []
        parts = in_parts(register)
        if not new:
            parts.append(("Why it changes", [reason_field(register)]))
        for heading, fields in parts:
            if heading:
                self._widgets.append(Static(Content(heading), classes="heading"))
            for field in fields:
                self.began[field.name] = default_text(field)
                self.rows[field.name] = Row(field, default_text(field), today)
                self.rows[field.name].set_class(len(self.rows) % 2 == 0, "-even")  # :even would style all rows anew
                self._widgets.append(self.rows[field.name])

    def read_by(self, conventions: Conventions) -> None:
        """Say how the programme writes, which decides how texts are read while somebody types."""
        for row in self.rows.values():
            row.conventions = conventions

    def compose(self) -> ComposeResult:
        """Give what fits on the first screen; ``complete`` brings the others."""
        yield from self._widgets[:FIRST]

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

    def begin(self, texts: Mapping[str, str], candidates: Mapping[str, Sequence[Candidate]]) -> None:
        """Put what a record holds into the rows that nobody has typed in; it is what changes are told from."""
        touched = self.typed
        for name, row in self.rows.items():
            if isinstance(row.editor, ReferenceInput):
                row.editor.offer(candidates[row.field.target])
            if name in texts and name not in touched:
                self.fill({name: texts[name]})
                self.began[name] = row.text
            elif name in texts:
                self.began[name] = texts[name]

    def limit(self, choices: Mapping[str, Sequence[str]]) -> None:
        """Offer only some choices of a field, such as the ratings of the programme's scale."""
        for name, codes in choices.items():
            editor = self.rows[name].editor
            nothings = [kind.replace("_", " ") for kind in MARKS]
            if isinstance(editor, Choice):
                editor.choices = [(code, label) for code, label in editor.choices if code in ("", *codes, *nothings)]

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into rows as if they had been typed, without a sound."""
        with self.prevent(Input.Changed, Choice.Changed, TextArea.Changed):
            for name in texts.keys() & self.rows.keys():
                self.rows[name].text = texts[name]

    def complain(self, problems: Sequence[Problem]) -> list[str]:
        """Show each problem beside its field and go to the first; return the sentences that belong to none."""
        sentences: dict[str, list[str]] = {}
        for problem in problems:
            sentences.setdefault(problem.field, []).append(on_screens(problem))
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
        first.take_focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(events.DescendantFocus)
    def _show_about(self) -> None:
        """Say at the bottom what belongs into the field in hand."""
        row = next((row for row in self.rows.values() if row.has_focus_within), None)
        if row is not None:
            self.about.update(Content(about(row.field, row.text)))

    @on(Input.Submitted)
    def _next(self) -> None:
        self.screen.focus_next()
