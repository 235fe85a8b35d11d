"""Types that several entities share."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.fields import Between, Ref

Person = A[str | None, Ref("person")]
Pilot = A[str | None, Ref("pilot")]
Service = A[str | None, Ref("service")]
Day = date | None
Rating = Literal["green", "amber_green", "amber", "amber_red", "red", "not_rated"]

# The scales of risks. Only their ends have names; what lies between is for each programme to say.
SCALE = Between(1, 5)
LIKELIHOODS = ("rare", "almost certain")
IMPACTS = ("minor", "severe")
LIKELIHOOD_HELP = f"Now, with controls: 1 {LIKELIHOODS[0]} to 5 {LIKELIHOODS[1]}"
IMPACT_HELP = f"Now, with controls: 1 {IMPACTS[0]} to 5 {IMPACTS[1]}"
