"""Training needs: who must be able to do what before a pilot goes live."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Day, Due, Entity, Name
from tracker.entities.laws import Once
from tracker.fields import AHEAD, BACK, FIRM, TEMPLATE, UNTOLD, Between, Column, Ref, Show


class TrainingNeed(Entity):
    """A group of staff, by role, that a pilot changes the work of, and how many they are."""

    kind = "need"
    noun = "training need"
    prefix = "TN"
    lead_field = "role_group"
    belongs_to = "pilot"
    listed = "last"
    changes_rank = 135
    counted_when_new = True
    once = (Once(("pilot", "role_group", "required_level")),)
    dues = (Due("needed_by", "", "", by_rule=True),)
    example = '"Front-line counter staff" --pilot P-04 --headcount 18 --required-level user'

    role_group: A[Name, TEMPLATE, Column("Role group", "The role, never names")]
    pilot: A[str, Ref("pilot"), Column("Pilot")]
    headcount: A[int, FIRM, Between(1, 100_000), TEMPLATE, Column("Headcount", "People in the group")]
    needed_by: A[Day, AHEAD, Column("Needed by", "The pilot's go-live when empty")] = None
    required_level: A[Literal["awareness", "user", "expert", "trainer"], TEMPLATE, Column("Level")] = "user"
    mandatory: A[bool, TEMPLATE, Column("Mandatory")] = True
    source_date: A[Day, BACK, UNTOLD, Show("Counted on", "When the headcount was taken")] = None
