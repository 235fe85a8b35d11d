"""Attendance of training sessions, as counts by role group."""

from typing import Annotated as A

from tracker.entities.base import Entity, Order
from tracker.fields import Between, Length, Ref, Show


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
    example = 'T-05 --role-group "Front-line counter staff" --booked 13 --present 5 --passed 4'

    session: A[str, Ref("session"), Show("Session", column=True)]
    role_group: A[str, Length(1, 80), Show("Role group", "As in the training need", column=True)]
    booked: A[int | None, Between(0, 100_000), Show("Booked", column=True)] = None
    present: A[int | None, Between(0, 100_000), Show("Present", "For at least 80 % of it", column=True)] = None
    passed: A[int | None, Between(0, 100_000), Show("Passed", "Empty when there was no test", column=True)] = None
