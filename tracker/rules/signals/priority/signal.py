"""What a ranking of services says to a board.

A place is neither good nor bad, so the level says how far it can be trusted: green when all that has a weight is
recorded, amber when something is missing, grey when too much is. A legal deadline stands apart: amber when it is
soon, red when it has passed; of a live service it is taken as met.
"""

from collections.abc import Sequence
from datetime import date

from tracker.rules.reading import amount, share_text
from tracker.rules.settings import Settings
from tracker.rules.signals.priority.ranked import LIVE, NOT_ENOUGH, RANKED, Inputs, Ranked
from tracker.rules.signals.priority.weights import Span
from tracker.rules.signals.result import GREY, RED, Finding, Signal, is_borderline, level_if, worst
from tracker.rules.when import show_date
from tracker.rules.wording import clause, counted, listed

EDGE = 50.0
AXES = {
    "A": "high impact and feasible",
    "B": "high impact, hard to do",
    "C": "easy to do, low impact",
    "D": "low impact, hard to do",
}


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
    first = clause("High impact and feasible: ", listed(best, 5)) or "No service is surely high on both axes"
    headline = f"{first}. {counted(len(ranked), 'service')} ranked by impact."
    if unranked:
        headline += f" {candidates} without enough data."
    return headline


def _axis(span: Span | None) -> str:
    return span.text() if span else "not recorded"


def _placed(service: Ranked, total: int) -> Finding:
    axes = " or ".join(AXES[letter] for letter in service.quadrant.split(" or "))
    both = f"impact {_axis(service.impact)}, feasibility {_axis(service.feasibility)}"
    sentence = (
        f"{service.name} ({service.ref}) is {service.rank_text()} of {total} by impact ({known_text(service.inputs)}): "
        f"{both}, quadrant {service.quadrant}, {axes}."
    )
    refs = tuple(ref for ref in (service.ref, service.inputs.journey) if ref)
    near = any(is_borderline(span.value, EDGE) for span in (service.impact, service.feasibility) if span)
    level = level_if(bool(service.missing))
    return Finding(f"rank {service.ref}", level, sentence, both, f"{EDGE:.1f}", refs, near)


def known_text(inputs: Inputs) -> str:
    """Return what is known of a service, in words: ``3,293 citizen hours and 90,480 a year, 31 % fail``."""
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
    sentence = f"{service.name} ({service.ref}) is not ranked: {listed(service.missing)} not recorded."
    return Finding(f"rank {service.ref}", GREY, sentence, records=(service.ref,))


def _deadline(service: Ranked, due: date, day: date, soon: int) -> Finding:
    days = (due - day).days
    level, when = level_if(days <= soon), "is today"
    if days > 0:
        when = f"is in {counted(days, 'day')}"
    elif days < 0:
        level, when = RED, f"passed {counted(-days, 'day')} ago"
    sentence = f"{service.name} ({service.ref}): the legal deadline of {show_date(due)} {when}."
    texts = counted(days, "day").replace("-", "−"), counted(soon, "day")
    return Finding(f"deadline {service.ref}", level, sentence, *texts, (service.ref,), is_borderline(days, soon))
