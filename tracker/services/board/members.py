"""Inviting the members of a body to one of its meetings."""

from datetime import date

from tracker.entities import BoardAttendee, Member
from tracker.errors import Note, TrackerError
from tracker.rules.boards.cycle import CLOSED, closed_words, serves
from tracker.rules.leavers import PARTED
from tracker.services.board.cycle import body_of, meeting, records_of_board
from tracker.services.records.people import parted
from tracker.services.records.writing import Saved, editing
from tracker.storage import Acting, Store, records


def serving(store: Store, body: str, day: date) -> list[Member]:
    """Return the members of a body (a uid) on a day, in the order in which they were added."""
    return [member for member in records(store, Member, body=body) if serves(member, day)]


def left_by(store: Store, day: date) -> dict[str, str]:
    """Return everybody who has left by a day, by uid, with the words that say it: ``PER-002 Ana left 20 Nov 2026``."""
    return {person.uid: f"{person} {PARTED.get(mark, mark)}" for person, mark in parted(store, day).items()}


def invite(store: Store, uid: str, by: Acting) -> list[Saved]:
    """Add the members of the body that meets as expected attendees, all in one command; those who are there stay.

    Who has left by the day of the meeting is not invited: the last one's notes say so.
    Raises TrackerError when the meeting has no body, its minutes are approved, or nobody is to be added.
    """
    board = meeting(store, uid)
    if board.status in CLOSED:
        raise TrackerError.of(closed_words(board.ref, board))
    body = body_of(store, board)
    if body is None:
        raise TrackerError(f"{board.ref} names no body, so nobody knows its members.", "board.no_body", board=board.ref)
    there = {attendee.person for attendee in records_of_board(store, BoardAttendee, uid)}
    missing = [member for member in serving(store, body.uid, board.meets_on) if member.person not in there]
    marks = left_by(store, board.meets_on)
    members = [member for member in missing if member.person not in marks]
    left = tuple(
        Note("board.left", f"Not invited: {marks[member.person]}.") for member in missing if member not in members
    )
    if not members:
        every = "No member of {body} serves on the day of {board}." if not there else "All members are there already."
        every = " ".join([*map(str, left), every])
        sentence = every.format(body=body.ref, board=board.ref)
        raise TrackerError(sentence, "board.nobody_to_invite", body=body.ref)
    with editing(store, by, "board.invite") as edit:
        invited = [
            edit.add(BoardAttendee, {"person": member.person, "board": uid, "role": member.role, "votes": member.votes})
            for member in members
        ]
        invited[-1] = invited[-1]._replace(notes=(*invited[-1].notes, *left))
        return invited
