"""Gates: where people decide whether a pilot goes on, with criteria and evidence."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Due, Entity, Name, Needed, Person, Text, Text200
from tracker.entities.laws import OnlyWhile
from tracker.fields import (
    ADDRESS,
    AHEAD,
    PAST,
    PUBLIC,
    TEMPLATE,
    Column,
    Length,
    Moves,
    Ref,
    Show,
    StillAhead,
    Value,
    Values,
)

OUTCOMES = ("green", "amber", "red", "stopped")  # of a gate that was held


class Gate(Entity):
    """A review of a pilot against agreed criteria; its outcome is what the panel decides."""

    kind = "gate"
    prefix = "G"
    digits = 2
    lead_field = "name"
    belongs_to = "pilot"
    owner_field = "chair"
    date_field = "held_on"
    state_field = "outcome"
    open_states = ("pending",)
    ended_states = OUTCOMES
    due_field = "planned_on"
    dues = (Due("planned_on", words="planned for {day}", decides=True),)
    changes_rank = 70
    named_by = "itself and owner"
    published = True
    public_states = OUTCOMES
    as_public_as_owner = True
    laws = (Needed("held_on", "outcome", OUTCOMES),)
    closings = (
        OnlyWhile("held_on", "outcome", OUTCOMES),
        OnlyWhile("recommendation", "outcome", OUTCOMES, early=True),
    )
    example = '"Public beta assessment" --pilot P-04 --planned-on 2026-12-10 --opens-phase public-beta'

    name: A[Name, PUBLIC, TEMPLATE, Column("Name")]
    pilot: A[str, Ref("pilot"), PUBLIC, Column("Pilot")]
    gate_kind: A[
        Literal["phase_gate", "service_assessment", "assurance_review", "decision_point"],
        TEMPLATE,
        Column("Kind"),
    ] = "phase_gate"
    opens_phase: A[
        Literal["alpha", "private_beta", "public_beta", "live"] | None,
        PUBLIC,
        TEMPLATE,
        Column("Opens", "The phase that may begin after it"),
    ] = None
    planned_on: A[Day, AHEAD, Moves("gate"), Column("Planned on")] = None
    held_on: A[Day, PAST, StillAhead("planned_on"), PUBLIC, Column("Held on")] = None
    outcome: A[
        Literal["pending", "green", "amber", "red", "stopped"],
        PUBLIC,
        Column("Outcome", "Given when the gate is taken"),
    ] = "pending"
    recommendation: A[Text, Length(600), Show("Recommendation", "In the panel's words", lines=3)] = None
    panel: A[Text200, TEMPLATE, Show("Panel", "Roles, not names")] = None
    chair: A[Person, Show("Chair")] = None
    report_url: A[Text200, ADDRESS, Show("Report", "Where the report is kept")] = None
    template: A[Text, Length(60), Show("Template", "The gate template it was made from")] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the day it was held, when an outcome is given without one."""
        if values.get("outcome") not in (None, "pending") and not values.get("held_on"):
            values["held_on"] = cls.deed_day(values, before, today, "planned_on")
        return values
