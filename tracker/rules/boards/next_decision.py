"""What is to be decided of a pilot next: one rule for papers and for the overview."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tracker.entities import Decision, Entity, Gate, Pilot
from tracker.fields import latest

ORDER = (Decision.kind, Pilot.kind, Gate.kind)  # which goes first on one day


class Coming(NamedTuple):
    """A day on which something is to be decided of a pilot, and the record that says so.

    A decision that was not taken, the pilot itself, or a gate that was not held.
    """

    day: date
    kind: str
    uid: str


def next_decision(coming: Iterable[Coming]) -> Coming | None:
    """Return what is decided first; None where nothing is to be."""
    return min(coming, key=lambda entry: (latest(entry.day), ORDER.index(entry.kind)), default=None)


def decided_by(record: Entity, today: date) -> Iterator[Coming]:
    """Yield by when something is to be decided that a record tells of, by the rule of what is late."""
    for due, _ in record.outstanding(today):
        if due.decides:
            yield Coming(getattr(record, due.field), record.kind, record.uid)
