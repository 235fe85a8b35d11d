"""Actions: one list for whatever somebody promised to do."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Needed, Pilot
from tracker.fields import PAST, REASONED, Length, Moves, Ref, Show, Value, Values


class Action(Entity):
    """Something one person promised to do by a day, whatever gave rise to it."""

    kind = "action"
    prefix = "A"
    lead_field = "text"
    belongs_to = "pilot"
    raised_by_others = True
    listed = "first"
    owner_field = "owner"
    state_field = "status"
    open_states = ("open", "in_progress")
    ended_states = ("done", "dropped")
    due_field = "due"
    changes_rank = 60
    introduced_by = "due"
    asked_when_late = True
    laws = (
        Needed("dropped_reason", "status", ("dropped",)),
        Needed("done_on", "status", ("done",)),
    )
    example = '"Agree the winter roll-back plan with the supplier" --owner "Delivery lead, Housing" --due +2w'

    text: A[str, Length(1, 200), Show("Action", "Begin with a verb", column=True)]
    owner: A[str, Ref("person"), Show("Owner", "Exactly one person", column=True)]
    due: A[date, REASONED, Moves("due date"), Show("Due", "A change needs a reason and is counted", column=True)]
    status: A[Literal["open", "in_progress", "done", "dropped"], Show("Status", column=True)] = "open"
    priority: A[Literal["low", "medium", "high"], Show("Priority", column=True)] = "medium"
    pilot: A[Pilot, Show("Pilot", column=True)] = None
    risk: A[str | None, Ref("risk"), Show("Risk", "The risk it treats", column=True)] = None
    issue: A[str | None, Ref("issue"), Show("Issue", "The issue it puts right")] = None
    decision: A[str | None, Ref("decision"), Show("Decision", "The decision that asked for it")] = None
    gate: A[str | None, Ref("gate"), Show("Gate", "The gate that asked for it")] = None
    board: A[str | None, Ref("board"), Show("Board", "The meeting at which it was agreed")] = None
    done_on: A[Day, PAST, Show("Done on")] = None
    evidence: A[str | None, Length(0, 200), Show("Evidence", "How one can see that it is done")] = None
    dropped_reason: A[str | None, Length(0, 200), Show("Why dropped")] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the day it was done."""
        if values.get("status") == "done" and not values.get("done_on"):
            values["done_on"] = today
        return values
