"""How many cases a pilot needs to see the change it wants, and how many it will have when the board decides."""

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from tracker.entities import Measurement, Metric, Pilot
from tracker.rules.day import Day
from tracker.rules.impact.cautions import days as period_days
from tracker.rules.impact.figures import figures
from tracker.rules.impact.pairing import current_measurements
from tracker.rules.impact.sample_size import needed_size, size
from tracker.rules.impact.targets import target_of


class Sample(NamedTuple):
    """The cases of a metric after the change: so many ``needed`` in each period to see the change that matters.

    ``cases`` is how many there are, ``projected`` how many there will be on the day of the decision at the pace so far;
    of a rate, exposure rather than cases.
    """

    metric: Metric
    needed: int
    cases: int
    projected: int

    @property
    def reached(self) -> bool:
        """Whether there are enough cases already."""
        return self.cases >= self.needed


def target_metrics(evidence: Day, pilot: Pilot) -> list[Metric]:
    """Return the metrics of a pilot that have a target (or a band)."""
    return [metric for metric in evidence.of_pilot(Metric, pilot) if has_target(metric)]


def has_target(metric: Metric) -> bool:
    """Return whether it is recorded what a metric is to become."""
    return any(value is not None for value in (metric.target, metric.band_from, metric.band_to))


def baselines(evidence: Day, metric: Metric, before: date = date.max) -> list[Measurement]:
    """Return the baseline measurements of a metric, oldest first; with ``before``, those that ended before that day."""
    measurements = [
        measurement for measurement in _of_phase(evidence, metric, "baseline") if measurement.period_end < before
    ]
    return sorted(measurements, key=lambda measurement: measurement.period_end)


def _of_phase(evidence: Day, metric: Metric, phase: str) -> list[Measurement]:
    return [
        measurement
        for measurement in current_measurements(evidence, metric)
        if measurement.phase == phase and measurement.cohort != "comparison"
    ]


def samples(evidence: Day, pilot: Pilot) -> list[Sample]:
    """Return what is known of the cases of a pilot's target metrics; one that cannot be worked out is left out."""
    candidates = (_sample(evidence, pilot, metric) for metric in target_metrics(evidence, pilot))
    return [sample for sample in candidates if sample is not None]


def _sample(evidence: Day, pilot: Pilot, metric: Metric) -> Sample | None:
    before = baselines(evidence, metric)
    after = _of_phase(evidence, metric, "after")
    first = figures(metric, before[-1]) if before else None
    sizes = [size(read) for measurement in after if (read := figures(metric, measurement)) is not None]
    counts = [count for count in sizes if count is not None]
    if first is None or not counts or len(counts) < len(after) or metric.periods == "rolling":  # cases count many times
        return None
    needed = needed_size(metric, first, target_of(metric, first), evidence.settings.interval_percent / 100)
    if needed is None:
        return None
    cases = sum(map(Fraction, counts), Fraction(0))
    days = sum(period_days(measurement) for measurement in after)
    newest = max(measurement.period_end for measurement in after)
    days_left = max(0, ((pilot.decision_due or evidence.date) - newest).days)
    return Sample(metric, ceil(needed), floor(cases), floor(cases + cases / days * days_left))
