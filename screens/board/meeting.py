"""A board meeting item by item: what is asked, and the keys that record a decision, an action or the minutes."""

from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static

from screens.board.meeting_lines import Called, action_words, agenda_lines, agenda_strip, item_lines, time_words
from screens.board.steps import Stepped
from screens.full_page import FullPage
from screens.messages import Failed
from screens.reach import programme, tell_changed
from screens.record.drawn_lines import DrawnLines
from screens.record.extra import Extra
from screens.tasks import in_thread
from screens.widgets.scrolled import Scrolled
from screens.work import Programme
from tracker.entities.action import Action
from tracker.entities.item import AgendaItem
from tracker.fields import humanise
from tracker.reports.lines.drawn import hung
from tracker.services.board import cycle as boards
from tracker.services.board import deciding as boards_deciding
from tracker.services.board.deciding import DEFERRED, OUTCOMES, WITH_CONDITIONS, Answer
from tracker.storage.queries import Query, links, record, records

OUTCOME_WORDS = [(code, humanise(code)) for code in OUTCOMES]
TICK = 15.0  # seconds between two looks at the clock
CONDITION = "On what condition? What is to be done; owner NAME; due DATE"
CONDITION_HINT = "Agree the rota; owner Delivery lead, Parking; due 11 Dec"


class Agenda(NamedTuple):
    """The meeting, its items in their order, and who is there."""

    board: Any
    items: tuple[Called, ...]
    quorum: str


class AgendaRead(Message):
    """The agenda was read."""

    def __init__(self, agenda: Agenda) -> None:
        super().__init__()
        self.agenda = agenda


class BoardMeetingScreen(FullPage):
    """Presents a meeting; ``d`` records a decision, ``a`` an action, ``m`` the minutes of the item that is shown."""

    CSS_PATH = "meeting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "turn(1)", "Next", id="meeting.next"),
        Binding("left,h", "turn(-1)", "Before", id="meeting.before"),
        Binding("d", "decide", "Decide", id="meeting.decide"),
        Binding("a", "action", "Action", id="meeting.action"),
        Binding("m", "minutes", "Minutes", id="meeting.minutes"),
        Binding("w", "who", "Attendance", id="meeting.who"),
        *(Binding(f"{n}", f"go({n})", f"Item {n}", show=False, id=f"meeting.item_{n}") for n in range(1, 10)),
        Binding("escape,q", "dismiss(None)", "Back", id="meeting.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid
        self._agenda: Agenda | None = None
        self._at = 0
        self._spent: dict[str, float] = {}  # seconds by item, without the one that is shown
        self._began = datetime.max.replace(tzinfo=UTC)

    def compose(self) -> ComposeResult:
        """Give room for the items and the one that is talked about."""
        yield Static(Content("Reading the agenda …"), id="head")
        with Horizontal():
            yield DrawnLines(Extra("", lambda _: []), id="agenda")
            with Scrolled():
                yield DrawnLines(Extra("", lambda _: []), id="item")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the agenda, and begin to count the time."""
        self.query_one(Scrolled).focus()
        self._began = programme(self.app).now()
        self.set_interval(TICK, self._draw_head)
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the agenda again."""
        in_thread(self, partial(_read, programme(self.app), self.uid), "agenda")

    @on(AgendaRead)
    def _show(self, message: AgendaRead) -> None:
        self._agenda = message.agenda
        self._at = max(min(self._at, len(message.agenda.items) - 1), 0)
        self._draw()

    def _draw(self) -> None:
        agenda = self._agenda
        if agenda is None:
            return
        self._draw_head()
        now = self._current()
        empty = f"Put items on the agenda: tracker item add “…” --board {agenda.board.ref}"
        drawn = partial(item_lines, now) if now is not None else partial(hung, "", empty)
        self.query_one("#item", DrawnLines).show(Extra("", drawn))
        self.query_one("#agenda", DrawnLines).show(Extra("", partial(agenda_lines, agenda.items, self._at)))

    def _draw_head(self) -> None:
        agenda, now = self._agenda, self._current()
        if agenda is None:
            return
        said = [f"{agenda.board.ref} {agenda.board.title}"]
        if now is None:
            said.append("no agenda items yet")
        else:
            said.append(f"item {self._at + 1} of {len(agenda.items)}")
            said.append(time_words(self._seconds(now.item.uid), now.item.minutes_planned))
        strip = agenda_strip(agenda.items, self._at)
        lines = " · ".join(said), f"{strip}   {agenda.quorum}".strip()
        self.query_one("#head", Static).update(Content("\n".join(lines)))

    def _seconds(self, uid: str) -> float:
        """Return how long an item that is shown has been talked about so far."""
        return self._spent.get(uid, 0.0) + max((programme(self.app).now() - self._began).total_seconds(), 0.0)

    def _current(self) -> Called | None:
        return self._agenda.items[self._at] if self._agenda is not None and self._agenda.items else None

    def action_turn(self, step: int) -> None:
        """Go to the next item, or the one before."""
        self.action_go(self._at + 1 + step)

    def action_go(self, number: int) -> None:
        """Go to an item by its place on the agenda, counted from 1."""
        now = self._current()
        if now is None or self._agenda is None or not 1 <= number <= len(self._agenda.items):
            return
        self._spent[now.item.uid] = self._seconds(now.item.uid)
        self._began, self._at = programme(self.app).now(), number - 1
        self.query_one(Scrolled).scroll_home(animate=False)
        self._draw()

    def action_decide(self) -> None:
        """Record what the board decided on the item that is shown."""
        from screens.dialogs import Choose

        now = self._current()
        if now is None or now.decision is None:
            self.notify("No decision is sought under this item.", markup=False)
            return
        asked = now.decision
        self.app.push_screen(Choose(f"{asked.ref} {asked.title}", OUTCOME_WORDS), partial(self._decided, asked.uid))

    def _decided(self, decision: str, outcome: str | None) -> None:
        from screens.dialogs import Confirm

        if outcome == WITH_CONDITIONS:
            ask = Confirm(CONDITION, "Record", "Back", reason=True, hint=CONDITION_HINT)
            self.app.push_screen(ask, partial(self._conditioned, decision, outcome))
        elif outcome is not None:
            self._do(partial(_decide, decision, Answer(outcome), ""))

    def _conditioned(self, decision: str, outcome: str, condition: str | None) -> None:
        if condition is not None:
            self._do(partial(_decide, decision, Answer(outcome), condition))

    def action_action(self) -> None:
        """Open the form of an action that belongs to this meeting and decision."""
        from screens.form.form import EntityForm

        now = self._current()
        preset = {"board": self.uid}
        if now is not None and now.decision is not None:
            preset["decision"] = now.decision.uid
        self.app.push_screen(EntityForm("action", None, preset))

    def action_minutes(self) -> None:
        """Open the form of the item, where its minutes are written."""
        from screens.form.form import EntityForm

        now = self._current()
        if now is not None:
            self.app.push_screen(EntityForm("item", now.item.uid, at="minutes"), lambda _: self.records_changed())

    def action_who(self) -> None:
        """Add somebody who belongs to the meeting."""
        from screens.form.form import EntityForm

        self.app.push_screen(EntityForm("attendee", None, {"board": self.uid}), lambda _: self.records_changed())

    def _do(self, job: Any) -> None:
        in_thread(self, partial(job, programme(self.app), self.uid), "write", exclusive=False)

    @on(Stepped)
    def _after(self, message: Stepped) -> None:
        message.stop()
        self.notify(message.sentence, markup=False)
        tell_changed(self.app, message.tx)
        self.records_changed()

    @on(Failed)
    def _refused(self, message: Failed) -> None:
        message.stop()
        self.notify(message.sentence, severity="error", timeout=10, markup=False)


def _read(tracked: Programme, uid: str) -> AgendaRead:
    store = tracked.store()
    board = boards.meeting(store, uid)
    decisions = {one.uid: one for one in records(store, Query("decision"))}
    owners = links(store, "person")
    agreed: dict[str, list[str]] = {}
    for action in boards.of_board(store, Action, uid):
        owner = owners.get(action.owner)
        agreed.setdefault(action.decision or "", []).append(action_words(action, owner.name if owner else ""))
    items = tuple(
        Called(item, decisions.get(item.decision or ""), tuple(agreed.get(item.decision, ()) if item.decision else ()))
        for item in boards.of_board(store, AgendaItem, uid)
    )
    return AgendaRead(Agenda(board, items, boards.desk(store, uid).quorum.words))


def _decide(decision: str, answer: Answer, condition: str, tracked: Programme, uid: str) -> Stepped:
    from tracker.services.gates import read_conditions

    store, by = tracked.store(), tracked.acting()
    if condition:
        answer = answer._replace(conditions=tuple(read_conditions(store, [condition], by.today)))
    saved = boards_deciding.decide(store, decision, uid, answer, by)
    found: Any = record(store, "decision", decision)
    told = "deferred" if answer.outcome == DEFERRED else humanise(found.outcome or "").lower()
    return Stepped(" ".join([f"{saved.ref}: {told}.", *saved.notes]), saved.tx)
