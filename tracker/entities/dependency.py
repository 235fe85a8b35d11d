"""Dependencies: what one work needs of another, by when, and whether that is agreed."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import WHY, Day, Entity, Needed, Person, Pilot, Text80, Text400
from tracker.entities.laws import OnlyWhile
from tracker.entities.states import dated_by_state
from tracker.fields import AHEAD, PAST, Column, Length, Moves, Show, StillAhead, Value, Values


class Dependency(Entity):
    """Something that a pilot or the programme needs from somebody else, or somebody else from it."""

    kind = "dependency"
    plural = "dependencies"
    prefix = "DP"
    lead_field = "text"
    on_request = True
    belongs_to = "pilot"
    raised_by_others = True
    owner_field = "owner"
    state_field = "status"
    open_states = ("open", "agreed")
    ended_states = ("met", "dropped")
    due_field = "needed_by"
    let_go = (("status", "dropped"), ("outcome", WHY))
    changes_rank = 43
    introduced_by = "needed_by"
    late_words = "needed by {day}"
    asked_when_late = True
    own_table = True
    laws = (Needed("agreed_on", "status", ("agreed",)), Needed("met_on", "status", ("met",)))
    closings = (
        OnlyWhile("agreed_on", "status", ("agreed", "met", "dropped")),
        OnlyWhile("met_on", "status", ("met",)),
    )
    example = '"Address look-up in production" --pilot P-03 --party "Data team" --needed-by +8w'

    text: A[str, Length(200, 1), Column("Dependency", "What is needed")]
    direction: A[Literal["we_need", "they_need"], Show("Direction", "Whether we need it, or they need it of us")] = (
        "we_need"
    )
    pilot: A[Pilot, Column("Pilot", "Which needs it, or gives it")] = None
    party: A[Text80, Column("On", "The body, team or pilot on the other side")] = None
    owner: A[Person, Column("Owner", "Who sees to it on our side")] = None
    needed_by: A[Day, AHEAD, Moves("need"), Column("Needed by")] = None
    status: A[Literal["open", "agreed", "met", "dropped"], Column("Status")] = "open"
    agreed_on: A[Day, PAST, Show("Agreed on", "When the other side agreed to it")] = None
    met_on: A[Day, PAST, StillAhead("needed_by"), Show("Met on")] = None
    impact: A[Text400, Show("Impact", "What follows if it does not come", lines=2)] = None
    outcome: A[Text400, Show("Outcome", lines=2)] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the days on which it is agreed or met now."""
        return dated_by_state(cls, values, before, today, "needed_by", {"agreed": "agreed_on", "met": "met_on"})
