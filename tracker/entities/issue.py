"""Issues: what has gone wrong and has to be put right."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import WHY, Day, Entity, Name, Needed, Person, Pilot, Text, Text200, Text400
from tracker.entities.laws import OnlyWhile
from tracker.fields import AHEAD, PAST, TODAY, Column, Moves, Ref, Show, StillAhead


class Issue(Entity):
    """Something that has gone wrong already, who puts it right, and by when."""

    kind = "issue"
    prefix = "I"
    lead_field = "title"
    belongs_to = "pilot"
    belongs_through = ("risk",)
    raised_by_others = True
    owner_field = "owner"
    date_field = "raised_on"
    state_field = "status"
    open_states = ("open", "in_progress")
    ended_states = ("resolved", "closed")
    due_field = "due"
    let_go = (("status", "closed"), ("resolution", WHY))
    changes_rank = 40
    late_entry = True
    introduced_by = "severity"
    laws = (Needed("resolution", "status", ("resolved", "closed")),)
    closings = (
        OnlyWhile("resolved_on", "status", ended_states),
        OnlyWhile("resolution", "status", ended_states, early=True),
    )
    example = '"Counter staff have no second screen" --pilot P-02 --severity major --due +2w'

    title: A[Name, Column("Title")]
    severity: A[Literal["minor", "major", "critical"], Column("Severity")] = "minor"
    status: A[Literal["open", "in_progress", "resolved", "closed"], Column("Status")] = "open"
    pilot: A[Pilot, Column("Pilot")] = None
    owner: A[Person, Column("Owner", "Who sees to it; a major or critical issue should have one")] = None
    raised_on: A[date, PAST, TODAY, Column("Raised on")]
    due: A[Day, AHEAD, Moves("due date"), Column("Due")] = None
    description: A[Text400, Show("Description", lines=3)] = None
    impact: A[Text200, Show("Impact", "What it does to people, time or money", lines=2)] = None
    resolution: A[Text400, Show("Resolution", "How it was put right", lines=2)] = None
    resolved_on: A[Day, PAST, StillAhead("due"), Show("Resolved on")] = None
    risk: A[Text, Ref("risk"), Show("From risk", "The risk that came true")] = None
