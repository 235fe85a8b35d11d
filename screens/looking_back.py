"""Looking at an earlier day: asking which, and showing it on every screen until somebody goes back to today."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple, Protocol, runtime_checkable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from screens.form.choice import Choice
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
from tracker.services.reading import require_begun
from tracker.services.typed.conventions import conventions_of

QUESTION = "Which day do you want to see on all screens?"
RECORDED, KNOWN = "recorded", "known"
STATES = (
    (RECORDED, "As recorded by the end of that day"),
    (KNOWN, "As now known of that day, whenever recorded"),
)
LIKE = "12 November, last friday, -2w, 2026-10-29"
BUSY = "Leave what is open first; then look at an earlier day."


class DayToSee(NamedTuple):
    """An earlier day, and whether it is to be seen in ``hindsight``: as it is known now, whenever it was recorded."""

    day: date
    hindsight: bool = False


def day_meant(text: str, programme: Programme, *, hindsight: bool = False) -> date:
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
    if hindsight:
        require_begun(store, day, known=True)
    elif began is not None and day < began:
        raise TrackerError(f"Nothing had been recorded by {show_date(day)}: the file begins on {show_date(began)}.")
    return day


class AskDay(Above[DayToSee | None]):
    """Asks for an earlier day and which of its two states is meant, and says while somebody types which day that is."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = [Binding("escape", "dismiss(None)", "Back", id="day.back")]

    def compose(self) -> ComposeResult:
        """Give the question, the line, and room for how it is read."""
        with Vertical(classes="dialog"):
            yield Static(Content(f"{QUESTION} (enter shows it, esc goes back)"), classes="question")
            yield OneLine(placeholder=LIKE, compact=True)
            yield Choice(STATES, RECORDED)
            yield Static(classes="reading")
            yield Static(classes="wrong")

    def on_mount(self) -> None:
        """Let somebody type."""
        self.query_one(OneLine).focus()

    def _day(self) -> Callable[[Programme], date]:
        """Return what reads the day that is typed; for worker threads."""
        return partial(_day_of, self.query_one(OneLine).value, self._hindsight)

    @property
    def _hindsight(self) -> bool:
        return self.query_one(Choice).value == KNOWN

    @on(Input.Changed)
    @on(Choice.Changed)
    def _explain(self) -> None:
        """Say which day is meant so far."""
        self.say(".wrong", "")
        read(self, partial(_reading, self._day()), self._say_reading, "reading")

    def _say_reading(self, words: str) -> None:
        self.say(".reading", words)

    @on(Input.Submitted)
    def _submit(self) -> None:
        read(self, self._day(), self._take, "day", keys_wait=True)

    def _take(self, day: date) -> None:
        self.dismiss(DayToSee(day, self._hindsight))

    def on_failed(self, message: Failed) -> None:
        """Say why there is no such day to see."""
        message.stop()
        self.say(".reading", "")
        self.say(".wrong", f"✗ {message.sentence}")


def _day_of(text: str, hindsight: bool, programme: Programme) -> date:
    return day_meant(text, programme, hindsight=hindsight)


def _reading(day: Callable[[Programme], date], programme: Programme) -> str:
    """Return which day is meant so far; empty while none is."""
    try:
        return f"→ {explain_date(day(programme), programme.present())}"
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

    def _show_day(self, chosen: DayToSee | None) -> None:
        if chosen is not None:
            self._look_at(chosen.day, hindsight=chosen.hindsight)

    def _look_at(self, day: date | None, *, hindsight: bool = False) -> None:
        """Show a day on every screen; None: what stands now."""
        self.programme.look_at(day, hindsight=hindsight)
        self.clear_notifications()  # what was said of another day is not so of this one
        self.set_class(day is not None, "-earlier")
        for screen in self.screen_stack:
            for line in screen.query(KeyLine):
                line.mark_day()
            if isinstance(screen, ReadsAgain):
                screen.read_again()
        self.refresh_bindings()
        reload(self.screen_stack, "")
