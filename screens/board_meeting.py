"""A board meeting item by item: what is asked, and the keys that record a decision, an action or the minutes."""

from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from screens.board_steps import Stepped
from screens.messages import Failed
from screens.reach import programme, tell_changed
from screens.tasks import in_thread
from screens.work import Programme
from tracker.fields import humanise
from tracker.services import boards, boards_deciding
from tracker.services.boards_deciding import DEFERRED, OUTCOMES, WITH_CONDITIONS, Answer
from tracker.storage.queries import Query, record, records

OUTCOME_WORDS = [(code, humanise(code)) for code in OUTCOMES]
CONDITION = "The condition: what is to be done; owner NAME; due DATE"


class Agenda(NamedTuple):
    """The meeting, its items in order with the decision of each (None without), and who is there."""

    board: Any
    items: tuple[tuple[Any, Any | None], ...]
    quorum: str


class Called(Message):
    """The agenda was read."""

    def __init__(self, agenda: Agenda) -> None:
        super().__init__()
        self.agenda = agenda


class BoardMeetingScreen(ModalScreen[None]):
    """Presents a meeting; ``d`` records a decision, ``a`` an action, ``m`` the minutes of the item that is shown."""

    CSS_PATH = "board_meeting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "turn(1)", "Next item", id="meeting.next"),
        Binding("left,h", "turn(-1)", "Item before", id="meeting.before"),
        Binding("d", "decide", "Decide", id="meeting.decide"),
        Binding("a", "action", "Action", id="meeting.action"),
        Binding("m", "minutes", "Minutes", id="meeting.minutes"),
        Binding("w", "who", "Attendance", id="meeting.who"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="meeting.down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="meeting.up"),
        Binding("escape,q", "dismiss(None)", "Back", id="meeting.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid
        self._agenda: Agenda | None = None
        self._at = 0

    def compose(self) -> ComposeResult:
        """Give room for the item."""
        yield Static(Content("Reading the agenda …"), id="head")
        with VerticalScroll(can_focus=False):
            yield Static(id="item")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the agenda."""
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the agenda again."""
        in_thread(self, partial(_read, programme(self.app), self.uid), "agenda")

    @on(Called)
    def _show(self, message: Called) -> None:
        self._agenda = message.agenda
        self._draw()

    def _draw(self) -> None:
        agenda = self._agenda
        if agenda is None:
            return
        count = len(agenda.items)
        place = f"item {self._at + 1} of {count}" if count else "no agenda items yet"
        head = f"{agenda.board.ref} {agenda.board.title} · {place} · {agenda.quorum}"
        self.query_one("#head", Static).update(Content(head))
        shown = Content("Put items on the agenda: tracker item add “…” --board " + agenda.board.ref)
        if count:
            self._at = min(self._at, count - 1)
            shown = _item(*agenda.items[self._at])
        self.query_one("#item", Static).update(Content.assemble(shown))

    def _current(self) -> tuple[Any, Any | None] | None:
        return self._agenda.items[self._at] if self._agenda is not None and self._agenda.items else None

    def action_turn(self, step: int) -> None:
        """Go to the next item, or the one before."""
        if self._agenda is not None and 0 <= self._at + step < len(self._agenda.items):
            self._at += step
            self.query_one(VerticalScroll).scroll_home(animate=False)
            self._draw()

    def action_scroll(self, step: int) -> None:
        """Scroll the item."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def action_decide(self) -> None:
        """Record what the board decided on the item that is shown."""
        from screens.dialogs import Choose

        now = self._current()
        if now is None or now[1] is None:
            self.notify("No decision is sought under this item.", markup=False)
            return
        self.app.push_screen(Choose(f"{now[1].ref} {now[1].title}", OUTCOME_WORDS), partial(self._decided, now[1].uid))

    def _decided(self, decision: str, outcome: str | None) -> None:
        from screens.dialogs import Confirm

        if outcome == WITH_CONDITIONS:
            ask = Confirm(CONDITION, "Record", "Back", reason=True)
            self.app.push_screen(ask, partial(self._conditioned, decision, outcome))
        elif outcome is not None:
            self._do(partial(_decide, decision, Answer(outcome), ""))

    def _conditioned(self, decision: str, outcome: str, condition: str | None) -> None:
        if condition is not None:
            self._do(partial(_decide, decision, Answer(outcome), condition))

    def action_action(self) -> None:
        """Open the form of an action that belongs to this meeting and decision."""
        from screens.form import EntityForm

        now = self._current()
        preset = {"board": self.uid}
        if now is not None and now[1] is not None:
            preset["decision"] = now[1].uid
        self.app.push_screen(EntityForm("action", None, preset))

    def action_minutes(self) -> None:
        """Open the form of the item, where its minutes are written."""
        from screens.form import EntityForm

        now = self._current()
        if now is not None:
            self.app.push_screen(EntityForm("item", now[0].uid), lambda _: self.records_changed())

    def action_who(self) -> None:
        """Add somebody who belongs to the meeting."""
        from screens.form import EntityForm

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


def _item(item: Any, decision: Any | None) -> Content:
    """Return an item as it is presented: what is asked, the options, and what was decided or said."""
    lines = [(item.title, "bold"), (_kind(item), "")]
    if decision is not None:
        lines += [("", ""), (f"{decision.ref} {decision.title}", "bold"), (decision.question or "", "")]
        lines += [(f"  {n}. {option}", "") for n, option in enumerate((decision.options or "").splitlines(), 1)]
        if decision.recommendation:
            lines.append((f"Recommended: {decision.recommendation}", ""))
        if decision.status == "taken":
            lines.append((f"✓ Decided: {humanise(decision.outcome or 'noted').lower()}", "bold"))
        elif decision.status != "sought":
            lines.append((f"The decision is {humanise(decision.status).lower()}.", ""))
    lines += [("", ""), ("Minutes", "bold"), (item.minutes or "None written yet: m", "")]
    return Content("\n").join(Content.styled(text, style) for text, style in lines)


def _kind(item: Any) -> str:
    parts = [humanise(item.item_kind), f"{item.minutes_planned} minutes" if item.minutes_planned else ""]
    parts += [f"presented by {item.presenter}" if item.presenter else "", item.paper or ""]
    return " · ".join(part for part in parts if part)


def _read(tracked: Programme, uid: str) -> Called:
    store = tracked.store()
    board = boards.meeting(store, uid)
    decisions = {one.uid: one for one in records(store, Query("decision"))}
    items = tuple((item, decisions.get(item.decision)) for item in boards.of_board(store, "item", uid))
    return Called(Agenda(board, items, boards.desk(store, uid).quorum.words))


def _decide(decision: str, answer: Answer, condition: str, tracked: Programme, uid: str) -> Stepped:
    from tracker.services.gates import read_conditions

    store, by = tracked.store(), tracked.acting()
    if condition:
        answer = answer._replace(conditions=tuple(read_conditions(store, [condition], by.today)))
    saved = boards_deciding.decide(store, decision, uid, answer, by)
    found: Any = record(store, "decision", decision)
    told = "deferred" if answer.outcome == DEFERRED else humanise(found.outcome or "").lower()
    return Stepped(" ".join([f"{saved.ref}: {told}.", *saved.notes]), saved.tx)
