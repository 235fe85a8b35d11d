"""The training of one pilot: its coverage, its sessions, who is booked, and how many of those booked come."""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from tracker.entities import Attendance, Pilot, TrainingNeed, TrainingSession
from tracker.rules.cached import cached_by_day
from tracker.rules.day import Day
from tracker.rules.settings import Settings
from tracker.rules.signals.result import figure_texts
from tracker.rules.training import Coverage, coverage, group_key
from tracker.text import natural_order

PLANNED = "planned"
HELD = "held"


class ShowRate(NamedTuple):
    """Of those booked on sessions held lately, so many were present; ``assumed`` when there are too few bookings."""

    percent: Fraction
    present: int
    booked: int
    assumed: bool


def pilot_coverage(evidence: Day, pilot: Pilot) -> Coverage:
    """Return the training coverage of one pilot."""
    sessions = evidence.of_pilot(TrainingSession, pilot)
    counts = [count for session in sessions for count in evidence.of(Attendance, "session", session.uid)]
    needs = evidence.of_pilot(TrainingNeed, pilot)
    return coverage([pilot], needs, sessions, counts, evidence.settings, evidence.date)


def _sessions(evidence: Day, pilot: Pilot, status: str) -> list[TrainingSession]:
    sessions = evidence.of_pilot(TrainingSession, pilot)
    return [session for session in sessions if session.status == status]


def held_sessions(evidence: Day, pilot: Pilot) -> list[TrainingSession]:
    """Return the sessions of a pilot that were held by the day."""
    return [session for session in _sessions(evidence, pilot, HELD) if session.starts_on <= evidence.date]


def planned_sessions(evidence: Day, pilot: Pilot) -> list[TrainingSession]:
    """Return the sessions of a pilot that are planned for the day or later."""
    return [session for session in _sessions(evidence, pilot, PLANNED) if session.starts_on >= evidence.date]


def unreported_sessions(evidence: Day, pilot: Pilot) -> list[TrainingSession]:
    """Return the sessions of a pilot whose day has passed without a word on whether they were held."""
    return [session for session in _sessions(evidence, pilot, PLANNED) if session.starts_on < evidence.date]


def first_session(evidence: Day, pilot: Pilot) -> TrainingSession | None:
    """Return the earliest session of a pilot that was held, or is still planned; None when there is none."""
    sessions = held_sessions(evidence, pilot) + planned_sessions(evidence, pilot)
    return min(sessions, key=lambda session: (session.starts_on, natural_order(session.ref)), default=None)


def booked_by_group(evidence: Day, pilot: Pilot, until: date = date.max) -> dict[str, int]:
    """Return how many are booked on planned sessions up to a day, by group_key of the role group."""
    booked: dict[str, int] = {}
    for session in planned_sessions(evidence, pilot):
        if session.starts_on <= until:
            for count in evidence.of(Attendance, "session", session.uid):
                key = group_key(count.role_group)
                booked[key] = booked.get(key, 0) + (count.booked or 0)
    return booked


@cached_by_day
def show_rate(evidence: Day) -> ShowRate:
    """Return how many of those booked came, over the whole programme's last days.

    Only counts that hold both figures are used. With too few bookings a default is assumed.
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
        return ShowRate(Fraction(settings.show_rate_default), present, booked, True)
    return ShowRate(Fraction(100 * present, booked), present, booked, False)


def show_rate_texts(settings: Settings, rate: ShowRate) -> tuple[str, ...]:
    """Return a rate in per cent and the least that is enough, as they are to be read."""
    return figure_texts(rate.percent, settings.show_rate_low)
