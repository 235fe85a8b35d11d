"""What is to be decided of a pilot next: one rule for papers and for the overview."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.entities import Decision, Gate, Pilot

ORDER = (Decision.kind, Pilot.kind, Gate.kind)  # which goes first on one day


class Coming(NamedTuple):
    """A day on which something is to be decided of a pilot, and the record that says so.

    A decision that is sought, the pilot itself, or a gate that was not held.
    """

    day: date
    kind: str
    uid: str


def next_decision(coming: Iterable[Coming]) -> Coming | None:
    """Return what is decided first; None where nothing is to be."""
    return min(coming, key=lambda entry: (entry.day, ORDER.index(entry.kind)), default=None)


def of_decision(decision: Decision) -> Coming | None:
    """Return when a decision is to be taken; None of one that is not sought, or by no day."""
    if decision.status != "sought" or not decision.needed_by:
        return None
    return Coming(decision.needed_by, decision.kind, decision.uid)


def of_gate(gate: Gate) -> Coming | None:
    """Return when a gate is to be held; None of one that was held, or is not planned."""
    if gate.outcome != "pending" or not gate.planned_on:
        return None
    return Coming(gate.planned_on, gate.kind, gate.uid)


def of_pilot(pilot: Pilot) -> Coming | None:
    """Return the day of decision that a pilot names itself; None of one with an outcome, or without such a day."""
    if pilot.outcome != "none" or not pilot.decision_due:
        return None
    return Coming(pilot.decision_due, pilot.kind, pilot.uid)
