"""One of a few choices on one line; the list is made only when somebody opens it, since forms have many."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.widgets.one_line import in_one_line
from screens.widgets.pages import hidden
from tracker.rules.wording import short

MARKS = "●◒▲◆■○ "  # before the names of ratings


class ChoiceList(OptionList):
    """The open list; letters jump to the choice that begins with them."""

    BINDINGS = [hidden("escape", "close", "Close", "choice.close")]

    @dataclass
    class Closed(Message):
        """The list was left without a choice; ``back`` is whether the cursor goes back to the line."""

        back: bool

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(*(Option(Content(label)) for label in labels), markup=False)
        self._labels = [label.lower().lstrip(MARKS) for label in labels]
        self._prefix = ""

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Letters are for finding a choice."""
        return character is not None and character.isalnum()

    def on_key(self, event: events.Key) -> None:
        """Go to the choice that begins with what was typed."""
        if event.character is not None and event.character.isalnum():
            event.stop()
            event.prevent_default()
            self.jump(event.character)

    def jump(self, letter: str) -> None:
        """Go to the choice that begins with the letters so far, or else with this one."""
        for prefix in (self._prefix + letter.lower(), letter.lower()):
            for place, label in enumerate(self._labels):
                if label.startswith(prefix):
                    self._prefix, self.highlighted = prefix, place
                    return

    def action_close(self) -> None:
        """Leave things as they were."""
        self.post_message(self.Closed(back=True))

    def on_blur(self) -> None:
        """Leave things as they were."""
        self.post_message(self.Closed(back=False))


class Choice(Widget, can_focus=True):
    """Shows the choice made; ``value`` is its code, empty when none was made."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; }
    Choice > ChoiceList {
        overlay: screen; constrain: none inside; width: 1fr; height: auto; max-height: 14;
        border: round $primary; padding: 0; background: $background;
    }
    Choice > ChoiceList:focus { border: round $primary; }
    """
    BINDINGS = [hidden("enter,space", "open", "Show choices", "choice.open")]
    takes_pastes = True

    @dataclass
    class Changed(Message):
        """Another choice was made."""

        choice: "Choice"

        @property
        def control(self) -> "Choice":
            """The line that was changed."""
            return self.choice

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, blank: str = "") -> None:
        super().__init__()
        self.choices = list(choices)
        if blank:
            self.choices.insert(0, ("", blank))
        self._value = value

    @property
    def value(self) -> str:
        """The code of the choice."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        if value != self._value and value in (code for code, _ in self.choices):
            self._value = value
            self.refresh()
            self.post_message(self.Changed(self))

    def render(self) -> RenderResult:
        """Give the choice, with a mark at the right that says it is one."""
        label = next((label for code, label in self.choices if code == self._value), "")
        width = max(self.content_size.width - 2, 1)
        text = Content(label)
        if not self._value:
            text = text.stylize(self.app.theme_variables.get("muted", "dim"))
        return text.truncate(width, ellipsis=True, pad=True) + Content(" ▾")

    def on_key(self, event: events.Key) -> None:
        """Open the list at the choice that begins with the letter."""
        if event.character is not None and event.character.isalnum() and not self.children:
            event.stop()
            event.prevent_default()
            self.action_open(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Take a choice that was pasted by its name; say so when it is none of them."""
        event.stop()
        pasted = in_one_line(event.text)[0].strip()
        for code, label in self.choices:
            if pasted and pasted.casefold() in (code.casefold(), label.lstrip(MARKS).casefold()):
                self.value = code
                return
        self.notify(f"“{short(pasted, 60)}” is none of the choices.", severity="warning", markup=False)

    def on_click(self) -> None:
        """Open the list."""
        if not self.children:
            self.action_open()

    def action_open(self, letter: str = "") -> None:
        """Open the list at the present choice."""
        choices = ChoiceList([label for _, label in self.choices])
        self.mount(choices)
        codes = [code for code, _ in self.choices]
        if self._value in codes:
            choices.highlighted = codes.index(self._value)
        else:
            choices.highlighted = 0
        if letter:
            choices.jump(letter)
        choices.focus(scroll_visible=False)

    @on(ChoiceList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.value = self.choices[event.option_index][0]
        self._close()
        self.screen.focus_next()  # as a reference that was chosen does

    def _close(self) -> None:
        """Put the list away at once: the next key must not find it."""
        self.screen.set_focus(self)
        for choices in self.query(ChoiceList):
            choices.can_focus = False
            choices.remove()

    @on(ChoiceList.Closed)
    def _put_away(self, event: ChoiceList.Closed) -> None:
        event.stop()
        if event.back:
            self.focus()
        else:
            self.remove_children()
