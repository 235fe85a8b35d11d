"""Metrics: what is measured before and after, with the exact words of its definition."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Due, Entity, Name, Order, Person, Pilot, Service, Text, Text80, Text400
from tracker.fields import AHEAD, PUBLIC, TEMPLATE, TOLD, YARDSTICK, Between, Column, Length, ShareWhere, Show

AS_MEASURED = ShareWhere("metric_kind", "proportion")  # 80% of a proportion, 25 of minutes


class Metric(Entity):
    """Something that is measured the same way before and after a change."""

    kind = "metric"
    prefix = "M"
    digits = 2
    lead_field = "name"
    belongs_to = "pilot"
    owner_field = "owner"
    dues = (Due("target_on", "Target", "target date {day} has passed without a figure", by_rule=True),)
    changes_rank = 100
    published = True
    laws = (Order("band_from", "band_to"),)
    example = '"Completion rate" --kind proportion --pilot P-01 --definition "Completed of started" --target 80%'

    name: A[Name, PUBLIC, TEMPLATE, Column("Name")]
    metric_kind: A[
        Literal["proportion", "mean", "ratio", "rate", "count", "index"],
        PUBLIC,
        TEMPLATE,
        YARDSTICK,
        Column("Kind", "Which figures a measurement has"),
    ]
    pilot: A[Pilot, PUBLIC, Column("Pilot")] = None
    service: A[Service, PUBLIC, Show("Service")] = None
    definition: A[
        str,
        Length(600, 1),
        PUBLIC,
        TEMPLATE,
        Show("Definition", "The exact words; they are printed with the figures", lines=4),
    ]
    definition_variant: A[
        Text,
        Length(60),
        PUBLIC,
        TEMPLATE,
        Show("Definition variant", "Such as takeup_uk_2024; figures of two variants are never compared"),
    ] = None
    unit: A[str, Length(30, 1), PUBLIC, TEMPLATE, YARDSTICK, TOLD, Column("Unit", "Such as %, minutes, contacts")] = "%"
    better: A[
        Literal["up", "down", "target_band"], PUBLIC, TEMPLATE, YARDSTICK, Column("Better", "Which way is good")
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
        AS_MEASURED,
        PUBLIC,
        TEMPLATE,
        YARDSTICK,
        Column("Target", "As measured: 80% for a proportion, 25 for minutes"),
    ] = None
    target_on: A[Day, AHEAD, PUBLIC, Column("Target date")] = None
    band_from: A[
        float | None,
        AS_MEASURED,
        PUBLIC,
        TEMPLATE,
        YARDSTICK,
        Show("Band from", "The least good value when better is a target band"),
    ] = None
    band_to: A[float | None, AS_MEASURED, PUBLIC, TEMPLATE, YARDSTICK, Show("Band to", "The largest good value")] = None
    min_worthwhile_change: A[
        float | None,
        AS_MEASURED,
        Between(0),
        PUBLIC,
        TEMPLATE,
        Show("Least worthwhile change", "A smaller one is not worth having: 5% or 3"),
    ] = None
    source_system: A[Text80, PUBLIC, TEMPLATE, Show("Source", "The system the figures come from")] = None
    periods: A[
        Literal["separate", "rolling"],
        PUBLIC,
        TEMPLATE,
        Show("Periods", "Rolling: each measurement overlaps the one before, such as the last 12 months"),
    ] = "separate"
    frequency: A[Literal["weekly", "monthly", "quarterly", "yearly"], PUBLIC, TEMPLATE, Show("Measured")] = "monthly"
    owner: A[Person, Show("Owner", "Who answers for the figures")] = None
    limitations: A[Text400, PUBLIC, TEMPLATE, Show("Limitations", "What the figures cannot show", lines=3)] = None
