"""How good and how fresh the records are: what is stale, missing, provisional, unowned or overdue.

The level is never worse than amber: poor records are a reason to ask, no verdict on the work.
"""

from collections.abc import Iterable

from tracker.entities import registers
from tracker.entities.action import Action
from tracker.entities.condition import Condition
from tracker.entities.decision import Decision
from tracker.entities.issue import Issue
from tracker.entities.measurement import Measurement
from tracker.entities.metric import Metric
from tracker.entities.person import Person
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.rules.day import Day
from tracker.rules.freshness import freshness
from tracker.rules.risk import is_live
from tracker.rules.signals.judging import MOST_NAMED, signal_of
from tracker.rules.signals.quality_facts import Facts, facts_of
from tracker.rules.signals.result import AMBER, GREEN, GREY, Finding, Signal
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

NAME, LABEL = "quality", "Data quality and freshness"
STALE_AFTER = 21  # days, when there is no programme to say it


def quality_signal(evidence: Day) -> Signal:
    """Return how good the records of the programme are: green, amber, or grey with no pilot that runs."""
    pilots = evidence.running
    findings = [
        *_fresh(evidence),
        *_coverage([facts_of(evidence, pilot) for pilot in pilots]),
        _provisional(evidence),
        _unknown_people(evidence),
        _unowned(evidence),
        _decisions(evidence),
        _overdue(evidence),
    ]
    if not pilots:
        sentence = "No pilot is running, so there is nothing to keep fresh."
        return Signal(NAME, LABEL, GREY, (Finding("quality.pilots", GREY, sentence),), ("a pilot",), sentence)
    return signal_of(NAME, LABEL, findings)


def _fresh(evidence: Day) -> Iterable[Finding]:
    """Yield the pilots without an update that matters for longer than allowed, each for itself."""
    programme = evidence.programme
    allowed = programme.staleness_days if programme is not None else STALE_AFTER
    found = freshness(evidence.running, evidence.updated, allowed, evidence.date)
    limit = counted(allowed, "day")
    for uid, days in found.stale:
        ref = evidence.ref(Pilot, uid)
        if days is None:
            yield Finding("quality.fresh", AMBER, f"No update of {ref} is known.", "", limit, (ref,))
        else:
            sentence = f"{ref} was last updated on {show_date(evidence.updated[uid])}, {counted(days, 'day')} ago."
            yield Finding("quality.fresh", AMBER, sentence, counted(days, "day"), limit, (ref,))
    if not found.stale:
        sentence = f"Every pilot that runs was updated within {limit}."
        yield Finding("quality.fresh", GREEN, sentence, "0 stale", "0 stale", tuple(o.ref for o in evidence.running))


def _coverage(known: list[Facts]) -> Iterable[Finding]:
    """Yield what is missing of each pilot, and how much there is in all."""
    for one in known:
        if one.missing:
            sentence = f"{one.ref} has {one.provided} of {one.expected} expected facts; missing: {listed(one.missing)}."
            yield Finding("quality.facts", AMBER, sentence, str(one.provided), str(one.expected), (one.ref,))
    provided, expected = sum(one.provided for one in known), sum(one.expected for one in known)
    if expected:
        complete = sum(not one.missing for one in known)
        sentence = (
            f"{provided:,} of {expected:,} expected facts are recorded; {complete} of {counted(len(known), 'pilot')} "
            f"{'has' if len(known) == 1 else 'have'} all."
        )
        level = GREEN if provided == expected else AMBER
        refs = tuple(one.ref for one in known)
        yield Finding("quality.coverage", level, sentence, f"{provided:,}", f"{expected:,}", refs)


def _list(rule: str, some: Iterable[str], noun: str, nouns: str, none: str) -> Finding:
    """Return a finding about the records that something is wrong with."""
    refs = tuple(some)
    if not refs:
        return Finding(f"quality.{rule}", GREEN, none, "0", "0")
    sentence = f"{counted(len(refs), noun, nouns)}: {listed(refs, MOST_NAMED)}."
    return Finding(f"quality.{rule}", AMBER, sentence, f"{len(refs):,}", "0", refs)


def _provisional(evidence: Day) -> Finding:
    some = [one for one in evidence.all(Measurement) if one.status == "provisional"]
    refs = [one.ref for one in some if not evidence.of(Measurement, "revises", one.uid)]
    none = "No measurement is provisional."
    return _list("provisional", refs, "measurement is provisional", "measurements are provisional", none)


def _unknown_people(evidence: Day) -> Finding:
    refs = []
    for register in registers():
        names = [field.name for field in register.stored() if field.target == "person"]
        for one in evidence.all(register) if names else []:
            named = [uid for name in names if (uid := getattr(one, name)) is not None]
            if any(evidence.get(Person, uid) is None for uid in named):
                refs.append(one.ref)
    nouns = "names somebody who was removed", "name somebody who was removed"
    none = "Every person named in a record is known."
    return _list("people", refs, f"record {nouns[0]}", f"records {nouns[1]}", none)


def _unowned(evidence: Day) -> Finding:
    """Return the live risks, open issues, metrics and open conditions that nobody answers for."""
    risks = [one for one in evidence.all(Risk) if is_live(one)]
    issues = [one for one in evidence.all(Issue) if one.is_open]
    conditions = [one for one in evidence.all(Condition) if one.is_open]
    some: list[Risk | Issue | Metric | Condition] = [*risks, *issues, *evidence.all(Metric), *conditions]
    refs = [one.ref for one in some if one.owner is None]
    none = "Every live risk, open issue, metric and open condition has an owner."
    return _list("owner", refs, "record has no owner", "records have no owner", none)


def _decisions(evidence: Day) -> Finding:
    sought = [one for one in evidence.all(Decision) if one.is_open]
    refs = [one.ref for one in sought if len(options(one)) < 2]
    none = "Every decision sought has at least two options." if sought else "No decision is sought."
    said = "decision is sought with fewer than two options", "decisions are sought with fewer than two options"
    return _list("decisions", refs, *said, none)


def options(decision: Decision) -> list[str]:
    """Return the options of a decision, one a line."""
    return [line.strip() for line in (decision.options or "").splitlines() if line.strip()]


def _overdue(evidence: Day) -> Finding:
    late = [one for one in evidence.all(Action) if one.is_late(evidence.date)]
    refs = [one.ref for one in sorted(late, key=lambda one: (one.due, one.ref))]
    return _list("actions", refs, "action is overdue", "actions are overdue", "No action is overdue.")
