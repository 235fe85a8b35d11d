"""The checklist of a gate: each criterion with its result and evidence, answered by one key and saved at once."""

from collections.abc import Awaitable, Callable
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Input, Static

from screens.commands import undo_last
from screens.dialogs import Confirm
from screens.earlier import changing
from screens.gate.rows import ConditionRow, CriterionRow
from screens.gate.taking import GateTaking
from screens.live import Reloads
from screens.mending import in_a_line
from screens.widgets.key_line import KeyLine
from screens.widgets.one_line import OneLine
from screens.widgets.pages import FullPage, hidden
from screens.widgets.typing_ahead import interrupt
from screens.work import Done, Failed, Programme, read, write
from tracker.fields import rating_text
from tracker.rules.gates import result_text
from tracker.rules.wording import listed, show_date
from tracker.services.gates import Asked, Checklist, answer, checklist
from tracker.services.pages.checklist import pilot_line

NEEDS_WORDS = ("met", "not_applicable")  # evidence, or a reason
QUESTIONS = {"met": "Met. The evidence, a sentence or a link", "not_applicable": "Not applicable. Why"}
EVIDENCE = "Evidence, a sentence or a link"


class Evidence(OneLine):
    """The line in which evidence, or a reason, is given for one criterion."""

    BINDINGS = [
        Binding("escape", "leave", "Leave it", id="checklist.leave"),
        hidden("tab,shift+tab", "app.bell", "Stay", "checklist.stay"),
    ]

    class Left(Message):
        """The line was left without an answer."""

    def action_leave(self) -> None:
        """Leave the criterion as it was."""
        self.post_message(self.Left())


class EvidenceQuestion(Vertical):
    """Asks for the evidence of one criterion; ``complain`` shows why an answer was refused."""

    def __init__(self, criterion: Asked, result: str) -> None:
        super().__init__(classes="asking")
        self.criterion = criterion
        self.result = result

    def compose(self) -> ComposeResult:
        """Give the question, the line, and room for what is wrong."""
        text = self.criterion.evidence
        if self.result == "not_applicable":
            text = self.criterion.not_applicable_reason
        yield Static(Content(f"{QUESTIONS.get(self.result, EVIDENCE)} (enter saves, esc leaves it)"))
        yield Evidence(text, compact=True)
        yield Static(classes="wrong")

    def complain(self, sentence: str) -> None:
        """Say why the answer was refused."""
        self.query_one(".wrong", Static).update(Content(f"✗ {sentence}"))


class Criteria(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The list; the arrows move the cursor from criterion to criterion and scroll only with it."""

    place = 0  # of the criterion under the cursor

    @property
    def rows(self) -> list[CriterionRow]:
        """The criteria, without the conditions below them."""
        return list(self.query(CriterionRow))

    @property
    def question(self) -> EvidenceQuestion | None:
        """The line that is open, if there is one."""
        return next(iter(self.query(EvidenceQuestion)), None)

    async def show(self, rows: list[Static]) -> None:
        """Show these rows, with the cursor where it was."""
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(rows)
        self.go(0)

    def go(self, step: int) -> None:
        """Go so many criteria down; past the last one, turn the pages of the conditions below it."""
        rows = self.rows
        if step and self.place + step >= len(rows):
            self.scroll_page_down(animate=False)
        if rows:
            self.place = max(0, min(self.place + step, len(rows) - 1))
            rows[self.place].focus()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Keep the place of the criterion that got the cursor, also when it was clicked."""
        if isinstance(event.widget, CriterionRow):
            self.place = self.rows.index(event.widget)


class GateChecklist(Reloads, FullPage):
    """Shows the criteria of a gate and what stands in the way of green; keys answer them, and take the gate."""

    CSS_PATH = "checklist.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("m", "answer('met')", "Met", id="checklist.met"),
        Binding("p", "answer('partly')", "Partly", id="checklist.partly"),
        Binding("n", "answer('not_met')", "Not met", id="checklist.not_met"),
        Binding("a", "answer('not_applicable')", "Not applicable", id="checklist.not_applicable"),
        Binding("enter", "evidence", "Evidence", id="checklist.evidence"),
        Binding("t", "take", "Take it", id="checklist.take"),
        hidden("u", "undo", "Undo", "checklist.undo"),
        hidden("j,down", "step(1)", "Down", "checklist.down"),
        hidden("k,up", "step(-1)", "Up", "checklist.up"),
        Binding("escape,q", "dismiss(None)", "Back", id="checklist.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid
        self.checklist: Checklist | None = None
        self.criteria = Criteria(id="criteria")

    def compose(self) -> ComposeResult:
        """Give the head, the criteria, what stands in the way, and the keys."""
        yield Static(id="head")
        yield Static(id="about")
        yield self.criteria
        yield Static(id="way")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the checklist."""
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the checklist again, unless somebody is writing in it: it is read again after that."""
        if not self.criteria.question:
            read(self, partial(_read, self.uid), self._show, "checklist", keys_wait=self.checklist is None)

    async def _show(self, current: Checklist) -> None:
        """Show what was read, with the cursor where it was."""
        if self.criteria.question:
            return
        self.checklist = current
        self.say("#head", f"{current.gate}: checklist")
        self.say("#about", _about(current))
        self.say("#way", _in_the_way(current))
        rows: list[Static] = list(map(CriterionRow, current.criteria))
        if not rows:
            rows.append(Static(Content("No criteria yet: “a” on the page of the gate adds one."), classes="none"))
        if current.conditions:
            rows.append(Static(Content("Conditions"), classes="heading"))
            rows += map(ConditionRow, current.conditions)
        await self.criteria.show(rows)

    def action_step(self, step: int) -> None:
        """Go to another criterion."""
        self.criteria.go(step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what needs a criterion where there is none, and everything but the line while it is open."""
        if action in ("answer", "evidence", "step", "take", "undo") and self.criteria.question:
            return False
        return action not in ("answer", "evidence") or bool(self.criteria.rows)

    @changing
    async def action_answer(self, result: str) -> None:
        """Answer the criterion under the cursor; ask first where the gate was taken already."""
        await self._if_open(partial(self._answer, result))

    async def _if_open(self, act: Callable[[], Awaitable[None]]) -> None:
        """Go on; on a gate that was taken only when somebody says so: what the board saw was another answer."""
        if self.checklist is None or self.checklist.held_on is None:
            await act()
            return

        def go_on(answer: str | None) -> None:
            if answer is not None:
                self.call_later(act)

        question = f"{self.checklist.gate.ref} was taken on {show_date(self.checklist.held_on)}. Change its checklist?"
        interrupt(self, Confirm(question, "Change it", "Leave it"), go_on)

    async def _answer(self, result: str) -> None:
        """Save a result; ask first for what it cannot do without."""
        row = self.criteria.rows[self.criteria.place]
        if result in NEEDS_WORDS:
            await self._ask(row, result)
        else:
            self._save(row.criterion, result, None)

    @changing
    async def action_evidence(self) -> None:
        """Ask for the evidence of the criterion under the cursor; its result stays."""
        await self._if_open(self._give_evidence)

    async def _give_evidence(self) -> None:
        row = self.criteria.rows[self.criteria.place]
        await self._ask(row, row.criterion.result)

    async def _ask(self, row: CriterionRow, result: str) -> None:
        question = EvidenceQuestion(row.criterion, result)
        await self.criteria.mount(question, after=row)
        question.query_one(Evidence).focus()
        self.call_after_refresh(question.scroll_visible, animate=False)
        self.refresh_bindings()

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        question = self.criteria.question
        if question:
            self._save(question.criterion, question.result, event.value)

    def _save(self, criterion: Asked, result: str, text: str | None) -> None:
        write(self, partial(_answer, criterion, result, text), self._after_answer)

    async def _after_answer(self, done: Done) -> None:
        """Put the line away; everything is read again."""
        await self.query(EvidenceQuestion).remove()
        self.app.post_message(done)

    def on_failed(self, message: Failed) -> None:
        """Show beside the line why an answer was refused."""
        question = self.criteria.question
        if question:
            message.stop()
            question.complain(message.sentence)

    @on(Evidence.Left)
    async def _leave_question(self) -> None:
        await self.query(EvidenceQuestion).remove()
        self.records_changed()

    @changing
    def action_take(self) -> None:
        """Ask for the outcome."""
        if self.checklist is not None:
            self.app.push_screen(GateTaking(self.checklist))

    @changing
    def action_undo(self) -> None:
        """Turn back what the person did last."""
        write(self, undo_last)


def _read(uid: str, programme: Programme) -> Checklist:
    return checklist(programme.store(), uid, programme.today())


def _answer(criterion: Asked, result: str, text: str | None, programme: Programme) -> Done:
    saved = answer(programme.store(), criterion.uid, result, text, programme.acting())
    sentence = f"{saved.ref}: {result_text(result)}. Press u to undo." if saved.tx else ""
    return Done(in_a_line(sentence, *saved.notes), saved.tx)


def _about(current: Checklist) -> str:
    return f"{pilot_line(current)} · {rating_text(current.outcome)}"


def _in_the_way(current: Checklist) -> str:
    settled, mandatory = current.mandatory
    if "green" not in current.in_the_way:
        return f"● Nothing stands in the way of green: {settled} of {mandatory} mandatory criteria are settled."
    refs = [criterion.ref for criterion in current.criteria if criterion.mandatory and not criterion.settled]
    return f"■ {settled} of {mandatory} mandatory criteria are settled. In the way of green: {listed(refs, 12)}."
