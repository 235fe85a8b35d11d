"""Attendance of training sessions, as counts by role group."""

from typing import Annotated as A

from tracker.entities.base import Entity, Name, Number, Order
from tracker.entities.laws import Once
from tracker.fields import Between, Column, Ref


class Attendance(Entity):
    """How many of a role group were booked on a session, were present, and passed; counts, no names."""

    kind = "attendance"
    noun = "attendance count"
    prefix = "AT"
    lead_field = "session"
    name_field = "role_group"
    belongs_to = "session"
    detail = True
    shared = True
    listed = "last"
    laws = (Order("passed", "present"),)
    once = (Once(("session", "role_group")),)
    example = 'T-05 --role-group "Front-line counter staff" --booked 13 --present 5 --passed 4'

    session: A[str, Ref("session"), Column("Session")]
    role_group: A[Name, Column("Role group", "As in the training need")]
    booked: A[Number, Between(0, 100_000), Column("Booked")] = None
    present: A[Number, Between(0, 100_000), Column("Present", "For at least 80% of it")] = None
    passed: A[Number, Between(0, 100_000), Column("Passed", "Empty when there was no test")] = None
