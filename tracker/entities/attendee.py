"""Attendance of a board meeting, with declared interests."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity
from tracker.fields import Length, Ref, Show


class BoardAttendee(Entity):
    """Somebody who belongs to a meeting: present or not, in which role, with which interest declared."""

    kind = "attendee"
    noun = "board attendee"
    prefix = "BA"
    lead_field = "person"
    name_field = "role"
    listed = "last"
    example = '"Data lead" --board B-01 --role "Member" --attendance present'

    person: A[str, Ref("person"), Show("Person", column=True)]
    board: A[str, Ref("board"), Show("Board", column=True)]
    role: A[str, Length(1, 80), Show("Role", "On the board", column=True)] = "Member"
    attendance: A[Literal["expected", "present", "apologies", "deputy", "absent"], Show("Attendance", column=True)] = (
        "expected"
    )
    deputy: A[str | None, Length(0, 80), Show("Deputy", "The role of whoever came instead")] = None
    interest: A[
        str | None, Length(0, 300), Show("Interest declared", "In which item, and what it is", column=True, lines=2)
    ] = None
