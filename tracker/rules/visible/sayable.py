"""What papers may say of signals: the levels of all the evidence, in the sentences of what may be shown.

A level is never better for what is hidden. A sentence stands where all the evidence says it too; where it would say
more, or another thing, the reader is told that records count which are not shown.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tracker.entities import Metric, Pilot
from tracker.rules.day import Day
from tracker.rules.impact.before_after import compare_all
from tracker.rules.signals.exposure import exposure_signal
from tracker.rules.signals.interop import interop
from tracker.rules.signals.pilot.overall import PilotEvidence, dimension_signals, pilot_evidence
from tracker.rules.signals.programme import PilotSignals, ProgrammeSignals, programme_signals
from tracker.rules.signals.result import WORST, Finding, Signal, worst
from tracker.rules.signals.scaling.advice import ScaleReadiness
from tracker.rules.signals.scaling.criteria import Criterion
from tracker.rules.visible.sight import Sight

COUNTS_TOO = "Records that are not shown count here too."
GAPS = "what records that are not shown lack"
NOT_SHOWN = "not_shown"  # of the rule that says so
_GAPS = re.compile(r"\b(no|none|nothing|nobody|never|not|without|neither)\b", re.IGNORECASE)


def claims_gap(text: str) -> bool:
    """Return whether a sentence says that something is not there."""
    return bool(_GAPS.search(text))


def sayable_signal(visible: Signal, full: Signal) -> Signal:
    """Return the signal of all the evidence as a paper may tell it; ``shown`` is that of what may be shown."""
    if visible == full:
        return visible
    findings = []
    untold = list(full.findings)
    for finding in visible.findings:
        truth = _truth(finding, visible, untold)
        if truth is None:
            continue
        if truth != finding:
            if claims_gap(finding.sentence) or finding.level != truth.level:
                continue
            finding = finding._replace(sentence=f"{finding.sentence} {COUNTS_TOO}")
        untold.remove(truth)
        findings.append(finding)
    if untold:
        levels = [finding.level for finding in untold]
        findings.append(Finding(f"{full.name}.{NOT_SHOWN}", _gravest(levels, full.level), COUNTS_TOO))
    missing = tuple(gap for gap in full.missing if gap in visible.missing)
    if len(missing) < len(full.missing):
        missing = (*missing, GAPS)
    headline = next((finding.sentence for finding in findings if finding.level == full.level), "")
    return Signal(full.name, full.label, full.level, tuple(findings), missing, headline)


def _truth(finding: Finding, visible: Signal, full: list[Finding]) -> Finding | None:
    """Return what all the evidence says by a rule: the same, else of the same records, else what the rule says once."""
    if finding in full:
        return finding
    alike = [truth for truth in full if truth.id == finding.id]
    for truth in alike:
        if truth.records == finding.records:
            return truth
    once = sum(is_stated.id == finding.id for is_stated in visible.findings) == len(alike) == 1
    if not once:
        return None
    return alike[0]


def _gravest(levels: list[str], level: str) -> str:
    """Return the level under which the untold is told: that of the signal, where one of it made that level."""
    if level in levels:
        return level
    return worst(name for name in levels if name in WORST)


def sayable_evidence(sight: Sight, pilot: Pilot) -> PilotEvidence:
    """Return what the evidence says of a pilot that may be shown, as a paper may tell it."""
    visible = dimension_signals(sight.visible, pilot)
    if not sight.hides:
        return pilot_evidence(sight.visible, pilot, visible)
    full = dimension_signals(sight.full, sight.full.by_uid(Pilot)[pilot.uid])
    return pilot_evidence(sight.visible, pilot, _each(visible, full))


def _each(visible: Mapping[str, Signal], full: Mapping[str, Signal]) -> dict[str, Signal]:
    return {name: sayable_signal(signal, full[name]) for name, signal in visible.items()}


def sayable_signals(sight: Sight, before: Sight | None = None) -> ProgrammeSignals:
    """Return the signals of the programme as papers may tell them; ``before`` is an earlier day to compare with."""
    earlier: tuple[Day | None, Day | None] = None, None
    if before is not None:
        earlier = before.visible, before.full
    visible = programme_signals(sight.visible, earlier[0])
    if not sight.hides and (before is None or not before.hides):
        return visible
    full = programme_signals(sight.full, earlier[1])
    by_uid = {signals.evidence.uid: signals for signals in full.pilots}
    return visible._replace(
        pilots=tuple(_of_pilot(sight.visible, signals, by_uid[signals.evidence.uid]) for signals in visible.pilots),
        exposure=visible.exposure._replace(signal=sayable_signal(visible.exposure.signal, full.exposure.signal)),
        interop=visible.interop._replace(signal=sayable_signal(visible.interop.signal, full.interop.signal)),
        registers=sayable_signal(visible.registers, full.registers),
        quality=sayable_signal(visible.quality, full.quality),
        ranking=visible.ranking._replace(signal=sayable_signal(visible.ranking.signal, full.ranking.signal)),
    )


def masked_figures(signals: ProgrammeSignals, masked: Day, before: Day | None) -> ProgrammeSignals:
    """Return the same signals with the figures of a masked position, whose refs tell where something is not shown."""
    return signals._replace(
        exposure=signals.exposure._replace(figures=exposure_signal(masked, before).figures),
        interop=signals.interop._replace(figures=interop(masked).figures),
    )


def _of_pilot(day: Day, visible: PilotSignals, full: PilotSignals) -> PilotSignals:
    pilot = day.by_uid(Pilot)[visible.evidence.uid]
    evidence = pilot_evidence(day, pilot, _each(visible.evidence.dimensions, full.evidence.dimensions))
    rushed = sayable_signal(visible.rushed, full.rushed)
    return visible._replace(evidence=evidence, rushed=rushed, scaling=_scaling(visible.scaling, full.scaling))


def _scaling(visible: ScaleReadiness, full: ScaleReadiness) -> ScaleReadiness:
    """Return the readiness that all the evidence makes; a criterion that it judges otherwise is told without a why."""
    if visible == full:
        return visible
    points = tuple(map(_point, visible.criteria, full.criteria))
    reasons = tuple(reason for reason in visible.reasons if reason in full.reasons)
    headline = COUNTS_TOO
    if visible.headline == full.headline:
        headline = visible.headline
    return full._replace(criteria=points, reasons=reasons, headline=headline)


def _point(point: Criterion, truth: Criterion) -> Criterion:
    if point == truth:
        return point
    return truth._replace(sentence=COUNTS_TOO, records=())


class Judged(NamedTuple):
    """What all the evidence said on a day: the level of each pilot in use, and the verdict on each metric, by uid."""

    levels: Mapping[str, str]
    verdicts: Mapping[str, str]


def judged_in_full(sight: Sight, pilots: Iterable[Pilot]) -> Judged:
    """Return the judgements of a day about some pilots, and about every metric that may be shown."""
    levels = {pilot.uid: pilot_evidence(sight.full, pilot).level for pilot in pilots}
    visible = sight.visible.by_uid(Metric)
    compared = [comparison for comparison in compare_all(sight.full) if comparison.metric.uid in visible]
    return Judged(levels, {comparison.metric.uid: comparison.verdict for comparison in compared})
