"""Warnings of the pre-flight list that somebody accepted, with the reason."""

from typing import Annotated as A

from tracker.entities.base import Entity, Name, Text400
from tracker.fields import Column, Length, Ref, Show


class AcceptedWarning(Entity):
    """A warning before freezing that was not mended but accepted, and why."""

    kind = "acceptance"
    noun = "accepted warning"
    prefix = "WA"
    lead_field = "warning"
    listed = "last"
    printed = False
    append_only = True
    example = 'rating.missing.P-08 --board B-01 --because "Discovery began last week"'

    warning: A[Name, Column("Warning", "Its id in the check before freezing")]
    board: A[str, Ref("board"), Column("Board")]
    because: A[str, Length(300, 5), Column("Because", "Why the paper may go out all the same", lines=2)]
    told: A[Text400, Show("What it said", "The sentence of the warning when it was accepted")] = None
