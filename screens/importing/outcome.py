"""What becomes of each row of a table: a list to walk, to narrow, and to write once it is as it should be."""

from array import array
from collections.abc import Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs import Confirm
from screens.earlier import changing
from screens.importing.jobs import Trial, take_back, write_table
from screens.importing.lines import OUTCOMES, outcome_row, remark_lines, totals_words, why
from screens.importing.long_work import LongWork
from screens.lists.cells import one_line
from screens.lists.columns import Row
from screens.lists.record_table import RecordTable
from screens.record.text_page import TextPage
from screens.widgets.key_line import KeyLine
from screens.work import Done, write
from tracker.rules.wording import counted
from tracker.services.importing.outcome import ImportResult, Outcome, words_of

TRIED = "A trial run: nothing was written. ctrl+s writes it."
NOTHING = "Nothing to write: all of it is here already."
NO_CHANGES = "Nothing to write: no row creates or changes a record."
NOW_REFUSED = "✗ Nothing was written: the programme has changed, and rows are refused now."
WRITTEN = "✓ Written as one change: u takes all of it back."


class OutcomeText(TextPage):
    """Shows what is said of a row or of the file; what was written can be taken back from here too."""

    CSS_PATH = "../record/text_page.tcss"
    BINDINGS = [Binding("u", "dismiss(True)", "Undo", id="outcome_text.undo")]

    def __init__(self, title: str, lines: Sequence[str], *, written: bool) -> None:
        super().__init__(one_line(title), "\n".join(map(one_line, lines)))
        self._written = written

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out taking back what was not written."""
        return self._written or (action, parameters) != ("dismiss", (True,))


class OutcomePage(LongWork):
    """Lists the rows with what becomes of them; keys narrow the list, ``ctrl+s`` writes, ``u`` takes it back."""

    CSS_PATH = "outcome.tcss"
    AUTO_FOCUS = "RecordTable"
    BINDINGS = [
        Binding("ctrl+s,f2", "write", "Write", key_display="^s", id="outcome.write"),
        Binding("u", "undo", "Undo", id="outcome.undo"),
        Binding("a", "narrow('all')", "All", id="outcome.all"),
        Binding("r", "narrow('refused')", "Refused", id="outcome.refused"),
        Binding("i", "narrow('incomplete')", "Incomplete", id="outcome.incomplete"),
        Binding("c", "narrow('changed')", "Changed", id="outcome.changed"),
        Binding("n", "remarks", "Notes", id="outcome.remarks"),
        Binding("escape,q", "back", "Back", id="outcome.back"),
    ]

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self._trial = trial
        self._outcomes: Sequence[Outcome] = ()
        self._narrowed_to = "all"
        self._incomplete: set[int] = set()  # ids of outcomes
        columns = OUTCOMES if len(trial.table.mapping.record) > 1 else OUTCOMES[:-1]
        self.table = RecordTable(columns, empty="No such rows.")

    def compose(self) -> ComposeResult:
        """Give the totals, the rows, all that is said of the row under the cursor, and the keys."""
        yield Static(id="head")
        yield self.table
        yield Static(id="row")
        yield Static(id="about")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what the trial run gave."""
        self.watch(self.table, "cursor", self._tell_row, init=False)
        self._show(self._trial.result)
        self.tell(_advice(self._trial.result))

    @property
    def _became(self) -> ImportResult:
        return self._trial.result

    def _show(self, result: ImportResult) -> None:
        self._trial = self._trial._replace(result=result)
        self._incomplete = set(map(id, result.incomplete))
        notes = len(remark_lines(result))
        pointer = f" · {counted(notes, 'note')} (n)" if notes else ""
        self.say("#head", f"{one_line(self._trial.table.source.name)} · {totals_words(result)}{pointer}")
        self.action_narrow(self._narrowed_to)
        self.refresh_bindings()

    def action_narrow(self, narrowed_to: str) -> None:
        """Show all rows, or those that are refused, incomplete or changed."""
        result = self._became
        self._narrowed_to = narrowed_to
        if narrowed_to == "all":
            self._outcomes = result.outcomes
        elif narrowed_to == "refused":
            self._outcomes = result.refused
        elif narrowed_to == "incomplete":
            self._outcomes = result.incomplete
        else:
            self._outcomes = [outcome for outcome in result.outcomes if outcome.status == "changed"]
        self.table.show(array("q", range(len(self._outcomes))), {}, 0)
        self._tell_row()

    @on(RecordTable.Wanted)
    def _fill(self, message: RecordTable.Wanted) -> None:
        message.stop()
        self.table.fill({key: self._row(key) for key in message.keys}, message.token)

    def _row(self, key: int) -> Row:
        outcome = self._outcomes[key]
        return outcome_row(outcome, incomplete=id(outcome) in self._incomplete)

    def _tell_row(self) -> None:
        """Say below the list all that is to be said of the row under the cursor."""
        number = f"{counted(len(self._outcomes), 'row')} {self._narrowed_to.removeprefix('all')}".strip()
        words = ""
        if self._outcomes:
            outcome = self._outcomes[self.table.cursor]
            words = f"Row {outcome.row}: {why(outcome) or outcome.status}"
        self.say("#row", f"{number}. {one_line(words)}".strip())

    @on(RecordTable.Opened)
    def _open_row(self, message: RecordTable.Opened) -> None:
        """Show all that is said of the row under the cursor, line by line."""
        message.stop()
        outcome = self._outcomes[self.table.cursor]
        lines = list(words_of(outcome)) or [f"Nothing is to be said of it: it is {outcome.status}."]
        self._open_text(f"Row {outcome.row}: {outcome.ref} {outcome.title}".strip(" :"), lines)

    def _open_text(self, title: str, lines: Sequence[str]) -> None:
        text = OutcomeText(title, lines, written=bool(self._became.tx))
        self.app.push_screen(text, self._take_back_from_text)

    def _take_back_from_text(self, wanted: bool | None) -> None:
        if wanted:
            self.action_undo()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out writing what was written, and taking back what was not."""
        if action == "write":
            return not self._became.tx and _writes(self._became) > 0
        return action != "undo" or bool(self._became.tx)

    def action_remarks(self) -> None:
        """Show what is to be said of the whole file."""
        lines = remark_lines(self._became) or ["There is nothing to say of the file as a whole."]
        self._open_text(self._trial.table.source.name, lines)

    @changing
    def action_write(self) -> None:
        """Ask, and write all rows but those that are refused."""
        if self.busy:
            return
        refused = len(self._became.refused)
        question = f"Write {counted(_writes(self._became), 'record')} as one change? One undo takes all of it back."
        if refused:
            question += f" {counted(refused, 'refused row')} will be left out."
        self.app.push_screen(Confirm(question, "Write", "Leave it"), self._write)

    def _write(self, answer: str | None) -> None:
        if answer is not None:
            trial = self._trial
            self.begin("Writing", lambda steps: partial(write_table, trial, steps), self._show_written)

    def _show_written(self, result: ImportResult) -> None:
        self._show(result)
        if result.tx:
            name = one_line(self._trial.table.source.name)
            self.app.post_message(Done(f"{name}: {totals_words(result)}. Press u to undo.", result.tx))
            self.tell(WRITTEN)
        else:
            self.tell(NOW_REFUSED if result.refused else _advice(self._trial.result))

    @changing
    def action_undo(self) -> None:
        """Take back what was written, and go back to the table."""
        source = one_line(self._trial.table.source.name)
        write(self, partial(take_back, source, self._became.tx), self._go_back)

    def _go_back(self, undoing: Done) -> None:
        self.app.post_message(undoing)
        self.dismiss()


def _advice(result: ImportResult) -> str:
    """Return what can be done with what was tried."""
    if _writes(result):
        return TRIED
    return NOTHING if all(outcome.status == "unchanged" for outcome in result.outcomes) else NO_CHANGES


def _writes(result: ImportResult) -> int:
    """Return how many records would be written."""
    return sum(outcome.status in ("created", "changed") for outcome in result.outcomes)
