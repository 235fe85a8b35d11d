"""Benefits: whether the figures of a pilot have become better, and fast enough for their targets."""

from fractions import Fraction

from tracker.entities.metric import Metric
from tracker.entities.pilot import EARLY_STAGES, Pilot
from tracker.rules.day import Day
from tracker.rules.impact import before_after as impact
from tracker.rules.impact.before_after import Comparison, compare_all
from tracker.rules.impact.words import change_words, number
from tracker.rules.settings import Settings
from tracker.rules.signals.judging import figures, stage_of
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, WORST, Finding, Signal, is_borderline, worst
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

NAME, LABEL = "benefits", "Benefits"


def benefits_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return whether the metrics of a pilot have improved, and fast enough for their targets."""
    stage = stage_of(evidence, pilot)
    if stage in EARLY_STAGES:
        told = f"Too early: in {stage} there is nothing to compare yet but a baseline."
        return Signal(NAME, LABEL, GREY, (Finding("benefits.early", GREY, told, records=(pilot.ref,)),), headline=told)
    metrics = evidence.of(Metric, "pilot", pilot.uid)
    if not metrics:
        lacking = f"{pilot.ref} has no metric: nothing says what it is to achieve"
        return Signal(NAME, LABEL, GREY, missing=(lacking,), headline=f"{lacking}.")
    all_found = compare_all(evidence, metrics)
    findings = [finding for one in all_found for finding in _findings(evidence, pilot, one)]
    findings.sort(key=lambda finding: -WORST.index(finding.level))
    missing = tuple(lacking for one in all_found for lacking in (*_lacking(one), *one.missing))
    return Signal(NAME, LABEL, worst(one.level for one in findings), tuple(findings), missing, _headline(all_found))


def _findings(evidence: Day, pilot: Pilot, one: Comparison) -> list[Finding]:
    """Return the findings on one metric: its verdict, and how far it is on the way to its target."""
    findings = [_verdict(evidence, pilot, one)]
    if one.attainment is not None and one.elapsed is not None and one.verdict not in (impact.TOO_LITTLE,):
        findings.append(_pace(one, evidence.settings))
    return findings


def _verdict(evidence: Day, pilot: Pilot, one: Comparison) -> Finding:
    metric, settings = one.metric, evidence.settings
    level, told, value, threshold, borderline = GREY, one.reason, "", "", False
    limit = settings.no_change_elapsed
    gone = None if one.elapsed is None else one.elapsed * 100
    match one.verdict:
        case impact.IMPROVED:
            level, told = GREEN, f"improved, {change_words(one)}."
        case impact.WORSENED:
            level, told = RED, f"worsened, {change_words(one)}."
        case impact.NO_CHANGE | impact.TOO_LITTLE:
            late = gone is not None and round(gone, 9) > limit
            level = AMBER if late else GREY if gone is None or one.verdict == impact.TOO_LITTLE else GREEN
            told, value, threshold = _undecided(one, limit)
            borderline = gone is not None and is_borderline(gone, limit)
        case impact.NO_BASELINE | impact.NOT_COMPARABLE:
            level, told = AMBER, f"{_words(one)}: {_small(one.reason)}"
        case impact.NOT_MEASURED:
            level, told = _not_measured(evidence, pilot, one)
        case _:
            told = f"{_words(one)}: {_small(one.reason)}"
    sentence = f"{metric.ref} {metric.name}: {told}"
    return Finding(f"benefits.verdict.{metric.ref}", level, sentence, value, threshold, _records(one), borderline)


def _undecided(one: Comparison, limit: int) -> tuple[str, str, str]:
    """Return what to say while a change is not certain, with how much of the time is gone and how much may be."""
    change = f", {change_words(one)}" if one.effect else ""
    why = f"; {_small(one.reason).rstrip('.')}" if one.reason else ""
    told = f"{_words(one)}{change}{why}"
    if one.elapsed is None:
        return f"{told}; how much of the time is gone is not known.", "", ""
    gone, bound = figures(_exact(one.elapsed * 100), limit)
    return f"{told}; {gone} % of the time to the target is gone.", f"{gone} %", f"{bound} %"


def _not_measured(evidence: Day, pilot: Pilot, one: Comparison) -> tuple[str, str]:
    live = pilot.first_real_user_on
    if one.before is not None and live is not None and live > evidence.date:
        return GREY, f"not measured yet: go-live is on {show_date(live)}."
    return AMBER, f"not measured: {_small(one.reason)}"


def _pace(one: Comparison, settings: Settings) -> Finding:
    """Return how the way to the target compares with the time that is gone."""
    assert one.attainment is not None and one.elapsed is not None
    metric = one.metric
    done, gone = one.attainment * 100, one.elapsed * 100
    amber, red = settings.benefit_amber_gap, settings.benefit_red_gap
    gap = round(gone - done, 9)
    late = gone > settings.benefit_red_elapsed
    level = RED if gap > red and late else AMBER if gap > amber else GREEN
    value = f"{number(done, 0)} %"
    told = f"{metric.ref} {metric.name}: {value} of the way to the target at {number(gone, 0)} % of the time"
    limit = red if level == RED else amber
    behind, bound = figures(_exact(gap), limit)
    if level == GREEN:
        told += "." if gap <= 0 else f"; up to {limit} points behind is accepted."
    else:
        told += f", {behind} points behind ({level} above {bound})."
    return Finding(
        f"benefits.pace.{metric.ref}",
        level,
        told,
        f"{behind} points",
        f"{bound} points",
        _records(one),
        is_borderline(gap, amber, *([red] if late else [])),
    )


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**9)


def _words(one: Comparison) -> str:
    return _small(impact.VERDICT_WORDS[one.verdict].partition(" ")[2])


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _records(one: Comparison) -> tuple[str, ...]:
    sides = (one.before, one.after)
    return (one.metric.ref, *(side.measurement.ref for side in sides if side is not None))


def _lacking(one: Comparison) -> list[str]:
    """Return which measurements of a metric are not there."""
    ref, name = one.metric.ref, one.metric.name
    lacking = []
    if one.before is None:
        lacking.append(f"{ref} {name} has no baseline")
    if one.after is None:
        lacking.append(f"{ref} {name} was not measured after the change")
    return lacking


def _headline(found: list[Comparison]) -> str:
    """Return how many metrics have which verdict, in one sentence."""
    counts: dict[str, int] = {}
    for one in found:
        counts[_words(one)] = counts.get(_words(one), 0) + 1
    told = listed(f"{count} {words}" for words, count in counts.items())
    if len(found) == 1:
        return f"{found[0].metric.name}: {next(iter(counts))}."
    return f"Of {counted(len(found), 'metric')}: {told}."
