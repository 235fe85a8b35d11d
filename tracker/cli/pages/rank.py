"""The command that ranks services for change."""

from typing import TYPE_CHECKING

import click

from tracker.cli.shell.options import command
from tracker.cli.shell.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.rules.signals.priority.ranked import Ranked

HEADERS = (
    "Quadrant",
    "Rank",
    "Ref",
    "Service",
    "Impact",
    "Feasibility",
    "Legal deadline",
    "Citizen hours",
    "Annual cost",
    "Failure",
    "Hand-offs",
    "Vulnerability",
    "Not recorded",
)
SERVICE, ROOMY = HEADERS.index("Service"), 100
FACTS = (  # of Ranked.data, in a spreadsheet
    *("state", "quadrant", "rank", "rank_low", "rank_high", "impact", "impact_low", "impact_high"),
    *("feasibility", "feasibility_low", "feasibility_high", "annual_volume", "citizen_minutes", "citizen_hours"),
    *("failure_rate", "annual_cost", "manual_handoffs", "vulnerability", "from_journey", "legal_deadline", "missing"),
)
STATES = {"not_enough_data": "not enough data", "live": "live"}
LEGEND = (
    "Ranked by impact; the range is what the weights, each up to {shift} % up or down, make of it. "
    "A: impact and feasibility 50 or more; B: impact only; C: feasibility only; D: neither."
)


@command("tracker service rank --as-of 2026-11-12 --csv")
@click.option("--as-of", "as_of", metavar="DATE", help="As it was at the end of that day.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option("--csv", "csv_", is_flag=True, help="Print CSV.")
def rank(session: Session, as_of: str | None, json_: bool, csv_: bool) -> None:
    """Rank the services that could be changed next, by impact and by feasibility.

    Impact: citizens' hours a year, failure rate, annual cost, manual hand-offs, vulnerability. Feasibility: readiness
    and data readiness. The weights are settings. What is not recorded widens the range, and is never taken for nought;
    a service with fewer than three of the five is not ranked, and one that is live already is only listed.
    """
    from tracker.cli.shell.output import as_csv, as_json, words
    from tracker.cli.shell.tables import table, terminal_width
    from tracker.rules.signals.result import GREY, level_text
    from tracker.services.journeys import ranking

    with session.store(read_only=True) as store:
        found = ranking(store, session.day(as_of) or session.today())
    services = found.services
    if json_:
        as_json([{"service": {"ref": one.ref, "name": one.name, "uid": one.uid}, **one.data()} for one in services])
        return
    if csv_:
        as_csv(*_spreadsheet(services))
        return
    narrow = (terminal_width() or ROOMY) < ROOMY  # there, both axes come before the whole name
    table(HEADERS, [_row(one) for one in services], wide=() if narrow else (SERVICE,))
    words(found.signal.headline)
    for finding in found.signal.findings:
        if finding.level == GREY or finding.id.startswith("deadline"):
            words(f"{level_text(finding.level)}: {finding.sentence}")
    if services:
        words(LEGEND.format(shift=found.shift))


def _row(one: "Ranked") -> list[str]:
    from tracker.rules.reading import amount, share_text
    from tracker.rules.when import show_date

    inputs = one.inputs
    return [
        one.quadrant,
        one.rank_text() or STATES[one.state],
        one.ref,
        one.name,
        one.impact.text() if one.impact else "",
        one.feasibility.text() if one.feasibility else "",
        show_date(one.legal_deadline) if one.legal_deadline else "",
        "" if inputs.hours is None else f"{inputs.hours:,.0f}",
        "" if inputs.cost is None else amount(round(inputs.cost, -2)),
        "" if inputs.failure is None else share_text(inputs.failure),
        *("" if number is None else str(number) for number in (inputs.handoffs, inputs.vulnerability)),
        ", ".join(one.missing),
    ]


def _spreadsheet(services: "Sequence[Ranked]") -> tuple[list[str], list[list[str]]]:
    """Return the headers and rows of a CSV: each figure in a column of its own, amounts without separators."""
    from tracker.fields import humanise
    from tracker.rules.reading import amount

    rows = []
    for one in services:
        cost = one.inputs.cost
        facts = one.data() | {
            "missing": ", ".join(one.missing),
            "annual_cost": None if cost is None else amount(cost).replace(",", ""),
        }
        rows.append([one.ref, one.name, *("" if facts[name] is None else str(facts[name]) for name in FACTS)])
    return ["Ref", "Service", *(humanise(name) for name in FACTS)], rows
