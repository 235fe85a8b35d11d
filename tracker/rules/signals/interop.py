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
from typing import Any, NamedTuple

from tracker.entities.integration import Integration
from tracker.entities.service import Service
from tracker.entities.standard import Standard
from tracker.rules.day import Day
from tracker.rules.signals.result import AMBER, GREEN, GREY, Finding, Signal, worst
from tracker.rules.wording import counted, listed

LEVELS = ("none", "documented interface", "interoperable", "governed")
INTEROPERABLE = 2
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

    def data(self) -> dict[str, object]:
        """Return the figures as plain data for JSON."""
        return {
            "services_in_scope": self.scope,
            "interoperable": list(self.interoperable),
            "levels": dict(self.levels),
            "connections": self.connections,
            "integrations": list(self.live),
            "once_only_items": self.once_only,
            "shared_components": {ref: list(users) for ref, users in self.shared.items()},
        }


class Interop(NamedTuple):
    """The signal, and the figures behind it."""

    signal: Signal
    figures: InteropFigures


def interop(evidence: Day) -> Interop:
    """Return how far services exchange data and share components at the end of the day."""
    services = [service for service in evidence.all(Service) if service.lifecycle != "retired"]
    live = [one for one in evidence.all(Integration) if in_production(one, evidence.date)]
    figures = InteropFigures(
        levels={service.ref: level(evidence, service) for service in services},
        live=tuple(one.ref for one in live),
        connections=len({_connection(one) for one in live}),
        once_only=sum(one.once_only_items or 0 for one in live),
        shared=_shared(evidence, live),
    )
    return Interop(_signal(evidence, figures, live), figures)


def in_production(integration: Integration, day: date) -> bool:
    """Return whether an integration was in production on a day."""
    if integration.status not in ("in_production", "retired") or integration.live_on is None:
        return False
    ended = integration.retired_on is not None and integration.retired_on <= day
    unended = integration.status == "retired" and integration.retired_on is None
    return bool(integration.live_on <= day and not ended and not unended)


def level(evidence: Day, service: Service) -> int:
    """Return the level of a service on the day of the evidence, 0 to 3."""
    sides = [*evidence.of(Integration, "provider", service.uid), *evidence.of(Integration, "consumer", service.uid)]
    live = [one for one in sides if in_production(one, evidence.date)]
    across = [one for one in live if _across(evidence, one)]
    if any(_standard(evidence, one) is not None and one.monitored for one in across):
        return 3
    if across:
        return INTEROPERABLE
    tested = [one for one in sides if one.status == "in_test"]
    described = any(_standard(evidence, one) is not None for one in (*live, *tested))
    return 1 if service.interface_documented or described else 0


def _standard(evidence: Day, integration: Integration) -> Any | None:
    return evidence.get(Standard, integration.standard)


def _sides(evidence: Day, integration: Integration) -> list[Any]:
    found = [evidence.get(Service, uid) for uid in (integration.provider, integration.consumer) if uid]
    return [service for service in found if service is not None]


def _across(evidence: Day, integration: Integration) -> bool:
    """Return whether an integration reaches another organisation, or another department."""
    if integration.other_party:
        return True
    departments = [_plain(service.department) for service in _sides(evidence, integration)]
    return len(departments) > 1 and "" not in departments and departments[0] != departments[1]


def _unsure(evidence: Day, integration: Integration) -> bool:
    """Return whether only an unknown department keeps an integration from counting."""
    sides = _sides(evidence, integration)
    two = len({service.uid for service in sides}) > 1
    return two and not integration.other_party and any(not _plain(service.department) for service in sides)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def _connection(integration: Integration) -> tuple[str, str, str, str]:
    """Return what makes a connection the same as another."""
    party = _plain(integration.other_party)
    return integration.provider or "", integration.consumer or "", party, integration.standard or ""


def _shared(evidence: Day, live: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    users: dict[str, dict[str, None]] = {}
    for one in live:
        consumer = evidence.ref(Service, one.consumer)
        if one.standard and consumer:
            users.setdefault(one.standard, {})[consumer] = None
    return {
        standard.ref: tuple(users[standard.uid])
        for standard in evidence.all(Standard)
        if standard.standard_kind in SHARED and len(users.get(standard.uid, ())) >= LEAST_CONSUMERS
    }


def _signal(evidence: Day, figures: InteropFigures, live: list[Any]) -> Signal:
    recorded = bool(evidence.all(Integration)) or any(figures.levels.values())
    findings = [_interoperable(figures), *_levels(figures)] if figures.scope else []
    findings += [_connections(figures), _once_only(figures, live)] if live else []
    findings += [*_watched(live), *_outdated(evidence, live), *_components(evidence, figures)]
    known = bool(figures.scope) and recorded
    if not known:
        findings = [finding._replace(level=GREY) for finding in findings]
    return Signal(
        "interop",
        "Interoperability and reuse",
        worst(finding.level for finding in findings) if known else GREY,
        tuple(findings),
        tuple(_missing(evidence, live)),
        findings[0].sentence if figures.scope else "No service is in scope.",
    )


def _interoperable(figures: InteropFigures) -> Finding:
    found = figures.interoperable
    told = f": {listed(found, NAMED)}" if found else ""
    verb = "exchanges" if len(found) == 1 else "exchange"
    sentence = (
        f"{len(found)} of {counted(figures.scope, 'service')} in scope {verb} "
        f"data in production with another organisation or department{told}."
    )
    text = f"{len(found)} of {figures.scope}"
    return Finding("interoperable", GREEN if found else AMBER, sentence, text, records=found)


def _levels(figures: InteropFigures) -> list[Finding]:
    parts = [
        f"{number} {name} {sum(one == number for one in figures.levels.values())}" for number, name in enumerate(LEVELS)
    ]
    return [Finding("levels", GREEN, f"Services by level: {listed(parts)}.", "; ".join(parts))]


def _connections(figures: InteropFigures) -> Finding:
    sentence = f"{counted(figures.connections, 'connection')} live: {listed(figures.live, NAMED)}."
    return Finding("connections", GREEN, sentence, str(figures.connections), records=figures.live)


def _once_only(figures: InteropFigures, live: list[Any]) -> Finding:
    behind = tuple(one.ref for one in live if one.once_only_items)
    told = f" ({listed(behind, NAMED)})" if behind else ""
    verb = "is" if figures.once_only == 1 else "are"
    sentence = f"{counted(figures.once_only, 'question')} {verb} no longer asked, because the answer is shared{told}."
    return Finding("once only", GREEN, sentence, str(figures.once_only), records=behind)


def _watched(live: list[Any]) -> list[Finding]:
    if not live:
        return []
    blind = tuple(one.ref for one in live if not one.monitored)
    if not blind:
        return [Finding("monitored", GREEN, "Every live integration is monitored.", f"0 of {len(live)}")]
    verb = "is" if len(blind) == 1 else "are"
    sentence = (
        f"{len(blind)} of {counted(len(live), 'live integration')} {verb} not monitored, so nobody is told when one "
        f"fails: {listed(blind, NAMED)}."
    )
    return [Finding("monitored", AMBER, sentence, f"{len(blind)} of {len(live)}", records=blind)]


def _outdated(evidence: Day, live: list[Any]) -> list[Finding]:
    found = []
    for standard in evidence.all(Standard):
        if standard.status != "deprecated":
            continue
        users = tuple(one.ref for one in live if one.standard == standard.uid)
        if users:
            sentence = (
                f"{standard.name} ({standard.ref}) is deprecated, and {counted(len(users), 'live integration')} "
                f"still {'follows' if len(users) == 1 else 'follow'} it: {listed(users, NAMED)}."
            )
            found.append(Finding(f"deprecated {standard.ref}", AMBER, sentence, records=(standard.ref, *users)))
    return found


def _components(evidence: Day, figures: InteropFigures) -> list[Finding]:
    offered = [standard for standard in evidence.all(Standard) if standard.standard_kind in SHARED]
    if not offered:
        return []
    parts = [
        f"{standard.name} ({standard.ref}) by {listed(figures.shared[standard.ref], NAMED)}"
        for standard in offered
        if standard.ref in figures.shared
    ]
    told = f": {listed(parts)}" if parts else ""
    sentence = f"{len(parts)} of {counted(len(offered), 'shared component')} used by two services or more{told}."
    return [Finding("reuse", GREEN, sentence, f"{len(parts)} of {len(offered)}", records=tuple(figures.shared))]


def _missing(evidence: Day, live: list[Any]) -> Iterable[str]:
    if not evidence.all(Integration):
        yield "No integration is recorded."
    unsure = [one for one in live if _unsure(evidence, one)]
    lacking = {
        service.ref: None for one in unsure for service in _sides(evidence, one) if not _plain(service.department)
    }
    if unsure:
        refs = listed((one.ref for one in unsure), NAMED)
        yield (
            f"The department of {listed(lacking, NAMED)} is not recorded, so {refs} "
            f"cannot count as a connection with another department."
        )
    lost = [one.ref for one in live if not _sides(evidence, one)]
    if lost:
        yield f"{listed(lost, NAMED)} {'names' if len(lost) == 1 else 'name'} no service of the programme."
