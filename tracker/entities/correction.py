"""Corrections of what a board was shown or of approved minutes: listed, never made in place."""

from datetime import date
from typing import Annotated as A

from tracker.entities.base import Entity
from tracker.fields import PAST, PUBLIC, TODAY, Length, Ref, Show


class BoardCorrection(Entity):
    """Something that was wrong in a frozen pack or in approved minutes, and what is right."""

    kind = "correction"
    prefix = "CO"
    lead_field = "text"
    listed = "last"
    date_field = "corrected_on"
    changes_rank = 150
    append_only = True
    example = '"The forecast of P-02 should read 29 Jan 2027" --board B-01'

    text: A[str, Length(5, 400), PUBLIC, Show("Correction", "What was wrong, and what is right", column=True, lines=3)]
    board: A[str, Ref("board"), PUBLIC, Show("Board", column=True)]
    corrected_on: A[date, PAST, TODAY, PUBLIC, Show("Corrected on", column=True)]
    item: A[str | None, Ref("item"), PUBLIC, Show("Agenda item")] = None
