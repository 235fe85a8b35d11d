"""Rules of gates, their criteria and conditions, of compliance items, and of the phase that a gate opens."""

from tracker.entities import Condition, Gate, GateCriterion, Pilot
from tracker.fields import humanise
from tracker.rules import gates as rules
from tracker.rules.wording import show_date
from tracker.services.guards.guard import Proposal
from tracker.storage import records
from tracker.storage.journal.history import of_record

AMBER_FIRST = "Take the gate with a condition, or add one to it first."
AMBER_OF_NEW = "Add the gate with its outcome still pending, then take it with the condition."


def gate(proposal: Proposal) -> None:
    """Hold an outcome to what it demands of criteria and conditions."""
    outcome = proposal["outcome"] or "pending"
    if outcome == "pending" or not proposal.changed("outcome"):
        return
    criteria = []
    conditions = []
    if proposal.uid:
        criteria = records(proposal.store, GateCriterion, gate=proposal.uid)
        conditions = records(proposal.store, Condition, gate=proposal.uid)
    obstacle = rules.in_the_way(outcome, criteria, conditions)
    if obstacle:
        if outcome == "amber":
            obstacle += f" {AMBER_FIRST}" if proposal.uid else f" {AMBER_OF_NEW}"
        proposal.refuse("outcome", "gate.in_the_way", obstacle)
        return
    for remark in rules.remarks(outcome, criteria, conditions):
        proposal.note("gate.remark", remark)
    _note_next_phase(proposal, outcome)


def _note_next_phase(proposal: Proposal, outcome: str) -> None:
    """Note what an outcome proposes for the pilot, while the pilot is not there yet."""
    pilot = proposal.linked(Pilot, "pilot")
    if pilot is None:
        return
    phase = pilot.phase_text.lower()
    halted = pilot.phase in rules.HALTED
    state = phase if halted or pilot.phase is None else f"in {phase}"
    halt = {"red": "a pause", "stopped": "the end"}.get(outcome)
    opens = proposal["opens_phase"]
    if halt and not halted:
        proposal.note("gate.halt", f"{humanise(outcome)} proposes {halt} of the pilot: {pilot.ref} is still {state}.")
    elif outcome in rules.LETS_THROUGH and opens and rules.needs_a_gate(pilot.phase, opens):
        proposal.note("gate.may_go_on", f"{pilot.ref} may go on to {humanise(opens).lower()}: it is still {state}.")


def criterion(proposal: Proposal) -> None:
    """Hold that met has evidence and not applicable a reason, and note that the gate was held already."""
    result = proposal["result"]
    reason = proposal["not_applicable_reason"] or ""
    if result == "met" and not proposal["evidence"]:
        proposal.refuse(
            "evidence",
            "criterion.evidence",
            "A criterion is met only with evidence: give a sentence or a link that shows it.",
        )
    if result == "not_applicable" and len(reason) < rules.LEAST_REASON:
        proposal.refuse(
            "not_applicable_reason",
            "criterion.reason",
            f"Say why the criterion is not applicable, in {rules.LEAST_REASON} characters or more.",
        )
    weighty = ("result", "evidence", "mandatory", "not_applicable_reason", "gate")
    if proposal.problems or not proposal.changed(*weighty):
        return
    gate = proposal.linked(Gate, "gate")
    if gate is None or gate.outcome == "pending":
        return
    day = f" on {show_date(gate.held_on)}" if gate.held_on else ""
    proposal.note(
        "criterion.after_gate",
        f"{gate.ref} was held{day} ({humanise(gate.outcome).lower()}): this is recorded after it.",
    )


def condition(proposal: Proposal) -> None:
    """Give a condition its date, and hold that it is closed with evidence."""
    if proposal["closed_on"] and not proposal["evidence"]:
        proposal.refuse(
            "evidence",
            "condition.evidence",
            "A condition is closed only with evidence: say how one can see that it is done, or give a link.",
        )
    if proposal["due"]:
        return
    gate = proposal.linked(Gate, "gate")
    held_on = None
    planned_on = None
    after = "today"
    if gate is not None and (gate.held_on or gate.planned_on):
        held_on = gate.held_on
        planned_on = gate.planned_on
        after = gate.ref
    due = rules.condition_due(held_on, planned_on, proposal.by.today)
    proposal.values["due"] = due
    proposal.note("condition.due", f"Due on {show_date(due)}, {rules.CONDITION_DAYS} days after {after}.")


def compliance(proposal: Proposal) -> None:
    """Note that something stands as signed off though its review is past."""
    review = proposal["review_on"]
    if proposal["status"] == "signed_off" and review is not None and review < proposal.by.today:
        due = f"Its review was due on {show_date(review)}"
        proposal.note(
            "compliance.review_past", f"{due}: if it was not reviewed, its status is expired, not signed off."
        )


def pilot(proposal: Proposal) -> None:
    """Note that a pilot enters a phase that no gate opened; the change has its reason anyway."""
    before = proposal.before
    phase = proposal["phase"]
    if before is None or phase is None or not proposal.changed("phase"):
        return
    old = before["phase"]
    if old is None:  # what is stated for the first time is no step forwards
        return
    if old in rules.HALTED and phase in rules.OPENED_BY_A_GATE:
        old = _phase_before_halt(proposal)
    if rules.needs_a_gate(old, phase):
        note = rules.override_note(
            records(proposal.store, Gate, pilot=proposal.uid, opens_phase=phase), phase, proposal.by.today
        )
        if note:
            proposal.note("pilot.override", note)


def _phase_before_halt(proposal: Proposal) -> str:
    """Return the last phase of a pilot in which it went on; empty when none is known."""
    phases = []
    for change in of_record(proposal.store, proposal.uid):
        if change.field == "*" and change.new:
            phases.append(str(change.values.get("phase") or ""))
        elif change.field == "phase" and change.new:
            phases.append(str(change.new))
    return next((phase for phase in reversed(phases) if phase not in rules.HALTED), "")
