"""Members of a body, each for a term."""

from typing import Annotated as A

from tracker.entities.base import Day, Entity, Name, Order
from tracker.entities.laws import Once
from tracker.fields import FIRM, Column, Ref, Show


class Member(Entity):
    """Somebody who belongs to a body, for a time, with or without a vote."""

    kind = "member"
    noun = "board member"
    prefix = "BM"
    lead_field = "person"
    name_field = "role"
    belongs_to = "body"
    offices = ("person",)
    term = ("serves_from", "serves_until")
    detail = True
    listed = "last"
    laws = (Order("serves_from", "serves_until"),)
    once = (Once(("body", "person"), certain=False),)
    example = '"Data lead" --body BD-01 --role Chair'

    person: A[str, FIRM, Ref("person"), Column("Person")]
    body: A[str, Ref("body"), Column("Body")]
    role: A[Name, Column("Role", "On the body")] = "Member"
    votes: A[bool, Column("Votes", "Counts towards the quorum; secretaries, observers and advisers do not")] = True
    serves_from: A[Day, Show("Serves from", "The first day of the term")] = None
    serves_until: A[Day, Column("Serves until", "The last day of the term")] = None
