"""Metrics: what is measured before and after, with the exact words of its definition."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Order, Person, Pilot, Service
from tracker.fields import PUBLIC, TEMPLATE, Between, Length, Show


class Metric(Entity):
    """Something that is measured the same way before and after a change."""

    kind = "metric"
    prefix = "M"
    digits = 2
    lead_field = "name"
    belongs_to = "pilot"
    owner_field = "owner"
    changes_rank = 100
    published = True
    laws = (Order("band_from", "band_to"),)
    example = '"Completion rate" --kind proportion --pilot P-01 --definition "Completed of started" --target 80%'

    name: A[str, Length(1, 80), PUBLIC, TEMPLATE, Show("Name", column=True)]
    metric_kind: A[
        Literal["proportion", "mean", "ratio", "rate", "count", "index"],
        PUBLIC,
        TEMPLATE,
        Show("Kind", "Which figures a measurement has", column=True),
    ]
    pilot: A[Pilot, PUBLIC, Show("Pilot", column=True)] = None
    service: A[Service, PUBLIC, Show("Service")] = None
    definition: A[
        str,
        Length(1, 600),
        PUBLIC,
        TEMPLATE,
        Show("Definition", "The exact words; they are printed with the figures", lines=4),
    ]
    definition_variant: A[
        str | None,
        Length(0, 60),
        PUBLIC,
        TEMPLATE,
        Show("Definition variant", "Such as takeup_uk_2024; figures of two variants are never compared"),
    ] = None
    unit: A[str, Length(1, 30), PUBLIC, TEMPLATE, Show("Unit", "Such as %, minutes, contacts", column=True)] = "%"
    better: A[
        Literal["up", "down", "target_band"], PUBLIC, TEMPLATE, Show("Better", "Which way is good", column=True)
    ] = "up"
    kpi_code: A[
        Literal[
            "completion_rate",
            "user_satisfaction_score",
            "user_satisfaction_pct",
            "cost_per_transaction",
            "digital_takeup",
            "time_to_complete",
            "contacts_per_transaction",
            "error_rate",
            "other",
        ],
        PUBLIC,
        TEMPLATE,
        Show("KPI", "The standard measure that it is"),
    ] = "other"
    target: A[
        float | None,
        PUBLIC,
        TEMPLATE,
        Show("Target", "As measured: 80 % for a proportion, 25 for minutes", column=True),
    ] = None
    target_on: A[Day, PUBLIC, Show("Target date", column=True)] = None
    band_from: A[
        float | None, PUBLIC, TEMPLATE, Show("Band from", "The least good value when better is a target band")
    ] = None
    band_to: A[float | None, PUBLIC, TEMPLATE, Show("Band to", "The largest good value")] = None
    min_worthwhile_change: A[
        float | None,
        Between(0),
        PUBLIC,
        TEMPLATE,
        Show("Least worthwhile change", "A smaller one is not worth having: 5 % or 3"),
    ] = None
    source_system: A[
        str | None, Length(0, 80), PUBLIC, TEMPLATE, Show("Source", "The system the figures come from")
    ] = None
    frequency: A[Literal["weekly", "monthly", "quarterly", "yearly"], PUBLIC, TEMPLATE, Show("Measured")] = "monthly"
    owner: A[Person, Show("Owner", "Who answers for the figures")] = None
    limitations: A[
        str | None, Length(0, 400), PUBLIC, TEMPLATE, Show("Limitations", "What the figures cannot show", lines=3)
    ] = None
