"""Intervals and sample sizes for before-and-after figures, with the source of each formula.

``level`` is the confidence of a two-sided interval, such as 0.95. A change is always the second minus the first.
Impossible input raises NotPossible: no cases, more events than cases, a level of 0 or 1.
"""

import math
from collections.abc import Sequence
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

from tracker.rules.impact.student import NotPossible, t_quantile

__all__ = ["NotPossible", "t_quantile"]

POWER = 0.8  # the chance to see a change that is there


class Interval(NamedTuple):
    """Between which values the truth lies with the confidence asked for."""

    low: float
    high: float


class Change(NamedTuple):
    """An estimated change with its interval; ``df`` are the degrees of freedom where Student's t was used."""

    estimate: float
    low: float
    high: float
    df: float | None = None


class Satisfaction(NamedTuple):
    """What answers from 1 to 5 come to: ``score`` is (mean − 1)/4, ``share`` those who gave 4 or 5, both 0 to 1.

    ``sd`` is the standard deviation of the answers; None with a single one.
    """

    n: int
    mean: float
    sd: float | None
    score: float
    share: float


class Moment(NamedTuple):
    """A value and the variance of its estimate (the square of its standard error)."""

    value: float
    variance: float


@cache
def z_for(level: float) -> float:
    """Return the normal quantile of a two-sided interval: 1.96 for 0.95. Raises NotPossible."""
    if not 0 < level < 1:
        raise NotPossible(f"A level of confidence lies between 0 and 1; {level} does not.")
    return NormalDist().inv_cdf(0.5 + level / 2)


def _proportion(k: int, n: int) -> float:
    if n < 1 or not 0 <= k <= n:
        raise NotPossible(f"{k} of {n} is not a proportion.")
    return k / n


def wilson(k: int, n: int, level: float = 0.95) -> Interval:
    """Return the score interval of the proportion k of n (Wilson 1927). Raises NotPossible."""
    p = _proportion(k, n)
    z = z_for(level)
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    # The ends are exact where nobody did, or everybody: rounding may not leave the range.
    low = max(centre - half, 0.0)
    high = min(centre + half, 1.0)
    if k == 0:
        low = 0.0
    if k == n:
        high = 1.0
    return Interval(min(low, p), max(high, p))


def newcombe(k1: int, n1: int, k2: int, n2: int, level: float = 0.95) -> Change:
    """Return the difference of two proportions, k2/n2 − k1/n1, with the hybrid score interval.

    Newcombe 1998, Statistics in Medicine 17, method 10. Raises NotPossible.
    """
    p1 = _proportion(k1, n1)
    p2 = _proportion(k2, n2)
    (low1, high1), (low2, high2) = wilson(k1, n1, level), wilson(k2, n2, level)
    change = p2 - p1
    low = change - math.hypot(p2 - low2, high1 - p1)
    high = change + math.hypot(high2 - p2, p1 - low1)
    return Change(change, max(low, -1.0), min(high, 1.0))


def _scatter(sd: float, n: int) -> float:
    if n < 2 or sd < 0 or not math.isfinite(sd):
        raise NotPossible(f"A mean of {n} with a standard deviation of {sd} has no interval.")
    return sd * sd / n


def mean_interval(mean: float, sd: float, n: int, level: float = 0.95) -> Interval:
    """Return the interval of a mean, by Student's t. Raises NotPossible."""
    z_for(level)
    half = t_quantile(0.5 + level / 2, n - 1) * math.sqrt(_scatter(sd, n)) if n > 1 else _scatter(sd, n)
    return Interval(mean - half, mean + half)


def welch(mean1: float, sd1: float, n1: int, mean2: float, sd2: float, n2: int, level: float = 0.95) -> Change:
    """Return the difference of two means, mean2 − mean1, whose scatter may differ.

    Welch 1947, with the degrees of freedom of Satterthwaite 1946. Where nothing scatters the interval has no width.
    Raises NotPossible.
    """
    z_for(level)
    first = _scatter(sd1, n1)
    second = _scatter(sd2, n2)
    change = mean2 - mean1
    variance = first + second
    if variance <= 0:
        return Change(change, change, change, float(n1 + n2 - 2))
    # As shares of the variance, so that very small scatter does not vanish when it is squared.
    part1 = first / variance
    part2 = second / variance
    df = 1 / (part1 * part1 / (n1 - 1) + part2 * part2 / (n2 - 1))
    half = t_quantile(0.5 + level / 2, df) * math.sqrt(variance)
    return Change(change, change - half, change + half, df)


def rate_interval(events: int, exposure: float, level: float = 0.95) -> Interval:
    """Return the interval of a rate of rare events, on the scale of logarithms (Rothman 2012). Raises NotPossible."""
    _rate(events, exposure)
    width = math.exp(z_for(level) / math.sqrt(events))
    rate = events / exposure
    return Interval(rate / width, rate * width)


def rate_ratio(events1: int, exposure1: float, events2: int, exposure2: float, level: float = 0.95) -> Change:
    """Return how many times the first rate the second is; no change is 1 (Rothman 2012, the logarithm is normal).

    Raises NotPossible without an event in one of the two: then there is no ratio.
    """
    _rate(events1, exposure1)
    _rate(events2, exposure2)
    ratio = (events2 / exposure2) / (events1 / exposure1)
    width = math.exp(z_for(level) * math.sqrt(1 / events1 + 1 / events2))
    return Change(ratio, ratio / width, ratio * width)


def _rate(events: int, exposure: float) -> None:
    if events < 1 or not exposure > 0:
        raise NotPossible(f"{events} events in {exposure} give no rate with an interval.")


def satisfaction(counts: Sequence[int]) -> Satisfaction:
    """Return what the numbers of answers 1, 2, 3, 4 and 5 come to. Raises NotPossible without an answer."""
    n = sum(counts)
    if len(counts) != 5 or min(counts) < 0 or n < 1:
        raise NotPossible(f"Satisfaction needs how many gave 1, 2, 3, 4 and 5; got {list(counts)}.")
    mean = sum(answer * count for answer, count in enumerate(counts, 1)) / n
    squares = sum(count * (answer - mean) ** 2 for answer, count in enumerate(counts, 1))
    sd = math.sqrt(squares / (n - 1)) if n > 1 else None
    return Satisfaction(n, mean, sd, (mean - 1) / 4, (counts[3] + counts[4]) / n)


def of_proportion(k: int, n: int) -> Moment:
    """Return a proportion with the variance of its estimate. Raises NotPossible."""
    p = _proportion(k, n)
    return Moment(p, p * (1 - p) / n)


def of_mean(mean: float, sd: float, n: int) -> Moment:
    """Return a mean with the variance of its estimate. Raises NotPossible."""
    return Moment(mean, _scatter(sd, n))


def of_rate(events: int, exposure: float) -> Moment:
    """Return a rate of events that come by chance with the variance of its estimate. Raises NotPossible."""
    _rate(events, exposure)
    return Moment(events / exposure, events / exposure**2)


def difference_in_differences(
    before: Moment, after: Moment, other_before: Moment, other_after: Moment, level: float = 0.95
) -> Change:
    """Return by how much more one group changed than another: (after − before) − (the same in the other).

    Normal, with the four variances added: the groups and the periods must be different people or cases.
    """
    four = (before, after, other_before, other_after)
    change = (after.value - before.value) - (other_after.value - other_before.value)
    half = z_for(level) * math.sqrt(sum(moment.variance for moment in four))
    return Change(change, change - half, change + half)


def _two_z(level: float) -> tuple[float, float]:
    return z_for(level), NormalDist().inv_cdf(POWER)


def required_n_proportions(p1: float, p2: float, level: float = 0.95) -> int:
    """Return how many cases each period needs to see a proportion go from p1 to p2 (Fleiss 1981, without correction).

    Raises NotPossible when the two are equal or outside 0 to 1.
    """
    if not (0 <= p1 <= 1 and 0 <= p2 <= 1) or p1 == p2:
        raise NotPossible(f"No number of cases tells {p1} from {p2}.")
    return math.ceil(_cases(p1, p2, *_two_z(level)))


def _cases(p1: float, p2: float, z_level: float, z_power: float) -> float:
    middle = (p1 + p2) / 2
    pooled = math.sqrt(2 * middle * (1 - middle))
    separate = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    # Divided before it is squared: two proportions may be too close for the square of their difference.
    return float(((z_level * pooled + z_power * separate) / (p2 - p1)) ** 2)


def required_n_means(sd: float, change: float, level: float = 0.95) -> int:
    """Return how many values each period needs to see a mean change, with the same scatter in both (normal).

    Raises NotPossible for no change, or without scatter.
    """
    if not sd > 0 or not change:
        raise NotPossible(f"No number of values shows a change of {change} with a standard deviation of {sd}.")
    return max(2, math.ceil(2 * (sum(_two_z(level)) * sd / change) ** 2))


def required_exposure(rate1: float, rate2: float, level: float = 0.95) -> float:
    """Return how much exposure each period needs to see one rate of rare events become another (normal).

    Raises NotPossible when the two are equal or below 0.
    """
    if rate1 < 0 or rate2 < 0 or rate1 == rate2:
        raise NotPossible(f"No exposure tells a rate of {rate1} from {rate2}.")
    return (sum(_two_z(level)) / (rate2 - rate1)) ** 2 * (rate1 + rate2)


def detectable_proportion(p1: float, n: float, *, up: bool = True, level: float = 0.95) -> float | None:
    """Return the smallest change of a proportion that n cases in each period show; None when even the largest is lost.

    Raises NotPossible when p1 is outside 0 to 1, or n is not above 0.
    """
    if not 0 <= p1 <= 1 or not n > 0:
        raise NotPossible(f"{n} cases of a proportion of {p1} show nothing.")
    both_z = _two_z(level)
    small = 0.0
    large = 1 - p1 if up else p1
    sign = 1 if up else -1
    if large <= 0 or _cases(p1, p1 + sign * large, *both_z) > n:
        return None
    for _ in range(60):
        middle = (small + large) / 2
        if _cases(p1, p1 + sign * middle, *both_z) > n:
            small = middle
        else:
            large = middle
    return large


def detectable_mean(sd: float, n: float, level: float = 0.95) -> float:
    """Return the smallest change of a mean that n values in each period show. Raises NotPossible."""
    if not sd >= 0 or not n > 0:
        raise NotPossible(f"{n} values with a standard deviation of {sd} show nothing.")
    return sum(_two_z(level)) * sd * math.sqrt(2 / n)


def detectable_rate(rate: float, exposure: float, *, up: bool = True, level: float = 0.95) -> float | None:
    """Return the smallest change of a rate that so much exposure in each period shows; None when even zero is lost.

    The inverse of ``required_exposure``. Raises NotPossible when the rate is below 0, or without exposure.
    """
    if rate < 0 or not exposure > 0:
        raise NotPossible(f"A rate of {rate} in {exposure} shows nothing.")
    square = sum(_two_z(level)) ** 2
    sign = 1 if up else -1
    change = (sign * square + math.sqrt(square * square + 8 * exposure * square * rate)) / (2 * exposure)
    return None if not up and change > rate else change
