"""Short questions: yes or no, which one, and whose text to keep."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.widgets.key_line import KeyLine
from screens.widgets.one_line import OneLine
from screens.widgets.pages import Above, hidden
from screens.work import local_time
from tracker.errors import Clash, Conflict
from tracker.services.records.checking import LEAST_REASON
from tracker.text import clean

REASON = "Why — it is kept in the history"


class Answer(NamedTuple):
    """A button: the action it is named after, what it says, and the key that does the same."""

    name: str
    label: str
    key: str


def asked(question: str) -> ComposeResult:
    """Give a question; one that is longer than half of the screen scrolls, so that its answers stay in sight."""
    with VerticalScroll(can_focus=False, classes="asked"):
        yield Static(Content(question), classes="question")


class Confirm(Above[str | None]):
    """Asks a question; gives None for no, else the reason when one was asked for, or ``yes``."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = [
        hidden("escape,n", "no", "No", "confirm.no"),
        hidden("y", "yes", "Yes", "confirm.yes"),
        hidden("pagedown", "turn_page('down')", "On in a long question", "confirm.down"),
        hidden("pageup", "turn_page('up')", "Back in a long question", "confirm.up"),
        Binding("left,up", "app.focus_previous", "Previous", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
    ]

    def __init__(
        self,
        question: str,
        yes: str = "Yes",
        no: str = "No",
        *,
        reason: bool = False,
        hint: str = REASON,
        least: int = LEAST_REASON,
    ) -> None:
        super().__init__()
        self.least = least
        self.hint = hint
        self.question = question
        self.labels = (yes, no)
        self.reason = reason

    def compose(self) -> ComposeResult:
        """Give the question, a line for the reason when one is asked for, and two buttons."""
        with Vertical(classes="dialog"):
            yield from asked(self.question)
            yield from self.choices()
            if self.reason:
                yield OneLine(placeholder=self.hint, compact=True)
                yield Static(classes="wrong")
            with Horizontal(classes="buttons"):
                for name, label, key in self.answers:
                    yield Button(Content(f"{label} ({key})"), id=name, compact=True)

    def choices(self) -> ComposeResult:
        """Give what is to be chosen before the reason: nothing, where this only asks for yes or no."""
        yield from ()

    def action_turn_page(self, way: str) -> None:
        """Scroll a question that is longer than there is room."""
        getattr(self.query_one(".asked"), f"scroll_page_{way}")(animate=False)

    @property
    def answers(self) -> list[Answer]:
        """The buttons, in their order."""
        keys = ("enter", "esc") if self.reason else ("y", "n")
        return [Answer(*answer) for answer in zip(("yes", "no"), self.labels, keys, strict=True)]

    @on(Button.Pressed)
    async def _pressed(self, event: Button.Pressed) -> None:
        """Do what the button is named after."""
        await self.run_action(str(event.button.id))

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_yes()

    def action_yes(self) -> None:
        """Answer yes, if the reason is long enough."""
        if not self.reason:
            self.dismiss("yes")
            return
        reason = clean(self.query_one(Input).value).text
        if len(reason) >= self.least:
            self.dismiss(reason)
            return
        wrong = (
            f"✗ Say why, in {self.least} characters or more." if self.hint == REASON else f"✗ {self.hint}: write it."
        )
        self.say(".wrong", wrong)
        self.query_one(Input).focus()


class Choose(Above[str | None]):
    """Asks for one of several things; gives its key, or None."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = [
        hidden("escape,q", "dismiss(None)", "Cancel", "choose.cancel"),
        hidden("j", "move('down')", "Down", "choose.down"),
        hidden("k", "move('up')", "Up", "choose.up"),
    ]

    def __init__(self, question: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.question = question
        self.choices = choices

    def compose(self) -> ComposeResult:
        """Give the question and the list."""
        with Vertical(classes="dialog"):
            yield from asked(self.question)
            yield OptionList(*(Option(Content(label)) for _, label in self.choices), markup=False, compact=True)

    def action_move(self, way: str) -> None:
        """Move the cursor of the list."""
        getattr(self.query_one(OptionList), f"action_cursor_{way}")()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[event.option_index][0])


MINE = "mine"
THEIRS = "theirs"
LETTERS = ("m", "t", "c", "j", "k", " ")  # keys of the dialog that are text too
TYPED_ON = "What was typed on decides nothing. ← keeps mine, → takes theirs."


class Whose(Static, can_focus=True):
    """Two ways to settle one field; ``chosen`` is ``mine``, ``theirs``, or empty until somebody decides."""

    BINDINGS = [
        Binding("m,left", "choose('mine')", "Keep mine", id="conflict.mine"),
        Binding("t,right", "choose('theirs')", "Take theirs", id="conflict.theirs"),
        hidden("space", "turn", "Change over", "conflict.turn"),
        Binding("c", "copy", "Copy both", id="conflict.copy"),
    ]

    def __init__(self, clash: Clash) -> None:
        super().__init__(classes="whose")
        self.clash = clash
        self.chosen = ""

    def on_mount(self) -> None:
        """Show that nothing is chosen yet."""
        self._show()

    def _show(self) -> None:
        marks = ["(•)" if self.chosen == whose else "( )" for whose in (MINE, THEIRS)]
        self.update(Content(f"{marks[0]} keep mine   {marks[1]} take theirs"))

    def action_choose(self, whose: str) -> None:
        """Choose whose text is to stand, in sight."""
        self.chosen = whose
        self._show()
        self.call_after_refresh(self.scroll_visible, animate=False)

    def action_turn(self) -> None:
        """Choose the other one."""
        self.action_choose(THEIRS if self.chosen == MINE else MINE)

    def action_copy(self) -> None:
        """Copy both texts, for fields here and, where the terminal lets it, for other programs."""
        self.app.copy_to_clipboard(f"{self.clash.yours}\n{self.clash.theirs}")
        self.app.notify("Both texts were copied: ctrl+v puts them into a field here.", markup=False)

    def on_click(self) -> None:
        """Choose the other one with the mouse."""
        self.focus()
        self.action_turn()


class ConflictDialog(Above[dict[str, str] | None]):
    """Shows what two people made of the same fields; gives ``mine`` or ``theirs`` by field, or None to go back."""

    CSS_PATH = "dialogs.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    BINDINGS = [
        Binding("ctrl+s,enter", "settle", "Save", id="conflict.settle"),
        Binding("escape", "dismiss(None)", "Back", id="conflict.back"),
        hidden("down,j", "app.focus_next", "Next", "conflict.next"),
        hidden("up,k", "app.focus_previous", "Previous", "conflict.previous"),
    ]

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.conflict = conflict
        self._types_on = False

    def refuses_key(self, key: str, character: str | None) -> bool:
        """Return whether a key belongs to a text that somebody types on: it decides nothing, nor did those before it.

        A letter that is no key here says so; the next key that is no text ends it.
        """
        is_text = character is not None and character.isprintable()
        if is_text and character not in LETTERS:
            self._types_on = True
            for field in self.query(Whose):
                field.action_choose("")
            self.say(".wrong", TYPED_ON)
        elif not is_text and key not in ("enter", "backspace"):
            self._types_on = False
        return self._types_on

    def compose(self) -> ComposeResult:
        """Give the three texts of each field, and the choice below them."""
        question = f"{self.conflict.ref} was changed while you edited it. Nothing is lost: say whose text stands"
        question += ", for each field." if len(self.conflict.clashes) > 1 else "."
        with Vertical(classes="dialog"):
            yield Static(Content(question), classes="question")
            with VerticalScroll(can_focus=False):
                for clash in self.conflict.clashes:
                    yield Static(Content(clash.label), classes="heading")
                    for head, text in (
                        ("Yours", clash.yours),
                        (f"{clash.who}, {local_time(clash.at) if clash.at else clash.when}", clash.theirs),
                        ("It was", clash.base),
                    ):
                        yield Static(Content(head), classes="head")
                        yield Static(Content(str(text) or "(empty)"), classes="text")
                    yield Whose(clash)
            yield Static(classes="wrong")
        yield KeyLine()

    def action_settle(self) -> None:
        """Give the choices, once there is one for each field."""
        fields = list(self.query(Whose))
        undecided = [field for field in fields if not field.chosen]
        if undecided:
            undecided[0].focus()
            labels = ", ".join(field.clash.label for field in undecided)
            self.say(".wrong", f"✗ Press m or t to decide about: {labels}.")
            return
        self.dismiss({field.clash.field: field.chosen for field in fields})
