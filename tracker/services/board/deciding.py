"""Recording what a board decided: the answer, its conditions as actions, and those of a gate, all in one command."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.entities import Action, BoardMeeting, Condition, Decision, Gate, Pilot, Programme
from tracker.errors import Invalid, Note, Problem, TrackerError
from tracker.fields import earliest, humanise
from tracker.rules.boards.cycle import CLOSED, OPEN_TO_FREEZE
from tracker.rules.gates import condition_due
from tracker.rules.wording import date_or, show_date
from tracker.services.board.cycle import body_of, meeting, quorum_notes
from tracker.services.board.roll import roles_at
from tracker.services.gates import NewCondition, condition_note, read_conditions
from tracker.services.guards.guard import Values
from tracker.services.records.checking import gone, present, stored
from tracker.services.records.finding import resolve_ref
from tracker.services.records.writing import Edit, Saved, editing
from tracker.storage import Acting, Store, record, records

OUTCOMES = ("approved", "approved_with_conditions", "rejected", "noted", "deferred")
WITH_CONDITIONS = "approved_with_conditions"
DEFERRED = "deferred"


class Answer(NamedTuple):
    """What a board answered: one of OUTCOMES, why, and what it asks for; ``gate`` is the uid of one, or None.

    ``on`` is the day (None: that of the meeting, or today while it lies ahead), ``review_on`` when to look again.
    """

    outcome: str
    rationale: str | None = None
    conditions: tuple[NewCondition, ...] = ()
    gate: str | None = None
    on: date | None = None
    review_on: date | None = None
    waived: tuple[str, ...] = ()


def decide(store: Store, decision_uid: str, board_uid: str, answer: Answer, by: Acting) -> Saved:
    """Record the answer of a board as one command that one undo takes back; return the decision.

    Each condition becomes an action with its owner and day, tied to decision and meeting, and with a gate a condition
    of that gate too. Raises Invalid with everything that is wrong, TrackerError when something is gone.
    """
    _refuse_misfit(answer)
    board = meeting(store, board_uid)
    if board.status in CLOSED:
        raise TrackerError(f"The minutes of {board.ref} are approved: a decision taken now needs a later meeting.")
    if board.meets_on > by.today:
        meets = f"{board.ref} meets on {show_date(board.meets_on)}"
        raise TrackerError(f"{meets}: nothing can have been decided there yet.")
    day = answer.on or min(board.meets_on, by.today)
    with editing(store, by, "board.decide", reason=f"Decided at {board.ref}") as edit:
        before = _undecided(store, decision_uid)
        saved = edit.change(Decision, decision_uid, _answered(store, before, board, answer, day), anew=("status",))
        # What each condition asks for is added here, so nobody needs to be told to do it.
        notes = [note for note in saved.notes if note.code != "decision.conditions"]
        ties = {"pilot": before["pilot"], "decision": decision_uid, "board": board.uid, "gate": answer.gate}
        for condition in answer.conditions:
            notes += _add_action(edit, condition, ties, day, answer.waived)
        if answer.outcome != DEFERRED and before["pilot"]:
            notes += _settle_pilot(edit, before["pilot"], saved.ref, day)
    notes += quorum_notes(store, board, decision_uid)
    if board.status in OPEN_TO_FREEZE:
        notes.append(Note("board.not_held_yet", f"{board.ref} is not recorded as held yet.", board=board.ref))
    return saved._replace(notes=tuple(notes))


def decide_as_typed(
    store: Store,
    decision: str,
    board: str,
    answer: Answer,
    by: Acting,
    *,
    conditions: Sequence[str] = (),
    owner: str = "",
    due: str = "",
    gate: str = "",
) -> Saved:
    """Record the answer of a board with everything that is named in texts; ``answer`` gives the rest.

    Without a board it is the decision's own. Raises TrackerError when something is not found, else as ``decide``.
    """
    uid = resolve_ref(store, "decision", decision).uid
    if board:
        board_uid = resolve_ref(store, "board", board).uid
    else:
        asked = record(store, Decision, uid)
        if asked is None:
            raise gone(Decision)
        if asked.board is None:
            raise TrackerError(f"{asked.ref} is put down for no meeting.", "decision.no_board", decision=asked.ref)
        board_uid = asked.board
    roles = roles_at(store, board_uid)
    answer = answer._replace(
        conditions=tuple(read_conditions(store, conditions, by.today, owner=owner, due=due, roles=roles)),
        gate=resolve_ref(store, "gate", gate).uid if gate else None,
    )
    return decide(store, uid, board_uid, answer, by)


def _refuse_misfit(answer: Answer) -> None:
    problems = []
    if answer.outcome not in OUTCOMES:
        problems.append(Problem("outcome", "answer.outcome", f"A board answers with one of: {', '.join(OUTCOMES)}."))
    if answer.outcome == WITH_CONDITIONS and not answer.conditions:
        problems.append(
            Problem(
                "conditions",
                "answer.no_conditions",
                "Approved with conditions needs at least one, with its owner and date.",
            )
        )
    if answer.conditions and answer.outcome != WITH_CONDITIONS:
        problems.append(
            Problem(
                "conditions",
                "answer.conditions",
                f"Conditions go with approved with conditions, not with {humanise(answer.outcome).lower()}.",
            )
        )
    if answer.gate and not answer.conditions:
        problems.append(Problem("gate", "answer.gate", "A gate is named for conditions, and there are none."))
    for condition in answer.conditions:
        if not condition.owner:
            becomes = f"Condition “{condition.text}” becomes an action"
            problems.append(
                Problem("conditions", "answer.owner", f"{becomes}: say who owns it (“…; owner NAME; due DATE”).")
            )
    if problems:
        raise Invalid(problems)


def _undecided(store: Store, uid: str) -> Values:
    values, ref, _ = present(store, Decision, uid)
    if values["status"] in ("taken", "withdrawn"):
        state = "taken already" if values["status"] == "taken" else "withdrawn"
        raise TrackerError(f"{ref} is {state}.", "decision.decided", decision=ref)
    return values


def _answered(store: Store, before: Values, board: BoardMeeting, answer: Answer, day: date) -> Values:
    """Return the fields of a decision that an answer sets."""
    new: Values = {"board": board.uid}
    if answer.rationale is not None or before["status"] == DEFERRED:  # why it was deferred is not why it is taken
        new["rationale"] = answer.rationale
    if answer.review_on is not None:
        new["review_on"] = answer.review_on
    if answer.outcome == DEFERRED:
        return {**new, "status": "deferred"}
    body = body_of(store, board)
    names = [body.name] if body is not None else [programme.board_name for programme in records(store, Programme)]
    decided_by = before["decided_by"] or next(iter(names), "Board")
    return {**new, "status": "taken", "outcome": answer.outcome, "decided_on": day, "decided_by": decided_by}


def _settle_pilot(edit: Edit, uid: str, ref: str, day: date) -> list[Note]:
    """Take out the decision date of a pilot that a decision has met; return what the pilot's record still says.

    It stays where another decision about the pilot is still sought, and where it lies after the day of the decision.
    """
    pilot = record(edit.store, Pilot, uid)
    if pilot is None or pilot.deleted_at is not None:
        return []
    decisions = records(edit.store, Decision, pilot=uid)
    sought = [decision.ref for decision in decisions if decision.status in ("draft", "sought")]
    notes = []
    if pilot.decision_due is not None and not sought and earliest(pilot.decision_due) <= day:
        edit.change(Pilot, uid, {"decision_due": None})
        met = f"The decision date of {pilot.ref}, {date_or(pilot.decision_due)}, is met by {ref} and taken out"
        notes.append(Note("decision.date_met", f"{met}.", pilot=pilot.ref))
    if not pilot.has_ended:
        phase = humanise(pilot.phase).lower() if pilot.phase else "a phase that is not stated"
        sentence = f"{pilot.ref} stays in {phase}: say its phase, outcome and dates where the decision changes them."
        notes.append(Note("decision.pilot_stays", sentence, pilot=pilot.ref))
    return notes


def _add_action(edit: Edit, condition: NewCondition, ties: Values, day: date, waived: tuple[str, ...]) -> list[Note]:
    """Add what a condition asks for; return what the user should know of it."""
    due = condition.due or condition_due(day, None, edit.by.today)
    values = condition.fields(due)
    action = edit.add(Action, {**values, **ties}, waived=waived)
    notes = [condition_note(action, condition, due)]
    if ties["gate"] is not None:
        demand = edit.add(Condition, {**values, "gate": ties["gate"]}, waived=waived)
        gate = stored(edit.store, Gate, ties["gate"]).ref
        notes.append(Note("condition.of_gate", f"{demand.ref} asks the same of gate {gate}."))
    return notes
