"""What the outcome of a gate demands and what stands in its way; which change of phase a gate has to open."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import Condition, Gate, GateCriterion
from tracker.entities.pilot import STAGES as PILOT_STAGES
from tracker.fields import humanise
from tracker.rules.wording import counted, listed, verb

OUTCOMES = Gate.ended_states
LETS_THROUGH = ("green", "amber")
STAGES = (*PILOT_STAGES, "retirement")
OPENED_BY_A_GATE = PILOT_STAGES[1:]
HALTED = ("paused", "stopped")
CONDITION_DAYS = 90  # for what an amber outcome asks, when no date is given
LEAST_REASON = 5  # for not applicable

RESULT_MARKS = {"met": "●", "partly": "▲", "not_met": "■", "not_applicable": "–", "not_assessed": "○"}


def result_text(result: str) -> str:
    """Return the result of a criterion as mark and word, so that a colour is never the only sign."""
    return f"{RESULT_MARKS.get(result, '○')} {humanise(result)}"


def settled(criterion: GateCriterion) -> bool:
    """Return whether a criterion is met with evidence, or not applicable with a reason."""
    if criterion.result == "met":
        return bool((criterion.evidence or "").strip())
    reason = (criterion.not_applicable_reason or "").strip()
    return criterion.result == "not_applicable" and len(reason) >= LEAST_REASON


def unsettled(criteria: Iterable[GateCriterion]) -> list[GateCriterion]:
    """Return the mandatory criteria that are not settled, in their order."""
    return [criterion for criterion in criteria if criterion.mandatory and not settled(criterion)]


def why_unsettled(criterion: GateCriterion) -> str:
    """Return a criterion that is not settled by its ref, with what is wrong: ``GC-002 (partly)``."""
    missing = {"met": "met, but without evidence", "not_applicable": "not applicable, but without a reason"}
    return f"{criterion.ref} ({missing.get(criterion.result) or humanise(criterion.result).lower()})"


def in_the_way(outcome: str, criteria: Sequence[GateCriterion], conditions: Sequence[Condition]) -> str:
    """Return a sentence about what stands in the way of an outcome; empty when nothing does."""
    gaps = listed(map(why_unsettled, unsettled(criteria)))
    if outcome == "green" and gaps:
        return (
            f"Green needs every mandatory criterion met with evidence, or not applicable with a reason. "
            f"In the way: {gaps}."
        )
    if outcome == "amber" and all(condition.due is None for condition in conditions):
        return "Amber needs at least one condition with a date: what has to be done, by whom, by when."
    return ""


def remarks(outcome: str, criteria: Sequence[GateCriterion], conditions: Sequence[Condition]) -> list[str]:
    """Return what people should know of an outcome that stands."""
    notes = []
    mandatory = sum(criterion.mandatory for criterion in criteria)
    gaps = [criterion.ref for criterion in unsettled(criteria)]
    still_open = [condition.ref for condition in conditions if condition.closed_on is None]
    if outcome in LETS_THROUGH and not mandatory:
        notes.append("The gate has no mandatory criteria: the outcome rests on the panel's word alone.")
    if outcome == "amber" and gaps:
        number = f"{len(gaps)} of {counted(mandatory, 'mandatory criterion', 'mandatory criteria')} {verb(len(gaps))}"
        notes.append(f"{number} not settled ({listed(gaps)}): see that the conditions cover what is missing.")
    if outcome == "green" and still_open:
        notes.append(f"Green asks for nothing more, yet {listed(still_open)} {verb(len(still_open))} open.")
    return notes


def condition_due(held_on: date | None, planned_on: date | None, today: date) -> date:
    """Return the date of a condition that was given none: 90 days after the gate, or after today without one."""
    return (held_on or planned_on or today) + timedelta(CONDITION_DAYS)


class Asked(NamedTuple):
    """A condition as somebody typed it: its text, its owner and its date, as texts; empty where not given."""

    text: str
    owner: str = ""
    due: str = ""


def read_condition(typed: str) -> Asked:
    """Return a condition from ``TEXT; owner NAME; due DATE``; any other part after a semicolon belongs to the text."""
    text, *parts = typed.split(";")
    values = {}
    for part in parts:
        match = re.match(r"(owner|due)(?:\s*[:=]\s*|\s+)(.+)", part.strip(), re.IGNORECASE | re.DOTALL)
        if match:
            values[match[1].lower()] = match[2].strip()
        else:
            text += f";{part}"
    return Asked(text.strip().rstrip(";").strip(), **values)


def needs_a_gate(old: str | None, new: str) -> bool:
    """Return whether a gate has to open the change from one stage to another: only a step forwards needs one."""
    if new not in OPENED_BY_A_GATE:
        return False
    return old not in STAGES or STAGES.index(new) > STAGES.index(old)


def opener(gates: Iterable[Gate], phase: str, day: date) -> Gate | None:
    """Return the newest gate for a phase that was held by a day, whatever its outcome; None when there is none."""
    candidates = [gate for gate in gates if gate.opens_phase == phase and gate.outcome in OUTCOMES]
    by_age = {(gate.held_on, gate.ref): gate for gate in candidates if gate.held_on and gate.held_on <= day}
    return by_age[max(by_age)] if by_age else None


def override_note(gates: Iterable[Gate], phase: str, day: date) -> str:
    """Return the note when a pilot enters a phase that no gate opened; empty when one did."""
    newest = opener(gates, phase, day)
    name = humanise(phase).lower()
    if newest is None:
        return f"No gate opened {name}; recorded as an override."
    if newest.outcome in LETS_THROUGH:
        return ""
    return f"{newest.ref}, the newest gate for {name}, was {newest.outcome}; recorded as an override."
