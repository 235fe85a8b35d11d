"""Finding any record while typing."""

from array import array
from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from screens.lists.cells import one_line
from screens.lists.columns import Column, Row
from screens.lists.record_table import RecordTable
from screens.mending import in_a_line
from screens.widgets.one_line import OneLine
from screens.widgets.pages import Above, hidden
from screens.work import Programme, read
from tracker.entities import entity
from tracker.errors import Note
from tracker.services.browsing import Hit, find_text
from tracker.services.reading import gone_by_ref

MOST_HITS = 20
COLUMNS = (
    Column("ref", "Ref", 6, 9, keep=True),
    Column("title", "Record", 20, 400, share=3, keep=True),
    Column("kind", "Kind", 14, 18),
    Column("snippet", "Where the words are", 18, 400, share=2),
)


class Search(Above[tuple[str, str] | None]):
    """Shows the newest records that hold the words; gives kind and uid of the one chosen, or None."""

    BINDINGS = [
        Binding("escape", "dismiss(None)", "Back", id="dialog.back"),
        hidden("down", "move(1)", "Next", "search.down"),
        hidden("up", "move(-1)", "Before", "search.up"),
    ]

    def __init__(self, sought: str = "", keep: Callable[[str], object] = str) -> None:
        """``sought`` is what was sought last: it is there again, and typing takes its place. ``keep`` hears what is."""
        super().__init__()
        self._sought = sought
        self._keep = keep
        self._input = OneLine(placeholder="Find in everything: words, or a ref such as R-014", compact=True)
        self._removed = Static(markup=False)
        self._removed.display = False
        self._table = RecordTable(COLUMNS)
        self._answered = ""  # the text of which the list shows what was found

    def compose(self) -> ComposeResult:
        """Give the line to type in, what became of a removed record that it names, and the list."""
        with Vertical(id="search"):
            yield self._input
            yield self._removed
            yield self._table

    def on_mount(self) -> None:
        """Take what is typed."""
        self._input.value = self._sought
        self._input.focus()
        self._input.select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search again; what an earlier search finds is not heard any more."""
        self._keep(event.value)
        self._search(lambda: None)

    def _search(self, act: Callable[[], object], *, keys_wait: bool = False) -> None:
        """Search for what is typed, show it, and then do something with it."""
        text = self._input.value

        def hits(programme: Programme) -> tuple[list[Row], Note | None]:
            store = programme.store()
            return [_row(hit) for hit in find_text(store, text, limit=MOST_HITS)], gone_by_ref(store, text)

        def show(result: tuple[list[Row], Note | None]) -> None:
            rows, removed = result
            self._answered = text
            self._removed.update(Content(one_line(in_a_line(removed or ""))))
            self._removed.display = removed is not None
            self._table.empty = f"No record holds “{one_line(text)}”." if text.strip() and not removed else ""
            self._table.show(array("q", range(len(rows))), dict(enumerate(rows)))
            act()

        read(self, hits, show, "search", keys_wait=keys_wait)

    def _with_hits(self, act: Callable[[], object]) -> None:
        """Do something with what was found of the text that is there, and not with what was found before."""
        if self._answered == self._input.value:
            act()
        else:
            self._search(act, keys_wait=True)

    def action_move(self, step: int) -> None:
        """Move in the list while typing."""
        self._with_hits(partial(self._move, step))

    def _move(self, step: int) -> None:
        self._table.cursor += step

    def on_input_submitted(self) -> None:
        """Take the record under the cursor."""
        self._with_hits(self._take_current)

    def _take_current(self) -> None:
        if self._table.row is not None:
            self._take(self._table.row)

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        """Take the record that was chosen."""
        message.stop()
        self._take(message.row)

    def _take(self, row: Row) -> None:
        self.dismiss((row.kind, row.uid))


def _row(hit: Hit) -> Row:
    cells = (hit.ref, hit.title, entity(hit.kind).noun.capitalize(), hit.snippet)
    return Row(hit.kind, hit.uid, tuple(map(one_line, cells)), ("muted", "", "muted", "muted"))
