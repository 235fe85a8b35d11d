"""What the page of a record opens beyond its form: by kind, what people read of it and the screen that shows it."""

from importlib import import_module
from typing import Any, NamedTuple

from textual.screen import Screen


class View(NamedTuple):
    """A screen about one record, made from its uid; ``screen`` says where it is defined."""

    label: str
    screen: str


VIEWS: dict[str, View] = {
    "pilot": View("Signals", "screens.record.pilot_signals:PilotSignalsScreen"),
    "board": View("Desk", "screens.board.desk:BoardDesk"),
    "gate": View("Checklist", "screens.gate.checklist:GateChecklist"),
}


def view_of(kind: str, uid: str) -> Screen[Any]:
    """Return the screen about a record; it is loaded now. Raises KeyError for a kind that has none."""
    module, _, name = VIEWS[kind].screen.partition(":")
    made: Screen[Any] = getattr(import_module(module), name)(uid)
    return made
