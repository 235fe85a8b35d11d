"""Attendance of a board meeting, with declared interests."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Text
from tracker.fields import Column, Length, Ref, Show


class BoardAttendee(Entity):
    """Somebody who belongs to a meeting: present or not, in which role, with which interest declared."""

    kind = "attendee"
    noun = "board attendee"
    prefix = "BA"
    lead_field = "person"
    name_field = "role"
    listed = "last"
    example = '"Data lead" --board B-01 --role "Member" --attendance present'

    person: A[str, Ref("person"), Column("Person")]
    board: A[str, Ref("board"), Column("Board")]
    role: A[str, Length(80, 1), Column("Role", "On the board")] = "Member"
    attendance: A[Literal["expected", "present", "apologies", "deputy", "absent"], Column("Attendance")] = "expected"
    deputy: A[Text, Length(80), Show("Deputy", "The role of whoever came instead")] = None
    interest: A[Text, Length(300), Column("Interest declared", "In which item, and what it is", lines=2)] = None
