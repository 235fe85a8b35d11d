"""Cost: by how much the forecast cost is above the budget.

What has been spent is the least that the pilot will cost: it counts when no forecast is recorded and the budget is
spent already, and where it is above the forecast.
"""

from fractions import Fraction

from tracker.entities.pilot import Pilot
from tracker.rules.day import Day
from tracker.rules.reading import amount
from tracker.rules.signals.judging import figures, grey, level_above, signal_of
from tracker.rules.signals.result import RED, Finding, Signal, is_borderline

NAME, LABEL = "cost", "Cost"


def cost_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the cost dimension of a pilot; grey without a budget above nought, or without a forecast."""
    budget = pilot.budget
    if budget is None:
        return grey(NAME, LABEL, "budget", "No budget is recorded, so nobody can tell what is too much.", "the budget")
    if budget == 0:
        sentence = "The budget is 0: not enough data to say how far the cost is above it."
        return grey(NAME, LABEL, "budget", sentence, "a budget above 0")
    spent, forecast = pilot.spend_to_date, pilot.forecast_cost
    if forecast is None and (spent is None or spent <= budget):
        sentence = f"No forecast cost is recorded; the budget is {_money(evidence, budget)}."
        return grey(NAME, LABEL, "forecast", sentence, "the forecast cost")
    missing = ["the forecast cost"] if forecast is None else []
    return signal_of(NAME, LABEL, [_variance(evidence, pilot, budget)], missing)


def _variance(evidence: Day, pilot: Pilot, budget: int) -> Finding:
    settings = evidence.settings
    amber, red = settings.cost_amber_percent, settings.cost_red_percent
    spent, forecast = pilot.spend_to_date, pilot.forecast_cost
    cost = max(spent or 0, forecast or 0)
    over = Fraction((cost - budget) * 100, budget)
    level = level_above(over, amber, red)
    value, low, high = figures(over, amber, red, digits=1, sign=True)
    size = value.lstrip("+−")
    if cost == forecast:
        what = f"The forecast cost of {_money(evidence, cost)} is"
    elif forecast is None:
        what = f"No forecast cost is recorded, but the {_money(evidence, cost)} spent so far is"
    else:
        told = f"The {_money(evidence, cost)} spent so far is more than the forecast cost of"
        what = f"{told} {_money(evidence, forecast)}, and"
    where = f"{size} % {'above' if over > 0 else 'below'}" if over else "as much as"
    sentence = f"{what} {where} the budget of {_money(evidence, budget)}; amber is above {low} %, red above {high} %."
    threshold = f"{high if level == RED else low} %"
    borderline = is_borderline(float(over), amber, red)
    return Finding("cost.variance", level, sentence, f"{value} %", threshold, (pilot.ref,), borderline)


def _money(evidence: Day, minor: int) -> str:
    programme = evidence.programme
    return f"{programme.currency} {amount(minor)}" if programme is not None else amount(minor)
