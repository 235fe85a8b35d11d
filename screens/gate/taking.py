"""Taking a gate: its outcome, its conditions, and what becomes of the pilot, saved as one change."""

from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Footer, Input, Static, TextArea

from screens.dialogs import Confirm
from screens.form.choice import Choice
from screens.full_page import FullPage
from screens.messages import Done, Failed
from screens.reach import programme
from screens.tasks import in_thread
from screens.work import Programme
from tracker.errors import TrackerError
from tracker.fields import humanise, rating_text
from tracker.rules.gates import HALTED, LETS_THROUGH, OUTCOMES
from tracker.services.gates import Checklist, read_conditions, take
from tracker.services.records.finding import read_values

YES_NO = (("no", "No"), ("yes", "Yes"))
CONDITIONS = "One a line: TEXT; owner NAME; due DATE (90 days by itself)"


class Wanted(NamedTuple):
    """What somebody filled in: the outcome, texts by field, conditions as typed, and what becomes of the pilot."""

    outcome: str
    texts: dict[str, str]
    conditions: list[str]
    advance: bool
    pause: bool


class Taken(Message):
    """The gate was taken."""

    def __init__(self, sentence: str, tx: int) -> None:
        super().__init__()
        self.sentence = sentence
        self.tx = tx


class GateTaking(FullPage):
    """Asks for the outcome of a gate and what goes with it; it stays open until that could be saved."""

    CSS_PATH = "taking.tcss"
    AUTO_FOCUS = "#outcome"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="taking.save"),
        Binding("escape", "back", "Back", id="taking.back"),
        Binding("down", "app.focus_next", "Next", show=False, id="taking.next"),
        Binding("up", "app.focus_previous", "Previous", show=False, id="taking.previous"),
    ]

    def __init__(self, found: Checklist) -> None:
        super().__init__()
        self.found = found

    def compose(self) -> ComposeResult:
        """Give the questions; those that belong to one outcome are shown with it."""
        found = self.found
        held_on = found.held_on.isoformat() if found.held_on else "today"
        outcomes = [(outcome, rating_text(outcome)) for outcome in OUTCOMES]
        known = found.outcome if found.outcome in OUTCOMES else ""
        opens = humanise(found.opens_phase or "").lower()
        with Vertical(classes="dialog"):
            yield Static(Content(f"Take {found.gate}"), classes="question")
            with VerticalScroll(id="questions", can_focus=False):
                yield _row("Outcome", Choice(outcomes, known, "choose one"), "outcome")
                yield Static(id="way")
                yield _row("Held on", Input(held_on, compact=True, select_on_focus=False), "held_on")
                yield _row("Recommendation", Input(found.recommendation, compact=True), "recommendation")
                yield _row("Conditions", TextArea(compact=True, highlight_cursor_line=False), "conditions")
                yield Static(Content(CONDITIONS), classes="hint")
                yield _row(f"{found.pilot.ref} to {opens}", Choice(YES_NO, "no"), "advance")
                yield _row(f"Pause {found.pilot.ref}", Choice(YES_NO, "no"), "pause")
            yield Static(classes="wrong")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show what belongs to the outcome that stands."""
        self._fit()

    @on(Choice.Changed)
    def _fit(self) -> None:
        """Show what stands in the way of the outcome, and only the questions that belong to it."""
        outcome, found = self._choice("outcome"), self.found
        way = "" if outcome == "amber" else found.in_the_way.get(outcome, "")
        if outcome == "amber" and "amber" in found.in_the_way:
            way = "Amber needs at least one condition below."
        self.query_one(".wrong", Static).update(Content(""))
        self.query_one("#way", Static).update(Content(way))
        self.query_one("#way").display = bool(way)
        self.query_one("#row-advance").display = outcome in LETS_THROUGH and found.may_advance
        self.query_one("#row-pause").display = outcome == "red" and found.phase not in HALTED

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
        recommendation, conditions = self._written
        wanted = Wanted(
            self._choice("outcome"),
            {"held_on": self.query_one("#held_on", Input).value, "recommendation": recommendation},
            [line for line in conditions.splitlines() if line.strip()],
            self._yes("advance"),
            self._yes("pause"),
        )
        in_thread(self, partial(_taken, programme(self.app), self.found.gate.uid, wanted), "write", exclusive=False)

    def on_taken(self, message: Taken) -> None:
        """Say what was done, and go back to the checklist."""
        message.stop()
        self.app.post_message(Done(message.sentence, message.tx))
        self.dismiss()

    def on_failed(self, message: Failed) -> None:
        """Show what stands in the way; nothing that was written is lost."""
        message.stop()
        self.query_one("#way").display = False  # it would say the same again
        self.query_one(".wrong", Static).update(Content(f"✗ {message.sentence}"))

    def action_back(self) -> None:
        """Leave the gate as it is; ask first when something was written."""
        if self._written == (self.found.recommendation, ""):
            self.dismiss()
            return
        question = "Leave without taking the gate? What you wrote here is lost."
        self.app.push_screen(Confirm(question, "Leave", "Stay"), self._back)

    def _back(self, answer: str | None) -> None:
        if answer is not None:
            self.dismiss()


def _row(label: str, widget: Widget, name: str) -> Horizontal:
    widget.id = name
    return Horizontal(Static(Content(label), classes="label"), widget, classes="row", id=f"row-{name}")


def _taken(here: Programme, gate_uid: str, wanted: Wanted) -> Taken:
    if not wanted.outcome:
        raise TrackerError("Choose an outcome first.")
    store, today = here.store(), here.today()
    values, _ = read_values(store, "gate", {"held_on": wanted.texts["held_on"]}, today)
    saved = take(
        store,
        gate_uid,
        wanted.outcome,
        here.acting(),
        held_on=values["held_on"],
        recommendation=wanted.texts["recommendation"],
        conditions=read_conditions(store, wanted.conditions, today),
        advance=wanted.advance,
        pause=wanted.pause,
    )
    done = f"{saved.ref} taken: {rating_text(wanted.outcome)}. Press u to undo."
    return Taken(" ".join((done, *saved.notes)), saved.tx)
