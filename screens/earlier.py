"""While an earlier day is shown: the words that mark it, and refusing to change anything."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from textual.dom import DOMNode

from screens.work import READ_ONLY, Failed, Programme, programme_of, read_only
from tracker.errors import TrackerError
from tracker.rules.wording import show_date, upper_first

Owner = TypeVar("Owner", bound=DOMNode)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Action = Callable[Concatenate[Owner, Arguments], Result]

_changing: set[object] = set()  # the actions that change records


def changing(action: "Action[Owner, Arguments, Result]") -> "Action[Owner, Arguments, Result | None]":
    """Let an action that changes records say, while an earlier day is shown, that nothing is changed there."""

    @wraps(action)
    def act(owner: Owner, /, *arguments: Arguments.args, **by_name: Arguments.kwargs) -> Result | None:
        return None if refused(owner) else action(owner, *arguments, **by_name)

    _changing.add(act)
    return act


def refused(node: DOMNode) -> bool:
    """Return whether an earlier day is shown, where nothing is changed; that is said then."""
    programme = programme_of(node)
    if programme.earlier is None:
        return False
    sentence = read_only(programme.earlier, hindsight=programme.hindsight)
    node.app.post_message(Failed(TrackerError(sentence, READ_ONLY)))
    return True


def changes_records(node: DOMNode, action: str) -> bool:
    """Return whether an action of a widget, as a binding names it, changes records."""
    method = getattr(node, f"action_{action.partition('(')[0]}", None)
    return getattr(method, "__func__", None) in _changing


def shown_as(programme: Programme) -> str:
    """Return which day is shown, and which of its two states; empty while that is the present."""
    if programme.earlier is None:
        return ""
    state = "as now known of" if programme.hindsight else "as recorded by"
    return f"{state} {show_date(programme.earlier)}"


def marked(shown: str, width: int) -> str:
    """Return the line that marks an earlier day on every screen, in so many columns at most where that is possible."""
    shown = upper_first(shown)
    lines = (
        f"{shown} · nothing can be changed here · @ goes back to today",
        f"{shown} · read only · @ back to today",
        f"{shown} · @: today",
    )
    return next((line for line in lines if len(line) <= width), lines[-1])
