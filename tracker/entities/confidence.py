"""Confidence reports: what a person says of a pilot's or the programme's chances."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Person, Pilot, Rating
from tracker.fields import FILLED, PAST, TODAY, Length, Ref, Show


class Confidence(Entity):
    """A person's rating of a pilot (or, with no pilot, of the programme) on a day; never changed, only corrected."""

    kind = "confidence"
    noun = "confidence report"
    prefix = "CR"
    lead_field = "pilot"
    name_field = "rating"
    belongs_to = "pilot"
    owner_field = "by"
    date_field = "as_of"
    append_only = True
    example = 'P-04 --rating amber --narrative "Training is behind; a date is agreed."'

    pilot: A[Pilot, Show("Pilot", "Leave empty for the programme as a whole", column=True)] = None
    rating: A[Rating, Show("Rating", "Your judgement of delivery confidence", column=True)]
    as_of: A[date, PAST, TODAY, Show("As of", "The day the rating is about", column=True)]
    rating_kind: A[
        Literal["reported", "assurance"],
        Show("Kind", "Reported by the team, or given by independent assurance", column=True),
    ] = "reported"
    dimension: A[
        Literal["overall", "time", "cost", "quality", "benefits", "risk", "people", "assurance"],
        Show("Dimension", column=True),
    ] = "overall"
    narrative: A[
        str | None,
        Length(20, 600),
        Show("Narrative", "Why: 20 to 600 characters; needed when the rating changes", column=True, lines=4),
    ] = None
    by: A[Person, Show("By", "Who gives the rating; you, unless you say otherwise")] = None
    review_by: A[Day, Show("Review by")] = None
    divergence_reason: A[
        str | None,
        Length(20, 400),
        Show(
            "Why better than the evidence",
            "Needed when you rate it better than the evidence does: 20 characters or more",
            lines=3,
        ),
    ] = None
    evidence_signal: A[
        Literal["green", "amber", "red", "not_enough"] | None,
        FILLED,
        Show("Evidence said", "What the evidence signal was when the rating was given", column=True),
    ] = None
    supersedes: A[str | None, Ref("confidence"), Show("Supersedes", "The report that this one corrects")] = None
