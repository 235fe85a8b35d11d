"""Keeps what is typed into a form, and says when text from an earlier time was brought back."""

from datetime import UTC, datetime
from functools import partial

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from screens.form.body import FormBody
from screens.form.drafts import Draft, Drafts
from screens.work import Programme, programme_of, read_beside

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
        typed, other = self.body.typed, self._other
        self._other = {name: self.body.rows[name].text for name in (*other, *typed)}
        if self.restored:
            other = {**{name: self.body.began[name] for name in typed}, **other}
            self._say("Unsaved text discarded — ctrl+u brings it back")
        else:
            self._say("Unsaved text is back")
        self.body.fill(other)
        self.restored = not self.restored
        self.touched()

    def _clock(self, at: datetime) -> str:
        local, today = at.astimezone(), programme_of(self).now().astimezone().date()
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
        self.stop()
        self._timer = self.set_timer(KEEP_AFTER, self.keep)

    def draft(self) -> Draft | None:
        """Return what is to be kept; None when nothing was typed."""
        typed = self.body.typed
        if not typed:
            return None
        return Draft(typed, {name: self.body.began[name] for name in typed}, programme_of(self).now().astimezone(UTC))

    def keep(self) -> None:
        """Keep what is typed, in a worker."""
        if self.ready:
            read_beside(self, partial(self.keep_in_thread, self.draft()), self.warn, "draft")
        else:
            self.touched()

    def keep_in_thread(self, draft: Draft | None, _: Programme) -> str:
        """Keep a draft, and return why it cannot be kept; for a worker thread."""
        try:
            if self.ready:
                self._write(draft)
        except OSError as error:
            return f"Unsaved text cannot be kept on this computer ({error.strerror}): save soon."
        return ""

    def warn(self, sentence: str) -> None:
        """Say why a draft cannot be kept; nothing when the sentence is empty."""
        if sentence:
            self.app.notify(sentence, severity="warning", markup=False)

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
