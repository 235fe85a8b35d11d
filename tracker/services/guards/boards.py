"""Rules of board meetings: their states only go forward, and what was approved or frozen stays as it is."""

from datetime import date
from itertools import pairwise
from typing import Any

from tracker.entities import entity
from tracker.errors import Problem, TrackerError
from tracker.fields import humanise
from tracker.rules.boards import cycle as rules
from tracker.rules.when import show_date
from tracker.services.guards import services_and_journeys as guarding_records
from tracker.services.guards.guard import setting
from tracker.storage.queries import Condition, Query, record, records
from tracker.storage.store import Acting, Store

Values = dict[str, Any]
Said = tuple[list[Problem], list[str]]  # problems, notes

OF_A_BOARD = ("board", "item", "attendee")  # what approved minutes close
TOO_EARLY = "published_on"  # what a publication before its day is said of
ANSWER = ("status", "outcome", "decided_on", "decided_by", "rationale", "board")


def meeting_of(store: Store, values: Values | None) -> Any | None:
    """Return the meeting that a record belongs to; None without one."""
    return record(store, "board", values["board"]) if values and values.get("board") else None


def _of_board(store: Store, kind: str, uid: str) -> list[Any]:
    return list(records(store, Query(kind, (Condition("board", "=", uid),))))


def _differ(values: Values, before: Values) -> list[str]:
    return [name for name in before if name not in ("uid", "created_by") and values.get(name) != before.get(name)]


def hold_open(store: Store, kind: str, uid: str) -> None:
    """Raise TrackerError when a record may be neither removed nor restored, since approved minutes closed it."""
    if kind not in OF_A_BOARD:
        return
    found: Any = record(store, kind, uid)
    meeting: Any = found if kind == "board" else meeting_of(store, {"board": getattr(found, "board", None)})
    if meeting is not None and meeting.status in rules.CLOSED:
        raise TrackerError(rules.closed_words(found.ref, meeting))
    if kind == "board" and meeting is not None and meeting.snapshot:
        raise TrackerError(f"{meeting.ref} has frozen papers, so it is not removed: they prove what was shown.")


def board(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold a meeting to its cycle: one step at a time, forward, and nothing else once its minutes are approved."""
    status = values.get("status") or "planned"
    if before is None:
        return _new_board(values, status, by)
    found: Any = record(store, "board", before["uid"])
    changed = _differ(values, before)
    if before["status"] in rules.CLOSED:
        allowed = {"status", "published_on"} if status == "published" else set()
        if [name for name in changed if name not in allowed]:
            return [Problem(changed[0], "board.changed", rules.closed_words(found.ref, found))], []
    problems, notes = _dates(values), []
    if status != before["status"]:
        problems += _step(found, values, before["status"], status, by)
        problems += _before_its_day(store, found, values) if status == "published" and not problems else []
        if status == "held" and found.snapshot is None:
            notes.append(f"{found.ref} was held without frozen papers: nothing proves what it was shown.")
    fixed = [name for name in ("meets_on", "as_of") if name in changed]
    if fixed and found.snapshot:
        if before["status"] == "frozen":
            notes.append(f"The frozen papers do not change: “tracker board freeze {found.ref}” makes new ones.")
        else:
            label = entity("board").labels()[fixed[0]]
            problems.append(
                Problem(
                    fixed[0], "board.fixed", f"{label} stays: {found.ref} was held with papers frozen for that day."
                )
            )
    return problems, notes


def _new_board(values: Values, status: str, by: Acting) -> Said:
    if status == "frozen":
        told = "A meeting becomes frozen with “tracker board freeze”, which keeps what it is shown."
        return [Problem("status", "new_board.status", told)], []
    problems = _dates(values)
    if status not in rules.UNFROZEN and values.get("meets_on") and values["meets_on"] > by.today:
        problems.append(Problem("status", "new_board.status", _ahead(values, status)))
    return problems + _evidence_of(values, status), []


def _ahead(values: Values, status: str) -> str:
    return f"It meets on {show_date(values['meets_on'])}, so it cannot be {humanise(status).lower()} yet."


def _step(found: Any, values: Values, old: str, new: str, by: Acting) -> list[Problem]:
    wrong = rules.refusal(found.ref, old, new)
    if not wrong and new == "frozen":
        wrong = f"{found.ref} is frozen with “tracker board freeze {found.ref}”, which keeps what it is shown."
    if not wrong and new not in rules.UNFROZEN and values["meets_on"] > by.today:
        wrong = _ahead(values, new)
    return [Problem("status", "step.status", wrong)] if wrong else _evidence_of(values, new)


def _before_its_day(store: Store, found: Any, values: Values) -> list[Problem]:
    """Return a problem when a meeting would be published sooner after its minutes than the programme allows."""
    day: date | None = values.get("published_on")
    wrong = rules.not_yet_public(found, setting(store, "publication_delay_days"), day) if day else ""
    return [Problem(TOO_EARLY, "before_its_day.TOO_EARLY", wrong)] if wrong else []


def _evidence_of(values: Values, status: str) -> list[Problem]:
    """Return what approved and published need to be known of."""
    problems = []
    if status in rules.CLOSED and not values.get("approved_by"):
        problems.append(Problem("approved_by", "evidence_of.approved_by", "Minutes are approved by somebody: say who."))
    if status in rules.CLOSED and not values.get("approved_on"):
        problems.append(Problem("approved_on", "evidence_of.approved_on", "Minutes are approved on a day: say which."))
    if status == "published" and not values.get("published_on"):
        problems.append(Problem("published_on", "evidence_of.published_on", "Say on which day it was published."))
    return problems


def _dates(values: Values) -> list[Problem]:
    labels = entity("board").labels()
    order = ("meets_on", "approved_on", "published_on")
    return [
        Problem(
            later, "dates.later", f"{labels[later]} ({show_date(values[later])}) is before {labels[first].lower()}."
        )
        for first, later in pairwise(order)
        if values.get(first) and values.get(later) and values[later] < values[first]
    ]


def _closed(store: Store, kind: str, values: Values, before: Values | None) -> list[Problem]:
    """Return a problem when the meeting of a record, or the one it came from, has approved minutes."""
    for side in (before, values):
        meeting = meeting_of(store, side)
        if meeting is not None and meeting.status in rules.CLOSED:
            name = f"this {entity(kind).noun}" if before is not None else f"the list of {entity(kind).plural}"
            return [Problem("board", "closed.board", rules.closed_words(name, meeting))]
    return []


def item(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Give an item the next place of the agenda, or hold that no other item has its place."""
    problems = _closed(store, "item", values, before)
    if problems or not values.get("board"):
        return problems, []
    own = before["uid"] if before else ""
    others = {
        one.item_order: one.ref
        for one in _of_board(store, "item", values["board"])
        if one.uid != own and one.item_order
    }
    order, free = values.get("item_order"), max(others, default=0) + 1
    if order is None:
        values["item_order"] = free
    elif order in others:
        told = f"Order ({order}) is that of {others[order]} already: no two items have one place. {free} is free."
        return [Problem("item_order", "item.item_order", told)], []
    return [], _about_decision(store, values)


def _about_decision(store: Store, values: Values) -> list[str]:
    if not values.get("decision"):
        return []
    asked: Any = record(store, "decision", values["decision"])
    meeting = meeting_of(store, values)
    if asked is None or meeting is None or asked.board == values["board"]:
        return []
    return [
        f"{asked.ref} is not put down for {meeting.ref} yet: “tracker decision set {asked.ref} --board {meeting.ref}”."
    ]


def attendee(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold that a person is on the list of a meeting once."""
    problems = _closed(store, "attendee", values, before)
    if problems or not values.get("board"):
        return problems, []
    own = before["uid"] if before else ""
    for one in _of_board(store, "attendee", values["board"]):
        if one.person == values.get("person") and one.uid != own:
            told = f"{one.ref} has this person for this meeting already: “tracker attendee set {one.ref} …” changes it."
            return [Problem("person", "attendee.person", told)], []
    notes = []
    if values.get("attendance") == "deputy" and not values.get("deputy"):
        notes.append("Say in which role the deputy came: --deputy “…”.")
    return [], notes


def correction(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold a correction to an item of its own meeting, and say when there is nothing frozen to be corrected."""
    meeting = meeting_of(store, values)
    about: Any = record(store, "item", values["item"]) if values.get("item") else None
    if about is not None and meeting is not None and about.board != meeting.uid:
        return [Problem("item", "correction.item", f"Agenda item ({about.ref}) is not of {meeting.ref}.")], []
    if meeting is not None and meeting.status in rules.UNFROZEN:
        return [], [f"Nothing of {meeting.ref} is frozen or approved yet: the record itself can be mended."]
    return [], []


def acceptance(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold that a warning is accepted once, and before the meeting."""
    meeting = meeting_of(store, values)
    if meeting is None:
        return [], []
    if meeting.status not in rules.OPEN_TO_FREEZE:
        told = f"{meeting.ref} is {humanise(meeting.status).lower()}: its papers are frozen for good."
        return [Problem("board", "acceptance.board", told)], []
    for one in _of_board(store, "acceptance", meeting.uid):
        if one.warning == values.get("warning"):
            return [
                Problem(
                    "warning", "acceptance.warning", f"{one.ref} accepted it for {meeting.ref} already: {one.because}"
                )
            ], []
    return [], []


def snapshot(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Say when nothing is stored under the hash: only “tracker board freeze” makes a snapshot that can be verified."""
    from tracker.storage.snapshots import get

    if get(store, str(values.get("sha256"))) is None:
        return [], ["Nothing is stored under this hash, so the snapshot proves nothing."]
    return [], []


def decision(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold a decision to its own rules, and its answer to the minutes in which it stands."""
    problems, notes = guarding_records.decision(store, values, before, by)
    was, now = meeting_of(store, before), meeting_of(store, values)
    if before is not None and was is not None and was.status in rules.CLOSED:
        changed = [name for name in _differ(values, before) if name in ANSWER]
        if changed and before.get("status") == "taken":
            told = rules.closed_words("what was decided", was)
            return [*problems, Problem(changed[0], "decision.changed", told)], notes
    if now is None or (was is not None and was.uid == now.uid):
        return problems, notes
    if values.get("status") in ("draft", "sought") and now.status not in rules.OPEN_TO_FREEZE:
        told = f"{now.ref} is {humanise(now.status).lower()}: a decision that is still sought needs a later meeting."
        problems.append(Problem("board", "decision.board", told))
    return problems, notes


def action(store: Store, values: Values, before: Values | None, by: Acting) -> Said:
    """Hold the list of what a meeting agreed to the minutes that were approved."""
    was, now = meeting_of(store, before), meeting_of(store, values)
    if before is not None and values.get("board") == before.get("board"):
        return [], []
    for meeting in (was, now):
        if meeting is not None and meeting.status in rules.CLOSED:
            return [Problem("board", "action.board", rules.closed_words("the list of what it agreed", meeting))], []
    return [], []
