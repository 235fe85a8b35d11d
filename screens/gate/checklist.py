"""The checklist of a gate: each criterion with its result and evidence, answered by one key and saved at once."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Footer, Input, Static

from screens.full_page import FullPage
from screens.gate.rows import CriterionRow, condition_row
from screens.messages import Done, Failed
from screens.reach import programme
from screens.tasks import in_thread
from screens.undoing import undo_last
from screens.work import Programme
from tracker.fields import humanise, rating_text
from tracker.rules.gates import result_text
from tracker.rules.when import show_date
from tracker.rules.wording import listed
from tracker.services.gates import Asked, Checklist, answer, checklist

NEEDS_WORDS = ("met", "not_applicable")  # evidence, or a reason
QUESTIONS = {"met": "Met. The evidence, a sentence or a link", "not_applicable": "Not applicable. Why"}
EVIDENCE = "Evidence, a sentence or a link"


class ChecklistRead(Message):
    """The checklist as the file holds it."""

    def __init__(self, found: Checklist) -> None:
        super().__init__()
        self.found = found


class Answered(Message):
    """An answer was saved."""

    def __init__(self, sentence: str, tx: int) -> None:
        super().__init__()
        self.sentence = sentence
        self.tx = tx


class Evidence(Input):
    """The line in which evidence, or a reason, is given for one criterion."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave it", id="checklist.leave"),
        Binding("tab,shift+tab", "app.bell", "Stay", show=False, id="checklist.stay"),
    ]

    class Left(Message):
        """The line was left without an answer."""

    def action_leave(self) -> None:
        """Leave the criterion as it was."""
        self.post_message(self.Left())


class Asking(Vertical):
    """Asks for the evidence of one criterion; ``wrong`` shows why an answer was refused."""

    def __init__(self, asked: Asked, result: str) -> None:
        super().__init__(classes="asking")
        self.asked = asked
        self.result = result

    def compose(self) -> ComposeResult:
        """Give the question, the line, and room for what is wrong."""
        excused = self.result == "not_applicable"
        yield Static(Content(f"{QUESTIONS.get(self.result, EVIDENCE)} (enter saves, esc leaves it)"))
        yield Evidence(self.asked.not_applicable_reason if excused else self.asked.evidence, compact=True)
        yield Static(classes="wrong")

    def wrong(self, sentence: str) -> None:
        """Say why the answer was refused."""
        self.query_one(".wrong", Static).update(Content(f"✗ {sentence}"))


class Criteria(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The list; the arrows move the cursor from criterion to criterion and scroll only with it."""


class GateChecklist(FullPage):
    """Shows the criteria of a gate and what stands in the way of green; keys answer them, and take the gate."""

    CSS_PATH = "checklist.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "answer('met')", "Met", id="checklist.met"),
        Binding("p", "answer('partly')", "Partly", id="checklist.partly"),
        Binding("n", "answer('not_met')", "Not met", id="checklist.not_met"),
        Binding("a", "answer('not_applicable')", "Not applicable", id="checklist.not_applicable"),
        Binding("enter", "evidence", "Evidence", id="checklist.evidence"),
        Binding("t", "take", "Take it", id="checklist.take"),
        Binding("u", "undo", "Undo", show=False, id="checklist.undo"),
        Binding("j,down", "step(1)", "Down", show=False, id="checklist.down"),
        Binding("k,up", "step(-1)", "Up", show=False, id="checklist.up"),
        Binding("escape,q", "dismiss(None)", "Back", id="checklist.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid
        self.found: Checklist | None = None
        self.place = 0

    def compose(self) -> ComposeResult:
        """Give the head, the criteria, what stands in the way, and the keys."""
        yield Static(id="head")
        yield Static(id="about")
        yield Criteria(id="criteria")
        yield Static(id="way")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the checklist."""
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the checklist again, unless somebody is writing in it: it is read again after that."""
        if not self.query(Asking):
            in_thread(self, partial(_checklist_read, programme(self.app), self.uid), "checklist")

    async def on_checklist_read(self, message: ChecklistRead) -> None:
        """Show what was read, with the cursor where it was."""
        message.stop()
        if self.query(Asking):
            return
        self.found = found = message.found
        self.query_one("#head", Static).update(Content(f"{found.gate}: checklist"))
        self.query_one("#about", Static).update(Content(_about(found)))
        self.query_one("#way", Static).update(Content(_way(found)))
        listing = self.query_one(Criteria)
        rows: list[Static] = [CriterionRow(one) for one in found.criteria]
        if not rows:
            rows.append(Static(Content("No criteria yet: “a” on the page of the gate adds one."), classes="none"))
        if found.conditions:
            rows.append(Static(Content("Conditions"), classes="heading"))
            rows += [condition_row(one) for one in found.conditions]
        with self.app.batch_update():
            await listing.remove_children()
            await listing.mount_all(rows)
        self._go(self.place)

    def _rows(self) -> list[CriterionRow]:
        return list(self.query(CriterionRow))

    def _go(self, place: int) -> None:
        rows = self._rows()
        if rows:
            self.place = max(0, min(place, len(rows) - 1))
            rows[self.place].focus()

    def action_step(self, step: int) -> None:
        """Go to another criterion; past the last one, show the conditions below it."""
        if self.place + step >= len(self._rows()):
            self.query_one(Criteria).scroll_end(animate=False)
        self._go(self.place + step)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Keep the place of the criterion that got the cursor, also when it was clicked."""
        if isinstance(event.widget, CriterionRow):
            self.place = self._rows().index(event.widget)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what needs a criterion where there is none, and everything but the line while it is open."""
        if action in ("answer", "evidence", "step", "take", "undo") and self.query(Asking):
            return False
        return bool(self._rows()) if action in ("answer", "evidence") else True

    async def action_answer(self, result: str) -> None:
        """Save the result of the criterion under the cursor; ask first for what the result cannot do without."""
        row = self._rows()[self.place]
        if result in NEEDS_WORDS:
            await self._ask(row, result)
        else:
            self._save(row.asked, result, None)

    async def action_evidence(self) -> None:
        """Ask for the evidence of the criterion under the cursor; its result stays."""
        row = self._rows()[self.place]
        await self._ask(row, row.asked.result)

    async def _ask(self, row: CriterionRow, result: str) -> None:
        asking = Asking(row.asked, result)
        await self.query_one(Criteria).mount(asking, after=row)
        asking.query_one(Evidence).focus()
        self.call_after_refresh(asking.scroll_visible, animate=False)
        self.refresh_bindings()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        asking = self.query_one(Asking)
        self._save(asking.asked, asking.result, event.value)

    def _save(self, asked: Asked, result: str, text: str | None) -> None:
        job = partial(_answered, programme(self.app), asked, result, text)
        in_thread(self, job, "write", exclusive=False)

    async def on_answered(self, message: Answered) -> None:
        """Put the line away; everything is read again."""
        message.stop()
        await self.query(Asking).remove()
        self.app.post_message(Done(message.sentence, message.tx))

    def on_failed(self, message: Failed) -> None:
        """Show beside the line why an answer was refused."""
        for asking in self.query(Asking):
            message.stop()
            asking.wrong(message.sentence)

    @on(Evidence.Left)
    async def _left(self) -> None:
        await self.query(Asking).remove()
        self.records_changed()

    def action_take(self) -> None:
        """Ask for the outcome."""
        from screens.gate.taking import GateTaking

        if self.found is not None:
            self.app.push_screen(GateTaking(self.found))

    def action_undo(self) -> None:
        """Turn back what the person did last."""
        in_thread(self, partial(undo_last, programme(self.app)), "write", exclusive=False)


def _checklist_read(here: Programme, uid: str) -> ChecklistRead:
    return ChecklistRead(checklist(here.store(), uid, here.today()))


def _answered(here: Programme, asked: Asked, result: str, text: str | None) -> Answered:
    saved = answer(here.store(), asked.uid, result, text, here.acting())
    done = f"{saved.ref}: {result_text(result)}. Press u to undo." if saved.tx else ""
    return Answered(" ".join(part for part in (done, *saved.notes) if part), saved.tx)


def _about(found: Checklist) -> str:
    opens = f", opens {humanise(found.opens_phase).lower()}" if found.opens_phase else ""
    day = f" · planned on {show_date(found.planned_on)}" if found.planned_on else ""
    day = f" · held on {show_date(found.held_on)}" if found.held_on else day
    return f"{found.pilot}, in {humanise(found.phase).lower()}{opens} · {rating_text(found.outcome)}{day}"


def _way(found: Checklist) -> str:
    settled, mandatory = found.mandatory
    if "green" not in found.in_the_way:
        return f"● Nothing stands in the way of green: {settled} of {mandatory} mandatory criteria are settled."
    open_ones = [one.ref for one in found.criteria if one.mandatory and not one.settled]
    return f"■ {settled} of {mandatory} mandatory criteria are settled. In the way of green: {listed(open_ones, 12)}."
