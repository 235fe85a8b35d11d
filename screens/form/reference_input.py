"""An input for a record of another kind, which suggests records as one types their ref or name."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from screens.widgets.one_line import OneLine
from screens.widgets.pages import hidden
from tracker.rules.wording import optional
from tracker.services.records.finding import is_me

MOST_SUGGESTIONS = 8


class Candidate(NamedTuple):
    """A record that may be meant: its ref and its name as people read them, how somebody is marked who left.

    ``is_user`` is whether it is the person who types.
    """

    ref: str
    name: str
    mark: str = ""
    is_user: bool = False

    @property
    def label(self) -> str:
        """Ref and name, as the input shows them, with the mark behind."""
        return f"{self.ref} {self.name}".strip() + optional(" (", self.mark, ")")


def matching(candidates: Sequence[Candidate], text: str, limit: int = MOST_SUGGESTIONS) -> list[Candidate]:
    """Return the candidates whose label holds every word of a text; the nearest first, those who left last.

    ``me`` is the person who types.
    """
    user = [candidate for candidate in candidates if candidate.is_user and is_me(text)]
    if user:
        return user
    words = text.lower().split()
    start = text.strip().lower()
    matches = [candidate for candidate in candidates if all(word in candidate.label.lower() for word in words)]

    def nearness(candidate: Candidate) -> tuple[bool, bool, bool]:
        names = (candidate.ref.lower(), candidate.name.lower())
        return not candidate.mark, start in names, any(name.startswith(start) for name in names)

    return sorted(matches, key=nearness, reverse=True)[:limit]


def _without_zeros(text: str) -> str:
    """Return a ref as it is typed in short: ``r014`` as ``r14``."""
    letters = text.rstrip("0123456789")
    return letters + text[len(letters) :].lstrip("0")


class ReferenceText(OneLine):
    """The line one types in; it hands the keys that belong to the suggestions on."""

    BINDINGS = [
        hidden("down", "move(1)", "Next suggestion", "reference.next"),
        hidden("up", "move(-1)", "Previous suggestion", "reference.previous"),
        hidden("escape", "close", "Close suggestions", "reference.close"),
        hidden("tab", "take", "Take suggestion", "reference.take"),
    ]

    @property
    def reference(self) -> "ReferenceInput":
        """The widget this line belongs to."""
        parent = self.parent
        assert isinstance(parent, ReferenceInput)
        return parent

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave escape, tab and the arrows to the form while no suggestions are shown."""
        if action in ("move", "close", "take"):
            return self.reference.suggesting
        return super().check_action(action, parameters)

    def action_move(self, step: int) -> None:
        """Move the highlight."""
        self.reference.move(step)

    def action_close(self) -> None:
        """Put the suggestions away."""
        self.reference.close()

    def action_take(self) -> None:
        """Take the highlighted suggestion and go on to the next field."""
        self.reference.take()
        self.screen.focus_next()

    async def action_submit(self) -> None:
        """Take the highlighted suggestion, then do what enter does in every input."""
        self.reference.take()
        await super().action_submit()


class ReferenceInput(Vertical):
    """Asks for a record; ``text`` is the ref of the one chosen, or what was typed."""

    DEFAULT_CSS = """
    ReferenceInput { height: auto; }
    ReferenceInput > OptionList {
        display: none; overlay: screen; constrain: none inside; width: 1fr; height: auto; max-height: 10;
        border: round $primary; padding: 0; background: $background;
    }
    ReferenceInput.-suggesting > OptionList { display: block; }
    """

    def __init__(self, text: str = "", placeholder: str = "", candidates: Sequence[Candidate] = ()) -> None:
        super().__init__()
        self._candidates = candidates
        self._suggestions: list[Candidate] = []
        label = self._label_of(text)
        self._input = ReferenceText(label, placeholder=placeholder, compact=True, select_on_focus=False)
        self._list = OptionList(markup=False)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """Give the line; the list comes when there is something to suggest."""
        yield self._input

    @property
    def text(self) -> str:
        """The ref when the line names a known record, else what was typed."""
        typed = self._input.value
        return next((candidate.ref for candidate in self._candidates if candidate.label == typed), typed)

    @text.setter
    def text(self, text: str) -> None:
        self._input.value = self._label_of(text)
        self.close()

    def _label_of(self, text: str) -> str:
        """Return how a ref is shown, with its name; any other text as it is."""
        return next((candidate.label for candidate in self._candidates if candidate.ref == text), text)

    @property
    def matches(self) -> bool:
        """Whether what stands in the line may mean one of the records."""
        typed = self._input.value
        plain = typed.replace("-", "").replace(" ", "").lstrip("0").casefold()
        refs = (candidate.ref.partition("-") for candidate in self._candidates)
        short_refs = (f"{prefix}{number.lstrip('0')}".casefold() for prefix, _, number in refs)
        return bool(matching(self._candidates, typed, 1)) or _without_zeros(plain) in short_refs

    @property
    def suggesting(self) -> bool:
        """Whether suggestions are shown."""
        return self.has_class("-suggesting")

    def move(self, step: int) -> None:
        """Move the highlight so many suggestions down."""
        if self._list.option_count:
            self._list.highlighted = ((self._list.highlighted or 0) + step) % self._list.option_count

    def close(self) -> None:
        """Put the suggestions away."""
        self.remove_class("-suggesting")

    def take(self) -> None:
        """Put the highlighted suggestion into the line."""
        if self.suggesting and self._list.highlighted is not None:
            self._input.value = self._suggestions[self._list.highlighted].label
            self._input.cursor_position = len(self._input.value)
        self.close()

    @on(Input.Changed)
    def _suggest(self, event: Input.Changed) -> None:
        complete = any(candidate.label == event.value for candidate in self._candidates)
        self._suggestions = []
        if self._input.has_focus and event.value.strip() and not complete:
            self._suggestions = matching(self._candidates, event.value)
        if self._suggestions and not self._list.is_attached:
            self.mount(self._list)
        self._list.clear_options()
        self._list.add_options([Option(Content(candidate.label)) for candidate in self._suggestions])
        self._list.highlighted = 0 if self._suggestions else None
        self.set_class(bool(self._suggestions), "-suggesting")

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._list.highlighted = event.option_index
        self.take()
        self._input.focus()

    def on_descendant_blur(self) -> None:
        """Put the suggestions away when the line is left."""
        self.close()
