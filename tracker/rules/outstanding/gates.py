"""By when criteria of gates are to be settled."""

from tracker.entities import Gate, GateCriterion
from tracker.fields import latest
from tracker.rules.day import Day
from tracker.rules.gates import settled
from tracker.rules.outstanding import Open, by_rule


def criterion(evidence: Day, criterion: GateCriterion) -> Open:
    """Yield the day of its gate for a mandatory criterion that is not settled, while the gate was not held."""
    gate = evidence.get(Gate, criterion.gate)
    if gate is not None and gate.is_open and gate.planned_on and criterion.mandatory and not settled(criterion):
        yield by_rule(criterion), latest(gate.planned_on)
