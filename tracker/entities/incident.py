"""Incidents: what failed, from when until when, who was told, and what was learned."""

from datetime import date
from typing import Annotated as A
from typing import Literal

from tracker.entities.base import (
    Day,
    Entity,
    Name,
    Needed,
    Number,
    Order,
    Person,
    Pilot,
    Service,
    Text,
    Text200,
    Text400,
)
from tracker.entities.laws import OnlyWhile
from tracker.entities.states import dated_by_state
from tracker.fields import (
    CLOCK,
    FIRM,
    MINUTES,
    PAST,
    TODAY,
    Between,
    Column,
    Pattern,
    Show,
    Value,
    Values,
    earliest,
    latest,
)

TIME = Pattern("[0-2][0-9]:[0-5][0-9]", "hours and minutes such as 09:30")


class Incident(Entity):
    """Something that failed in use: when it was noticed, restored and resolved, and what is done differently since."""

    kind = "incident"
    prefix = "INC"
    lead_field = "title"
    on_request = True
    belongs_to = "pilot"
    raised_by_others = True
    owner_field = "owner"
    date_field = "detected_on"
    state_field = "status"
    open_states = ("open", "restored")
    ended_states = ("resolved",)
    let_go = (("status", "resolved"),)
    changes_rank = 41
    late_entry = True
    introduced_by = "severity"
    own_table = True
    laws = (
        Order("detected_on", "restored_on"),
        Order("restored_on", "resolved_on"),
        Order("detected_on", "resolved_on"),
        Needed("restored_on", "status", ("restored",)),
        Needed("resolved_on", "status", ("resolved",)),
    )
    closings = (
        OnlyWhile("restored_on", "status", ("restored", "resolved")),
        OnlyWhile("resolved_on", "status", ("resolved",)),
    )
    example = '"Renewals could not be paid" --pilot P-01 --severity major --detected-at 09:20'

    title: A[Name, Column("Title")]
    severity: A[Literal["minor", "major", "critical"], Column("Severity")] = "minor"
    status: A[
        Literal["open", "restored", "resolved"],
        Column("Status", "Restored: it works again; resolved: and its cause is gone"),
    ] = "open"
    pilot: A[Pilot, Column("Pilot")] = None
    service: A[Service, Show("Service")] = None
    owner: A[Person, Column("Owner")] = None
    detected_on: A[date, FIRM, PAST, TODAY, Column("Detected on")]
    detected_at: A[Text, CLOCK, TIME, Show("Detected at", "The time of day")] = None
    restored_on: A[Day, PAST, Show("Restored on", "When it worked again")] = None
    restored_at: A[Text, CLOCK, TIME, Show("Restored at")] = None
    resolved_on: A[Day, PAST, Column("Resolved on", "When its cause was gone")] = None
    stated_duration: A[
        Number, MINUTES, Between(0, 1_000_000), Show("Stated duration", "As it was reported, beside what the times say")
    ] = None
    users_affected: A[Number, Between(0), Show("Users affected")] = None
    personal_data: A[Literal["no", "suspected", "confirmed"], Show("Personal data")] = "no"
    summary: A[Text400, Show("Summary", "What happened, and to whom; no names", lines=3)] = None
    cause: A[Text400, Show("Cause", lines=2)] = None
    informed: A[Text200, Show("Who was informed", "Roles and bodies, such as the regulator")] = None
    informed_on: A[Day, PAST, Show("Informed on")] = None
    lessons: A[Text400, Show("Lessons", "What is done differently since", lines=3)] = None

    @classmethod
    def lasted(cls, values: Values) -> int | None:
        """Return the minutes from when it was detected until it was restored; None where a day or time is not known."""
        minutes = []
        for part in ("detected", "restored"):
            day, time = values.get(f"{part}_on"), values.get(f"{part}_at")
            if not isinstance(day, date) or not isinstance(time, str) or earliest(day) != latest(day):
                return None
            hour, minute = map(int, time.split(":"))
            minutes.append((day.toordinal() * 24 + hour) * 60 + minute)
        return minutes[1] - minutes[0]

    @classmethod
    def completed(cls, values: dict[str, Value], before: Values | None, today: date) -> dict[str, Value]:
        """Return the values with the days on which it is restored or resolved now."""
        return dated_by_state(
            cls, values, before, today, "detected_on", {"restored": "restored_on", "resolved": "resolved_on"}
        )
