"""Confidence reports: what a person says of a pilot's or the programme's chances."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Due, Entity, Person, Pilot, Rating, RatingScale, Text
from tracker.fields import AHEAD, FILLED, FIRM, PAST, TODAY, Column, Length, OnScale, Ref, Show, Then


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
    dues = (Due("review_by", "Rating", "", by_rule=True),)
    append_only = True
    example = 'P-04 --rating amber --narrative "Training is behind; a date is agreed."'

    pilot: A[Pilot, Column("Pilot", "Leave empty for the headline: the programme as a whole")] = None
    rating: A[
        Rating,
        OnScale("rating_scale"),
        Column("Rating", "Your judgement of delivery confidence, in a word of the programme's scale"),
    ]
    as_of: A[date, FIRM, PAST, TODAY, Column("As of", "The day the rating is about")]
    rating_kind: A[
        Literal["reported", "assurance"],
        Column("Kind", "Reported by the team, or given by independent assurance"),
    ] = "reported"
    dimension: A[
        Literal["overall", "time", "cost", "quality", "benefits", "risk", "people", "assurance"],
        Column("Dimension"),
    ] = "overall"
    narrative: A[
        Text,
        Length(600, 20),
        Column("Narrative", "Why: 20 to 600 characters; needed when the rating changes", lines=4),
    ] = None
    by: A[Person, Show("By", "Who gives the rating; you, unless you say otherwise")] = None
    review_by: A[Day, AHEAD, Show("Review by")] = None
    divergence_reason: A[
        Text,
        Length(400, 20),
        Show(
            "Why better than the evidence",
            "Needed when you rate it better than the evidence does: 20 characters or more",
            lines=3,
        ),
    ] = None
    evidence_signal: A[
        Literal["green", "amber", "red", "not_enough"] | None,
        FILLED,
        Column("Evidence said", "What the evidence signal was when the rating was given"),
    ] = None
    supersedes: A[Text, Ref("confidence"), Show("Supersedes", "The report that this one corrects")] = None
    rating_scale: A[
        RatingScale | None,
        FILLED,
        Then("programme", "rating_scale"),
        Show("Scale", "The scale on which the rating was given"),
    ] = None
