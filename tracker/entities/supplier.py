"""Suppliers: who works for the programme, what was checked of them and when, and which policies they keep."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Due, Entity, Name, Text, Text80, Text200, Text400
from tracker.entities.laws import Once
from tracker.fields import AHEAD, PAST, PUBLIC, TOLD, Column, Length, Moves, Show


class Supplier(Entity):
    """An organisation that supplies the programme, or may."""

    kind = "supplier"
    prefix = "SU"
    lead_field = "name"
    on_request = True
    shared = True
    role_field = "contact_role"
    state_field = "status"
    open_states = ("candidate", "active")
    ended_states = ("former",)
    open_word = "current"
    dues = (Due("check_by", "Check", "check overdue since {day}"),)
    changes_rank = 149
    introduced_by = "status"
    published = True
    public_states = ("active", "former")
    own_table = True
    once = (Once(("name",)),)
    example = '"Brindle Forms Ltd" --checks identity,finances --checked-on 2026-09-14'

    name: A[Name, PUBLIC, TOLD, Column("Name")]
    status: A[Literal["candidate", "active", "former"], Column("Status")] = "active"
    identifier: A[Text, Length(60), PUBLIC, Show("Number", "In a register of companies or charities")] = None
    size: A[
        Literal["sme", "large", "voluntary", "public_body"] | None,
        PUBLIC,
        Column("Size", "Small or medium (SME), large, voluntary, or a public body"),
    ] = None
    shared_list: A[bool, Column("Shared list", "Whether it is on the supplier list that bodies share")] = False
    checks: A[
        tuple[Literal["identity", "finances", "references", "insurance", "security", "interests"], ...],
        Show("Checks", "What was checked; interests: conflicts of interest"),
    ] = ()
    checked_on: A[Day, PAST, Column("Checked on", "When it was last checked")] = None
    check_by: A[Day, AHEAD, Moves("check"), Column("Check by", "When it must be checked again")] = None
    policies: A[
        tuple[Literal["security", "data_protection", "accessibility", "equality", "conduct", "continuity"], ...],
        Show("Policies", "Which of its policies were seen"),
    ] = ()
    policies_seen_on: A[Day, PAST, Show("Policies seen on")] = None
    contact_role: A[Text80, Show("Contact", "A role, not a name")] = None
    address: A[Text200, Show("Address", "Where it is reached")] = None
    performance: A[Text400, Show("Performance", "How it delivered; never published", lines=3)] = None
