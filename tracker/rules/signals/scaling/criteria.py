"""The twelve criteria of scale-readiness, each with what is recorded for it.

Four of them (8, 9, 10, 12) are what a panel found: the criterion with that code in the pilot's newest gate that has
one, whatever its outcome.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from tracker.entities.compliance import ComplianceItem
from tracker.entities.condition import Condition
from tracker.entities.criterion import GateCriterion
from tracker.entities.gate import Gate
from tracker.entities.integration import Integration
from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.gates import settled
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, VERDICT_WORDS, WORSENED
from tracker.rules.risk import excess, is_live, score
from tracker.rules.signals.exposure import covered
from tracker.rules.signals.rushed.samples import has_target
from tracker.rules.signals.training_days import pilot_coverage, planned_sessions
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed, percent

MET, PARTLY, NOT_MET, NOT_APPLICABLE, UNKNOWN = "met", "partly", "not_met", "not_applicable", "unknown"
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


Found = tuple[str, str, tuple[str, ...]]


def criteria(evidence: Day, pilot: Pilot, compared: list[Any]) -> tuple[Criterion, ...]:
    """Return the twelve criteria of a pilot, in their order."""
    found: dict[int, Found] = {
        1: _improved(compared),
        2: _none_worse(compared, _newest(evidence, pilot, HARM)),
        3: _observed(evidence, pilot),
        4: _approved(evidence, pilot),
        5: _conditions(evidence, pilot),
        6: _trained(evidence, pilot),
        7: _risks(evidence, pilot),
        11: _standards(evidence, pilot),
    }
    found |= {number: _of_gate(evidence, pilot, code) for number, code in CODES.items()}
    return tuple(Criterion(n, LABELS[n], *found[n], mandatory=n not in OPTIONAL) for n in sorted(LABELS))


def _verdicts(some: Iterable[Any]) -> str:
    return listed(
        f"{o.metric.name} ({o.metric.ref}): {VERDICT_WORDS[o.verdict].split(' ', 1)[1].lower()}" for o in some
    )


def _improved(compared: list[Any]) -> Found:
    """Return 1: met when a target metric improved, and none of those that can be judged did not."""
    targets = [one for one in compared if has_target(one.metric)]
    refs = tuple(one.metric.ref for one in targets)
    judged = [one for one in targets if one.verdict in JUDGED]
    if not judged:
        told = f" ({_verdicts(targets)})" if targets else ""
        return UNKNOWN, f"No target metric can be judged{told}.", refs
    good = sum(one.verdict == IMPROVED for one in judged)
    state = MET if good == len(judged) else PARTLY if good else NOT_MET
    return state, f"{_verdicts(targets)}.", refs


def _none_worse(compared: list[Any], equity: Any | None) -> Found:
    """Return 2: met when none worsened and every target metric can be judged.

    What a panel found of channels and user groups (``equity``) can only make it worse.
    """
    refs = tuple(one.metric.ref for one in compared)
    judged = [one for one in compared if one.verdict in JUDGED]
    worse = [one for one in judged if one.verdict == WORSENED]
    if worse:
        return NOT_MET, f"{_verdicts(worse)}.", tuple(one.metric.ref for one in worse)
    if equity is not None and equity.result in (NOT_MET, PARTLY):
        return (
            equity.result,
            f"Channels and user groups: {humanise(equity.result).lower()} ({equity.ref}).",
            (equity.ref,),
        )
    if not judged:
        return UNKNOWN, "No metric can be judged.", refs
    open_ones = [one for one in compared if one not in judged]
    more = f" Not judged: {_verdicts(open_ones)}." if open_ones else ""
    state = PARTLY if any(has_target(one.metric) for one in open_ones) else MET
    return state, f"{counted(len(judged), 'metric')} can be judged; none worsened.{more}", refs


def _observed(evidence: Day, pilot: Pilot) -> Found:
    live, least = pilot.first_real_user_on, pilot.min_observation_days
    if live is None:
        return UNKNOWN, "No go-live date is recorded.", (pilot.ref,)
    if live > evidence.date:
        return NOT_MET, f"Real users come on {show_date(live)}.", (pilot.ref,)
    days, ends = (evidence.date - live).days, live + timedelta(least)
    told = f"{counted(days, 'day')} with real users of at least {least}"
    if days >= least:
        return MET, f"{told}.", (pilot.ref,)
    return NOT_MET, f"{told}; complete on {show_date(ends)}.", (pilot.ref,)


def _approved(evidence: Day, pilot: Pilot) -> Found:
    """Return 4: partly only when nothing but the accessibility audit is open, and that is under way."""
    items = {one.item_kind: one for one in evidence.of(ComplianceItem, "pilot", pilot.uid)}
    asked = {"dpia": "DPIA", "security": "Security", "accessibility": "Accessibility"}
    if pilot.personal_data == "none":
        del asked["dpia"]
    refs = tuple(items[name].ref for name in asked if name in items)
    states = {name: items[name].status if name in items else "" for name in asked}
    told = listed(
        f"{words} {humanise(states[n]).lower() if states[n] else 'not recorded'}" for n, words in asked.items()
    )
    open_ones = {name: state for name, state in states.items() if state not in ComplianceItem.ended_states}
    if not open_ones:
        return MET, f"{told}.", refs
    if not any(open_ones.values()):
        return UNKNOWN, f"{told}.", refs
    under_way = set(open_ones) == {"accessibility"} and open_ones["accessibility"] in UNDER_WAY
    return (PARTLY if under_way else NOT_MET), f"{told}.", refs


def open_conditions(evidence: Day, gate: Gate) -> list[Any]:
    """Return the conditions of a gate that are not closed."""
    some = evidence.of(Condition, "gate", gate.uid)
    return [one for one in some if one.closed_on is None or one.closed_on > evidence.date]


def _conditions(evidence: Day, pilot: Pilot) -> Found:
    """Return 5: the conditions of gates that were held; those of the gate to come belong to what is decided now."""
    gates = [one for one in evidence.of(Gate, "pilot", pilot.uid) if one.held_on and one.held_on <= evidence.date]
    if not gates:
        return UNKNOWN, "No gate has been held.", (pilot.ref,)
    last = max(gates, key=lambda one: (one.held_on, one.ref))
    if last.outcome in ("red", "stopped"):
        return NOT_MET, f"The last gate, {last.ref} “{last.name}”, was {last.outcome}.", (last.ref,)
    still = [one for gate in gates for one in open_conditions(evidence, gate)]
    refs = tuple(one.ref for one in still)
    if not still:
        return MET, "No condition of a gate that was held is open.", tuple(one.ref for one in gates)
    late = [one for one in still if one.due is None or one.due < evidence.date]
    told = f"{counted(len(still), 'condition')} open"
    if late:
        return NOT_MET, f"{told}, of which {len(late)} overdue or without a date ({listed(o.ref for o in late)}).", refs
    first = min(still, key=lambda one: (one.due, one.ref))
    return PARTLY, f"{told}, none overdue; the next is {first.ref} on {show_date(first.due)}.", refs


def _trained(evidence: Day, pilot: Pilot) -> Found:
    """Return 6: the coverage, and a plan for the next sites.

    The plan is what a panel found of the gate criterion ``training_plan``; else any session that is planned.
    """
    settings, known = evidence.settings, pilot_coverage(evidence, pilot)
    low, required = settings.training_floor, settings.training_required
    refs = tuple(one.ref for one in evidence.of(TrainingNeed, "pilot", pilot.uid))
    if not known.groups:
        return UNKNOWN, "No training need is recorded.", (pilot.ref,)
    share = f"{percent(known.trained, known.affected, low, required)} %"
    told = f"{known.trained:,} of {known.affected:,} trained ({share}; {required} % are required)"
    planned = tuple(one.ref for one in planned_sessions(evidence, pilot))
    plan = _newest(evidence, pilot, PLAN)
    has_plan = bool(planned)
    if plan is not None and plan.result != "not_assessed":
        has_plan = settled(plan)
    refs = (*refs, *planned, *((plan.ref,) if plan is not None else ()))
    if known.trained * 100 < low * known.affected:
        return NOT_MET, f"{told}.", refs
    readiness = "ready" if has_plan else "not ready"
    if plan is not None and plan.result == PARTLY:
        readiness = f"partly ready ({plan.ref})"
    more = f"; the plan for the next sites is {readiness}"
    enough = known.trained * 100 >= required * known.affected
    return (MET if enough and has_plan else PARTLY), f"{told}{more}.", refs


def _risks(evidence: Day, pilot: Pilot) -> Found:
    some = [one for one in evidence.of(Risk, "pilot", pilot.uid) if one.risk_kind == "threat"]
    live = [one for one in some if is_live(one)]
    if not some:
        return UNKNOWN, "No risk is recorded.", (pilot.ref,)
    above = [one for one in live if excess(one, evidence.settings)]
    bare = [one for one in above if not covered(evidence, one)]
    if bare:
        named = listed(f"{one.ref} ({score(one)})" for one in bare)
        return NOT_MET, f"Above appetite without an action that is open and not overdue: {named}.", _refs(bare)
    unscored = [one for one in live if score(one) is None]
    if unscored:
        return PARTLY, f"{listed(_refs(unscored))} without a score.", _refs(unscored)
    if above:
        return MET, f"Above appetite, each with an action in hand: {listed(_refs(above))}.", _refs(above)
    return MET, f"{counted(len(live), 'live risk')}, none above appetite.", _refs(live)


def _refs(some: list[Any]) -> tuple[str, ...]:
    return tuple(one.ref for one in some)


def _newest(evidence: Day, pilot: Pilot, code: str) -> Any | None:
    """Return the criterion with a code in the newest gate of a pilot that has one; None without any."""
    found = [
        (gate.held_on or gate.planned_on or date.min, gate.ref, one.ref, one)
        for gate in evidence.of(Gate, "pilot", pilot.uid)
        for one in evidence.of(GateCriterion, "gate", gate.uid)
        if (one.code or "").strip().casefold() == code
    ]
    return max(found, key=lambda four: four[:3])[3] if found else None


def _of_gate(evidence: Day, pilot: Pilot, code: str) -> Found:
    one = _newest(evidence, pilot, code)
    if one is None:
        return UNKNOWN, f"No gate has asked for it yet (a criterion with the code “{code}”).", (pilot.ref,)
    gate = evidence.ref(Gate, one.gate)
    if one.result == "not_assessed" or (one.result == "met" and not settled(one)):
        return UNKNOWN, f"{gate} asks for it; it is not assessed yet.", (gate, one.ref)
    why = one.not_applicable_reason if one.result == NOT_APPLICABLE else one.evidence
    told = f": {why.rstrip('.')}" if why else ""
    return one.result, f"{humanise(one.result)} in {gate}{told}.", (gate, one.ref)


def _standards(evidence: Day, pilot: Pilot) -> Found:
    """Return 11: the connections in production of the pilot's service, with a standard and monitored."""
    if pilot.service is None:
        return UNKNOWN, "No service is recorded, so its connections are not known.", (pilot.ref,)
    both = [one for side in ("provider", "consumer") for one in evidence.of(Integration, side, pilot.service)]
    live = list({one.uid: one for one in both if one.status == "in_production"}.values())
    if not live:
        return UNKNOWN, "No connection of its service is recorded as in production.", (pilot.ref,)
    good = [one for one in live if one.standard is not None and one.monitored]
    told = (
        f"{len(good)} of {counted(len(live), 'connection')} in production use a catalogued standard and are monitored"
    )
    return (MET if len(good) == len(live) else PARTLY if good else NOT_MET), f"{told}.", _refs(live)
