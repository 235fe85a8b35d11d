"""Cost: by how much the forecast cost is above the budget.

What has been spent is the least that the pilot will cost: it counts when no forecast is recorded and the budget is
spent already, and where it is above the forecast.
"""

from fractions import Fraction

from tracker.entities import Pilot
from tracker.rules.day import Day
from tracker.rules.reading import money_text
from tracker.rules.signals.result import Dimension, Finding, Signal, at_most_two, figure_texts
from tracker.rules.totals import absent, gap

COST = Dimension("cost", "Cost", "C")


def cost_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the cost dimension of a pilot; grey without a budget above zero, or without a forecast.

    Per cent of a budget of zero or below it, or of a cost below zero, would say nothing that is so.
    """
    budget = pilot.budget
    forecast = pilot.forecast_cost
    if budget is None:
        reason = f"{absent(evidence, pilot, 'budget', 'budget')}, so nobody can tell what is too much."
        return COST.unknown("budget", reason, *gap(evidence, pilot, "budget", "the budget"))
    if budget <= 0:
        stands = "0"
        if budget:
            stands = f"{_money(evidence, budget)}, below 0"
        sentence = f"The budget is {stands}: not enough data to say how far the cost is above it."
        return COST.unknown("budget", sentence, "a budget above 0")
    cost = _cost(pilot)
    if cost is not None and cost < 0:
        sentence = f"The cost is {_money(evidence, cost)}, below 0: it is not held against the budget in per cent."
        return COST.unknown("forecast", sentence, "a cost above 0")
    if forecast is not None:
        return COST.signal([_variance(evidence, pilot, budget)])
    lacking = gap(evidence, pilot, "forecast_cost", "the forecast cost")
    if (pilot.spend_to_date or 0) <= budget:
        lacks = absent(evidence, pilot, "forecast_cost", "forecast cost")
        return COST.unknown("forecast", f"{lacks}; the budget is {_money(evidence, budget)}.", *lacking)
    return COST.signal([_variance(evidence, pilot, budget)], lacking)


def _cost(pilot: Pilot) -> int | None:
    """Return the larger of what is forecast and what was spent; None where neither is recorded."""
    return max((cost for cost in (pilot.spend_to_date, pilot.forecast_cost) if cost is not None), default=None)


def _variance(evidence: Day, pilot: Pilot, budget: int) -> Finding:
    amber = evidence.settings.cost_amber_percent
    red = evidence.settings.cost_red_percent
    cost = _cost(pilot) or 0
    over = _over(budget, cost)
    value, low, high = texts = _over_texts(evidence, budget, cost)
    distance = "as much as"
    if over:
        side = "above" if over > 0 else "below"
        distance = f"{value.lstrip('+−')}% {side}"
    sentence = (
        f"{_subject(evidence, pilot, cost)} {distance} the budget of {_money(evidence, budget)}; "
        f"amber is above {low}%, red above {high}%."
    )
    return at_most_two(over, amber, red, "%", texts).finding("cost.variance", sentence, (pilot.ref,))


def over_text(evidence: Day, budget: int, cost: int) -> str:
    """Return by how much a cost is above a budget, with its sign; empty where the budget is not above zero.

    To a tenth of a per cent; with as many decimals more as keep it from reading like a threshold that it is not.
    """
    if budget <= 0:
        return ""
    return _over_texts(evidence, budget, cost)[0] + "%"


def _over(budget: int, cost: int) -> Fraction:
    return Fraction((cost - budget) * 100, budget)


def _over_texts(evidence: Day, budget: int, cost: int) -> tuple[str, ...]:
    limits = evidence.settings.cost_amber_percent, evidence.settings.cost_red_percent
    return figure_texts(_over(budget, cost), *limits, digits=1, sign=True)


def _subject(evidence: Day, pilot: Pilot, cost: int) -> str:
    """Return in words which cost is held against the budget: the forecast, or what has been spent."""
    forecast = pilot.forecast_cost
    money = _money(evidence, cost)
    if cost == forecast:
        return f"The forecast cost of {money} is"
    if forecast is None:
        lacks = absent(evidence, pilot, "forecast_cost", "forecast cost")
        return f"{lacks}, but the {money} spent so far is"
    return f"The {money} spent so far is more than the forecast cost of {_money(evidence, forecast)}, and"


def _money(evidence: Day, minor: int) -> str:
    return money_text(minor, evidence.about.currency)
