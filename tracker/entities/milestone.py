"""Milestones: what is to be reached by when, as first planned, as now expected, and as it came."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import WHY, Day, Entity, Name, Needed, Person, Pilot, Text200, Text400
from tracker.entities.laws import Ending, OnlyWhile
from tracker.entities.states import dated_by_state
from tracker.fields import AHEAD, PAST, REASONED, Column, Moves, Show, StillAhead, Value, Values


class Milestone(Entity):
    """A point that a pilot or the programme is to reach: its baseline, its forecast, and the actual day."""

    kind = "milestone"
    prefix = "MS"
    lead_field = "name"
    on_request = True
    belongs_to = "pilot"
    owner_field = "owner"
    state_field = "status"
    open_states = ("planned", "in_progress")
    ended_states = ("met", "dropped")
    due_field = "forecast_on"
    endings = (Ending("status", ("dropped",)),)
    let_go = (("status", "dropped"), ("dropped_reason", WHY))
    changes_rank = 142
    introduced_by = "forecast_on"
    late_words = "forecast day {day} has passed"
    asked_when_late = True
    own_table = True
    laws = (Needed("actual_on", "status", ("met",)), Needed("dropped_reason", "status", ("dropped",)))
    closings = (
        OnlyWhile("actual_on", "status", ("met",)),
        OnlyWhile("dropped_reason", "status", ("dropped",)),
    )
    example = '"Old form switched off" --pilot P-01 --baseline-on 2027-03-31'

    name: A[Name, Column("Milestone", "What is reached then")]
    pilot: A[Pilot, Column("Pilot", "Leave empty for one of the programme")] = None
    owner: A[Person, Column("Owner")] = None
    status: A[Literal["planned", "in_progress", "met", "dropped"], Column("Status")] = "planned"
    baseline_on: A[Day, AHEAD, REASONED, Column("Baseline", "As it was first agreed; a change needs a reason")] = None
    forecast_on: A[Day, AHEAD, Moves("forecast"), Column("Forecast", "As now expected; the baseline when empty")] = None
    actual_on: A[Day, PAST, StillAhead("forecast_on"), Column("Actual", "When it was met")] = None
    description: A[Text400, Show("Description", "How one can see that it is met", lines=3)] = None
    dropped_reason: A[Text200, Show("Why dropped")] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the forecast of a new milestone and the day on which it is met now."""
        if before is None and not values.get("forecast_on"):
            values["forecast_on"] = values.get("baseline_on")
        return dated_by_state(cls, values, before, today, "forecast_on", {"met": "actual_on"})
