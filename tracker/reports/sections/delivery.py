"""Money: the whole on the summary, each pilot in the pack."""

from typing import Any

from tracker.entities.pilot import Pilot
from tracker.reports.model import Block, Facts, Missing, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.rules.reading import amount
from tracker.rules.wording import counted, date_or, listed

PILOTS_NAMED = 12
PILOTS_NAMED_BRIEFLY = 3


def money(data: SummaryData) -> list[tuple[str, str]]:
    """Return budget, forecast and variance in a sentence, and which pilots are not in it."""
    complete, missing = _counted(data)
    if not complete:
        return [("Money", "No pilot has both a budget and a forecast recorded.")]
    budget, forecast, currency = _sums(data, complete)
    change = f"{currency}{_signed(forecast - budget)}{_share(forecast - budget, budget)}"
    sentence = f"Budget {currency}{amount(budget)}, forecast {currency}{amount(forecast)}: {change}."
    if missing:
        names = listed([f"{p.ref} ({_lacks(p)})" for p in missing], PILOTS_NAMED_BRIEFLY)
        sentence += f" {len(complete)} of {counted(len(data.running), 'running pilot')}; not {names}."
    return [("Money", sentence)]


def _counted(data: SummaryData) -> tuple[list[Any], list[Any]]:
    """Return the running pilots that have budget and forecast, and those that have not."""
    pilots = [p for p in data.running if p.budget is not None and p.forecast_cost is not None]
    return pilots, [p for p in data.running if p not in pilots]


def _sums(data: SummaryData, pilots: list[Any]) -> tuple[int, int, str]:
    """Return budget and forecast of some pilots, and the currency with a space behind it."""
    programme = data.now.programme
    currency = f"{programme.currency} " if programme is not None else ""
    return sum(p.budget for p in pilots), sum(p.forecast_cost for p in pilots), currency


def _whole(data: SummaryData) -> list[Block]:
    """Return budget, forecast and variance of the pilots that have both, and which have not."""
    complete, missing = _counted(data)
    blocks: list[Block] = []
    if complete:
        budget, forecast, currency = _sums(data, complete)
        counted_pilots = f"{len(complete)} of {counted(len(data.running), 'running pilot')}"
        items = (
            *([("Counted", counted_pilots)] if missing else []),
            ("Budget", f"{currency}{amount(budget)}"),
            ("Forecast", f"{currency}{amount(forecast)}"),
            ("Variance", f"{currency}{_signed(forecast - budget)}{_share(forecast - budget, budget)}"),
        )
        blocks.append(Facts(items))
    else:
        blocks.append(Missing("No pilot has both a budget and a forecast recorded."))
    if complete and missing:
        names = [f"{p.ref} ({_lacks(p)})" for p in missing]
        blocks.append(Paragraph(f"Not in these figures: {listed(names, PILOTS_NAMED)}."))
    return blocks


def _signed(minor: int) -> str:
    return f"+{amount(minor)}" if minor > 0 else amount(minor)


def _share(part: int, total: int) -> str:
    if total == 0:
        return ""
    tenths = (abs(part) * 2000 + total) // (2 * total)
    sign = "-" if part < 0 and tenths else "+" if tenths else ""
    return f" ({sign}{tenths // 10}.{tenths % 10} %)"


def _lacks(pilot: Pilot) -> str:
    lacks = [word for word, value in (("budget", pilot.budget), ("forecast", pilot.forecast_cost)) if value is None]
    return f"no {' and no '.join(lacks)}"


def finance(data: SummaryData) -> Section:
    """Return budget, forecast, variance and spend of every pilot."""
    paragraph = source(data, "the register of pilots")
    title = "Finance"
    if not data.pilots:
        return Section("finance", title, (paragraph, none_recorded("no pilot")))
    programme = data.now.programme
    currency = programme.currency if programme is not None else "the programme's currency"
    rows = tuple(_finances(pilot) for pilot in sorted(data.pilots, key=lambda pilot: pilot.ref))
    titles = columns("Pilot", "Budget>", "Forecast>", "Variance>", "Spent>", "Spent as of")
    table = Table("finance", f"Money of each pilot, in {currency}", titles, rows)
    return Section("finance", title, (paragraph, *_whole(data), table))


def _finances(pilot: Pilot) -> tuple[str, ...]:
    variance = "Not known"
    if pilot.budget is not None and pilot.forecast_cost is not None:
        change = pilot.forecast_cost - pilot.budget
        variance = f"{_signed(change)}{_share(change, pilot.budget)}"
    return (
        f"{pilot.ref} {pilot.name}",
        _amount(pilot.budget),
        _amount(pilot.forecast_cost),
        variance,
        _amount(pilot.spend_to_date),
        date_or(pilot.spend_as_of, "Not recorded"),
    )


def _amount(value: int | None) -> str:
    return "Not recorded" if value is None else amount(value)
