"""The board desk: the cycle of a meeting as steps, what is in the way of freezing, and the next step."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from screens.board import steps
from screens.board.steps import Stepped
from screens.full_page import FullPage
from screens.messages import Failed
from screens.reach import programme, tell_changed
from screens.tasks import in_thread
from screens.work import Programme
from tracker.fields import humanise
from tracker.rules.boards.cycle import CLOSED, OPEN_TO_FREEZE, Step, days_words
from tracker.rules.boards.preflight import Preflight, Warned
from tracker.rules.when import show_date
from tracker.services.board import checking as boards_checking
from tracker.services.board import cycle as boards
from tracker.services.board.cycle import Desk

MARKS = {"done": "✓ done", "now": "▶ next", "later": "· later"}


class Stand(NamedTuple):
    """Where a meeting stands, and what is in the way of freezing (None once it was frozen and held)."""

    desk: Desk
    preflight: Preflight | None
    today: date


class Stood(Message):
    """The desk was read."""

    def __init__(self, found: Stand) -> None:
        super().__init__()
        self.found = found


class BoardDesk(FullPage):
    """Shows the steps of a meeting with their days, and the warnings; keys take the next step."""

    CSS_PATH = "desk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Next step", id="desk.next"),
        Binding("a", "accept", "Accept warning", id="desk.accept"),
        Binding("p", "papers", "Papers", id="desk.papers"),
        Binding("m", "meeting", "Meeting", id="desk.meeting"),
        Binding("x", "archive", "Archive", id="desk.archive"),
        Binding("u", "undo", "Undo", id="desk.undo"),
        Binding("j", "move('down')", "Down", show=False, id="desk.down"),
        Binding("k", "move('up')", "Up", show=False, id="desk.up"),
        Binding("escape,q", "dismiss(None)", "Back", id="desk.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid
        self._stand: Stand | None = None
        self._warned: list[Warned] = []

    def compose(self) -> ComposeResult:
        """Give room for the steps and the warnings."""
        yield Static(Content("Reading the desk …"), id="head")
        yield Static(id="steps")
        yield Static(id="about")
        yield OptionList(id="warnings", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the desk."""
        self.query_one(OptionList).focus()
        self._read()

    def _read(self) -> None:
        in_thread(self, partial(_read, programme(self.app), self.uid), "desk")

    @on(Stood)
    def _show(self, message: Stood) -> None:
        self._stand = message.found
        desk, flight, today = message.found
        place = f", {desk.place}" if desk.place else ""
        self.query_one("#head", Static).update(
            Content(f"{desk.meeting.ref} {desk.meeting.name} · meets on {show_date(desk.meets_on)}{place}")
        )
        self.query_one("#steps", Static).update(Content("\n".join(_step(step, today) for step in desk.steps)))
        self.query_one("#about", Static).update(Content("\n".join(_about(desk, flight))))
        self._warned = list(flight.open) if flight is not None else []
        listed = self.query_one(OptionList)
        at = listed.highlighted or 0
        listed.clear_options()
        listed.add_options([Option(Content(f"! {one.sentence}")) for one in self._warned])
        # The next warning is at hand: a accepts one after the other.
        listed.highlighted = min(at, len(self._warned) - 1) if self._warned else None

    def action_move(self, way: str) -> None:
        """Move the cursor of the warnings."""
        found = self.query_one(OptionList)
        if way == "down":
            found.action_cursor_down()
        else:
            found.action_cursor_up()

    def action_next(self) -> None:
        """Take the next step of the cycle; one that asks for something opens its dialog."""
        step = self._stand.desk.next if self._stand is not None else None
        if step is None:
            return
        if step.leads_to == "frozen":
            self._freeze()
        elif step.leads_to == "minutes_approved":
            self._ask_approver()
        else:
            self._do(partial(steps.step_on, step.leads_to))

    def _freeze(self) -> None:
        from screens.dialogs import Confirm

        if self._warned:
            self.notify("Mend or accept each warning first (a); then freeze.", severity="warning", markup=False)
            return
        question = "Freeze the papers? What the board is shown stays as it is; later edits belong to the next period."

        def answered(answer: str | None) -> None:
            if answer is not None:
                self._do(steps.freeze)

        self.app.push_screen(Confirm(question, "Freeze", "Not yet"), answered)

    def _ask_approver(self) -> None:
        from screens.dialogs import Choose

        def listed(people: list[tuple[str, str]]) -> None:
            self.app.push_screen(Choose("Who approved the minutes?", people), self._approve)

        people = programme(self.app)
        in_thread(self, partial(steps.people, people, listed, self), "people")

    def _approve(self, person: str | None) -> None:
        if person is not None:
            self._do(partial(steps.approve, person))

    def action_accept(self) -> None:
        """Ask why the warning under the cursor may stand, and accept it."""
        from screens.dialogs import Confirm

        at = self.query_one(OptionList).highlighted
        if at is None or not self._warned:
            return
        warned = self._warned[at]

        def answered(because: str | None) -> None:
            if because is not None:
                self._do(partial(steps.accept, warned.id, because))

        self.app.push_screen(Confirm(f"Accept: {warned.sentence}", "Accept", "Back", reason=True), answered)

    def action_papers(self) -> None:
        """Show the papers: as they were frozen, or as they are today."""
        from screens.board.paper import PaperScreen

        if self._stand is not None:
            frozen = self._stand.desk.snapshot
            self.app.push_screen(PaperScreen(partial(steps.paper, self.uid, frozen.uid if frozen else "")))

    def action_meeting(self) -> None:
        """Present the meeting, item by item."""
        from screens.board.meeting import BoardMeetingScreen

        self.app.push_screen(BoardMeetingScreen(self.uid), lambda _: self._read())

    def action_archive(self) -> None:
        """Ask for formats and a folder, and write the meeting's archive there."""
        from screens.board.archiving import ArchiveDialog

        if self._stand is not None:
            self.app.push_screen(ArchiveDialog(self._stand.desk.meeting))

    def action_undo(self) -> None:
        """Take the last command back."""
        self._do(steps.undo)

    def _do(self, job: Any) -> None:
        in_thread(self, partial(_done, programme(self.app), self.uid, job), "write", exclusive=False)

    @on(Stepped)
    def _after(self, message: Stepped) -> None:
        self.notify(message.sentence, markup=False)
        tell_changed(self.app, message.tx, self.uid)
        self._read()

    @on(Failed)
    def _refused(self, message: Failed) -> None:
        message.stop()
        self.notify(message.sentence, severity="error", timeout=10, markup=False)


def _step(step: Step, today: date) -> str:
    due = f"{show_date(step.due)}, {days_words(step.due, today)}" if step.due and step.state != "done" else ""
    title = f"{step.title}, not before {show_date(step.earliest)}" if step.earliest else step.title
    return f"{MARKS[step.state]:8} {title:38} {due}".rstrip()


def _about(desk: Desk, flight: Preflight | None) -> Iterator[str]:
    counts = f"{desk.items} agenda items · {desk.asked} decisions open"
    yield f"Status: {humanise(desk.status)} · {counts} · {desk.quorum.words}"
    if desk.snapshot is not None:
        closed = "; x writes the archive for the records" if desk.status in CLOSED else ""
        yield f"Frozen as {desk.snapshot.ref}{closed}."
    if flight is None:
        return
    accepted = f", {len(flight.accepted)} accepted" if flight.accepted else ""
    if flight.open:
        yield f"Before freezing: {len(flight.open)} warnings to mend or accept{accepted}."
    else:
        yield f"Nothing is in the way of freezing{accepted}."


def _read(tracked: Programme, uid: str) -> Stood:
    store, today = tracked.store(), tracked.today()
    desk = boards.desk(store, uid)
    flight = boards_checking.checked(store, uid, today) if desk.status in OPEN_TO_FREEZE else None
    return Stood(Stand(desk, flight, today))


def _done(tracked: Programme, uid: str, job: Any) -> Message | None:
    made: Message | None = job(tracked, uid)
    return made
