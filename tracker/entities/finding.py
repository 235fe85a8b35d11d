"""Audit findings: what an audit found, what it recommends, and what was answered."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import WHY, Day, Entity, Needed, Person, Text400
from tracker.entities.laws import OnlyWhile
from tracker.entities.states import dated_by_state
from tracker.fields import AHEAD, PAST, REASONED, Column, Length, Moves, Ref, Show, StillAhead, Value, Values


class AuditFinding(Entity):
    """Something that an audit found, with its recommendation, the response, and who sees to it by when."""

    kind = "finding"
    noun = "audit finding"
    prefix = "AF"
    lead_field = "finding"
    on_request = True
    belongs_to = "audit"
    raised_by_others = True
    detail = True
    listed = "last"
    owner_field = "owner"
    state_field = "status"
    open_states = ("open", "in_progress")
    ended_states = ("closed", "rejected")
    due_field = "due"
    let_go = (("status", "rejected"), ("rationale", WHY))
    changes_rank = 95
    introduced_by = "severity"
    asked_when_late = True
    own_table = True
    laws = (Needed("closed_on", "status", ("closed",)), Needed("rationale", "response", ("rejected",), 5))
    closings = (
        OnlyWhile("closed_on", "status", ("closed",)),
        OnlyWhile("evidence", "status", ("closed",), early=True),
    )
    example = '"Benefits have no owner" --audit AU-001 --recommendation "Name one" --due +30d'

    finding: A[str, Length(200, 1), Column("Finding")]
    audit: A[str, Ref("audit"), Column("Audit")]
    recommendation: A[Text400, Column("Recommendation", lines=2)] = None
    severity: A[Literal["low", "medium", "high", "critical"], Column("Severity")] = "medium"
    response: A[Literal["accepted", "partly_accepted", "rejected"] | None, Show("Response", "Of management")] = None
    rationale: A[Text400, Show("Rationale", "Why it is answered so; needed to reject it", lines=2)] = None
    owner: A[Person, Column("Owner")] = None
    due: A[Day, AHEAD, REASONED, Moves("due date"), Column("Due", "A change needs a reason")] = None
    status: A[Literal["open", "in_progress", "closed", "rejected"], Column("Status")] = "open"
    closed_on: A[Day, PAST, StillAhead("due"), Show("Closed on")] = None
    evidence: A[Text400, Show("Evidence", "How one can see that it is done", lines=2)] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the day on which it is closed now."""
        return dated_by_state(cls, values, before, today, "due", {"closed": "closed_on"})
