"""The twelve criteria of scale-readiness, each with what is recorded for it.

Four of them (8, 9, 10, 12) are what a panel found: the criterion with that code in the pilot's newest gate that has
one, whatever its outcome.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import ComplianceItem, Condition, Gate, GateCriterion, Integration, Pilot, Risk, TrainingNeed
from tracker.fields import WorkedOut, humanise
from tracker.rules.day import Day
from tracker.rules.gates import settled
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, WORSENED, Comparison
from tracker.rules.impact.words import verdict_words
from tracker.rules.late import is_late
from tracker.rules.risk import covered, excess, live_threats, score
from tracker.rules.signals.result import refs_of
from tracker.rules.signals.rushed.samples import has_target
from tracker.rules.signals.stage import is_past
from tracker.rules.signals.training_days import pilot_coverage, planned_sessions
from tracker.rules.totals import absent
from tracker.rules.training import trained_percent, without_counts
from tracker.rules.wording import by_day, counted, listed, optional, show_date
from tracker.text import natural_order

MET = "met"
PARTLY = "partly"
NOT_MET = "not_met"
NOT_APPLICABLE = "not_applicable"
UNKNOWN = "unknown"
JUDGED = (IMPROVED, WORSENED, NO_CHANGE)
LABELS = {
    1: "target metric improved",
    2: "no metric worsened",
    3: "observation window complete",
    4: "DPIA, security and accessibility signed off",
    5: "gate conditions closed",
    6: "staff trained, with a plan for the next sites",
    7: "no uncovered risk above appetite",
    8: "running cost and funding for 12 months",
    9: "support and incident process",
    10: "contracts allow scaling",
    11: "shared standards used, integrations monitored",
    12: "stakeholders and front line consulted",
}
OPTIONAL = (10, 11)
APPROVALS = {"dpia": "DPIA", "security": "Security", "accessibility": "Accessibility"}
CODES = {8: "funding", 9: "support", 10: "contracts", 12: "consulted"}
PLAN, HARM = "training_plan", "no_harm"  # codes of gate criteria on a plan for the next sites, and on equity
UNDER_WAY = ("in_progress", "submitted")


class Criterion(NamedTuple):
    """One criterion: its number and label, ``state`` (met, partly, not_met, not_applicable, unknown) and evidence."""

    number: int
    label: str
    state: str
    sentence: str
    records: tuple[str, ...] = ()
    mandatory: bool = True


class Evidence(NamedTuple):
    """What is recorded for a criterion: the state that makes, a sentence about it, and the refs behind it."""

    state: str
    sentence: str
    refs: tuple[str, ...]


def criteria(evidence: Day, pilot: Pilot, comparisons: Sequence[Comparison]) -> tuple[Criterion, ...]:
    """Return the twelve criteria of a pilot, in their order."""
    by_number: dict[int, Evidence] = {
        1: _improved(comparisons),
        2: _none_worse(comparisons, _newest(evidence, pilot, HARM)),
        3: _observed(evidence, pilot),
        4: _approved(evidence, pilot),
        5: _conditions(evidence, pilot),
        6: _trained(evidence, pilot),
        7: _risks(evidence, pilot),
        11: _standards(evidence, pilot),
    }
    by_number |= {number: _of_gate(evidence, pilot, code) for number, code in CODES.items()}
    return tuple(
        Criterion(number, label, *by_number[number], mandatory=number not in OPTIONAL)
        for number, label in LABELS.items()
    )


def _state_of(part: int, whole: int) -> str:
    """Return met for all, partly for some, not met for none."""
    if part == whole:
        return MET
    return PARTLY if part else NOT_MET


def _verdicts(comparisons: Iterable[Comparison]) -> str:
    return listed(
        f"{comparison.metric.name} ({comparison.metric.ref}): {verdict_words(comparison).lower()}"
        for comparison in comparisons
    )


def _metric_refs(comparisons: Iterable[Comparison]) -> tuple[str, ...]:
    return refs_of(comparison.metric for comparison in comparisons)


def _improved(comparisons: Sequence[Comparison]) -> Evidence:
    """Return 1: met when a target metric improved, and none of those that can be judged did not."""
    targets = [comparison for comparison in comparisons if has_target(comparison.metric)]
    verdicts = [comparison.verdict for comparison in targets if comparison.verdict in JUDGED]
    state = UNKNOWN
    sentence = f"No target metric can be judged{optional(' (', _verdicts(targets), ')')}."
    if verdicts:
        state = _state_of(verdicts.count(IMPROVED), len(verdicts))
        sentence = f"{_verdicts(targets)}."
    return Evidence(state, sentence, _metric_refs(targets))


def _none_worse(comparisons: Sequence[Comparison], equity: GateCriterion | None) -> Evidence:
    """Return 2: met when none worsened and every target metric can be judged.

    What a panel found of channels and user groups (``equity``) can only make it worse.
    """
    refs = _metric_refs(comparisons)
    judged = [comparison for comparison in comparisons if comparison.verdict in JUDGED]
    worse = [comparison for comparison in judged if comparison.verdict == WORSENED]
    if worse:
        return Evidence(NOT_MET, f"{_verdicts(worse)}.", _metric_refs(worse))
    if equity is not None and equity.result in (NOT_MET, PARTLY):
        sentence = f"Channels and user groups: {humanise(equity.result).lower()} ({equity.ref})."
        return Evidence(equity.result, sentence, (equity.ref,))
    if not judged:
        return Evidence(UNKNOWN, "No metric can be judged.", refs)
    unjudged = [comparison for comparison in comparisons if comparison not in judged]
    state = PARTLY if any(has_target(comparison.metric) for comparison in unjudged) else MET
    exceptions = optional(" Not judged: ", _verdicts(unjudged), ".")
    return Evidence(state, f"{counted(len(judged), 'metric')} can be judged; none worsened.{exceptions}", refs)


def _observed(evidence: Day, pilot: Pilot) -> Evidence:
    go_live = pilot.first_real_user_on
    least = pilot.min_observation_days
    refs = (pilot.ref,)
    if go_live is None:
        return Evidence(UNKNOWN, f"{absent(evidence, pilot, 'first_real_user_on', 'go-live date')}.", refs)
    if go_live > evidence.date:
        return Evidence(NOT_MET, f"Real users come on {show_date(go_live)}.", refs)
    days = (evidence.date - go_live).days
    observed = f"{counted(days, 'day')} with real users of at least {least}"
    if days >= least:
        return Evidence(MET, f"{observed}.", refs)
    return Evidence(NOT_MET, f"{observed}; complete on {show_date(WorkedOut.of(go_live + timedelta(least)))}.", refs)


def _approved(evidence: Day, pilot: Pilot) -> Evidence:
    """Return 4: partly only when nothing but the accessibility audit is open, and that is under way."""
    items = {item.item_kind: item for item in evidence.of_pilot(ComplianceItem, pilot)}
    needed = dict(APPROVALS)
    if pilot.personal_data == "none":
        del needed["dpia"]
    refs = refs_of(items[name] for name in needed if name in items)
    states = {name: items[name].status if name in items else "not_recorded" for name in needed}
    sentence = f"{listed(f'{label} {humanise(states[name]).lower()}' for name, label in needed.items())}."
    unsettled = {name: state for name, state in states.items() if state not in ("signed_off", "not_needed")}
    if not unsettled:
        return Evidence(MET, sentence, refs)
    if set(unsettled.values()) == {"not_recorded"}:
        return Evidence(UNKNOWN, sentence, refs)
    under_way = set(unsettled) == {"accessibility"} and unsettled["accessibility"] in UNDER_WAY
    return Evidence(PARTLY if under_way else NOT_MET, sentence, refs)


def open_conditions(evidence: Day, gate: Gate) -> list[Condition]:
    """Return the conditions of a gate that are not closed."""
    conditions = evidence.of(Condition, "gate", gate.uid)
    return [condition for condition in conditions if not is_past(condition.closed_on, evidence.date)]


def _conditions(evidence: Day, pilot: Pilot) -> Evidence:
    """Return 5: the conditions of gates that were held; those of the gate to come belong to what is decided now."""
    gates = [gate for gate in evidence.of_pilot(Gate, pilot) if is_past(gate.held_on, evidence.date)]
    if not gates:
        return Evidence(UNKNOWN, "No gate has been held.", (pilot.ref,))
    last = max(gates, key=lambda gate: (gate.held_on or date.min, natural_order(gate.ref)))
    if last.outcome in ("red", "stopped"):
        return Evidence(NOT_MET, f"The last gate, {last.ref} “{last.name}”, was {last.outcome}.", (last.ref,))
    conditions = [condition for gate in gates for condition in open_conditions(evidence, gate)]
    refs = refs_of(conditions)
    if not conditions:
        return Evidence(MET, "No condition of a gate that was held is open.", refs_of(gates))
    late = refs_of(condition for condition in conditions if condition.due is None or is_late(evidence, condition))
    number = f"{counted(len(conditions), 'condition')} open"
    if late:
        sentence = f"{number}, of which {len(late)} overdue or without a date ({listed(late)})."
        return Evidence(NOT_MET, sentence, refs)
    dated = ((condition.due, condition.ref) for condition in conditions if condition.due is not None)
    due, ref = min(dated, key=by_day)
    return Evidence(PARTLY, f"{number}, none overdue; the next is {ref} on {show_date(due)}.", refs)


def _trained(evidence: Day, pilot: Pilot) -> Evidence:
    """Return 6: the coverage, and a plan for the next sites.

    The plan is what a panel found of the gate criterion ``training_plan``; else any session that is planned.
    """
    settings = evidence.settings
    coverage = pilot_coverage(evidence, pilot)
    red = settings.training_floor
    required = settings.training_required
    if not coverage.groups:
        return Evidence(UNKNOWN, "No training need is recorded.", (pilot.ref,))
    sessions = planned_sessions(evidence, pilot)
    has_plan = bool(sessions)
    plans = []
    plan = _newest(evidence, pilot, PLAN)
    readiness = ""
    if plan is not None:
        plans = [plan]
        if plan.result != "not_assessed":
            has_plan = settled(plan)
        if plan.result == PARTLY:
            readiness = f"partly ready ({plan.ref})"
    readiness = readiness or ("ready" if has_plan else "not ready")
    refs = refs_of([*evidence.of_pilot(TrainingNeed, pilot), *sessions, *plans])
    share = f"{trained_percent(settings, coverage.trained, coverage.affected)}%"
    trained = f"{coverage.trained:,} of {coverage.affected:,} trained ({share}; {required}% are required)"
    unrecorded = [
        f"{words} for {listed(group.name for group in groups)}" for words, groups in without_counts(coverage.groups)
    ]
    if unrecorded and coverage.trained * 100 < required * coverage.affected:
        return Evidence(UNKNOWN, f"{trained}; {'; '.join(unrecorded)}.", refs)
    if coverage.trained * 100 < red * coverage.affected:
        return Evidence(NOT_MET, f"{trained}.", refs)
    enough = coverage.trained * 100 >= required * coverage.affected
    state = MET if enough and has_plan else PARTLY
    return Evidence(state, f"{trained}; the plan for the next sites is {readiness}.", refs)


def _risks(evidence: Day, pilot: Pilot) -> Evidence:
    risks = evidence.of_pilot(Risk, pilot)
    if not any(risk.risk_kind == "threat" for risk in risks):
        return Evidence(UNKNOWN, "No risk is recorded.", (pilot.ref,))
    live = live_threats(risks)
    above = [risk for risk in live if excess(risk, evidence.settings)]
    bare = [risk for risk in above if not covered(evidence, risk)]
    if bare:
        named = listed(f"{risk.ref} ({score(risk)})" for risk in bare)
        sentence = f"Above appetite without an action that is open and not overdue: {named}."
        return Evidence(NOT_MET, sentence, refs_of(bare))
    unscored = refs_of(risk for risk in live if score(risk) is None)
    if unscored:
        return Evidence(PARTLY, f"{listed(unscored)} without a score.", unscored)
    if above:
        sentence = f"Above appetite, each with an action in hand: {listed(refs_of(above))}."
        return Evidence(MET, sentence, refs_of(above))
    return Evidence(MET, f"{counted(len(live), 'live risk')}, none above appetite.", refs_of(live))


def _newest(evidence: Day, pilot: Pilot, code: str) -> GateCriterion | None:
    """Return the criterion with a code in the newest gate of a pilot that has one; None without any."""
    by_age = {
        (gate.held_on or gate.planned_on or date.min, gate.ref, criterion.ref): criterion
        for gate in evidence.of_pilot(Gate, pilot)
        for criterion in evidence.of(GateCriterion, "gate", gate.uid)
        if (criterion.code or "").strip().casefold() == code
    }
    return by_age[max(by_age)] if by_age else None


def _of_gate(evidence: Day, pilot: Pilot, code: str) -> Evidence:
    criterion = _newest(evidence, pilot, code)
    if criterion is None:
        return Evidence(UNKNOWN, f"No gate has asked for it yet (a criterion with the code “{code}”).", (pilot.ref,))
    gate = evidence.ref(Gate, criterion.gate)
    result = criterion.result
    refs = (gate, criterion.ref)
    if result == "not_assessed" or (result == "met" and not settled(criterion)):
        return Evidence(UNKNOWN, f"{gate} asks for it; it is not assessed yet.", refs)
    reason = criterion.not_applicable_reason if result == NOT_APPLICABLE else criterion.evidence
    return Evidence(result, f"{humanise(result)} in {gate}{optional(': ', (reason or '').rstrip('.'))}.", refs)


def _standards(evidence: Day, pilot: Pilot) -> Evidence:
    """Return 11: the connections in production of the pilot's service, with a standard and monitored."""
    if pilot.service is None:
        return Evidence(UNKNOWN, "No service is recorded, so its connections are not known.", (pilot.ref,))
    sides = (evidence.of(Integration, side, pilot.service) for side in ("provider", "consumer"))
    by_uid = {integration.uid: integration for side in sides for integration in side}
    live = [integration for integration in by_uid.values() if integration.status == "in_production"]
    if not live:
        return Evidence(UNKNOWN, "No connection of its service is recorded as in production.", (pilot.ref,))
    good = sum(integration.standard is not None and integration.monitored for integration in live)
    number = f"{good} of {counted(len(live), 'connection')} in production"
    sentence = f"{number} use a catalogued standard and are monitored."
    return Evidence(_state_of(good, len(live)), sentence, refs_of(live))
