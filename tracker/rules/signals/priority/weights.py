"""Weighing several criteria: a value with its range, and the places that things may take when weights shift.

A thing is a mapping from the name of each criterion to its place on the scale 0 to 1, None when not known.
Weights are above nought, by the same names.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import permutations, product
from typing import NamedTuple

SAME = 1e-9  # two values nearer than this are equal

Thing = Mapping[str, float | None]
Weights = Mapping[str, float]


class Span(NamedTuple):
    """A value from 0 to 100, and how low and how high it may be with what is missing."""

    value: float
    low: float
    high: float

    def text(self) -> str:
        """Return the value with one decimal, and the range when something is missing: ``62.3 (50.1–70.0)``."""
        narrow = self.high - self.low < SAME
        return f"{self.value:.1f}" if narrow else f"{self.value:.1f} ({self.low:.1f}–{self.high:.1f})"


class Place(NamedTuple):
    """A place in the order, 1 for the highest value, and the best and the worst that it may be."""

    rank: int
    best: int
    last: int


def scaled(values: Sequence[float | None]) -> list[float | None]:
    """Return values between their lowest (0) and their highest (1); a half each when they are all the same."""
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return [None if value is None else (value - low) / (high - low) if high > low else 0.5 for value in values]


def span(thing: Thing, weights: Weights) -> Span | None:
    """Return the weighted mean of what is known, in 0 to 100; None when nothing is."""
    known = {name: at for name in weights if (at := thing[name]) is not None}
    if not known:
        return None
    return Span(_mean(known, weights), *_bounds(thing, weights))


def places(things: Sequence[Thing], weights: Weights, shift: float) -> list[Place]:
    """Return the place of each thing, of which something is known, and what it may be when the weights shift.

    ``shift`` is a part of one. What is not known may be at the lowest or at the highest.
    """
    values = [found.value for thing in things if (found := span(thing, weights)) is not None]
    now = _extremes(values, values)
    best, last = [one for one, _ in now], [one for _, one in now]
    for some in shifted(weights, shift):
        both = [_bounds(thing, some) for thing in things]
        for n, (high, low) in enumerate(_extremes([low for low, _ in both], [high for _, high in both])):
            best[n], last[n] = min(best[n], high), max(last[n], low)
    return [Place(rank, high, low) for (rank, _), high, low in zip(now, best, last, strict=True)]


def shifted(weights: Weights, shift: float) -> list[dict[str, float]]:
    """Return the weights themselves, each shifted alone up or down, and each pair with one down and the other up.

    The pairs are what people argue about: that one criterion should count more and another less. All weights
    at their ends at once are left out: nobody argues for that, and it would make every range look wide.
    """
    found = [dict(weights)]
    found += [{**weights, name: weights[name] * way} for name, way in product(weights, (1 - shift, 1 + shift))]
    for less, more in permutations(weights, 2):
        found.append({**weights, less: weights[less] * (1 - shift), more: weights[more] * (1 + shift)})
    return [one for one in found if sum(one.values()) > 0]


def _mean(known: Mapping[str, float], weights: Weights) -> float:
    return 100 * sum(weights[name] * at for name, at in known.items()) / sum(weights[name] for name in known)


def _bounds(thing: Thing, weights: Weights) -> tuple[float, float]:
    """Return the mean with what is not known at the lowest, and at the highest."""
    known, unknown = 0.0, 0.0
    for name, weight in weights.items():
        at = thing[name]
        if at is None:
            unknown += weight
        else:
            known += weight * at
    total = sum(weights.values())
    return 100 * known / total, 100 * (known + unknown) / total


def _extremes(lows: list[float], highs: list[float]) -> list[tuple[int, int]]:
    """Return the best and the worst place of each; equals share the better one."""
    up, down, total = sorted(lows), sorted(highs), len(lows)
    found = []
    for low, high in zip(lows, highs, strict=True):
        surely_above = total - bisect_right(up, high + SAME)
        perhaps_above = total - bisect_right(down, low + SAME)
        itself = high > low + SAME
        found.append((1 + surely_above, 1 + perhaps_above - itself))
    return found
