"""Audits: who looked at what, when, and with which opinion; their findings are records of their own."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Name, Person, Pilot, Text80, Text200, Text400
from tracker.fields import ADDRESS, PAST, Column, Show


class Audit(Entity):
    """An audit or review of the programme or a pilot by somebody who does not work on it."""

    kind = "audit"
    prefix = "AU"
    lead_field = "title"
    on_request = True
    belongs_to = "pilot"
    raised_by_others = True
    owner_field = "owner"
    date_field = "reported_on"
    changes_rank = 145
    late_entry = True
    own_table = True
    example = '"Review of benefits" --kind internal --reported-on 2026-09-02 --opinion limited'

    title: A[Name, Column("Title")]
    audit_kind: A[
        Literal["internal", "external", "privacy", "security", "accessibility", "peer"], Column("Kind", "Of what sort")
    ] = "internal"
    pilot: A[Pilot, Column("Pilot", "Leave empty for one of the programme")] = None
    reported_on: A[Day, PAST, Column("Reported on")] = None
    opinion: A[
        Literal["substantial", "moderate", "limited", "unsatisfactory"] | None, Column("Opinion", "Of the auditors")
    ] = None
    auditor: A[Text80, Show("Auditor", "The body that audited")] = None
    owner: A[Person, Column("Owner", "Who answers to the auditors")] = None
    scope: A[Text400, Show("Scope", "What was looked at", lines=3)] = None
    link: A[Text200, ADDRESS, Show("Link", "Where the report is kept")] = None
