"""Which facts of a pilot are expected and which are there: provided of expected, and what is missing."""

from datetime import timedelta
from typing import NamedTuple

from tracker.entities.confidence import Confidence
from tracker.entities.metric import Metric
from tracker.entities.need import TrainingNeed
from tracker.entities.person import Person
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.rules.day import Day
from tracker.rules.impact.pairing import standing
from tracker.rules.risk import is_live, review_overdue
from tracker.rules.signals.judging import has_real_users, stage_of
from tracker.rules.signals.rushed.samples import baselines

FACTS = {
    "owner": "an owner",
    "forecast": "a forecast end",
    "rating": "a rating since the last board",
    "risks": "a risk review that is up to date",
    "need": "a training need",
    "baseline": "a baseline of each metric",
    "latest": "a measurement that is recent",
}
EVERY_DAYS = {"weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
BOARD_DAYS = 35  # when there is no programme to say it


class Facts(NamedTuple):
    """What is expected of a pilot and what is missing, in words."""

    ref: str
    expected: int
    missing: tuple[str, ...]

    @property
    def provided(self) -> int:
        """How many of the expected facts are there."""
        return self.expected - len(self.missing)


def facts_of(evidence: Day, pilot: Pilot) -> Facts:
    """Return the facts of a pilot: three in discovery, risks too from alpha on, all seven from private beta on."""
    stage, real = stage_of(evidence, pilot), has_real_users(evidence, pilot)
    names = list(FACTS)[: 3 if stage == "discovery" and not real else 4 if stage == "alpha" and not real else None]
    there = {
        "owner": lambda: evidence.get(Person, pilot.delivery_lead) is not None,
        "forecast": lambda: pilot.forecast_end is not None or pilot.actual_end is not None,
        "rating": lambda: _rated(evidence, pilot),
        "risks": lambda: _reviewed(evidence, pilot),
        "need": lambda: bool(evidence.of(TrainingNeed, "pilot", pilot.uid)),
        "baseline": lambda: _measured_before(evidence, pilot),
        "latest": lambda: _measured_lately(evidence, pilot),
    }
    return Facts(pilot.ref, len(names), tuple(FACTS[name] for name in names if not there[name]()))


def _rated(evidence: Day, pilot: Pilot) -> bool:
    programme = evidence.programme
    since = evidence.date - timedelta(programme.board_interval_days if programme is not None else BOARD_DAYS)
    return any(
        one.rating_kind == "reported" and one.dimension == "overall" and since <= one.as_of <= evidence.date
        for one in evidence.of(Confidence, "pilot", pilot.uid)
        if one.rating != "not_rated"
    )


def _reviewed(evidence: Day, pilot: Pilot) -> bool:
    """Return whether risks are recorded, and no review of a live one is overdue."""
    some = evidence.of(Risk, "pilot", pilot.uid)
    late = any(is_live(one) and review_overdue(one, evidence.settings, evidence.date) for one in some)
    return bool(some) and not late


def _measured_before(evidence: Day, pilot: Pilot) -> bool:
    metrics = evidence.of(Metric, "pilot", pilot.uid)
    return bool(metrics) and all(baselines(evidence, one) for one in metrics)


def _measured_lately(evidence: Day, pilot: Pilot) -> bool:
    """Return whether each metric was measured since its baseline, within its frequency and half as long again."""
    metrics = evidence.of(Metric, "pilot", pilot.uid)
    times = evidence.settings.late_measurement
    for metric in metrics:
        newest = max((one.period_end for one in standing(evidence, metric) if one.phase != "baseline"), default=None)
        if newest is None or (evidence.date - newest).days > times * EVERY_DAYS[metric.frequency]:
            return False
    return bool(metrics)
