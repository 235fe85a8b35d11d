"""Service prioritisation: which service to take next, by impact and by feasibility, never by one number.

The candidates are the services whose lifecycle is candidate or in pilot: the choices a programme still has. Live
ones are listed with what is known of them, but not ranked; retired ones are left out.

**Impact**, 0 to 100, is the mean of five inputs, each put between the lowest (0) and the highest (1) of the ranked
services, weighted by the settings: log10 of the citizens' hours a year, the failure rate, log10 of the cost a year,
manual hand-offs, vulnerability. Where all are the same, each counts as a half. Less than one hour, or one pound,
a year counts as one, so that zero has a place on the scale. Hours are transactions a year × the citizen's minutes
of the service, else those of its newest journey as it is, when that has a step of a citizen's; hand-offs likewise.

**Feasibility**, 0 to 100, is readiness and data readiness, 1 to 5 each, weighted by the settings.

**What is missing** is never taken for zero. With fewer than three of the inputs (of those whose weight is above
zero) a service is not ranked. With three or more its impact is that of what is known, and its low and its high
are what it would be with the missing inputs at the lowest and at the highest.

**The range of ranks** is the best and the worst place by impact, with those lows and highs, under the 31 sets of
weights of ``weights.shifted``: the weights themselves, each a quarter up or down, and each pair with one a quarter
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
from tracker.rules.signals.priority.ranked import LIVE, NOT_ENOUGH, RANKED, Inputs, Ranked
from tracker.rules.signals.priority.signal import priority_signal
from tracker.rules.signals.priority.weights import Place, Span, places, scaled, span
from tracker.rules.signals.result import Signal

CANDIDATES = ("candidate", "in_pilot")
NEEDED = 3  # inputs of impact; with fewer, a rank would rest on what is not known
HIGH = 50.0  # the edge of the quadrants
QUADRANTS = {(True, True): "A", (True, False): "B", (False, True): "C", (False, False): "D"}
ORDER = (RANKED, NOT_ENOUGH, LIVE)
UNITS = {"hours": 1, "cost": 100}  # of the inputs that are compared by their order of magnitude: an hour, a pound


class Ranking(NamedTuple):
    """The services in the order in which to look at them, the signal about them, and the shift of weights in %."""

    services: tuple[Ranked, ...]
    signal: Signal
    shift: int


def rank(evidence: Day) -> Ranking:
    """Return the ranked services (quadrant A first, then by impact), those without enough data, and the live ones."""
    settings = evidence.settings
    weights = _weights(settings)
    services = [service for service in evidence.all(Service) if service.lifecycle != "retired"]
    inputs = {service.uid: _inputs(evidence, service) for service in services}
    candidates = [service.uid for service in services if service.lifecycle in CANDIDATES]
    enough = [uid for uid in candidates if _is_enough(inputs[uid], weights)]
    columns = [scaled([_compared(inputs[uid], name) for uid in enough]) for name in weights]
    options = [dict(zip(weights, row, strict=True)) for row in zip(*columns, strict=True)]
    placed = places(options, weights, settings.weight_shift / 100)
    impacts = {uid: (span(option, weights), place) for uid, option, place in zip(enough, options, placed, strict=True)}
    ranked = [
        _ranked(settings, service, inputs[service.uid], *impacts.get(service.uid, (None, None))) for service in services
    ]
    ranked.sort(key=lambda service: (ORDER.index(service.state), service.quadrant, service.rank or 0, service.ref))
    return Ranking(tuple(ranked), priority_signal(ranked, evidence.date, settings), settings.weight_shift)


def _weights(settings: Settings) -> dict[str, float]:
    """Return the weights of impact above zero; an input without a weight is not asked for."""
    return _above_zero(
        hours=settings.weight_hours,
        failure=settings.weight_failure,
        cost=settings.weight_cost,
        handoffs=settings.weight_handoffs,
        vulnerability=settings.weight_vulnerability,
    )


def _feasibility_weights(settings: Settings) -> dict[str, float]:
    return _above_zero(readiness=settings.weight_readiness, data=settings.weight_data)


def _above_zero(**weights: float) -> dict[str, float]:
    return {name: float(weight) for name, weight in weights.items() if weight > 0}


def _inputs(evidence: Day, service: Service) -> Inputs:
    minutes, handoffs, volume = service.citizen_minutes, service.manual_handoffs, service.annual_volume
    journey = newest(evidence.of(Journey, "service", service.uid), "as_is")
    source = ""
    if journey is not None:
        steps = evidence.of(JourneyStep, "journey", journey.uid)
        measured = measures(steps)
        if minutes is None and any(step.actor == "citizen" for step in steps):
            minutes, source = measured.citizen, journey.ref
        if handoffs is None and steps:
            handoffs, source = measured.handoffs, journey.ref
    hours = _product(volume, minutes)
    return Inputs(
        volume=volume,
        minutes=minutes,
        hours=hours / 60 if hours is not None else None,
        failure=service.failure_rate,
        cost=_product(volume, service.cost_per_transaction),
        handoffs=handoffs,
        vulnerability=service.vulnerability,
        journey=source,
    )


def _product(volume: int | None, each: int | None) -> int | None:
    return volume * each if volume is not None and each is not None else None


def _is_enough(inputs: Inputs, weights: dict[str, float]) -> bool:
    known = sum(getattr(inputs, name) is not None for name in weights)
    return 0 < min(NEEDED, len(weights)) <= known


def _compared(inputs: Inputs, name: str) -> float | None:
    """Return an input as services are compared by it: hours and money by their order of magnitude."""
    value: float | None = getattr(inputs, name)
    if value is None or name not in UNITS:
        return value
    return log10(max(value / UNITS[name], 1))


def _feasibility(service: Service, settings: Settings) -> Span | None:
    marks = {"readiness": service.readiness, "data": service.data_readiness}
    scores = {name: mark if mark is None else (mark - 1) / 4 for name, mark in marks.items()}
    return span(scores, _feasibility_weights(settings))


def _quadrant(impact: Span, feasibility: Span | None) -> str:
    _, low, high = feasibility or (0.0, 0.0, 100.0)
    corners = product((impact.low, impact.high), (low, high))
    return " or ".join(sorted({QUADRANTS[effect >= HIGH, ease >= HIGH] for effect, ease in corners}))


def _ranked(settings: Settings, service: Service, inputs: Inputs, impact: Span | None, place: Place | None) -> Ranked:
    feasibility = _feasibility(service, settings)
    state, quadrant = LIVE, ""
    if service.lifecycle in CANDIDATES:
        state = NOT_ENOUGH
    if impact is not None:
        state, quadrant = RANKED, _quadrant(impact, feasibility)
    rank, best, last = place or (None, None, None)
    return Ranked(
        uid=service.uid,
        ref=service.ref,
        name=service.name,
        state=state,
        inputs=inputs,
        impact=impact,
        feasibility=feasibility,
        quadrant=quadrant,
        rank=rank,
        best=best,
        last=last,
        legal_deadline=service.legal_deadline,
        missing=tuple(_missing(settings, service, inputs)),
    )


def _missing(settings: Settings, service: Service, inputs: Inputs) -> list[str]:
    """Return in words what is not recorded, of all that has a weight."""
    weights = {**_weights(settings), **_feasibility_weights(settings)}
    facts = [
        ("transactions a year", inputs.volume, ("hours", "cost")),
        ("citizen's time", inputs.minutes, ("hours",)),
        ("failure rate", inputs.failure, ("failure",)),
        ("cost per transaction", service.cost_per_transaction, ("cost",)),
        ("manual hand-offs", inputs.handoffs, ("handoffs",)),
        ("vulnerability", inputs.vulnerability, ("vulnerability",)),
        ("readiness", service.readiness, ("readiness",)),
        ("data readiness", service.data_readiness, ("data",)),
    ]
    return [label for label, value, uses in facts if value is None and any(use in weights for use in uses)]
