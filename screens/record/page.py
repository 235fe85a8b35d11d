"""The page of one record: its fields, what is linked to it, and what happened to it."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static

from screens.dialogs import Choose, Confirm
from screens.form.form import EntityForm
from screens.full_page import FullPage
from screens.messages import Done
from screens.reach import programme
from screens.record.body import PageBody
from screens.record.data import Page, pointing_at, read_page, titled
from screens.record.page_lines import LeadingLine
from screens.record.views import VIEWS, view_of
from screens.tasks import in_thread
from screens.undoing import undo_last
from screens.work import Programme
from tracker.entities import entity
from tracker.services.records.people import who_is
from tracker.services.records.writing import remove, restore
from tracker.storage.journal.history import of_command
from tracker.storage.journal.undo import to_undo
from tracker.storage.rows import link

WORDS = {"add": "added", "set": "changed", "remove": "removed", "restore": "brought back"}


class PageRead(Message):
    """What the page shows was read; None when the record does not exist any more."""

    def __init__(self, page: Page | None) -> None:
        super().__init__()
        self.page = page


class UndoElsewhere(Message):
    """What would be undone is not on this page."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what


class RecordPage(FullPage):
    """Shows a whole record and lets people change it; it reads the file again whenever records change."""

    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="page.edit"),
        Binding("e,n", "correct", "New one", id="page.correct"),
        Binding("a", "add", "Add", id="page.add"),
        *(Binding("v", f"view('{kind}')", view.label, id=f"page.view_{kind}") for kind, view in VIEWS.items()),
        Binding("x,delete", "remove", "Remove", id="page.remove"),
        Binding("r", "restore", "Bring back", id="page.restore"),
        Binding("u", "undo", "Undo", id="page.undo"),
        Binding("escape,q", "dismiss(None)", "Back", id="page.back"),
    ]

    def __init__(self, kind: str, uid: str) -> None:
        super().__init__()
        self.kind = kind
        self.uid = uid
        self.which = entity(kind)
        self.page: Page | None = None
        self.body = PageBody()

    def compose(self) -> ComposeResult:
        """Give the head, the page that scrolls, and the keys."""
        yield Static(id="head")
        yield Static(id="removed")
        yield self.body
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the record."""
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the record again."""
        in_thread(self, partial(_page_read, programme(self.app), self.kind, self.uid), "page")

    async def on_page_read(self, message: PageRead) -> None:
        """Show what was read, at the place where the page was."""
        message.stop()
        if message.page is None:
            self.notify(f"This {self.which.noun} does not exist any more: adding it was undone.", markup=False)
            self.dismiss()
            return
        self.page = page = message.page
        self.query_one("#head", Static).update(Content(f"{page.ref}  {page.name}  ({self.which.noun})"))
        removed = self.query_one("#removed", Static)
        removed.update(Content(f"✗ {page.removed}. Press r to bring it back."))
        removed.display = bool(page.removed)
        await self.body.show(page)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what cannot be done with this record."""
        gone = self.page is not None and bool(self.page.removed)
        match action:
            case "edit":
                return not gone and not self.which.append_only
            case "correct":
                return not gone and self.which.append_only
            case "add":
                return not gone and bool(pointing_at(self.kind))
            case "remove":
                return not gone and self.kind != "programme"
            case "restore":
                return gone
            case "view":
                return not gone and parameters == (self.kind,) and self.kind in VIEWS
        return True

    def action_edit(self) -> None:
        """Change the record."""
        self.app.push_screen(EntityForm(self.kind, self.uid))

    def action_view(self, kind: str) -> None:
        """Open the screen that shows more of records of this kind."""
        self.app.push_screen(view_of(kind, self.uid))

    def action_correct(self) -> None:
        """Add a newer record of this kind, which takes the place of this one."""
        if self.page is None:
            return
        fields = self.which.fields()
        same = {name: value for name, value in self.page.values.items() if fields[name].target or fields[name].choices}
        preset: dict[str, Any] = {name: value for name, value in same.items() if value and name != "rating"}
        preset.pop("by", None)
        for name, field in fields.items():
            if field.target == self.kind:
                preset[name] = self.uid
        self.app.push_screen(EntityForm(self.kind, None, preset))

    def action_add(self) -> None:
        """Add a record that is linked to this one."""
        offered = [
            (f"{other.kind} {field.name}", _adding(self.kind, titled(self.kind, other, field), other.noun))
            for other, field in pointing_at(self.kind)
        ]
        if len(offered) == 1:
            self._add(offered[0][0])
        else:
            self.app.push_screen(Choose("What do you want to add?", offered), self._add)

    def _add(self, chosen: str | None) -> None:
        if chosen is not None:
            kind, field = chosen.split(" ")
            self.app.push_screen(EntityForm(kind, None, {field: self.uid}))

    def action_remove(self) -> None:
        """Ask why, then take the record out of the lists."""
        if self.page is not None:
            question = f"Remove {self.page.ref} {self.page.name}? It stays in the file and can be brought back."
            self.app.push_screen(Confirm(question, "Remove", "Keep", reason=True), self._remove)

    def _remove(self, reason: str | None) -> None:
        if reason is not None:
            _write(self, partial(_removed, programme(self.app), self.kind, self.uid, reason))

    def action_restore(self) -> None:
        """Bring the removed record back."""
        _write(self, partial(_restored, programme(self.app), self.kind, self.uid))

    def action_undo(self) -> None:
        """Turn back what the person did last; ask first when that was somewhere else."""
        _write(self, partial(_undone, programme(self.app), self.uid))

    def on_undo_elsewhere(self, message: UndoElsewhere) -> None:
        """Ask before something is undone that this page does not show."""
        question = f"Your last change was elsewhere: {message.what}. Undo it?"
        self.app.push_screen(Confirm(question, "Undo", "Leave it"), self._undo_elsewhere)

    def _undo_elsewhere(self, answer: str | None) -> None:
        if answer is not None:
            _write(self, partial(undo_last, programme(self.app)))

    @on(LeadingLine.Followed)
    def _follow(self, message: LeadingLine.Followed) -> None:
        self.app.push_screen(RecordPage(message.kind, message.uid))


def _write(page: RecordPage, job: Callable[[], Message]) -> None:
    in_thread(page, job, "write", exclusive=False)


def _adding(kind: str, title: str, noun: str) -> str:
    of = title.partition(" (")[2]
    return noun[0].upper() + noun[1:] + (f" ({of}" if of else "")


def _page_read(here: Programme, kind: str, uid: str) -> PageRead:
    return PageRead(read_page(here, kind, uid))


def _removed(here: Programme, kind: str, uid: str, reason: str) -> Done:
    saved = remove(here.store(), kind, uid, here.acting(), reason=reason)
    return Done(f"{saved.ref} removed. Press u to undo.", saved.tx)


def _restored(here: Programme, kind: str, uid: str) -> Done:
    saved = restore(here.store(), kind, uid, here.acting())
    return Done(f"{saved.ref} is back in the list.", saved.tx)


def _undone(here: Programme, uid: str) -> Message:
    store = here.store()
    person = who_is(store, here.who)
    tx = to_undo(store, person) if person else None
    changes = of_command(store, tx) if tx else []
    if not changes or any(change.uid == uid for change in changes):
        return undo_last(here)
    other = link(store, changes[0].kind, changes[0].uid)
    done = WORDS.get(changes[0].command.rpartition(".")[2], changes[0].command)
    return UndoElsewhere(f"{other or 'a record'} was {done}")
