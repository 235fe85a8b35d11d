"""The figures of a measurement as one of six kinds, each with its value, and an interval where there is one.

A share is from 0 to 1. A division by zero, or figures that are not complete, are no figures.
"""

from collections.abc import Callable
from typing import NamedTuple

from tracker.entities import Measurement, Metric
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
        return self.plain().value

    @property
    def other(self) -> "Answers":
        """The same answers with the other of the two figures."""
        return self._replace(share=not self.share)

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self.counts)

    def interval(self, level: float) -> st.Interval | None:
        """Return the interval: by Wilson for the share, by Student's t for the score."""
        interval = self.plain().interval(level)
        return interval and st.Interval(max(interval.low, 0.0), min(interval.high, 1.0))

    def plain(self) -> Proportion | Mean:
        """Return the figure as a share of those who answered, or as a mean of their scores; 0 to 1."""
        if self.share:
            return self.as_proportion()
        mean, sd, n = self.as_mean()
        return Mean((mean - 1) / 4, sd and sd / 4, n)

    def as_proportion(self) -> Proportion:
        """Return those who gave 4 or 5 of all who answered."""
        return Proportion(self.counts[3] + self.counts[4], self.n)

    def as_mean(self) -> Mean:
        """Return the mean of the answers, 1 to 5."""
        answers = st.satisfaction(self.counts)
        return Mean(answers.mean, answers.sd, answers.n)

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
    figures = None
    if metric.metric_kind in _READERS:
        figures = _READERS[metric.metric_kind](metric, measurement)
    if figures is None and measurement.value is not None:
        return Single(measurement.value)
    return figures


def _proportion(metric: Metric, measurement: Measurement) -> Figures | None:
    part = measurement.numerator
    whole = measurement.denominator
    if part is not None and whole and part <= whole:
        return Proportion(part, whole)
    return _answers(metric, measurement)


def _mean(metric: Metric, measurement: Measurement) -> Figures | None:
    if measurement.mean is not None:
        return Mean(measurement.mean, measurement.sd, measurement.n)
    return _answers(metric, measurement)


def _rate(_: Metric, measurement: Measurement) -> Figures | None:
    if measurement.events is None or not measurement.exposure:
        return None
    return Rate(measurement.events, measurement.exposure)


def _ratio(_: Metric, measurement: Measurement) -> Figures | None:
    if measurement.total is None or not measurement.units:
        return None
    return Ratio(measurement.total, measurement.units)


def _answers(metric: Metric, measurement: Measurement) -> Figures | None:
    counts = tuple(getattr(measurement, name) for name in COUNTS)
    if None in counts or not sum(counts):
        return None
    return Answers(counts, is_share(metric))


def is_share(metric: Metric) -> bool:
    """Return whether the figure of a satisfaction metric is the share of 4 and 5, rather than the score."""
    if metric.kpi_code in ("user_satisfaction_pct", "user_satisfaction_score"):
        return metric.kpi_code == "user_satisfaction_pct"
    return metric.metric_kind == "proportion"


_READERS: dict[str, Callable[[Metric, Measurement], Figures | None]] = {
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
    first, second = _like(first, second), _like(second, first)
    if type(first) is type(second):
        return first, second
    return Single(first.value), Single(second.value)


def _like(figures: Figures, other: Figures) -> Figures:
    """Return answers as the kind of another figure, where that is a proportion or a mean."""
    match figures, other:
        case Answers(), Proportion():
            return figures.as_proportion()
        case Answers(), Mean():
            return figures.as_mean()
    return figures


def base_of(figures: Figures | None) -> float | None:
    """Return out of how many a figure is: cases, values, answers, units or exposure; None where that is not known."""
    match figures:
        case Proportion() | Mean() | Answers():
            return figures.n
        case Rate():
            return figures.exposure
        case Ratio():
            return figures.units
    return None


def is_part(metric: Metric, figures: Figures) -> bool:
    """Return whether a figure is a part of one, which people read in per cent."""
    match figures:
        case Proportion() | Answers():
            return True
        case Single():
            return metric.metric_kind == "proportion"
        case Rate():
            return metric.unit == "%"
    return False
