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

**What it says to a board.** A place is neither good nor bad, so the level says how far it can be trusted: green when
all that has a weight is recorded, amber when something is missing, grey when too much is. A legal deadline stands
apart: amber when it is soon, red when it has passed; of a live service it is taken as met.
"""

from collections.abc import Sequence
from datetime import date
from itertools import product
from math import log10
from typing import NamedTuple

from tracker.entities import Journey, JourneyStep, Service
from tracker.rules.day import Day
from tracker.rules.journeys.journey import measures, newest
from tracker.rules.reading import amount, share_text
from tracker.rules.settings import Settings
from tracker.rules.signals.priority.ranked import LIVE, NOT_ENOUGH, RANKED, Inputs, Ranked
from tracker.rules.signals.priority.weights import Place, Span, places, scaled, span
from tracker.rules.signals.result import GREY, RED, Finding, Signal, is_borderline, level_if, worst
from tracker.rules.wording import counted, listed, optional, show_date
from tracker.text import natural_order

CANDIDATES = ("candidate", "in_pilot")
NEEDED = 3  # inputs of impact; with fewer, a rank would rest on what is not known
HIGH = 50.0  # the edge of the quadrants
AXES = {
    "A": "high impact and feasible",
    "B": "high impact, hard to do",
    "C": "easy to do, low impact",
    "D": "low impact, hard to do",
}
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
        _with_lacking(
            evidence,
            _ranked(settings, service, inputs[service.uid], *impacts.get(service.uid, (None, None))),
            service,
        )
        for service in services
    ]
    ranked.sort(
        key=lambda service: (
            ORDER.index(service.state),
            service.quadrant,
            service.rank or 0,
            natural_order(service.ref),
        )
    )
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
    minutes = service.citizen_minutes
    handoffs = service.manual_handoffs
    volume = service.annual_volume
    journey = newest(evidence.of(Journey, "service", service.uid), "as_is")
    source = ""
    if journey is not None:
        steps = evidence.of(JourneyStep, "journey", journey.uid)
        measured = measures(steps)
        if minutes is None and any(step.actor == "citizen" for step in steps):
            minutes = measured.citizen
            source = journey.ref
        if handoffs is None and steps:
            handoffs = measured.handoffs
            source = journey.ref
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


def _product(volume: int | None, factor: int | None) -> int | None:
    return volume * factor if volume is not None and factor is not None else None


def _is_enough(inputs: Inputs, weights: dict[str, float]) -> bool:
    recorded = sum(getattr(inputs, name) is not None for name in weights)
    return 0 < min(NEEDED, len(weights)) <= recorded


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
    state = LIVE
    quadrant = ""
    if service.lifecycle in CANDIDATES:
        state = NOT_ENOUGH
    if impact is not None:
        state = RANKED
        quadrant = _quadrant(impact, feasibility)
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
    )


def _with_lacking(evidence: Day, ranked: Ranked, service: Service) -> Ranked:
    """Fill in what there is no figure of, by whether somebody said why."""
    gaps = _lacking(evidence.settings, service, ranked.inputs)
    kinds = [(label, evidence.nothing(service, field)) for label, field in gaps]
    missing = tuple(label for label, nothing in kinds if nothing.kind == "missing")
    answered = tuple(f"{label} {nothing.plain}" for label, nothing in kinds if nothing.kind != "missing")
    return ranked._replace(missing=missing, answered=answered)


def _lacking(settings: Settings, service: Service, inputs: Inputs) -> list[tuple[str, str]]:
    """Return of what there is no figure, in words and as a field of the service, of all that has a weight."""
    weights = {**_weights(settings), **_feasibility_weights(settings)}
    facts = [
        ("transactions a year", "annual_volume", inputs.volume, ("hours", "cost")),
        ("citizen's time", "citizen_minutes", inputs.minutes, ("hours",)),
        ("failure rate", "failure_rate", inputs.failure, ("failure",)),
        ("cost per transaction", "cost_per_transaction", service.cost_per_transaction, ("cost",)),
        ("manual hand-offs", "manual_handoffs", inputs.handoffs, ("handoffs",)),
        ("vulnerability", "vulnerability", inputs.vulnerability, ("vulnerability",)),
        ("readiness", "readiness", service.readiness, ("readiness",)),
        ("data readiness", "data_readiness", service.data_readiness, ("data",)),
    ]
    return [
        (label, field) for label, field, value, uses in facts if value is None and any(use in weights for use in uses)
    ]


def priority_signal(services: Sequence[Ranked], day: date, settings: Settings) -> Signal:
    """Return the signal about ranked services, in the order given; grey when none can be ranked."""
    open_services = [service for service in services if service.state != LIVE]
    ranked = [service for service in services if service.state == RANKED]
    findings = [_placed(service, len(ranked)) for service in ranked]
    findings += [_not_placed(service) for service in services if service.state == NOT_ENOUGH]
    level = GREY
    missing = [
        f"{service.ref} {service.name}: {listed(service.missing)} not recorded."
        for service in open_services
        if service.missing
    ]
    findings += [
        _deadline(service, service.legal_deadline, day, settings.soon_days)
        for service in open_services
        if service.legal_deadline is not None
    ]
    if ranked:
        level = worst(finding.level for finding in findings)
    elif not missing:
        missing = ["No service is a candidate or in a pilot."]
    headline = _headline(ranked, services)
    return Signal("priority", "Service prioritisation", level, tuple(findings), tuple(missing), headline)


def _headline(ranked: list[Ranked], services: Sequence[Ranked]) -> str:
    unranked = sum(service.state == NOT_ENOUGH for service in services)
    candidates = counted(unranked, "candidate")
    if not ranked:
        if not unranked:
            return "There is no candidate service to rank."
        return f"No service can be ranked: {candidates}, none with enough data."
    best = [f"{service.name} ({service.ref}), {service.rank_text()}" for service in ranked if service.quadrant == "A"]
    first = optional("High impact and feasible: ", listed(best, 5)) or "No service is surely high on both axes"
    headline = f"{first}. {counted(len(ranked), 'service')} ranked by impact."
    if unranked:
        headline += f" {candidates} without enough data."
    return headline


def _axis(span: Span | None) -> str:
    return span.text() if span else "not recorded"


def _placed(service: Ranked, total: int) -> Finding:
    axes = " or ".join(AXES[letter] for letter in service.quadrant.split(" or "))
    values = f"impact {_axis(service.impact)}, feasibility {_axis(service.feasibility)}"
    sentence = (
        f"{service.name} ({service.ref}) is {service.rank_text()} of {total} by impact ({known_text(service.inputs)}): "
        f"{values}, quadrant {service.quadrant}, {axes}."
    )
    refs = tuple(ref for ref in (service.ref, service.inputs.journey) if ref)
    near = any(is_borderline(span.value, HIGH) for span in (service.impact, service.feasibility) if span)
    level = level_if(bool(service.lacking))
    return Finding(f"rank {service.ref}", level, sentence, values, f"{HIGH:.1f}", refs, near)


def known_text(inputs: Inputs) -> str:
    """Return what is known of a service, in words: ``3,293 citizen hours and 90,480 a year, 31% fail``."""
    parts = []
    if inputs.hours is not None:
        parts.append(f"{inputs.hours:,.0f} citizen hours a year")
    if inputs.cost is not None:
        parts.append(f"cost {amount(inputs.cost)} a year")
    if inputs.failure is not None:
        parts.append(f"{share_text(inputs.failure)} fail")
    if inputs.handoffs is not None:
        parts.append(counted(inputs.handoffs, "manual hand-off"))
    if inputs.vulnerability is not None:
        parts.append(f"vulnerability {inputs.vulnerability} of 5")
    return ", ".join(parts) or "nothing recorded"


def _not_placed(service: Ranked) -> Finding:
    sentence = f"{service.name} ({service.ref}) is not ranked: {service.lacking}."
    return Finding(f"rank {service.ref}", GREY, sentence, records=(service.ref,))


def _deadline(service: Ranked, due: date, day: date, soon: int) -> Finding:
    days = (due - day).days
    level = level_if(days <= soon)
    when = "is today"
    if days > 0:
        when = f"is in {counted(days, 'day')}"
    elif days < 0:
        level = RED
        when = f"passed {counted(-days, 'day')} ago"
    sentence = f"{service.name} ({service.ref}): the legal deadline of {show_date(due)} {when}."
    texts = counted(days, "day").replace("-", "−"), counted(soon, "day")
    return Finding(f"deadline {service.ref}", level, sentence, *texts, (service.ref,), is_borderline(days, soon))
