"""By when targets are to be reached."""

from tracker.entities import Measurement, Metric
from tracker.fields import latest
from tracker.rules.day import Day
from tracker.rules.outstanding import Open, by_rule


def metric(evidence: Day, metric: Metric) -> Open:
    """Yield the day by which a target is to be reached, until something was measured up to that day or later."""
    target_on = metric.target_on
    if target_on is None or metric.target is None:
        return
    if not any(figure.period_end >= target_on for figure in evidence.of(Measurement, "metric", metric.uid)):
        yield by_rule(metric), latest(target_on)
