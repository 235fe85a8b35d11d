"""A form for any kind of record, made from its fields: it adds or changes one, and keeps what is not saved yet."""

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, Static, TextArea

from screens.dialogs import THEIRS, Confirm, ConflictDialog
from screens.form.body import FormBody
from screens.form.choice import Choice
from screens.form.draft_notice import DraftNotice
from screens.form.drafts import Draft, Drafts, drafts_folder, subject
from screens.form.saving import REASON, Clashed, Entry, RecordToEdit, open_record, save
from screens.mending import in_a_line
from screens.widgets.pages import Above
from screens.work import Done, Failed, Programme, programme_of, read, read_beside
from tracker.entities import entity
from tracker.errors import Invalid, Problem
from tracker.services.guards.guard import Values
from tracker.services.records.writing import Saved

AROUND = 4  # lines of the dialog that are not its fields: two of the frame, the help, the footer


class EntityForm(Above[Saved | None]):
    """Asks for the fields of a record and saves it; gives what was saved, or None when it was cancelled.

    ``preset`` holds typed values (references as uids) that a new record begins with; a record that is there begins at
    the field ``at``.
    """

    CSS_PATH = "form.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", id="form.save", priority=True),
        Binding("escape", "cancel", "Cancel", id="form.cancel"),
        Binding("ctrl+u", "swap_draft", "Discard or restore", id="form.discard", priority=True),
    ]

    def __init__(self, kind: str, uid: str | None = None, preset: Values | None = None, *, at: str = "") -> None:
        super().__init__()
        self.at = at
        self.kind = kind
        self.uid = uid
        self.preset = preset or {}
        self._base: Values = {}
        self._busy = False
        self._unused = ""

    def compose(self) -> ComposeResult:
        """Give the dialog: notices, the fields, and a line about the one in hand."""
        programme = programme_of(self)
        self.body = FormBody(entity(self.kind), programme.today(), new=self.uid is None)
        drafts = Drafts(drafts_folder(self.app), programme.path, self.kind, subject(self.uid, self.preset))
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
        read(self, self._open, partial(self.call_after_refresh, self._show), "open")

    def on_resize(self, event: events.Resize) -> None:
        """Let the fields scroll when they do not fit."""
        self.body.styles.max_height = max(event.size.height - AROUND, 3)

    def _open(self, programme: Programme) -> tuple[RecordToEdit, Draft | None]:
        draft = self.notice.drafts.take(programme.now())
        return open_record(programme, self.kind, self.uid, self.preset, draft), draft

    async def _show(self, record_and_draft: tuple[RecordToEdit, Draft | None]) -> None:
        record, draft = record_and_draft
        self._base = record.base
        with self.app.batch_update():
            await self.body.complete()
            self.query_one("#dialog").border_title = Content(record.title)
            self.body.limit(record.choices)
            self.body.read_by(record.conventions)
            self.body.begin(record.texts, record.candidates)
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
            read_beside(self, partial(self.notice.keep_in_thread, self.notice.draft()), self._close, "leave")

    def _close(self, trouble: str) -> None:
        self.notice.warn(trouble)
        self.dismiss(None)

    def action_save(self) -> None:
        """Save what was filled in."""
        if self._busy or not self.notice.ready:
            return
        self._busy = True
        texts = self.body.typed if self.uid else self.body.texts
        reason = texts.pop(REASON, "")
        entry = Entry(self.kind, self.uid, texts, self._base, reason)
        read(self, partial(self._save, entry), self._leave_saved, "save")

    def _save(self, entry: Entry, programme: Programme) -> Saved:
        saved = save(programme, entry)
        self.notice.drafts.end()
        return saved

    def on_failed(self, message: Failed) -> None:
        """Show what is wrong beside the fields, or what somebody else has written meanwhile."""
        message.stop()
        self._busy = False
        match message.error:
            case Clashed() as clash:
                self.app.push_screen(ConflictDialog(clash.conflict), partial(self._settle, clash))
            case Invalid() as invalid:
                self._complain(invalid.problems)
            case _:
                self._complain([Problem.of("", message.error)])

    def _complain(self, problems: list[Problem]) -> None:
        general = self.body.complain(problems)
        self.trouble.update(Content("\n".join(f"✗ {sentence}" for sentence in general)))
        self.trouble.set_class(bool(general), "-shown")

    def _settle(self, clash: Clashed, choices: dict[str, str] | None) -> None:
        """Save again from what the record holds now; what was not chosen goes to the clipboard."""
        if choices is None:
            return
        self._base = {**self._base, **{name: clash.conflict.now[name] for name in choices}}
        current = {name: clash.texts.get(name, "") for name in choices}
        self.body.began.update(current)
        theirs = {name: text for name, text in current.items() if choices[name] == THEIRS}
        unused = "\n".join(self.body.rows[name].text for name in theirs)
        self.body.fill(theirs)
        if unused:
            self.app.copy_to_clipboard(unused)
            self._unused = "Your text that was not used is on the clipboard."
        self.action_save()

    def _leave_saved(self, saved: Saved) -> None:
        self.notice.stop()
        if saved.tx:
            sentence = in_a_line(f"{saved.ref} saved.", *saved.notes, self._unused)
            self.app.post_message(Done(sentence, saved.tx, show=saved.uid))
        else:
            self.app.notify(in_a_line(*saved.notes, self._unused), markup=False)
        self.dismiss(saved)
