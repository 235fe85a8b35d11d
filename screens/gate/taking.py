"""Taking a gate: its outcome, its conditions, and what becomes of the pilot, saved as one change."""

from functools import partial
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from screens.dialogs import Confirm
from screens.fates import asks_all_the_same
from screens.form.choice import Choice
from screens.mending import in_a_line
from screens.widgets.key_line import KeyLine
from screens.widgets.one_line import OneLine
from screens.widgets.pages import FullPage, hidden
from screens.work import Done, Failed, Programme, write
from tracker.errors import TrackerError
from tracker.fields import humanise, rating_text
from tracker.rules.gates import HALTED, LETS_THROUGH, OUTCOMES
from tracker.services.gates import Checklist, read_conditions, take
from tracker.services.records.finding import read_values

YES_NO = (("no", "No"), ("yes", "Yes"))
CONDITIONS = "One a line: TEXT; owner NAME; due DATE (90 days by itself)"


class Outcome(NamedTuple):
    """What somebody filled in: the outcome, texts by field, conditions as typed, and what becomes of the pilot."""

    outcome: str
    texts: dict[str, str]
    conditions: list[str]
    advance: bool
    pause: bool
    waived: tuple[str, ...] = ()  # codes of problems that do not count


class GateTaking(FullPage):
    """Asks for the outcome of a gate and what goes with it; it stays open until that could be saved."""

    CSS_PATH = "taking.tcss"
    AUTO_FOCUS = "#outcome"
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", id="taking.save"),
        Binding("escape", "back", "Back", id="taking.back"),
        hidden("down", "app.focus_next", "Next", "taking.next"),
        hidden("up", "app.focus_previous", "Previous", "taking.previous"),
    ]

    holds_text = True

    def __init__(self, checklist: Checklist) -> None:
        super().__init__()
        self.checklist = checklist

    def compose(self) -> ComposeResult:
        """Give the questions; those that belong to one outcome are shown with it."""
        gate = self.checklist.gate
        pilot = self.checklist.pilot
        held_on = self.checklist.held_on.isoformat() if self.checklist.held_on else "today"
        outcomes = [(code, rating_text(code)) for code in OUTCOMES]
        outcome = self.checklist.outcome if self.checklist.outcome in OUTCOMES else ""
        phase = humanise(self.checklist.opens_phase or "").lower()
        with Vertical(classes="dialog"):
            yield Static(Content(f"Take {gate}"), classes="question")
            with VerticalScroll(id="questions", can_focus=False):
                yield _row("Outcome", Choice(outcomes, outcome, "choose one"), "outcome")
                yield Static(id="way")
                yield _row("Held on", OneLine(held_on, compact=True, select_on_focus=False), "held_on")
                yield _row("Recommendation", OneLine(self.checklist.recommendation, compact=True), "recommendation")
                yield _row("Conditions", TextArea(compact=True, highlight_cursor_line=False), "conditions")
                yield Static(Content(CONDITIONS), classes="hint")
                yield _row(f"{pilot.ref} to {phase}", Choice(YES_NO, "no"), "advance")
                yield _row(f"Pause {pilot.ref}", Choice(YES_NO, "no"), "pause")
            yield Static(classes="wrong")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what belongs to the outcome that stands."""
        self._fit()

    @on(Choice.Changed)
    def _fit(self) -> None:
        """Show what stands in the way of the outcome, and only the questions that belong to it."""
        outcome = self._choice("outcome")
        current = self.checklist
        way = current.in_the_way.get(outcome, "")
        if outcome == "amber" and way:
            way = "Amber needs at least one condition below."
        self.say(".wrong", "")
        self.say("#way", way)
        self.query_one("#way").display = bool(way)
        self.query_one("#row-advance").display = outcome in LETS_THROUGH and current.may_advance
        self.query_one("#row-pause").display = outcome == "red" and current.phase not in HALTED

    def _choice(self, name: str) -> str:
        return self.query_one(f"#{name}", Choice).value

    def _yes(self, name: str) -> bool:
        return bool(self.query_one(f"#row-{name}").display) and self._choice(name) == "yes"

    @property
    def _written(self) -> tuple[str, str]:
        """The recommendation and the conditions, as they stand in their lines."""
        return self.query_one("#recommendation", Input).value, self.query_one("#conditions", TextArea).text

    def action_save(self) -> None:
        """Take the gate, if nothing stands in the way."""
        self._save(())

    def _save(self, waived: tuple[str, ...]) -> None:
        recommendation, conditions = self._written
        outcome = Outcome(
            self._choice("outcome"),
            {"held_on": self.query_one("#held_on", Input).value, "recommendation": recommendation},
            [line for line in conditions.splitlines() if line.strip()],
            self._yes("advance"),
            self._yes("pause"),
            waived,
        )
        write(self, partial(_take, self.checklist.gate.uid, outcome), self._after_taking)

    def _after_taking(self, done: Done) -> None:
        """Say what was done, and go back to the checklist."""
        self.app.post_message(done)
        self.dismiss()

    def on_failed(self, message: Failed) -> None:
        """Show what stands in the way; nothing that was written is lost."""
        message.stop()
        if asks_all_the_same(self, message.error, self._save):
            return
        self.query_one("#way").display = False  # it would say the same again
        self.say(".wrong", f"✗ {message.sentence}")

    def action_back(self) -> None:
        """Leave the gate as it is; ask first when something was written."""
        if self._written == (self.checklist.recommendation, ""):
            self.dismiss()
            return
        self.app.push_screen(
            Confirm("Leave without taking the gate? What you wrote here is lost.", "Leave", "Stay"), self._back
        )

    def _back(self, answer: str | None) -> None:
        if answer is not None:
            self.dismiss()


def _row(label: str, widget: Widget, name: str) -> Horizontal:
    widget.id = name
    return Horizontal(Static(Content(label), classes="label"), widget, classes="row", id=f"row-{name}")


def _take(gate_uid: str, outcome: Outcome, programme: Programme) -> Done:
    if not outcome.outcome:
        raise TrackerError("Choose an outcome first.")
    store = programme.store()
    today = programme.today()
    values, _ = read_values(store, "gate", {"held_on": outcome.texts["held_on"]}, today)
    saved = take(
        store,
        gate_uid,
        outcome.outcome,
        programme.acting(),
        held_on=values["held_on"],
        recommendation=outcome.texts["recommendation"],
        conditions=read_conditions(store, outcome.conditions, today),
        advance=outcome.advance,
        pause=outcome.pause,
        waived=outcome.waived,
    )
    return Done(
        in_a_line(f"{saved.ref} taken: {rating_text(outcome.outcome)}. Press u to undo.", *saved.notes), saved.tx
    )
