"""How far a pilot has come: what the signals may expect of it."""

from datetime import date
from typing import TypeGuard

from tracker.entities.pilot import EARLY_STAGES, Pilot
from tracker.rules.day import Day
from tracker.rules.gates import STAGES


def is_past(when: date | None, day: date) -> TypeGuard[date]:
    """Return whether a day is recorded and has come."""
    return when is not None and when <= day


def has_real_users(evidence: Day, pilot: Pilot) -> bool:
    """Return whether real users use the pilot: its go-live is recorded and has come."""
    return is_past(pilot.first_real_user_on, evidence.date)


def is_stated(evidence: Day, pilot: Pilot) -> bool:
    """Return whether somebody ever said in which phase a pilot is."""
    return pilot.phase is not None or bool(evidence.moves.get((pilot.uid, "phase")))


def stage_of(evidence: Day, pilot: Pilot) -> str:
    """Return how far a pilot has come, ``discovery`` to ``live``; of one that is paused or ended, before that.

    Where that is not known it is private beta with real users, else alpha: what is not known excuses nothing.
    """
    reached = STAGES[: STAGES.index("live") + 1]
    if pilot.phase in reached:
        return str(pilot.phase)
    for move in reversed(evidence.moves.get((pilot.uid, "phase"), [])):
        if move.old in reached:
            return str(move.old)
    return "private_beta" if has_real_users(evidence, pilot) else "alpha"


def too_early(evidence: Day, pilot: Pilot) -> bool:
    """Return whether a pilot is in discovery or alpha, which somebody said, and has no real users yet."""
    early = is_stated(evidence, pilot) and stage_of(evidence, pilot) in EARLY_STAGES
    return early and not has_real_users(evidence, pilot)
