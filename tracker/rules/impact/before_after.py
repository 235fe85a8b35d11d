"""Before and after: whether a metric has changed, by how much, and how sure that is."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.entities import Measurement, Metric
from tracker.rules.cached import cached_by_day
from tracker.rules.day import Day
from tracker.rules.impact import pairing as comparing
from tracker.rules.impact.cautions import Caution, cautions
from tracker.rules.impact.figures import Answers, Figures, Mean, Proportion, Rate, Single
from tracker.rules.impact.pairing import Effect, Side
from tracker.rules.impact.sample_size import needed_size, visible_change
from tracker.rules.impact.targets import EXACT, attainment, band, elapsed, gain, target_of
from tracker.rules.settings import Settings
from tracker.rules.wording import counted

IMPROVED = "improved"
WORSENED = "worsened"
NO_CHANGE = "no_change"
TOO_LITTLE = "too_little"
NOT_COMPARABLE = "not_comparable"
NOT_TESTED = "not_tested"
NO_BASELINE = "no_baseline"
NOT_MEASURED = "not_measured"

VERDICT_WORDS = {
    IMPROVED: "● Improved",
    WORSENED: "■ Worsened",
    NO_CHANGE: "▲ No detectable change",
    TOO_LITTLE: "○ Too little data",
    NOT_COMPARABLE: "○ Not comparable",
    NOT_TESTED: "○ No verdict",
    NO_BASELINE: "○ No baseline",
    NOT_MEASURED: "○ Not measured",
}


class Against(NamedTuple):
    """The comparison group: its two sides, and by how much more the pilot changed than it."""

    before: Side
    after: Side
    effect: Effect


class Comparison(NamedTuple):
    """What became of a metric. Figures of shares are 0 to 1, others in the unit of the metric.

    ``reason`` says why the verdict is not a plain one. ``other`` is the change of the satisfaction figure that is not
    the KPI. ``attainment`` and ``elapsed`` are parts of one; ``needed`` is the sample that each period needs to see the
    change that matters, ``visible`` the smallest change that the samples show; each is None where it cannot be known.
    ``rolling``: the two periods share cases, or are of a series that rolls on, and are no independent samples.
    """

    metric: Metric
    level: float
    verdict: str
    reason: str = ""
    before: Side | None = None
    after: Side | None = None
    effect: Effect | None = None
    other: Effect | None = None
    against: Against | None = None
    target: float | None = None
    attainment: float | None = None
    elapsed: float | None = None
    needed: float | None = None
    visible: float | None = None
    cautions: tuple[Caution, ...] = ()
    missing: tuple[str, ...] = ()
    rolling: bool = False

    @property
    def compared(self) -> bool:
        """Whether there is a change to speak of."""
        return self.effect is not None


@cached_by_day
def _comparisons(evidence: Day) -> dict[str, Comparison]:
    """Return the comparisons of a day by the uid of their metric, filled as they are asked for."""
    return {}


@cached_by_day
def _tested(evidence: Day) -> dict[str, int]:
    """Return how many metrics of each pilot have a figure before and one after, by the pilot's uid."""
    counts: dict[str, int] = {}
    for metric in evidence.all(Metric):
        if metric.pilot is not None:
            pair = comparing.pair(comparing.current_measurements(evidence, metric), comparing.go_live(evidence, metric))
            counts[metric.pilot] = counts.get(metric.pilot, 0) + (None not in pair)
    return counts


def compare_all(evidence: Day, metrics: Iterable[Metric] | None = None) -> list[Comparison]:
    """Return what became of some metrics, or of all of the programme, in the order given."""
    return [compare(evidence, metric) for metric in (evidence.all(Metric) if metrics is None else metrics)]


def compare(evidence: Day, metric: Metric) -> Comparison:
    """Return what became of a metric by the day of the evidence."""
    comparisons = _comparisons(evidence)
    if metric.uid not in comparisons:
        comparisons[metric.uid] = _compare(evidence, metric)
    return comparisons[metric.uid]


def count_tested(evidence: Day, metric: Metric) -> int:
    """Return how many metrics of a metric's pilot have a figure before and one after."""
    if metric.pilot is None:
        return 1
    return _tested(evidence).get(metric.pilot, 0)


def _compare(evidence: Day, metric: Metric) -> Comparison:
    level = evidence.settings.interval_percent / 100
    measurements = comparing.current_measurements(evidence, metric)
    live = comparing.go_live(evidence, metric)
    before, after = comparing.sides(metric, *comparing.pair(measurements, live))
    rolling = comparing.rolls(metric, before, after)
    planned = Comparison(metric, level, NOT_MEASURED, before=before, after=after, rolling=rolling)
    comparison = _planned(evidence, planned)
    if after is None:
        reason = "Nothing was measured since the baseline." if before else "There are no figures yet."
        return comparison._replace(reason=reason)
    if before is None:
        return comparison._replace(verdict=NO_BASELINE, reason="Nothing is known of the time before.")
    difference = comparing.not_alike(metric, before.measurement, after.measurement)
    if difference:
        return comparison._replace(verdict=NOT_COMPARABLE, reason=f"The figures have {difference}.", attainment=None)
    warnings = cautions(metric, before, after, live, evidence.settings, count_tested(evidence, metric))
    return _with_change(comparison._replace(cautions=warnings), before, after, measurements, evidence.settings)


def _planned(evidence: Day, comparison: Comparison) -> Comparison:
    """Fill in what is known of target, time and sample, whatever the verdict will be."""
    metric = comparison.metric
    before = comparison.before
    after = comparison.after
    first = before and before.figures
    second = after and after.figures
    target = target_of(metric, first or second)
    missing = list(_without_target(metric, target))
    share = None
    if before:
        share = elapsed(evidence.date, before.measurement.period_end, metric.target_on)
        if metric.target_on is not None and share is None:
            missing.append(f"The target date of {metric.ref} is not after its baseline")
    comparison = comparison._replace(target=target, elapsed=share)
    if first and not comparison.rolling:
        comparison = comparison._replace(
            needed=needed_size(metric, first, target, comparison.level),
            visible=visible_change(metric, first, second, comparison.level),
        )
    if first and second:
        way = attainment(metric, first.value, second.value, target)
        comparison = comparison._replace(attainment=way)
        if way is None and (target is not None or band(metric, target)):
            missing.append(f"The baseline of {metric.ref} was at the target already, so there is no way to measure")
    return comparison._replace(missing=tuple(missing))


def _without_target(metric: Metric, target: float | None) -> Iterator[str]:
    gaps = []
    if target is None and metric.target is not None:
        yield f"The target of {metric.ref} ({metric.target:,g}) is no share: write 80% or 0.8"
    elif target is None and band(metric, None) is None:
        gaps.append("no target band" if metric.better == "target_band" else "no target")
    if metric.target_on is None:
        gaps.append("no target date")
    if gaps:
        yield f"{metric.ref} has {' and '.join(gaps)}"


def _with_change(
    comparison: Comparison, before: Side, after: Side, measurements: list[Measurement], settings: Settings
) -> Comparison:
    metric = comparison.metric
    level = comparison.level
    first = before.figures
    second = after.figures
    if first is None or second is None:
        incomplete = " and ".join(side.measurement.ref for side in (before, after) if side.figures is None)
        return comparison._replace(verdict=TOO_LITTLE, reason=f"The figures of {incomplete} are not complete.")
    if comparison.rolling:
        change = Effect(second.value - first.value)
        reason = "The periods roll on or overlap, so they are no independent samples: no interval and no test."
        return comparison._replace(effect=change, verdict=NOT_TESTED, reason=reason)
    comparison = comparison._replace(effect=comparing.effect(first, second, level))
    if isinstance(first, Answers) and isinstance(second, Answers):
        comparison = comparison._replace(other=comparing.effect(first.other, second.other, level))
    if any(measurement.cohort == "comparison" for measurement in measurements):
        group = comparing.comparison_group(measurements, before.measurement, after.measurement)
        against = _against(comparison, before, after, group, settings)
        if isinstance(against, Against):
            comparison = comparison._replace(against=against)
        else:
            sentence = f"The comparison group {against}: it is left out."
            omitted = Caution("comparison_group", "comparison group left out", sentence)
            comparison = comparison._replace(cautions=(*comparison.cautions, omitted))
    scarce = too_little(metric, (first, second), settings)
    if scarce:
        return comparison._replace(verdict=TOO_LITTLE, reason=scarce)
    verdict, reason = _verdict(comparison, first, second)
    return comparison._replace(verdict=verdict, reason=reason)


Group = tuple[Measurement | None, Measurement | None]


def _against(comparison: Comparison, before: Side, after: Side, group: Group, settings: Settings) -> Against | str:
    """Return the comparison group with what the pilot changed beyond it, or in words why it cannot be used."""
    metric = comparison.metric
    first, second = group
    if first is None or second is None:
        return "was not measured in the same periods"
    group_before, group_after = comparing.sides(metric, first, second)
    if not (group_before and group_after and group_before.figures and group_after.figures):
        return "was measured in another way"
    if len({comparing.terms(metric, measurement) for measurement in (before.measurement, first, second)}) > 1:
        return "was measured in another way"
    assert before.figures and after.figures
    figures = (before.figures, after.figures, group_before.figures, group_after.figures)
    if len(set(map(type, figures))) == 1 and not too_little(metric, figures[2:], settings):
        change = comparing.beyond(figures, comparison.level)
        if change is not None:
            return Against(group_before, group_after, change)
    return "is too small to compare with"


def too_little(metric: Metric, sides: Iterable[Figures], settings: Settings) -> str:
    """Return why figures are too few for a verdict; empty when they are enough."""
    least = settings.impact_least_n
    events = settings.impact_least_events
    for figures in sides:
        if isinstance(figures, Single) and metric.metric_kind not in ("count", "index"):
            return "Only the value is recorded, not the figures behind it."
        if isinstance(figures, Mean) and figures.n is None:
            return "The sample size is not recorded."
        if isinstance(figures, Mean) and figures.sd is None:
            return "The standard deviation is not recorded."
        if isinstance(figures, Proportion | Mean | Answers) and (figures.n or 0) < least:
            return f"{counted(figures.n or 0, 'case')} in one period; {least} are needed in each."
        if isinstance(figures, Rate) and figures.events < events:
            return f"{counted(figures.events, 'event')} in one period; {events} are needed in each."
    return ""


def _verdict(comparison: Comparison, first: Figures, second: Figures) -> tuple[str, str]:
    metric = comparison.metric
    worthwhile = comparison.metric.min_worthwhile_change
    better = gain(metric, first.value, second.value, comparison.target)
    if better is None:
        return NOT_TESTED, "Nobody said which values are good: the target band is not set."
    basis = comparison.effect
    if comparison.against and metric.better != "target_band":
        basis = comparison.against.effect
        better = basis.estimate if metric.better == "up" else -basis.estimate
    if isinstance(first, Single) and worthwhile is None:
        return NOT_TESTED, "Without a least worthwhile change nothing says whether the difference matters."
    sure = isinstance(first, Single) or (basis is not None and basis.excludes_no_change)
    if not sure or abs(better) <= EXACT:
        return NO_CHANGE, ""
    if worthwhile is not None and abs(better) < worthwhile - EXACT:
        return NO_CHANGE, "There is a change, but it is smaller than the least worthwhile one."
    return (IMPROVED if better > 0 else WORSENED), ""
