"""The command that ranks services for change."""

from typing import TYPE_CHECKING, TypeVar

from tracker.cli.shell import AS_CSV, AS_JSON, AS_OF, Session, command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.rules.signals.priority.ranked import Ranked

T = TypeVar("T")

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
SERVICE = HEADERS.index("Service")
ROOMY = 100
FACTS = (  # of Ranked.data, in a spreadsheet
    *("state", "quadrant", "rank", "rank_low", "rank_high", "impact", "impact_low", "impact_high"),
    *("feasibility", "feasibility_low", "feasibility_high", "annual_volume", "citizen_minutes", "citizen_hours"),
    *("failure_rate", "annual_cost", "manual_handoffs", "vulnerability", "from_journey", "legal_deadline", "missing"),
)
STATES = {"not_enough_data": "not enough data", "live": "live"}
LEGEND = (
    "Ranked by impact; the range is what the weights, each up to {shift}% up or down, make of it. "
    "A: impact and feasibility 50 or more; B: impact only; C: feasibility only; D: neither."
)


@command("tracker service rank --as-of 2026-11-12 --csv")
@AS_OF
@AS_JSON
@AS_CSV
def rank(session: Session, as_of: str | None, json_: bool, csv_: bool) -> None:
    """Rank the services that could be changed next, by impact and by feasibility.

    Impact: citizens' hours a year, failure rate, annual cost, manual hand-offs, vulnerability. Feasibility: readiness
    and data readiness. The weights are settings. What is not recorded widens the range, and is never taken for zero;
    a service with fewer than three of the five is not ranked, and one that is live already is only listed.
    """
    from tracker.cli.shell import as_csv, as_json, json_value, words
    from tracker.cli.shell.tables import table, terminal_width
    from tracker.rules.signals.result import GREY, level_text
    from tracker.services.journeys import ranking

    with session.store(read_only=True) as store:
        result = ranking(store, session.state_day(as_of) or session.today())
    services = result.services
    if json_:
        as_json([{"service": json_value(service), **service.data()} for service in services])
        return
    if csv_:
        as_csv(*_spreadsheet(services))
        return
    narrow = (terminal_width() or ROOMY) < ROOMY  # there, both axes come before the whole name
    table(HEADERS, list(map(_row, services)), wide=() if narrow else (SERVICE,))
    words(result.signal.headline)
    for finding in result.signal.findings:
        if finding.level == GREY or finding.id.startswith("deadline"):
            words(f"{level_text(finding.level)}: {finding.sentence}")
    if services:
        words(LEGEND.format(shift=result.shift))


def _row(service: "Ranked") -> list[str]:
    from tracker.rules.reading import amount, share_text
    from tracker.rules.wording import show_date

    inputs = service.inputs
    return [
        service.quadrant,
        service.rank_text() or STATES[service.state],
        service.ref,
        service.name,
        _known(lambda span: span.text(), service.impact),
        _known(lambda span: span.text(), service.feasibility),
        _known(show_date, service.legal_deadline),
        _known(lambda hours: f"{hours:,.0f}", inputs.hours),
        _known(lambda cost: amount(round(cost, -2)), inputs.cost),
        _known(share_text, inputs.failure),
        _known(str, inputs.handoffs),
        _known(str, inputs.vulnerability),
        ", ".join(service.missing),
    ]


def _known(show: "Callable[[T], str]", figure: "T | None") -> str:
    """Return a figure as people read it; nothing for one that is not recorded."""
    return "" if figure is None else show(figure)


def _spreadsheet(services: "Sequence[Ranked]") -> tuple[list[str], list[list[str]]]:
    """Return the headers and rows of a CSV: each figure in a column of its own, amounts without separators."""
    from tracker.fields import humanise
    from tracker.rules.reading import amount

    rows = []
    for service in services:
        facts = service.data()
        facts["missing"] = ", ".join(service.missing)
        facts["annual_cost"] = _known(lambda cost: amount(cost).replace(",", ""), service.inputs.cost)
        rows.append([service.ref, service.name, *(_known(str, facts[name]) for name in FACTS)])
    return ["Ref", "Service", *map(humanise, FACTS)], rows
