"""Standards, interfaces and shared components that services use."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Name, Text, Text80, Text200
from tracker.fields import ADDRESS, PUBLIC, TOLD, Column, Length, Show


class Standard(Entity):
    """A data standard, an interface, a shared platform or a pattern in the organisation's catalogue."""

    kind = "standard"
    prefix = "ST"
    digits = 2
    lead_field = "name"
    shared = True
    published = True
    changes_rank = 146
    counted_when_new = True
    example = '"Shared address" --kind data-standard --maintainer "Data team" --status mandated'

    name: A[Name, PUBLIC, Column("Name")]
    standard_kind: A[
        Literal["data_standard", "api_standard", "shared_platform", "design_pattern"],
        PUBLIC,
        Column("Kind"),
    ]
    maintainer: A[Text80, PUBLIC, TOLD, Column("Maintained by")] = None
    version: A[Text, Length(20), PUBLIC, TOLD, Column("Version")] = None
    status: A[Literal["recommended", "mandated", "deprecated"], PUBLIC, Column("Status")] = "recommended"
    url: A[Text200, ADDRESS, PUBLIC, Show("Address", "Where it is described")] = None
