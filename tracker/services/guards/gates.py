"""Rules of gates, their criteria and conditions, of compliance items, and of the phase that a gate opens."""

from typing import Any

from tracker.errors import Problem
from tracker.fields import humanise
from tracker.rules import gates as rules
from tracker.rules.when import show_date
from tracker.storage.journal.history import of_record
from tracker.storage.queries import Condition, Query, record, records
from tracker.storage.store import Acting, Store

Values = dict[str, Any]
Said = tuple[list[Problem], list[str]]  # problems, notes


def of_gate(store: Store, kind: str, uid: str) -> list[Any]:
    """Return the criteria or the conditions of a gate, in the order in which they were added."""
    return list(records(store, Query(kind, (Condition("gate", "=", uid),))))


def gate(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold an outcome to what it demands of criteria and conditions."""
    outcome = values.get("outcome") or "pending"
    if outcome == "pending" or (before is not None and before.get("outcome") == outcome):
        return [], []
    uid = before.get("uid") if before else None
    criteria = of_gate(store, "criterion", uid) if uid else []
    conditions = of_gate(store, "condition", uid) if uid else []
    wrong = rules.in_the_way(outcome, criteria, conditions)
    if wrong:
        return [Problem("outcome", "gate.outcome", f"{wrong} {_way(outcome, is_new=before is None)}".strip())], []
    return [], [*rules.remarks(outcome, criteria, conditions), *_follow_up(store, values, outcome)]


def _way(outcome: str, *, is_new: bool) -> str:
    if outcome != "amber":
        return ""
    if is_new:
        return "Add the gate with its outcome still pending, then take it with the condition."
    return "Take the gate with a condition, or add one to it first."


def _follow_up(store: Store, values: Values, outcome: str) -> list[str]:
    """Return what an outcome proposes for the pilot, while the pilot is not there yet."""
    found: Any = record(store, "pilot", values["pilot"]) if values.get("pilot") else None
    if found is None:
        return []
    now = humanise(found.phase).lower()
    halt = {"red": "a pause", "stopped": "the end"}.get(outcome)
    if halt and found.phase not in rules.HALTED:
        return [f"{humanise(outcome)} proposes {halt} of the pilot: {found.ref} is still in {now}."]
    opens = values.get("opens_phase")
    if outcome in rules.LETS_THROUGH and opens and rules.needs_a_gate(found.phase, opens):
        still = "it is still " + (now if found.phase in rules.HALTED else f"in {now}")
        return [f"{found.ref} may go on to {humanise(opens).lower()}: {still}."]
    return []


def criterion(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold that met has evidence and not applicable a reason, and say when the gate was held already."""
    problems = []
    if values.get("result") == "met" and not values.get("evidence"):
        problems.append(
            Problem(
                "evidence",
                "criterion.evidence",
                "A criterion is met only with evidence: give a sentence or a link that shows it.",
            )
        )
    reason = values.get("not_applicable_reason") or ""
    if values.get("result") == "not_applicable" and len(reason) < rules.LEAST_REASON:
        told = f"Say why the criterion is not applicable, in {rules.LEAST_REASON} characters or more."
        problems.append(Problem("not_applicable_reason", "criterion.not_applicable_reason", told))
    weighty = ("result", "evidence", "mandatory", "not_applicable_reason", "gate")
    if problems or (before is not None and all(values.get(name) == before.get(name) for name in weighty)):
        return problems, []
    held: Any = record(store, "gate", values["gate"]) if values.get("gate") else None
    if held is None or held.outcome == "pending":
        return [], []
    day = f" on {show_date(held.held_on)}" if held.held_on else ""
    return [], [f"{held.ref} was held{day} ({humanise(held.outcome).lower()}): this is recorded after it."]


def condition(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Give a condition its date, and hold that it is closed with evidence."""
    problems, notes = [], []
    if values.get("closed_on") and not values.get("evidence"):
        told = "A condition is closed only with evidence: say how one can see that it is done, or give a link."
        problems.append(Problem("evidence", "condition.evidence", told))
    if not values.get("due"):
        asked: Any = record(store, "gate", values["gate"]) if values.get("gate") else None
        held, planned = (asked.held_on, asked.planned_on) if asked else (None, None)
        values["due"] = due = rules.condition_due(held, planned, by.today)
        after = asked.ref if held or planned else "today"
        notes.append(f"Due on {show_date(due)}, {rules.CONDITION_DAYS} days after {after}.")
    return problems, notes


def compliance(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Say when something stands as signed off though its review is past."""
    review = values.get("review_on")
    if values.get("status") != "signed_off" or review is None or review >= by.today:
        return [], []
    told = f"Its review was due on {show_date(review)}: if it was not reviewed, its status is expired, not signed off."
    return [], [told]


def pilot(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Say when a pilot enters a phase that no gate opened; the change has its reason anyway."""
    new = values.get("phase")
    if before is None or new is None or new == before.get("phase"):
        return [], []
    uid, old = before.get("uid") or "", before.get("phase") or ""
    if old in rules.HALTED and new in rules.OPENED_BY_A_GATE:
        old = _before_it_halted(store, uid)
    if not rules.needs_a_gate(old, new):
        return [], []
    held: list[Any] = list(
        records(store, Query("gate", (Condition("pilot", "=", uid), Condition("opens_phase", "=", new))))
    )
    note = rules.override_note(held, new, by.today)
    return [], [note] if note else []


def _before_it_halted(store: Store, uid: str) -> str:
    """Return the last phase of a pilot in which it went on; empty when none is known."""
    phases = []
    for change in of_record(store, uid):
        if change.field == "*" and isinstance(change.new, dict):
            phases.append(str(change.new.get("phase") or "discovery"))
        elif change.field == "phase" and change.new:
            phases.append(str(change.new))
    return next((phase for phase in reversed(phases) if phase not in rules.HALTED), "")
