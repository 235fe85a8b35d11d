"""Decisions: what is asked of a board, with its options, and what was decided."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Due, Entity, Name, Needed, Number, Person, Pilot, Text, Text80, Text300, Text400
from tracker.entities.laws import OnlyWhile
from tracker.fields import AHEAD, MONEY, PAST, PUBLIC, TOLD, Column, Length, Moves, Ref, Show, Value, Values


class Decision(Entity):
    """A question put to a board, its options, and the answer that the board gave."""

    kind = "decision"
    prefix = "D"
    lead_field = "title"
    belongs_to = "pilot"
    raised_by_others = True
    owner_field = "requested_by"
    state_field = "status"
    open_states = ("sought",)
    ended_states = ("taken", "withdrawn")
    due_field = "needed_by"
    let_go = (("status", "withdrawn"),)
    dues = (
        Due("needed_by", needs=(("status", ("draft", "sought")),), decides=True),
        Due("needed_by", needs=(("status", ("deferred",)), ("review_on", (None,))), decides=True),
        Due("review_on", needs=(("status", ("deferred",)),), decides=True),
        Due("review_on", "Review", "review overdue since {day}", (("status", ("taken",)),)),
    )
    changes_rank = 50
    introduced_by = "status"
    published = True
    public_states = ("taken",)
    laws = (
        Needed("question", "status", ("sought", "taken")),
        Needed("outcome", "status", ("taken",)),
        Needed("decided_on", "status", ("taken",)),
    )
    closings = (
        OnlyWhile("outcome", "status", ("taken",)),
        OnlyWhile("decided_on", "status", ("taken",)),
        OnlyWhile("decided_by", "status", ("taken",), early=True),
        OnlyWhile("rationale", "status", ("taken", "deferred", "withdrawn"), early=True),
        OnlyWhile("review_on", "status", ("taken",), early=True),
    )
    example = '"Scale Blue Badge renewals" --pilot P-01 --question "Scale to all sites?" --needed-by 2026-11-12'

    title: A[Name, PUBLIC, Column("Title")]
    status: A[Literal["draft", "sought", "taken", "deferred", "withdrawn"], Column("Status")] = "draft"
    pilot: A[Pilot, PUBLIC, Column("Pilot")] = None
    board: A[Text, Ref("board"), Show("Board", "The meeting that is to decide, or decided")] = None
    question: A[Text300, PUBLIC, TOLD, Show("Question", "What the board is to decide", lines=2)] = None
    options: A[
        Text,
        Length(1000),
        Show("Options", "One on each line, at least two; doing nothing is one of them", lines=5),
    ] = None
    recommendation: A[Text400, TOLD, Show("Recommendation", "Which option, and why", lines=2)] = None
    requested_by: A[Person, Show("Requested by")] = None
    money_impact: A[Number, MONEY, Show("Cost of it", "What the recommended option costs")] = None
    needed_by: A[Day, AHEAD, Moves("decision"), Column("Needed by")] = None
    outcome: A[
        Literal["approved", "approved_with_conditions", "rejected", "noted"] | None,
        PUBLIC,
        Column("Outcome"),
    ] = None
    decided_on: A[Day, PAST, PUBLIC, Column("Decided on")] = None
    decided_by: A[Text80, PUBLIC, TOLD, Show("Decided by", "The board, or a role with the authority")] = None
    rationale: A[Text, Length(600), Show("Rationale", "Why it was decided so", lines=3)] = None
    review_on: A[Day, AHEAD, Show("Review on", "When to see whether it was right")] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the day of a decision that is taken now."""
        if values.get("status") == "taken" and not values.get("decided_on"):
            values["decided_on"] = cls.deed_day(values, before, today, "needed_by")
        return values
