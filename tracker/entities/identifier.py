"""What other systems call a record."""

from typing import Annotated as A

from tracker.entities.base import Entity, Text
from tracker.entities.tied import About, AboutKind
from tracker.fields import ADDRESS, KEY, Column, Length, Show


class Identifier(Entity):
    """The number or name under which another system keeps a record, and where it is there."""

    kind = "identifier"
    prefix = "ID"
    lead_field = "code"
    hidden = True
    printed = False

    about: About
    about_kind: AboutKind
    source: A[str, Length(80, 1), Column("Source", "The system or file that uses it")]
    code: A[str, Length(120, 1), KEY, Column("Identifier", "As the source writes it")]
    url: A[Text, Length(200), ADDRESS, Show("Address", "Where it is in the source")] = None
