"""Integrations: live connections between services, departments and organisations."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Needed, Order
from tracker.fields import PAST, PUBLIC, Between, Length, Ref, Show


class Integration(Entity):
    """A connection through which one service gets from another what it would otherwise ask for again."""

    kind = "integration"
    prefix = "IN"
    lead_field = "name"
    shared = True
    published = True
    laws = (
        Order("live_on", "retired_on"),
        Needed("live_on", "status", ("in_production",)),
        Needed("retired_on", "status", ("retired",)),
    )
    example = '"Address to council tax" --provider S-05 --consumer S-03 --standard ST-01 --status planned'

    name: A[str, Length(1, 80), PUBLIC, Show("Name", column=True)]
    provider: A[str | None, Ref("service"), PUBLIC, Show("Provider", "The service that gives", column=True)] = None
    consumer: A[str | None, Ref("service"), PUBLIC, Show("Consumer", "The service that uses it", column=True)] = None
    other_party: A[
        str | None,
        Length(0, 80),
        PUBLIC,
        Show("Other organisation", "When one side is outside this organisation", column=True),
    ] = None
    standard: A[str | None, Ref("standard"), PUBLIC, Show("Standard", column=True)] = None
    direction: A[Literal["one_way", "both_ways"], PUBLIC, Show("Direction")] = "one_way"
    data_items: A[str | None, Length(0, 200), Show("Data items", "What is exchanged", lines=2)] = None
    status: A[Literal["planned", "in_test", "in_production", "retired"], PUBLIC, Show("Status", column=True)] = (
        "planned"
    )
    live_on: A[Day, PAST, PUBLIC, Show("Live on", column=True)] = None
    retired_on: A[Day, PAST, PUBLIC, Show("Retired on")] = None
    requests_per_month: A[int | None, Between(0, 10**12), Show("Requests a month")] = None
    monitored: A[bool, Show("Monitored", "Somebody is told when it fails")] = False
    dpia: A[str | None, Ref("compliance"), Show("DPIA", "The compliance item that covers it")] = None
    replaces_manual_step: A[bool, PUBLIC, Show("Replaces manual work")] = False
    once_only_items: A[
        int, Between(0, 999), PUBLIC, Show("Once-only items", "Questions that people are no longer asked")
    ] = 0
