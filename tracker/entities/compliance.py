"""Compliance items: assessments and approvals that a pilot must have before real people meet it."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import WHY, Day, Due, Entity, Needed, Text80, Text200
from tracker.entities.laws import Once, OnlyWhile
from tracker.fields import ADDRESS, AHEAD, PAST, TEMPLATE, Column, Moves, Ref, Show, StillAhead


class ComplianceItem(Entity):
    """One assessment or approval of a pilot, such as the DPIA, and how far it is."""

    kind = "compliance"
    noun = "compliance item"
    prefix = "CI"
    lead_field = "item_kind"
    belongs_to = "pilot"
    state_field = "status"
    open_states = ("not_started", "screened", "in_progress", "submitted", "expired", "failed")
    ended_states = ("not_needed", "signed_off")
    due_field = "due"
    let_go = (("status", "not_needed"), ("not_needed_reason", WHY))
    dues = (
        Due("due"),
        Due("review_on", "Review", "review overdue since {day}", (("status", ended_states),)),
    )
    changes_rank = 90
    named_by = "itself and owner"
    laws = (
        Needed("not_needed_reason", "status", ("not_needed",), 5),
        Needed("signed_off_on", "status", ("signed_off",)),
    )
    closings = (
        OnlyWhile("signed_off_on", "status", ("signed_off", "expired")),
        OnlyWhile("signed_off_by", "status", ("signed_off", "expired"), early=True),
        OnlyWhile("not_needed_reason", "status", ("not_needed",)),
    )
    once = (Once(("pilot", "item_kind"), but_not=("expired", "failed")),)
    example = "dpia --pilot P-04 --status in-progress --due 2026-11-20"

    item_kind: A[
        Literal["dpia", "security", "accessibility", "atrs", "equality", "records", "open_source", "cyber_test"],
        TEMPLATE,
        Column("Item", "What has to be assessed or approved"),
    ]
    pilot: A[str, Ref("pilot"), Column("Pilot")]
    status: A[
        Literal["not_needed", "not_started", "screened", "in_progress", "submitted", "signed_off", "expired", "failed"],
        Column("Status"),
    ] = "not_started"
    due: A[Day, AHEAD, Moves("due date"), Column("Due")] = None
    signed_off_on: A[Day, PAST, StillAhead("due"), Column("Signed off on")] = None
    signed_off_by: A[Text80, Show("Signed off by", "The role")] = None
    residual_risk: A[Literal["low", "medium", "high"] | None, Show("Residual risk")] = None
    review_on: A[Day, AHEAD, Column("Review on", "When it must be looked at again")] = None
    not_needed_reason: A[Text200, Show("Why not needed")] = None
    link: A[Text200, ADDRESS, Show("Link", "Where it is kept")] = None
