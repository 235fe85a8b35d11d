"""Conditions: what a gate or a decision asks to be done by a day."""

from typing import Annotated as A

from tracker.entities.base import Day, Entity, Person, Text400
from tracker.entities.laws import Once, OnlyWhile
from tracker.fields import AHEAD, PAST, REASONED, Column, Length, Moves, Ref, Show, StillAhead


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
    closings = (OnlyWhile("evidence", "closed_on", early=True),)
    once = (Once(("gate", "text")),)
    example = '"Measure the old route" --gate G-02 --owner "Delivery lead, Housing" --due +90d'

    text: A[str, Length(200, 1), Column("Condition", "Begin with a verb")]
    gate: A[str, Ref("gate"), Column("Gate")]
    owner: A[Person, Column("Owner")] = None
    due: A[Day, AHEAD, REASONED, Moves("due date"), Column("Due", "90 days after the gate when empty")] = None
    closed_on: A[Day, PAST, StillAhead("due"), Column("Closed on", "Needs evidence")] = None
    evidence: A[Text400, Show("Evidence", "How one can see that it is done", lines=2)] = None
