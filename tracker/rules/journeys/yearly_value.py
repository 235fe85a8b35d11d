"""What a change is worth to the people who use a service in a year: hours of their time, and money."""

from typing import NamedTuple

from tracker.entities.metric import Metric
from tracker.entities.pilot import Pilot
from tracker.entities.service import Service
from tracker.rules.day import Day
from tracker.rules.impact import pairing as comparing
from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.figures import Proportion, Ratio, Single, figures
from tracker.rules.impact.words import number
from tracker.rules.wording import listed

IN_MINUTES = {"sec": 1 / 60, "min": 1.0, "hou": 60.0, "h": 60.0}


class Worth(NamedTuple):
    """What is saved in a year (below nought: lost), and from where to where by the interval of the change.

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
    metric, effect = comparison.metric, comparison.effect
    factor = next((by for word, by in IN_MINUTES.items() if metric.unit.lower().startswith(word)), None)
    if (
        metric.kpi_code != "time_to_complete"
        or effect is None
        or effect.ratio
        or factor is None
        or not comparison.after
    ):
        return None
    volume, take_up = _volume(evidence, metric), _take_up(evidence, comparison)
    missing = []
    if volume is None:
        missing.append("the transactions a year of the service")
    if take_up is None:
        missing.append("the part of cases that came online")
    if volume is None or take_up is None:
        return Worth("hours", None, volume=volume, take_up=take_up, missing=tuple(missing))
    per_case = -effect.estimate * factor
    hours = volume * take_up / 60
    ends = [-end * factor * hours for end in (effect.high, effect.low) if end is not None]
    low, high = ends if len(ends) == 2 else (None, None)
    return Worth("hours", per_case * hours, low, high, volume, take_up, per_case)


def money(evidence: Day, comparison: Comparison) -> Worth | None:
    """Return what the service costs less in a year, in the unit of the metric; None when the metric is not a cost."""
    metric, effect = comparison.metric, comparison.effect
    if metric.kpi_code != "cost_per_transaction" or effect is None or effect.ratio:
        return None
    volume = _volume(evidence, metric)
    if volume is None:
        return Worth(metric.unit, None, missing=("the transactions a year of the service",))
    basis = "if the total is 10 % out" if effect.sensitivity else "from the interval"
    has_interval = effect.low is not None and effect.high is not None
    low, high = (-effect.high * volume, -effect.low * volume) if has_interval else (None, None)  # type: ignore[operator]
    return Worth(metric.unit, -effect.estimate * volume, low, high, volume, None, -effect.estimate, (), basis)


def _service(evidence: Day, metric: Metric) -> Service | None:
    pilot = evidence.get(Pilot, metric.pilot)
    return evidence.get(Service, metric.service or (pilot.service if pilot is not None else None))


def _volume(evidence: Day, metric: Metric) -> int | None:
    service = _service(evidence, metric)
    return service.annual_volume if service is not None else None


def _take_up(evidence: Day, comparison: Comparison) -> float | None:
    """Return the online share of the newest measurement, else the newest value of the take-up metric beside it."""
    share: float | None = comparison.after.measurement.online_share if comparison.after else None
    if share is not None:
        return share
    metric = comparison.metric
    link, uid = ("pilot", metric.pilot) if metric.pilot else ("service", metric.service)
    for sibling in evidence.of(Metric, link, uid) if uid else []:
        if sibling.kpi_code == "digital_takeup":
            live = comparing.go_live(evidence, sibling)
            _, after = comparing.pair(comparing.current_measurements(evidence, sibling), live)
            figure = figures(sibling, after) if after is not None else None
            if isinstance(figure, Proportion | Single | Ratio) and 0 <= figure.value <= 1:
                return figure.value
    return None


def worth_words(value: Worth) -> str:
    """Return what a change is worth as a sentence, with how it was worked out."""
    unit = "citizen hours a year" if value.unit == "hours" else f"{value.unit} a year"
    if value.saved is None:
        return f"To say how many {unit} that is, record {listed(value.missing)}."
    verb = "saved" if value.saved >= 0 else "lost"
    sign = 1 if value.saved >= 0 else -1
    ends = sorted(sign * end for end in (value.low, value.high) if end is not None)
    span = f" ({number(ends[0], 0)} to {number(ends[1], 0)} {value.basis})" if len(ends) == 2 else ""
    sentence = f"About {number(abs(value.saved), 0)} {unit} {verb}{span}"
    if value.unit != "hours":
        return f"{sentence}: {value.volume:,} transactions. It is cash only if a budget was cut by it."
    per_case = number(abs(value.each or 0), 1)
    return (
        f"{sentence}: {value.volume:,} transactions × {(value.take_up or 0) * 100:.0f} % take-up × {per_case} minutes."
    )
