"""Going through the criteria of a gate, and taking it: its outcome, its conditions and what becomes of the pilot."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, NoReturn

from tracker.entities import entity
from tracker.errors import Invalid, Problem, TrackerError
from tracker.fields import MISSING, humanise
from tracker.rules import gates as rules
from tracker.rules.when import show_date
from tracker.services.guards.guard import guard
from tracker.services.records.finding import read_values
from tracker.services.records.writing import Saved, change, insert
from tracker.storage.queries import Condition, Link, Query, record, records, stored_value
from tracker.storage.rows import current, link, update_row
from tracker.storage.store import Acting, Store, Tx

Values = dict[str, Any]


class Asked(NamedTuple):
    """A criterion as the checklist shows it; ``settled``: met with evidence, or not applicable with a reason."""

    uid: str
    ref: str
    text: str
    mandatory: bool
    result: str
    evidence: str
    evidence_added_on: date | None
    not_applicable_reason: str
    standard_ref: str
    settled: bool


class Demand(NamedTuple):
    """A condition as the checklist shows it; ``state`` is open, overdue or closed."""

    uid: str
    ref: str
    text: str
    owner: Link | None
    due: date | None
    closed_on: date | None
    evidence: str
    state: str


class Checklist(NamedTuple):
    """A gate with its criteria and conditions in order, and what stands in the way of each outcome.

    ``in_the_way`` holds a sentence by outcome, only for those in whose way something stands; ``counts`` the number
    of criteria by result.
    """

    gate: Link
    pilot: Link
    phase: str
    outcome: str
    opens_phase: str | None
    planned_on: date | None
    held_on: date | None
    recommendation: str
    criteria: tuple[Asked, ...]
    conditions: tuple[Demand, ...]
    counts: dict[str, int]
    in_the_way: dict[str, str]

    @property
    def mandatory(self) -> tuple[int, int]:
        """How many mandatory criteria are settled, and how many there are."""
        asked = [one for one in self.criteria if one.mandatory]
        return sum(one.settled for one in asked), len(asked)

    @property
    def may_advance(self) -> bool:
        """Whether the gate opens a phase that the pilot has not reached."""
        return bool(self.opens_phase and rules.needs_a_gate(self.phase, self.opens_phase))


class NewCondition(NamedTuple):
    """A condition to be added: what has to be done, the owner's uid, and the date (None: 90 days after the gate)."""

    text: str
    owner: str | None = None
    due: date | None = None


def checklist(store: Store, gate_uid: str, today: date) -> Checklist:
    """Return the checklist of a gate as it stands; ``today`` says which conditions are overdue. Raises TrackerError."""
    gate: Any = record(store, "gate", gate_uid)
    if gate is None:
        raise TrackerError("This gate does not exist any more: adding it was undone.")
    criteria = _of_gate(store, "criterion", gate_uid)
    conditions = _of_gate(store, "condition", gate_uid)
    pilot: Any = record(store, "pilot", gate.pilot)
    ways = {outcome: rules.in_the_way(outcome, criteria, conditions) for outcome in rules.OUTCOMES}
    return Checklist(
        Link(gate.uid, gate.ref, gate.name),
        Link(pilot.uid, pilot.ref, pilot.name),
        pilot.phase,
        gate.outcome,
        gate.opens_phase,
        gate.planned_on,
        gate.held_on,
        gate.recommendation or "",
        tuple(map(_asked, criteria)),
        tuple(_demand(store, one, today) for one in conditions),
        dict(Counter(one.result for one in criteria)),
        {outcome: way for outcome, way in ways.items() if way},
    )


def _of_gate(store: Store, kind: str, gate_uid: str) -> list[Any]:
    return list(records(store, Query(kind, (Condition("gate", "=", gate_uid),))))


def _asked(one: Any) -> Asked:
    return Asked(
        one.uid,
        one.ref,
        one.text,
        one.mandatory,
        one.result,
        one.evidence or "",
        one.evidence_added_on,
        one.not_applicable_reason or "",
        one.standard_ref or "",
        rules.settled(one),
    )


def _demand(store: Store, one: Any, today: date) -> Demand:
    owner = link(store, "person", one.owner) if one.owner else None
    late = one.due is not None and one.due < today
    state = "closed" if one.closed_on else "overdue" if late else "open"
    return Demand(one.uid, one.ref, one.text, owner, one.due, one.closed_on, one.evidence or "", state)


def answer(store: Store, criterion_uid: str, result: str, text: str | None, by: Acting) -> Saved:
    """Save the result of one criterion, as one command; return the criterion.

    ``text`` is the evidence, or the reason when the result is not applicable; None leaves what stands there.
    Raises Invalid when met has no evidence or not applicable no reason, TrackerError when the criterion is gone.
    """
    new: Values = {"result": result}
    if text is not None:
        name = "not_applicable_reason" if result == "not_applicable" else "evidence"
        new |= read_values(store, "criterion", {name: text}, by.today)[0]
    return change(store, "criterion", criterion_uid, new, by)


def read_conditions(
    store: Store, typed: Sequence[str], today: date, *, owner: str = "", due: str = ""
) -> list[NewCondition]:
    """Return conditions from texts such as ``Measure the old route; owner Data lead; due 1 Dec``.

    ``owner`` and ``due`` are for those that do not say theirs. Raises Invalid with every problem.
    """
    found, problems = [], []
    for text in typed:
        asked = rules.read_condition(text)
        texts = {"text": asked.text, "owner": asked.owner or owner, "due": asked.due or due}
        try:
            values, _ = read_values(store, "condition", texts, today)
        except Invalid as error:
            problems += [
                Problem("conditions", "read_conditions.conditions", f"{p.message} (Condition “{text}”)")
                for p in error.problems
            ]
            continue
        if not values["text"]:
            problems.append(
                Problem("conditions", "read_conditions.conditions", "A condition says what has to be done.")
            )
        found.append(NewCondition(values["text"], values["owner"], values["due"]))
    if problems:
        raise Invalid(problems)
    return found


def take(
    store: Store,
    gate_uid: str,
    outcome: str,
    by: Acting,
    *,
    held_on: date | None = None,
    recommendation: str | None = None,
    conditions: Sequence[NewCondition] = (),
    advance: bool = False,
    pause: bool = False,
) -> Saved:
    """Set the outcome of a gate and add its conditions, as one command that one undo takes back.

    ``advance`` moves the pilot to the phase that a green or amber gate opens, ``pause`` pauses it after a red one;
    both give the gate as their reason. The day is the one given, else the gate's own, else today. Raises Invalid
    with what stands in the way of the outcome, TrackerError when the gate was removed; nothing is saved then.
    """
    _fitting(outcome, advance=advance, pause=pause)
    known = link(store, "gate", gate_uid) or _gone()
    try:
        with store.command(by, "gate.take", reason=f"Gate {known.ref} held: {outcome}") as tx:
            before = _present(store, gate_uid)
            after: Values = {**before, "outcome": outcome, "held_on": held_on or before["held_on"] or by.today}
            if recommendation is not None:
                after |= read_values(store, "gate", {"recommendation": recommendation}, by.today)[0]
            notes = [note for one in conditions for note in _add(store, gate_uid, after["held_on"], one, by, tx)]
            if advance or pause:
                notes += _move(store, known.ref, after, "paused" if pause else after["opens_phase"])
            notes += _decide(store, before, after, by)
    except sqlite3.IntegrityError as error:
        raise TrackerError(f"The gate was not taken: a rule of the file was broken ({error}).") from error
    return Saved(gate_uid, known.ref, tx.id, tuple(notes))


def _fitting(outcome: str, *, advance: bool, pause: bool) -> None:
    if outcome not in rules.OUTCOMES:
        raise TrackerError(f"A gate is taken with one of: {', '.join(rules.OUTCOMES)}; not with “{outcome}”.")
    if pause and outcome != "red":
        raise TrackerError(f"A pilot is paused by a gate that is red, not {outcome}.")
    if advance and outcome not in rules.LETS_THROUGH:
        raise TrackerError(f"A pilot goes on after a gate that is green or amber, not {outcome}.")


def _gone() -> NoReturn:
    raise TrackerError("This gate does not exist any more: adding it was undone.")


def _present(store: Store, gate_uid: str) -> Values:
    values, ref, deleted = current(store, entity("gate"), gate_uid) or _gone()
    if deleted:
        raise TrackerError(f"{ref} was removed. Bring it back first with “tracker gate restore {ref}”.")
    return values


def _add(store: Store, gate_uid: str, held_on: date, new: NewCondition, by: Acting, tx: Tx) -> list[str]:
    """Add a condition inside the command; return what the user should know of it."""
    due = new.due or rules.condition_due(held_on, None, by.today)
    blank = {f.name: None if f.default is MISSING else f.default for f in entity("condition").stored()}
    fields = {**blank, "text": new.text, "gate": gate_uid, "owner": new.owner, "due": due}
    _refuse("condition", fields, [])
    _, ref = insert(store, "condition", fields, by, tx)
    return [f"{ref} is due on {show_date(due)}: “{new.text}”."]


def _decide(store: Store, before: Values, after: Values, by: Acting) -> list[str]:
    """Write the outcome inside the command; return what the user should know. Raises Invalid."""
    # As if it were pending: what an outcome demands must hold whenever a gate is taken, again too.
    _, problems, notes = guard(store, "gate", after, {**before, "outcome": "pending"}, by)
    _refuse("gate", after, problems)
    stored = entity("gate").stored()
    changed = {f.name: stored_value(after[f.name]) for f in stored if after[f.name] != before[f.name]}
    if changed:
        update_row(store, "gate", before["uid"], changed)
    return notes


def _move(store: Store, gate_ref: str, gate: Values, phase: str | None) -> list[str]:
    """Move the pilot inside the command, from the day on which the gate was held."""
    found = current(store, entity("pilot"), gate["pilot"])
    if found is None or found[2]:
        raise TrackerError(f"The pilot of {gate_ref} was removed; bring it back first.")
    values, ref, _ = found
    if phase is None:
        raise TrackerError(
            f"{gate_ref} does not say which phase it opens: “tracker gate set {gate_ref} --opens-phase …” does."
        )
    now, halted = humanise(values["phase"]).lower(), values["phase"] in rules.HALTED
    if halted if phase == "paused" else not rules.needs_a_gate(values["phase"], phase):
        return [f"{ref} is {'' if halted else 'in '}{now} already."]
    update_row(store, "pilot", gate["pilot"], {"phase": phase, "phase_started": stored_value(gate["held_on"])})
    return [f"{ref} went from {now} to {humanise(phase).lower()}."]


def _refuse(kind: str, values: Values, problems: list[Problem]) -> None:
    """Raise Invalid with what is wrong, those of the guard first."""
    from tracker.entities.checking import problems as problems_of

    told = {problem.field for problem in problems}
    found = [*problems, *(one for one in problems_of(entity(kind), values) if one.field not in told)]
    if found:
        raise Invalid(found)
