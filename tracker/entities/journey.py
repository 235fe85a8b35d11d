"""Journeys: how people get through a service, as it is, as it is to be, and as measured afterwards."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Name, Number, Text80, Text400
from tracker.fields import FIRM, PAST, PUBLIC, TODAY, Between, Column, Ref, Show


class Journey(Entity):
    """The way through a service, step by step, as one group of people goes it."""

    kind = "journey"
    prefix = "J"
    digits = 2
    lead_field = "name"
    date_field = "valid_on"
    example = '"Applying for a grant" --service S-08 --kind as-is --evidence observed'

    name: A[Name, PUBLIC, Column("Name", "What somebody wants to get done")]
    service: A[str, Ref("service"), PUBLIC, Column("Service")]
    journey_kind: A[
        Literal["as_is", "to_be", "measured_after"],
        PUBLIC,
        Column("Kind", "As it is, as it is to be, or as measured after the change"),
    ] = "as_is"
    version: A[int, Between(1, 999), Column("Version")] = 1
    actor_group: A[Text80, PUBLIC, Show("Who goes it", "A group of people, never names")] = None
    valid_on: A[date, FIRM, PAST, TODAY, PUBLIC, Column("Valid on", "The day it was true")]
    evidence: A[
        Literal["observed", "interviews", "analytics", "workshop", "assumed"],
        PUBLIC,
        Column("Evidence", "How it is known"),
    ] = "assumed"
    sample_n: A[Number, Between(1, 1_000_000), PUBLIC, Show("Sample", "How many cases or people it rests on")] = None
    note: A[Text400, Show("Note", lines=3)] = None
