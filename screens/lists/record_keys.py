"""What the keys of a list do with the record under the cursor: open, add, change, remove, bring back."""

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from screens.lists.columns import Row
from screens.lists.record_table import RecordTable
from screens.messages import Done
from screens.tasks import in_thread
from screens.work import Programme
from tracker.entities import entity
from tracker.services.records.writing import remove, restore


class RecordKeys(Vertical):
    """A list of records of one kind in a table; ``shows_removed`` says that it holds the removed ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="record.add"),
        Binding("e", "edit", "Edit", id="record.edit"),
        Binding("x,delete", "remove", "Remove", show=False, id="record.remove"),
        Binding("r", "restore", "Bring the removed record back", show=False, id="record.restore"),
    ]

    def __init__(self, programme: Programme, kind: str, table: RecordTable, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.kind = kind
        self.programme = programme
        self.table = table
        self.shows_removed = False

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.table.row

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what cannot be done with what is shown."""
        if action == "restore":
            return self.shows_removed
        if action in ("add", "edit", "remove"):
            return not self.shows_removed
        return True

    def action_add(self) -> None:
        """Open an empty form, unless one command alone makes such records."""
        if made := entity(self.kind).made_with:
            self.notify(f"{entity(self.kind).plural.capitalize()} are made with “{made}”.", markup=False)
            return
        from screens.form.form import EntityForm

        self.app.push_screen(EntityForm(self.kind))

    def action_edit(self) -> None:
        """Open the form of the chosen record; what is never changed gets a correction instead."""
        if self.chosen is None:
            return
        which = entity(self.kind)
        if which.append_only:
            self.notify(f"A {which.noun} is never changed: add a new one that corrects it (a).", markup=False)
            return
        from screens.form.form import EntityForm

        self.app.push_screen(EntityForm(self.kind, self.chosen.uid))

    def action_remove(self) -> None:
        """Ask why, then take the chosen record out of the lists."""
        row = self.chosen
        if row is None:
            return
        from screens.dialogs import Confirm

        question = f"Remove {row.cells[0]} {row.cells[1]}? It stays in the file and can be brought back."
        self.app.push_screen(Confirm(question, "Remove", "Keep", reason=True), partial(self._removed, row))

    def _removed(self, row: Row, reason: str | None) -> None:
        if reason is not None:
            in_thread(self, partial(_remove, self.programme, row, reason), "write", exclusive=False)

    def action_restore(self) -> None:
        """Bring the chosen removed record back."""
        row = self.chosen
        if row is not None and self.shows_removed:
            in_thread(self, partial(_restore, self.programme, row), "write", exclusive=False)

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        """Show the whole record."""
        message.stop()
        self.post_message(OpenRecord(message.row.kind, message.row.uid))


class OpenRecord(Message):
    """Somebody wants to see a whole record; the main screen shows it."""

    def __init__(self, kind: str, uid: str) -> None:
        self.kind, self.uid = kind, uid
        super().__init__()


def _remove(programme: Programme, row: Row, reason: str) -> Done:
    saved = remove(programme.store(), row.kind, row.uid, programme.acting(), reason=reason)
    return Done(f"{saved.ref} removed. Press u to undo.", saved.tx)


def _restore(programme: Programme, row: Row) -> Done:
    saved = restore(programme.store(), row.kind, row.uid, programme.acting())
    return Done(f"{saved.ref} is back in the list.", saved.tx)
