"""Looking at an earlier day: asking which, and showing it on every screen until somebody goes back to today."""

from datetime import date
from typing import Protocol, runtime_checkable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from screens.live import reload
from screens.widgets.key_line import KeyLine
from screens.widgets.one_line import OneLine
from screens.widgets.pages import Above, may_be_left
from screens.widgets.typing_ahead import TypingAhead
from screens.work import Failed, Programme, read
from tracker.errors import TrackerError
from tracker.rules.typed.sides import explain_date, not_known_yet
from tracker.rules.when import DateError, read_date
from tracker.rules.wording import show_date
from tracker.services.browsing import first_day
from tracker.services.typed.conventions import conventions_of

QUESTION = "Which day do you want to see? All screens then show what had been recorded by its end."
LIKE = "12 November, last friday, -2w, 2026-10-29"
BUSY = "Leave what is open first; then look at an earlier day."


def day_meant(text: str, programme: Programme) -> date:
    """Return the earlier day that a text means; for a worker thread. Raises TrackerError where it means none."""
    store = programme.file()
    today = programme.present()
    try:
        day = read_date(text, today, "back", conventions_of(store))
    except DateError as error:
        raise TrackerError(str(error)) from None
    began = first_day(store)
    if day > today:
        raise TrackerError(not_known_yet("It", day, today))
    if day == today:
        raise TrackerError("That is today, which is what you see already. Name an earlier day.")
    if began is not None and day < began:
        raise TrackerError(f"Nothing had been recorded by {show_date(day)}: the file begins on {show_date(began)}.")
    return day


class AskDay(Above[date | None]):
    """Asks for an earlier day, and says while somebody types which day that is."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = [Binding("escape", "dismiss(None)", "Back", id="day.back")]

    def compose(self) -> ComposeResult:
        """Give the question, the line, and room for how it is read."""
        with Vertical(classes="dialog"):
            yield Static(Content(f"{QUESTION} (enter shows it, esc goes back)"), classes="question")
            yield OneLine(placeholder=LIKE, compact=True)
            yield Static(classes="reading")
            yield Static(classes="wrong")

    def on_mount(self) -> None:
        """Let somebody type."""
        self.query_one(OneLine).focus()

    @on(Input.Changed)
    def _explain(self, event: Input.Changed) -> None:
        """Say which day is meant so far."""
        text = event.value
        self.say(".wrong", "")
        read(self, lambda programme: _reading(text, programme), self._say_reading, "reading")

    def _say_reading(self, words: str) -> None:
        self.say(".reading", words)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        text = event.value
        read(self, lambda programme: day_meant(text, programme), self._take, "day", keys_wait=True)

    def _take(self, day: date) -> None:
        self.dismiss(day)

    def on_failed(self, message: Failed) -> None:
        """Say why there is no such day to see."""
        message.stop()
        self.say(".reading", "")
        self.say(".wrong", f"✗ {message.sentence}")


def _reading(text: str, programme: Programme) -> str:
    """Return which day a text means so far; empty while it means none."""
    try:
        return f"→ {explain_date(day_meant(text, programme), programme.present())}"
    except TrackerError:
        return ""


@runtime_checkable
class ReadsAgain(Protocol):
    """A page that shows of a day what does not change while somebody reads it."""

    def read_again(self) -> None:
        """Show it of the day that is shown now."""


class LooksBack(TypingAhead):
    """An application that shows its programme as it stands, or as it had been recorded by an earlier day."""

    programme: Programme

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the way back to today where that is shown."""
        if action == "today":
            return self.programme.earlier is not None
        return super().check_action(action, parameters)

    def action_earlier(self) -> None:
        """Ask for an earlier day to look at; while one is shown, go back to today."""
        if self.programme.earlier is not None:
            self.action_today()
        else:
            self.action_another_day()

    def action_another_day(self) -> None:
        """Ask for an earlier day to look at, unless something is being written."""
        if any(screen.is_modal and not may_be_left(screen) for screen in self.screen_stack):
            self.notify(BUSY, markup=False)
        else:
            self.push_screen(AskDay(), self._show_day)

    def action_today(self) -> None:
        """Go back to what stands now."""
        self._look_at(None)

    def _show_day(self, day: date | None) -> None:
        if day is not None:
            self._look_at(day)

    def _look_at(self, day: date | None) -> None:
        """Show on every screen what had been recorded by a day; None: what stands now."""
        self.programme.look_at(day)
        self.clear_notifications()  # what was said of another day is not so of this one
        self.set_class(day is not None, "-earlier")
        for screen in self.screen_stack:
            for line in screen.query(KeyLine):
                line.mark_day()
            if isinstance(screen, ReadsAgain):
                screen.read_again()
        self.refresh_bindings()
        reload(self.screen_stack, "")
