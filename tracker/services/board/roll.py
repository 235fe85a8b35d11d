"""The roll of a meeting: who is expected, and who was there."""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.entities import BoardAttendee, BoardMeeting, Person
from tracker.errors import TrackerError
from tracker.rules.boards.cycle import counts
from tracker.services.board.cycle import body_of, desk, meeting, records_of_board
from tracker.services.board.members import left_by, serving
from tracker.services.records.writing import Saved, change, editing
from tracker.storage import Acting, Store, links, records


class Called(NamedTuple):
    """Somebody who belongs to a meeting, with their name, whether they count towards the quorum, and what they are."""

    attendee: BoardAttendee
    name: str
    counts: bool
    role_title: str = ""


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
    roles = {person.uid: person.role_title or "" for person in records(store, Person)}
    attendees = records_of_board(store, BoardAttendee, uid)
    called = tuple(
        Called(
            attendee,
            people[attendee.person].name if attendee.person in people else "",
            counts(attendee),
            roles.get(attendee.person, ""),
        )
        for attendee in attendees
    )
    body = body_of(store, board)
    there = {attendee.person for attendee in attendees}
    members = serving(store, body.uid, board.meets_on) if body is not None else []
    there |= set(left_by(store, board.meets_on))
    uninvited = sum(member.person not in there for member in members)
    return Roll(board, called, desk(store, uid).quorum.words, uninvited)


def roles_at(store: Store, uid: str) -> dict[str, str]:
    """Return who has which role at a meeting, by role in small letters: the refs of people.

    A role that several have is not there, nor one that is somebody's name.
    """
    people = links(store, Person.kind)
    bearers: dict[str, set[str]] = {}
    for attendee in records_of_board(store, BoardAttendee, uid):
        if attendee.person in people:
            bearers.setdefault(attendee.role.casefold(), set()).add(people[attendee.person].ref)
    names = {person.name.casefold() for person in people.values()}
    return {role: min(refs) for role, refs in bearers.items() if len(refs) == 1 and role not in names}


def mark(store: Store, uid: str, attendance: str, by: Acting, *, deputy: str = "") -> Saved:
    """Record whether somebody (the uid of an attendee) was there; ``deputy`` is the role of whoever came instead.

    Raises Invalid where that is refused, such as after the minutes were approved.
    """
    return change(store, BoardAttendee.kind, uid, {"attendance": attendance, "deputy": deputy or None}, by)


class Answers(NamedTuple):
    """What was answered at a roll call, by who is called: a ref, a name, a role, or how a name begins.

    ``attendance`` is how they came, ``deputies`` the roles of those who came instead, ``interests`` what they declare;
    ``others`` is how everybody came of whom nothing was recorded (empty: that stays so).
    """

    attendance: Mapping[str, str]
    deputies: Mapping[str, str]
    interests: Mapping[str, str]
    others: str = ""


def call(store: Store, uid: str, answers: Answers, by: Acting) -> list[Saved]:
    """Record a whole roll call of a meeting as one command. Raises TrackerError for who is not on the roll, Invalid."""
    people = roll(store, uid).called
    values: dict[str, dict[str, str | None]] = {}
    came: list[tuple[str, str, str | None]] = [(name, state, None) for name, state in answers.attendance.items()]
    came += [(name, "deputy", role) for name, role in answers.deputies.items()]
    for name, attendance, deputy in came:
        attendee = _meant(people, name)
        if attendee in values:
            raise TrackerError(f"“{name}” is named twice: say once how they came.", "board.roll")
        values[attendee] = {"attendance": attendance, "deputy": deputy}
    for name, interest in answers.interests.items():
        values.setdefault(_meant(people, name), {}).update(interest=interest)
    for person in people if answers.others else ():
        if person.attendee.attendance == "expected" and "attendance" not in values.get(person.attendee.uid, {}):
            values.setdefault(person.attendee.uid, {}).update(attendance=answers.others, deputy=None)
    if not values:
        raise TrackerError("Nobody is left on this roll of whom nothing is recorded.")
    with editing(store, by, "board.roll") as edit:
        return [edit.change(BoardAttendee, called_uid, dict(answer)) for called_uid, answer in values.items()]


def _meant(people: tuple[Called, ...], text: str) -> str:
    """Return the uid of the attendee that a text means. Raises TrackerError where that is nobody, or several."""
    word = text.strip().casefold()
    exact = [person for person in people if word in _names(person)]
    candidates = exact or [person for person in people if any(name.startswith(word) for name in _names(person))]
    if len(candidates) == 1 and word:
        return candidates[0].attendee.uid
    refs = ", ".join(f"{person.attendee.ref} {person.name or person.attendee.role}" for person in candidates or people)
    problem = "Nobody on this roll is" if not candidates else "Several on this roll are"
    raise TrackerError(f"{problem} “{text}”. Say the ref: {refs or 'nobody is put down yet'}.", "board.roll")


def _names(person: Called) -> tuple[str, ...]:
    texts = (person.attendee.ref, person.name, person.attendee.role, person.role_title)
    return tuple(text.casefold() for text in texts)
