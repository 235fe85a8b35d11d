"""The figures of a measurement as one of six kinds, each with its value, and an interval where there is one.

A share is from 0 to 1. A division by nought, or figures that are not complete, are no figures.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from tracker.entities.measurement import Measurement
from tracker.entities.metric import Metric
from tracker.rules.impact import statistics as st

ESTIMATE_OFF = 0.10  # by how much the estimate of a total may be wrong, for its sensitivity
COUNTS = ("count_1", "count_2", "count_3", "count_4", "count_5")


class Proportion(NamedTuple):
    """``k`` of ``n`` cases."""

    k: int
    n: int

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.k / self.n

    def interval(self, level: float) -> st.Interval | None:
        """Return the interval by Wilson."""
        return st.wilson(self.k, self.n, level)

    def words(self) -> str:
        """Return what it is made of."""
        return f"{self.k:,} of {self.n:,}"


class Mean(NamedTuple):
    """The mean of ``n`` values and their standard deviation; either of the two may not be known."""

    mean: float
    sd: float | None
    n: int | None

    @property
    def value(self) -> float:
        """The mean, in the unit of the metric."""
        return self.mean

    def interval(self, level: float) -> st.Interval | None:
        """Return the interval by Student's t; None without scatter or with a single value."""
        if self.sd is None or self.n is None or self.n < 2:
            return None
        return st.mean_interval(self.mean, self.sd, self.n, level)

    def words(self) -> str:
        """Return what it is made of."""
        return f"{self.n:,} measured" if self.n is not None else "sample not recorded"


class Rate(NamedTuple):
    """How often something happened in so many cases, hours or days."""

    events: int
    exposure: float

    @property
    def value(self) -> float:
        """Events for each of the cases, hours or days."""
        return self.events / self.exposure

    def interval(self, level: float) -> st.Interval | None:
        """Return the interval on the scale of logarithms; None without an event."""
        return st.rate_interval(self.events, self.exposure, level) if self.events else None

    def words(self) -> str:
        """Return what it is made of."""
        return f"{self.events:,} in {self.exposure:,.10g}"


class Ratio(NamedTuple):
    """A total divided by a number of cases, all of them counted: such as the cost of a transaction."""

    total: float
    units: int

    @property
    def value(self) -> float:
        """The total for each case."""
        return self.total / self.units

    def interval(self, level: float) -> st.Interval | None:
        """Return none: it is a full count, not a sample."""
        return None

    def words(self) -> str:
        """Return what it is made of."""
        return f"{self.total:,.12g} for {self.units:,}"


class Answers(NamedTuple):
    """Answers from 1 to 5 on how satisfied people are; ``share`` says that those who gave 4 or 5 are the figure."""

    counts: tuple[int, ...]
    share: bool

    @property
    def value(self) -> float:
        """The share who gave 4 or 5, or the score (mean − 1)/4; 0 to 1."""
        found = st.satisfaction(self.counts)
        return found.share if self.share else found.score

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self.counts)

    def interval(self, level: float) -> st.Interval | None:
        """Return the interval: by Wilson for the share, by Student's t for the score."""
        if self.share:
            return self.as_proportion().interval(level)
        found = st.satisfaction(self.counts)
        if found.sd is None:
            return None
        low, high = st.mean_interval(found.score, found.sd / 4, found.n, level)
        return st.Interval(max(low, 0.0), min(high, 1.0))

    def as_proportion(self) -> Proportion:
        """Return those who gave 4 or 5 of all who answered."""
        return Proportion(self.counts[3] + self.counts[4], self.n)

    def as_mean(self) -> Mean:
        """Return the mean of the answers, 1 to 5."""
        found = st.satisfaction(self.counts)
        return Mean(found.mean, found.sd, found.n)

    def words(self) -> str:
        """Return what it is made of."""
        return f"{self.n:,} answers" if self.n != 1 else "1 answer"


class Single(NamedTuple):
    """A figure without anything that says how sure it is: a count, or an index."""

    figure: float

    @property
    def value(self) -> float:
        """The figure."""
        return self.figure

    def interval(self, level: float) -> st.Interval | None:
        """Return none."""
        return None

    def words(self) -> str:
        """Return nothing: the value says it."""
        return ""


Figures = Proportion | Mean | Rate | Ratio | Answers | Single


def figures(metric: Metric, measurement: Measurement) -> Figures | None:
    """Return the figures of a measurement as those of its metric's kind; None when they are not complete."""
    read = _READERS.get(metric.metric_kind)
    found = read(metric, measurement) if read else None
    if found is None and measurement.value is not None:
        return Single(measurement.value)
    return found


def _proportion(metric: Metric, one: Any) -> Figures | None:
    if one.numerator is not None and one.denominator and one.numerator <= one.denominator:
        return Proportion(one.numerator, one.denominator)
    return _answers(metric, one)


def _mean(metric: Metric, one: Any) -> Figures | None:
    if one.mean is not None:
        return Mean(one.mean, one.sd, one.n)
    return _answers(metric, one)


def _rate(metric: Metric, one: Any) -> Figures | None:
    return Rate(one.events, one.exposure) if one.events is not None and one.exposure else None


def _ratio(metric: Metric, one: Any) -> Figures | None:
    return Ratio(one.total, one.units) if one.total is not None and one.units else None


def _answers(metric: Metric, one: Any) -> Figures | None:
    counts = tuple(getattr(one, name) for name in COUNTS)
    if None in counts or not sum(counts):
        return None
    return Answers(counts, is_share(metric))


def is_share(metric: Metric) -> bool:
    """Return whether the figure of a satisfaction metric is the share of 4 and 5, rather than the score."""
    if metric.kpi_code in ("user_satisfaction_pct", "user_satisfaction_score"):
        return bool(metric.kpi_code == "user_satisfaction_pct")
    return bool(metric.metric_kind == "proportion")


_READERS: dict[str, Callable[[Any, Any], Figures | None]] = {
    "proportion": _proportion,
    "mean": _mean,
    "rate": _rate,
    "ratio": _ratio,
    "index": _answers,
}


def alike(first: Figures, second: Figures) -> tuple[Figures, Figures]:
    """Return two figures as the same kind, so that they can be compared.

    Answers are read as a proportion or a mean where the other one is that; else only the values are left.
    """
    if type(first) is type(second):
        return first, second
    for kind, turn in ((Proportion, Answers.as_proportion), (Mean, Answers.as_mean)):
        if isinstance(first, Answers) and isinstance(second, kind):
            return turn(first), second
        if isinstance(first, kind) and isinstance(second, Answers):
            return first, turn(second)
    return Single(first.value), Single(second.value)


def is_part(metric: Metric, one: Figures) -> bool:
    """Return whether a figure is a part of one, which people read in per cent."""
    if isinstance(one, Proportion | Answers):
        return True
    if isinstance(one, Single):
        return bool(metric.metric_kind == "proportion")
    return isinstance(one, Rate) and bool(metric.unit == "%")
