"""Keeps what is typed into a form, and offers text from an earlier time without putting it in by itself."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from textual.content import Content
from textual.timer import Timer

from screens.form.body import FormBody
from screens.form.drafts import Draft, Drafts, StoredDraft
from screens.form.notice import Notice
from screens.lists.cells import one_line
from screens.work import Programme, programme_of, read_beside
from tracker.rules.wording import short

KEEP_AFTER = 0.4  # seconds after the last key
LONGEST = 40  # characters of the text that the offer shows


def clock_words(at: datetime, now: datetime) -> str:
    """Return when something was typed, in local time: the day too, when that was another one."""
    local = at.astimezone()
    today = now.astimezone().date()
    return local.strftime("%H:%M" if local.date() == today else "%H:%M on %d %b")


def first_words(draft: Draft) -> str:
    """Return the beginning of what a draft holds."""
    return short(one_line(next(iter(filter(None, draft.texts.values())), "")), LONGEST)


class DraftNotice(Notice):
    """Writes the draft of a form; an older one is offered on a line, and taken or thrown away by a key."""

    def __init__(self, drafts: Drafts, body: FormBody, kind: str, uid: str | None) -> None:
        super().__init__(id="draft", classes="notice")
        self.drafts = drafts
        self.body = body
        self.kind, self.uid = kind, uid
        self.in_form = False
        self._offered: StoredDraft | None = None
        self._swapped: dict[str, str] | None = None  # what ctrl+t brings back after the older text was taken
        self._latest: Draft | None = None  # as of the last change: when the program ends, the rows are gone first
        self._timer: Timer | None = None
        self._over = False

    def offer(self, stored: StoredDraft | None) -> None:
        """Say that there is text from an earlier time, and how to take it."""
        if stored is None or not any(name in self.body.rows for name in stored.draft.texts):
            return
        self._offered = stored
        self._say(
            f"Unsaved text from {self._clock}: “{first_words(stored.draft)}” — ctrl+t takes it, ctrl+g throws it away"
        )

    @property
    def offered(self) -> Draft | None:
        """The older text, whether it was taken or not."""
        return self._offered.draft if self._offered is not None else None

    def swap(self) -> None:
        """Put the older text into the form in place of what was typed; or the other way round."""
        if self._offered is None:
            return
        typed = self.body.typed
        untouched = {name: self.body.began[name] for name in typed}
        if self.in_form:
            texts, self._swapped = self._swapped or {}, typed
            self._say(f"Unsaved text from {self._clock} is put back — ctrl+t takes it again, ctrl+g throws it away")
        else:
            texts = self._swapped or self._offered.draft.texts
            mine = typed
            self._swapped = mine
            also = " (what you had typed too)" if mine else ""
            self._say(f"Unsaved text from {self._clock} is in the form — ctrl+t takes it out again{also}")
        self.in_form = not self.in_form
        self.body.fill({**untouched, **texts})
        self.touched()

    def throw_offer_away(self) -> None:
        """Forget the older text, which is not in the form."""
        if self._offered is not None and not self.in_form:
            read_beside(self, partial(_discard, self._offered), self._thrown_away, "draft")

    def _thrown_away(self, _: None) -> None:
        self._offered = None
        self._say("The unsaved text was thrown away.")

    @property
    def _clock(self) -> str:
        return clock_words(self._offered.draft.at, programme_of(self).now()) if self._offered is not None else ""

    def _say(self, text: str) -> None:
        self.update(Content(text))
        self.add_class("-shown")
        self.screen.refresh_bindings()

    @property
    def can_swap(self) -> bool:
        """Whether there is older text to take, or to put back."""
        return self._offered is not None

    @property
    def can_throw_away(self) -> bool:
        """Whether there is older text that is not in the form."""
        return self._offered is not None and not self.in_form

    def touched(self) -> None:
        """Somebody typed: keep it when they pause."""
        if self._over:
            return
        self._pause()
        self._latest = self.draft()
        self._timer = self.set_timer(KEEP_AFTER, self.keep)

    def draft(self) -> Draft | None:
        """Return what is to be kept; None when nothing was typed."""
        typed = self.body.typed
        if not typed:
            return None
        began = {name: self.body.began[name] for name in typed}
        now = programme_of(self).now().astimezone(UTC)
        return Draft(typed, began, now, dict(self.body.preset), self.kind, self.uid or "")

    def keep(self) -> None:
        """Keep what is typed, in a worker."""
        read_beside(self, partial(_keep_in_thread, self.drafts, self.draft()), self.warn, "draft")

    def warn(self, sentence: str) -> None:
        """Say why a draft cannot be kept; nothing when the sentence is empty."""
        if sentence:
            self.app.notify(sentence, severity="warning", markup=False)

    def keep_now(self) -> None:
        """Keep what is typed before this returns: for a terminal that goes away, a crash, or the end of the program."""
        if self._over:
            return
        with suppress(OSError):  # nobody is there to hear of it
            _write(self.drafts, self.draft() if self.body.is_attached else self._latest)

    def leave(self, *, keep: bool) -> Draft | None:
        """Keep nothing more by itself; return what is to be kept for the next time."""
        self._pause()
        self._over = True
        return self.draft() if keep else None

    def leave_in_thread(self, draft: Draft | None, _: Programme) -> str:
        """Write the draft for the next time, or nothing; return why it cannot be kept. For a worker thread."""
        trouble = _keep_in_thread(self.drafts, draft, _)
        if self.in_form and self._offered is not None and not trouble:
            self._offered.discard()  # it is part of what was kept, saved or thrown away
        self.drafts.leave()
        return trouble

    def end_in_thread(self) -> None:
        """Forget what was typed, and older text that was taken: it has been saved; for a worker thread."""
        self.drafts.end()
        if self.in_form and self._offered is not None:
            self._offered.discard()

    def _pause(self) -> None:
        if self._timer is not None:
            self._timer.stop()


def _keep_in_thread(drafts: Drafts, draft: Draft | None, _: Programme) -> str:
    """Keep a draft, and return why it cannot be kept; for a worker thread."""
    try:
        _write(drafts, draft)
    except OSError as error:
        return f"Unsaved text cannot be kept on this computer ({error.strerror}): save soon."
    return ""


def _write(drafts: Drafts, draft: Draft | None) -> None:
    if draft is None:
        drafts.forget()
    else:
        drafts.keep(draft)


def _discard(stored: StoredDraft, _: Programme) -> None:
    stored.discard()
