"""A board meeting item by item: what is asked, and the keys that record a decision, an action or the minutes."""

from datetime import UTC, datetime
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from screens.board.answer import AnswerDialog
from screens.board.meeting_lines import agenda_lines, agenda_strip, item_lines, no_item_lines, time_words
from screens.dialogs import Choose
from screens.earlier import changing
from screens.form.form import EntityForm
from screens.live import Reloads
from screens.record.drawn_lines import DrawnLines
from screens.record.lines import Extra
from screens.widgets.key_line import KeyLine
from screens.widgets.pages import FullPage, Scrolled
from screens.work import programme_of, read
from tracker.entities import Action, AgendaItem, Decision
from tracker.fields import humanise
from tracker.services.agenda import Agenda, AgendaEntry, agenda
from tracker.services.board.deciding import OUTCOMES

OUTCOME_WORDS = [(code, humanise(code)) for code in OUTCOMES]
TICK = 15.0  # seconds between two looks at the clock
EMPTY = Extra("", lambda _: [])


class BoardMeetingScreen(Reloads, FullPage):
    """Presents a meeting; ``d`` records a decision, ``a`` an action, ``m`` the minutes of the item that is shown."""

    CSS_PATH = "meeting.tcss"
    BINDINGS = [
        Binding("right,l", "turn(1)", "Next", id="meeting.next"),
        Binding("left,h", "turn(-1)", "Before", id="meeting.before"),
        Binding("d", "decide", "Decide", id="meeting.decide"),
        Binding("a", "action", "Action", id="meeting.action"),
        Binding("m", "minutes", "Minutes", id="meeting.minutes"),
        Binding("w", "who", "Roll call", id="meeting.who"),
        *(Binding(f"{n}", f"go({n})", f"Item {n}", show=False, id=f"meeting.item_{n}") for n in range(1, 10)),
        Binding("escape,q", "dismiss(None)", "Back", id="meeting.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid
        self._agenda: Agenda | None = None
        self._place = 0
        self._spent: dict[str, float] = {}  # seconds by item, without the one that is shown
        self._began = datetime.max.replace(tzinfo=UTC)

    def compose(self) -> ComposeResult:
        """Give room for the items and the one that is talked about."""
        yield Static(Content("Reading the agenda …"), id="head")
        with Horizontal():
            yield DrawnLines(EMPTY, id="agenda")
            with Scrolled():
                yield DrawnLines(EMPTY, id="item")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the agenda, and begin to count the time."""
        self.query_one(Scrolled).focus()
        self._began = programme_of(self).now()
        self.set_interval(TICK, self._draw_head)
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the agenda again."""
        read(
            self,
            lambda programme: agenda(programme.store(), self.uid),
            self._show,
            "agenda",
            keys_wait=self._agenda is None,
        )

    def _show(self, current: Agenda) -> None:
        self._agenda = current
        self._place = max(min(self._place, len(current.items) - 1), 0)
        self._draw()

    def _draw(self) -> None:
        if self._agenda is None:
            return
        self._draw_head()
        current = self._current()
        lines = partial(item_lines, current) if current is not None else partial(no_item_lines, self._agenda.board)
        self.query_one("#item", DrawnLines).show(Extra("", lines))
        self.query_one("#agenda", DrawnLines).show(Extra("", partial(agenda_lines, self._agenda.items, self._place)))

    def _draw_head(self) -> None:
        if self._agenda is None:
            return
        board, items, quorum = self._agenda
        parts = [f"{board.ref} {board.title}"]
        current = self._current()
        if current is None:
            parts.append("no agenda items yet")
        else:
            parts.append(f"item {self._place + 1} of {len(items)}")
            parts.append(time_words(self._seconds(current.item.uid), current.item.minutes_planned))
        strip = f"{agenda_strip(items, self._place)}   {quorum}".strip()
        self.say("#head", f"{' · '.join(parts)}\n{strip}")

    def _seconds(self, uid: str) -> float:
        """Return how long an item that is shown has been talked about so far."""
        return self._spent.get(uid, 0.0) + max((programme_of(self).now() - self._began).total_seconds(), 0.0)

    def _current(self) -> AgendaEntry | None:
        if self._agenda is None or not self._agenda.items:
            return None
        return self._agenda.items[self._place]

    def action_turn(self, step: int) -> None:
        """Go to the next item, or the one before."""
        self.action_go(self._place + 1 + step)

    def action_go(self, number: int) -> None:
        """Go to an item by its place on the agenda, counted from 1."""
        current = self._current()
        if current is None or self._agenda is None or not 1 <= number <= len(self._agenda.items):
            return
        self._spent[current.item.uid] = self._seconds(current.item.uid)
        self._began, self._place = programme_of(self).now(), number - 1
        self.query_one(Scrolled).scroll_home(animate=False)
        self._draw()

    @changing
    def action_decide(self) -> None:
        """Record what the board decided on the item that is shown."""
        current = self._current()
        if current is None or current.decision is None:
            self.notify("No decision is sought under this item.", markup=False)
            return
        decision = current.decision
        self.app.push_screen(Choose(f"{decision.ref} {decision.title}", OUTCOME_WORDS), partial(self._decide, decision))

    def _decide(self, decision: Decision, outcome: str | None) -> None:
        if outcome is not None:
            self.app.push_screen(AnswerDialog(decision, outcome, self.uid))

    @changing
    def action_action(self) -> None:
        """Open the form of an action that belongs to this meeting and decision."""
        current = self._current()
        preset = {"board": self.uid}
        if current is not None and current.decision is not None:
            preset["decision"] = current.decision.uid
        self.app.push_screen(EntityForm(Action.kind, None, preset))

    @changing
    def action_minutes(self) -> None:
        """Open the form of the item, where its minutes are written."""
        current = self._current()
        if current is not None:
            self.app.push_screen(EntityForm(AgendaItem.kind, current.item.uid, at="minutes"))

    def action_who(self) -> None:
        """Call the roll: who is there, who sent apologies or a deputy, and which interests they declare."""
        from screens.board.roll_call import RollCall

        self.app.push_screen(RollCall(self.uid))
