"""Benefit figures: what a benefit is to bring in each year, what is now expected, and what it brought."""

from datetime import date
from typing import Annotated as A

from tracker.entities.base import Entity, Number, Text200
from tracker.entities.laws import Once
from tracker.fields import BEGINS, MONEY, Column, Ref, Show


class BenefitFigure(Entity):
    """What a benefit is worth in one year: its target, its forecast, and what was realised."""

    kind = "figure"
    noun = "benefit figure"
    prefix = "BF"
    lead_field = "benefit"
    name_field = "benefit"
    on_request = True
    belongs_to = "benefit"
    detail = True
    listed = "last"
    named_by = "owner"
    changes_rank = 144
    counted_when_new = True
    own_table = True
    once = (Once(("benefit", "year")),)
    example = 'BN-001 --year "FY 2027/28" --target 40000 --forecast 35000'

    benefit: A[str, Ref("benefit"), Column("Benefit")]
    year: A[date, BEGINS, Column("Year", "Such as FY 2027/28, or 2027")]
    target: A[Number, MONEY, Column("Target", "What the business case promises")] = None
    forecast: A[Number, MONEY, Column("Forecast", "What is now expected")] = None
    realised: A[Number, MONEY, Column("Realised", "What it brought, as far as is known")] = None
    note: A[Text200, Show("Note", "How the figures were worked out", lines=2)] = None
