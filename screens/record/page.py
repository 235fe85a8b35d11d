"""The page of one record: its fields, what is linked to it, and what happened to it."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from screens.dialogs import Choose
from screens.earlier import changing, shown_as
from screens.fates import remove_asking, restore_asking
from screens.form.form import EntityForm
from screens.live import Reloads
from screens.record.body import PageBody
from screens.record.data import Page, pointing_at, read_page, relation_title
from screens.record.history_line import HistoryLine
from screens.record.merging import Merges
from screens.record.note import ask_for_note
from screens.record.page_lines import LeadingLine
from screens.record.text_page import TextPage
from screens.record.undoing import UndoesHere
from screens.record.views import VIEWS, view_of
from screens.widgets.key_line import KeyLine
from screens.work import Programme, programme_of, read
from tracker.entities import Entity, Person, entity
from tracker.entities import Programme as ProgrammeRecord
from tracker.rules.wording import show_date
from tracker.services.guards.guard import Values


class RecordPage(Reloads, Merges, UndoesHere):
    """Shows a whole record and lets people change it; it reads the file again whenever records change."""

    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "#page"
    BINDINGS = [
        Binding("e", "edit", "Edit", id="page.edit"),
        Binding("e,n", "correct", "New one", id="page.correct"),
        Binding("a", "add", "Add", id="page.add"),
        *(Binding("v", f"view('{kind}')", view.label, id=f"page.view_{kind}") for kind, view in VIEWS.items()),
        Binding("m", "merge", "Merge", id="page.merge"),
        Binding("p", "hand_over", "Hand over", id="page.hand_over"),
        Binding("t", "note", "Note", id="page.note"),
        Binding("x,delete", "remove", "Remove", id="page.remove"),
        Binding("r", "restore", "Bring back", id="page.restore"),
        Binding("u", "undo", "Undo", id="page.undo"),
        Binding("escape,q", "dismiss(None)", "Back", id="page.back"),
    ]

    def __init__(self, kind: str, uid: str) -> None:
        super().__init__()
        self.kind = kind
        self.uid = uid
        self.register = entity(kind)
        self.page: Page | None = None
        self.body = PageBody()
        self.narrowing = HistoryLine(kind)
        self._to_history = False

    def compose(self) -> ComposeResult:
        """Give the head, the page that scrolls, and the keys."""
        yield Static(id="head")
        yield Static(id="removed")
        yield self.body
        yield self.narrowing
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the record."""
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the record again."""
        scope = self.narrowing.scope
        read(
            self,
            lambda programme: read_page(programme, self.kind, self.uid, scope),
            self._show,
            "page",
            keys_wait=self.page is None or self._to_history,
        )

    async def _show(self, page: Page | None) -> None:
        """Show a page, at the place where the one before was; leave when the record does not exist any more."""
        if page is None:
            self.notify(_not_there(self.register, programme_of(self)), markup=False)
            self.dismiss()
            return
        self.page = page
        self.say("#head", f"{page.ref}  {page.name}  ({self.register.noun})")
        removed = self.query_one("#removed", Static)
        removed.update(Content(f"✗ {page.removed}. Press r to bring it back."))
        removed.display = bool(page.removed)
        await self.body.show(page)
        if self._to_history:
            self._to_history = False
            self.call_after_refresh(self.body.action_history)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what cannot be done with this record."""
        removed = self.page is not None and bool(self.page.removed)
        if self.page is not None and self.page.values.get("alias_of"):  # the record that took its place counts
            return action not in ("edit", "add", "merge", "hand_over", "remove", "restore", "correct", "view")
        match action:
            case "merge" | "hand_over":
                return not removed and self.kind == Person.kind
            case "edit":
                return not removed and not self.register.append_only
            case "correct":
                return not removed and self.register.append_only
            case "note":
                return not removed
            case "add":
                return not removed and bool(pointing_at(self.kind))
            case "remove":
                return not removed and self.register is not ProgrammeRecord
            case "restore":
                return removed
            case "view":
                return not removed and parameters == (self.kind,) and self.kind in VIEWS
        return True

    @changing
    def action_edit(self) -> None:
        """Change the record."""
        self.app.push_screen(EntityForm(self.kind, self.uid))

    def action_view(self, kind: str) -> None:
        """Open the screen that shows more of records of this kind."""
        self.app.push_screen(view_of(kind, self.uid))

    @changing
    def action_correct(self) -> None:
        """Add a newer record of this kind, which takes the place of this one."""
        if self.page is None:
            return
        preset: Values = {}
        for name, field in self.register.fields().items():
            value = self.page.values[name]
            if field.target == self.kind:
                preset[name] = self.uid
            elif value and (field.target or field.choices) and name not in ("rating", "by"):
                preset[name] = value
        self.app.push_screen(EntityForm(self.kind, None, preset))

    @changing
    def action_add(self) -> None:
        """Add a record that is linked to this one."""
        choices = []
        shown = programme_of(self).in_use
        for register, field in pointing_at(self.kind):
            if register.on_request and not self.register.on_request and register.kind not in shown:
                continue
            title = relation_title(self.kind, register, field)
            qualifier = title.removeprefix(title.partition(" (")[0])
            choices.append((f"{register.kind} {field.name}", register.noun[0].upper() + register.noun[1:] + qualifier))
        if len(choices) == 1:
            self._add(choices[0][0])
        else:
            self.app.push_screen(Choose("What do you want to add?", choices), self._add)

    def _add(self, choice: str | None) -> None:
        if choice is not None:
            kind, field = choice.split(" ")
            self.app.push_screen(EntityForm(kind, None, {field: self.uid}))

    @changing
    def action_note(self) -> None:
        """Write a note on the record."""
        if self.page is not None:
            ask_for_note(self, self.kind, self.uid, f"{self.page.ref} {self.page.name}".strip())

    @changing
    def action_remove(self) -> None:
        """Ask what becomes of what hangs on the record, and why; then take it out of the lists."""
        if self.page is not None:
            remove_asking(self, self.kind, self.uid, f"{self.page.ref} {self.page.name}")

    @changing
    def action_restore(self) -> None:
        """Bring the removed record back."""
        restore_asking(self, self.kind, self.uid)

    @on(HistoryLine.Narrowed)
    def _narrow(self) -> None:
        """Show the part of the history that is wanted, and go there."""
        self.body.focus(scroll_visible=False)
        self._to_history = True
        self.records_changed()

    @on(LeadingLine.Followed)
    def _follow(self, message: LeadingLine.Followed) -> None:
        line = message.line
        if line.whole:
            self.app.push_screen(TextPage(line.label, line.whole))
        else:
            self.app.push_screen(RecordPage(line.kind, line.uid))


def _not_there(register: type[Entity], programme: Programme) -> str:
    """Return why a page is left that has no record to show."""
    if programme.hindsight:
        return f"Nothing is known of this {register.noun} {shown_as(programme).removeprefix('as now known ')}."
    if programme.earlier is not None:
        return f"This {register.noun} had not been recorded by {show_date(programme.earlier)}."
    return f"This {register.noun} does not exist any more: adding it was undone."
