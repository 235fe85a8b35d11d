"""Journeys with their steps, read for the map; and the ranking of the services they go through."""

from datetime import date
from typing import Any, NamedTuple

from tracker.rules.day import Day
from tracker.rules.journeys.journey import Comparison, compare, counterpart, in_order
from tracker.rules.signals.priority.ranking import Ranking, rank
from tracker.services.evidence import position
from tracker.services.settings import read_settings
from tracker.storage import Condition, Query, Store, link, record, records

FOR_RANKING = ("service", "journey", "step")


class Mapped(NamedTuple):
    """A journey, the ref and name of its service, its steps in order, and what it was compared with, if anything."""

    journey: Any
    service: str
    steps: list[Any]
    comparison: Comparison | None


def mapped(store: Store, uid: str, against: str | None = None) -> Mapped | None:
    """Return what the map of a journey shows; None when it is not there, or was removed.

    ``against`` is the uid of the journey to compare it with; without it, the one that fits is taken.
    """
    journey: Any = record(store, "journey", uid)
    if journey is None or journey.deleted_at is not None:
        return None
    conditions = [Condition("service", "=", journey.service)]
    compared_with: Any
    if against:
        compared_with = record(store, "journey", against)
    else:
        candidates: list[Any] = records(store, Query("journey", tuple(conditions)))
        compared_with = counterpart(journey, candidates, lambda of: steps_of(store, of))
    steps = steps_of(store, uid)
    comparison = (
        compare(journey, steps, compared_with, steps_of(store, compared_with.uid))
        if compared_with is not None
        else None
    )
    return Mapped(journey, str(link(store, "service", journey.service) or ""), steps, comparison)


def steps_of(store: Store, journey: str) -> list[Any]:
    """Return the steps of a journey (a uid), in order."""
    steps: list[Any] = records(store, Query("step", (Condition("journey", "=", journey),)))
    return in_order(steps)


def ranking(store: Store, day: date) -> Ranking:
    """Return the services as they rank at the end of a day; only what is needed for it is read."""
    with position(store, day) as past:
        all_records = {kind: records(past, Query(kind)) for kind in FOR_RANKING}
        return rank(Day(day, all_records, read_settings(past)))
