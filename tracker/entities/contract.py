"""Contracts: what is bought from whom, until when, and how one gets out of it."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Name, Number, Order, Person, Pilot, Text, Text80, Text200, Text400
from tracker.fields import AHEAD, BEGINS, MONEY, PUBLIC, REASONED, Between, Column, Moves, Ref, Show


class Contract(Entity):
    """An agreement with a supplier: its value, its term, its clauses, and what it was made from."""

    kind = "contract"
    prefix = "CT"
    lead_field = "title"
    on_request = True
    belongs_to = "pilot"
    raised_by_others = True
    owner_field = "owner"
    state_field = "status"
    open_states = ("planned", "tender", "active")
    ended_states = ("ended", "terminated")
    due_field = "ends_on"
    let_go = (("status", "terminated"),)
    changes_rank = 148
    introduced_by = "ends_on"
    late_words = "end {day} has passed, and it is still open"
    published = True
    public_states = ("active", "ended", "terminated")
    own_table = True
    laws = (Order("starts_on", "ends_on"), Order("ends_on", "extends_to"))
    example = '"Forms platform" --supplier SU-001 --value 120000 --ends-on 2027-03-31'

    title: A[Name, PUBLIC, Column("Title")]
    supplier: A[Text, Ref("supplier"), PUBLIC, Column("Supplier")] = None
    status: A[Literal["planned", "tender", "active", "ended", "terminated"], PUBLIC, Column("Status")] = "active"
    pilot: A[Pilot, Column("Pilot", "Which cannot go on without it")] = None
    owner: A[Person, Show("Owner", "Who manages it")] = None
    value: A[Number, MONEY, PUBLIC, Column("Value", "Over its whole term")] = None
    starts_on: A[Day, BEGINS, PUBLIC, Show("Starts")] = None
    ends_on: A[Day, AHEAD, REASONED, PUBLIC, Moves("end"), Column("Ends", "A change needs a reason")] = None
    extends_to: A[Day, AHEAD, Show("Extends to", "The latest end, with all its options")] = None
    extensions: A[Text200, Show("Extension options", "How often, for how long, and who may ask", lines=2)] = None
    notice_days: A[Number, Between(0, 730), Show("Notice", "Days before the end by which notice must be given")] = None
    open_standards: A[
        bool | None, Show("Open standards", "Whether a clause asks for open standards and interfaces")
    ] = None
    exit_clause: A[bool | None, Show("Exit clause", "Whether a clause says how data and code are handed back")] = None
    template_reused: A[Text80, Show("Template reused", "The contract or template that it was made from")] = None
    reusable: A[bool, Show("Reusable by others", "Other bodies may use its terms")] = False
    tender_method: A[Literal["open", "selective", "limited", "direct"] | None, Show("Tender")] = None
    scope: A[Text400, Show("Scope", "What is bought", lines=3)] = None
