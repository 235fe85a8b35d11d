"""Interoperability: how many services exchange data, as a count, and the list of what was counted."""

from typing import Any

from tracker.entities.integration import Integration
from tracker.entities.service import Service
from tracker.entities.standard import Standard
from tracker.fields import humanise
from tracker.reports.model import Block, Heading, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.rules.signals.interop import LEVELS, in_production
from tracker.rules.when import show_date
from tracker.rules.wording import listed

TITLE = "Interoperability"


def interop(data: SummaryData) -> list[tuple[str, str]]:
    """Return how many of the services exchange data with others."""
    figures = data.signals.interop.figures
    if not figures.scope:
        return [(TITLE, "No service is recorded.")]
    known = f"{len(figures.interoperable)} of {figures.scope}"
    return [(TITLE, f"Services that exchange data across departments or organisations: {known}.")]


def interop_report(data: SummaryData) -> Section:
    """Return the count, and every service, integration and standard behind it."""
    title = "Interoperability, standards and reuse"
    found = data.signals.interop
    told = source(data, "the registers of services, integrations and standards")
    if not found.figures.scope:
        return Section("interoperability", title, (told, none_recorded("no service")))
    blocks: list[Block] = [told, Paragraph(found.signal.headline), _services(data)]
    blocks += [Heading("Integrations counted, and those to come"), *_integrations(data)]
    blocks += [Heading("Standards and shared components"), *_standards(data)]
    return Section("interoperability", title, tuple(blocks))


def _services(data: SummaryData) -> Table:
    levels = data.signals.interop.figures.levels
    rows = tuple(
        (f"{one.ref} {one.name}", humanise(one.lifecycle), f"{levels[one.ref]}", LEVELS[levels[one.ref]])
        for one in data.now.all(Service)
        if one.ref in levels
    )
    note = "A service exchanges data from level 2 on, and is governed from level 3 on."
    return Table("services", "Services in scope by level", columns("Service", "State", "Level>", "Is"), rows, note=note)


def _integrations(data: SummaryData) -> list[Block]:
    some = data.now.all(Integration)
    if not some:
        return [none_recorded("no integration")]
    rows = tuple(_integration(data, one) for one in some)
    titles = columns("Integration", "From and to", "Standard", "Status", "Counted", "Monitored")
    return [Table("integrations", "Integrations", titles, rows)]


def _integration(data: SummaryData, one: Any) -> tuple[str, ...]:
    live = in_production(one, data.now.date)
    since = f" since {show_date(one.live_on)}" if one.live_on else ""
    provider = data.now.ref(Service, one.provider) or one.other_party or "not recorded"
    consumer = data.now.ref(Service, one.consumer) or one.other_party or "not recorded"
    return (
        f"{one.ref} {one.name}",
        f"{provider} → {consumer}",
        data.now.ref(Standard, one.standard) or "None",
        humanise(one.status) + since,
        "Yes" if live else "No",
        "Yes" if one.monitored else "No",
    )


def _standards(data: SummaryData) -> list[Block]:
    some = data.now.all(Standard)
    if not some:
        return [none_recorded("no standard")]
    users: dict[str, list[str]] = {}
    for one in data.now.all(Integration):
        users.setdefault(one.standard or "", []).append(one.ref)
    rows = tuple(
        (
            f"{one.ref} {one.name}",
            humanise(one.standard_kind),
            humanise(one.status),
            one.maintainer or "Not recorded",
            listed(users.get(one.uid, []), 6) or "None",
        )
        for one in some
    )
    titles = columns("Standard", "Kind", "Status", "Maintained by", "Used by")
    return [Table("standards", "Standards and shared components", titles, rows)]
