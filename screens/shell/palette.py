"""The commands of the palette; names of records are shown as they are, never read as markup."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hits, Provider
from textual.command import Hit as PaletteHit
from textual.content import Content
from textual.dom import DOMNode

from screens.earlier import changes_records, refused
from screens.lists.cells import one_line
from screens.lists.record_keys import add_record
from screens.mending import on_screens
from screens.record.views import VIEWS, view_of
from screens.remembered import remember_theme
from screens.shell.areas import OVERVIEW, areas
from screens.shell.main import MainScreen
from screens.themes import THEMES
from screens.widgets.pages import may_be_left
from screens.work import Failed, programme_of
from tracker.entities import BoardMeeting, Gate, Pilot, entity
from tracker.entities import Programme as ProgrammeRecord
from tracker.errors import TrackerError
from tracker.rules.wording import counted, optional
from tracker.services.browsing import Hit, find_text
from tracker.services.records.templates import Templates, find_templates
from tracker.services.records.writing import Saved

MOST_RECORDS = 12
LEAST_LETTERS = 2
WORDS = 100  # more than any letters that merely follow one another
# Ids of their bindings.
KEYED = ("record", "list", "page", "desk", "meeting", "roll", "checklist", "backups", "paper", "import", "outcome")
MOVING = ("scroll", "cursor_", "page_", "move(", "step(")  # with these begin the actions that only move about


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
        commands = self._views()
        commands += self._keys()
        offered = areas(programme_of(self.screen).in_use)
        for area in offered:
            key = f"  ({area.key})" if area.key else ""
            commands.append(Command(f"Go to {area.label.lower()}{key}", partial(self._go, area.id)))
        for area in offered:
            if area.id not in (OVERVIEW, ProgrammeRecord.kind):
                commands.append(Command(f"Add {entity(area.id).noun}", partial(add_record, self.app, area.id)))
        commands += [
            Command("New pilot from a template", self._new_pilot),
            Command("New gate from a template", self._new_gate),
            Command("Preview and export the board's paper", self._paper),
            Command("Board desk of the next meeting", self._desk),
            *self._days(),
            Command("Import a table: CSV, Excel, LibreOffice, JSON …", partial(_import_table, self._main())),
            Command("Backups: make, verify, put one back", self._backups),
            Command("Drafts: text that is not saved", self._drafts),
            Command("Find a record  (f)", self._action("search")),
            Command("Undo  (u)", self._action("undo")),
            Command("Redo  (ctrl+r)", self._action("redo")),
            Command("Keys  (?)", self._action("app.keys")),
            Command("Quit  (q)", self._action("app.quit")),
        ]
        for name in THEMES:
            commands.append(Command(f"Theme: {name.removeprefix('tracker-')}", partial(self._theme, name)))
        return commands

    def _views(self) -> list[Command]:
        """Return what the page opens from which the palette was called."""
        from screens.record.page import RecordPage

        page = self.screen
        if not isinstance(page, RecordPage) or page.page is None or not page.check_action("view", (page.kind,)):
            return []
        name = f"{VIEWS[page.kind].label} of {page.page.ref}  (v)"
        return [Command(name, partial(page.action_view, page.kind))]

    def _keys(self) -> list[Command]:
        """Return what the keys of the open screen do that the others here do not say; moving about comes last."""
        commands: dict[str, Command] = {}
        bindings = self.screen.active_bindings.values()
        for active in sorted(bindings, key=lambda active: active.binding.action.startswith(MOVING)):
            binding = active.binding
            group, dot, _ = (binding.id or "").partition(".")
            if dot and group in KEYED and active.enabled:
                name = f"{binding.description}  ({self.app.get_key_display(binding)})"
                commands.setdefault(binding.action, Command(name, partial(self._press, active.node, binding.action)))
        return list(commands.values())

    async def _press(self, node: DOMNode, action: str) -> None:
        if not (changes_records(node, action) and refused(node)):
            await self.app.run_action(action, node)

    async def _go(self, area: str) -> None:
        """Open an area; pages that lie above it are left, but no form."""
        main = self._main()
        stack = self.app.screen_stack
        above = stack[stack.index(main) + 1 :]
        if all(map(may_be_left, above)):
            for page in reversed(above):
                page.dismiss(None)
        await main.action_area(area)

    def _days(self) -> list[Command]:
        """Return what leads to an earlier day, or from one to another and back."""
        if programme_of(self.screen).earlier is None:
            return [Command("Look at an earlier day  (@)", self._action("app.earlier"))]
        return [
            Command("Go back to today  (@)", self._action("app.earlier")),
            Command("Look at another earlier day", self._action("app.another_day")),
        ]

    def _open_view(self, kind: str, uid: str) -> None:
        self.app.push_screen(view_of(kind, uid))

    async def _new_pilot(self) -> None:
        await new_from_template(self._main(), Pilot.kind)

    async def _new_gate(self) -> None:
        from screens.record.page import RecordPage

        page = self.screen
        preset = {}
        if isinstance(page, RecordPage) and page.kind == Pilot.kind:
            preset["pilot"] = page.uid
        await new_from_template(self._main(), Gate.kind, preset)

    def _drafts(self) -> None:
        from screens.form.draft_list import DraftList

        self.app.push_screen(DraftList())

    def _backups(self) -> None:
        from screens.shell.backups import BackupsPage

        self.app.push_screen(BackupsPage())

    def _paper(self) -> None:
        from screens.board.paper import PaperScreen

        self.app.push_screen(PaperScreen())

    async def _desk(self) -> None:
        from tracker.rules.boards.cycle import UNFINISHED
        from tracker.services.board.cycle import resolve_meeting

        programme = programme_of(self.screen)
        try:
            uid = await asyncio.to_thread(lambda: resolve_meeting(programme.store(), "", among=UNFINISHED))
        except TrackerError as error:
            self.app.notify(on_screens(error), severity="warning", markup=False)
        else:
            self._open_view(BoardMeeting.kind, uid)

    async def _theme(self, name: str) -> None:
        self.app.theme = name
        await asyncio.to_thread(remember_theme, name)

    async def discover(self) -> Hits:
        """Give every command before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(Content(command.name), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """Give the commands and the records that fit."""
        for command in self._commands():
            score, places = self._fit(query, command.name)
            if score > 0:
                name = Content(command.name)
                for place in places:
                    name = name.stylize("bold underline", place, place + 1)
                yield PaletteHit(score, name, command.run, text=command.name)
        for number, hit in enumerate(await self._records(query)):
            before = optional(", before: ", hit.former)
            record = one_line(f"{hit.ref} {hit.title}".strip() + f"  ({entity(hit.kind).noun}{before})")
            yield PaletteHit(
                0.9 - number / 100, Content(record), partial(self._main().open_record, hit.kind, hit.uid), text=record
            )
            if hit.kind in VIEWS:
                view = f"{VIEWS[hit.kind].label} of {record}"
                yield PaletteHit(
                    0.895 - number / 100, Content(view), partial(self._open_view, hit.kind, hit.uid), text=view
                )

    def _fit(self, query: str, name: str) -> tuple[float, Sequence[int]]:
        """Return how well a name fits what is sought, and the places of its letters that do.

        Words and inner parts of them, in any order, come before records; letters that merely follow one another behind.
        """
        lowered = name.lower()
        words = query.lower().split()
        starts = [lowered.find(word) for word in words]
        if not words or min(starts) < 0:
            score, letters = self.matcher(query).fuzzy_search.match(query, name)
            return score / WORDS, letters
        places = sorted({start + n for start, word in zip(starts, words, strict=True) for n in range(len(word))})
        begun = sum(start == 0 or not lowered[start - 1].isalnum() for start in starts)
        return WORDS + begun + len(places) / len(name), places

    async def _records(self, query: str) -> list[Hit]:
        if len(query.strip()) < LEAST_LETTERS:
            return []
        programme = programme_of(self.screen)
        try:
            return await asyncio.to_thread(lambda: find_text(programme.store(), query, limit=MOST_RECORDS))
        except TrackerError:
            return []


def _import_table(main: MainScreen) -> None:
    from screens.importing.page import ImportPage

    main.app.push_screen(ImportPage())


async def new_from_template(main: MainScreen, kind: str, preset: dict[str, str] | None = None) -> None:
    """Ask for a template of a pilot or gate, then open the form that begins with what it says and with ``preset``."""
    from screens.dialogs import Choose

    if refused(main):
        return
    try:
        templates = await asyncio.to_thread(find_templates)
    except TrackerError as error:
        main.app.post_message(Failed(error))
        return
    choices = []
    for name, listed in (templates.pilots if kind == Pilot.kind else templates.gates).items():
        source = f"{name}, your own" if listed.own else name
        choices.append((name, one_line(f"{listed.template.title}  ({source})")))
    question = f"Which kind of {entity(kind).noun}?"
    if templates.troubles:
        broken = counted(len(templates.broken), "template")
        question += f" {broken} cannot be used. {one_line(str(templates.troubles[0]))}"
    main.app.push_screen(Choose(question, choices), partial(_open_form, main, kind, templates, preset or {}))


def _open_form(main: MainScreen, kind: str, templates: Templates, preset: dict[str, str], name: str | None) -> None:
    if name is None:
        return
    from screens.form.form import EntityForm

    values = templates.pilot(name).pilot if kind == Pilot.kind else templates.gate(name).gate
    main.app.push_screen(
        EntityForm(kind, preset={**values, **preset, "template": name}), partial(_open_saved, main, kind)
    )


def _open_saved(main: MainScreen, kind: str, saved: Saved | None) -> None:
    if saved is not None:
        main.open_record(kind, saved.uid)
