"""Which boards met: meetings that were recorded as held, on or before a day. What is only planned met nobody."""

from datetime import date
from typing import NamedTuple

from tracker.entities import BoardMeeting
from tracker.rules.day import Day

HELD = ("held", "minutes_draft", "minutes_approved", "published")


class Met(NamedTuple):
    """A board that met: its day, its ref, and the day whose position it saw."""

    day: date
    ref: str
    position: date


def boards_met(evidence: Day) -> list[Met]:
    """Return the boards that met by the end of a day, the oldest first."""
    return sorted(
        Met(board.meets_on, board.ref, board.as_of or board.meets_on)
        for board in evidence.all(BoardMeeting)
        if board.status in HELD and board.meets_on <= evidence.date
    )
