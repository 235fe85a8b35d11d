"""Before and after: whether a metric has changed, by how much, and how sure that is."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from tracker.entities.measurement import Measurement
from tracker.entities.metric import Metric
from tracker.rules.day import Day
from tracker.rules.impact import pairing as comparing
from tracker.rules.impact.cautions import Caution, cautions
from tracker.rules.impact.figures import Answers, Figures, Mean, Proportion, Rate, Single
from tracker.rules.impact.pairing import Effect, Side
from tracker.rules.impact.sample_size import needed_size, visible_change
from tracker.rules.impact.targets import EXACT, attainment, band, elapsed, gain, target_of
from tracker.rules.settings import Settings
from tracker.rules.wording import counted

IMPROVED, WORSENED, NO_CHANGE = "improved", "worsened", "no_change"
TOO_LITTLE, NOT_COMPARABLE, NOT_TESTED = "too_little", "not_comparable", "not_tested"
NO_BASELINE, NOT_MEASURED = "no_baseline", "not_measured"

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
    change that matters, ``visible`` the smallest change that the samples show; each is None where it cannot be said.
    """

    metric: Any
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

    @property
    def compared(self) -> bool:
        """Whether there is a change to speak of."""
        return self.effect is not None


class _Known:
    """What was worked out of one evidence, which never changes: several signals ask for the same."""

    def __init__(self) -> None:
        self.comparisons: dict[str, Comparison] = {}
        self.tested: dict[str, int] = {}


_known: WeakKeyDictionary[Day, _Known] = WeakKeyDictionary()


def compare_all(evidence: Day, metrics: Iterable[Metric] | None = None) -> list[Comparison]:
    """Return what became of some metrics, or of all of the programme, in the order given."""
    return [compare(evidence, metric) for metric in (evidence.all(Metric) if metrics is None else metrics)]


def compare(evidence: Day, metric: Metric) -> Comparison:
    """Return what became of a metric by the day of the evidence."""
    known = _known.setdefault(evidence, _Known()).comparisons
    if metric.uid not in known:
        known[metric.uid] = _compare(evidence, metric)
    return known[metric.uid]


def count_tested(evidence: Day, metric: Metric) -> int:
    """Return how many metrics of a metric's pilot have a figure before and one after."""
    if metric.pilot is None:
        return 1
    known = _known.setdefault(evidence, _Known()).tested
    if metric.pilot not in known:
        live = comparing.go_live(evidence, metric)
        others = evidence.of(Metric, "pilot", metric.pilot)
        pairs = (comparing.pair(comparing.standing(evidence, other), live) for other in others)
        known[metric.pilot] = sum(None not in pair for pair in pairs)
    return known[metric.pilot]


def _compare(evidence: Day, metric: Metric) -> Comparison:
    level = evidence.settings.interval_percent / 100
    measurements = comparing.standing(evidence, metric)
    live = comparing.go_live(evidence, metric)
    before, after = comparing.sides(metric, *comparing.pair(measurements, live))
    found = Comparison(metric, level, NOT_MEASURED, before=before, after=after)
    found = _planned(evidence, found)
    if after is None:
        only = "Nothing was measured since the baseline." if before else "There are no figures yet."
        return found._replace(reason=only)
    if before is None:
        return found._replace(verdict=NO_BASELINE, reason="Nothing is known of the time before.")
    differ = comparing.not_alike(metric, before.measurement, after.measurement)
    if differ:
        return found._replace(verdict=NOT_COMPARABLE, reason=f"The figures have {differ}.", attainment=None)
    number = count_tested(evidence, metric)
    found = found._replace(cautions=cautions(metric, before, after, live, evidence.settings, number))
    return _with_change(found, measurements, evidence.settings)


def _planned(evidence: Day, found: Comparison) -> Comparison:
    """Fill in what can be said of target, time and sample, whatever the verdict will be."""
    metric, before, after = found.metric, found.before, found.after
    first = before.figures if before else None
    second = after.figures if after else None
    target = target_of(metric, first or second)
    missing = list(_without_target(metric, target))
    gone = elapsed(evidence.date, before.measurement.period_end, metric.target_on) if before else None
    if before and metric.target_on is not None and gone is None:
        missing.append(f"The target date of {metric.ref} is not after its baseline")
    way = attainment(metric, first.value, second.value, target) if first and second else None
    if first and second and way is None and (target is not None or band(metric, target)):
        missing.append(f"The baseline of {metric.ref} was at the target already, so there is no way to measure")
    return found._replace(
        target=target,
        attainment=way,
        elapsed=gone,
        needed=needed_size(metric, first, target, found.level) if first else None,
        visible=visible_change(metric, first, second, found.level) if first else None,
        missing=tuple(missing),
    )


def _without_target(metric: Metric, target: float | None) -> Iterator[str]:
    if target is None and metric.target is not None:
        yield f"The target of {metric.ref} ({metric.target:,g}) is no share: write 80 % or 0.8"
    lacking = []
    if target is None and metric.target is None and band(metric, None) is None:
        lacking.append("no target band" if metric.better == "target_band" else "no target")
    if metric.target_on is None:
        lacking.append("no target date")
    if lacking:
        yield f"{metric.ref} has {' and '.join(lacking)}"


def _with_change(found: Comparison, measurements: list[Measurement], settings: Settings) -> Comparison:
    assert found.before and found.after
    first, second = found.before.figures, found.after.figures
    if first is None or second is None:
        which = " and ".join(side.measurement.ref for side in (found.before, found.after) if side.figures is None)
        return found._replace(verdict=TOO_LITTLE, reason=f"The figures of {which} are not complete.")
    found = found._replace(effect=comparing.effect(first, second, found.level))
    if isinstance(first, Answers) and isinstance(second, Answers):
        old, new = (one._replace(share=not one.share) for one in (first, second))
        found = found._replace(other=comparing.effect(old, new, found.level))
    found = _with_group(found, measurements, settings)
    scarce = too_little(found.metric, (first, second), settings)
    if scarce:
        return found._replace(verdict=TOO_LITTLE, reason=scarce)
    verdict, reason = _verdict(found, first, second)
    return found._replace(verdict=verdict, reason=reason)


def _with_group(found: Comparison, measurements: list[Measurement], settings: Settings) -> Comparison:
    assert found.before and found.after and found.before.figures and found.after.figures
    if not any(one.cohort == "comparison" for one in measurements):
        return found
    first, second = comparing.comparison_group(measurements, found.before.measurement, found.after.measurement)
    why = "was not measured in the same periods"
    if first is not None and second is not None:
        before, after = comparing.sides(found.metric, first, second)
        why = "was measured in another way"
        if before and after and before.figures and after.figures and not _unlike(found, first, second):
            groups = (found.before.figures, found.after.figures, before.figures, after.figures)
            same = len({type(one) for one in groups}) == 1
            change = comparing.beyond(groups, found.level) if same else None
            why = "is too small to compare with"
            if change is not None and not too_little(found.metric, groups[2:], settings):
                return found._replace(against=Against(before, after, change))
    left_out = Caution("comparison_group", "comparison group left out", f"The comparison group {why}: it is left out.")
    return found._replace(cautions=(*found.cautions, left_out))


def _unlike(found: Comparison, first: Any, second: Any) -> bool:
    """Return whether the comparison group was measured by another definition or in another unit."""
    assert found.before
    own, metric = found.before.measurement, found.metric
    return any(
        (getattr(one, field) or getattr(metric, field)) != (getattr(own, field) or getattr(metric, field))
        for one in (first, second)
        for field in ("definition_variant", "unit")
    )


def too_little(metric: Metric, both: Iterable[Figures], settings: Settings) -> str:
    """Return why figures are too few for a verdict; empty when they are enough."""
    least, events = settings.impact_least_n, settings.impact_least_events
    for one in both:
        if isinstance(one, Single) and metric.metric_kind not in ("count", "index"):
            return "Only the value is recorded, not the figures behind it."
        if isinstance(one, Mean) and (one.n is None or one.sd is None):
            lacking = "sample size" if one.n is None else "standard deviation"
            return f"The {lacking} is not recorded."
        if isinstance(one, Proportion | Mean | Answers) and (one.n or 0) < least:
            return f"{counted(one.n or 0, 'case')} in one period; {least} are needed in each."
        if isinstance(one, Rate) and one.events < events:
            return f"{counted(one.events, 'event')} in one period; {events} are needed in each."
    return ""


def _verdict(found: Comparison, first: Figures, second: Figures) -> tuple[str, str]:
    metric, worth = found.metric, found.metric.min_worthwhile_change
    better = gain(metric, first.value, second.value, found.target)
    if better is None:
        return NOT_TESTED, "Nobody said which values are good: the target band is not set."
    basis = found.effect
    if found.against and metric.better != "target_band":
        basis = found.against.effect
        better = basis.estimate if metric.better == "up" else -basis.estimate
    if isinstance(first, Single) and worth is None:
        return NOT_TESTED, "Without a least worthwhile change nothing says whether the difference matters."
    sure = isinstance(first, Single) or (basis is not None and basis.excludes_no_change)
    if not sure or abs(better) <= EXACT:
        return NO_CHANGE, ""
    if worth is not None and abs(better) < worth - EXACT:
        return NO_CHANGE, "There is a change, but it is smaller than the least worthwhile one."
    return (IMPROVED if better > 0 else WORSENED), ""
