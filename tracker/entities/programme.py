"""The programme that a file is about."""

from typing import Annotated as A

from tracker.entities.base import Day, Entity, Name, Order, Person, RatingScale, Text, Text400
from tracker.fields import AHEAD, BEGINS, MONTH_DAY, PUBLIC, TOLD, Between, Column, Length, Pattern, Show


class Programme(Entity):
    """The programme that the file is about; there is one in each file."""

    kind = "programme"
    prefix = "PRG"
    digits = 2
    lead_field = "name"
    shared = True
    changes_rank = 10
    published = True
    laws = (Order("start", "end"),)
    example = '"Simpler Services 2026–28" --sponsor-body "Northmere Borough Council"'

    name: A[Name, PUBLIC, Column("Name", "What the programme is called")]
    sponsor_body: A[Text, Length(120), PUBLIC, TOLD, Column("Sponsor", "The organisation it belongs to")] = None
    purpose: A[Text400, PUBLIC, Show("Purpose", "What it is for, in plain words", lines=4)] = None
    board_name: A[Name, PUBLIC, TOLD, Show("Board", "What its governance board is called")] = "Programme board"
    start: A[Day, BEGINS, PUBLIC, Column("Start")] = None
    end: A[Day, AHEAD, PUBLIC, Column("End")] = None
    sro: A[Person, Show("SRO", "The senior responsible owner")] = None
    chair: A[Person, Show("Chair", "Who chairs the board")] = None
    secretary: A[Person, Show("Secretary", "Who prepares the board's papers")] = None
    currency: A[
        str,
        Pattern("[A-Z][A-Z][A-Z]", "three capital letters such as GBP"),
        Show("Currency", "ISO 4217 code"),
    ] = "GBP"
    financial_year_start: A[
        str, MONTH_DAY, Pattern("[0-1][0-9]-[0-3][0-9]", "month and day such as 04-01"), Show("Financial year starts")
    ] = "04-01"
    rating_scale: A[RatingScale, Show("Rating scale", "On which ratings are given from now on")] = "rag3"
    board_interval_days: A[int, Between(7, 365), Show("Days between boards")] = 35
    suppression_threshold: A[int, Between(5, 20), Show("Suppression threshold", "Smaller counts are not published")] = (
        10
    )
    staleness_days: A[
        int, Between(1, 365), Show("Stale after days", "A pilot without an update for longer is called stale")
    ] = 21
    languages: A[str, Length(40, 2), Show("Languages", "Language codes, such as en, cy")] = "en"
    classification_label: A[Text, Length(40), Show("Classification", "Printed on papers, such as OFFICIAL")] = None
