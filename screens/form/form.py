"""A form for any kind of record, made from its fields: it adds or changes one, and keeps what is not saved yet."""

from collections.abc import Sequence
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, TextArea

from screens.dialogs import THEIRS, ConflictDialog
from screens.fates import ask, asks_all_the_same
from screens.form.body import FormBody
from screens.form.choice import Choice
from screens.form.draft_notice import DraftNotice
from screens.form.drafts import Drafts, StoredDraft, drafts_folder, subject
from screens.form.leaving import THROW_AWAY, Leave, close_without_saving
from screens.form.notice import Notice
from screens.form.opening import Opened, Opening
from screens.form.saving import Clashed, Entry, save, wrong_now
from screens.mending import in_a_line
from screens.widgets.key_line import KeyLine
from screens.widgets.pages import Above, hidden
from screens.widgets.typing_ahead import interrupt, let_keys_go
from screens.work import Done, Failed, Programme, programme_of, read
from tracker.entities import entity
from tracker.errors import Invalid, Problem, TrackerError
from tracker.services.guards.guard import Values
from tracker.services.records.hanging import WAYS
from tracker.services.records.writing import UNSAID, Fate, Saved

AROUND = 3  # lines of the dialog that are neither fields nor notices: two of the frame, the keys


class Trouble(Notice):
    """Says what is wrong with what was filled in and belongs to no single field; nothing shows while nothing is."""

    sentences: Sequence[str] = ()

    def say(self, sentences: Sequence[str]) -> None:
        """Show these sentences in place of those before."""
        self.sentences = sentences
        self.update(Content("\n".join(f"✗ {sentence}" for sentence in sentences)))
        self.set_class(bool(sentences), "-shown")

    def judge(self, body: FormBody, problems: Sequence[Problem]) -> None:
        """Leave of what was refused what is still wrong; what is wrong besides is said when it is to be saved."""
        general = body.judge(problems)
        self.say([sentence for sentence in self.sentences if sentence in general])


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
        # Neither key edits a line or a text: what is meant for the field never reaches the draft.
        Binding("ctrl+t", "swap_draft", "Unsaved text", id="form.swap", priority=True),
        hidden("ctrl+g", "throw_away", "Throw the unsaved text away", "form.throw_away"),
    ]

    def __init__(
        self,
        kind: str,
        uid: str | None = None,
        preset: Values | None = None,
        *,
        at: str = "",
        take: StoredDraft | None = None,
    ) -> None:
        super().__init__()
        self.at = at
        self.kind = kind
        self.uid = uid
        self.preset = preset or {}
        self.holds_keys = True  # until the fields hold what they are to hold
        self._take = take
        self._opened = False
        self._base: Values = {}
        self._before: Values = {}  # what differs from it when the older text is taken
        self._busy = False
        self._refused = False
        self._unused = ""
        self._waived: tuple[str, ...] = ()
        self._said: tuple[str, ...] = ()
        self._fate = UNSAID

    def compose(self) -> ComposeResult:
        """Give the dialog: notices, the fields, and a line about the one in hand; it is seen once it is filled."""
        programme = programme_of(self)
        self.body = FormBody(entity(self.kind), programme.today(), new=self.uid is None)
        drafts = Drafts(drafts_folder(self.app), programme.path, self.kind, subject(self.uid, self.preset))
        self.notice = DraftNotice(drafts, self.body, self.kind, self.uid)
        self.trouble = Trouble(id="trouble", classes="notice")
        self.add_class("-opening")
        with Vertical(id="dialog"):
            yield self.notice
            yield self.trouble
            yield self.body.day
            yield self.body
            yield self.body.about
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the record and the draft."""
        opening = Opening(self.kind, self.uid, self.preset, self.notice.drafts, self._take)
        read(self, opening.read, self._show, "open")

    def on_unmount(self) -> None:
        """Keep what was typed when the program ends with the form open."""
        self.notice.keep_now()
        self.notice.drafts.leave()

    @on(events.Resize)
    @on(Notice.Resized)
    def _make_room(self) -> None:
        """Let the fields scroll when they do not fit."""
        around = AROUND + sum(notice.outer_size.height for notice in self.query(Notice) if notice.display)
        self.body.styles.max_height = max(self.size.height - around, 3)

    async def _show(self, opened: Opened) -> None:
        self._base, self._before = opened.record.base, opened.before
        with self.app.batch_update():
            await self.body.begin(opened.record)
            self.query_one("#dialog").border_title = Content(opened.record.title)
            self.remove_class("-opening")
        self._opened = True
        self.body.focus_first()
        self.call_after_refresh(self._complete, opened.stored)

    async def _complete(self, stored: StoredDraft | None) -> None:
        """Bring the other fields; keys that came meanwhile go on."""
        await self.body.complete()
        if self.at:
            self.body.focus_first(self.at)
        self.notice.offer(stored)
        if self._take is not None:
            self.action_swap_draft()
        self.refresh_bindings()
        self.call_after_refresh(self._let_keys_go)  # tab follows where the fields stand

    def _let_keys_go(self) -> None:
        self.holds_keys = False
        let_keys_go(self)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _touched(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        self.notice.touched()
        if self._refused:
            entry = self.body.entry(self.kind, self.uid, self._base)
            read(self, partial(_wrong_now, entry), partial(self.trouble.judge, self.body), "judge")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with older text only where there is some."""
        if action == "swap_draft":
            return self.is_mounted and self.notice.can_swap
        if action == "throw_away":
            return self.is_mounted and self.notice.can_throw_away
        return super().check_action(action, parameters)

    def action_swap_draft(self) -> None:
        """Take older text in place of what was typed, or put it back."""
        base = {name: self._base.get(name) for name in self._before}
        self._base, self._before = {**self._base, **self._before}, base
        self.notice.swap()

    def action_throw_away(self) -> None:
        """Forget the older text that is offered."""
        self.notice.throw_offer_away()

    def keep_draft(self) -> None:
        """Write the draft before this returns: for a terminal that goes away, or a crash."""
        self.notice.keep_now()

    def action_cancel(self) -> None:
        """Leave; when something was typed, ask first what becomes of it."""
        if not self.body.typed:
            self._leave(THROW_AWAY if self.notice.in_form else "yes")
            return
        self.app.push_screen(Leave(), self._leave)

    def _leave(self, answer: str | None) -> None:
        """Close, unless somebody goes on typing."""
        if answer is not None:
            close_without_saving(self, self.notice, keep=answer != THROW_AWAY)

    def action_save(self) -> None:
        """Save what was filled in."""
        if self._busy or not self._opened:
            return
        self._busy = True
        self._refused = False
        entry = self.body.entry(self.kind, self.uid, self._base)._replace(waived=self._waived, fate=self._fate)
        self._said, self._waived, self._fate = self._waived, (), UNSAID  # an answer is given once
        read(self, partial(_save, self.notice, entry), self._leave_saved, "save", keys_wait=True)

    def on_failed(self, message: Failed) -> None:
        """Show what is wrong beside the fields, or what somebody else has written meanwhile."""
        message.stop()
        self._busy = False
        self.remove_class("-opening")  # what could not be read is said in the empty form
        self._let_keys_go()
        match message.error:
            case Clashed() as clash:
                interrupt(self, ConflictDialog(clash.conflict), partial(self._settle, clash))
            case Invalid() as invalid:
                if asks_all_the_same(self, invalid, self._again):
                    return
                self._refused = True
                self.trouble.say(self.body.complain(invalid.problems))
            case TrackerError() as error if error.code in WAYS:
                ask(self, error, partial(self._again, self._said))
            case _:
                self.trouble.say(self.body.complain([Problem.of("", message.error)]))

    def _again(self, waived: tuple[str, ...], fate: Fate = UNSAID) -> None:
        """Save again, with what somebody answered to a question about it."""
        self._waived = waived
        self._fate = fate
        self.action_save()

    def _settle(self, clash: Clashed, choices: dict[str, str] | None) -> None:
        """Save again from what the record holds now; what was not chosen is copied."""
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
            self._unused = "Your text that was not used was copied: ctrl+v puts it into a field here."
        self.action_save()

    def _leave_saved(self, saved: Saved) -> None:
        self.notice.leave(keep=False)
        if saved.tx:
            sentence = in_a_line(f"{saved.ref} saved.", *saved.notes, self._unused)
            self.app.post_message(Done(sentence, saved.tx, show=saved.uid))
        else:
            self.app.notify(in_a_line(*saved.notes, self._unused), markup=False)
        self.dismiss(saved)


def _wrong_now(entry: Entry, programme: Programme) -> list[Problem]:
    """Return what is wrong with what is filled in; nothing where only saving can tell. For worker threads."""
    try:
        return wrong_now(programme, entry)
    except TrackerError:
        return []


def _save(notice: DraftNotice, entry: Entry, programme: Programme) -> Saved:
    """Save, and forget the draft with it; for a worker thread."""
    saved = save(programme, entry)
    notice.end_in_thread()
    return saved
