"""Assurance: what must be signed off before real users meet a pilot, and what its gates still ask.

Of several items of a kind the one added last counts, since a new assessment replaces the old one. Signed off, or
not needed with a reason, settles an item; expired and failed never do, and are as good as not begun. An approval that
nobody has recorded counts as not given, and is named as missing: what is left out must not look better than what is
said. A red (or
stopped) gate is resolved by nothing but a later gate; of gates held on one day the worst counts.
"""

from collections.abc import Collection, Iterable
from typing import TypeGuard

from tracker.entities.compliance import ComplianceItem
from tracker.entities.condition import Condition
from tracker.entities.gate import Gate
from tracker.entities.pilot import Pilot
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.gates import OUTCOMES, condition_due
from tracker.rules.signals.judging import MOST_NAMED, are, has_real_users, is_past, signal_of, stage_of
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, Finding, Signal
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed, short

NAME, LABEL = "assurance", "Assurance"
BEGUN = (*ComplianceItem.ended_states, "screened", "in_progress", "submitted")
FAILING = ("red", "stopped")
REASON_LENGTH = 120


def assurance_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the assurance dimension of a pilot; grey in discovery while nothing is recorded and nothing needed."""
    items = {one.item_kind: one for one in evidence.of(ComplianceItem, "pilot", pilot.uid)}
    gates = evidence.of(Gate, "pilot", pilot.uid)
    real, stage = has_real_users(evidence, pilot), stage_of(evidence, pilot)
    findings = [
        _dpia(pilot, items.get("dpia"), real, stage),
        _security(pilot, items.get("security"), real),
        _accessibility(pilot, items.get("accessibility"), real, stage),
        _transparency(pilot, items.get("atrs"), real, stage),
        *_conditions(evidence, gates),
        *_last_gate(evidence, gates),
    ]
    return signal_of(NAME, LABEL, findings, _missing(pilot, items, real, stage))


def _missing(pilot: Pilot, items: Collection[str], real: bool, stage: str) -> Iterable[str]:
    early = stage == "discovery" and not real
    if pilot.personal_data == "unknown":
        yield "whether it uses personal data"
    if pilot.algorithmic_tool == "unknown" and not early:
        yield "whether it uses an algorithmic tool"
    if not early and "dpia" not in items and pilot.personal_data != "none":
        yield "a record of the DPIA"
    if real and "security" not in items:
        yield "a record of the security approval"
    if (real or stage in ("public_beta", "live")) and "accessibility" not in items:
        yield "a record of the accessibility audit"


def _state(item: ComplianceItem | None) -> str:
    return humanise(item.status).lower() if item is not None else "not recorded"


def _is_how(item: ComplianceItem | None) -> str:
    if _is(item, ("failed", "expired")):
        return f"has {item.status}"
    return f"is {_state(item)}"


def _found(
    rule: str, level: str, sentence: str, pilot: Pilot, item: ComplianceItem | None, needed: str = "signed off"
) -> Finding:
    refs = (pilot.ref,) if item is None else (item.ref,)
    return Finding(f"assurance.{rule}", level, sentence, _state(item) if needed else "", needed, refs)


def _settled(rule: str, what: str, pilot: Pilot, item: ComplianceItem) -> Finding:
    if item.status == "not_needed":
        told = f"is not needed: {short(item.not_needed_reason or 'no reason is given', REASON_LENGTH)}"
    else:
        told = "is signed off" + (f" ({show_date(item.signed_off_on)})" if item.signed_off_on else "")
    return _found(rule, GREEN, f"{what} {told.rstrip('.')}.", pilot, item)


def _is(item: ComplianceItem | None, among: tuple[str, ...]) -> TypeGuard[ComplianceItem]:
    return item is not None and item.status in among


def _dpia(pilot: Pilot, item: ComplianceItem | None, real: bool, stage: str) -> Finding:
    what, state = "The DPIA (data protection impact assessment)", _state(item)
    if pilot.personal_data == "none":
        sentence = "No DPIA is needed: the pilot uses no personal data."
        # A word on personal data alone is no assurance; it counts with other things.
        return _found("dpia", GREY if stage == "discovery" and not real else GREEN, sentence, pilot, item, "")
    if _is(item, ComplianceItem.ended_states):
        return _settled("dpia", what, pilot, item)
    if real and pilot.first_real_user_on is not None:
        since = f"since {show_date(pilot.first_real_user_on)}"
        sentence = f"Real users have used the pilot {since}, and {_lower(what)} is not signed off: {state}."
        return _found("dpia", RED, sentence, pilot, item)
    if _is(item, BEGUN):
        sentence = f"{what} {_is_how(item)}; it must be signed off before real users come."
        return _found("dpia", GREEN, sentence, pilot, item, "screened")
    early = stage == "discovery"
    when = "a screening is asked for from alpha on" if early else "from alpha on it must at least be screened"
    return _found("dpia", GREY if early else AMBER, f"{what} {_is_how(item)}; {when}.", pilot, item, "screened")


def _security(pilot: Pilot, item: ComplianceItem | None, real: bool) -> Finding:
    what, state = "The security approval", _state(item)
    if _is(item, ComplianceItem.ended_states):
        return _settled("security", what, pilot, item)
    if real:
        sentence = f"Real users use the pilot, and its security is not approved: {state}."
        return _found("security", RED, sentence, pilot, item)
    sentence = f"{what} {_is_how(item)}; it is needed before real users come."
    return _found("security", GREY, sentence, pilot, item)


def _accessibility(pilot: Pilot, item: ComplianceItem | None, real: bool, stage: str) -> Finding:
    what, state = "The accessibility audit", _state(item)
    if _is(item, ComplianceItem.ended_states):
        return _settled("accessibility", what, pilot, item)
    if stage in ("public_beta", "live"):
        sentence = f"{what} is not passed, and the pilot has reached {humanise(stage).lower()}: {state}."
        return _found("accessibility", RED, sentence, pilot, item)
    if not real:
        sentence = f"{what} {_is_how(item)}; it must be begun before real users come."
        return _found("accessibility", GREY, sentence, pilot, item, "in progress")
    if _is(item, BEGUN):
        sentence = f"{what} {_is_how(item)}; it must be passed before public beta."
        return _found("accessibility", GREEN, sentence, pilot, item, "in progress")
    sentence = f"Real users use the pilot, and {_lower(what)} {_is_how(item)}."
    return _found("accessibility", AMBER, sentence, pilot, item, "in progress")


def _transparency(pilot: Pilot, item: ComplianceItem | None, real: bool, stage: str) -> Finding:
    """Return what there is to say of the record that an algorithmic tool has to have."""
    what = "The algorithmic transparency record (ATRS)"
    tool = {"yes": "The pilot uses an algorithmic tool", "unknown": "It is not known if an algorithmic tool is used"}
    if pilot.algorithmic_tool == "no":
        return _found("atrs", GREY, "No transparency record is needed: no algorithmic tool.", pilot, item, "")
    if _is(item, ComplianceItem.ended_states):
        return _settled("atrs", what, pilot, item)
    said = f"{tool[pilot.algorithmic_tool]}, and its transparency record (ATRS) {_is_how(item)}"
    if stage == "discovery" and not real:
        return _found("atrs", GREY, f"{said}; it is asked for from alpha on.", pilot, item, "begun")
    if _is(item, BEGUN) and not real:
        return _found("atrs", GREEN, f"{said}; it must be complete before real users come.", pilot, item, "begun")
    return _found("atrs", AMBER, f"{said}.", pilot, item, "signed off" if real else "begun")


def _lower(what: str) -> str:
    return what[:1].lower() + what[1:]


def _conditions(evidence: Day, gates: list[Gate]) -> Iterable[Finding]:
    """Return what the conditions of all gates say: those that are overdue, or that none is."""
    day = evidence.date
    due, still_open = {}, []
    for gate in gates:
        for one in evidence.of(Condition, "gate", gate.uid):
            if not is_past(one.closed_on, day):
                still_open.append(one)
                due[one.uid] = one.due or condition_due(gate.held_on, gate.planned_on, day)
    late = sorted((one for one in still_open if due[one.uid] < day), key=lambda one: (due[one.uid], one.ref))
    if late:
        named = listed((f"{one.ref} since {show_date(due[one.uid])}" for one in late), MOST_NAMED)
        sentence = f"{are(len(late), 'gate condition')} overdue: {named}."
        days = counted((day - due[late[0].uid]).days, "day")
        yield Finding("assurance.conditions", AMBER, sentence, days, "0 days", tuple(one.ref for one in late))
    elif still_open:
        first = min(still_open, key=lambda one: (due[one.uid], one.ref))
        sentence = f"No gate condition is overdue; the next is {first.ref} on {show_date(due[first.uid])}."
        yield Finding("assurance.conditions", GREEN, sentence, records=tuple(one.ref for one in still_open))


def _last_gate(evidence: Day, gates: list[Gate]) -> Iterable[Finding]:
    held = [
        (gate.held_on, OUTCOMES.index(gate.outcome), gate.ref, gate)
        for gate in gates
        if is_past(gate.held_on, evidence.date) and gate.outcome in OUTCOMES
    ]
    if not held:
        return
    held_on, *_, last = max(held, key=lambda place: place[:3])
    told = f"The last gate, {last.ref} “{last.name}”, was {last.outcome} on {show_date(held_on)}"
    if last.outcome in FAILING:
        yield Finding(
            "assurance.gate", RED, f"{told}, and no gate has been passed since.", last.outcome, "amber", (last.ref,)
        )
    else:
        yield Finding("assurance.gate", GREEN, f"{told}.", last.outcome, "amber", (last.ref,))
