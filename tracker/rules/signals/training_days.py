"""The training of one pilot: its coverage, its sessions, who is booked, and how many of those booked come."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from tracker.entities.attendance import Attendance
from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import Pilot
from tracker.entities.session import TrainingSession
from tracker.rules.day import Day
from tracker.rules.kept import once
from tracker.rules.training import Coverage, coverage, group_key

PLANNED, HELD = "planned", "held"


class ShowRate(NamedTuple):
    """Of those booked on sessions held lately, so many were present; ``assumed`` when too few bookings tell it."""

    percent: float
    present: int
    booked: int
    assumed: bool


def pilot_coverage(evidence: Day, pilot: Pilot) -> Coverage:
    """Return the training coverage of one pilot."""
    sessions = evidence.of(TrainingSession, "pilot", pilot.uid)
    counts = [count for one in sessions for count in evidence.of(Attendance, "session", one.uid)]
    needs = evidence.of(TrainingNeed, "pilot", pilot.uid)
    return coverage([pilot], needs, sessions, counts, evidence.settings, evidence.date)


def held_sessions(evidence: Day, pilot: Pilot) -> list[Any]:
    """Return the sessions of a pilot that were held by the day."""
    some = evidence.of(TrainingSession, "pilot", pilot.uid)
    return [one for one in some if one.status == HELD and one.starts_on <= evidence.date]


def planned_sessions(evidence: Day, pilot: Pilot) -> list[Any]:
    """Return the sessions of a pilot that are planned for the day or later."""
    some = evidence.of(TrainingSession, "pilot", pilot.uid)
    return [one for one in some if one.status == PLANNED and one.starts_on >= evidence.date]


def unsaid_sessions(evidence: Day, pilot: Pilot) -> list[Any]:
    """Return the sessions of a pilot whose day has passed without a word on whether they were held."""
    some = evidence.of(TrainingSession, "pilot", pilot.uid)
    return [one for one in some if one.status == PLANNED and one.starts_on < evidence.date]


def first_session(evidence: Day, pilot: Pilot) -> Any | None:
    """Return the earliest session of a pilot that was held, or is still planned; None when there is none."""
    some = held_sessions(evidence, pilot) + planned_sessions(evidence, pilot)
    return min(some, key=lambda one: (one.starts_on, one.ref), default=None)


def booked_by_group(evidence: Day, pilot: Pilot, until: date | None = None) -> dict[str, int]:
    """Return how many are booked on planned sessions (up to a day, when given), by group_key of the role group."""
    found: dict[str, int] = {}
    for session in planned_sessions(evidence, pilot):
        if until is None or session.starts_on <= until:
            for count in evidence.of(Attendance, "session", session.uid):
                key = group_key(count.role_group)
                found[key] = found.get(key, 0) + (count.booked or 0)
    return found


@once
def show_rate(evidence: Day) -> ShowRate:
    """Return how many of those booked came, over the whole programme's last days.

    Only counts that hold both figures tell it. With too few bookings a default is assumed.
    """
    settings = evidence.settings
    since = evidence.date - timedelta(settings.show_rate_days)
    booked = present = 0
    for session in evidence.all(TrainingSession):
        if session.status != HELD or not since <= session.starts_on <= evidence.date:
            continue
        for count in evidence.of(Attendance, "session", session.uid):
            if count.booked is not None and count.present is not None:
                booked += count.booked
                present += min(count.present, count.booked)
    if booked < settings.show_rate_bookings:
        return ShowRate(float(settings.show_rate_default), present, booked, True)
    return ShowRate(100 * present / booked, present, booked, False)
