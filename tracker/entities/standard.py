"""Standards, interfaces and shared components that services use."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity
from tracker.fields import PUBLIC, Length, Show


class Standard(Entity):
    """A data standard, an interface, a shared platform or a pattern in the organisation's catalogue."""

    kind = "standard"
    prefix = "ST"
    digits = 2
    lead_field = "name"
    shared = True
    published = True
    example = '"Shared address" --kind data-standard --maintainer "Data team" --status mandated'

    name: A[str, Length(1, 80), PUBLIC, Show("Name", column=True)]
    standard_kind: A[
        Literal["data_standard", "api_standard", "shared_platform", "design_pattern"],
        PUBLIC,
        Show("Kind", column=True),
    ]
    maintainer: A[str | None, Length(0, 80), PUBLIC, Show("Maintained by", column=True)] = None
    version: A[str | None, Length(0, 20), PUBLIC, Show("Version", column=True)] = None
    status: A[Literal["recommended", "mandated", "deprecated"], PUBLIC, Show("Status", column=True)] = "recommended"
    url: A[str | None, Length(0, 200), PUBLIC, Show("Address", "Where it is described")] = None
