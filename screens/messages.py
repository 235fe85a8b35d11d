"""What workers tell the screens: thread-safe messages, posted to the app and handled there."""

from typing import Protocol, runtime_checkable

from textual.message import Message


class RecordsChanged(Message):
    """Records were written, here or by another program; ``tx`` is the number of the command (0: not known).

    ``show`` is the uid of a record that lists should move to. Post it with ``app.post_message``; the app calls
    ``records_changed`` of every open screen that has it, once for each command.
    """

    def __init__(self, tx: int = 0, *, show: str = "") -> None:
        self.tx = tx
        self.show = show
        super().__init__()


class Failed(Message):
    """A worker met something a user can mend; the app shows the sentence."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__()


class Done(Message):
    """A worker did what was asked; the app shows the sentence and passes the change on."""

    def __init__(self, sentence: str, tx: int = 0) -> None:
        self.sentence = sentence
        self.tx = tx
        super().__init__()


@runtime_checkable
class Reloads(Protocol):
    """A screen that shows records and can show them anew."""

    def records_changed(self, show: str = "") -> None:
        """Show what the file holds now; move to the record with the uid ``show``, when there is one."""


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen that holds text which is not saved yet."""

    def keep_draft(self) -> None:
        """Write the text where the next session finds it; called when the terminal goes away."""
