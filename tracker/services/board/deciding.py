"""Recording what a board decided: the answer, its conditions as actions, and those of a gate, all in one command."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, NoReturn

from tracker.entities import entity
from tracker.errors import Invalid, Problem, TrackerError
from tracker.fields import MISSING, humanise
from tracker.rules.boards.cycle import CLOSED, OPEN_TO_FREEZE
from tracker.rules.gates import condition_due
from tracker.rules.when import show_date
from tracker.services.board.cycle import meeting
from tracker.services.gates import NewCondition, read_conditions
from tracker.services.guards.guard import guard
from tracker.services.records.finding import resolve
from tracker.services.records.writing import Saved, insert
from tracker.storage.queries import Query, record, records, stored_value
from tracker.storage.rows import current, link, update_row
from tracker.storage.store import Acting, Store, Tx

Values = dict[str, Any]
OUTCOMES = ("approved", "approved_with_conditions", "rejected", "noted", "deferred")
WITH_CONDITIONS, DEFERRED = "approved_with_conditions", "deferred"


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


def decide(store: Store, decision_uid: str, board_uid: str, answer: Answer, by: Acting) -> Saved:
    """Record the answer of a board as one command that one undo takes back; return the decision.

    Each condition becomes an action with its owner and day, tied to decision and meeting, and with a gate a condition
    of that gate too. Raises Invalid with everything that is wrong, TrackerError when something is gone.
    """
    _fitting(answer)
    board = meeting(store, board_uid)
    if board.status in CLOSED:
        raise TrackerError(f"The minutes of {board.ref} are approved: a decision taken now needs a later meeting.")
    if board.meets_on > by.today:
        raise TrackerError(
            f"{board.ref} meets on {show_date(board.meets_on)}: nothing can have been decided there yet."
        )
    try:
        with store.command(by, "board.decide", reason=f"Decided at {board.ref}") as tx:
            before, ref = _undecided(store, decision_uid)
            day = answer.on or min(board.meets_on, by.today)
            notes = _answered(store, before, _after(store, before, board, answer, day), by)
            for one in answer.conditions:
                notes += _asked(store, before, board, one, answer.gate, day, by, tx)
    except sqlite3.IntegrityError as error:
        raise TrackerError(f"The decision was not recorded: a rule of the file was broken ({error}).") from error
    if board.status in OPEN_TO_FREEZE:
        notes.append(f"{board.ref} is not recorded as held yet: “tracker board hold {board.ref}” does.")
    return Saved(decision_uid, ref, tx.id, tuple(notes))


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
    uid = resolve(store, "decision", decision).uid
    asked: Any = record(store, "decision", uid)
    meeting_uid = resolve(store, "board", board).uid if board else asked.board
    if meeting_uid is None:
        raise TrackerError(f"{asked.ref} is put down for no meeting: say which with --board.")
    answer = answer._replace(
        conditions=tuple(read_conditions(store, conditions, by.today, owner=owner, due=due)),
        gate=resolve(store, "gate", gate).uid if gate else None,
    )
    return decide(store, uid, meeting_uid, answer, by)


def _fitting(answer: Answer) -> None:
    problems = []
    if answer.outcome not in OUTCOMES:
        problems.append(Problem("outcome", "fitting.outcome", f"A board answers with one of: {', '.join(OUTCOMES)}."))
    if answer.outcome == WITH_CONDITIONS and not answer.conditions:
        told = "Approved with conditions needs at least one: --condition “TEXT; owner NAME; due DATE”."
        problems.append(Problem("conditions", "fitting.conditions", told))
    if answer.conditions and answer.outcome != WITH_CONDITIONS:
        told = f"Conditions go with approved with conditions, not with {humanise(answer.outcome).lower()}."
        problems.append(Problem("conditions", "fitting.conditions", told))
    if answer.gate and not answer.conditions:
        problems.append(Problem("gate", "fitting.gate", "A gate is named for conditions, and there are none."))
    for one in answer.conditions:
        if not one.owner:
            told = f"Condition “{one.text}” becomes an action: say who owns it (“…; owner NAME; due DATE”)."
            problems.append(Problem("conditions", "fitting.conditions", told))
    if problems:
        raise Invalid(problems)


def _gone(what: str) -> NoReturn:
    raise TrackerError(f"This {what} does not exist any more: adding it was undone.")


def _undecided(store: Store, uid: str) -> tuple[Values, str]:
    values, ref, deleted = current(store, entity("decision"), uid) or _gone("decision")
    if deleted:
        raise TrackerError(f"{ref} was removed. Bring it back first with “tracker decision restore {ref}”.")
    if values["status"] in ("taken", "withdrawn"):
        was = "taken already" if values["status"] == "taken" else "withdrawn"
        raise TrackerError(f"{ref} is {was}. “tracker decision set {ref} …” mends what is recorded of it.")
    return values, ref


def _after(store: Store, before: Values, board: Any, answer: Answer, day: date) -> Values:
    after = {**before, "board": board.uid}
    if answer.rationale is not None:
        after["rationale"] = answer.rationale
    if answer.review_on is not None:
        after["review_on"] = answer.review_on
    if answer.outcome == DEFERRED:
        return {**after, "status": "deferred"}
    named: Any = next(iter(records(store, Query("programme"))), None)
    taken = {"status": "taken", "outcome": answer.outcome, "decided_on": day}
    return {**after, **taken, "decided_by": before["decided_by"] or (named.board_name if named else "Board")}


def _answered(store: Store, before: Values, after: Values, by: Acting) -> list[str]:
    after, problems, notes = guard(store, "decision", after, before, by)
    _refuse("decision", after, problems)
    names = [field.name for field in entity("decision").settable()]
    changed = {name: stored_value(after[name]) for name in names if after[name] != before[name]}
    if changed:
        update_row(store, "decision", before["uid"], changed)
    return [note for note in notes if not note.startswith("Add an action")]  # they are added here


def _asked(
    store: Store, decision: Values, board: Any, one: NewCondition, gate: str | None, day: date, by: Acting, tx: Tx
) -> list[str]:
    """Add what a condition asks for, inside the command; return what the user should know of it."""
    due = one.due or condition_due(day, None, by.today)
    tied = {"pilot": decision["pilot"], "decision": decision["uid"], "board": board.uid, "gate": gate}
    ref = _add(store, "action", {"text": one.text, "owner": one.owner, "due": due, **tied}, by, tx)
    notes = [f"{ref} is due on {show_date(due)}: “{one.text}”."]
    if gate is not None:
        condition = {"text": one.text, "owner": one.owner, "due": due, "gate": gate}
        ref = _add(store, "condition", condition, by, tx)
        named = link(store, "gate", gate) or _gone("gate")
        notes.append(f"{ref} asks the same of gate {named.ref}.")
    return notes


def _add(store: Store, kind: str, given: Values, by: Acting, tx: Tx) -> str:
    blank = {f.name: None if f.default is MISSING else f.default for f in entity(kind).settable()}
    values, problems, _ = guard(store, kind, {**blank, **given}, None, by)
    _refuse(kind, values, problems)
    return insert(store, kind, values, by, tx)[1]


def _refuse(kind: str, values: Values, problems: Sequence[Problem]) -> None:
    """Raise Invalid with what is wrong, those of the guard first."""
    from tracker.entities.checking import problems as problems_of

    told = {problem.field for problem in problems}
    found = [*problems, *(one for one in problems_of(entity(kind), values) if one.field not in told)]
    if found:
        raise Invalid(found)
