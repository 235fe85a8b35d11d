"""Days on which nobody works although they are of Monday to Friday."""

from datetime import date
from typing import Annotated as A

from tracker.entities.base import Entity, Name, Text
from tracker.entities.laws import Once
from tracker.fields import FIRM, PUBLIC, Column, Length


class Holiday(Entity):
    """A day of Monday to Friday on which nobody works: a bank holiday, or one on which the organisation is closed."""

    kind = "holiday"
    prefix = "HD"
    lead_field = "name"
    date_field = "falls_on"
    listed = "last"
    once = (Once(("falls_on",)),)
    example = '"Boxing Day" --falls-on 2026-12-28'

    name: A[Name, PUBLIC, Column("Name")]
    falls_on: A[date, FIRM, PUBLIC, Column("Day")]
    calendar: A[Text, Length(40), Column("Calendar", "The country, or its part, it was taken from, such as GB-ENG")] = (
        None
    )
