"""Benefits: whether the figures of a pilot have become better, and fast enough for their targets."""

from fractions import Fraction

from tracker.entities import Metric
from tracker.entities.pilot import EARLY_STAGES, Pilot
from tracker.rules.day import Day
from tracker.rules.impact import before_after as impact
from tracker.rules.impact.before_after import Comparison, compare_all
from tracker.rules.impact.words import change_words, verdict_words
from tracker.rules.settings import Settings
from tracker.rules.signals.result import (
    AMBER,
    GREEN,
    GREY,
    RED,
    WORST,
    Dimension,
    Finding,
    Signal,
    figure_texts,
    is_borderline,
    level_if,
)
from tracker.rules.signals.stage import is_stated, stage_of
from tracker.rules.wording import counted, listed, lower_first, number, optional, show_date

BENEFITS = Dimension("benefits", "Benefits", "B")


def benefits_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return whether the metrics of a pilot have improved, and fast enough for their targets."""
    stage = stage_of(evidence, pilot)
    if stage in EARLY_STAGES and is_stated(evidence, pilot):
        sentence = f"Too early: in {stage} there is nothing to compare yet but a baseline."
        return BENEFITS.signal([Finding("benefits.early", GREY, sentence, records=(pilot.ref,))])
    metrics = evidence.of_pilot(Metric, pilot)
    if not metrics:
        gap = f"{pilot.ref} has no metric: nothing says what it is to achieve"
        return BENEFITS.signal([], [gap])._replace(headline=f"{gap}.")
    comparisons = compare_all(evidence, metrics)
    findings = [finding for comparison in comparisons for finding in _findings(evidence, pilot, comparison)]
    findings.sort(key=lambda finding: -WORST.index(finding.level))
    signal = BENEFITS.signal(findings)
    missing = [gap for comparison in comparisons for gap in (*_unmeasured(comparison), *comparison.missing)]
    return signal._replace(missing=tuple(missing), headline=_headline(comparisons))


def _findings(evidence: Day, pilot: Pilot, comparison: Comparison) -> list[Finding]:
    """Return the findings on one metric: its verdict, and how far it is on the way to its target."""
    verdict = _verdict(evidence, pilot, comparison)
    attainment = comparison.attainment
    elapsed = comparison.elapsed
    if attainment is None or elapsed is None or comparison.verdict == impact.TOO_LITTLE:
        return [verdict]
    return [verdict, _pace(comparison, attainment * 100, elapsed * 100, evidence.settings)]


def _verdict(evidence: Day, pilot: Pilot, comparison: Comparison) -> Finding:
    level = GREY
    sentence = f"{_verdict_words(comparison)}: {lower_first(comparison.reason)}"
    match comparison.verdict:
        case impact.IMPROVED:
            level = GREEN
            sentence = f"improved, {change_words(comparison)}."
        case impact.WORSENED:
            level = RED
            sentence = f"worsened, {change_words(comparison)}."
        case impact.NO_CHANGE | impact.TOO_LITTLE:
            return _undecided(comparison, evidence.settings.no_change_elapsed)
        case impact.NO_BASELINE | impact.NOT_COMPARABLE:
            level = AMBER
        case impact.NOT_MEASURED:
            level, sentence = _not_measured(evidence, pilot, comparison)
    return _finding(comparison, level, sentence)


def _finding(
    comparison: Comparison,
    level: str,
    sentence: str,
    value: str = "",
    threshold: str = "",
    borderline: bool = False,
) -> Finding:
    metric = comparison.metric
    text = f"{metric.ref} {metric.name}: {sentence}"
    return Finding(f"benefits.verdict.{metric.ref}", level, text, value, threshold, _refs(comparison), borderline)


def _undecided(comparison: Comparison, limit: int) -> Finding:
    """Return what to say while a change is not certain: how much of the time is gone, and how much may be."""
    change = optional(", ", change_words(comparison))
    reason = optional("; ", lower_first(comparison.reason).rstrip("."))
    sentence = f"{_verdict_words(comparison)}{change}{reason}"
    if comparison.elapsed is None:
        return _finding(comparison, GREY, f"{sentence}; how much of the time is gone is not known.")
    percent = comparison.elapsed * 100
    level = GREEN
    if round(percent, 9) > limit:
        level = AMBER
    elif comparison.verdict == impact.TOO_LITTLE:
        level = GREY
    value, threshold = figure_texts(_exact(percent), limit)
    sentence = f"{sentence}; {value}% of the time to the target is gone."
    return _finding(comparison, level, sentence, f"{value}%", f"{threshold}%", is_borderline(percent, limit))


def _not_measured(evidence: Day, pilot: Pilot, comparison: Comparison) -> tuple[str, str]:
    go_live = pilot.first_real_user_on
    if comparison.before is not None and go_live is not None and go_live > evidence.date:
        return GREY, f"not measured yet: go-live is on {show_date(go_live)}."
    return AMBER, f"not measured: {lower_first(comparison.reason)}"


def _pace(comparison: Comparison, attained: float, elapsed: float, settings: Settings) -> Finding:
    """Return how the way to the target, in per cent, compares with the time that is gone, in per cent as well."""
    metric = comparison.metric
    amber = settings.benefit_amber_gap
    red = settings.benefit_red_gap
    gap = round(elapsed - attained, 9)
    level = level_if(gap > amber)
    limit = amber
    thresholds = [amber]
    if elapsed > settings.benefit_red_elapsed:
        thresholds.append(red)
        if gap > red:
            level = RED
            limit = red
    behind, limit_text = figure_texts(_exact(gap), limit)
    way = f"{number(attained, 0)}% of the way to the target at {number(elapsed, 0)}% of the time"
    sentence = f"{metric.ref} {metric.name}: {way}"
    if level != GREEN:
        sentence += f", {behind} points behind ({level} above {limit_text})."
    elif gap > 0:
        sentence += f"; up to {limit} points behind is accepted."
    else:
        sentence += "."
    texts = f"{behind} points", f"{limit_text} points"
    near = is_borderline(gap, *thresholds)
    return Finding(f"benefits.pace.{metric.ref}", level, sentence, *texts, _refs(comparison), near)


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**9)


def _verdict_words(comparison: Comparison) -> str:
    return lower_first(verdict_words(comparison))


def _refs(comparison: Comparison) -> tuple[str, ...]:
    sides = (comparison.before, comparison.after)
    return (comparison.metric.ref, *(side.measurement.ref for side in sides if side is not None))


def _unmeasured(comparison: Comparison) -> list[str]:
    """Return which measurements of a metric are not there."""
    name = f"{comparison.metric.ref} {comparison.metric.name}"
    gaps = []
    if comparison.before is None:
        gaps.append(f"{name} has no baseline")
    if comparison.after is None:
        gaps.append(f"{name} was not measured after the change")
    return gaps


def _headline(comparisons: list[Comparison]) -> str:
    """Return how many metrics have which verdict, in one sentence."""
    counts: dict[str, int] = {}
    for words in map(_verdict_words, comparisons):
        counts[words] = counts.get(words, 0) + 1
    if len(comparisons) == 1:
        return f"{comparisons[0].metric.name}: {next(iter(counts))}."
    named = listed(f"{count} {words}" for words, count in counts.items())
    return f"Of {counted(len(comparisons), 'metric')}: {named}."
