"""Money: the whole on the summary, each pilot in the pack."""

from typing import Any

from tracker.reports.data import SummaryData, columns, none_recorded, source
from tracker.reports.model import Block, Facts, Missing, Paragraph, Section, Table
from tracker.rules.reading import amount
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

PILOTS_NAMED = 12


def money(data: SummaryData) -> Section:
    """Return budget, forecast and variance of the pilots that have both, and which have not."""
    both = [p for p in data.running if p.budget is not None and p.forecast_cost is not None]
    missing = [p for p in data.running if p not in both]
    blocks: list[Block] = []
    if both:
        budget, forecast = sum(p.budget for p in both), sum(p.forecast_cost for p in both)
        programme = data.now.programme
        currency = f"{programme.currency} " if programme is not None else ""
        counted_pilots = f"{len(both)} of {counted(len(data.running), 'running pilot')}"
        items = (
            *([("Counted", counted_pilots)] if missing else []),
            ("Budget", f"{currency}{amount(budget)}"),
            ("Forecast", f"{currency}{amount(forecast)}"),
            ("Variance", f"{currency}{_signed(forecast - budget)}{_share(forecast - budget, budget)}"),
        )
        blocks.append(Facts(items))
    else:
        blocks.append(Missing("No pilot has both a budget and a forecast recorded."))
    if both and missing:
        names = [f"{p.ref} ({_lacks(p)})" for p in missing]
        blocks.append(Paragraph(f"Not in these figures: {listed(names, PILOTS_NAMED)}."))
    return Section("money", "Money", tuple(blocks))


def _signed(minor: int) -> str:
    return f"+{amount(minor)}" if minor > 0 else amount(minor)


def _share(part: int, whole: int) -> str:
    if whole == 0:
        return ""
    tenths = (abs(part) * 2000 + whole) // (2 * whole)
    sign = "-" if part < 0 and tenths else "+" if tenths else ""
    return f" ({sign}{tenths // 10}.{tenths % 10} %)"


def _lacks(pilot: Any) -> str:
    lacks = [word for word, value in (("budget", pilot.budget), ("forecast", pilot.forecast_cost)) if value is None]
    return f"no {' and no '.join(lacks)}"


def finance(data: SummaryData) -> Section:
    """Return budget, forecast, variance and spend of every pilot."""
    told = source(data, "the register of pilots")
    title = "Finance"
    if not data.pilots:
        return Section("finance", title, (told, none_recorded("no pilot")))
    programme = data.now.programme
    currency = programme.currency if programme is not None else "the programme's currency"
    rows = tuple(_finances(pilot) for pilot in sorted(data.pilots, key=lambda pilot: pilot.ref))
    titles = columns("Pilot", "Budget>", "Forecast>", "Variance>", "Spent>", "Spent as of")
    table = Table("finance", f"Money of each pilot, in {currency}", titles, rows)
    return Section("finance", title, (told, *money(data).blocks, table))


def _finances(pilot: Any) -> tuple[str, ...]:
    both = pilot.budget is not None and pilot.forecast_cost is not None
    change = pilot.forecast_cost - pilot.budget if both else 0
    return (
        f"{pilot.ref} {pilot.name}",
        _amount(pilot.budget),
        _amount(pilot.forecast_cost),
        f"{_signed(change)}{_share(change, pilot.budget)}" if both else "Not known",
        _amount(pilot.spend_to_date),
        show_date(pilot.spend_as_of) if pilot.spend_as_of else "Not recorded",
    )


def _amount(value: int | None) -> str:
    return "Not recorded" if value is None else amount(value)
