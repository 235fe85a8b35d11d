"""What is asked of all registers at once, known without loading their classes.

To load every class takes as long as a short command otherwise takes.
"""

from typing import NamedTuple

from tracker.entities import ENTITIES, Entity, entity, owners


class Outline(NamedTuple):
    """What a register is in a few words.

    ``name_field`` holds the names of its records (empty where they are no texts of their own). Where its records are
    updates of a pilot, ``news`` are the fields whose change is one: dates, figures, states, links and the status note,
    not wording; ``belongs_to`` is then the reference that leads to the pilot, empty for pilots themselves.
    """

    name_field: str
    belongs_to: str = ""
    news: tuple[str, ...] = ()


def outline_of(register: type[Entity]) -> Outline:
    """Return the outline of a register as its class has it."""
    lead = register.fields()[register.name_field]
    name = lead.name if lead.kind == "text" else ""
    telling = register.kind == "pilot" or (
        "pilot" in (owner.kind for owner in owners(register)) and not register.raised_by_others
    )
    if not telling:
        return Outline(name)
    news = (
        field.name
        for field in register.stored()
        if (field.kind not in ("text", "list") and field.name != "visibility") or field.name == "status_note"
    )
    return Outline(name, register.belongs_to, tuple(news))


def outlines() -> dict[str, Outline]:
    """Return the outlines of the registers that people see, by kind, in the order people meet them."""
    outlines: dict[str, Outline] = {}
    for kind in ENTITIES:
        if kind in OUTLINES:
            outlines[kind] = OUTLINES[kind]
        elif kind not in HIDDEN and not entity(kind).hidden:
            outlines[kind] = outline_of(entity(kind))
    return outlines


# What follows is made from the classes by tests/documents.py.
HIDDEN = (
    "setting",
    "note",
    "identifier",
    "field_state",
)
OUTLINES = {
    "programme": Outline("name"),
    "person": Outline("display_name"),
    "service": Outline("name"),
    "journey": Outline("name"),
    "step": Outline("title"),
    "pilot": Outline(
        "name",
        "",
        (
            "phase",
            "forecast_end",
            "decision_due",
            "delivery_lead",
            "product_owner",
            "service",
            "status_note",
            "team_size",
            "phase_started",
            "planned_start",
            "start",
            "first_real_user_on",
            "baseline_end",
            "actual_end",
            "min_observation_days",
            "budget",
            "forecast_cost",
            "spend_to_date",
            "spend_as_of",
            "exit_cost",
            "replace_supplier_weeks",
            "code_ownership",
            "personal_data",
            "algorithmic_tool",
            "users_tested",
            "outcome",
        ),
    ),
    "confidence": Outline(
        "",
        "pilot",
        (
            "pilot",
            "rating",
            "as_of",
            "rating_kind",
            "dimension",
            "by",
            "review_by",
            "evidence_signal",
            "supersedes",
            "rating_scale",
        ),
    ),
    "iteration": Outline(
        "goal",
        "pilot",
        (
            "pilot",
            "number",
            "start",
            "end",
            "goal_result",
            "released_to",
            "release_on",
            "users_researched",
            "show_and_tell",
            "show_and_tell_attendees",
            "needs_retraining",
            "changes_from_feedback",
        ),
    ),
    "metric": Outline(
        "name",
        "pilot",
        (
            "metric_kind",
            "pilot",
            "service",
            "better",
            "kpi_code",
            "target",
            "target_on",
            "band_from",
            "band_to",
            "min_worthwhile_change",
            "periods",
            "frequency",
            "owner",
        ),
    ),
    "measurement": Outline(
        "",
        "metric",
        (
            "metric",
            "phase",
            "period_start",
            "period_end",
            "cohort",
            "status",
            "numerator",
            "denominator",
            "mean",
            "sd",
            "n",
            "total",
            "units",
            "events",
            "exposure",
            "value",
            "count_1",
            "count_2",
            "count_3",
            "count_4",
            "count_5",
            "online_share",
            "revises",
        ),
    ),
    "gate": Outline(
        "name",
        "pilot",
        (
            "pilot",
            "gate_kind",
            "opens_phase",
            "planned_on",
            "held_on",
            "outcome",
            "chair",
        ),
    ),
    "criterion": Outline(
        "text",
        "gate",
        (
            "gate",
            "mandatory",
            "result",
            "evidence_added_on",
            "assessor",
        ),
    ),
    "condition": Outline(
        "text",
        "gate",
        (
            "gate",
            "owner",
            "due",
            "closed_on",
        ),
    ),
    "compliance": Outline(
        "",
        "pilot",
        (
            "item_kind",
            "pilot",
            "status",
            "due",
            "signed_off_on",
            "residual_risk",
            "review_on",
        ),
    ),
    "need": Outline(
        "role_group",
        "pilot",
        (
            "pilot",
            "headcount",
            "needed_by",
            "required_level",
            "mandatory",
            "source_date",
        ),
    ),
    "session": Outline(
        "title",
        "pilot",
        (
            "pilot",
            "starts_on",
            "status",
            "mode",
            "duration_minutes",
            "capacity",
            "cost",
        ),
    ),
    "attendance": Outline(
        "role_group",
        "session",
        (
            "session",
            "booked",
            "present",
            "passed",
        ),
    ),
    "evaluation": Outline(
        "",
        "session",
        (
            "level",
            "session",
            "pilot",
            "measured_on",
            "n",
            "mean_score",
            "scale_max",
            "pre_mean",
            "post_mean",
            "passed_n",
            "metric",
        ),
    ),
    "risk": Outline(
        "title",
        "pilot",
        (
            "status",
            "category",
            "owner",
            "pilot",
            "service",
            "risk_kind",
            "raised_on",
            "proximity",
            "response",
            "next_review_on",
            "escalated_to",
            "escalated_on",
            "closed_on",
            "closing_reason",
            "duplicate_of",
        ),
    ),
    "assessment": Outline(
        "",
        "risk",
        (
            "risk",
            "assessed_on",
            "likelihood",
            "impact",
            "target_likelihood",
            "target_impact",
            "inherent_likelihood",
            "inherent_impact",
            "certainty",
        ),
    ),
    "issue": Outline("title"),
    "win": Outline("title"),
    "feedback": Outline("summary"),
    "body": Outline("name"),
    "member": Outline("role"),
    "holiday": Outline("name"),
    "board": Outline("title"),
    "snapshot": Outline("frozen_at"),
    "decision": Outline("title"),
    "item": Outline("title"),
    "attendee": Outline("role"),
    "correction": Outline("text"),
    "acceptance": Outline("warning"),
    "action": Outline("text"),
    "standard": Outline("name"),
    "integration": Outline("name"),
    "milestone": Outline(
        "name",
        "pilot",
        (
            "pilot",
            "owner",
            "status",
            "baseline_on",
            "forecast_on",
            "actual_on",
        ),
    ),
    "benefit": Outline(
        "title",
        "pilot",
        (
            "benefit_kind",
            "status",
            "pilot",
            "owner",
            "metric",
            "dis_benefit",
            "baseline",
        ),
    ),
    "figure": Outline(
        "",
        "benefit",
        (
            "benefit",
            "year",
            "target",
            "forecast",
            "realised",
        ),
    ),
    "supplier": Outline("name"),
    "contract": Outline("title"),
    "stakeholder": Outline("name"),
    "audit": Outline("title"),
    "finding": Outline("finding"),
    "incident": Outline("title"),
    "assumption": Outline("text"),
    "dependency": Outline("text"),
}
