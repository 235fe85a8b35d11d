"""By when groups are to be trained."""

from tracker.entities import Attendance, Pilot, TrainingNeed, TrainingSession
from tracker.fields import latest
from tracker.rules.day import Day
from tracker.rules.outstanding import Open, by_rule
from tracker.rules.training import coverage, group_key


def need(evidence: Day, need: TrainingNeed) -> Open:
    """Yield by when a group is to be trained, until as many are as the programme asks for."""
    if need.needed_by is None:
        return
    sessions = evidence.of(TrainingSession, "pilot", need.pilot)
    (group,) = coverage(
        [pilot for pilot in [evidence.get(Pilot, need.pilot)] if pilot is not None],
        [other for other in evidence.of(TrainingNeed, "pilot", need.pilot) if _same_group(other, need)],
        sessions,
        [count for session in sessions for count in evidence.of(Attendance, "session", session.uid)],
        evidence.settings,
        evidence.date,
    ).groups
    if group.level != "green":
        yield by_rule(need), latest(need.needed_by)


def _same_group(need: TrainingNeed, other: TrainingNeed) -> bool:
    return group_key(need.role_group) == group_key(other.role_group)
