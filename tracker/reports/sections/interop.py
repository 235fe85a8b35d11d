"""Interoperability: how many services exchange data, as a count, and the list of what was counted."""

from tracker.entities import Integration, Service, Standard
from tracker.fields import humanise
from tracker.reports.model import Block, Heading, Pairs, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, none_recorded, sourced, table, table_or_none
from tracker.rules.signals.interop import LEVELS, in_production
from tracker.rules.wording import date_or, listed, optional

TITLE = "Interoperability"


def interop(data: SummaryData) -> Pairs:
    """Return how many of the services exchange data with others."""
    figures = data.signals.interop.figures
    if not figures.scope:
        return [(TITLE, "No service is recorded.")]
    share = f"{len(figures.interoperable)} of {figures.scope}"
    return [(TITLE, f"Services that exchange data across organisations: {share}.")]


def interop_report(data: SummaryData) -> Section:
    """Return the count, and every service, integration and standard behind it."""
    findings = data.signals.interop
    blocks: list[Block] = [none_recorded("no service is in scope")]
    if findings.figures.scope:
        blocks = [Paragraph(findings.signal.headline), _services(data)]
    blocks += [
        Heading("Integrations counted, and those to come"),
        _integrations(data),
        Heading("Standards and shared components"),
        _standards(data),
    ]
    title = "Interoperability, standards and reuse"
    origin = "the registers of services, integrations and standards"
    return sourced(data, "interoperability", title, origin, blocks)


def _services(data: SummaryData) -> Table:
    levels = data.signals.interop.figures.levels
    rows = (
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
    return table("services", "Services in scope by level", ("Service", "State", "Level>", "Is"), rows, note=note)


def _integrations(data: SummaryData) -> Block:
    rows = (_integration(data, integration) for integration in data.now.all(Integration))
    titles = ("Integration", "From and to", "Standard", "Status", "Counted", "Monitored")
    return table_or_none("integrations", "Integrations", titles, rows, "no integration")


def _integration(data: SummaryData, integration: Integration) -> tuple[str, ...]:
    since = optional(" since ", date_or(integration.live_on))
    provider = data.now.ref(Service, integration.provider) or integration.other_party or "not recorded"
    consumer = data.now.ref(Service, integration.consumer) or integration.other_party or "not recorded"
    return (
        f"{integration.ref} {integration.name}",
        f"{provider} → {consumer}",
        data.now.ref(Standard, integration.standard) or "None",
        humanise(integration.status) + since,
        _yes_no(in_production(integration, data.now.date)),
        _yes_no(integration.monitored),
    )


def _yes_no(value: bool) -> str:
    return "Yes" if value else "No"


def _standards(data: SummaryData) -> Block:
    users: dict[str, list[str]] = {}
    for integration in data.now.all(Integration):
        users.setdefault(integration.standard or "", []).append(integration.ref)
    rows = (
        (
            f"{standard.ref} {standard.name}",
            humanise(standard.standard_kind),
            humanise(standard.status),
            standard.maintainer or "Not recorded",
            listed(users.get(standard.uid, []), 6) or "None",
        )
        for standard in data.now.all(Standard)
    )
    titles = ("Standard", "Kind", "Status", "Maintained by", "Used by")
    return table_or_none("standards", "Each of them with what uses it", titles, rows, "no standard")
