"""Keeps what is typed into a form, and says when text from an earlier time was brought back."""

from datetime import UTC, datetime

from textual import work
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from screens.form.body import FormBody
from screens.form.drafts import Draft, Drafts
from screens.reach import programme

KEEP_AFTER = 0.4  # seconds after the last key


class DraftNotice(Static):
    """Writes the draft of a form, and shows a line when one was restored."""

    def __init__(self, drafts: Drafts, body: FormBody) -> None:
        super().__init__(id="draft", classes="notice")
        self.drafts = drafts
        self.body = body
        self.restored = False
        self.ready = False  # until the older draft has been read, nothing may be written over it
        self._other: dict[str, str] = {}
        self._timer: Timer | None = None

    def offer(self, draft: Draft | None) -> None:
        """Bring a draft back into the rows that nobody has typed in, and say so."""
        self.ready = True
        if draft is None:
            return
        typed = self.body.typed
        texts = {name: text for name, text in draft.texts.items() if name in self.body.rows and name not in typed}
        if not texts:
            return
        self._other = {name: self.body.rows[name].text for name in texts}
        self.body.fill(texts)
        self.restored = True
        self._say(f"You have unsaved text from {self._clock(draft.at)} — restored; ctrl+u to discard it")

    def swap(self) -> None:
        """Take the restored text out; or bring it in again."""
        now = self.body.typed
        discarding = self.restored
        shown = {name: self.body.rows[name].text for name in (*self._other, *now)}
        self.body.fill({**{name: self.body.began[name] for name in now}, **self._other} if discarding else self._other)
        self._other, self.restored = shown, not discarding
        self._say("Unsaved text discarded — ctrl+u brings it back" if discarding else "Unsaved text is back")
        self.touched()

    def _clock(self, at: datetime) -> str:
        local, today = at.astimezone(), programme(self.app).now().astimezone().date()
        return local.strftime("%H:%M" if local.date() == today else "%H:%M on %d %b")

    def _say(self, text: str) -> None:
        self.update(Content(text))
        self.add_class("-shown")
        self.screen.refresh_bindings()

    @property
    def can_swap(self) -> bool:
        """Whether there is text to discard or to bring back."""
        return bool(self._other)

    def touched(self) -> None:
        """Somebody typed: keep it when they pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEEP_AFTER, self.keep)

    def draft(self) -> Draft | None:
        """Return what is to be kept; None when nothing was typed."""
        typed = self.body.typed
        began = {name: self.body.began[name] for name in typed}
        return Draft(typed, began, programme(self.app).now().astimezone(UTC)) if typed else None

    def keep(self) -> None:
        """Keep what is typed, in a worker."""
        if self.ready:
            self._keep(self.draft())
        else:
            self.touched()

    @work(thread=True, group="draft")
    def _keep(self, draft: Draft | None) -> None:
        self.keep_in_thread(draft)

    def keep_in_thread(self, draft: Draft | None) -> None:
        """Keep a draft; for a worker thread."""
        if not self.ready:
            return
        try:
            self._write(draft)
        except OSError as error:
            sentence = f"Unsaved text cannot be kept on this computer ({error.strerror}): save soon."
            self.app.call_from_thread(self.app.notify, sentence, severity="warning", markup=False)

    def keep_now(self) -> None:
        """Keep what is typed before this returns: for a terminal that goes away, or a crash."""
        if self.ready:
            self._write(self.draft())

    def _write(self, draft: Draft | None) -> None:
        if draft is None:
            self.drafts.forget()
        else:
            self.drafts.keep(draft)

    def stop(self) -> None:
        """Keep nothing more by itself."""
        if self._timer is not None:
            self._timer.stop()
