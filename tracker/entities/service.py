"""Services to the public that pilots change."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Name, Number, Person, Text, Text80, Text200, Text400
from tracker.fields import ADDRESS, AHEAD, MINUTES, MONEY, PUBLIC, SHARE, TOLD, UNTOLD, Between, Column, Length, Show


class Service(Entity):
    """A service that people use, whichever channels and departments it takes."""

    kind = "service"
    prefix = "S"
    digits = 2
    lead_field = "name"
    shared = True
    owner_field = "owner"
    published = True
    changes_rank = 15
    counted_when_new = True
    example = '"Blue Badge renewals" --annual-volume 5200 --lifecycle in-pilot'

    name: A[Name, PUBLIC, Column("Name", "As the people who use it call it")]
    owner: A[Person, Column("Owner", "The accountable person")] = None
    user_groups: A[Text200, PUBLIC, Show("User groups", "Who uses it", lines=2)] = None
    description: A[Text400, PUBLIC, Show("Description", lines=4)] = None
    annual_volume: A[Number, Between(0), PUBLIC, Column("Transactions a year", "Completed in all channels")] = None
    volume_source: A[Text, Length(120), Show("Source of volume")] = None
    volume_year: A[Number, Between(1990, 2100), UNTOLD, Show("Year of volume")] = None
    cost_per_transaction: A[Number, MONEY, Between(0), Show("Cost per transaction")] = None
    failure_rate: A[
        float | None, SHARE, Between(0, 1), Show("Failure rate", "The part of cases that fail or come back")
    ] = None
    channel_mix: A[
        Text,
        Length(120),
        Show("Channel mix", "Per cent of cases: web 40, phone 35, post 25"),
    ] = None
    citizen_minutes: A[
        Number,
        MINUTES,
        Between(0, 100_000),
        Show("Citizen's time", "In one transaction; from the journey as it is when empty"),
    ] = None
    department: A[Text80, PUBLIC, TOLD, Show("Department", "Which part of the organisation runs it")] = None
    manual_handoffs: A[Number, Between(0, 999), Show("Manual hand-offs", "In one transaction")] = None
    vulnerability: A[Number, Between(1, 5), Show("Vulnerability", "Of the people who use it: 1 low to 5 high")] = None
    digital_status: A[Literal["paper", "partly", "digital", "assisted"] | None, PUBLIC, Column("Digital status")] = None
    lifecycle: A[Literal["candidate", "in_pilot", "live", "retired"], PUBLIC, Column("Lifecycle")] = "candidate"
    readiness: A[Number, Between(1, 5), Show("Readiness", "Of the team and the law for a change: 1 low to 5 high")] = (
        None
    )
    data_readiness: A[Number, Between(1, 5), Show("Data readiness", "Of the data and systems: 1 low to 5 high")] = None
    legal_deadline: A[Day, AHEAD, Show("Legal deadline", "By which the law asks for a change")] = None
    interface_documented: A[
        bool, PUBLIC, Show("Interface documented", "There is a description that others can build against")
    ] = False
    public_url: A[Text200, ADDRESS, PUBLIC, Show("Public address", "Where people find it")] = None
