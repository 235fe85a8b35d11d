"""What the page of a record opens beyond its form: what people read of it and the screen that shows it."""

from importlib import import_module
from typing import NamedTuple

from screens.widgets.pages import FullPage
from tracker.entities import BoardMeeting, Gate, Pilot


class View(NamedTuple):
    """A screen about one record, made from its uid; ``screen`` says where it is defined."""

    label: str
    screen: str


VIEWS: dict[str, View] = {
    Pilot.kind: View("Signals", "screens.record.pilot_signals:PilotSignalsScreen"),
    BoardMeeting.kind: View("Desk", "screens.board.desk:BoardDesk"),
    Gate.kind: View("Checklist", "screens.gate.checklist:GateChecklist"),
}


def view_of(kind: str, uid: str) -> FullPage:
    """Return the screen about a record; it is loaded now. Raises KeyError for a kind that has none."""
    module, _, name = VIEWS[kind].screen.partition(":")
    screen: FullPage = getattr(import_module(module), name)(uid)
    return screen
