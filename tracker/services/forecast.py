"""The forecast history of a pilot: what the journal holds of its dates and costs, and nothing beside it."""

from datetime import date
from typing import Any, NamedTuple

from tracker.storage.journal.history import of_record, standing
from tracker.storage.store import Store

FIELDS = ("forecast_end", "decision_due", "first_real_user_on", "baseline_end", "forecast_cost")


class ForecastChange(NamedTuple):
    """One step: the day it was recorded (None: outside the program), field, old and new value, why, and who.

    ``old`` and ``new`` are dates, or minor units for ``forecast_cost``; ``old`` is None for the first value.
    """

    day: date | None
    field: str
    old: Any
    new: Any
    reason: str | None
    who: str


def forecast_history(store: Store, uid: str) -> list[ForecastChange]:
    """Return each step of a pilot's forecasts, the oldest first; steps that were undone are left out."""
    found: list[ForecastChange] = []
    for change in standing(of_record(store, uid)):
        if change.kind != "pilot" or not change.known:
            continue
        if change.field == "*":
            steps = [(name, None, (change.new or {}).get(name)) for name in FIELDS]
        else:
            steps = [(change.field, change.old, change.new)] if change.field in FIELDS else []
        found += [
            ForecastChange(change.day, name, old, new, change.reason, change.who)
            for name, old, new in steps
            if old is not None or new is not None
        ]
    return found
