"""Training sessions, planned and held."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Number, Pilot, Text, Text80, Text200
from tracker.entities.laws import Ending
from tracker.fields import ADDRESS, AHEAD, CLOCK, FIRM, MONEY, Between, Column, Length, Moves, Pattern, Show


class TrainingSession(Entity):
    """A session in which staff learn to work with a changed service."""

    kind = "session"
    noun = "training session"
    prefix = "T"
    digits = 2
    lead_field = "title"
    belongs_to = "pilot"
    shared = True
    listed = "first"
    role_field = "trainer"
    date_field = "starts_on"
    state_field = "status"
    open_states = ("planned",)
    ended_states = ("held", "cancelled")
    due_field = "starts_on"
    endings = (Ending("status", ("cancelled",)),)
    let_go = (("status", "cancelled"),)
    past_states = ("held",)
    changes_rank = 130
    late_entry = True
    counted_when_new = True
    late_words = "planned for {day}, not recorded as held"
    example = '"Parking go-live workshop" --pilot P-04 --starts-on 2026-10-20 --mode workshop'

    title: A[str, Length(120, 1), Column("Title")]
    pilot: A[Pilot, Column("Pilot")] = None
    starts_on: A[date, AHEAD, FIRM, Moves("session"), Column("Date")]
    start_time: A[Text, CLOCK, Pattern("[0-2][0-9]:[0-5][0-9]", "hours and minutes such as 09:30"), Show("Time")] = None
    status: A[Literal["planned", "held", "cancelled"], Column("Status")] = "planned"
    mode: A[
        Literal["classroom", "online_live", "e_learning", "workshop", "floor_walking", "drop_in", "self_study"],
        Column("Mode"),
    ] = "classroom"
    role_groups: A[Text200, Show("Role groups", "Who it is for")] = None
    duration_minutes: A[Number, Between(1, 10_000), Show("Minutes")] = None
    trainer: A[Text80, Show("Trainer", "The role")] = None
    materials_url: A[Text200, ADDRESS, Show("Materials", "Where they are kept")] = None
    capacity: A[Number, Between(1, 100_000), Column("Places")] = None
    cost: A[Number, MONEY, Between(0), Show("Cost")] = None
