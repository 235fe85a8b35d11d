"""What a board answers to a decision: why, and on which conditions; what was typed stays when it is refused."""

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from screens.board import steps
from screens.dialogs import Confirm
from screens.fates import asks_all_the_same
from screens.widgets.key_line import KeyLine
from screens.widgets.one_line import OneLine
from screens.widgets.pages import Above
from screens.work import Done, Failed, write
from tracker.entities import Decision
from tracker.fields import humanise
from tracker.services.board.deciding import WITH_CONDITIONS

WHY = "Why: printed in minutes and the next papers"
CONDITIONS = "Conditions, one on each line: what is to be done; owner NAME; due DATE"


class AnswerDialog(Above[None]):
    """Asks why a board answered as it did, and for its conditions; records both in one command."""

    CSS_PATH = "answer.tcss"
    BINDINGS = [
        Binding("ctrl+s", "record", "Record", id="answer.record", priority=True),
        Binding("tab", "app.focus_next", "Next field", id="answer.next"),
        Binding("escape", "leave", "Back", id="answer.back"),
    ]

    def __init__(self, decision: Decision, outcome: str, board: str) -> None:
        super().__init__()
        self.decision = decision
        self.outcome = outcome
        self.board = board

    def compose(self) -> ComposeResult:
        """Give a line for the reason, and where conditions are asked for, lines for them."""
        question = f"{self.decision.ref} {self.decision.title}: {humanise(self.outcome).lower()}"
        with Vertical(classes="dialog"):
            yield Static(Content(question), classes="question")
            yield OneLine(placeholder=WHY, compact=True)
            if self.outcome == WITH_CONDITIONS:
                yield Static(Content(CONDITIONS), classes="hint")
                yield TextArea(compact=True, highlight_cursor_line=False)
            yield Static(classes="wrong")
        yield KeyLine()

    @on(OneLine.Submitted)
    def _answer(self) -> None:
        areas = self.query(TextArea)
        if areas and not areas.first().text.strip():
            areas.first().focus()
        else:
            self.action_record()

    def action_record(self) -> None:
        """Record the answer; the dialog stays open, with its texts, until it is recorded."""
        self._record(())

    def _record(self, waived: tuple[str, ...]) -> None:
        reason, *conditions = self._typed()
        job = partial(steps.decide, self.decision.uid, self.outcome, reason, conditions, waived, self.board)
        write(self, job, self._recorded)

    def _typed(self) -> list[str]:
        """Return the reason, then the conditions."""
        lines = [line for area in self.query(TextArea) for line in area.text.splitlines() if line.strip()]
        return [self.query_one(OneLine).value, *lines]

    def action_leave(self) -> None:
        """Go back; what was typed is thrown away only when somebody says so."""
        if not any(self._typed()):
            self.dismiss(None)
            return

        def leave(answer: str | None) -> None:
            if answer is not None:
                self.dismiss(None)

        self.app.push_screen(Confirm("Throw away what was typed?", "Throw away", "Go on typing"), leave)

    def _recorded(self, done: Done) -> None:
        self.app.post_message(done)
        self.dismiss(None)

    @on(Failed)
    def _refused(self, event: Failed) -> None:
        event.stop()
        if asks_all_the_same(self, event.error, self._record):
            return
        self.say(".wrong", f"✗ {event.sentence}")
