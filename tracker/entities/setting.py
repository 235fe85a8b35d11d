"""Settings of the programme that differ from the defaults."""

from typing import Annotated as A

from tracker.entities.base import Entity, Name
from tracker.fields import Column, Length


class Setting(Entity):
    """A threshold, an appetite or another figure that this programme has set for itself."""

    kind = "setting"
    prefix = "SET"
    lead_field = "name"
    hidden = True
    printed = False

    name: A[Name, Column("Setting")]
    value: A[str, Length(200, 1), Column("Value")]
