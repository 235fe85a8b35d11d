"""How much of what a gate asked was evidenced, and how much of the evidence came in its last days."""

from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities.criterion import GateCriterion
from tracker.entities.gate import Gate
from tracker.entities.pilot import STAGES_WITH_USERS, Pilot
from tracker.rules.day import Day
from tracker.rules.gates import LETS_THROUGH, settled
from tracker.rules.signals.judging import is_past

SATURDAY = 5


class Share(NamedTuple):
    """So many of so many criteria of a gate; ``refs`` are the ones the rule is about."""

    gate: Gate
    part: int
    whole: int
    refs: tuple[str, ...]


def gates_to_users(evidence: Day, pilot: Pilot) -> list[Gate]:
    """Return the gates that let a pilot to real users and those after it, if passed (green or amber); oldest first.

    That is a gate that opens private beta or a later phase, or one that opens no phase and was held from go-live on.
    Of two gates for the same phase the newer one counts: a gate can be held again.
    """
    found: dict[str, Gate] = {}
    for gate in sorted(evidence.of(Gate, "pilot", pilot.uid), key=lambda one: one.held_on or date.max):
        if not is_past(gate.held_on, evidence.date):
            continue
        if gate.outcome in LETS_THROUGH and _is_later(gate, gate.held_on, pilot.first_real_user_on):
            found.pop(gate.opens_phase or gate.uid, None)
            found[gate.opens_phase or gate.uid] = gate
    return list(found.values())


def _is_later(gate: Gate, held_on: date, go_live: date | None) -> bool:
    if gate.opens_phase is not None:
        return gate.opens_phase in STAGES_WITH_USERS
    return go_live is not None and held_on >= go_live


def mandatory_evidenced(evidence: Day, gate: Gate) -> Share:
    """Return how many mandatory criteria are met with evidence or do not apply; ``refs`` are those that are not.

    The day on which the evidence was added does not count here: of a gate entered afterwards it says nothing.
    """
    asked = [one for one in evidence.of(GateCriterion, "gate", gate.uid) if one.mandatory]
    open_ones = tuple(one.ref for one in asked if not settled(one))
    return Share(gate, len(asked) - len(open_ones), len(asked), open_ones)


def added_late(evidence: Day, gate: Gate, days: int) -> Share:
    """Return how many pieces of a gate's evidence came in its last working days, of all that came by then.

    A piece is the evidence of one criterion, mandatory or not, with the day on which it was added; one without a day,
    or added after the gate, is left out.
    """
    if gate.held_on is None:
        return Share(gate, 0, 0, ())
    first = last_working_days(gate.held_on, days)
    pieces = [
        (criterion.ref, criterion.evidence_added_on)
        for criterion in evidence.of(GateCriterion, "gate", gate.uid)
        if criterion.evidence and is_past(criterion.evidence_added_on, gate.held_on)
    ]
    late = tuple(ref for ref, added_on in pieces if added_on >= first)
    return Share(gate, len(late), len(pieces), late)


def last_working_days(day: date, days: int) -> date:
    """Return the first of the last working days up to and including a day; ``days`` is 1 or more.

    Saturday and Sunday are no working days: the last two up to a Friday are Thursday and Friday, and up to a Monday
    they are Friday and Monday (with the weekend between them).
    """
    left = days
    while True:
        left -= day.weekday() < SATURDAY
        if not left:
            return day
        day -= timedelta(1)
