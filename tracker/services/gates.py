"""Going through the criteria of a gate, and taking it: its outcome, its conditions and what becomes of the pilot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tracker.entities import Condition, Gate, GateCriterion, Pilot
from tracker.entities.pilot import phase_text
from tracker.errors import Invalid, Note, Problem, TrackerError
from tracker.fields import humanise
from tracker.rules import gates as rules
from tracker.rules.wording import optional, show_date
from tracker.services.guards.guard import Values
from tracker.services.late import late_of
from tracker.services.records.checking import gone, present, stored
from tracker.services.records.finding import read_values
from tracker.services.records.writing import Edit, Saved, change, editing
from tracker.services.typed.readings import readings
from tracker.storage import Acting, Link, Store, link, record, records


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
    phase: str | None
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
        mandatory = [criterion for criterion in self.criteria if criterion.mandatory]
        return sum(criterion.settled for criterion in mandatory), len(mandatory)

    @property
    def may_advance(self) -> bool:
        """Whether the gate opens a phase that the pilot has not reached."""
        return bool(self.opens_phase and rules.needs_a_gate(self.phase, self.opens_phase))


@dataclass(frozen=True)
class NewCondition:
    """A condition to be added: what has to be done, the owner's uid, and the date (None: 90 days after the gate).

    ``read_as`` says how owner and date were read where that may be other than what somebody meant.
    """

    text: str
    owner: str | None = None
    due: date | None = None
    read_as: str = field(default="", compare=False)

    def fields(self, due: date) -> Values:
        """Return the fields that the condition gives to a record, with the day by which it is due."""
        return {"text": self.text, "owner": self.owner, "due": due}


def checklist(store: Store, gate_uid: str, today: date) -> Checklist:
    """Return the checklist of a gate as it stands; ``today`` says which conditions are overdue. Raises TrackerError."""
    gate = record(store, Gate, gate_uid)
    pilot = record(store, Pilot, gate.pilot) if gate else None
    if gate is None or pilot is None:
        raise gone(Gate)
    criteria = records(store, GateCriterion, gate=gate_uid)
    conditions = records(store, Condition, gate=gate_uid)
    uids = [condition.uid for condition in conditions]
    late = {deadline.uid for deadline in late_of(store, Condition, today, uids) if not deadline.apart}
    obstacles = {outcome: rules.in_the_way(outcome, criteria, conditions) for outcome in rules.OUTCOMES}
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
        tuple(_demand(store, condition, condition.uid in late) for condition in conditions),
        dict(Counter(criterion.result for criterion in criteria)),
        {outcome: obstacle for outcome, obstacle in obstacles.items() if obstacle},
    )


def _asked(criterion: GateCriterion) -> Asked:
    return Asked(
        criterion.uid,
        criterion.ref,
        criterion.text,
        criterion.mandatory,
        criterion.result,
        criterion.evidence or "",
        criterion.evidence_added_on,
        criterion.not_applicable_reason or "",
        criterion.standard_ref or "",
        rules.settled(criterion),
    )


def _demand(store: Store, condition: Condition, late: bool) -> Demand:
    owner = link(store, "person", condition.owner)
    state = "open"
    if condition.closed_on:
        state = "closed"
    elif late:
        state = "overdue"
    evidence = condition.evidence or ""
    return Demand(
        condition.uid, condition.ref, condition.text, owner, condition.due, condition.closed_on, evidence, state
    )


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
    store: Store,
    typed: Sequence[str],
    today: date,
    *,
    owner: str = "",
    due: str = "",
    roles: Mapping[str, str] = {},
) -> list[NewCondition]:
    """Return conditions from texts such as ``Measure the old route; owner Data lead; due 1 Dec``.

    ``owner`` and ``due`` are for those that do not say theirs; ``roles`` are people by the roles that they have where
    it was decided, in small letters. Raises Invalid with every problem.
    """
    conditions = []
    problems = []
    for text in typed:
        parts = rules.read_condition(text)
        answering = parts.owner or owner
        texts = {"text": parts.text, "owner": roles.get(answering.casefold(), answering), "due": parts.due or due}
        try:
            named: dict[str, Link] = {}
            values, _ = read_values(store, "condition", texts, today, named)
        except Invalid as error:
            for problem in error.problems:
                problems.append(problem._replace(field="conditions", message=f"{problem} (Condition “{text}”)"))
            continue
        if not values["text"]:
            problems.append(Problem("conditions", "needed", "A condition says what has to be done."))
        read_as = "; ".join(readings(store, "condition", texts, values, named, today))
        conditions.append(NewCondition(values["text"], values["owner"], values["due"], read_as))
    if problems:
        raise Invalid(problems)
    return conditions


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
    waived: tuple[str, ...] = (),
) -> Saved:
    """Set the outcome of a gate and add its conditions, as one command that one undo takes back.

    ``advance`` moves the pilot to the phase that a green or amber gate opens, ``pause`` pauses it after a red one;
    both give the gate as their reason. The day is the one given, else the gate's own, else today. ``waived`` are the
    codes of problems of conditions that do not count. Raises Invalid with what stands in the way of the outcome,
    TrackerError when the gate was removed; nothing is saved then.
    """
    _refuse_misfit(outcome, advance=advance, pause=pause)
    ref = stored(store, Gate, gate_uid).ref
    with editing(store, by, "gate.take", reason=f"Gate {ref} held: {outcome}") as edit:
        gate, ref, _ = present(store, Gate, gate_uid)
        day = held_on or gate["held_on"] or by.today
        new: Values = {"outcome": outcome, "held_on": day}
        if recommendation is not None:
            new |= read_values(store, "gate", {"recommendation": recommendation}, by.today)[0]
        notes = [_add_condition(edit, gate_uid, condition, day, waived) for condition in conditions]
        if pause:
            notes.append(_move_pilot(edit, ref, gate["pilot"], "paused", day))
        if advance:
            notes.append(_move_pilot(edit, ref, gate["pilot"], gate["opens_phase"], day))
        # What an outcome demands must hold whenever a gate is taken, with the same outcome too.
        saved = edit.change(Gate, gate_uid, new, anew=("outcome",))
    return saved._replace(notes=(*notes, *saved.notes))


def _refuse_misfit(outcome: str, *, advance: bool, pause: bool) -> None:
    if outcome not in rules.OUTCOMES:
        raise TrackerError(f"A gate is taken with one of: {', '.join(rules.OUTCOMES)}; not with “{outcome}”.")
    if pause and outcome != "red":
        raise TrackerError(f"A pilot is paused by a gate that is red, not {outcome}.")
    if advance and outcome not in rules.LETS_THROUGH:
        raise TrackerError(f"A pilot goes on after a gate that is green or amber, not {outcome}.")


def _add_condition(edit: Edit, gate_uid: str, condition: NewCondition, held_on: date, waived: tuple[str, ...]) -> Note:
    due = condition.due or rules.condition_due(held_on, None, edit.by.today)
    saved = edit.add(Condition, {**condition.fields(due), "gate": gate_uid}, waived=waived)
    return condition_note(saved, condition, due)


def condition_note(saved: Saved, condition: NewCondition, due: date) -> Note:
    """Return what the user should know of a condition that was recorded: by when, and how it was read."""
    read_as = optional(" Read as: ", condition.read_as, ".")
    return Note("condition.added", f"{saved.ref} is due on {show_date(due)}: “{condition.text}”.{read_as}")


def _move_pilot(edit: Edit, gate_ref: str, pilot_uid: str, phase: str | None, day: date) -> Note:
    """Move the pilot of a gate to a phase, from the day on which the gate was held."""
    pilot, ref, removed = stored(edit.store, Pilot, pilot_uid)
    if removed:
        raise TrackerError(f"The pilot of {gate_ref} was removed; bring it back first.")
    if phase is None:
        raise TrackerError(f"{gate_ref} does not say which phase it opens.", "gate.opens", gate=gate_ref)
    old = phase_text(pilot["phase"]).lower()
    if pilot["phase"] in rules.HALTED and phase == "paused":
        return Note("gate.halted", f"{ref} is {old} already.")
    if phase != "paused" and not rules.needs_a_gate(pilot["phase"], phase):
        return Note("gate.there", f"{ref} is in {old} already.")
    edit.change(Pilot, pilot_uid, {"phase": phase, "phase_started": day}, anew=("phase_started",))
    return Note("gate.moved", f"{ref} went from {old} to {humanise(phase).lower()}.")
