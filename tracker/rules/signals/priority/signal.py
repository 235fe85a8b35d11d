"""What a ranking of services says to a board.

A place is neither good nor bad, so the level tells how far it can be trusted: green when all that weighs is
recorded, amber when something is missing, grey when too much is. A legal deadline stands apart: amber when it is
soon, red when it has passed; of a live service it is taken as met.
"""

from collections.abc import Sequence
from datetime import date

from tracker.rules.reading import amount, share_text
from tracker.rules.settings import Settings
from tracker.rules.signals.priority.ranked import LIVE, NOT_ENOUGH, RANKED, Inputs, Ranked
from tracker.rules.signals.priority.weights import Span
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, Finding, Signal, is_borderline, worst
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

EDGE = 50.0
AXES = {
    "A": "high impact and feasible",
    "B": "high impact, hard to do",
    "C": "easy to do, low impact",
    "D": "low impact, hard to do",
}


def priority_signal(services: Sequence[Ranked], day: date, settings: Settings) -> Signal:
    """Return the signal about ranked services, in the order given; grey when none can be ranked."""
    ranked = [service for service in services if service.state == RANKED]
    findings = [_placed(service, len(ranked)) for service in ranked]
    findings += [_not_placed(service) for service in services if service.state == NOT_ENOUGH]
    findings += [_deadline(service, day, settings) for service in services if _has_deadline(service)]
    missing = [
        f"{service.ref} {service.name}: {listed(service.missing)} not recorded."
        for service in services
        if service.missing and service.state != LIVE
    ]
    if not ranked:
        missing = missing or ["No service is a candidate or in a pilot."]
    level = worst(finding.level for finding in findings) if ranked else GREY
    return Signal(
        "priority", "Service prioritisation", level, tuple(findings), tuple(missing), _headline(ranked, services)
    )


def _headline(ranked: list[Ranked], services: Sequence[Ranked]) -> str:
    waiting = sum(service.state == NOT_ENOUGH for service in services)
    if not ranked:
        return (
            f"No service can be ranked: {counted(waiting, 'candidate')}, none with enough data."
            if waiting
            else ("There is no candidate service to rank.")
        )
    first = [f"{service.name} ({service.ref}), {service.rank_text()}" for service in ranked if service.quadrant == "A"]
    told = f"High impact and feasible: {listed(first, 5)}." if first else "No service is surely high on both axes."
    left = f" {counted(waiting, 'candidate')} without enough data." if waiting else ""
    return f"{told} {counted(len(ranked), 'service')} ranked by impact.{left}"


def _axis(span: Span | None) -> str:
    return span.text() if span else "not recorded"


def _placed(service: Ranked, total: int) -> Finding:
    axes = " or ".join(AXES[letter] for letter in service.quadrant.split(" or "))
    both = f"impact {_axis(service.impact)}, feasibility {_axis(service.feasibility)}"
    sentence = (
        f"{service.name} ({service.ref}) is {service.rank_text()} of {total} by impact ({known_text(service.inputs)}): "
        f"{both}, quadrant {service.quadrant}, {axes}."
    )
    values = [span.value for span in (service.impact, service.feasibility) if span]
    return Finding(
        f"rank {service.ref}",
        AMBER if service.missing else GREEN,
        sentence,
        both,
        f"{EDGE:.1f}",
        tuple(ref for ref in (service.ref, service.inputs.journey) if ref),
        any(is_borderline(value, EDGE) for value in values),
    )


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
    lacking = listed(service.missing)
    sentence = f"{service.name} ({service.ref}) is not ranked: {lacking} not recorded."
    return Finding(f"rank {service.ref}", GREY, sentence, records=(service.ref,))


def _has_deadline(service: Ranked) -> bool:
    return service.legal_deadline is not None and service.state != LIVE


def _deadline(service: Ranked, day: date, settings: Settings) -> Finding:
    due = service.legal_deadline or day
    soon, left = settings.soon_days, (due - day).days
    level = RED if left < 0 else AMBER if left <= soon else GREEN
    when = (
        f"passed {counted(-left, 'day')} ago"
        if left < 0
        else "is today"
        if not left
        else f"is in {counted(left, 'day')}"
    )
    sentence = f"{service.name} ({service.ref}): the legal deadline of {show_date(due)} {when}."
    return Finding(
        f"deadline {service.ref}",
        level,
        sentence,
        counted(left, "day").replace("-", "−"),
        counted(soon, "day"),
        (service.ref,),
        is_borderline(left, soon),
    )
