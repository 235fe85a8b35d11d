"""Approvals: what must be signed off before real users meet a pilot, and what its gates still ask.

Of several items of a kind the one added last counts, since a new assessment replaces the old one. Signed off, or
not needed with a reason, settles an item; expired and failed never do, and are as good as not begun. An approval that
nobody has recorded counts as not given, and is named as missing: what is left out must not look better than what is
recorded. A red (or stopped) gate is resolved by nothing but a later gate; of gates held on one day the worst counts.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from tracker.entities import ComplianceItem, Condition, Gate, Pilot
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.gates import OUTCOMES
from tracker.rules.late import is_late
from tracker.rules.signals.result import (
    AMBER,
    GREEN,
    GREY,
    MOST_NAMED,
    RED,
    Dimension,
    Finding,
    Signal,
    level_if,
    refs_of,
)
from tracker.rules.signals.stage import has_real_users, is_past, is_stated, stage_of
from tracker.rules.wording import are, by_day, counted, listed, lower_first, show_date

ASSURANCE = Dimension("assurance", "Approvals", "A")  # what independent assurance says is a rating of its own
BEGUN = (*ComplianceItem.ended_states, "screened", "in_progress", "submitted")
LAPSED = ("failed", "expired")
FAILING = ("red", "stopped")


def assurance_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the assurance dimension of a pilot; grey in discovery while nothing is recorded and nothing needed."""
    items = {item.item_kind: item for item in evidence.of_pilot(ComplianceItem, pilot)}
    gates = evidence.of_pilot(Gate, pilot)
    real = has_real_users(evidence, pilot)
    stage = stage_of(evidence, pilot)
    findings = [
        _dpia(_Approval("dpia", pilot, items.get("dpia")), real, stage, is_stated(evidence, pilot)),
        _security(_Approval("security", pilot, items.get("security")), real),
        _accessibility(_Approval("accessibility", pilot, items.get("accessibility")), real, stage),
        _transparency(_Approval("atrs", pilot, items.get("atrs")), real, stage),
        *_conditions(evidence, gates),
        *_last_gate(evidence, gates),
    ]
    return ASSURANCE.signal(findings, _missing(pilot, items, real, stage))


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


class _Approval(NamedTuple):
    """Something that must be signed off for a pilot, and what is recorded of it."""

    rule: str
    pilot: Pilot
    item: ComplianceItem | None

    @property
    def settled(self) -> bool:
        return self.item is not None and self.item.has_ended

    @property
    def begun(self) -> bool:
        return self.item is not None and self.item.status in BEGUN

    @property
    def state(self) -> str:
        return humanise(self.item.status).lower() if self.item is not None else "not recorded"

    @property
    def predicate(self) -> str:
        """The state with its verb: ``is in progress``, ``has expired``."""
        if self.item is not None and self.item.status in LAPSED:
            return f"has {self.item.status}"
        return f"is {self.state}"

    def finding(self, level: str, sentence: str, needed: str = "signed off") -> Finding:
        """Return a finding about it; ``needed`` is the state that is asked for, empty when none is."""
        record = self.item or self.pilot
        state = self.state if needed else ""
        return Finding(f"assurance.{self.rule}", level, sentence, state, needed, (record.ref,))

    def settled_finding(self, subject: str) -> Finding:
        """Return the finding that it is signed off, or not needed and why."""
        assert self.item is not None
        if self.item.status == "not_needed":
            reason = self.item.not_needed_reason or "no reason is given"
            predicate = f"is not needed: {reason}"
        elif self.item.signed_off_on is not None:
            predicate = f"is signed off ({show_date(self.item.signed_off_on)})"
        else:
            predicate = "is signed off"
        return self.finding(GREEN, f"{subject} {predicate.rstrip('.')}.")


def _dpia(dpia: _Approval, real: bool, stage: str, stated: bool) -> Finding:
    subject = "The DPIA (data protection impact assessment)"
    go_live = dpia.pilot.first_real_user_on
    if dpia.pilot.personal_data == "none":
        # A word on personal data alone is no assurance; it counts with other things.
        level = level_if(stage == "discovery" and not real, GREY)
        return dpia.finding(level, "No DPIA is needed: the pilot uses no personal data.", "")
    if dpia.settled:
        return dpia.settled_finding(subject)
    if real and go_live is not None:
        since = f"since {show_date(go_live)}"
        sentence = (
            f"Real users have used the pilot {since}, and {lower_first(subject)} is not signed off: {dpia.state}."
        )
        return dpia.finding(RED, sentence)
    if dpia.begun:
        sentence = f"{subject} {dpia.predicate}; it must be signed off before real users come."
        return dpia.finding(GREEN, sentence, "screened")
    level = AMBER
    need = "from alpha on it must at least be screened"
    if not stated:
        need = "no phase of the pilot is stated, and in all but discovery it must at least be screened"
    if stage == "discovery":
        level = GREY
        need = "a screening is asked for from alpha on"
    return dpia.finding(level, f"{subject} {dpia.predicate}; {need}.", "screened")


def _security(security: _Approval, real: bool) -> Finding:
    subject = "The security approval"
    if security.settled:
        return security.settled_finding(subject)
    if real:
        return security.finding(RED, f"Real users use the pilot, and its security is not approved: {security.state}.")
    return security.finding(GREY, f"{subject} {security.predicate}; it is needed before real users come.")


def _accessibility(audit: _Approval, real: bool, stage: str) -> Finding:
    subject = "The accessibility audit"
    if audit.settled:
        return audit.settled_finding(subject)
    if stage in ("public_beta", "live"):
        reached = humanise(stage).lower()
        return audit.finding(RED, f"{subject} is not passed, and the pilot has reached {reached}: {audit.state}.")
    predicate = f"{subject} {audit.predicate}"
    if not real:
        return audit.finding(GREY, f"{predicate}; it must be begun before real users come.", "in progress")
    if audit.begun:
        return audit.finding(GREEN, f"{predicate}; it must be passed before public beta.", "in progress")
    return audit.finding(AMBER, f"Real users use the pilot, and {lower_first(predicate)}.", "in progress")


def _transparency(atrs: _Approval, real: bool, stage: str) -> Finding:
    """Return what there is to say of the record that an algorithmic tool has to have."""
    if atrs.pilot.algorithmic_tool == "no":
        return atrs.finding(GREY, "No transparency record is needed: no algorithmic tool.", "")
    if atrs.settled:
        return atrs.settled_finding("The algorithmic transparency record (ATRS)")
    tool = {"yes": "The pilot uses an algorithmic tool", "unknown": "It is not known if an algorithmic tool is used"}
    sentence = f"{tool[atrs.pilot.algorithmic_tool]}, and its transparency record (ATRS) {atrs.predicate}"
    if real:
        return atrs.finding(AMBER, f"{sentence}.")
    if stage == "discovery":
        return atrs.finding(GREY, f"{sentence}; it is asked for from alpha on.", "begun")
    if atrs.begun:
        return atrs.finding(GREEN, f"{sentence}; it must be complete before real users come.", "begun")
    return atrs.finding(AMBER, f"{sentence}.", "begun")


def _conditions(evidence: Day, gates: list[Gate]) -> Iterable[Finding]:
    """Yield what the conditions of all gates say: those overdue, those without a day, or that none is late."""
    day = evidence.date
    conditions = [
        condition
        for gate in gates
        for condition in evidence.of(Condition, "gate", gate.uid)
        if not is_past(condition.closed_on, day)
    ]
    late = {condition.ref for condition in conditions if is_late(evidence, condition)}
    dated = sorted(((condition.due, condition.ref) for condition in conditions if condition.due), key=by_day)
    overdue = [pair for pair in dated if pair[1] in late]
    undated = refs_of(condition for condition in conditions if condition.due is None)
    if overdue:
        named = listed((f"{ref} since {show_date(due)}" for due, ref in overdue), MOST_NAMED)
        sentence = f"{are(len(overdue), 'gate condition')} overdue: {named}."
        days = counted((day - overdue[0][0]).days, "day")
        yield Finding("assurance.conditions", AMBER, sentence, days, "0 days", tuple(ref for _, ref in overdue))
    elif undated:
        lacking = f"{counted(len(undated), 'gate condition')} without a day: {listed(undated, MOST_NAMED)}"
        sentence = f"{lacking}, so nobody can tell what is late."
        yield Finding("assurance.conditions", AMBER, sentence, records=undated)
    elif dated:
        due, ref = dated[0]
        sentence = f"No gate condition is overdue; the next is {ref} on {show_date(due)}."
        yield Finding("assurance.conditions", GREEN, sentence, records=refs_of(conditions))


def _last_gate(evidence: Day, gates: list[Gate]) -> Iterable[Finding]:
    held = [
        (gate.held_on, OUTCOMES.index(gate.outcome), gate.ref, gate)
        for gate in gates
        if is_past(gate.held_on, evidence.date) and gate.outcome in OUTCOMES
    ]
    if not held:
        return
    held_on, *_, last = max(held, key=lambda place: place[:3])
    level = GREEN
    later = ""
    if last.outcome in FAILING:
        level = RED
        later = ", and no gate has been passed since"
    sentence = f"The last gate, {last.ref} “{last.name}”, was {last.outcome} on {show_date(held_on)}{later}."
    yield Finding("assurance.gate", level, sentence, last.outcome, "amber", (last.ref,))
