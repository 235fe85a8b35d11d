"""Training needs: who must be able to do what before a pilot goes live."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Entity
from tracker.fields import TEMPLATE, Between, Length, Ref, Show


class TrainingNeed(Entity):
    """A group of staff, by role, that a pilot changes the work of, and how many they are."""

    kind = "need"
    noun = "training need"
    prefix = "TN"
    lead_field = "role_group"
    belongs_to = "pilot"
    listed = "last"
    example = '"Front-line counter staff" --pilot P-04 --headcount 18 --required-level user'

    role_group: A[str, Length(1, 80), TEMPLATE, Show("Role group", "The role, never names", column=True)]
    pilot: A[str, Ref("pilot"), Show("Pilot", column=True)]
    headcount: A[int, Between(1, 100_000), TEMPLATE, Show("Headcount", "People in the group", column=True)]
    needed_by: A[Day, Show("Needed by", "The pilot's go-live when empty", column=True)] = None
    required_level: A[Literal["awareness", "user", "expert", "trainer"], TEMPLATE, Show("Level", column=True)] = "user"
    mandatory: A[bool, TEMPLATE, Show("Mandatory", column=True)] = True
    source_date: A[Day, Show("Counted on", "When the headcount was taken")] = None
