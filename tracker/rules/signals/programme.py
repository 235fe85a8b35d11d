"""All signals of a pilot, and of the programme, from the evidence on a day."""

from datetime import date
from typing import NamedTuple

from tracker.entities import Metric, Pilot
from tracker.rules.day import Day
from tracker.rules.impact.before_after import Comparison, compare_all
from tracker.rules.signals.exposure import ExposureSignal, exposure_signal
from tracker.rules.signals.interop import Interop, interop
from tracker.rules.signals.on_request import on_request_signal
from tracker.rules.signals.pilot.overall import PilotEvidence, pilot_evidence
from tracker.rules.signals.priority.ranking import Ranking, rank
from tracker.rules.signals.quality import quality_signal
from tracker.rules.signals.result import Signal
from tracker.rules.signals.rushed.warning import rushed_signal
from tracker.rules.signals.scaling.advice import ScaleReadiness, scale_readiness
from tracker.text import natural_order


class PilotSignals(NamedTuple):
    """Everything that was worked out about one pilot on a day."""

    day: date
    evidence: PilotEvidence
    rushed: Signal
    scaling: ScaleReadiness
    comparisons: tuple[Comparison, ...]


class ProgrammeSignals(NamedTuple):
    """Everything that was worked out about a programme on a day; pilots in the order of their refs."""

    day: date
    pilots: tuple[PilotSignals, ...]
    exposure: ExposureSignal
    interop: Interop
    quality: Signal
    ranking: Ranking
    registers: Signal


def judged(evidence: Day, pilot: Pilot) -> PilotEvidence:
    """Return the evidence signal of one pilot beside what is reported of it, and nothing more."""
    return pilot_evidence(evidence, pilot)


def pilot_signals(evidence: Day, pilot: Pilot) -> PilotSignals:
    """Return the signals of one pilot."""
    comparisons = compare_all(evidence, evidence.of_pilot(Metric, pilot))
    pilot_judgement = pilot_evidence(evidence, pilot)
    return PilotSignals(
        evidence.date,
        pilot_judgement,
        rushed_signal(evidence, pilot),
        scale_readiness(evidence, pilot, pilot_judgement.dimensions, comparisons),
        tuple(comparisons),
    )


def programme_signals(evidence: Day, before: Day | None = None) -> ProgrammeSignals:
    """Return the signals of the programme; ``before`` is the evidence of an earlier day to compare risks with."""
    return ProgrammeSignals(
        evidence.date,
        tuple(
            pilot_signals(evidence, pilot)
            for pilot in sorted(evidence.in_use, key=lambda pilot: natural_order(pilot.ref))
        ),
        exposure_signal(evidence, before),
        interop(evidence),
        quality_signal(evidence),
        rank(evidence),
        on_request_signal(evidence),
    )
