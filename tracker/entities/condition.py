"""Conditions: what a gate or a decision asks to be done by a day."""

from typing import Annotated as A

from tracker.entities.base import Day, Entity, Person
from tracker.fields import PAST, REASONED, Length, Moves, Ref, Show


class Condition(Entity):
    """Something that has to be done by a day for an outcome to stand."""

    kind = "condition"
    prefix = "CN"
    lead_field = "text"
    belongs_to = "gate"
    detail = True
    listed = "last"
    owner_field = "owner"
    state_field = "closed_on"
    open_states = (None,)
    due_field = "due"
    changes_rank = 80
    example = '"Measure the old route" --gate G-02 --owner "Delivery lead, Housing" --due +90d'

    text: A[str, Length(1, 200), Show("Condition", "Begin with a verb", column=True)]
    gate: A[str, Ref("gate"), Show("Gate", column=True)]
    owner: A[Person, Show("Owner", column=True)] = None
    due: A[Day, REASONED, Moves("due date"), Show("Due", "90 days after the gate when empty", column=True)] = None
    closed_on: A[Day, PAST, Show("Closed on", "Needs evidence", column=True)] = None
    evidence: A[str | None, Length(0, 400), Show("Evidence", "How one can see that it is done", lines=2)] = None
