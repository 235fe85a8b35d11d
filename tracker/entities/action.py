"""Actions: one list for whatever somebody promised to do."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import WHY, Day, Entity, Needed, Pilot, Text, Text200
from tracker.entities.laws import OnlyWhile
from tracker.fields import AHEAD, PAST, REASONED, Column, Length, Moves, Ref, Show, StillAhead, Value, Values


class Action(Entity):
    """Something one person promised to do by a day, whatever gave rise to it."""

    kind = "action"
    prefix = "A"
    lead_field = "text"
    belongs_to = "pilot"
    belongs_through = ("risk", "issue", "decision", "gate")
    raised_by_others = True
    listed = "first"
    owner_field = "owner"
    state_field = "status"
    open_states = ("open", "in_progress")
    ended_states = ("done", "dropped")
    due_field = "due"
    let_go = (("status", "dropped"), ("dropped_reason", WHY))
    changes_rank = 60
    introduced_by = "due"
    asked_when_late = True
    laws = (
        Needed("dropped_reason", "status", ("dropped",)),
        Needed("done_on", "status", ("done",)),
    )
    closings = (
        OnlyWhile("done_on", "status", ("done",)),
        OnlyWhile("evidence", "status", ("done",), early=True),
        OnlyWhile("dropped_reason", "status", ("dropped",)),
    )
    example = '"Agree the winter roll-back plan with the supplier" --owner "Delivery lead, Housing" --due +2w'

    text: A[str, Length(200, 1), Column("Action", "Begin with a verb")]
    owner: A[str, Ref("person"), Column("Owner", "Exactly one person")]
    due: A[date, AHEAD, REASONED, Moves("due date"), Column("Due", "A change needs a reason and is counted")]
    status: A[Literal["open", "in_progress", "done", "dropped"], Column("Status")] = "open"
    priority: A[Literal["low", "medium", "high"], Column("Priority")] = "medium"
    pilot: A[Pilot, Column("Pilot")] = None
    risk: A[Text, Ref("risk"), Column("Risk", "The risk it treats")] = None
    issue: A[Text, Ref("issue"), Show("Issue", "The issue it puts right")] = None
    decision: A[Text, Ref("decision"), Show("Decision", "The decision that asked for it")] = None
    gate: A[Text, Ref("gate"), Show("Gate", "The gate that asked for it")] = None
    board: A[Text, Ref("board"), Show("Board", "The meeting at which it was agreed")] = None
    done_on: A[Day, PAST, StillAhead("due"), Show("Done on")] = None
    evidence: A[Text200, Show("Evidence", "How one can see that it is done")] = None
    dropped_reason: A[Text200, Show("Why dropped")] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the day it was done."""
        if values.get("status") == "done" and not values.get("done_on"):
            values["done_on"] = cls.deed_day(values, before, today, "due")
        return values
