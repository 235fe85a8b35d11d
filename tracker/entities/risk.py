"""Risks: uncertain events that would affect the programme."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import (
    IMPACT_HELP,
    LIKELIHOOD_HELP,
    SCALE,
    Day,
    Due,
    Entity,
    Name,
    Needed,
    Number,
    Person,
    Pilot,
    Service,
    Text,
    Text80,
    Text200,
    Text400,
)
from tracker.entities.laws import OnlyWhile
from tracker.fields import (
    AHEAD,
    BACK,
    KNOWN,
    PAST,
    TEMPLATE,
    TODAY,
    Carried,
    Column,
    Length,
    Product,
    Reckoned,
    Ref,
    Show,
    Value,
    Values,
)

ASSESSED = Carried("assessment", "risk", "assessed_on")
NOT_DRAFT = ("open", "became_issue")


class Risk(Entity):
    """An uncertain event that would affect the programme, as cause, event and consequence (HM Treasury Orange Book)."""

    kind = "risk"
    prefix = "R"
    lead_field = "title"
    belongs_to = "pilot"
    listed = "first"
    owner_field = "owner"
    date_field = "raised_on"
    state_field = "status"
    open_states = ("draft", "open")
    ended_states = ("closed", "became_issue")
    let_go = (("status", "closed"), ("closing_reason", "avoided"))
    dues = (Due("next_review_on", "Review", "review overdue since {day}", by_rule=True),)
    changes_rank = 30
    late_entry = True
    laws = (
        Needed("cause", "status", NOT_DRAFT),
        Needed("event", "status", NOT_DRAFT),
        Needed("consequence", "status", NOT_DRAFT),
        Needed("closing_reason", "status", ("closed",)),
        Needed("closed_on", "status", ("closed",)),
        Needed("duplicate_of", "closing_reason", ("duplicate",)),
        Needed("rationale", "response", ("tolerate", "transfer"), 20),
        Needed("transfer_party", "response", ("transfer",)),
    )
    closings = (
        OnlyWhile("closed_on", "status", ended_states),
        OnlyWhile("closing_reason", "status", ended_states),
        OnlyWhile("duplicate_of", "closing_reason", ("duplicate",)),
        OnlyWhile("escalated_on", "escalated_to", ("programme", "board", "corporate"), early=True),
    )
    example = '"Address lookups fail for new estates" --pilot P-03 --likelihood 4 --impact 3 --owner "Data lead"'

    title: A[Name, TEMPLATE, Column("Title", "What may happen, in a line")]
    status: A[
        Literal["draft", "open", "closed", "became_issue"],
        Column("Status", "A draft until cause, event and consequence are known"),
    ] = "draft"
    likelihood: A[Number, SCALE, ASSESSED, Show("Likelihood", LIKELIHOOD_HELP)] = None
    impact: A[Number, SCALE, ASSESSED, Show("Impact", IMPACT_HELP)] = None
    score: A[
        Number,
        Product("likelihood", "impact"),
        Column("Score", "Likelihood × impact, 1 to 25"),
    ] = None
    category: A[
        Literal[
            "strategy",
            "governance",
            "operations",
            "legal",
            "property",
            "financial",
            "commercial",
            "people",
            "technology",
            "information",
            "security",
            "project",
            "reputational",
        ]
        | None,
        TEMPLATE,
        Column("Category", "Decides which appetite applies"),
    ] = None
    owner: A[Person, Column("Owner", "The accountable person; an open risk should have one")] = None
    pilot: A[Pilot, Column("Pilot", "Leave empty for a risk to the programme")] = None
    service: A[Service, Show("Service")] = None
    cause: A[Text200, TEMPLATE, Show("Cause", "Because …", lines=2)] = None
    event: A[Text200, TEMPLATE, Show("Event", "there is a risk that …", lines=2)] = None
    consequence: A[Text200, TEMPLATE, Show("Consequence", "which would …", lines=2)] = None
    risk_kind: A[Literal["threat", "opportunity"], TEMPLATE, Show("Kind")] = "threat"
    raised_on: A[date, PAST, TODAY, Show("Raised on", "When it was first seen")]
    proximity: A[
        Literal["imminent", "within_3_months", "3_to_12_months", "beyond"] | None, TEMPLATE, Show("Proximity")
    ] = None
    response: A[
        Literal["tolerate", "treat", "transfer", "terminate", "take"] | None,
        TEMPLATE,
        Show("Response", "What you do about it"),
    ] = None
    rationale: A[
        Text400,
        TEMPLATE,
        Show("Rationale", "Why this response; needed to tolerate or transfer", lines=2),
    ] = None
    transfer_party: A[Text80, TEMPLATE, Show("Transferred to")] = None
    controls: A[Text, Length(600), TEMPLATE, Show("Controls", "What holds it down today", lines=3)] = None
    target_likelihood: A[Number, SCALE, ASSESSED, Show("Target likelihood", "Where you want it")] = None
    target_impact: A[Number, SCALE, ASSESSED, Show("Target impact", "Where you want it")] = None
    inherent_likelihood: A[Number, SCALE, ASSESSED, Show("Inherent likelihood", "Before controls")] = None
    inherent_impact: A[Number, SCALE, ASSESSED, Show("Inherent impact", "Before controls")] = None
    assessed_on: A[
        Day,
        Carried("assessment", "risk", "assessed_on", settable=False),
        Show("Assessed on", "When the figures were last judged"),
    ] = None
    next_review_on: A[
        Day,
        AHEAD,
        KNOWN,
        Reckoned(
            "review_day",
            ("status", "next_review_on", "assessed_on", "raised_on", "created_at", "likelihood", "impact"),
        ),
        Column("Next review", "Set by hand, or worked out from the last assessment and the score"),
    ] = None
    early_warning: A[Text200, TEMPLATE, Show("Early warning", "How you would notice")] = None
    escalated_to: A[Literal["none", "programme", "board", "corporate"], Show("Escalated to")] = "none"
    escalated_on: A[Day, BACK, Show("Escalated on")] = None
    closed_on: A[Day, PAST, Show("Closed on")] = None
    closing_reason: A[
        Literal["mitigated", "expired", "accepted", "avoided", "occurred", "duplicate"] | None,
        Show("Closing reason", "Needed to close it; avoided: what it would have hit is no longer done"),
    ] = None
    duplicate_of: A[Text, Ref("risk"), Show("Duplicate of", "The risk that says the same, when that closes it")] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the days on which it is closed or escalated now; a complete new risk is open."""
        if values.get("status") == "closed" and not values.get("closed_on"):
            values["closed_on"] = cls.deed_day(values, before, today, "raised_on")
        if values.get("escalated_to", "none") != "none" and not values.get("escalated_on"):
            values["escalated_on"] = cls.deed_day(values, before, today, "raised_on", "escalated_to")
        described = all(values.get(part) for part in ("cause", "event", "consequence"))
        was_complete = before is not None and all(before.get(p) for p in ("cause", "event", "consequence"))
        if described and not was_complete and values.get("status") == "draft":
            values["status"] = "open"
        return values
