"""Attendance of a board meeting, with declared interests."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Name, Text, Text80, Text300
from tracker.entities.laws import OnlyWhile
from tracker.fields import FIRM, Column, Ref, Show


class BoardAttendee(Entity):
    """Somebody who belongs to a meeting: present or not, in which role, with which interest declared."""

    kind = "attendee"
    noun = "board attendee"
    prefix = "BA"
    lead_field = "person"
    name_field = "role"
    listed = "last"
    closings = (
        OnlyWhile("deputy", "attendance", ("deputy",), early=True),
        OnlyWhile("left_before", "attendance", ("present", "deputy"), early=True),
    )
    example = '"Data lead" --board B-01 --role "Member" --attendance present'

    person: A[str, FIRM, Ref("person"), Column("Person")]
    board: A[str, Ref("board"), Column("Board")]
    role: A[Name, Column("Role", "On the board")] = "Member"
    votes: A[
        bool | None,
        Show("Votes", "Counts towards the quorum; when nobody says, all but secretaries, observers and such"),
    ] = None
    attendance: A[Literal["expected", "present", "apologies", "deputy", "absent"], Column("Attendance")] = "expected"
    deputy: A[Text80, Show("Deputy", "The role of whoever came instead")] = None
    left_before: A[Text, Ref("item"), Show("Left before", "The agenda item before which they left for good")] = None
    interest: A[Text300, Column("Interest declared", "In which item, and what it is", lines=2)] = None
