"""Integrations: live connections between services, departments and organisations."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Name, Needed, Number, Order, Text, Text80, Text200
from tracker.entities.laws import Once, OnlyWhile
from tracker.fields import PAST, PUBLIC, Between, Column, Ref, Show


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
    closings = (
        OnlyWhile("live_on", "status", ("in_production", "retired"), early=True),
        OnlyWhile("retired_on", "status", ("retired",)),
    )
    once = (
        Once(("provider", "consumer"), certain=False, but_not=("retired",)),
        Once(("provider", "other_party"), certain=False, but_not=("retired",)),
    )
    example = '"Address to council tax" --provider S-05 --consumer S-03 --standard ST-01 --status planned'

    name: A[Name, PUBLIC, Column("Name")]
    provider: A[Text, Ref("service"), PUBLIC, Column("Provider", "The service that gives")] = None
    consumer: A[Text, Ref("service"), PUBLIC, Column("Consumer", "The service that uses it")] = None
    other_party: A[
        Text80,
        PUBLIC,
        Column("Other organisation", "When one side is outside this organisation"),
    ] = None
    standard: A[Text, Ref("standard"), PUBLIC, Column("Standard")] = None
    direction: A[Literal["one_way", "both_ways"], PUBLIC, Show("Direction")] = "one_way"
    data_items: A[Text200, Show("Data items", "What is exchanged", lines=2)] = None
    status: A[Literal["planned", "in_test", "in_production", "retired"], PUBLIC, Column("Status")] = "planned"
    live_on: A[Day, PAST, PUBLIC, Column("Live on")] = None
    retired_on: A[Day, PAST, PUBLIC, Show("Retired on")] = None
    requests_per_month: A[Number, Between(0, 10**12), Show("Requests a month")] = None
    monitored: A[bool, Show("Monitored", "Somebody is told when it fails")] = False
    dpia: A[Text, Ref("compliance"), Show("DPIA", "The compliance item that covers it")] = None
    replaces_manual_step: A[bool, PUBLIC, Show("Replaces manual work")] = False
    once_only_items: A[
        int, Between(0, 999), PUBLIC, Show("Once-only items", "Questions that people are no longer asked")
    ] = 0
