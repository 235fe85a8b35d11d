"""Types that several entities share."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.fields import Ref

Person = A[str | None, Ref("person")]
Pilot = A[str | None, Ref("pilot")]
Service = A[str | None, Ref("service")]
Day = date | None
Rating = Literal["green", "amber_green", "amber", "amber_red", "red", "not_rated"]
