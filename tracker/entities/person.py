"""People who work on or decide for the programme."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity, Name, Text, Text80, ended_word
from tracker.entities.laws import Ending, Once, OnlyWhile
from tracker.fields import FILLED, PERSONAL, Column, Length, Ref, Show, Value, Values


class Person(Entity):
    """Somebody who works on or decides for the programme. Citizens are never recorded here."""

    kind = "person"
    plural = "people"
    prefix = "PER"
    lead_field = "display_name"
    shared = True
    printed = False
    closings = (OnlyWhile("left_on", "active", (False,), early=True),)
    endings = (Ending("active", (False,), "gone"), Ending("left_on", word="gone"))
    once = (Once(("login",)),)
    example = '"Data lead" --role-title "Lead data architect" --team Data'

    display_name: A[
        Name,
        PERSONAL,
        Column("Name", "A role such as “Delivery lead, Parking” serves as well as a name"),
    ]
    role_title: A[Text80, Column("Role", "What they do; it stays when they are erased")] = None
    organisation: A[Text80, Show("Organisation")] = None
    team: A[Text80, Column("Team")] = None
    type: A[Literal["staff", "contractor", "supplier", "board_member", "external"], Column("Type")] = "staff"
    email: A[Text, Length(120), PERSONAL, Show("Email")] = None
    login: A[
        Text80,
        PERSONAL,
        Show("Login", "Their account name on this computer, by which their changes are known"),
    ] = None
    active: A[bool, Column("Active", "Still works with the programme")] = True
    publish_name: A[bool, Show("Publish name", "Only the SRO, the chair, or with consent")] = False
    left_on: A[Day, Show("Left on")] = None
    alias_of: A[Text, Ref("person"), FILLED, Show("The same as", "The record that took this person's place")] = None

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values of somebody whose last day has come as those of somebody who is not active."""
        left_on = values.get("left_on")
        if not isinstance(left_on, date) or left_on > today:
            return values
        returns = before is not None and not before.get("active") and left_on == before.get("left_on")
        if not returns:
            values["active"] = False
        return values

    def has_left(self, day: date) -> bool:
        """Return whether they have left by a day."""
        return bool(ended_word(self, day))
