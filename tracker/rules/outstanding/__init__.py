"""Days by which something is to be done that only other records, or settings, tell; by register.

The rules of a register are a function called like its kind, loaded when such a record is looked at: lists of one
register do not wait for the rules of all.
"""

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module

from tracker.entities import Entity
from tracker.entities.base import Due
from tracker.rules.day import Day

Open = Iterator[tuple[Due, date]]

# The module here that holds the rule of a register.
MODULES = {
    "risk": "risks",
    "pilot": "pilots",
    "confidence": "reports",
    "board": "boards",
    "metric": "metrics",
    "criterion": "gates",
    "need": "training",
}


def worked_out(evidence: Day, record: Entity) -> Open:
    """Yield what of a record is due by a day that only other records, or settings, tell."""
    if record.kind in MODULES:
        module = import_module(f"tracker.rules.outstanding.{MODULES[record.kind]}")
        rule: Callable[[Day, Entity], Open] = getattr(module, record.kind)
        yield from rule(evidence, record)


def by_rule(record: Entity) -> Due:
    """Return which of the days of a record is worked out here."""
    return next(due for due in record.dues if due.by_rule)
