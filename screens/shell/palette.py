"""The commands of the palette; names of records are shown as they are, never read as markup."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from screens.lists.cells import one_line
from screens.reach import programme
from screens.record.views import VIEWS, view_of
from screens.shell.areas import OVERVIEW, areas
from screens.shell.main import MainScreen
from screens.themes import THEMES
from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.storage.search import Hit as Found
from tracker.storage.search import find_text

RECORDS = 12
LEAST_LETTERS = 2


class Command(NamedTuple):
    """A command: its name, with the key that does the same, and what runs it."""

    name: str
    run: Callable[[], object]


class Commands(Provider):
    """Areas, adding, undoing, themes, help, and any record by its words."""

    def _main(self) -> MainScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen))

    def _action(self, action: str) -> Callable[[], object]:
        return partial(self._main().run_action, action)

    def _commands(self) -> list[Command]:
        found = self._views()
        found += [
            Command(f"Go to {area.label.lower()}" + (f"  ({area.key})" if area.key else ""), self._go(area.id))
            for area in areas()
        ]
        for area in areas():
            if area.id not in (OVERVIEW, "programme"):
                found.append(Command(f"Add {entity(area.id).noun}", partial(self._main().add_record, area.id)))
        found += [
            Command("New pilot from a template", partial(self._make, "pilot")),
            Command("New gate from a template", partial(self._make, "gate")),
            Command("Preview and export the board's paper", self._paper),
            Command("Board desk of the next meeting", self._desk),
            Command("Find a record  (f)", self._action("search")),
            Command("Undo  (u)", self._action("undo")),
            Command("Redo  (ctrl+r)", self._action("redo")),
            Command("Keys  (?)", self._action("app.keys")),
            Command("Quit  (q)", self._action("app.quit")),
        ]
        for name in THEMES:
            found.append(Command(f"Theme: {name.removeprefix('tracker-')}", partial(self._theme, name)))
        return found

    def _views(self) -> list[Command]:
        """Return what the page opens from which the palette was called."""
        from screens.record.page import RecordPage

        page = self.screen
        if not isinstance(page, RecordPage) or page.page is None or not page.check_action("view", (page.kind,)):
            return []
        name = f"{VIEWS[page.kind].label} of {page.page.ref}  (v)"
        return [Command(name, partial(page.action_view, page.kind))]

    def _open_view(self, kind: str, uid: str) -> None:
        self.app.push_screen(view_of(kind, uid))

    async def _make(self, kind: str) -> None:
        from screens.record.page import RecordPage
        from screens.shell.new_from_template import make_from_template

        page = self.screen
        preset = {}
        if kind == "gate" and isinstance(page, RecordPage) and page.kind == "pilot":
            preset["pilot"] = page.uid
        await make_from_template(self._main(), kind, preset)

    def _paper(self) -> None:
        from screens.board.paper import PaperScreen

        self.app.push_screen(PaperScreen())

    async def _desk(self) -> None:
        from tracker.rules.boards.cycle import UNFINISHED
        from tracker.services.board.cycle import meant

        here = programme(self.app)
        try:
            uid = await asyncio.to_thread(lambda: meant(here.store(), "", among=UNFINISHED))
        except TrackerError as error:
            self.app.notify(str(error), severity="warning", markup=False)
        else:
            self._open_view("board", uid)

    def _go(self, area: str) -> Callable[[], object]:
        return self._action(f"area('{area}')")

    def _theme(self, name: str) -> None:
        self.app.theme = name

    async def discover(self) -> Hits:
        """Give every command before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(Content(command.name), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """Give the commands and the records that fit."""
        fuzzy = self.matcher(query).fuzzy_search
        for command in self._commands():
            score, places = fuzzy.match(query, command.name)
            if score > 0:
                shown = Content(command.name)
                for at in places:
                    shown = shown.stylize("bold underline", at, at + 1)
                yield Hit(score, shown, command.run, text=command.name)
        for number, found in enumerate(await self._records(query)):
            name = one_line(f"{found.ref} {found.title}".strip() + f"  ({entity(found.kind).noun})")
            open_it = partial(self._main().open_record, found.kind, found.uid)
            yield Hit(0.9 - number / 100, Content(name), open_it, text=name)
            if found.kind in VIEWS:
                more = f"{VIEWS[found.kind].label} of {name}"
                view = partial(self._open_view, found.kind, found.uid)
                yield Hit(0.895 - number / 100, Content(more), view, text=more)

    async def _records(self, query: str) -> list[Found]:
        if len(query.strip()) < LEAST_LETTERS:
            return []
        here = programme(self.app)
        try:
            return await asyncio.to_thread(lambda: find_text(here.store(), query, limit=RECORDS))
        except TrackerError:
            return []
