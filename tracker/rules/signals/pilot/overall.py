"""The evidence signal of a pilot: its seven dimensions put together, beside what people report of it.

Stale evidence is never shown green: where the dimensions say green it becomes “not enough evidence”; amber and red
stay what they are, and the days are said.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from tracker.entities.pilot import Pilot
from tracker.entities.programme import Programme
from tracker.rules.day import Day
from tracker.rules.signals.judging import WATCH
from tracker.rules.signals.pilot.assurance import assurance_signal
from tracker.rules.signals.pilot.cost import cost_signal
from tracker.rules.signals.pilot.reported import Override, Reported, reported
from tracker.rules.signals.pilot.rhythm import rhythm_signal
from tracker.rules.signals.pilot.risk import risk_signal
from tracker.rules.signals.pilot.time import time_signal
from tracker.rules.signals.result import AMBER, GREEN, RED, Finding, Signal
from tracker.rules.when import show_date
from tracker.rules.wording import counted

NOT_ENOUGH = "not_enough"
DIMENSIONS = ("time", "cost", "benefits", "risk", "people", "assurance", "rhythm")
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

    ``level`` is green, amber, red or not_enough; ``dimensions`` are the seven by name, in their order; ``reported`` is
    None without a rating; ``divergence`` and ``sort_rating`` are as in Reported; ``missing`` names what is missing.
    """

    uid: str
    ref: str
    name: str
    phase: str
    level: str
    dimensions: Mapping[str, Signal]
    decided: Finding
    stale_days: int | None
    reported: str | None
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
            "decided": _plain(self.decided),
            "override": self.override._asdict(),
            "flags": [_plain(flag) for flag in self.flags],
            "missing": list(self.missing),
        }


def _plain(finding: Finding) -> dict[str, object]:
    return {**finding._asdict(), "records": list(finding.records)}


def pilot_evidence(evidence: Day, pilot: Pilot, benefits: Signal, people: Signal) -> PilotEvidence:
    """Return the evidence signal of a pilot, given the two dimensions that are worked out elsewhere."""
    signals = (
        time_signal(evidence, pilot),
        cost_signal(evidence, pilot),
        benefits,
        risk_signal(evidence, pilot),
        people,
        assurance_signal(evidence, pilot),
        rhythm_signal(evidence, pilot),
    )
    dimensions = dict(zip(DIMENSIONS, signals, strict=True))
    made = overall_signal(evidence, pilot, dimensions)
    missing = [one for signal in signals for one in signal.missing]
    if made.report.rating is None:
        missing.append("a reported rating")
    return PilotEvidence(
        uid=pilot.uid,
        ref=pilot.ref,
        name=pilot.name,
        phase=pilot.phase,
        level=made.level,
        dimensions=dimensions,
        decided=made.decided,
        stale_days=made.stale_days,
        reported=made.report.rating,
        divergence=made.report.divergence,
        reason=made.report.reason,
        override=made.report.override,
        sort_rating=made.report.sort_rating,
        flags=(*([made.stale] if made.stale else []), *made.report.flags),
        missing=tuple(dict.fromkeys(missing)),
    )


def overall_signal(evidence: Day, pilot: Pilot, dimensions: Mapping[str, Signal]) -> Overall:
    """Return the judgement of a pilot from its dimensions by name, and how it stands to what people report."""
    needed = evidence.settings.dimensions_needed
    level, rule = _judged({name: signal.level for name, signal in dimensions.items()}, needed)
    decided = _decided(level, rule, dimensions, needed)
    days, stale = _stale(evidence, pilot)
    if stale is not None and level == GREEN:
        level = NOT_ENOUGH
        why = f"nothing that matters was updated for {stale.value}" if days else "nobody knows when it was last updated"
        sentence = f"The dimensions with data say green, but {why}, and stale evidence is never shown green."
        decided = Finding("overall.stale", level, sentence, stale.value, stale.threshold, stale.records)
    report = reported(evidence, pilot, level)
    if stale is not None and report.sort_rating == GREEN:
        report = report._replace(sort_rating="not_rated")
    return Overall(level, decided, days, stale, report)


def _judged(levels: Mapping[str, str], needed: int) -> tuple[str, str]:
    """Return the level that some levels by dimension make, and the id of the rule that decided."""
    found = Counter(level for level in levels.values() if level in (GREEN, AMBER, RED))
    if found.total() < needed:
        return NOT_ENOUGH, "overall.not_enough"
    if levels.get("assurance") == RED:
        return RED, "overall.assurance"
    if found[RED] >= 2:
        return RED, "overall.two_red"
    if found[RED] == 1:
        return AMBER, "overall.one_red"
    if found[AMBER] >= 2:
        return AMBER, "overall.two_amber"
    return GREEN, "overall.green"


def _decided(level: str, rule: str, dimensions: Mapping[str, Signal], needed: int) -> Finding:
    named = {
        colour: [signal.label.lower() for signal in dimensions.values() if signal.level == colour]
        for colour in (RED, AMBER, GREEN)
    }
    known = sum(map(len, named.values()))
    colours = "; ".join(f"{colour}: {', '.join(named[colour])}" for colour in (RED, AMBER) if named[colour])
    value, threshold = f"{len(named[RED])} red", "2 red"
    match rule:
        case "overall.not_enough":
            told = f"Only {known} of {len(dimensions)} dimensions have data, and {needed} are needed"
            value, threshold = f"{known} dimensions", f"{needed} dimensions"
        case "overall.assurance":
            told, threshold = "Assurance is red, and that alone makes the pilot red", "assurance red"
        case "overall.two_red":
            told = f"{len(named[RED])} dimensions are red, and two are enough for red"
        case "overall.one_red":
            told, threshold = "One dimension is red, and that makes the pilot amber", "1 red"
        case "overall.two_amber":
            told = f"{len(named[AMBER])} dimensions are amber, and two are enough for amber"
            value, threshold = f"{len(named[AMBER])} amber", "2 amber"
        case _:
            amber = "one is" if named[AMBER] else "none is"
            told = f"Of {known} dimensions with data none is red, and {amber} amber"
            value, threshold = f"{len(named[AMBER])} amber", "2 amber"
    sentence = f"{told} ({colours})." if colours else f"{told}."
    return Finding(rule, level, sentence, value, threshold, borderline=_near_a_better(level, dimensions, needed))


def _near_a_better(level: str, dimensions: Mapping[str, Signal], needed: int) -> bool:
    """Return whether an amber or a red rests on dimensions of which every finding that counts is borderline."""
    if level not in BETTER:
        return False
    eased = {}
    for name, signal in dimensions.items():
        counting = [one for one in signal.findings if one.level == signal.level]
        near = signal.level in BETTER and bool(counting) and all(one.borderline for one in counting)
        eased[name] = BETTER[signal.level] if near else signal.level
    return _judged(eased, needed)[0] != level


def _stale(evidence: Day, pilot: Pilot) -> tuple[int | None, Finding | None]:
    """Return the days since the last update that matters, when they are too many, and a finding about them."""
    programme = evidence.programme
    allowed = programme.staleness_days if programme is not None else Programme.staleness_days
    last = evidence.updated.get(pilot.uid)
    if last is None:
        sentence = "Nobody knows when the pilot was last updated."
        return None, Finding("overall.stale", WATCH, sentence, "not known", f"{allowed} days", (pilot.ref,))
    days = (evidence.date - last).days
    if days <= allowed:
        return None, None
    sentence = f"STALE {counted(days, 'day')}: the last update that matters was on {show_date(last)}; "
    value, limit = counted(days, "day"), counted(allowed, "day")
    return days, Finding("overall.stale", WATCH, f"{sentence}more than {limit} is stale.", value, limit, (pilot.ref,))
