"""Pilots: the trials by which the programme changes services."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import (
    Day,
    Due,
    Entity,
    Name,
    Number,
    Order,
    Person,
    Rating,
    RatingScale,
    Service,
    Text,
    Text200,
    Text400,
    ended_word,
)
from tracker.entities.laws import Ending, OnlyWhile
from tracker.fields import (
    AHEAD,
    BACK,
    BEGINS,
    COMES_WITH,
    COSTS,
    MONEY,
    PUBLIC,
    REASONED,
    TEMPLATE,
    TOLD,
    UNTOLD,
    Between,
    Carried,
    Column,
    Length,
    Moves,
    OnScale,
    Show,
    StillAhead,
    Value,
    Values,
    humanise,
)

# The phases in which a pilot goes on, in their order; a gate opens each but the first.
STAGES = ("discovery", "alpha", "private_beta", "public_beta", "live")
EARLY_STAGES = STAGES[:2]
STAGES_WITH_USERS = STAGES[2:]
ENDING_OUTCOMES = ("scaled", "scaled_with_changes", "stopped")  # after the others the trial goes on, or waits
NO_PHASE = "Phase not stated"


def phase_text(phase: str | None) -> str:
    """Return a phase as people read it; that it is not stated where nobody chose one."""
    return humanise(phase) if phase else NO_PHASE


REPORTED = Carried(
    "confidence", "pilot", "as_of", (("rating_kind", "reported"), ("dimension", "overall")), settable=False
)
ASSURED = REPORTED.but(where=(("rating_kind", "assurance"), ("dimension", "overall")))


class Pilot(Entity):
    """A trial of a changed service with a problem, a hypothesis, a time and a budget."""

    kind = "pilot"
    prefix = "P"
    digits = 2
    lead_field = "name"
    listed = "first"
    owner_field = "delivery_lead"
    state_field = "phase"
    open_states = (None, *STAGES, "paused")
    ended_states = ("retirement", "stopped")
    endings = (
        Ending("phase", ("retirement",), "retired"),
        Ending("phase", ("stopped",)),
        Ending("outcome", ENDING_OUTCOMES),
        Ending("actual_end", word="ended"),
    )
    standing_states = ("live",)  # the trial is over, the service goes on with all that hangs on it
    dues = (
        Due(
            "forecast_end",
            "Forecast end",
            "forecast end {day} has passed",
            (("phase", open_states),),
            "actual_end",
        ),
        Due(
            "baseline_end",
            "Baseline end",
            "baseline end {day} has passed, and no forecast end is given",
            (("phase", open_states), ("forecast_end", (None,))),
            "actual_end",
        ),
        Due(
            "decision_due",
            "Decision",
            "decision date {day} has passed",
            (("phase", open_states), ("outcome", ("none",))),
            decides=True,
        ),
        Due("", "Update", "", by_rule=True),
    )
    changes_rank = 20
    published = True
    laws = (
        Order("start", "first_real_user_on"),
        Order("start", "baseline_end"),
        Order("start", "forecast_end"),
        Order("first_real_user_on", "forecast_end"),
        Order("start", "actual_end"),
    )
    closings = (
        OnlyWhile("actual_end", "phase", ended_states, early=True),
        OnlyWhile("outcome", "phase", ended_states, early=True, nothing="none"),
    )
    example = '"Parking permits self-service" --phase alpha --forecast-end 2026-11-23'

    name: A[Name, PUBLIC, Column("Name", "What the pilot is called")]
    phase: A[
        Literal[
            "discovery",
            "alpha",
            "private_beta",
            "public_beta",
            "live",
            "retirement",
            "paused",
            "stopped",
        ]
        | None,
        PUBLIC,
        REASONED,
        Column("Phase", "A change needs a reason", unset=NO_PHASE),
    ] = None
    rating: A[Rating | None, REPORTED, OnScale("rating_scale"), Column("Reported", "The newest confidence report")] = (
        None
    )
    assurance_rating: A[
        Rating | None,
        ASSURED.but(source="rating"),
        OnScale("assurance_scale"),
        Column("Assurance", "The newest rating by independent assurance"),
    ] = None
    forecast_end: A[
        Day,
        AHEAD,
        PUBLIC,
        REASONED,
        Moves("forecast end"),
        Column("Forecast end", "A change needs a reason and is kept"),
    ] = None
    decision_due: A[Day, AHEAD, Moves("decision date"), Column("Decision due", "When the board is to decide")] = None
    delivery_lead: A[Person, Column("Delivery lead")] = None
    product_owner: A[Person, Show("Product owner")] = None
    service: A[Service, PUBLIC, Show("Service")] = None
    status_note: A[
        Text,
        Length(600),
        Show("Status note", "What changed and why, in a few plain sentences", lines=4),
    ] = None
    problem: A[Text400, PUBLIC, TEMPLATE, Show("Problem", "Whose problem, and what it costs", lines=3)] = None
    hypothesis: A[
        Text400,
        PUBLIC,
        TEMPLATE,
        TOLD,
        Show("Hypothesis", "We believe … for … will …; we will know when …", lines=3),
    ] = None
    team_size: A[Number, Between(0, 999), Show("Team size", "People")] = None
    sites: A[Text200, TOLD, Show("Sites or cohort", "Where, and with whom")] = None
    scope_in: A[Text400, TEMPLATE, TOLD, Show("In scope", lines=2)] = None
    scope_out: A[Text400, TEMPLATE, TOLD, Show("Out of scope", lines=2)] = None
    phase_started: A[Day, BACK, BEGINS, COMES_WITH, Show("Phase started")] = None
    planned_start: A[Day, AHEAD, BEGINS, Show("Planned start")] = None
    start: A[Day, BEGINS, PUBLIC, Show("Start")] = None
    first_real_user_on: A[Day, PUBLIC, Moves("go-live"), Show("Go-live", "The first day with real users")] = None
    baseline_end: A[Day, REASONED, Moves("baseline end"), Show("Baseline end", "The end date first agreed")] = None
    actual_end: A[Day, BACK, StillAhead("forecast_end"), PUBLIC, Show("Actual end")] = None
    min_observation_days: A[
        int, Between(0, 730), TEMPLATE, Show("Observation days", "The least time with real users before a decision")
    ] = 56
    budget: A[Number, MONEY, Show("Budget")] = None
    forecast_cost: A[Number, MONEY, COSTS, Show("Forecast cost")] = None
    spend_to_date: A[Number, MONEY, Show("Spend to date")] = None
    spend_as_of: A[Day, BACK, UNTOLD, Show("Spend as of")] = None
    exit_cost: A[Number, MONEY, Between(0), Show("Exit cost", "To leave the supplier")] = None
    replace_supplier_weeks: A[Number, Between(0, 520), Show("Weeks to replace the supplier")] = None
    code_ownership: A[Literal["organisation", "supplier", "shared", "unknown"], TEMPLATE, Show("Code owned by")] = (
        "unknown"
    )
    personal_data: A[Literal["none", "yes", "special_category", "unknown"], TEMPLATE, Show("Personal data")] = "unknown"
    algorithmic_tool: A[
        Literal["no", "yes", "unknown"], TEMPLATE, Show("Algorithmic tool", "Decides, or helps to decide, about people")
    ] = "unknown"
    users_tested: A[
        Number, Between(0, 100_000), Show("Users tested", "Before go-live; from the iterations when empty")
    ] = None
    template: A[Text, Length(60), Show("Template", "The pilot template it was made from")] = None
    rating_scale: A[RatingScale | None, REPORTED, Show("Scale of the report", "On which it was given")] = None
    assurance_scale: A[
        RatingScale | None,
        ASSURED.but(source="rating_scale"),
        Show("Scale of assurance", "On which its rating was given"),
    ] = None
    outcome: A[
        Literal["none", "scaled", "scaled_with_changes", "extended", "pivoted", "stopped", "paused"],
        PUBLIC,
        Show("Outcome"),
    ] = "none"

    @property
    def phase_text(self) -> str:
        """The phase as people read it; that it is not stated where nobody chose one."""
        return phase_text(self.phase)

    def ended_by(self, day: date) -> bool:
        """Return whether the trial is over by a day: stopped, retired, ended, or with an outcome that ends it."""
        return bool(ended_word(self, day))

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the start of the phase, when the phase is new and no date was given."""
        phase = (before or {}).get("phase")
        changed = phase is not None and values.get("phase") not in (
            None,
            phase,
        )  # the first phase stated began whenever
        same_date = before is not None and values.get("phase_started") == before.get("phase_started")
        if changed and same_date:
            values["phase_started"] = today
        return values
