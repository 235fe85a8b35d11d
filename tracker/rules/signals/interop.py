"""Interoperability and reuse: how many services exchange data, at which level, and what is used in common.

A service in scope (not retired) has the highest of these levels that it reaches:

- 1 documented interface: it says so, or it is a side of an integration in test or in production with a standard;
- 2 interoperable: a side of an integration in production with another organisation or another department;
- 3 governed: one such integration follows a catalogued standard and is monitored.

An integration is in production from its day of going live until the day before it is retired, and only then counts;
planned and tested ones never do. Two services are of other departments only when both departments are recorded and
differ: two unknown ones are not counted as two. Connections are counted once for the same provider, consumer or other
organisation, and standard; once-only items are those of every integration in production. A component is shared when
it is a platform or a pattern that at least two consumers use in production.

There is no threshold for any of this. The level is grey when nothing is recorded that could be counted, amber when
nothing recorded is interoperable, when a live integration is not monitored or when it follows a deprecated standard,
and green otherwise.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.entities import Integration, Service, Standard
from tracker.rules.day import Day
from tracker.rules.signals.result import AMBER, GREEN, GREY, Finding, Signal, level_if, refs_of, worst
from tracker.rules.signals.stage import is_past
from tracker.rules.wording import are, counted, folded, listed, optional, verb

LEVELS = ("none", "documented interface", "interoperable", "governed")
INTEROPERABLE = 2
GOVERNED = 3
SHARED = ("shared_platform", "design_pattern")
LEAST_CONSUMERS = 2
NAMED = 12  # refs that a sentence names; the records of the finding hold all


class InteropFigures(NamedTuple):
    """What was counted on a day, with the records that were, for an annex.

    ``levels`` gives the level, 0 to 3, of each service in scope by its ref; ``live`` the refs of the integrations in
    production, ``connections`` how many distinct ones they are; ``shared`` the refs of the components in common use,
    each with those of its consumers.
    """

    levels: dict[str, int]
    live: tuple[str, ...]
    connections: int
    once_only: int
    shared: dict[str, tuple[str, ...]]

    @property
    def scope(self) -> int:
        """The number of services in scope."""
        return len(self.levels)

    @property
    def interoperable(self) -> tuple[str, ...]:
        """The refs of the services that exchange data with another organisation or department."""
        return tuple(ref for ref, level in self.levels.items() if level >= INTEROPERABLE)


class Interop(NamedTuple):
    """The signal, and the figures behind it."""

    signal: Signal
    figures: InteropFigures


def interop(evidence: Day) -> Interop:
    """Return how far services exchange data and share components at the end of the day."""
    services = [service for service in evidence.all(Service) if service.lifecycle != "retired"]
    live = [integration for integration in evidence.all(Integration) if in_production(integration, evidence.date)]
    figures = InteropFigures(
        levels={service.ref: level(evidence, service) for service in services},
        live=refs_of(live),
        connections=len(set(map(_connection, live))),
        once_only=sum(integration.once_only_items or 0 for integration in live),
        shared=_shared(evidence, live),
    )
    return Interop(_signal(evidence, figures, live), figures)


def in_production(integration: Integration, day: date) -> bool:
    """Return whether an integration was in production on a day."""
    if not is_past(integration.live_on, day):
        return False
    if integration.status == "retired" and integration.retired_on is None:
        return False
    return integration.status in ("in_production", "retired") and not is_past(integration.retired_on, day)


def level(evidence: Day, service: Service) -> int:
    """Return the level of a service on the day of the evidence, 0 to 3."""
    integrations = [
        *evidence.of(Integration, "provider", service.uid),
        *evidence.of(Integration, "consumer", service.uid),
    ]
    live = [integration for integration in integrations if in_production(integration, evidence.date)]
    across = [integration for integration in live if _across(evidence, integration)]
    if any(_standard(evidence, integration) and integration.monitored for integration in across):
        return GOVERNED
    if across:
        return INTEROPERABLE
    tested = [integration for integration in integrations if integration.status == "in_test"]
    described = any(_standard(evidence, integration) for integration in (*live, *tested))
    return int(service.interface_documented or described)


def _standard(evidence: Day, integration: Integration) -> Standard | None:
    return evidence.get(Standard, integration.standard)


def _sides(evidence: Day, integration: Integration) -> list[Service]:
    sides = (evidence.get(Service, uid) for uid in (integration.provider, integration.consumer))
    return [service for service in sides if service is not None]


def _across(evidence: Day, integration: Integration) -> bool:
    """Return whether an integration reaches another organisation, or another department."""
    if integration.other_party:
        return True
    departments = [folded(service.department) for service in _sides(evidence, integration)]
    return len(departments) > 1 and "" not in departments and departments[0] != departments[1]


def _unsure(evidence: Day, integration: Integration) -> bool:
    """Return whether only an unknown department keeps an integration from counting."""
    sides = _sides(evidence, integration)
    if integration.other_party or len({service.uid for service in sides}) < 2:
        return False
    return any(not folded(service.department) for service in sides)


def _connection(integration: Integration) -> tuple[str, str, str, str]:
    """Return what makes a connection the same as another."""
    party = folded(integration.other_party)
    return integration.provider or "", integration.consumer or "", party, integration.standard or ""


def _shared(evidence: Day, live: Iterable[Integration]) -> dict[str, tuple[str, ...]]:
    users: dict[str, dict[str, None]] = {}
    for integration in live:
        consumer = evidence.ref(Service, integration.consumer)
        if integration.standard and consumer:
            users.setdefault(integration.standard, {})[consumer] = None
    return {
        standard.ref: tuple(users[standard.uid])
        for standard in evidence.all(Standard)
        if standard.standard_kind in SHARED and len(users.get(standard.uid, ())) >= LEAST_CONSUMERS
    }


def _signal(evidence: Day, figures: InteropFigures, live: list[Integration]) -> Signal:
    recorded = bool(evidence.all(Integration)) or any(figures.levels.values())
    findings: list[Finding] = []
    headline = "No service is in scope."
    if figures.scope:
        findings = [_interoperable(figures), _levels(figures)]
        headline = findings[0].sentence
    if live:
        findings += [_connections(figures), _once_only(figures, live), _monitored(live)]
    findings += [*_outdated(evidence, live), *_components(evidence, figures)]
    if not figures.scope or not recorded:
        findings = [finding._replace(level=GREY) for finding in findings]
    return Signal(
        "interop",
        "Interoperability and reuse",
        worst(finding.level for finding in findings),
        tuple(findings),
        tuple(_missing(evidence, live)),
        headline,
    )


def _interoperable(figures: InteropFigures) -> Finding:
    refs = figures.interoperable
    sentence = (
        f"{len(refs)} of {counted(figures.scope, 'service')} in scope {verb(len(refs), 'exchanges', 'exchange')} "
        f"data in production with another organisation or department{optional(': ', listed(refs, NAMED))}."
    )
    return Finding("interoperable", level_if(not refs), sentence, f"{len(refs)} of {figures.scope}", records=refs)


def _levels(figures: InteropFigures) -> Finding:
    numbers = list(figures.levels.values())
    parts = [f"{number} {name} {numbers.count(number)}" for number, name in enumerate(LEVELS)]
    return Finding("levels", GREEN, f"Services by level: {listed(parts)}.", "; ".join(parts))


def _connections(figures: InteropFigures) -> Finding:
    sentence = f"{counted(figures.connections, 'connection')} live: {listed(figures.live, NAMED)}."
    return Finding("connections", GREEN, sentence, str(figures.connections), records=figures.live)


def _once_only(figures: InteropFigures, live: list[Integration]) -> Finding:
    refs = refs_of(integration for integration in live if integration.once_only_items)
    named = optional(" (", listed(refs, NAMED), ")")
    sentence = f"{are(figures.once_only, 'question')} no longer asked, because the answer is shared{named}."
    return Finding("once only", GREEN, sentence, str(figures.once_only), records=refs)


def _monitored(live: list[Integration]) -> Finding:
    refs = refs_of(integration for integration in live if not integration.monitored)
    value = f"{len(refs)} of {len(live)}"
    if not refs:
        return Finding("monitored", GREEN, "Every live integration is monitored.", value)
    sentence = (
        f"{len(refs)} of {counted(len(live), 'live integration')} {verb(len(refs))} not monitored, so nobody is told "
        f"when one fails: {listed(refs, NAMED)}."
    )
    return Finding("monitored", AMBER, sentence, value, records=refs)


def _outdated(evidence: Day, live: list[Integration]) -> Iterable[Finding]:
    for standard in evidence.all(Standard):
        users = refs_of(integration for integration in live if integration.standard == standard.uid)
        if users and standard.status == "deprecated":
            sentence = (
                f"{standard.name} ({standard.ref}) is deprecated, and {counted(len(users), 'live integration')} "
                f"still {verb(len(users), 'follows', 'follow')} it: {listed(users, NAMED)}."
            )
            yield Finding(f"deprecated {standard.ref}", AMBER, sentence, records=(standard.ref, *users))


def _components(evidence: Day, figures: InteropFigures) -> Iterable[Finding]:
    offered = [standard for standard in evidence.all(Standard) if standard.standard_kind in SHARED]
    if not offered:
        return
    parts = [
        f"{standard.name} ({standard.ref}) by {listed(figures.shared[standard.ref], NAMED)}"
        for standard in offered
        if standard.ref in figures.shared
    ]
    number = f"{len(parts)} of {counted(len(offered), 'shared component')} used by two services or more"
    sentence = f"{number}{optional(': ', listed(parts))}."
    yield Finding("reuse", GREEN, sentence, f"{len(parts)} of {len(offered)}", records=tuple(figures.shared))


def _missing(evidence: Day, live: list[Integration]) -> Iterable[str]:
    if not evidence.all(Integration):
        yield "No integration is recorded."
    unsure = [integration for integration in live if _unsure(evidence, integration)]
    if unsure:
        sides = (service for integration in unsure for service in _sides(evidence, integration))
        services = dict.fromkeys(service.ref for service in sides if not folded(service.department))
        yield (
            f"The department of {listed(services, NAMED)} is not recorded, so {listed(refs_of(unsure), NAMED)} "
            f"cannot count as a connection with another department."
        )
    lost = refs_of(integration for integration in live if not _sides(evidence, integration))
    if lost:
        yield f"{listed(lost, NAMED)} {verb(len(lost), 'names', 'name')} no service of the programme."
