"""Money: totals on the summary, which say of how many pilots they are, and each pilot in the pack."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from tracker.entities import Pilot
from tracker.reports.model import Block, Facts, Missing, Pairs, Section
from tracker.reports.papers.data import SummaryData, money_text, none_recorded, sourced, table
from tracker.rules.reading import amount, currency_mark
from tracker.rules.signals.pilot.cost import over_text
from tracker.rules.totals import Total, brief, total
from tracker.rules.wording import MINUS, counted, listed, optional, upper_first
from tracker.text import natural_order

MOST_OVER = 3  # pilots that the summary names
PARTS = (("budget", "Budget"), ("forecast_cost", "Forecast"), ("spend_to_date", "Spent"))


class Sums(NamedTuple):
    """Budget and forecast of the pilots that state both, in minor units, how many, and the variance in per cent.

    That of a sum in which budgets take each other away would mislead, and is empty.
    """

    budget: int
    forecast: int
    pilots: int
    percent: str


def money(data: SummaryData) -> Pairs:
    """Return the totals of the running pilots in a few sentences, each with of how many it is, and the variance."""
    if not data.running:
        return [("Money", "No pilot is running.")]
    budget, forecast, _ = _totals(data)
    sums = _sums(data)
    if sums.pilots == len(data.running):
        texts = money_text(data, sums.budget), money_text(data, sums.forecast)
        sentences = [f"Budget {texts[0]}, forecast {texts[1]}: {_distance(data, sums)}."]
    else:
        sentences = [f"Budget {_words(data, budget)}.", f"Forecast {_words(data, forecast)}."]
        if budget.given and forecast.given:
            sentences.append(_both(data, sums))
    return [("Money", " ".join((*sentences, *_furthest_over(data))))]


def _furthest_over(data: SummaryData) -> Iterator[str]:
    """Yield which pilots are over their budget by more than is amber, the furthest first: a total may hide them."""
    limit = data.now.settings.cost_amber_percent
    over: list[tuple[float, str, str]] = []
    for pilot in data.running:
        budget = pilot.budget or 0
        change = max(pilot.forecast_cost or 0, pilot.spend_to_date or 0) - budget
        if budget > 0 and change * 100 > budget * limit:
            text = f"{pilot.ref} {over_text(data.now, budget, budget + change).lstrip('+')}"
            over.append((-change / budget, natural_order(pilot.ref), text))
    if over:
        yield f"Over {limit}%: {listed((text for *_, text in sorted(over)), MOST_OVER)}."


def _totals(data: SummaryData) -> list[Total]:
    """Return the totals of PARTS over the running pilots."""
    return [total(data.now, data.running, field) for field, _ in PARTS]


def _words(data: SummaryData, figure: Total) -> str:
    noun = counted(figure.of, "running pilot").partition(" ")[2]
    return figure.words(lambda minor: money_text(data, minor), noun)


def _sums(data: SummaryData) -> Sums:
    """Return budget and forecast of the running pilots that state both."""
    pairs = [
        (pilot.budget, pilot.forecast_cost)
        for pilot in data.running
        if pilot.budget is not None and pilot.forecast_cost is not None
    ]
    has_negative = any(budget < 0 for budget, _ in pairs)
    budget = sum(budget for budget, _ in pairs)
    forecast = sum(forecast for _, forecast in pairs)
    return Sums(budget, forecast, len(pairs), "" if has_negative else over_text(data.now, budget, forecast))


def _both(data: SummaryData, sums: Sums) -> str:
    """Return the variance of the pilots that state budget and forecast, which alone can be held against each other."""
    if not sums.pilots:
        return "No pilot states both, so no variance can be given."
    budget = money_text(data, sums.budget)
    forecast = money_text(data, sums.forecast)
    change = _distance(data, sums)
    return f"{counted(sums.pilots, 'states', 'state')} both: budget {budget}, forecast {forecast}, {change}."


def _distance(data: SummaryData, sums: Sums) -> str:
    """Return how far a forecast is from its budget, in words: ``£17,400 over (2.1%)``."""
    change = sums.forecast - sums.budget
    if not change:
        return "as budgeted"
    side = "over" if change > 0 else "under"
    return f"{money_text(data, abs(change))} {side}{optional(' (', sums.percent.lstrip('+' + MINUS), ')')}"


def _whole(data: SummaryData) -> Block:
    """Return the totals of the running pilots, and the variance of those that state budget and forecast."""
    if not data.running:
        return Missing("No pilot is running.")
    totals = zip(PARTS, _totals(data), strict=True)
    facts = [(label, upper_first(_words(data, figure))) for (_, label), figure in totals]
    sums = _sums(data)
    return Facts((*facts, ("Variance", _both(data, sums))))


def _variance(budget: int, forecast: int) -> str:
    """Return the forecast less the budget with its sign."""
    change = forecast - budget
    return f"{'+' * (change > 0)}{amount(change)}"


def finance(data: SummaryData) -> Section:
    """Return budget, forecast, variance and spend of every pilot, and the totals of those that run."""
    blocks: list[Block] = [none_recorded("no pilot")]
    if data.pilots:
        unit = currency_mark(data.now.about.currency).strip()
        titles = ("Pilot", "Budget>", "Forecast>", "Variance>", "In per cent>", "Spent>", "Spent as of")
        ordered = sorted(data.pilots, key=lambda pilot: natural_order(pilot.ref))
        rows = [_finances(data, pilot) for pilot in ordered]
        if len(data.running) > 1:
            rows.append(_sum_row(data))
        ended = len(data.pilots) - len(data.running)
        note = optional("", ended, f" of {counted(len(data.pilots), 'pilot')} ended: not in the totals.")
        money_table = table("finance", f"Money of each pilot, in {unit}", titles, rows, note=note)
        blocks = [_whole(data), replace(money_table, all_rows=True)]
    return sourced(data, "finance", "Finance", "the register of pilots", blocks)


def _sum_row(data: SummaryData) -> tuple[str, ...]:
    """Return the sums of the running pilots below the table; a variance only where each states budget and forecast."""
    totals = _totals(data)
    sums = _sums(data)
    cells = [amount(figure.amount) if figure.given else "Not known" for figure in totals]
    variance = ("Not known", "Not known")
    if sums.pilots == len(data.running):
        variance = (_variance(sums.budget, sums.forecast), sums.percent or "–")
    lacking = [
        f"{label.lower()} of {figure.scope('pilots')}"
        for (_, label), figure in zip(PARTS, totals, strict=True)
        if figure.given < figure.of
    ]
    name = f"Total of {counted(len(data.running), 'running pilot')}" + optional(" (", listed(lacking), ")")
    return (name, *cells[:2], *variance, cells[2], "")


def _finances(data: SummaryData, pilot: Pilot) -> tuple[str, ...]:
    lacking = [field for field in ("budget", "forecast_cost") if getattr(pilot, field) is None]
    unknown = next((text for field in lacking if (text := brief(data.now, pilot, field, ""))), "Not known")
    variance = (unknown, unknown)
    if pilot.budget is not None and pilot.forecast_cost is not None:
        variance = (
            _variance(pilot.budget, pilot.forecast_cost),
            over_text(data.now, pilot.budget, pilot.forecast_cost) or "–",
        )
    return (
        f"{pilot.ref} {pilot.name}{pilot.ended_by(data.now.date) * ' (ended)'}",
        data.money_cell(pilot, "budget"),
        data.money_cell(pilot, "forecast_cost"),
        *variance,
        data.money_cell(pilot, "spend_to_date"),
        data.day_cell(pilot, "spend_as_of", "Not recorded"),
    )
