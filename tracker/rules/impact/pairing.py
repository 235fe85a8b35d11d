"""Which two measurements of a metric are compared, and what the change between their figures is."""

from datetime import date
from typing import NamedTuple

from tracker.entities import Measurement, Metric, Pilot
from tracker.rules.cached import cached_by_day
from tracker.rules.day import Day
from tracker.rules.impact import statistics as st
from tracker.rules.impact.figures import ESTIMATE_OFF, Answers, Figures, Mean, Proportion, Rate, Ratio, alike, figures

COHORT_NAMES = {"pilot": "those in the pilot", "whole_service": "the whole service"}
COHORTS = tuple(COHORT_NAMES)


class Side(NamedTuple):
    """One side of a comparison: the measurement, and its figures; None when they are not complete."""

    measurement: Measurement
    figures: Figures | None


class Effect(NamedTuple):
    """The change from before to after, and from where to where it may be.

    ``ratio``: it is how many times the value before, so that no change is 1 rather than 0. ``sensitivity``: the range
    is not an interval, but what becomes of the change when the estimate of the total is wrong.
    """

    estimate: float
    low: float | None = None
    high: float | None = None
    ratio: bool = False
    sensitivity: bool = False

    @property
    def excludes_no_change(self) -> bool:
        """Whether the whole range lies on one side of no change."""
        no_change = int(self.ratio)
        if self.low is None or self.high is None:
            return False
        return self.low > no_change or self.high < no_change


def current_measurements(evidence: Day, metric: Metric) -> list[Measurement]:
    """Return the measurements of a metric that no other one revises, whose period was over on the day."""
    return _current_by_metric(evidence).get(metric.uid, [])


@cached_by_day
def _current_by_metric(evidence: Day) -> dict[str, list[Measurement]]:
    """Return them for every metric, by its uid, in the order in which they were added."""
    measurements = evidence.all(Measurement)
    revised = {measurement.revises for measurement in measurements}
    by_metric: dict[str, list[Measurement]] = {}
    for measurement in measurements:
        if measurement.period_end <= evidence.date and measurement.uid not in revised:
            by_metric.setdefault(measurement.metric, []).append(measurement)
    return by_metric


def go_live(evidence: Day, metric: Metric) -> date | None:
    """Return the first day with real users of the metric's pilot; None when there is no such day or pilot."""
    pilot = evidence.get(Pilot, metric.pilot)
    return pilot.first_real_user_on if pilot is not None else None


Pair = tuple[Measurement | None, Measurement | None]


def pair(measurements: list[Measurement], live: date | None) -> Pair:
    """Return what is compared: a baseline, and the newest measurement after the change, or else during it.

    Of the same cohort where there are both, those in the pilot first.
    """
    pairs = [(_baseline(measurements, cohort, live), _after(measurements, cohort)) for cohort in COHORTS]
    for before, after in pairs:
        if before is not None and after is not None:
            return before, after
    befores, afters = zip(*pairs, strict=True)
    return next(filter(None, befores), None), next(filter(None, afters), None)


def comparison_group(measurements: list[Measurement], before: Measurement, after: Measurement) -> Pair:
    """Return the measurements of the comparison group whose periods meet those of the two that are compared."""
    group = [measurement for measurement in measurements if measurement.cohort == "comparison"]
    first = [measurement for measurement in group if measurement.phase == "baseline" and _meet(measurement, before)]
    second = [measurement for measurement in group if measurement.phase != "baseline" and _meet(measurement, after)]
    return _newest(first), _newest(second)


def _meet(first: Measurement, second: Measurement) -> bool:
    return first.period_start <= second.period_end and second.period_start <= first.period_end


def _of_phase(measurements: list[Measurement], cohort: str, phase: str) -> list[Measurement]:
    return [measurement for measurement in measurements if measurement.cohort == cohort and measurement.phase == phase]


def _baseline(measurements: list[Measurement], cohort: str, live: date | None) -> Measurement | None:
    baselines = _of_phase(measurements, cohort, "baseline")
    in_time = [measurement for measurement in baselines if live is None or measurement.period_end < live]
    return _newest(in_time or baselines)


def _after(measurements: list[Measurement], cohort: str) -> Measurement | None:
    return _newest(_of_phase(measurements, cohort, "after") or _of_phase(measurements, cohort, "during"))


def _newest(measurements: list[Measurement]) -> Measurement | None:
    return max(measurements, key=lambda each: (each.period_end, each.period_start, each.ref), default=None)


def rolls(metric: Metric, before: "Side | None", after: "Side | None") -> bool:
    """Return whether two sides are no independent samples: their periods roll on, or have days in common."""
    if before is None or after is None:
        return metric.periods == "rolling"
    return metric.periods == "rolling" or _meet(before.measurement, after.measurement)


def sides(metric: Metric, before: Measurement | None, after: Measurement | None) -> tuple[Side | None, Side | None]:
    """Return the two measurements with their figures, read as the same kind where both have some."""
    first = _side(metric, before)
    second = _side(metric, after)
    if first is not None and second is not None and first.figures is not None and second.figures is not None:
        before_figures, after_figures = alike(first.figures, second.figures)
        return first._replace(figures=before_figures), second._replace(figures=after_figures)
    return first, second


def _side(metric: Metric, measurement: Measurement | None) -> Side | None:
    return Side(measurement, figures(metric, measurement)) if measurement is not None else None


def terms(metric: Metric, measurement: Measurement) -> tuple[str, str]:
    """Return by which variant of the definition, and in which unit, a measurement was made."""
    return measurement.definition_variant or metric.definition_variant or "", measurement.unit or metric.unit


def not_alike(metric: Metric, before: Measurement, after: Measurement) -> str:
    """Return in what two measurements differ so that they cannot be compared; empty when they can."""
    labels = ("definition variants", "units")
    for label, old, new in zip(labels, terms(metric, before), terms(metric, after), strict=True):
        if old != new:
            return f"two {label}: {old or 'none named'} before, {new or 'none named'} after"
    if before.cohort != after.cohort:
        old = COHORT_NAMES[before.cohort]
        new = COHORT_NAMES[after.cohort]
        return f"two cohorts: {old} before, {new} after"
    return ""


def effect(first: Figures, second: Figures, level: float) -> Effect:
    """Return the change between two figures of the same kind, with its interval where there is one."""
    match first, second:
        case Proportion(), Proportion():
            return _with_interval(st.newcombe(*first, *second, level))
        case Mean(), Mean():
            return _means(first, second, level)
        case Answers(), Answers():
            return effect(first.plain(), second.plain(), level)
        case Rate(), Rate() if first.events and second.events:
            change = st.rate_ratio(*first, *second, level)
            return Effect(change.estimate, change.low, change.high, ratio=True)
        case Ratio(), Ratio():
            low, high = sorted(second.value * (1 + off) - first.value for off in (-ESTIMATE_OFF, ESTIMATE_OFF))
            return Effect(second.value - first.value, low, high, sensitivity=True)
    return Effect(second.value - first.value)


def _means(first: Mean, second: Mean, level: float) -> Effect:
    n1 = first.n or 0
    n2 = second.n or 0
    if first.sd is None or second.sd is None or min(n1, n2) < 2:
        return Effect(second.mean - first.mean)
    return _with_interval(st.welch(first.mean, first.sd, n1, second.mean, second.sd, n2, level))


def _with_interval(change: st.Change) -> Effect:
    return Effect(change.estimate, change.low, change.high)


def beyond(groups: tuple[Figures, Figures, Figures, Figures], level: float) -> Effect | None:
    """Return by how much more the first group changed than the comparison group; None without enough to say it.

    ``groups`` are before and after in the first, before and after in the other; all of the same kind.
    """
    before, after, other_before, other_after = map(_moment, groups)
    if before is None or after is None or other_before is None or other_after is None:
        return None
    return _with_interval(st.difference_in_differences(before, after, other_before, other_after, level))


def _moment(figures: Figures) -> st.Moment | None:
    match figures:
        case Proportion():
            return st.of_proportion(*figures)
        case Answers():
            return _moment(figures.plain())
        case Mean(mean, sd, n) if sd is not None and n is not None and n > 1:
            return st.of_mean(mean, sd, n)
        case Rate(events, exposure) if events:
            return st.of_rate(events, exposure)
    return None
