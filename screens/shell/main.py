"""The main screen: a bar of areas, the open area, and the keys; everything else opens on top of it."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Input, Static

from screens import lifecycle
from screens.commands import redo_last, undo_last
from screens.earlier import changing, shown_as
from screens.lists.cells import one_line
from screens.lists.record_keys import OpenRecord
from screens.lists.record_table import RecordTable
from screens.lists.register import Register
from screens.live import Reloads
from screens.shell.area_bar import AreaBar
from screens.shell.areas import OVERVIEW, areas
from screens.shell.overview import OverviewArea
from screens.widgets.key_line import KeyLine
from screens.widgets.pages import EARLIER, hidden
from screens.work import Programme, write
from tracker.rules.wording import optional, upper_first

LEAST = (40, 10)
TOO_SMALL = f"This window is too small: {LEAST[0]} × {LEAST[1]} is the least. What is open comes back; ctrl+q leaves."
COMMANDS = ("undo", "redo", "search", "area", "step")  # of this screen, with keys that a line has for itself
ALWAYS = "ctrl+q"  # cannot be part of a text
EDITING = ("backspace", "delete", "left", "right", "home", "end")


class MainScreen(Reloads, Screen[None]):
    """Holds the areas; each is made when it is first opened."""

    AUTO_FOCUS = ""  # each area says which of its lists has the keys
    BINDINGS = [
        hidden("colon", "app.command_palette", "Commands", "palette"),
        Binding("f,ctrl+f", "search", "Find", id="find"),
        Binding("u,ctrl+z", "undo", "Undo", id="undo"),
        hidden("ctrl+r,ctrl+y", "redo", "Do again what was undone", "redo"),
        hidden("at", "app.earlier", EARLIER, "earlier"),
        Binding("escape", "app.today", "Today", key_display="Esc", id="today"),
        hidden("right_square_bracket", "step(1)", "Next area", "area.next"),
        hidden("left_square_bracket", "step(-1)", "Area before", "area.before"),
        *(hidden(area.key, f"area('{area.id}')", area.label, f"area.{area.id}") for area in areas() if area.key),
    ]

    def __init__(self, programme: Programme) -> None:
        super().__init__()
        self._programme = programme
        self._bar = AreaBar(id="areas")
        self._switcher = ContentSwitcher(id="area", initial=OVERVIEW)
        self._title = Static(id="title")
        self._called = programme.name  # of the programme, once the overview was read; the file's till then
        self._sought = ""  # what was sought last

    def compose(self) -> ComposeResult:
        """Give the title, the areas and the keys; on a tiny terminal the size that is needed covers them.

        They are not hidden: what is hidden loses the focus, and keys that have no place would run as commands.
        """
        yield Static(Content(TOO_SMALL), id="too-small")
        yield self._title
        with Container(id="body"):
            yield self._bar
            with self._switcher:
                yield OverviewArea(id=OVERVIEW)
        yield KeyLine()

    def on_mount(self) -> None:
        """Open the overview."""
        self._bar.current = OVERVIEW
        self._entitle()
        self._area().focus_list()
        self.call_after_refresh(lifecycle.after_first_paint)

    def _entitle(self) -> None:
        # An earlier day stands first, where the longest name does not push it off the line.
        first = optional("", upper_first(shown_as(self._programme)), " · ") + one_line(self._called)
        last = one_line(f"{self._programme.name} · {self._programme.who}")
        self._title.update(Content.assemble(Content(f" {first}"), Content(f"   {last}").stylize("dim")))

    def refuses_key(self, key: str, character: str | None) -> bool:
        """Return whether a key is to do nothing: while the window is too small, or nothing has the focus.

        A line in which somebody types still takes text; where nothing has the focus, the open area gets it back.
        """
        if key == ALWAYS:
            return False
        if self.has_class("-tiny") or self.has_class("-flat"):
            types = key in EDITING or (character is not None and character.isprintable())
            return not (types and isinstance(self.focused, Input))
        if self.focused is None:
            self._area().focus_list()
            return True
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys that edit a line, such as ctrl+z, to the line: there they would undo a change elsewhere."""
        if isinstance(self.focused, Input) and action in COMMANDS:
            return False
        return super().check_action(action, parameters)

    def _area(self) -> OverviewArea | Register:
        return self._switcher.query_one(f"#{self._switcher.current}")  # type: ignore[return-value]

    async def action_area(self, area: str) -> None:
        """Open an area, making it when it is opened for the first time."""
        if not self._switcher.query(f"#{area}"):
            await self._switcher.add_content(Register(area, id=area))
        self._switcher.current = area
        self._bar.current = area
        opened = self._area()
        opened.focus_list()
        if opened.stale:
            opened.reload()

    async def action_step(self, step: int) -> None:
        """Open the next area, or the one before."""
        order = [area.id for area in self._bar.areas]
        await self.action_area(order[(order.index(self._bar.current) + step) % len(order)])

    async def on_area_bar_chosen(self, message: AreaBar.Chosen) -> None:
        """Open the area that was clicked."""
        await self.action_area(message.area)

    def on_overview_area_loaded(self, message: OverviewArea.Loaded) -> None:
        """Say in the title which programme this is."""
        self._called = message.programme or self._programme.name
        self._entitle()

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        """Show the record of a row of the overview."""
        self.open_record(message.row.kind, message.row.uid)

    def on_open_record(self, message: OpenRecord) -> None:
        """Show the whole record."""
        self.open_record(message.kind, message.uid)

    def open_record(self, kind: str, uid: str) -> None:
        """Show the whole record on top."""
        from screens.record.page import RecordPage

        self.app.push_screen(RecordPage(kind, uid))

    def action_search(self) -> None:
        """Search everything."""
        from screens.lists.search import Search

        self.app.push_screen(Search(self._sought, self._keep_sought), self._open_hit)

    def _keep_sought(self, text: str) -> None:
        self._sought = text

    def _open_hit(self, kind_and_uid: tuple[str, str] | None) -> None:
        if kind_and_uid is not None:
            self.open_record(*kind_and_uid)

    @changing
    def action_undo(self) -> None:
        """Turn back what the person did last."""
        write(self, undo_last)

    @changing
    def action_redo(self) -> None:
        """Do again what the person undid last."""
        write(self, redo_last)

    def records_changed(self, show: str = "") -> None:
        """Read the open area again, and the others when they are opened; the title says which day is shown."""
        self._entitle()
        self._bar.reload()
        for area in self._switcher.children:
            if isinstance(area, OverviewArea | Register):
                area.stale = True
        self._area().reload(show)
