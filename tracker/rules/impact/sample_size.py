"""How large a sample must be to show a change, and how small a change a sample shows."""

from tracker.entities import Metric
from tracker.rules.impact import statistics as st
from tracker.rules.impact.figures import Answers, Figures, Mean, Proportion, Rate


def needed_size(metric: Metric, before: Figures, target: float | None, level: float) -> float | None:
    """Return the sample that each period needs to see the change that matters, with a chance of 80%.

    Cases, values or answers; for a rate the exposure. The change is the least worthwhile one, else the one to the
    target. None when neither is known, or when the baseline says nothing of the scatter.
    """
    change = metric.min_worthwhile_change
    if not change and target is not None:
        change = abs(target - before.value)
    if not change:
        return None
    aim = before.value - change
    if _upwards(metric, before.value, target):
        aim = before.value + change
    try:
        match before:
            case Proportion():
                return st.required_n_proportions(before.value, min(max(aim, 0.0), 1.0), level=level)
            case Rate():
                return st.required_exposure(before.value, max(aim, 0.0), level=level)
            case Answers():
                return needed_size(metric, before.plain(), target, level)
            case Mean(_, sd, _):
                return st.required_n_means(sd or 0, change, level=level)
    except st.NotPossible:
        return None
    return None


def visible_change(metric: Metric, before: Figures, after: Figures | None, level: float) -> float | None:
    """Return the smallest change that the samples show with a chance of 80%; None when that is not known.

    Before anything was measured afterwards, a second sample as large as the first is assumed.
    """
    first = size(before)
    second = size(after or before)
    if not first or not second:
        return None
    each = 2 / (1 / first + 1 / second)  # two samples of this size show as much as the two that there are
    up = _upwards(metric, before.value, None)
    match before:
        case Proportion():
            return st.detectable_proportion(before.value, each, up=up, level=level)
        case Rate():
            return st.detectable_rate(before.value, each, up=up, level=level)
        case Answers():
            return visible_change(metric, before.plain(), after, level)
        case Mean(_, sd, _) if sd:
            return st.detectable_mean(sd, each, level=level)
    return None


def size(figures: Figures) -> float | None:
    """Return how many cases, values or answers there are, for a rate the exposure; None where it does not apply."""
    if isinstance(figures, Proportion | Mean | Answers):
        return figures.n
    if isinstance(figures, Rate):
        return figures.exposure
    return None


def _upwards(metric: Metric, value: float, target: float | None) -> bool:
    if metric.better == "target_band":
        goal = target
        if metric.band_from is not None:
            goal = metric.band_from
        return goal is not None and value < goal
    return metric.better == "up"
