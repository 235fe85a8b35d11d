"""What is said of a field beside its value: why there is none, how exact a day is, where a figure comes from."""

from typing import Annotated as A
from typing import Literal

from tracker.entities.base import Entity, Text
from tracker.entities.tied import About, AboutKind
from tracker.fields import Column, Length, Show


class FieldState(Entity):
    """Why a field holds nothing, in whose words, how exact its value is, and its source; one for a field."""

    kind = "field_state"
    prefix = "FS"
    lead_field = "field"
    hidden = True
    printed = False

    about: About
    about_kind: AboutKind
    field: A[str, Length(80, 1), Column("Field", "Its name in the register")]
    state: A[
        Literal["given", "missing", "withheld", "not_yet_known", "not_applicable"],
        Column("State", "Whether there is a value, and if not, what kind of nothing that is"),
    ] = "given"
    words: A[Text, Length(400), Column("Words", "As it was put, or why", lines=3)] = None
    precision: A[
        Literal[
            "day",
            "month",
            "quarter",
            "year",
            "financial_year",
            "financial_q1",
            "financial_q2",
            "financial_q3",
            "financial_q4",
        ]
        | None,
        Column("Exact to", "What of a date is known (day: a rule worked it out); a financial quarter says which"),
    ] = None
    source: A[Text, Length(200), Show("Source", "Where the value comes from", lines=2)] = None
