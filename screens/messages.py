"""What workers tell the application, by thread-safe messages; and what a screen may be to it."""

from typing import Protocol, runtime_checkable

from textual.message import Message

from screens.mending import on_screens
from tracker.errors import TrackerError


class RecordsChanged(Message):
    """Records were written, here or by another program; ``tx`` is the number of the command (0: not known).

    ``show`` is the uid of a record that lists should move to.
    """

    def __init__(self, tx: int = 0, *, show: str = "") -> None:
        self.tx = tx
        self.show = show
        super().__init__()


class Failed(Message):
    """A worker met something a user can mend; the application shows the sentence, unless a screen knows better."""

    def __init__(self, error: TrackerError) -> None:
        self.error = error
        super().__init__()

    @property
    def sentence(self) -> str:
        """What is wrong, and which key or field mends it."""
        return on_screens(self.error)


class Done(Message):
    """A command was carried out: the application shows the sentence, when there is one, and passes the change on."""

    def __init__(self, sentence: str, tx: int = 0, *, show: str = "") -> None:
        self.sentence = sentence
        self.tx = tx
        self.show = show
        super().__init__()


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen that holds text which is not saved yet."""

    def keep_draft(self) -> None:
        """Write the text where the next session finds it; called when the terminal goes away."""
