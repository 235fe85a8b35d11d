"""Small wins: changes for the better that somebody noticed."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Name, Needed, Number, Person, Pilot, Service, Text80, Text200, Text300
from tracker.fields import KNOWN, PAST, PUBLIC, TODAY, Column, Show


class Win(Entity):
    """A change for the better, however small, that somebody can point at."""

    kind = "win"
    prefix = "W"
    lead_field = "title"
    belongs_to = "pilot"
    raised_by_others = True
    listed = "first"
    date_field = "event_date"
    changes_rank = 140
    late_entry = True
    published = True
    laws = (Needed("evidence_note", "evidence", ("link", "metric", "quote_paraphrase")),)
    example = '"Counter staff removed one re-keyed field" --pilot P-01 --date yesterday'

    title: A[Name, PUBLIC, Column("Title", "What got better, in a line")]
    event_date: A[date, KNOWN, PAST, TODAY, PUBLIC, Column("Date", "When it happened")]
    pilot: A[Pilot, PUBLIC, Column("Pilot")] = None
    service: A[Service, Show("Service")] = None
    what_changed: A[Text300, PUBLIC, Show("What changed", lines=3)] = None
    who_benefits: A[
        Literal["citizens", "front_line", "back_office", "taxpayers", "partners"] | None,
        PUBLIC,
        Column("Who benefits"),
    ] = None
    size: A[Literal["one_off", "weekly", "monthly", "every_transaction"] | None, Show("How often")] = None
    estimate_value: A[Number, Show("Estimate", "A whole number of the unit below")] = None
    estimate_unit: A[Literal["minutes", "seconds", "pounds", "contacts", "errors", "other"] | None, Show("Unit")] = None
    estimate_basis: A[Text200, Show("Basis", "How the estimate was made")] = None
    evidence: A[Literal["link", "metric", "quote_paraphrase", "none"], Column("Evidence")] = "none"
    evidence_note: A[Text300, Show("Evidence note", "The link, the metric or the paraphrase", lines=2)] = None
    verified_by: A[Person, Column("Verified by", "Somebody other than the author")] = None
    credit: A[Text80, Show("Credit", "A team or a role")] = None
    publishable: A[bool, Show("Publishable", "May be shown outside the organisation")] = False
