"""The evidence signal of a pilot: its dimensions put together, beside what people report of it.

Stale evidence is never shown green: where the dimensions say green it becomes “not enough evidence”; amber and red
stay what they are, and the days are given.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tracker.entities import Pilot
from tracker.rules.cached import cached_by_day
from tracker.rules.day import Day
from tracker.rules.signals.pilot.assurance import ASSURANCE, assurance_signal
from tracker.rules.signals.pilot.benefits import BENEFITS, benefits_signal
from tracker.rules.signals.pilot.cost import COST, cost_signal
from tracker.rules.signals.pilot.given_ratings import GivenRating
from tracker.rules.signals.pilot.people import PEOPLE, people_signal
from tracker.rules.signals.pilot.reported import Override, Reported, reported
from tracker.rules.signals.pilot.rhythm import RHYTHM, rhythm_signal
from tracker.rules.signals.pilot.risk import RISK, risk_signal
from tracker.rules.signals.pilot.time import TIME, time_signal
from tracker.rules.signals.result import AMBER, GREEN, RED, WATCH, Dimension, Finding, Signal
from tracker.rules.wording import counted, optional, show_date

# The dimensions in the order in which they are shown. A new one is a file like those beside this, and a line here.
DIMENSIONS: dict[Dimension, Callable[[Day, Pilot], Signal]] = {
    TIME: time_signal,
    COST: cost_signal,
    BENEFITS: benefits_signal,
    RISK: risk_signal,
    PEOPLE: people_signal,
    ASSURANCE: assurance_signal,
    RHYTHM: rhythm_signal,
}
NOT_ENOUGH = "not_enough"
BETTER = {RED: AMBER, AMBER: GREEN}


class Overall(NamedTuple):
    """The judgement of a pilot: ``level`` is green, amber, red or not_enough, ``decided`` the rule that made it so.

    ``stale`` is a finding about evidence that is too old, ``stale_days`` its age in days; None while it is fresh.
    """

    level: str
    decided: Finding
    stale_days: int | None
    stale: Finding | None
    report: Reported


class PilotEvidence(NamedTuple):
    """All that the evidence says of a pilot, beside what people report of it.

    ``level`` is green, amber, red or not_enough; ``dimensions`` are the signals by name, in their order; ``reported``
    is None without a report, ``ratings`` are all ratings that count; ``divergence`` and ``sort_rating`` are as in
    Reported; ``missing`` names what is missing.
    """

    uid: str
    ref: str
    name: str
    phase: str | None
    level: str
    dimensions: Mapping[str, Signal]
    decided: Finding
    stale_days: int | None
    reported: str | None
    ratings: tuple[GivenRating, ...]
    divergence: int
    reason: str
    override: Override
    sort_rating: str
    flags: tuple[Finding, ...]
    missing: tuple[str, ...]

    def data(self) -> dict[str, object]:
        """Return it as plain data for JSON."""
        return {
            **self._asdict(),
            "dimensions": {name: signal.data() for name, signal in self.dimensions.items()},
            "decided": self.decided.data(),
            "override": self.override._asdict(),
            "ratings": [rating.data() for rating in self.ratings],
            "flags": [flag.data() for flag in self.flags],
            "missing": list(self.missing),
        }


def dimension_letters() -> str:
    """Return the letters that head the columns of the dimensions: ``T C B …``."""
    return " ".join(dimension.letter for dimension in DIMENSIONS)


def dimension_legend() -> str:
    """Return the letters with what they stand for: ``T time · C cost · …``."""
    return " · ".join(f"{dimension.letter} {dimension.label.lower()}" for dimension in DIMENSIONS)


@cached_by_day
def _by_pilot(evidence: Day) -> dict[str, dict[str, Signal]]:
    """Return where the signals of a day's pilots are kept: papers ask for them as they stand and as they changed."""
    return {}


def dimension_signals(evidence: Day, pilot: Pilot) -> Mapping[str, Signal]:
    """Return the signal of each dimension of a pilot of the day by its name, in their order."""
    signals = _by_pilot(evidence)
    if pilot.uid not in signals:
        signals[pilot.uid] = {dimension.name: judge(evidence, pilot) for dimension, judge in DIMENSIONS.items()}
    return signals[pilot.uid]


def pilot_evidence(evidence: Day, pilot: Pilot, dimensions: Mapping[str, Signal] | None = None) -> PilotEvidence:
    """Return the evidence signal of a pilot; from the signals of its dimensions when they are known already."""
    signals = dimensions or dimension_signals(evidence, pilot)
    overall = overall_signal(evidence, pilot, signals)
    report = overall.report
    missing = [gap for signal in signals.values() for gap in signal.missing]
    if report.rating is None:
        missing.append("a reported rating")
    if pilot.phase is None:
        missing.append("the phase")
    flags = report.flags
    if overall.stale is not None:
        flags = (overall.stale, *flags)
    return PilotEvidence(
        uid=pilot.uid,
        ref=pilot.ref,
        name=pilot.name,
        phase=pilot.phase,
        level=overall.level,
        dimensions=signals,
        decided=overall.decided,
        stale_days=overall.stale_days,
        reported=report.rating,
        ratings=report.ratings,
        divergence=report.divergence,
        reason=report.reason,
        override=report.override,
        sort_rating=report.sort_rating,
        flags=flags,
        missing=tuple(dict.fromkeys(missing)),
    )


def overall_signal(evidence: Day, pilot: Pilot, dimensions: Mapping[str, Signal]) -> Overall:
    """Return the judgement of a pilot from its dimensions by name, and how it stands to what people report."""
    needed = evidence.settings.dimensions_needed
    level, rule = _judged({name: signal.level for name, signal in dimensions.items()}, needed)
    decided = _decided(level, rule, dimensions, needed)
    days, stale = _staleness(evidence, pilot)
    if stale is not None and level == GREEN:
        level = NOT_ENOUGH
        reason = "nobody knows when it was last updated"
        if days:
            reason = f"nothing that matters was updated for {stale.value}"
        sentence = f"The dimensions with data say green, but {reason}, and stale evidence is never shown green."
        decided = Finding("overall.stale", level, sentence, stale.value, stale.threshold, stale.records)
    report = reported(evidence, pilot, level)
    if stale is not None and report.sort_rating == GREEN:
        report = report._replace(sort_rating="not_rated")
    return Overall(level, decided, days, stale, report)


def _judged(levels: Mapping[str, str], needed: int) -> tuple[str, str]:
    """Return the level that some levels by dimension make, and the id of the rule that decided."""
    counts = Counter(level for level in levels.values() if level in (GREEN, AMBER, RED))
    if counts.total() < needed:
        return NOT_ENOUGH, "overall.not_enough"
    if levels.get(ASSURANCE.name) == RED:
        return RED, "overall.assurance"
    if counts[RED] >= 2:
        return RED, "overall.two_red"
    if counts[RED] == 1:
        return AMBER, "overall.one_red"
    if counts[AMBER] >= 2:
        return AMBER, "overall.two_amber"
    return GREEN, "overall.green"


def _decided(level: str, rule: str, dimensions: Mapping[str, Signal], needed: int) -> Finding:
    labels = {
        colour: [signal.label.lower() for signal in dimensions.values() if signal.level == colour]
        for colour in (RED, AMBER, GREEN)
    }
    with_data = sum(map(len, labels.values()))
    reds = len(labels[RED])
    ambers = len(labels[AMBER])
    value = f"{reds} red"
    threshold = "2 red"
    match rule:
        case "overall.not_enough":
            reason = f"Only {with_data} of {len(dimensions)} dimensions have data, and {needed} are needed"
            value = f"{with_data} dimensions"
            threshold = f"{needed} dimensions"
        case "overall.assurance":
            reason = "Approvals are red, and that alone makes the pilot red"
            threshold = "approvals red"
        case "overall.two_red":
            reason = f"{reds} dimensions are red, and two are enough for red"
        case "overall.one_red":
            reason = "One dimension is red, and that makes the pilot amber"
            threshold = "1 red"
        case "overall.two_amber":
            reason = f"{ambers} dimensions are amber, and two are enough for amber"
            value = f"{ambers} amber"
            threshold = "2 amber"
        case _:
            amber = "one is" if ambers else "none is"
            reason = f"Of {with_data} dimensions with data none is red, and {amber} amber"
            value = f"{ambers} amber"
            threshold = "2 amber"
    colours = "; ".join(f"{colour}: {', '.join(labels[colour])}" for colour in (RED, AMBER) if labels[colour])
    sentence = f"{reason}{optional(' (', colours, ')')}."
    near = _is_near_better(level, dimensions, needed)
    return Finding(rule, level, sentence, value, threshold, borderline=near)


def _is_near_better(level: str, dimensions: Mapping[str, Signal], needed: int) -> bool:
    """Return whether an amber or a red rests on dimensions of which every finding that counts is borderline."""
    if level not in BETTER:
        return False
    eased = {name: _eased(signal) for name, signal in dimensions.items()}
    return _judged(eased, needed)[0] != level


def _eased(signal: Signal) -> str:
    """Return the level of a dimension, a better one when all that makes it so is borderline."""
    counting = [finding for finding in signal.findings if finding.level == signal.level]
    if counting and all(finding.borderline for finding in counting):
        return BETTER.get(signal.level, signal.level)
    return signal.level


def _staleness(evidence: Day, pilot: Pilot) -> tuple[int | None, Finding | None]:
    """Return the days since the last update that matters, when they are too many, and a finding about them."""
    allowed = evidence.about.staleness_days
    updated_on = evidence.updated.get(pilot.uid)
    if updated_on is None:
        sentence = "Nobody knows when the pilot was last updated."
        return None, Finding("overall.stale", WATCH, sentence, "not known", f"{allowed} days", (pilot.ref,))
    days = (evidence.date - updated_on).days
    if days <= allowed:
        return None, None
    value = counted(days, "day")
    limit = counted(allowed, "day")
    sentence = (
        f"STALE {value}: the last update that matters was on {show_date(updated_on)}; more than {limit} is stale."
    )
    return days, Finding("overall.stale", WATCH, sentence, value, limit, (pilot.ref,))
