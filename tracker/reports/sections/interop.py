"""Interoperability: how many services exchange data, as a count, and the list of what was counted."""

from typing import Any

from tracker.entities.integration import Integration
from tracker.entities.service import Service
from tracker.entities.standard import Standard
from tracker.fields import humanise
from tracker.reports.model import Block, Heading, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.rules.signals.interop import LEVELS, in_production
from tracker.rules.wording import date_or, listed, optional

TITLE = "Interoperability"


def interop(data: SummaryData) -> list[tuple[str, str]]:
    """Return how many of the services exchange data with others."""
    figures = data.signals.interop.figures
    if not figures.scope:
        return [(TITLE, "No service is recorded.")]
    share = f"{len(figures.interoperable)} of {figures.scope}"
    return [(TITLE, f"Services that exchange data across departments or organisations: {share}.")]


def interop_report(data: SummaryData) -> Section:
    """Return the count, and every service, integration and standard behind it."""
    title = "Interoperability, standards and reuse"
    findings = data.signals.interop
    paragraph = source(data, "the registers of services, integrations and standards")
    if not findings.figures.scope:
        return Section("interoperability", title, (paragraph, none_recorded("no service")))
    blocks: list[Block] = [paragraph, Paragraph(findings.signal.headline), _services(data)]
    blocks += [Heading("Integrations counted, and those to come"), *_integrations(data)]
    blocks += [Heading("Standards and shared components"), *_standards(data)]
    return Section("interoperability", title, tuple(blocks))


def _services(data: SummaryData) -> Table:
    levels = data.signals.interop.figures.levels
    rows = tuple(
        (
            f"{service.ref} {service.name}",
            humanise(service.lifecycle),
            f"{levels[service.ref]}",
            LEVELS[levels[service.ref]],
        )
        for service in data.now.all(Service)
        if service.ref in levels
    )
    note = "A service exchanges data from level 2 on, and is governed from level 3 on."
    return Table("services", "Services in scope by level", columns("Service", "State", "Level>", "Is"), rows, note=note)


def _integrations(data: SummaryData) -> list[Block]:
    integrations = data.now.all(Integration)
    if not integrations:
        return [none_recorded("no integration")]
    rows = tuple(_integration(data, integration) for integration in integrations)
    titles = columns("Integration", "From and to", "Standard", "Status", "Counted", "Monitored")
    return [Table("integrations", "Integrations", titles, rows)]


def _integration(data: SummaryData, integration: Any) -> tuple[str, ...]:
    live = in_production(integration, data.now.date)
    since = optional(" since ", date_or(integration.live_on))
    provider = data.now.ref(Service, integration.provider) or integration.other_party or "not recorded"
    consumer = data.now.ref(Service, integration.consumer) or integration.other_party or "not recorded"
    return (
        f"{integration.ref} {integration.name}",
        f"{provider} → {consumer}",
        data.now.ref(Standard, integration.standard) or "None",
        humanise(integration.status) + since,
        "Yes" if live else "No",
        "Yes" if integration.monitored else "No",
    )


def _standards(data: SummaryData) -> list[Block]:
    standards = data.now.all(Standard)
    if not standards:
        return [none_recorded("no standard")]
    users: dict[str, list[str]] = {}
    for integration in data.now.all(Integration):
        users.setdefault(integration.standard or "", []).append(integration.ref)
    rows = tuple(
        (
            f"{standard.ref} {standard.name}",
            humanise(standard.standard_kind),
            humanise(standard.status),
            standard.maintainer or "Not recorded",
            listed(users.get(standard.uid, []), 6) or "None",
        )
        for standard in standards
    )
    titles = columns("Standard", "Kind", "Status", "Maintained by", "Used by")
    return [Table("standards", "Standards and shared components", titles, rows)]
