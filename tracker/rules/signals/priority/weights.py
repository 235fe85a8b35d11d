"""Several weighted criteria: a value with its range, and the places that options may take when weights shift.

An option is a mapping from the name of each criterion to its score on the scale 0 to 1, None when not known.
Weights are above zero, by the same names.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import permutations, product
from typing import NamedTuple

SAME = 1e-9  # two values nearer than this are equal

Option = Mapping[str, float | None]
Weights = Mapping[str, float]


class Span(NamedTuple):
    """A value from 0 to 100, and how low and how high it may be with what is missing."""

    value: float
    low: float
    high: float

    def text(self) -> str:
        """Return the value with one decimal, and the range when something is missing: ``62.3 (50.1–70.0)``."""
        if self.high - self.low < SAME:
            return f"{self.value:.1f}"
        return f"{self.value:.1f} ({self.low:.1f}–{self.high:.1f})"


class Place(NamedTuple):
    """A place in the order, 1 for the highest value, and the best and the worst that it may be."""

    rank: int
    best: int
    last: int


def scaled(values: Sequence[float | None]) -> list[float | None]:
    """Return values between their lowest (0) and their highest (1); a half each when they are all the same."""
    recorded = [value for value in values if value is not None]
    low = min(recorded, default=0.0)
    high = max(recorded, default=0.0)

    def scale(value: float) -> float:
        return (value - low) / (high - low) if high > low else 0.5

    return [value if value is None else scale(value) for value in values]


def span(option: Option, weights: Weights) -> Span | None:
    """Return the weighted mean of what is known, in 0 to 100; None when nothing is."""
    scores = {name: score for name in weights if (score := option[name]) is not None}
    if not scores:
        return None
    known_weight = sum(weights[name] for name in scores)
    mean = 100 * sum(weights[name] * score for name, score in scores.items()) / known_weight
    return Span(mean, *_bounds(option, weights))


def places(options: Sequence[Option], weights: Weights, shift: float) -> list[Place]:
    """Return the place of each option, of which something is known, and what it may be when the weights shift.

    ``shift`` is a part of one. What is not known may be at the lowest or at the highest.
    """
    values = [mean.value for option in options if (mean := span(option, weights)) is not None]
    unshifted = _extremes(values, values)
    best = [high for high, _ in unshifted]
    last = [low for _, low in unshifted]
    for shifted_weights in shifted(weights, shift):
        bounds = [_bounds(option, shifted_weights) for option in options]
        extremes = _extremes([low for low, _ in bounds], [high for _, high in bounds])
        for number, (high, low) in enumerate(extremes):
            best[number], last[number] = min(best[number], high), max(last[number], low)
    return [Place(rank, high, low) for (rank, _), high, low in zip(unshifted, best, last, strict=True)]


def shifted(weights: Weights, shift: float) -> list[dict[str, float]]:
    """Return the weights themselves, each shifted alone up or down, and each pair with one down and the other up.

    The pairs are what people argue about: that one criterion should count more and another less. All weights
    at their ends at once are left out: nobody argues for that, and it would make every range look wide.
    """
    factors: list[dict[str, float]] = [{}]
    factors += [{name: factor} for name, factor in product(weights, (1 - shift, 1 + shift))]
    factors += [{lower: 1 - shift, higher: 1 + shift} for lower, higher in permutations(weights, 2)]
    sets = ({name: weight * factor.get(name, 1) for name, weight in weights.items()} for factor in factors)
    return [weight_set for weight_set in sets if sum(weight_set.values()) > 0]


def _bounds(option: Option, weights: Weights) -> tuple[float, float]:
    """Return the mean with what is not known at the lowest, and at the highest."""
    lowest = 0.0
    unknown = 0.0
    for name, weight in weights.items():
        score = option[name]
        if score is None:
            unknown += weight
        else:
            lowest += weight * score
    total = sum(weights.values())
    return 100 * lowest / total, 100 * (lowest + unknown) / total


def _extremes(lows: list[float], highs: list[float]) -> list[tuple[int, int]]:
    """Return the best and the worst place of each; equals share the better one."""
    sorted_lows = sorted(lows)
    sorted_highs = sorted(highs)
    total = len(lows)
    extremes = []
    for low, high in zip(lows, highs, strict=True):
        surely_above = total - bisect_right(sorted_lows, high + SAME)
        perhaps_above = total - bisect_right(sorted_highs, low + SAME)
        itself = high > low + SAME
        extremes.append((1 + surely_above, 1 + perhaps_above - itself))
    return extremes
