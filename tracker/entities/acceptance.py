"""Warnings of the pre-flight list that somebody accepted, with the reason."""

from typing import Annotated as A

from tracker.entities.base import Entity
from tracker.fields import Length, Ref, Show


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

    warning: A[str, Length(1, 80), Show("Warning", "Its id in the check before freezing", column=True)]
    board: A[str, Ref("board"), Show("Board", column=True)]
    because: A[str, Length(5, 300), Show("Because", "Why the paper may go out all the same", column=True, lines=2)]
    told: A[str | None, Length(0, 400), Show("What it said", "The sentence of the warning when it was accepted")] = None
