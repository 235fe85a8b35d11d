"""Lines above the fields of a form."""

from textual.message import Message
from textual.widgets import Static


class Notice(Static):
    """Lines above the fields of a form, which have less room while these are shown."""

    class Resized(Message):
        """It takes another number of lines than before."""

    def on_resize(self) -> None:
        """Say that the room for the fields is another."""
        self.post_message(self.Resized())

    def on_hide(self) -> None:
        """Say that there is more room for the fields."""
        self.post_message(self.Resized())
