"""The register of any kind of record: one list to filter, sort, open, add to, change, and take away from."""

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from screens.lists import listing
from screens.lists.cells import columns
from screens.lists.columns import Row
from screens.lists.listing import Asked, Listed
from screens.lists.record_keys import RecordKeys
from screens.lists.record_table import RecordTable
from screens.lists.rows_held import Token
from screens.tasks import in_thread
from screens.work import Programme
from tracker.entities import entity


class Register(RecordKeys):
    """Shows the records of one kind; everything that touches the file happens in threads."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/", id="list.filter"),
        Binding("s", "sort", "Sort by a column", show=False, id="list.sort"),
        Binding("S", "sort_by('')", "Turn the order round", show=False, id="list.reverse"),
        Binding("d", "removed", "Show removed records, or go back", show=False, id="list.removed"),
        Binding("escape", "clear", "Clear", key_display="Esc", id="list.clear"),
    ]

    class Loaded(Message):
        """The list was read."""

        def __init__(self, listed: Listed) -> None:
            self.listed = listed
            super().__init__()

    class Arrived(Message):
        """Rows that the table wanted were read."""

        def __init__(self, rows: dict[int, Row], token: Token) -> None:
            self.rows, self.token = rows, token
            super().__init__()

    def __init__(self, programme: Programme, kind: str, *, id: str) -> None:  # noqa: A002
        super().__init__(programme, kind, RecordTable(columns(kind)), id=id)
        self.stale = False
        self._asked = Asked(kind, listing.usual_sort(kind))
        self._heading = Static(classes="register-heading")
        self._filter = Input(placeholder="Words to find; Enter goes to the list, Esc clears", compact=True)
        self._filter.display = False

    def compose(self) -> ComposeResult:
        """Give the heading, the filter and the table."""
        yield self._heading
        yield self._filter
        yield self.table

    def on_mount(self) -> None:
        """Read the list."""
        self.reload()

    def reload(self, show: str = "") -> None:
        """Read the list again; the cursor stays on its record, or goes to the one with the uid ``show``."""
        self.stale = False
        uid = show or (self.chosen.uid if self.chosen else "")
        in_thread(self, partial(_load, self.programme, self._asked, uid, self.table.cursor), "list")

    def focus_list(self) -> None:
        """Give the keys to the list at once: the next one may have been pressed already."""
        self.screen.set_focus(self.table)

    def on_register_loaded(self, message: Loaded) -> None:
        """Show the list that was read."""
        found = message.listed
        label = entity(self.kind).plural
        self.table.sort = found.asked.sort[0] if found.asked.sort else None
        self.table.empty = listing.nothing(found)
        self.table.show(found.keys, found.rows, found.at)
        words = Content("  " + listing.summary(found)).stylize("not bold")
        self._heading.update(Content.assemble(Content(label[:1].upper() + label[1:]), words))
        self.refresh_bindings()

    def on_record_table_wanted(self, message: RecordTable.Wanted) -> None:
        """Fetch the rows that the table has to show."""
        job = partial(_fetch, self.programme, self.kind, list(message.keys), message.token)
        in_thread(self, job, "rows", exclusive=False)

    def on_register_arrived(self, message: Arrived) -> None:
        """Hand the rows to the table."""
        self.table.fill(message.rows, message.token)

    def _ask(self, **new: Any) -> None:
        """Read another list, and begin at its top."""
        self._asked = self._asked._replace(**new)
        self.shows_removed = self._asked.removed
        in_thread(self, partial(_load, self.programme, self._asked, "", 0), "list")

    def action_filter(self) -> None:
        """Open the line in which words to find are typed."""
        self._filter.display = True
        self._filter.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list while the words are typed."""
        if event.value != self._asked.text:
            self._ask(text=event.value)

    def on_input_submitted(self) -> None:
        """Keep the filter and go to the list."""
        self._filter.display = bool(self._filter.value)
        self.table.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what has nothing to act on."""
        if action == "clear":
            return self._filter.display or self.shows_removed
        if action == "filter":
            return not self._filter.has_focus
        return super().check_action(action, parameters)

    def action_clear(self) -> None:
        """Clear the filter; without one, go back from the removed records."""
        if self._filter.display:
            self._filter.value = ""
            self._filter.display = False
            self.table.focus()
        elif self.shows_removed:
            self._ask(removed=False)

    def action_sort(self) -> None:
        """Choose the column that sorts."""
        from screens.lists.sort import SortBy

        choices = [(column.name, column.label) for column in columns(self.kind)]
        self.app.push_screen(SortBy(choices), self.action_sort_by)

    def action_sort_by(self, name: str | None) -> None:
        """Sort by a field; by the one that sorts already the other way round. An empty name means that one."""
        if name is not None:
            name = name or (self._asked.sort[0][0] if self._asked.sort else "ref")
            self._ask(sort=listing.sorted_by(self._asked, name))

    def on_record_table_sorted(self, message: RecordTable.Sorted) -> None:
        """Sort by the heading that was clicked."""
        self.action_sort_by(message.name)

    def action_removed(self) -> None:
        """Show the records that were removed, or the others again."""
        self._ask(removed=not self.shows_removed)


def _load(programme: Programme, asked: Asked, uid: str, place: int) -> Register.Loaded:
    return Register.Loaded(listing.listed(programme.store(), asked, uid, place))


def _fetch(programme: Programme, kind: str, keys: list[int], token: Token) -> Register.Arrived:
    return Register.Arrived(listing.rows_of(programme.store(), kind, keys), token)
