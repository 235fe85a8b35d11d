"""The roll of a meeting: who is expected, and who was there."""

from typing import NamedTuple

from tracker.entities import BoardAttendee, BoardMeeting, Person
from tracker.rules.boards.cycle import counts
from tracker.services.board.cycle import body_of, desk, meeting, records_of_board
from tracker.services.board.members import left_by, serving
from tracker.services.records.writing import Saved, change
from tracker.storage import Acting, Store, links


class Called(NamedTuple):
    """Somebody who belongs to a meeting, with their name, and whether they count towards the quorum."""

    attendee: BoardAttendee
    name: str
    counts: bool


class Roll(NamedTuple):
    """Who belongs to a meeting in the order they were put down, the quorum in words, and how many could be invited."""

    board: BoardMeeting
    called: tuple[Called, ...]
    quorum: str
    uninvited: int


def roll(store: Store, uid: str) -> Roll:
    """Return the roll of a meeting. Raises TrackerError when it is gone or was removed."""
    board = meeting(store, uid)
    people = links(store, Person.kind)
    attendees = records_of_board(store, BoardAttendee, uid)
    called = tuple(
        Called(attendee, people[attendee.person].name if attendee.person in people else "", counts(attendee))
        for attendee in attendees
    )
    body = body_of(store, board)
    there = {attendee.person for attendee in attendees}
    members = serving(store, body.uid, board.meets_on) if body is not None else []
    there |= set(left_by(store, board.meets_on))
    uninvited = sum(member.person not in there for member in members)
    return Roll(board, called, desk(store, uid).quorum.words, uninvited)


def mark(store: Store, uid: str, attendance: str, by: Acting, *, deputy: str = "") -> Saved:
    """Record whether somebody (the uid of an attendee) was there; ``deputy`` is the role of whoever came instead.

    Raises Invalid where that is refused, such as after the minutes were approved.
    """
    return change(store, BoardAttendee.kind, uid, {"attendance": attendance, "deputy": deputy or None}, by)
