"""How good and how fresh the records are: what is stale, missing, provisional, unowned or overdue.

The level is never worse than amber: poor records are a reason to ask, no verdict on the work.
"""

from collections.abc import Iterator

from tracker.entities import (
    Action,
    Condition,
    Decision,
    Entity,
    Issue,
    Measurement,
    Metric,
    Person,
    Pilot,
    Risk,
    all_entities,
)
from tracker.rules.apart import standing
from tracker.rules.day import Day
from tracker.rules.freshness import freshness
from tracker.rules.late import is_late
from tracker.rules.risk import is_live
from tracker.rules.signals.quality_facts import Facts, expected_facts
from tracker.rules.signals.result import AMBER, GREEN, GREY, Finding, Signal, faults, level_if, refs_of, signal_of
from tracker.rules.wording import counted, listed, optional, show_date, verb
from tracker.text import natural_order

NAME = "quality"
LABEL = "Data quality and freshness"


def quality_signal(evidence: Day) -> Signal:
    """Return how good the records of the programme are: green, amber, or grey with no pilot that runs."""
    pilots = evidence.running
    if not pilots:
        sentence = "No pilot is running, so there is nothing to keep fresh."
        return signal_of(NAME, LABEL, [Finding("quality.pilots", GREY, sentence)], ["a pilot"])
    findings = [
        *_freshness(evidence),
        *_coverage([expected_facts(evidence, pilot) for pilot in pilots]),
        _provisional(evidence),
        _unknown_people(evidence),
        _unowned(evidence),
        _decisions(evidence),
        _overdue(evidence),
    ]
    return signal_of(NAME, LABEL, findings)


def _freshness(evidence: Day) -> Iterator[Finding]:
    """Yield the pilots without an update that matters for longer than allowed, each for itself."""
    allowed = evidence.about.staleness_days
    stale = freshness(evidence.running, evidence.updated, allowed, evidence.date).stale
    limit = counted(allowed, "day")
    for uid, days in stale:
        ref = evidence.ref(Pilot, uid)
        sentence = f"No update of {ref} is known."
        age = ""
        if days is not None:
            age = counted(days, "day")
            sentence = f"{ref} was last updated on {show_date(evidence.updated[uid])}, {age} ago."
        yield Finding("quality.fresh", AMBER, sentence, age, limit, (ref,))
    if not stale:
        sentence = f"Every pilot that runs was updated within {limit}."
        yield Finding("quality.fresh", GREEN, sentence, "0 stale", "0 stale", refs_of(evidence.running))


def _coverage(pilots: list[Facts]) -> Iterator[Finding]:
    """Yield what is missing of each pilot, and how much there is in all."""
    for facts in pilots:
        if facts.provided != facts.expected:
            shares = f"{facts.provided} of {facts.expected} expected facts"
            missing = optional("; missing: ", listed(facts.missing))
            coming = optional("; not yet known: ", listed(facts.not_yet_known))
            sentence = f"{facts.ref} has {shares}{missing}{coming}."
            yield Finding("quality.facts", AMBER, sentence, str(facts.provided), str(facts.expected), (facts.ref,))
    provided = sum(facts.provided for facts in pilots)
    expected = sum(facts.expected for facts in pilots)
    if expected:
        complete = sum(facts.provided == facts.expected for facts in pilots)
        sentence = (
            f"{provided:,} of {expected:,} expected facts are recorded; {complete} of {counted(len(pilots), 'pilot')} "
            f"{verb(len(pilots), 'has', 'have')} all."
        )
        refs = tuple(facts.ref for facts in pilots)
        level = level_if(provided != expected)
        yield Finding("quality.coverage", level, sentence, f"{provided:,}", f"{expected:,}", refs)


def _provisional(evidence: Day) -> Finding:
    measurements = evidence.all(Measurement)
    provisional = [
        measurement
        for measurement in measurements
        if measurement.status == "provisional" and not evidence.of(Measurement, "revises", measurement.uid)
    ]
    nouns = "measurement is", "measurements are"
    no_fault = "No measurement is provisional."
    none = "no measurement is recorded"
    return faults("quality.provisional", measurements, provisional, nouns, "provisional", no_fault, none)


def _unknown_people(evidence: Day) -> Finding:
    naming: list[Entity] = []
    records: list[Entity] = []
    nobody_or_known = {None, *evidence.by_uid(Person)}
    for register in all_entities():
        names = [field.name for field in register.stored() if field.target == "person"]
        for record in evidence.all(register):
            named = {getattr(record, name) for name in names}
            if named - {None}:
                naming.append(record)
            if named - nobody_or_known:
                records.append(record)
    nouns = "record names", "records name"
    no_fault = "Every person named in a record is known."
    fault = "somebody who was removed"
    return faults("quality.people", naming, records, nouns, fault, no_fault, "no record names anybody")


def _unowned(evidence: Day) -> Finding:
    """Return the live risks, open issues, metrics and open conditions that nobody answers for."""
    records: list[Risk | Issue | Metric | Condition] = [
        *(risk for risk in standing(evidence, evidence.all(Risk)) if is_live(risk)),
        *(issue for issue in standing(evidence, evidence.all(Issue)) if issue.is_open),
        *evidence.all(Metric),
        *(condition for condition in standing(evidence, evidence.all(Condition)) if condition.closed_on is None),
    ]
    unowned = [record for record in records if record.owner is None and _nobody_answers(evidence, record)]
    all_owned = "Every live risk, open issue, metric and open condition has an owner."
    none = "no live risk, open issue, metric or open condition is recorded"
    return faults("quality.owner", records, unowned, ("record has", "records have"), "no owner", all_owned, none)


def _nobody_answers(evidence: Day, record: Entity) -> bool:
    """Return whether a record without an owner has none yet, and none whose name is withheld."""
    return evidence.nothing(record, "owner").kind in ("missing", "not_yet_known")


def _decisions(evidence: Day) -> Finding:
    sought = [decision for decision in evidence.all(Decision) if decision.status == "sought"]
    bare = [decision for decision in sought if len(options(decision)) < 2]
    no_fault = "Every decision sought has at least two options."
    nouns = "decision is", "decisions are"
    fault = "sought with fewer than two options"
    return faults("quality.decisions", sought, bare, nouns, fault, no_fault, "no decision is sought")


def options(decision: Decision) -> list[str]:
    """Return the options of a decision, one a line."""
    return [line.strip() for line in (decision.options or "").splitlines() if line.strip()]


def _overdue(evidence: Day) -> Finding:
    open_actions = [action for action in standing(evidence, evidence.all(Action)) if action.is_open]
    overdue = [action for action in open_actions if is_late(evidence, action)]
    overdue.sort(key=lambda action: (action.due, natural_order(action.ref)))
    nouns = "action is", "actions are"
    none = "no action is open"
    return faults("quality.actions", open_actions, overdue, nouns, "overdue", "No action is overdue.", none)
