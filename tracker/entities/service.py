"""Services to the public that pilots change."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity
from tracker.entities.common import Person
from tracker.fields import MONEY, PUBLIC, Between, Length, Show


class Service(Entity):
    """A service that people use, whichever channels and departments it takes."""

    kind = "service"
    noun = "service"
    plural = "services"
    prefix = "S"
    digits = 2
    lead_field = "name"
    name_field = "name"
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
    public_url: A[str | None, Length(0, 200), PUBLIC, Show("Public address", "Where people find it")] = None
