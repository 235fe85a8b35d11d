"""How far a metric has come: towards its target, in good or bad direction, and how much time is gone."""

import math
from datetime import date

from tracker.entities import Metric
from tracker.rules.impact.figures import Answers, Figures, is_part

EXACT = 1e-12  # figures this near are the same


def target_of(metric: Metric, figures: Figures | None) -> float | None:
    """Return the target in the terms of the figures, 0 to 1 for shares; None when there is none that fits.

    A target from 1 to 5 for a satisfaction score is the mean of the answers.
    """
    target = metric.target
    if target is None or figures is None:
        return target
    if isinstance(figures, Answers) and not figures.share and 1 < target <= 5:
        return (target - 1) / 4
    if is_part(metric, figures) and not 0 <= target <= 1:
        return None
    return target


def band(metric: Metric, target: float | None) -> tuple[float, float] | None:
    """Return from where to where values are good when better is a target band; None without a band."""
    low = metric.band_from
    high = metric.band_to
    if low is None and high is None:
        low = high = target
        if target is None:
            return None
    return (-math.inf if low is None else low), (math.inf if high is None else high)


def distance(value: float, good: tuple[float, float]) -> float:
    """Return how far a value is outside a band; 0 inside."""
    return max(good[0] - value, value - good[1], 0.0)


def _progress(metric: Metric, start: float, end: float) -> float:
    """Return the way from one value to another in the direction that is better: above zero when it is."""
    return end - start if metric.better == "up" else start - end


def gain(metric: Metric, before: float, after: float, target: float | None) -> float | None:
    """Return by how much the value became better (below zero: worse); None when it is not recorded what is better."""
    if metric.better != "target_band":
        return _progress(metric, before, after)
    good = band(metric, target)
    if good is None:
        return None
    return distance(before, good) - distance(after, good)


def attainment(metric: Metric, before: float, after: float, target: float | None) -> float | None:
    """Return the part of the way from baseline to target that is done; 1 is the target, below 0 is the wrong way.

    None without a target, and when the baseline was there already: then there is no way to go.
    """
    if metric.better == "target_band":
        good = band(metric, target) or (before, before)
        way = distance(before, good)
    elif target is not None:
        way = _progress(metric, before, target)
    else:
        return None
    progress = gain(metric, before, after, target)
    return progress / way if way > EXACT and progress is not None else None


def elapsed(day: date, baseline: date, target_on: date | None) -> float | None:
    """Return the part of the time from baseline to target date that is gone, 0 to 1; None without such a time."""
    if target_on is None or target_on <= baseline:
        return None
    return min(max((day - baseline).days / (target_on - baseline).days, 0.0), 1.0)
