"""Services to the public that pilots change."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Person
from tracker.fields import MINUTES, MONEY, PUBLIC, SHARE, Between, Length, Show


class Service(Entity):
    """A service that people use, whichever channels and departments it takes."""

    kind = "service"
    prefix = "S"
    digits = 2
    lead_field = "name"
    shared = True
    owner_field = "owner"
    published = True
    example = '"Blue Badge renewals" --annual-volume 5200 --lifecycle in-pilot'

    name: A[str, Length(1, 80), PUBLIC, Show("Name", "As the people who use it call it", column=True)]
    owner: A[Person, Show("Owner", "The accountable person", column=True)] = None
    user_groups: A[str | None, Length(0, 200), PUBLIC, Show("User groups", "Who uses it", lines=2)] = None
    description: A[str | None, Length(0, 400), PUBLIC, Show("Description", lines=4)] = None
    annual_volume: A[
        int | None, Between(0), PUBLIC, Show("Transactions a year", "Completed in all channels", column=True)
    ] = None
    volume_source: A[str | None, Length(0, 120), Show("Source of volume")] = None
    volume_year: A[int | None, Between(1990, 2100), Show("Year of volume")] = None
    cost_per_transaction: A[int | None, MONEY, Between(0), Show("Cost per transaction")] = None
    failure_rate: A[
        float | None, SHARE, Between(0, 1), Show("Failure rate", "The part of cases that fail or come back")
    ] = None
    channel_mix: A[
        str | None,
        Length(0, 120),
        Show("Channel mix", "Per cent of cases: web 40, phone 35, post 25"),
    ] = None
    citizen_minutes: A[
        int | None,
        MINUTES,
        Between(0, 100_000),
        Show("Citizen's time", "In one transaction; from the journey as it is when empty"),
    ] = None
    department: A[str | None, Length(0, 80), PUBLIC, Show("Department", "Which part of the organisation runs it")] = (
        None
    )
    manual_handoffs: A[int | None, Between(0, 999), Show("Manual hand-offs", "In one transaction")] = None
    vulnerability: A[int | None, Between(1, 5), Show("Vulnerability", "Of the people who use it: 1 low to 5 high")] = (
        None
    )
    digital_status: A[
        Literal["paper", "partly", "digital", "assisted"] | None, PUBLIC, Show("Digital status", column=True)
    ] = None
    lifecycle: A[Literal["candidate", "in_pilot", "live", "retired"], PUBLIC, Show("Lifecycle", column=True)] = (
        "candidate"
    )
    readiness: A[
        int | None, Between(1, 5), Show("Readiness", "Of the team and the law for a change: 1 low to 5 high")
    ] = None
    data_readiness: A[int | None, Between(1, 5), Show("Data readiness", "Of the data and systems: 1 low to 5 high")] = (
        None
    )
    legal_deadline: A[Day, Show("Legal deadline", "By which the law asks for a change")] = None
    interface_documented: A[
        bool, PUBLIC, Show("Interface documented", "There is a description that others can build against")
    ] = False
    public_url: A[str | None, Length(0, 200), PUBLIC, Show("Public address", "Where people find it")] = None
