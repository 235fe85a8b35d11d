"""How many cases a pilot needs to see the change it wants, and how many it will have when the board decides."""

from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from tracker.entities.metric import Metric
from tracker.entities.pilot import Pilot
from tracker.rules.day import Day
from tracker.rules.impact.figures import figures
from tracker.rules.impact.pairing import standing
from tracker.rules.impact.sample_size import needed_size, size
from tracker.rules.impact.targets import target_of


class Sample(NamedTuple):
    """The cases of a metric after the change: so many ``needed`` in each period to see the change that matters.

    ``had`` is how many there are, ``projected`` how many there will be on the day of the decision at the pace so far;
    of a rate, exposure rather than cases.
    """

    metric: Any
    needed: int
    had: int
    projected: int

    @property
    def reached(self) -> bool:
        """Whether there are enough cases already."""
        return self.had >= self.needed


def target_metrics(evidence: Day, pilot: Pilot) -> list[Any]:
    """Return the metrics of a pilot that have a target (or a band)."""
    return [one for one in evidence.of(Metric, "pilot", pilot.uid) if has_target(one)]


def has_target(metric: Metric) -> bool:
    """Return whether it is said what a metric is to become."""
    return any(value is not None for value in (metric.target, metric.band_from, metric.band_to))


def baselines(evidence: Day, metric: Metric, before: date | None = None) -> list[Any]:
    """Return the baseline measurements of a metric, oldest first; with ``before``, those that ended before that day."""
    some = [one for one in standing(evidence, metric) if one.phase == "baseline" and one.cohort != "comparison"]
    return sorted((one for one in some if before is None or one.period_end < before), key=lambda one: one.period_end)


def samples(evidence: Day, pilot: Pilot) -> list[Sample]:
    """Return what is known of the cases of a pilot's target metrics; one that cannot be worked out is left out."""
    found = (_sample(evidence, pilot, metric) for metric in target_metrics(evidence, pilot))
    return [sample for sample in found if sample is not None]


def _sample(evidence: Day, pilot: Pilot, metric: Metric) -> Sample | None:
    before = baselines(evidence, metric)
    after = [one for one in standing(evidence, metric) if one.phase == "after" and one.cohort != "comparison"]
    counts = [n for one in after if (read := figures(metric, one)) is not None and (n := size(read)) is not None]
    first = figures(metric, before[-1]) if before else None
    if first is None or not counts or len(counts) < len(after):
        return None
    needed = needed_size(metric, first, target_of(metric, first), evidence.settings.interval_percent / 100)
    if needed is None:
        return None
    had = sum(map(Fraction, counts), Fraction(0))
    days = sum((one.period_end - one.period_start).days + 1 for one in after)
    left = max(0, ((pilot.decision_due or evidence.date) - max(one.period_end for one in after)).days)
    return Sample(metric, ceil(needed), floor(had), floor(had + had / days * left))
