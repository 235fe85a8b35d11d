"""Assumptions: what a plan takes for granted until somebody has validated it."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import WHY, Day, Entity, Person, Pilot, Text200, Text400
from tracker.entities.laws import OnlyWhile
from tracker.entities.states import dated_by_state
from tracker.fields import AHEAD, PAST, TODAY, Column, Length, Moves, Show, StillAhead, Value, Values


class Assumption(Entity):
    """Something held to be true: how and by when it is validated, and what follows if it is false."""

    kind = "assumption"
    prefix = "AS"
    lead_field = "text"
    on_request = True
    belongs_to = "pilot"
    raised_by_others = True
    owner_field = "owner"
    date_field = "raised_on"
    state_field = "status"
    open_states = ("open",)
    ended_states = ("confirmed", "disproved", "dropped")
    due_field = "validate_by"
    let_go = (("status", "dropped"), ("outcome", WHY))
    changes_rank = 42
    introduced_by = "validate_by"
    late_words = "to be validated by {day}"
    asked_when_late = True
    own_table = True
    closings = (OnlyWhile("validated_on", "status", ("confirmed", "disproved")),)
    example = '"Half of the callers have smartphones" --validate-by +6w'

    text: A[str, Length(200, 1), Column("Assumption")]
    pilot: A[Pilot, Column("Pilot")] = None
    owner: A[Person, Column("Owner", "Who validates it")] = None
    status: A[Literal["open", "confirmed", "disproved", "dropped"], Column("Status")] = "open"
    raised_on: A[date, PAST, TODAY, Show("Raised on")]
    validate_by: A[Day, AHEAD, Moves("validation"), Column("Validate by")] = None
    validation: A[Text200, Show("Validation", "How one can find out", lines=2)] = None
    if_false: A[Text400, Column("If false", "What follows if it does not hold", lines=2)] = None
    validated_on: A[Day, PAST, StillAhead("validate_by"), Show("Validated on")] = None
    outcome: A[Text400, Show("Outcome", "What was found out", lines=2)] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the day on which it is confirmed or disproved now."""
        return dated_by_state(
            cls, values, before, today, "raised_on", {"confirmed": "validated_on", "disproved": "validated_on"}
        )
