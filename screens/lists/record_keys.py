"""What the keys of a list do with the record under the cursor: open, add, change, remove, bring back."""

from dataclasses import dataclass

from textual.app import App
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message

from screens.earlier import changing, refused
from screens.fates import remove_asking, restore_asking
from screens.lists.cells import columns
from screens.lists.columns import Row
from screens.lists.record_table import RecordTable
from screens.widgets.pages import hidden
from tracker.entities import entity


class RecordKeys(Vertical):
    """A list of records of one kind in a table; ``shows_removed`` says that it holds the removed ones."""

    BINDINGS = [
        Binding("a", "add", "Add", id="record.add"),
        Binding("e", "edit", "Edit", id="record.edit"),
        hidden("x,delete", "remove", "Remove", "record.remove"),
        hidden("r", "restore", "Bring the removed record back", "record.restore"),
    ]

    def __init__(self, kind: str, table: RecordTable, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.kind = kind
        self.table = table
        self.shows_removed = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what cannot be done with what is shown."""
        if action == "restore":
            return self.shows_removed
        if action in ("add", "edit", "remove"):
            return not self.shows_removed
        return True

    @changing
    def action_add(self) -> None:
        """Open an empty form, unless one command alone makes such records."""
        add_record(self.app, self.kind)

    @changing
    def action_edit(self) -> None:
        """Open the form of the record under the cursor; what is never changed gets a correction instead."""
        row = self.table.row
        register = entity(self.kind)
        if row is None:
            return
        if register.append_only:
            self.notify(f"A {register.noun} is never changed: add a new one that corrects it (a).", markup=False)
            return
        from screens.form.form import EntityForm

        self.app.push_screen(EntityForm(self.kind, row.uid))

    @changing
    def action_remove(self) -> None:
        """Ask what becomes of what hangs on the record under the cursor, and why; then take it out of the lists."""
        row = self.table.row
        if row is not None:
            remove_asking(self, row.kind, row.uid, f"{row.cells[0]} {self._name_of(row)}".strip())

    def _name_of(self, row: Row) -> str:
        """Return the name in a row, in whichever column it stands; empty where the list has none."""
        name = entity(self.kind).name_field
        return next((row.cells[n] for n, column in enumerate(columns(self.kind)) if column.name == name), "")

    @changing
    def action_restore(self) -> None:
        """Bring the removed record under the cursor back."""
        row = self.table.row
        if row is not None and self.shows_removed:
            restore_asking(self, row.kind, row.uid)

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        """Show the whole record."""
        message.stop()
        self.post_message(OpenRecord(message.row.kind, message.row.uid))


def add_record(app: App[object], kind: str) -> None:
    """Open an empty form above what is open, unless one command alone makes such records."""
    from screens.form.form import EntityForm

    if refused(app):
        return
    register = entity(kind)
    if register.made_with:
        app.notify(f"{register.plural.capitalize()} are made on the desk of a board meeting.", markup=False)
    else:
        app.push_screen(EntityForm(kind))


@dataclass
class OpenRecord(Message):
    """Somebody wants to see a whole record; the main screen shows it."""

    kind: str
    uid: str
