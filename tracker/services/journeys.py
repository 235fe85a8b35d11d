"""Journeys with their steps, read for the map; and the ranking of the services they go through."""

from datetime import date
from typing import NamedTuple

from tracker.entities import Journey, JourneyStep, Service
from tracker.rules.day import Day
from tracker.rules.journeys.journey import Comparison, compare, counterpart, in_order
from tracker.rules.signals.priority.ranking import Ranking, rank
from tracker.services.evidence import position
from tracker.services.settings import read_settings
from tracker.storage import Store, link, record, records

FOR_RANKING = (Service, Journey, JourneyStep)


class Mapped(NamedTuple):
    """A journey, the ref and name of its service, its steps in order, and what it was compared with, if anything."""

    journey: Journey
    service: str
    steps: list[JourneyStep]
    comparison: Comparison | None


def mapped(store: Store, uid: str, against: str | None = None) -> Mapped | None:
    """Return what the map of a journey shows; None when it is not there, or was removed.

    ``against`` is the uid of the journey to compare it with; without it, the one that fits is taken.
    """
    journey = record(store, Journey, uid)
    if journey is None or journey.deleted_at is not None:
        return None
    if against:
        other = record(store, Journey, against)
    else:
        other = counterpart(journey, records(store, Journey, service=journey.service), lambda of: steps_of(store, of))
    steps = steps_of(store, uid)
    comparison = None
    if other is not None:
        comparison = compare(journey, steps, other, steps_of(store, other.uid))
    return Mapped(journey, str(link(store, "service", journey.service) or ""), steps, comparison)


def steps_of(store: Store, journey: str) -> list[JourneyStep]:
    """Return the steps of a journey (a uid), in order."""
    return in_order(records(store, JourneyStep, journey=journey))


def ranking(store: Store, day: date) -> Ranking:
    """Return the services as they rank at the end of a day; only what is needed for it is read."""
    with position(store, day) as past:
        return rank(Day(day, {register.kind: records(past, register) for register in FOR_RANKING}, read_settings(past)))
