"""A screen over the whole terminal that answers the keys which mean the same everywhere."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen


class FullPage(ModalScreen[None]):
    """A page above the main screen; since it is modal, the keys of the application must be given to it again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "app.keys", "Help", key_display="?", show=False, id="help"),
    ]
