"""Which two measurements of a metric are compared, and what the change between their figures is."""

from datetime import date
from typing import Any, NamedTuple

from tracker.entities.measurement import Measurement
from tracker.entities.metric import Metric
from tracker.entities.pilot import Pilot
from tracker.rules.day import Day
from tracker.rules.impact import statistics as st
from tracker.rules.impact.figures import ESTIMATE_OFF, Answers, Figures, Mean, Proportion, Rate, Ratio, alike, figures
from tracker.rules.kept import once

COHORTS = ("pilot", "whole_service")


class Side(NamedTuple):
    """One side of a comparison: the measurement, and its figures; None when they are not complete."""

    measurement: Any
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
        none = 1 if self.ratio else 0
        return self.low is not None and self.high is not None and (self.low > none or self.high < none)


def standing(evidence: Day, metric: Metric) -> list[Any]:
    """Return the measurements of a metric that no other one revises, whose period was over on the day."""
    return _standing(evidence).get(metric.uid, [])


@once
def _standing(evidence: Day) -> dict[str, list[Any]]:
    """Return them for every metric, by its uid, in the order in which they were added."""
    revised = {one.revises for one in evidence.all(Measurement)}
    found: dict[str, list[Any]] = {}
    for one in evidence.all(Measurement):
        if one.period_end <= evidence.date and one.uid not in revised:
            found.setdefault(one.metric, []).append(one)
    return found


def go_live(evidence: Day, metric: Metric) -> date | None:
    """Return the first day with real users of the metric's pilot; None when there is no such day or pilot."""
    pilot = evidence.get(Pilot, metric.pilot)
    return pilot.first_real_user_on if pilot is not None else None


def pair(measurements: list[Measurement], live: date | None) -> tuple[Any | None, Any | None]:
    """Return what is compared: a baseline, and the newest measurement after the change, or else during it.

    Of the same cohort where there are both, those in the pilot first.
    """
    sides = [(_baseline(measurements, cohort, live), _after(measurements, cohort)) for cohort in COHORTS]
    whole = next((both for both in sides if None not in both), None)
    if whole is not None:
        return whole
    return next((one for one, _ in sides if one), None), next((one for _, one in sides if one), None)


def comparison_group(measurements: list[Measurement], before: Any, after: Any) -> tuple[Any | None, Any | None]:
    """Return the measurements of the comparison group whose periods meet those of the two that are compared."""
    others = [one for one in measurements if one.cohort == "comparison"]
    first = [one for one in others if one.phase == "baseline" and _meet(one, before)]
    second = [one for one in others if one.phase != "baseline" and _meet(one, after)]
    return _newest(first), _newest(second)


def _meet(one: Any, other: Any) -> bool:
    return bool(one.period_start <= other.period_end and other.period_start <= one.period_end)


def _baseline(measurements: list[Measurement], cohort: str, live: date | None) -> Any | None:
    found = [one for one in measurements if one.cohort == cohort and one.phase == "baseline"]
    in_time = [one for one in found if live is None or one.period_end < live]
    return _newest(in_time or found)


def _after(measurements: list[Measurement], cohort: str) -> Any | None:
    for phase in ("after", "during"):
        found = _newest([one for one in measurements if one.cohort == cohort and one.phase == phase])
        if found is not None:
            return found
    return None


def _newest(found: list[Any]) -> Any | None:
    return max(found, key=lambda one: (one.period_end, one.period_start, one.ref), default=None)


def sides(metric: Metric, before: Any | None, after: Any | None) -> tuple[Side | None, Side | None]:
    """Return the two measurements with their figures, read as the same kind where both have some."""
    first = figures(metric, before) if before is not None else None
    second = figures(metric, after) if after is not None else None
    if first is not None and second is not None:
        first, second = alike(first, second)
    return (
        Side(before, first) if before is not None else None,
        Side(after, second) if after is not None else None,
    )


def not_alike(metric: Metric, before: Any, after: Any) -> str:
    """Return in what two measurements differ so that they cannot be compared; empty when they can."""
    for field, words in (("definition_variant", "definition variants"), ("unit", "units")):
        old, new = (getattr(one, field) or getattr(metric, field) for one in (before, after))
        if old != new:
            return f"two {words}: {old or 'none named'} before, {new or 'none named'} after"
    if before.cohort != after.cohort:
        names = {"pilot": "those in the pilot", "whole_service": "the whole service"}
        old, new = (names.get(one.cohort, one.cohort) for one in (before, after))
        return f"two cohorts: {old} before, {new} after"
    return ""


def effect(first: Figures, second: Figures, level: float) -> Effect:
    """Return the change between two figures of the same kind, with its interval where there is one."""
    match first, second:
        case Proportion(), Proportion():
            return _with_interval(st.newcombe(*first, *second, level))
        case Mean(), Mean():
            return _means(first, second, level)
        case Answers(), Answers() if first.share:
            return effect(first.as_proportion(), second.as_proportion(), level)
        case Answers(), Answers():
            quarter = _means(first.as_mean(), second.as_mean(), level)
            return Effect(*(None if x is None else x / 4 for x in quarter[:3]))  # type: ignore[arg-type]
        case Rate(), Rate() if first.events and second.events:
            change = st.rate_ratio(*first, *second, level)
            return Effect(change.estimate, change.low, change.high, ratio=True)
        case Ratio(), Ratio():
            low, high = sorted(second.value * (1 + off) - first.value for off in (-ESTIMATE_OFF, ESTIMATE_OFF))
            return Effect(second.value - first.value, low, high, sensitivity=True)
    return Effect(second.value - first.value)


def _means(first: Mean, second: Mean, level: float) -> Effect:
    n1, n2 = first.n or 0, second.n or 0
    if first.sd is None or second.sd is None or min(n1, n2) < 2:
        return Effect(second.mean - first.mean)
    return _with_interval(st.welch(first.mean, first.sd, n1, second.mean, second.sd, n2, level))


def _with_interval(change: st.Change) -> Effect:
    return Effect(change.estimate, change.low, change.high)


def beyond(groups: tuple[Figures, Figures, Figures, Figures], level: float) -> Effect | None:
    """Return by how much more the first group changed than the comparison group; None without enough to say it.

    ``groups`` are before and after in the first, before and after in the other; all of the same kind.
    """
    moments = [_moment(group) for group in groups]
    if None in moments:
        return None
    one, two, three, four = (moment for moment in moments if moment is not None)
    return _with_interval(st.difference_in_differences(one, two, three, four, level))


def _moment(one: Figures) -> st.Moment | None:
    match one:
        case Proportion():
            return st.of_proportion(*one)
        case Answers() if one.share:
            return st.of_proportion(*one.as_proportion())
        case Answers():
            whole = _moment(one.as_mean())
            return whole and st.Moment((whole.value - 1) / 4, whole.variance / 16)
        case Mean(mean, sd, n) if sd is not None and n is not None and n > 1:
            return st.of_mean(mean, sd, n)
        case Rate(events, exposure) if events:
            return st.of_rate(events, exposure)
    return None
