"""Risk assessments: how likely and how bad a risk was judged to be on a day."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import IMPACT_HELP, LIKELIHOOD_HELP, SCALE, Entity, NoHigher, Number, Text300
from tracker.fields import FIRM, PAST, TODAY, Column, Product, Ref, Show

CURRENT, TARGET, INHERENT = (
    ("likelihood", "impact"),
    ("target_likelihood", "target_impact"),
    ("inherent_likelihood", "inherent_impact"),
)


class Assessment(Entity):
    """A judgement of a risk on a day: inherent, current and target; a new judgement is a new record."""

    kind = "assessment"
    noun = "risk assessment"
    prefix = "RA"
    lead_field = "risk"
    belongs_to = "risk"
    detail = True
    listed = "last"
    date_field = "assessed_on"
    append_only = True
    laws = (
        NoHigher(TARGET, CURRENT, "note", "The target is above the current score"),
        NoHigher(CURRENT, INHERENT, "note", "The current score is above the inherent one"),
    )
    example = 'R-014 --likelihood 4 --impact 3 --note "New estates are not in the address file"'

    risk: A[str, Ref("risk"), Column("Risk")]
    assessed_on: A[date, FIRM, PAST, TODAY, Column("Assessed on")]
    likelihood: A[int, SCALE, Column("Likelihood", LIKELIHOOD_HELP)]
    impact: A[int, SCALE, Column("Impact", IMPACT_HELP)]
    score: A[Number, Product("likelihood", "impact"), Column("Score")] = None
    target_likelihood: A[Number, SCALE, Show("Target likelihood")] = None
    target_impact: A[Number, SCALE, Show("Target impact")] = None
    inherent_likelihood: A[Number, SCALE, Show("Inherent likelihood", "Before controls")] = None
    inherent_impact: A[Number, SCALE, Show("Inherent impact", "Before controls")] = None
    certainty: A[Literal["low", "medium", "high"] | None, Show("Confidence", "In this judgement")] = None
    note: A[Text300, Column("Note", "Why the figures are what they are", lines=3)] = None
