"""People who work on or decide for the programme."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity
from tracker.fields import PERSONAL, Length, Show


class Person(Entity):
    """Somebody who works on or decides for the programme. Citizens are never recorded here."""

    kind = "person"
    plural = "people"
    prefix = "PER"
    lead_field = "display_name"
    shared = True
    printed = False
    example = '"Data lead" --role-title "Lead data architect" --team Data'

    display_name: A[
        str,
        Length(1, 80),
        PERSONAL,
        Show("Name", "A role such as “Delivery lead, Parking” serves as well as a name", column=True),
    ]
    role_title: A[
        str | None, Length(0, 80), Show("Role", "What they do; it stays when they are erased", column=True)
    ] = None
    organisation: A[str | None, Length(0, 80), Show("Organisation")] = None
    team: A[str | None, Length(0, 80), Show("Team", column=True)] = None
    type: A[Literal["staff", "contractor", "supplier", "board_member", "external"], Show("Type", column=True)] = "staff"
    email: A[str | None, Length(0, 120), PERSONAL, Show("Email")] = None
    login: A[
        str | None,
        Length(0, 80),
        PERSONAL,
        Show("Login", "Their account name on this computer, by which their changes are known"),
    ] = None
    active: A[bool, Show("Active", "Still works with the programme", column=True)] = True
    publish_name: A[bool, Show("Publish name", "Only the SRO, the chair, or with consent")] = False
    left_on: A[Day, Show("Left on")] = None
