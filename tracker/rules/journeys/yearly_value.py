"""What a change is worth to the people who use a service in a year: hours of their time, and money."""

from typing import NamedTuple

from tracker.entities import Metric, Pilot, Service
from tracker.rules.day import Day
from tracker.rules.impact import pairing as comparing
from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.figures import Proportion, Ratio, Single, figures
from tracker.rules.wording import listed, number

IN_MINUTES = {"sec": 1 / 60, "min": 1.0, "hou": 60.0, "h": 60.0}


class Worth(NamedTuple):
    """What is saved in a year (below zero: lost), and from where to where by the interval of the change.

    ``unit`` is hours, or the unit of the cost. ``take_up`` is the part of cases that come by the new way, 0 to 1.
    ``missing`` says in words what must be recorded before it can be worked out; then ``saved`` is None.
    """

    unit: str
    saved: float | None
    low: float | None = None
    high: float | None = None
    volume: int | None = None
    take_up: float | None = None
    each: float | None = None
    missing: tuple[str, ...] = ()
    basis: str = "from the interval"


def citizen_hours(evidence: Day, comparison: Comparison) -> Worth | None:
    """Return the hours a year that citizens save: transactions a year × take-up × minutes / 60.

    None when the metric is not the time that a transaction takes, or nothing can be compared.
    """
    metric = comparison.metric
    effect = comparison.effect
    factor = next((by for word, by in IN_MINUTES.items() if metric.unit.lower().startswith(word)), None)
    if (
        metric.kpi_code != "time_to_complete"
        or effect is None
        or effect.ratio
        or factor is None
        or not comparison.after
    ):
        return None
    volume = _volume(evidence, metric)
    take_up = _take_up(evidence, comparison)
    missing = []
    if volume is None:
        missing.append("the transactions a year of the service")
    if take_up is None:
        missing.append("the part of cases that came online")
    if volume is None or take_up is None:
        return Worth("hours", None, volume=volume, take_up=take_up, missing=tuple(missing))
    per_case = -effect.estimate * factor
    hours = volume * take_up / 60
    low, high = _saved_interval(effect, factor, hours)
    return Worth("hours", per_case * hours, low, high, volume, take_up, per_case)


def _saved_interval(effect: comparing.Effect, factor: float, volume: float) -> tuple[float | None, float | None]:
    """Return from where to where the savings of an effect lie: the most that it falls saves the most."""
    if effect.low is None or effect.high is None:
        return None, None
    return -effect.high * factor * volume, -effect.low * factor * volume


def money(evidence: Day, comparison: Comparison) -> Worth | None:
    """Return what the service costs less in a year, in the unit of the metric; None when the metric is not a cost."""
    metric = comparison.metric
    effect = comparison.effect
    if metric.kpi_code != "cost_per_transaction" or effect is None or effect.ratio:
        return None
    volume = _volume(evidence, metric)
    if volume is None:
        return Worth(metric.unit, None, missing=("the transactions a year of the service",))
    low, high = _saved_interval(effect, 1, volume)
    worth = Worth(metric.unit, -effect.estimate * volume, low, high, volume, None, -effect.estimate)
    if effect.sensitivity:
        return worth._replace(basis="if the total is 10% out")
    return worth


def _volume(evidence: Day, metric: Metric) -> int | None:
    uid = metric.service
    pilot = evidence.get(Pilot, metric.pilot)
    if not uid and pilot is not None:
        uid = pilot.service
    service = evidence.get(Service, uid)
    if service is None:
        return None
    return service.annual_volume


def _take_up(evidence: Day, comparison: Comparison) -> float | None:
    """Return the online share of the newest measurement, else the newest value of the take-up metric beside it."""
    if comparison.after and comparison.after.measurement.online_share is not None:
        return comparison.after.measurement.online_share
    for sibling in _siblings(evidence, comparison.metric):
        if sibling.kpi_code != "digital_takeup":
            continue
        live = comparing.go_live(evidence, sibling)
        _, after = comparing.pair(comparing.current_measurements(evidence, sibling), live)
        if after is None:
            continue
        figure = figures(sibling, after)
        if isinstance(figure, Proportion | Single | Ratio) and 0 <= figure.value <= 1:
            return figure.value
    return None


def _siblings(evidence: Day, metric: Metric) -> list[Metric]:
    """Return the metrics of the same pilot, else of the same service."""
    if metric.pilot:
        return evidence.of(Metric, "pilot", metric.pilot)
    if metric.service:
        return evidence.of(Metric, "service", metric.service)
    return []


def worth_words(value: Worth) -> str:
    """Return what a change is worth as a sentence, with how it was worked out."""
    unit = {"hours": "citizen hours"}.get(value.unit, value.unit) + " a year"
    if value.saved is None:
        return f"To say how many {unit} that is, record {listed(value.missing)}."
    verb = "saved"
    sign = 1
    if value.saved < 0:
        verb = "lost"
        sign = -1
    span = ""
    if value.low is not None and value.high is not None:
        low, high = sorted((sign * value.low, sign * value.high))
        span = f" ({number(low, 0)} to {number(high, 0)} {value.basis})"
    sentence = f"About {number(abs(value.saved), 0)} {unit} {verb}{span}"
    if value.unit != "hours":
        return f"{sentence}: {value.volume:,} transactions. It is cash only if a budget was cut by it."
    per_case = number(abs(value.each or 0), 1)
    take_up = number((value.take_up or 0) * 100, 0)
    return f"{sentence}: {value.volume:,} transactions × {take_up}% take-up × {per_case} minutes."
