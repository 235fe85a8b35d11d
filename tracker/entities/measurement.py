"""Measurements: the figures of a metric for one cohort in one period; a better figure is a new record."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Needed, Number, Order, Text, Text80, Text200
from tracker.fields import BACK, FIRM, PAST, PUBLIC, SHARE, Between, Column, Length, Ref, Show

COUNT = Between(0, 10**12)


class Measurement(Entity):
    """What was measured of a metric in a period; which figures it has depends on the kind of the metric."""

    kind = "measurement"
    prefix = "ME"
    lead_field = "metric"
    name_field = "phase"
    belongs_to = "metric"
    detail = True
    listed = "last"
    date_field = "period_end"
    state_field = "status"
    changes_rank = 110
    counted_when_new = True
    named_by = "owner"
    published = True
    public_states = ("final", "revised")
    as_public_as_owner = True
    append_only = True
    laws = (
        Order("numerator", "denominator"),
        Order("period_start", "period_end"),
        Needed("revises", "status", ("revised",)),
    )
    example = (
        "M-01 --phase baseline --period-start 2026-01-01 --period-end 2026-03-31 --numerator 412 --denominator 598"
    )

    metric: A[str, Ref("metric"), PUBLIC, Column("Metric")]
    phase: A[Literal["baseline", "during", "after"], PUBLIC, Column("Phase", "Before, during or after the change")]
    period_start: A[date, BACK, FIRM, PUBLIC, Column("From")]
    period_end: A[date, FIRM, PAST, PUBLIC, Column("To", "The last day")]
    cohort: A[
        Literal["pilot", "comparison", "whole_service"],
        PUBLIC,
        Column("Cohort", "Of whom: those in the pilot, a comparison group, or everybody"),
    ] = "pilot"
    status: A[
        Literal["provisional", "final", "revised"],
        PUBLIC,
        Column("Status", "A revision names what it revises"),
    ] = "final"
    numerator: A[Number, COUNT, PUBLIC, Column("Numerator", "Proportion: those who did")] = None
    denominator: A[Number, COUNT, PUBLIC, Column("Denominator", "Proportion: all who began")] = None
    mean: A[float | None, PUBLIC, Column("Mean", "Mean: the average")] = None
    sd: A[float | None, Between(0), PUBLIC, Show("Standard deviation", "Mean: how far single values scatter")] = None
    n: A[Number, COUNT, PUBLIC, Column("Sample", "Mean: how many values")] = None
    total: A[float | None, PUBLIC, Show("Total", "Ratio: the sum, such as the cost of a year in pounds")] = None
    units: A[Number, COUNT, PUBLIC, Show("Divided by", "Ratio: how many, such as completed transactions")] = None
    events: A[Number, COUNT, PUBLIC, Show("Events", "Rate: how often it happened")] = None
    exposure: A[float | None, Between(0), PUBLIC, Show("Exposure", "Rate: out of how many cases, hours or days")] = None
    value: A[float | None, PUBLIC, Column("Value", "Count or index: the figure itself")] = None
    count_1: A[Number, COUNT, PUBLIC, Show("Very dissatisfied", "Satisfaction: how many gave 1 of 5")] = None
    count_2: A[Number, COUNT, PUBLIC, Show("Dissatisfied", "How many gave 2 of 5")] = None
    count_3: A[Number, COUNT, PUBLIC, Show("Neither", "How many gave 3 of 5")] = None
    count_4: A[Number, COUNT, PUBLIC, Show("Satisfied", "How many gave 4 of 5")] = None
    count_5: A[Number, COUNT, PUBLIC, Show("Very satisfied", "How many gave 5 of 5")] = None
    unit: A[Text, Length(30), PUBLIC, Show("Unit", "The metric's; another one is refused")] = None
    definition_variant: A[Text, Length(60), PUBLIC, Show("Definition variant", "The metric's when empty")] = None
    source_system: A[Text80, PUBLIC, Show("Source", "The metric's when empty")] = None
    online_share: A[
        float | None, SHARE, Between(0, 1), PUBLIC, Show("Online", "The part of cases that came online")
    ] = None
    revises: A[Text, Ref("measurement"), PUBLIC, Show("Revises", "The measurement that this one replaces")] = None
    source_note: A[Text200, Show("Note", "How it was measured, and what changed", lines=2)] = None
