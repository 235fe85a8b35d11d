"""Corrections of what a board was shown or of approved minutes: listed, never made in place."""

from datetime import date
from typing import Annotated as A

from tracker.entities.base import Entity, Text
from tracker.fields import FIRM, PAST, PUBLIC, TODAY, Column, Length, Ref, Show


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

    text: A[str, Length(400, 5), PUBLIC, Column("Correction", "What was wrong, and what is right", lines=3)]
    board: A[str, Ref("board"), PUBLIC, Column("Board")]
    corrected_on: A[date, FIRM, PAST, TODAY, PUBLIC, Column("Corrected on")]
    item: A[Text, Ref("item"), PUBLIC, Show("Agenda item")] = None
