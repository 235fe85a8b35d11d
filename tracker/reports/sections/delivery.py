"""Money: the whole on the summary, each pilot in the pack."""

from typing import NamedTuple

from tracker.entities import Pilot
from tracker.reports.model import Block, Facts, Missing, Pairs, Paragraph, Section
from tracker.reports.papers.data import SummaryData, currency, money_text, none_recorded, sourced, table
from tracker.rules.reading import amount
from tracker.rules.wording import counted, date_or, listed

PILOTS_NAMED = 12
PILOTS_NAMED_BRIEFLY = 3
NO_MONEY = "No pilot has both a budget and a forecast recorded."


class Sums(NamedTuple):
    """Budget and forecast of some pilots in minor units, how many those are, and whether a budget is negative."""

    budget: int
    forecast: int
    pilots: int
    has_negative: bool = False

    @property
    def variance(self) -> str:
        """The forecast less the budget; per cent of a sum in which budgets take each other away would mislead."""
        return _variance(self.budget, self.forecast, in_percent=not self.has_negative)


def money(data: SummaryData) -> Pairs:
    """Return budget, forecast and variance in a sentence, and which pilots are not in it."""
    sums = _sums(data)
    if not sums.pilots:
        return [("Money", NO_MONEY)]
    budget, forecast = money_text(data, sums.budget), money_text(data, sums.forecast)
    sentence = f"Budget {budget}, forecast {forecast}: {currency(data)}{sums.variance}."
    missing = _missing(data)
    if missing:
        sentence += f" {_counted(data, sums)}; not {listed(missing, PILOTS_NAMED_BRIEFLY)}."
    return [("Money", sentence)]


def _sums(data: SummaryData) -> Sums:
    """Return budget and forecast of the running pilots that have both."""
    pairs = [
        (pilot.budget, pilot.forecast_cost)
        for pilot in data.running
        if pilot.budget is not None and pilot.forecast_cost is not None
    ]
    has_negative = any(budget < 0 for budget, _ in pairs)
    return Sums(sum(budget for budget, _ in pairs), sum(forecast for _, forecast in pairs), len(pairs), has_negative)


def _missing(data: SummaryData) -> list[str]:
    """Return the running pilots without a budget or a forecast, each with what it lacks."""
    missing = []
    for pilot in data.running:
        lacks = [word for word, value in (("budget", pilot.budget), ("forecast", pilot.forecast_cost)) if value is None]
        if lacks:
            missing.append(f"{pilot.ref} (no {' and no '.join(lacks)})")
    return missing


def _counted(data: SummaryData, sums: Sums) -> str:
    return f"{sums.pilots} of {counted(len(data.running), 'running pilot')}"


def _whole(data: SummaryData) -> list[Block]:
    """Return budget, forecast and variance of the pilots that have both, and which have not."""
    sums = _sums(data)
    if not sums.pilots:
        return [Missing(NO_MONEY)]
    items = [
        ("Budget", money_text(data, sums.budget)),
        ("Forecast", money_text(data, sums.forecast)),
        ("Variance", f"{currency(data)}{sums.variance}"),
    ]
    missing = _missing(data)
    if not missing:
        return [Facts(tuple(items))]
    facts = Facts((("Counted", _counted(data, sums)), *items))
    return [facts, Paragraph(f"Not in these figures: {listed(missing, PILOTS_NAMED)}.")]


def _variance(budget: int, forecast: int, *, in_percent: bool = True) -> str:
    """Return the forecast less the budget with its sign, and in per cent of the budget where that is above zero."""
    change = forecast - budget
    text = amount(change)
    if change > 0:
        text = f"+{text}"
    if budget <= 0 or not in_percent:
        return text
    tenths = (abs(change) * 2000 + budget) // (2 * budget)
    sign = ""
    if tenths:
        sign = "-" if change < 0 else "+"
    return f"{text} ({sign}{tenths // 10}.{tenths % 10} %)"


def finance(data: SummaryData) -> Section:
    """Return budget, forecast, variance and spend of every pilot."""
    blocks: list[Block] = [none_recorded("no pilot")]
    if data.pilots:
        unit = currency(data).strip() or "the programme's currency"
        titles = ("Pilot", "Budget>", "Forecast>", "Variance>", "Spent>", "Spent as of")
        rows = map(_finances, sorted(data.pilots, key=lambda pilot: pilot.ref))
        blocks = [*_whole(data), table("finance", f"Money of each pilot, in {unit}", titles, rows)]
    return sourced(data, "finance", "Finance", "the register of pilots", blocks)


def _finances(pilot: Pilot) -> tuple[str, ...]:
    variance = "Not known"
    if pilot.budget is not None and pilot.forecast_cost is not None:
        variance = _variance(pilot.budget, pilot.forecast_cost)
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
