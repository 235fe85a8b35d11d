"""Issues: what has gone wrong and has to be put right."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Needed, Person, Pilot
from tracker.fields import PAST, TODAY, Length, Moves, Ref, Show


class Issue(Entity):
    """Something that has gone wrong already, who puts it right, and by when."""

    kind = "issue"
    prefix = "I"
    lead_field = "title"
    belongs_to = "pilot"
    raised_by_others = True
    owner_field = "owner"
    date_field = "raised_on"
    state_field = "status"
    open_states = ("open", "in_progress")
    ended_states = ("resolved", "closed")
    due_field = "due"
    changes_rank = 40
    late_entry = True
    introduced_by = "severity"
    laws = (Needed("resolution", "status", ("resolved", "closed")),)
    example = '"Counter staff have no second screen" --pilot P-02 --severity major --due +2w'

    title: A[str, Length(1, 80), Show("Title", column=True)]
    severity: A[Literal["minor", "major", "critical"], Show("Severity", column=True)] = "minor"
    status: A[Literal["open", "in_progress", "resolved", "closed"], Show("Status", column=True)] = "open"
    pilot: A[Pilot, Show("Pilot", column=True)] = None
    owner: A[Person, Show("Owner", column=True)] = None
    raised_on: A[date, PAST, TODAY, Show("Raised on", column=True)]
    due: A[Day, Moves("due date"), Show("Due", column=True)] = None
    description: A[str | None, Length(0, 400), Show("Description", lines=3)] = None
    impact: A[str | None, Length(0, 200), Show("Impact", "What it does to people, time or money", lines=2)] = None
    resolution: A[str | None, Length(0, 400), Show("Resolution", "How it was put right", lines=2)] = None
    resolved_on: A[Day, PAST, Show("Resolved on")] = None
    risk: A[str | None, Ref("risk"), Show("From risk", "The risk that came true")] = None
