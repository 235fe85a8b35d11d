"""A table that somebody has, before it is taken in: its file, its first rows, and which column is which field."""

from array import array
from functools import partial
from pathlib import Path
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from screens.dialogs import Choose, Confirm
from screens.earlier import changing
from screens.form.choice import Choice
from screens.importing.jobs import Chosen, Order, ReadFile, Trial, keep_chosen, propose_table, read_file, try_table
from screens.importing.lines import FIELDS, FieldLine, field_lines, field_row, preview_columns, preview_rows, size_words
from screens.importing.long_work import LongWork
from screens.lists.cells import one_line
from screens.lists.record_table import RecordTable
from screens.widgets.key_line import KeyLine
from screens.widgets.one_line import OneLine
from screens.widgets.paths import Paths
from screens.work import Failed, read
from tracker.entities import all_entities
from tracker.rules.importing.mapping import OtherPeople
from tracker.rules.wording import upper_first
from tracker.services.importing.files.opening import READERS
from tracker.services.importing.running import KEY, Table, remapped
from tracker.text import clean

PEOPLE = (("leave out", "Left out, and listed"), ("keep", "Added as people"))
FIRST = "Type where the file is (→ completes it), then Enter. Nothing is written before you see what comes of each row."
NEXT = "Enter on a field chooses its column. ctrl+s tries it: nothing is written yet."
MAPPING = "as its columns tell; or a file of one that was kept"
NO_COLUMN = "no column"
KEY_QUESTION = "By which column does the source know a row, from one month to the next?"
NO_KEY = "no column: by what it is called"
NO_TABLE = "Name a file first, and press Enter."


class ImportPage(LongWork):
    """Asks which table is taken in and shows how; ``ctrl+s`` tries it in a copy of the programme."""

    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "#file"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]
    BINDINGS = [
        Binding("ctrl+s,f2", "try_out", "Try it", key_display="^s", id="import.try", priority=True),
        Binding("ctrl+o", "keep", "Keep mapping", key_display="^o", id="import.keep", priority=True),
        Binding("escape", "back", "Back", id="import.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._file: ReadFile | None = None
        self._table: Table | None = None
        self._lines: list[FieldLine] = []
        self._fields = RecordTable(FIELDS, empty="No table yet.", quiet=True, id="fields")

    def compose(self) -> ComposeResult:
        """Give the questions, the fields with their columns, the first rows, and the keys."""
        registers = [
            (register.kind, upper_first(register.plural)) for register in all_entities() if not register.hidden
        ]
        yield Static(Content("Import a table"), id="head")
        yield _line(
            "File", OneLine(compact=True, placeholder="~/risks.xlsx", suggester=Paths(tuple(READERS)), id="file")
        )
        yield _line("Sheet", Choice((), "", "the first with anything in it"), "sheet")
        yield _line("Register", Choice(registers, "", "as its columns tell"), "register")
        yield _line("Source", OneLine(compact=True, placeholder="the name of the file", id="source"))
        yield _line("True on", OneLine(compact=True, placeholder="today", id="as-at"))
        yield _line("New names", Choice(PEOPLE, PEOPLE[0][0]), "people")
        mappings = Paths((".toml",))
        yield _line("Mapping", OneLine(compact=True, placeholder=MAPPING, suggester=mappings, id="mapping"))
        yield self._fields
        yield Static(id="preview")
        yield Static(Content(FIRST), id="about")
        yield KeyLine()

    def _text(self, name: str) -> str:
        return clean(self.query_one(f"#{name}", Input).value).text.strip()

    def _choice(self, name: str) -> Choice:
        return self.query_one(f"#{name}", Choice)

    @on(Input.Submitted, "#file")
    def _read_file(self) -> None:
        """Read the file, and take the sheet and the register that were chosen of another one away."""
        path = self._text("file")
        self._forget()
        self._file = None
        if path:
            self.tell("Reading the file …")
            read(self, partial(read_file, path), self._show_file, "table", keys_wait=True)

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        if event.input.id not in ("file", "mapping"):
            self.focus_next()

    def _show_file(self, file: ReadFile) -> None:
        self._file = file
        sheet, register = self._choice("sheet"), self._choice("register")
        names = [(sheet.name, one_line(sheet.name)) for sheet in file.sheets if sheet.name]
        with self.prevent(Choice.Changed):
            sheet.value = register.value = ""
        sheet.choices[1:] = names
        sheet.refresh()
        self.query_one("#source", Input).value = ""
        self._propose()

    @on(Choice.Changed, "#sheet,#register")
    @on(Input.Submitted, "#mapping")
    def _propose(self) -> None:
        """Read the chosen sheet, and propose which column is which field."""
        if self._file is None:
            return
        self._forget()
        sheet, register = self._choice("sheet").value, self._choice("register").value
        chosen = Chosen(sheet, register, self._text("mapping"))
        read(self, partial(propose_table, self._file, chosen), self._show_proposed, "table", keys_wait=True)

    def _show_proposed(self, table: Table) -> None:
        source = self.query_one("#source", Input)
        if not source.value:
            source.value = table.mapping.source
        self._show(table, 0)
        self._fields.focus()

    def _forget(self) -> None:
        """Show no table: what was read before is not what is asked for now."""
        self._table, self._lines = None, []
        self._fields.show(array("q"), {})
        self.say("#preview", "")
        self.say("#head", "Import a table")

    def _show(self, table: Table, at: int) -> None:
        self._table = table
        self._lines = field_lines(table)
        rows = dict(enumerate(map(field_row, self._lines)))
        self._fields.show(array("q", rows), rows, at)
        self.say("#head", size_words(table))
        self._draw_preview()
        self.tell(NEXT)

    def on_resize(self) -> None:
        """Draw the first rows for the new width."""
        self.call_after_refresh(self._draw_preview)

    def _draw_preview(self) -> None:
        if self._table is None:
            return
        preview = self.query_one("#preview", Static)
        columns = preview_columns(self._table)
        lines = preview_rows(self._table, columns, preview.content_size.width, preview.content_size.height)
        preview.update(Content("\n".join(lines)))

    @on(RecordTable.Opened)
    def _ask_column(self, message: RecordTable.Opened) -> None:
        """Ask from which column the field under the cursor comes."""
        message.stop()
        if self._table is None:
            return
        line = self._lines[self._fields.cursor]
        columns = [(f"{n}", one_line(name)) for n, name in enumerate(self._table.grid.columns)]
        question, none = f"From which column does “{line.label}” come?", NO_COLUMN
        if line.name == KEY:
            question, none = KEY_QUESTION, NO_KEY
        self.app.push_screen(Choose(question, [("", none), *columns]), partial(self._take_column, line))

    def _take_column(self, line: FieldLine, number: str | None) -> None:
        if number is None or self._table is None:
            return
        column = self._table.grid.columns[int(number)] if number else ""
        self._show(remapped(self._table, line.place, line.name, column), self._fields.cursor)

    @changing
    def action_try_out(self) -> None:
        """Find out what would become of each row, in a copy of the programme."""
        if self._table is None:
            self.tell(f"✗ {NO_TABLE}")
            return
        order = _order(self, self._table)
        self.begin("Trying it", lambda steps: partial(try_table, order, steps), self._show_trial)

    def action_keep(self) -> None:
        """Keep the mapping in a file, for next time: the one that is named, or one beside the table."""
        if self._table is None:
            self.tell(f"✗ {NO_TABLE}")
            return
        path = Path(self._text("mapping") or Path(self._text("file")).with_suffix(".toml")).expanduser()
        if path.exists():
            question = f"{path} is there already. Write this mapping over it?"
            self.app.push_screen(Confirm(question, "Write over", "Leave it"), partial(self._keep, path))
        else:
            self._keep(path, "new")

    def _keep(self, path: Path, answer: str | None) -> None:
        if answer is not None and self._table is not None:
            read(self, partial(keep_chosen, _order(self, self._table), path), partial(_show_kept, self), "keep")

    def _show_trial(self, trial: Trial) -> None:
        from screens.importing.outcome import OutcomePage

        self.tell(NEXT)
        self.app.push_screen(OutcomePage(trial))

    def on_failed(self, message: Failed) -> None:
        """Say in place what is wrong, and let the register be chosen where that mends it."""
        super().on_failed(message)
        if message.error.code == "import.unknown":
            self._choice("register").focus()


def _order(page: ImportPage, table: Table) -> Order:
    people = cast(OtherPeople, page.query_one("#people", Choice).value)
    source, as_at = (clean(page.query_one(f"#{name}", Input).value).text.strip() for name in ("source", "as-at"))
    return Order(table, source, as_at, people)


def _show_kept(page: ImportPage, path: Path) -> None:
    page.query_one("#mapping", Input).value = str(path)
    page.tell(f"✓ The mapping is in {path}: name it here next time.")


def _line(label: str, widget: Widget, name: str = "") -> Horizontal:
    if name:
        widget.id = name
    return Horizontal(Static(Content(label), classes="label"), widget, classes="row")
