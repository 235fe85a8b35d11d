"""Choosing the column that sorts a register."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

KEYS = "123456789abcdefghijklmnop"


class SortBy(ModalScreen[str | None]):
    """Lists the columns, each with a key; gives the name of the field, or None when left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", show=False, id="dialog.back"),
    ]

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Give the list."""
        with Vertical(classes="dialog"):
            yield Static(Content("Sort by (again: the other way round)"), classes="dialog-heading")
            yield OptionList(
                *(
                    Option(Content(f"{key}  {label}"), id=name)
                    for key, (name, label) in zip(KEYS, self._choices, strict=False)
                ),
                compact=True,
            )

    def on_key(self, event: events.Key) -> None:
        """Take the column whose key was pressed."""
        at = KEYS.find(event.character or " ")
        if 0 <= at < len(self._choices):
            event.stop()
            self.dismiss(self._choices[at][0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the column that was chosen."""
        self.dismiss(event.option_id)
