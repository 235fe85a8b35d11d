"""Screens above the main one: dialogs, pages over the whole terminal, and a pane that scrolls with the same keys."""

from typing import Protocol, runtime_checkable

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widgets import Input, Static

from screens.widgets.typing_ahead import let_keys_go


@runtime_checkable
class Searches(Protocol):
    """A screen from which everything can be searched."""

    def action_search(self) -> None:
        """Search everything."""


EARLIER = "See an earlier day, or today again"


def hidden(key: str, action: str, description: str, name: str) -> Binding:
    """Return a binding that only the help tells of: the line at the bottom has no room for it."""
    return Binding(key, action, description, show=False, id=name)


class Above(ModalScreen[ScreenResultType]):
    """A screen above another, which is left once, and only while it is on top.

    Textual takes away whichever screen is on top: two keys that arrive together would take away the one below too.
    A screen that is covered when it is to be left goes as soon as it is on top again.
    """

    _result: tuple[ScreenResultType | None] | None = None

    def say(self, place: str, text: str) -> None:
        """Put a text into the line that a selector names."""
        self.query_one(place, Static).update(Content(text))

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave the screen with a result; nothing happens when it was left already."""
        if self.app.screen is self:
            gone_soon = super().dismiss(result)
            let_keys_go(self)  # what this screen held is meant for the one below
            return gone_soon
        if self in self.app.screen_stack:
            self._result = (result,)
        return AwaitComplete()

    @on(ScreenResume)
    def _leave_now(self) -> None:
        if self._result is not None:
            (result,) = self._result
            self._result = None
            self.dismiss(result)


class FullPage(Above[None]):
    """A page above the main screen; since it is modal, the keys of the application must be given to it again."""

    BINDINGS = [
        Binding("question_mark,f1", "app.keys", "Help", key_display="?", show=False, id="help"),
        hidden("at", "app.earlier", EARLIER, "earlier"),
        hidden("colon", "app.command_palette", "Commands", "palette"),
        hidden("f,ctrl+f", "find", "Find", "find"),
    ]

    @property
    def holds_text(self) -> bool:
        """Whether somebody may be typing on the page what is not saved yet."""
        return isinstance(self.focused, Input)

    def action_find(self) -> None:
        """Search everything; what is chosen opens above this page."""
        for screen in self.app.screen_stack:
            if isinstance(screen, Searches):
                screen.action_search()


def may_be_left(screen: Screen[object]) -> bool:
    """Return whether a screen can be left, or show another day, without losing what somebody types."""
    return isinstance(screen, FullPage) and not screen.holds_text


class Scrolled(VerticalScroll, inherit_bindings=False):
    """A pane that scrolls by line, page and end; without animation, which costs an ssh line dear."""

    BINDINGS = [
        hidden(keys, f"scroll('{way}')", way.replace("_", " ").capitalize(), f"page.{way}")
        for keys, way in (
            ("j,down", "down"),
            ("k,up", "up"),
            ("pagedown,space", "page_down"),
            ("pageup", "page_up"),
            ("home,g", "home"),
            ("end,G", "end"),
        )
    ]

    def action_scroll(self, way: str) -> None:
        """Scroll the pane."""
        getattr(self, f"scroll_{way}")(animate=False)
