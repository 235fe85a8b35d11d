"""Money: totals on the summary, which say of how many pilots they are, and each pilot in the pack."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from tracker.entities import Pilot
from tracker.reports.model import Block, Facts, Missing, Pairs, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, money_text, none_recorded, sourced, table
from tracker.reports.sections.pilots import changed_pilots, every_page
from tracker.rules.reading import amount, currency_mark
from tracker.rules.signals.pilot.cost import over_text
from tracker.rules.totals import Total, brief, total
from tracker.rules.wording import MINUS, counted, listed, lower_first, optional, upper_first
from tracker.text import natural_order

MOST_OVER = 3  # pilots that the summary names
SHOWN = 20  # pilots whose money the body of a paper of exceptions has
EVERY_BUDGET = "Annex F: the money of every pilot"
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
    over: list[tuple[Fraction, str, str]] = []
    for pilot in data.running:
        share = _over(pilot)
        if share is not None and share * 100 > limit:
            budget = pilot.budget or 0
            cost = max(pilot.forecast_cost or 0, pilot.spend_to_date or 0)
            text = f"{pilot.ref} {over_text(data.now, budget, cost).lstrip('+')}"
            over.append((-share, natural_order(pilot.ref), text))
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
    """Return budget, forecast, variance and spend of the pilots, and the totals of those that run.

    Of more pilots than have a page each, those stand here that are the furthest over, then the changed ones.
    """
    blocks: list[Block] = [none_recorded("no pilot")]
    if data.pilots and every_page(data):
        blocks = [_whole(data), _table(data, "finance", data.pilots)]
    elif data.pilots:
        first = _furthest_first(data)
        blocks = [_whole(data), _table(data, "finance-first", first[:SHOWN]), Paragraph(_others(data, first[SHOWN:]))]
    return sourced(data, "finance", "Finance", "the register of pilots", blocks)


def every_budget(data: SummaryData) -> list[Section]:
    """Return the annex with the money of every pilot; none where the section on finance has all of them."""
    if every_page(data):
        return []
    rows = _table(data, "finance", data.pilots)
    return [sourced(data, "every-budget", EVERY_BUDGET, "the register of pilots", [rows], new_page=True)]


def _table(data: SummaryData, name: str, pilots: list[Pilot]) -> Table:
    """Return the money of pilots: of all of them by ref and with the totals, of some in the order that they have."""
    unit = currency_mark(data.now.about.currency).strip()
    titles = ("Pilot", "Budget>", "Forecast>", "Variance>", "In per cent>", "Spent>", "Spent as of")
    if len(pilots) < len(data.pilots):
        caption = f"Money of {len(pilots)} of {len(data.pilots)} pilots, in {unit}, the furthest over first"
        return table(name, caption, titles, [_finances(data, pilot) for pilot in pilots])
    rows = [_finances(data, pilot) for pilot in sorted(pilots, key=lambda pilot: natural_order(pilot.ref))]
    if len(data.running) > 1:
        rows.append(_sum_row(data))
    ended = len(data.pilots) - len(data.running)
    note = optional("", ended, f" of {counted(len(data.pilots), 'pilot')} ended: not in the totals.")
    full_table = table(name, f"Money of each pilot, in {unit}", titles, rows, note=note)
    return replace(full_table, all_rows=True)


def _furthest_first(data: SummaryData) -> list[Pilot]:
    """Return the pilots, the furthest over budget first, then the changed ones; those that ended come last."""
    limit = data.now.settings.cost_amber_percent
    changed = changed_pilots(data)
    return sorted(
        data.pilots,
        key=lambda pilot: (
            pilot.ended_by(data.now.date),
            -max(_over(pilot) or 0, Fraction(limit, 100)),
            pilot.uid not in changed,
            natural_order(pilot.ref),
        ),
    )


def _over(pilot: Pilot) -> Fraction | None:
    """Return by which part of its budget a pilot costs more; None where that is not known."""
    cost = max((cost for cost in (pilot.forecast_cost, pilot.spend_to_date) if cost is not None), default=None)
    if cost is None or not pilot.budget or pilot.budget < 0:
        return None
    return Fraction(cost - pilot.budget, pilot.budget)


def _others(data: SummaryData, pilots: list[Pilot]) -> str:
    """Return how many pilots are not shown, by how far they are over budget."""
    limit = data.now.settings.cost_amber_percent
    shares = [_over(pilot) for pilot in pilots if not pilot.ended_by(data.now.date)]
    kinds = {
        f"over by more than {limit}%": sum(share is not None and share * 100 > limit for share in shares),
        f"over by {limit}% at most, or not over": sum(share is not None and share * 100 <= limit for share in shares),
        "without a budget or a cost": shares.count(None),
        "ended": len(pilots) - len(shares),
    }
    words = listed(f"{number:,} {kind}" for kind, number in kinds.items() if number)
    return f"And {len(pilots):,} more: {words}. All of them: {lower_first(EVERY_BUDGET)}."


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
