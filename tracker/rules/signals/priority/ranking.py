"""Service prioritisation: which service to take next, by impact and by feasibility, never by one number.

The candidates are the services whose lifecycle is candidate or in pilot: the choices a programme still has. Live
ones are listed with what is known of them, but not ranked; retired ones are left out.

**Impact**, 0 to 100, is the mean of five inputs, each put between the lowest (0) and the highest (1) of the ranked
services, weighted by the settings: log10 of the citizens' hours a year, the failure rate, log10 of the cost a year,
manual hand-offs, vulnerability. Where all are the same, each counts as a half. Less than one hour, or one pound,
a year counts as one, so that nought has a place on the scale. Hours are transactions a year × the citizen's minutes
of the service, else those of its newest journey as it is, when that has a step of a citizen's; hand-offs likewise.

**Feasibility**, 0 to 100, is readiness and data readiness, 1 to 5 each, weighted by the settings.

**What is missing** is never taken for nought. With fewer than three of the inputs (of those whose weight is above
nought) a service is not ranked. With three or more its impact is that of what is known, and its low and its high
are what it would be with the missing inputs at the lowest and at the highest.

**The range of ranks** is the best and the worst place by impact, with those lows and highs, under the 31 sets of
weights of ``weighing.shifted``: the weights themselves, each a quarter up or down, and each pair with one a quarter
down and the other a quarter up (the quarter is a setting). It is the same at every run, and on the ten services of
the reference it gives the places that nine in ten of 2,000 random sets within the quarter do.

**Quadrants** have their edges at 50: A both high, B impact high, C feasibility high, D both low; “A or B” when what
is missing decides. A is listed first, each quadrant by impact.
"""

from itertools import product
from math import log10
from typing import NamedTuple

from tracker.entities.journey import Journey
from tracker.entities.service import Service
from tracker.entities.step import JourneyStep
from tracker.rules.day import Day
from tracker.rules.journeys.journey import measures, newest
from tracker.rules.settings import Settings
from tracker.rules.signals.priority.ranked import INPUTS, LIVE, NOT_ENOUGH, RANKED, Inputs, Ranked
from tracker.rules.signals.priority.signal import priority_signal
from tracker.rules.signals.priority.weights import Place, Span, places, scaled, span
from tracker.rules.signals.result import Signal

CANDIDATES = ("candidate", "in_pilot")
NEEDED = 3  # inputs of impact; with fewer, a rank would rest on what is not known
HIGH = 50.0  # the edge of the quadrants
QUADRANTS = {(True, True): "A", (True, False): "B", (False, True): "C", (False, False): "D"}
ORDER = (RANKED, NOT_ENOUGH, LIVE)


class Ranking(NamedTuple):
    """The services in the order in which to look at them, the signal about them, and the shift of weights in %."""

    services: tuple[Ranked, ...]
    signal: Signal
    shift: int


def rank(evidence: Day) -> Ranking:
    """Return the ranked services (quadrant A first, then by impact), those without enough data, and the live ones."""
    weights = _weights(evidence.settings)
    services = [service for service in evidence.all(Service) if service.lifecycle != "retired"]
    known = {service.uid: _inputs(evidence, service) for service in services}
    enough = [
        service.uid for service in services if service.lifecycle in CANDIDATES and _enough(known[service.uid], weights)
    ]
    columns = [scaled([_compared(known[uid], name) for uid in enough]) for name in weights]
    things = [dict(zip(weights, row, strict=True)) for row in zip(*columns, strict=True)]
    shift = evidence.settings.weight_shift
    placed = places(things, weights, shift / 100)
    impacts = {uid: (span(thing, weights), place) for uid, thing, place in zip(enough, things, placed, strict=True)}
    found = [
        _ranked(evidence.settings, service, known[service.uid], *impacts.get(service.uid, (None, None)))
        for service in services
    ]
    found.sort(key=lambda one: (ORDER.index(one.state), one.quadrant, one.rank or 0, one.ref))
    return Ranking(tuple(found), priority_signal(found, evidence.date, evidence.settings), shift)


def _weights(settings: Settings) -> dict[str, float]:
    """Return the weights above nought; an input that weighs nothing is not asked for."""
    weights = {
        "hours": settings.weight_hours,
        "failure": settings.weight_failure,
        "cost": settings.weight_cost,
        "handoffs": settings.weight_handoffs,
        "vulnerability": settings.weight_vulnerability,
    }
    return {name: float(weights[name]) for name in INPUTS if weights[name] > 0}


def _inputs(evidence: Day, service: Service) -> Inputs:
    journey = newest(evidence.of(Journey, "service", service.uid), "as_is")
    steps = evidence.of(JourneyStep, "journey", journey.uid) if journey is not None else []
    found, used = measures(steps), ""
    minutes, handoffs, volume = service.citizen_minutes, service.manual_handoffs, service.annual_volume
    if journey is not None and minutes is None and any(step.actor == "citizen" for step in steps):
        minutes, used = found.citizen, journey.ref
    if journey is not None and handoffs is None and steps:
        handoffs, used = found.handoffs, journey.ref
    price = service.cost_per_transaction
    return Inputs(
        volume=volume,
        minutes=minutes,
        hours=None if volume is None or minutes is None else volume * minutes / 60,
        failure=service.failure_rate,
        cost=None if volume is None or price is None else volume * price,
        handoffs=handoffs,
        vulnerability=service.vulnerability,
        journey=used,
    )


def _enough(inputs: Inputs, weights: dict[str, float]) -> bool:
    known = sum(getattr(inputs, name) is not None for name in weights)
    return 0 < min(NEEDED, len(weights)) <= known


def _compared(inputs: Inputs, name: str) -> float | None:
    """Return an input as services are compared by it: hours and money by their order of magnitude."""
    value: float | None = getattr(inputs, name)
    if value is None or name not in ("hours", "cost"):
        return value
    return log10(max(value / 100 if name == "cost" else value, 1))


def _feasibility(service: Service, settings: Settings) -> Span | None:
    given = {"readiness": service.readiness, "data": service.data_readiness}
    weights = {"readiness": float(settings.weight_readiness), "data": float(settings.weight_data)}
    weights = {name: weight for name, weight in weights.items() if weight > 0}
    return span({name: None if mark is None else (mark - 1) / 4 for name, mark in given.items()}, weights)


def _quadrant(impact: Span, feasibility: Span | None) -> str:
    able = (feasibility.low, feasibility.high) if feasibility else (0.0, 100.0)
    found = {QUADRANTS[high >= HIGH, easy >= HIGH] for high, easy in product((impact.low, impact.high), able)}
    return " or ".join(sorted(found))


def _ranked(settings: Settings, service: Service, inputs: Inputs, impact: Span | None, place: Place | None) -> Ranked:
    feasibility = _feasibility(service, settings)
    return Ranked(
        uid=service.uid,
        ref=service.ref,
        name=service.name,
        state=RANKED if impact else NOT_ENOUGH if service.lifecycle in CANDIDATES else LIVE,
        inputs=inputs,
        impact=impact,
        feasibility=feasibility,
        quadrant=_quadrant(impact, feasibility) if impact else "",
        rank=place.rank if place else None,
        best=place.best if place else None,
        last=place.last if place else None,
        legal_deadline=service.legal_deadline,
        missing=tuple(_missing(settings, service, inputs)),
    )


def _missing(settings: Settings, service: Service, inputs: Inputs) -> list[str]:
    """Return in words what is not recorded, of all that weighs."""
    weights = _weights(settings)
    asked = [
        ("transactions a year", inputs.volume, "hours" in weights or "cost" in weights),
        ("citizen's time", inputs.minutes, "hours" in weights),
        ("failure rate", inputs.failure, "failure" in weights),
        ("cost per transaction", service.cost_per_transaction, "cost" in weights),
        ("manual hand-offs", inputs.handoffs, "handoffs" in weights),
        ("vulnerability", inputs.vulnerability, "vulnerability" in weights),
        ("readiness", service.readiness, float(settings.weight_readiness) > 0),
        ("data readiness", service.data_readiness, float(settings.weight_data) > 0),
    ]
    return [words for words, value, weighs in asked if weighs and value is None]
