"""Which facts of a pilot are expected and which are there: provided of expected, and what is missing."""

from datetime import timedelta
from typing import NamedTuple

from tracker.entities import Metric, Person, Pilot, Risk, TrainingNeed
from tracker.rules.day import Day
from tracker.rules.impact.pairing import current_measurements
from tracker.rules.risk import review_overdue
from tracker.rules.signals.rushed.samples import baselines
from tracker.rules.signals.stage import stage_of, too_early

FACTS = {
    "owner": "an owner",
    "forecast": "a forecast end",
    "rating": "a recent rating",
    "risks": "a risk review that is up to date",
    "need": "a training need",
    "baseline": "a baseline of each metric",
    "latest": "a measurement that is recent",
}
EVERY_DAYS = {"weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
EXPECTED_EARLY = {"discovery": 3, "alpha": 4}  # the first so many, with no real users yet


ANSWERS = {"owner": "delivery_lead", "forecast": "forecast_end"}  # the field of the pilot that holds the fact


class Facts(NamedTuple):
    """What is expected of a pilot, what is missing, and of what somebody said that it is not yet known; in words."""

    ref: str
    expected: int
    missing: tuple[str, ...]
    not_yet_known: tuple[str, ...] = ()

    @property
    def provided(self) -> int:
        """How many of the expected facts are recorded."""
        return self.expected - len(self.missing) - len(self.not_yet_known)


def expected_facts(evidence: Day, pilot: Pilot) -> Facts:
    """Return the facts of a pilot: three in discovery, risks too from alpha on, all seven from private beta on."""
    expected = list(FACTS)
    if too_early(evidence, pilot):
        expected = expected[: EXPECTED_EARLY[stage_of(evidence, pilot)]]
    # What is withheld or does not apply is not asked for.
    expected = [name for name in expected if _said(evidence, pilot, name) not in ("withheld", "not_applicable")]
    provided = {
        "owner": lambda: evidence.get(Person, pilot.delivery_lead) is not None,
        "forecast": lambda: pilot.forecast_end is not None or pilot.actual_end is not None,
        "rating": lambda: _rated(evidence, pilot),
        "risks": lambda: _reviewed(evidence, pilot),
        "need": lambda: bool(evidence.of_pilot(TrainingNeed, pilot)),
        "baseline": lambda: _measured_before(evidence, pilot),
        "latest": lambda: _measured_lately(evidence, pilot),
    }
    lacking = [name for name in expected if not provided[name]()]
    coming = [name for name in lacking if _said(evidence, pilot, name) == "not_yet_known"]
    missing = tuple(FACTS[name] for name in lacking if name not in coming)
    return Facts(pilot.ref, len(expected), missing, tuple(FACTS[name] for name in coming))


def _said(evidence: Day, pilot: Pilot, fact: str) -> str:
    """Return which kind of nothing a pilot holds in place of a fact; missing where nobody said."""
    return evidence.nothing(pilot, ANSWERS.get(fact, "")).kind


def _rated(evidence: Day, pilot: Pilot) -> bool:
    since = evidence.date - timedelta(evidence.about.board_interval_days)
    reports = evidence.reports(pilot.uid)
    return any(since <= report.as_of <= evidence.date and report.rating is not None for report in reports)


def _reviewed(evidence: Day, pilot: Pilot) -> bool:
    """Return whether risks are recorded, and no review of a live one is overdue."""
    risks = evidence.of_pilot(Risk, pilot)
    return bool(risks) and not any(review_overdue(risk, evidence.settings, evidence.date) for risk in risks)


def _measured_before(evidence: Day, pilot: Pilot) -> bool:
    metrics = evidence.of_pilot(Metric, pilot)
    return bool(metrics) and all(baselines(evidence, metric) for metric in metrics)


def _measured_lately(evidence: Day, pilot: Pilot) -> bool:
    """Return whether each metric was measured since its baseline, within its frequency and half as long again."""
    metrics = evidence.of_pilot(Metric, pilot)
    times = evidence.settings.late_measurement
    for metric in metrics:
        measurements = current_measurements(evidence, metric)
        ends = [measurement.period_end for measurement in measurements if measurement.phase != "baseline"]
        if not ends or (evidence.date - max(ends)).days > times * EVERY_DAYS[metric.frequency]:
            return False
    return bool(metrics)
