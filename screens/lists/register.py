"""The register of any kind of record: one list to filter, sort, open, add to, change, and take away from."""

from collections.abc import Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.lists import listing
from screens.lists.cells import LATE, columns
from screens.lists.columns import Row
from screens.lists.listing import Listing, ListQuery
from screens.lists.record_keys import RecordKeys
from screens.lists.record_table import RecordTable
from screens.remembered import remember_order
from screens.widgets.one_line import OneLine
from screens.widgets.pages import Above, hidden
from screens.widgets.typing_ahead import let_keys_go
from screens.work import Programme, read, read_beside
from tracker.entities import entity
from tracker.services.reading import erasures_since

SORT_KEYS = "123456789abcdefghijklmnop"


class Register(RecordKeys):
    """Shows the records of one kind; everything that touches the file happens in threads."""

    BINDINGS = [
        Binding("slash", "filter", "Filter", key_display="/", id="list.filter"),
        hidden("s", "sort", "Sort by a column", "list.sort"),
        hidden("S", "sort_by('')", "Turn the order round", "list.reverse"),
        hidden("d", "removed", "Show removed records, or go back", "list.removed"),
        Binding("escape", "clear", "Clear", key_display="Esc", id="list.clear"),
    ]

    def __init__(self, kind: str, *, id: str) -> None:  # noqa: A002
        super().__init__(kind, RecordTable(columns(kind)), id=id)
        self.stale = False
        self._unread = True  # the list that somebody asked for has not been shown yet
        self._query = ListQuery(kind, listing.usual_sort(kind))
        self._orders: dict[str, listing.Sort] = {}
        self._heading = Static(classes="register-heading")
        self._remark = Static(classes="register-remark")
        self._filter = OneLine(
            placeholder="Words, or status=open owner=me · Enter: list, Esc: clear",
            compact=True,
        )
        self._filter.display = False

    def compose(self) -> ComposeResult:
        """Give the heading, the filter, what is to be known of it, and the table."""
        yield self._heading
        yield self._filter
        yield self._remark
        yield self.table

    def on_mount(self) -> None:
        """Read the list, in the order in which it was left."""
        self._orders = getattr(self.app, "orders", self._orders)
        columns = ("ref", *(field.name for field in entity(self.kind).columns()))
        order = self._orders.get(self.kind, ())
        if order and all(name in columns for name, _ in order):
            self._query = self._query._replace(sort=order)
        self.reload()

    def reload(self, show: str = "") -> None:
        """Read the list again; the cursor stays on its record, or goes to the one with the uid ``show``."""
        self.stale = False
        row = self.table.row
        if row and not show:
            show = row.uid
        read(self, partial(_listed, self._query, show, self.table.cursor), self._show, "list")

    @property
    def holds_keys(self) -> bool:
        """Whether keys wait for the list that was asked for: they mean a record of it, not one of the list before."""
        return self._unread and not self._filter.has_focus

    def _has_read(self) -> None:
        self._unread = False
        let_keys_go(self)

    def on_failed(self) -> None:
        """Let keys go on: there will be no other list."""
        self._has_read()

    def focus_list(self) -> None:
        """Give the keys to the list at once: the next one may have been pressed already."""
        self.screen.set_focus(self.table)

    def _show(self, current: Listing) -> None:
        self.table.sort = next(iter(current.query.sort), None)
        self.table.empty = listing.nothing(current)
        self.table.show(current.keys, current.rows, current.cursor)
        plural = entity(self.kind).plural
        summary = Content("  " + listing.summary(current)).stylize("not bold")
        self._heading.update(Content.assemble(Content(plural[:1].upper() + plural[1:]), summary))
        self._remark.update(Content(current.remark))
        self._remark.display = bool(current.remark)
        self.refresh_bindings()
        self._has_read()

    def on_record_table_wanted(self, message: RecordTable.Wanted) -> None:
        """Fetch the rows that the table has to show."""
        keys = list(message.keys)
        show = partial(self.table.fill, token=message.token)

        def wanted(programme: Programme) -> dict[int, Row]:
            return listing.rows_of(programme.store(), self.kind, keys, programme.today())

        read_beside(self, wanted, show, "rows")

    def _change(self, query: ListQuery) -> None:
        """Read another list, and begin at its top."""
        self._query = query
        self.shows_removed = query.removed
        self._unread = True
        read(self, partial(_listed, query, "", 0), self._show, "list")

    def action_filter(self) -> None:
        """Open the line in which words to find are typed."""
        self._filter.display = True
        self._filter.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list while the words are typed."""
        if event.value != self._query.text:
            self._change(self._query._replace(text=event.value))

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
            self.action_removed()

    def action_sort(self) -> None:
        """Choose the column that sorts."""
        self.app.push_screen(
            SortBy([(column.name, column.label) for column in columns(self.kind) if column.name != LATE]),
            self.action_sort_by,
        )

    def action_sort_by(self, name: str | None) -> None:
        """Sort by a field; by the one that sorts already the other way round. An empty name means that one."""
        if name is not None:
            sorting = [field for field, _ in self._query.sort] or ["ref"]
            order = listing.sorted_by(self._query, name or sorting[0])
            self._change(self._query._replace(sort=order))
            self._orders[self.kind] = order
            read_beside(self, lambda _: remember_order(self.kind, order), lambda _: None, "order")

    def on_record_table_sorted(self, message: RecordTable.Sorted) -> None:
        """Sort by the heading that was clicked; what is late is no field to sort by."""
        if message.name != LATE:
            self.action_sort_by(message.name)

    def action_removed(self) -> None:
        """Show the records that were removed, or the others again."""
        self._change(self._query._replace(removed=not self.shows_removed))


def _listed(query: ListQuery, uid: str, place: int, programme: Programme) -> Listing:
    """Return a list with the cursor on a record, else near a place; for a worker thread."""
    records = listing.list_records(programme.store(), query, programme.today, uid, place)
    if programme.earlier is None or programme.hindsight:
        return records
    erased = erasures_since(programme.file(), entity(query.kind), programme.earlier)
    return records._replace(remark=" ".join(filter(None, (erased, records.remark))))


class SortBy(Above[str | None]):
    """Lists the columns, each with a key; gives the name of the field, or None when left."""

    BINDINGS = [
        hidden("escape,q", "dismiss(None)", "Back", "dialog.back"),
    ]

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Give the list."""
        options = [
            Option(Content(f"{key}  {label}"), id=name)
            for key, (name, label) in zip(SORT_KEYS, self._choices, strict=False)
        ]
        with Vertical(classes="dialog"):
            yield Static(Content("Sort by (again: the other way round)"), classes="dialog-heading")
            yield OptionList(*options, compact=True)

    def on_key(self, event: events.Key) -> None:
        """Take the column whose key was pressed."""
        place = SORT_KEYS.find(event.character or " ")
        if 0 <= place < len(self._choices):
            event.stop()
            self.dismiss(self._choices[place][0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the column that was chosen."""
        self.dismiss(event.option_id)
