"""Board meetings: from the date in the diary to published minutes."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Due, Entity, Name, Number, Person, Text
from tracker.entities.laws import Once
from tracker.fields import AHEAD, CLOCK, FILLED, FIRM, PAST, PUBLIC, Between, Column, Length, Pattern, Ref, Show


class BoardMeeting(Entity):
    """A meeting of the governance board: the position it sees, who was there, and what came of it."""

    kind = "board"
    noun = "board meeting"
    prefix = "B"
    digits = 2
    lead_field = "title"
    date_field = "meets_on"
    state_field = "status"
    open_states = ("planned", "collecting", "frozen", "held", "minutes_draft", "minutes_approved")
    ended_states = ("published",)
    once = (
        Once(("body", "meets_on", "title"), may_be_empty=("body",)),
        Once(("body", "meets_on"), certain=False, may_be_empty=("body",)),
    )
    dues = (Due("", "Board step", "", by_rule=True),)
    past_states = ("held", "minutes_draft", "minutes_approved", "published")
    example = '"November board" --meets-on 2026-11-12 --place "Room 2"'

    title: A[Name, PUBLIC, Column("Title")]
    meets_on: A[date, AHEAD, FIRM, PUBLIC, Column("Meets on")]
    as_of: A[
        Day, FIRM, PUBLIC, Show("Position as of", "The day whose position the papers show; the meeting's when empty")
    ] = None
    status: A[
        Literal["planned", "collecting", "frozen", "held", "minutes_draft", "minutes_approved", "published"],
        PUBLIC,
        Column("Status", "Only ever goes forward"),
    ] = "planned"
    body: A[Text, Ref("body"), PUBLIC, Column("Body", "Which body meets")] = None
    start_time: A[
        Text, CLOCK, PUBLIC, Pattern("[0-2][0-9]:[0-5][0-9]", "hours and minutes such as 09:30"), Show("Time")
    ] = None
    duration_minutes: A[Number, Between(1, 1_440), Show("Minutes", "How long it is meant to take")] = None
    place: A[Text, Length(120), Column("Place")] = None
    quorum: A[Number, Between(1, 99), Show("Quorum", "How many must be present; its body's when empty")] = None
    approved_on: A[Day, PAST, PUBLIC, Show("Minutes approved on")] = None
    approved_by: A[Person, Show("Minutes approved by")] = None
    published_on: A[Day, PAST, PUBLIC, Show("Published on")] = None
    snapshot: A[Text, Ref("snapshot"), FILLED, Column("Snapshot", "What the board was shown")] = None
