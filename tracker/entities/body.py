"""Boards and other bodies: who meets, how many make a quorum, and how early they read their papers."""

from typing import Annotated as A

from tracker.entities.base import Entity, Name, Number, Person, Text, Text400
from tracker.entities.laws import Once
from tracker.fields import PUBLIC, TOLD, Between, Column, Length, Show


class Body(Entity):
    """A body that meets: the programme board, a steering group; its meetings, members and deadlines are its own."""

    kind = "body"
    plural = "bodies"
    prefix = "BD"
    digits = 2
    lead_field = "name"
    listed = "last"
    offices = ("chair", "secretary")
    once = (Once(("name",)),)
    example = '"Steering group" --quorum 3 --clear-days 5'

    name: A[Name, PUBLIC, TOLD, Column("Name")]
    purpose: A[Text400, PUBLIC, Show("Purpose", "What it decides, in plain words", lines=3)] = None
    chair: A[Person, Column("Chair", "Who chairs its meetings")] = None
    secretary: A[Person, Show("Secretary", "Who prepares its papers")] = None
    quorum: A[
        Number, Between(1, 99), Column("Quorum", "How many members must be present, unless a meeting says so")
    ] = None
    clear_days: A[
        int,
        Between(0, 60),
        Column("Clear days", "Working days between the day papers are sent and that of the meeting; neither counts"),
    ] = 5
    time_zone: A[Text, Length(60), Show("Time zone", "Of its meetings, such as Europe/London")] = None
