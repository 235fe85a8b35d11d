"""A form for any kind of record, made from its fields: it adds or changes one, and keeps what is not saved yet."""

from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static, TextArea

from screens.dialogs import Confirm, ConflictDialog
from screens.form.body import FormBody
from screens.form.choice import Choice
from screens.form.draft_notice import DraftNotice
from screens.form.drafts import Draft, Drafts, subject
from screens.form.saving import REASON, Clashed, Entry, Opened, open_record, save
from screens.reach import drafts_folder, programme, tell_changed
from tracker.entities import entity
from tracker.errors import Invalid, Problem, TrackerError
from tracker.services.records.writing import Saved

AROUND = 4  # lines of the dialog that are not its fields: two of the frame, the help, the footer


class EntityForm(ModalScreen[Saved | None]):
    """Asks for the fields of a record and saves it; gives what was saved, or None when it was cancelled.

    ``preset`` holds typed values (references as uids) that a new record begins with; a record that is there begins at
    the field ``at``.
    """

    CSS_PATH = "form.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="form.save", priority=True),
        Binding("escape", "cancel", "Cancel", id="form.cancel"),
        Binding("ctrl+u", "swap_draft", "Discard or restore", id="form.discard", priority=True),
    ]

    def __init__(
        self, kind: str, uid: str | None = None, preset: dict[str, Any] | None = None, *, at: str = ""
    ) -> None:
        super().__init__()
        self.at = at
        self.kind = kind
        self.uid = uid
        self.preset = preset or {}
        self._base: dict[str, Any] = {}
        self._busy = False
        self._unused = ""

    def compose(self) -> ComposeResult:
        """Give the dialog: notices, the fields, and a line about the one in hand."""
        here = programme(self.app)
        self.body = FormBody(entity(self.kind), here.today(), new=self.uid is None)
        drafts = Drafts(drafts_folder(self.app), here.path, self.kind, subject(self.uid, self.preset))
        self.notice = DraftNotice(drafts, self.body)
        self.trouble = Static(id="trouble", classes="notice")
        with Vertical(id="dialog"):
            yield self.notice
            yield self.trouble
            yield self.body
            yield self.body.about
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the record and the draft; into a new record one can type at once."""
        self.body.disabled = self.uid is not None
        if self.uid is None:
            self.body.focus_first()
        self._open()

    def on_resize(self, event: events.Resize) -> None:
        """Let the fields scroll when they do not fit."""
        self.body.styles.max_height = max(event.size.height - AROUND, 3)

    @work(thread=True, group="open")
    def _open(self) -> None:
        here = programme(self.app)
        try:
            draft = self.notice.drafts.take(here.now())
            opened = open_record(here, self.kind, self.uid, self.preset, draft)
        except TrackerError as error:
            self.app.call_from_thread(self._refuse, [Problem.of("", error)])
        else:
            self.app.call_from_thread(self.call_after_refresh, self._show, opened, draft)

    async def _show(self, opened: Opened, draft: Draft | None) -> None:
        self._base = opened.base
        with self.app.batch_update():
            await self.body.complete()
            self.query_one("#dialog").border_title = Content(opened.title)
            self.body.limit(opened.choices)
            self.body.begin(opened.texts, opened.candidates)
            self.notice.offer(draft)
        if self.uid is not None:
            self.body.disabled = False
            self.body.focus_first(self.at)
        self.refresh_bindings()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _touched(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        self.notice.touched()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to discard a draft only when one was restored."""
        if action == "swap_draft":
            return self.is_mounted and self.notice.can_swap
        return super().check_action(action, parameters)

    def action_swap_draft(self) -> None:
        """Take the restored text out, or bring it back."""
        self.notice.swap()

    def keep_draft(self) -> None:
        """Write the draft before this returns: for a terminal that goes away, or a crash."""
        self.notice.keep_now()

    save_now = keep_draft

    def action_cancel(self) -> None:
        """Leave; when something was typed, ask first and keep it."""
        if not self.body.typed:
            self._leave()
            return
        question = "Leave without saving? What you typed is kept, and offered when you open this form again."
        self.app.push_screen(Confirm(question, yes="Leave", no="Go on typing"), self._leave)

    def _leave(self, answer: str | None = "yes") -> None:
        """Close once the draft is written, so that the form finds it when it is opened again at once."""
        if answer is not None:
            self.notice.stop()
            self._keep_and_close(self.notice.draft())

    @work(thread=True, group="leave")
    def _keep_and_close(self, draft: Draft | None) -> None:
        self.notice.keep_in_thread(draft)
        self.app.call_from_thread(self.dismiss, None)

    def action_save(self) -> None:
        """Save what was filled in."""
        if self._busy or not self.notice.ready:
            return
        self._busy = True
        texts = dict(self.body.typed) if self.uid else {name: row.text for name, row in self.body.rows.items()}
        reason = texts.pop(REASON, "")
        self._save(Entry(self.kind, self.uid, texts, self._base, reason))

    @work(thread=True, group="save")
    def _save(self, entry: Entry) -> None:
        call = self.app.call_from_thread
        try:
            saved = save(programme(self.app), entry)
        except Invalid as error:
            call(self._refuse, error.problems)
        except Clashed as clash:
            call(self._ask, clash)
        except TrackerError as error:
            call(self._refuse, [Problem.of("", error)])
        else:
            self.notice.drafts.end()
            call(self._saved, saved)

    def _refuse(self, problems: list[Problem]) -> None:
        self._busy = False
        general = self.body.complain(problems)
        self.trouble.update(Content("\n".join(f"✗ {sentence}" for sentence in general)))
        self.trouble.set_class(bool(general), "-shown")

    def _ask(self, clash: Clashed) -> None:
        self._busy = False
        self.app.push_screen(ConflictDialog(clash.conflict), lambda chosen: self._decided(clash, chosen))

    def _decided(self, clash: Clashed, chosen: dict[str, str] | None) -> None:
        """Save again from what the record holds now; what was not chosen goes to the clipboard."""
        if chosen is None:
            return
        self._base = {**self._base, **{name: clash.now[name] for name in chosen}}
        held = {name: clash.texts.get(name, "") for name in chosen}
        self.body.began.update(held)
        theirs = {name: text for name, text in held.items() if chosen[name] == "theirs"}
        unused = "\n".join(self.body.rows[name].text for name in theirs)
        self.body.fill(theirs)
        if unused:
            self.app.copy_to_clipboard(unused)
            self._unused = "Your text that was not used is on the clipboard."
        self.action_save()

    def _saved(self, saved: Saved) -> None:
        self.notice.stop()
        said = [f"{saved.ref} saved."] if saved.tx else []
        self.app.notify(" ".join(filter(None, [*said, *saved.notes, self._unused])), markup=False)
        if saved.tx:
            tell_changed(self.app, saved.tx, saved.uid)
        self.dismiss(saved)
