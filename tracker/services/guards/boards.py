"""Rules of board meetings: their states only go forward, and what was approved or frozen stays as it is."""

import re
from datetime import date
from itertools import pairwise

from tracker.entities import AcceptedWarning, AgendaItem, BoardAttendee, BoardMeeting, Decision, Entity, Holiday, Member
from tracker.errors import TrackerError
from tracker.fields import humanise
from tracker.rules.boards import cycle as rules
from tracker.rules.boards.working_days import SATURDAY
from tracker.rules.wording import show_date
from tracker.services.guards.guard import Proposal, Values, settings_of
from tracker.storage import Store, record, records

EARLY = "published.early"  # the code of the problem that a reason overrides
NOT_BY_HAND = "board.frozen"  # that of the one which freezing itself overrides
ANSWER = ("status", "outcome", "decided_on", "decided_by", "rationale", "board")
NOTHING = (
    r"\b(nothing|no change|unchanged|status quo|as (now|before|today|it is|they are|we are)|remain|stays?|"
    r"keep|leave|carry on|continue|wait|not (to )?\w+)\b"
)


def _meeting_before(proposal: Proposal) -> BoardMeeting | None:
    """Return the meeting that a record belongs to as it stands in the file; None without one."""
    return record(proposal.store, BoardMeeting, proposal.before["board"]) if proposal.before else None


def hold_open(store: Store, register: type[Entity], uid: str) -> None:
    """Raise TrackerError when a record may be neither removed nor restored, since approved minutes closed it."""
    meeting: BoardMeeting | None
    if register is BoardMeeting:
        meeting = record(store, BoardMeeting, uid)
        ref = meeting.ref if meeting else ""
    else:
        part = record(store, register, uid)
        ref = part.ref if part else ""
        meeting = record(store, BoardMeeting, getattr(part, "board", ""))
    if meeting is not None and meeting.status in rules.CLOSED:
        raise TrackerError.of(rules.closed_words(ref, meeting))
    if register is BoardMeeting and meeting is not None and meeting.snapshot:
        raise TrackerError(f"{ref} has frozen papers, so it is not removed: they prove what was shown.")


def board(proposal: Proposal) -> None:
    """Hold a meeting to its cycle: one step at a time, forward, and nothing else once its minutes are approved."""
    _note_day_off(proposal)
    before = proposal.before
    status = proposal["status"] or "planned"
    meeting = record(proposal.store, BoardMeeting, proposal.uid) if before else None
    if before is None or meeting is None:
        _hold_new_meeting(proposal, status)
        return
    changed = _changes(proposal, before)
    allowed = ("status", "published_on") if status == "published" else ()
    if meeting.status in rules.CLOSED and set(changed).difference(allowed):
        closed = rules.closed_words(meeting.ref, meeting)
        proposal.refuse(changed[0], closed.code, closed, **closed.values)
        return
    earlier = len(proposal.problems)
    _hold_dates(proposal)
    if status != meeting.status:
        _hold_step(proposal, meeting, status)
    if status == "published" != meeting.status and len(proposal.problems) == earlier:
        _hold_delay(proposal, meeting)
    moved = [name for name in ("meets_on", "as_of") if name in changed]
    if moved and meeting.snapshot:
        if meeting.status == "frozen":
            proposal.note("board.refreeze", "The frozen papers do not change.", board=meeting.ref)
        else:
            label = proposal.register.labels()[moved[0]]
            proposal.refuse(
                moved[0],
                "board.held_with_papers",
                f"{label} stays: {meeting.ref} was held with papers frozen for that day.",
            )


def _changes(proposal: Proposal, before: Values) -> list[str]:
    return [name for name in before if name not in ("uid", "created_by") and proposal.changed(name)]


def _hold_new_meeting(proposal: Proposal, status: str) -> None:
    meets_on = proposal["meets_on"]
    if status == "frozen":
        proposal.refuse(
            "status",
            "board.new_frozen",
            "A meeting becomes frozen when its papers are frozen, which keeps what it is shown.",
        )
        return
    _hold_dates(proposal)
    if status not in rules.UNFROZEN and meets_on and meets_on > proposal.by.today:
        proposal.refuse("status", "board.ahead", _ahead(meets_on, status))
    _hold_evidence(proposal, status)


def _ahead(meets_on: date, status: str) -> str:
    return f"It meets on {show_date(meets_on)}, so it cannot be {humanise(status).lower()} yet."


def _hold_step(proposal: Proposal, meeting: BoardMeeting, status: str) -> None:
    refusal = rules.refusal(meeting.ref, meeting.status, status)
    if refusal:
        proposal.refuse("status", refusal.code, refusal, **refusal.values)
    elif status == "frozen":
        proposal.refuse(
            "status",
            NOT_BY_HAND,
            f"{meeting.ref} is frozen with its papers, which keeps what it is shown.",
            board=meeting.ref,
        )
    elif status not in rules.UNFROZEN and proposal.values["meets_on"] > proposal.by.today:
        proposal.refuse("status", "board.ahead", _ahead(proposal.values["meets_on"], status))
    else:
        _hold_evidence(proposal, status)
    if status == "held" and meeting.snapshot is None:
        proposal.note(
            "board.no_papers", f"{meeting.ref} was held without frozen papers: nothing proves what it was shown."
        )


def _hold_delay(proposal: Proposal, meeting: BoardMeeting) -> None:
    """Hold that a meeting is published no sooner after its minutes than the programme allows."""
    delay = settings_of(proposal.store).publication_delay_days
    early = rules.not_yet_public(meeting, delay, proposal.values["published_on"])
    if early:
        proposal.refuse("published_on", EARLY, early)


def _hold_evidence(proposal: Proposal, status: str) -> None:
    """Hold what approved and published need to be known of."""
    if status in rules.CLOSED and not proposal["approved_by"]:
        proposal.refuse("approved_by", "needed", "Minutes are approved by somebody: say who.")
    if status in rules.CLOSED and not proposal["approved_on"]:
        proposal.refuse("approved_on", "needed", "Minutes are approved on a day: say which.")
    if status == "published" and not proposal["published_on"]:
        proposal.refuse("published_on", "needed", "Say on which day it was published.")


def _hold_dates(proposal: Proposal) -> None:
    labels = proposal.register.labels()
    for first, later in pairwise(("meets_on", "approved_on", "published_on")):
        start = proposal[first]
        end = proposal[later]
        if start and end and end < start:
            proposal.refuse(later, "order", f"{labels[later]} ({show_date(end)}) is before {labels[first].lower()}.")


def _refuse_closed(proposal: Proposal) -> bool:
    """Refuse a record when its meeting, or the one it came from, has approved minutes; return whether one has."""
    subject = f"the list of {proposal.register.plural}"
    if proposal.before is not None:
        subject = f"this {proposal.register.noun}"
    return _refuse_for(proposal, "board", subject, _meeting_before(proposal), proposal.linked(BoardMeeting, "board"))


def _refuse_for(proposal: Proposal, field: str, subject: str, *meetings: BoardMeeting | None) -> bool:
    for meeting in meetings:
        if meeting is not None and meeting.status in rules.CLOSED:
            closed = rules.closed_words(subject, meeting)
            proposal.refuse(field, closed.code, closed, **closed.values)
            return True
    return False


def item(proposal: Proposal) -> None:
    """Give an item the next place of the agenda, or hold that no other item has its place."""
    if _refuse_closed(proposal) or not proposal["board"]:
        return
    items = records(proposal.store, AgendaItem, board=proposal["board"])
    places = {
        earlier.item_order: earlier.ref for earlier in items if earlier.uid != proposal.uid and earlier.item_order
    }
    order = proposal["item_order"]
    free = max(places, default=0) + 1
    if order is None:
        proposal.values["item_order"] = free
    elif order in places:
        in_use = f"Order ({order}) is that of {places[order]} already"
        proposal.refuse("item_order", "item.order", f"{in_use}: no two items have one place. {free} is free.")
        return
    decision = proposal.linked(Decision, "decision")
    meeting = proposal.linked(BoardMeeting, "board")
    if decision is not None and meeting is not None and decision.board != meeting.uid:
        proposal.note(
            "item.decision",
            f"{decision.ref} is not put down for {meeting.ref} yet.",
            decision=decision.ref,
            board=meeting.ref,
        )


def attendee(proposal: Proposal) -> None:
    """Hold that a person is on the list of a meeting once."""
    if _refuse_closed(proposal) or not proposal["board"]:
        return
    for earlier in records(proposal.store, BoardAttendee, board=proposal["board"]):
        if earlier.person == proposal["person"] and earlier.uid != proposal.uid:
            proposal.refuse(
                "person",
                "attendee.twice",
                f"{earlier.ref} has this person for this meeting already.",
                attendee=earlier.ref,
            )
            return
    _hold_vote(proposal)
    left_before = proposal.linked(AgendaItem, "left_before")
    if left_before is not None and left_before.board != proposal["board"]:
        proposal.refuse("left_before", "attendee.left", f"{left_before.ref} is an item of another meeting.")
    if proposal["attendance"] == "deputy" and not proposal["deputy"]:
        proposal.note("attendee.deputy", "Say in which role the deputy came.")


def _note_day_off(proposal: Proposal) -> None:
    """Say of a meeting that nobody may be at work on its day."""
    day = proposal["meets_on"]
    if day is None or not proposal.changed("meets_on"):
        return
    names = [holiday.name for holiday in records(proposal.store, Holiday) if holiday.falls_on == day]
    if day.weekday() >= SATURDAY:
        names = [f"a {day:%A}"]
    if names:
        proposal.note("board.day_off", f"{show_date(day)} is {names[0]}.")


def _hold_vote(proposal: Proposal) -> None:
    """Let nobody count towards a quorum who is no member of the body on the day, unless somebody says so."""
    meeting = proposal.linked(BoardMeeting, "board")
    if meeting is None or meeting.body is None or not proposal.changed("person", "board", "votes"):
        return
    members = records(proposal.store, Member, body=meeting.body)
    serve = {member.person for member in members if rules.serves(member, meeting.meets_on)}
    if not members or proposal["votes"] is not None or proposal["person"] in serve:
        return
    proposal.values["votes"] = False
    sentence = f"No member of the body on {show_date(meeting.meets_on)}, so not counted towards the quorum."
    proposal.note("attendee.no_member", sentence)


def correction(proposal: Proposal) -> None:
    """Hold a correction to an item of its own meeting, and note that there is nothing frozen to be corrected."""
    meeting = proposal.linked(BoardMeeting, "board")
    item = proposal.linked(AgendaItem, "item")
    if meeting is None:
        return
    if item is not None and item.board != meeting.uid:
        proposal.refuse("item", "correction.item", f"Agenda item ({item.ref}) is not of {meeting.ref}.")
    elif meeting.status in rules.UNFROZEN:
        proposal.note(
            "correction.open", f"Nothing of {meeting.ref} is frozen or approved yet: the record itself can be mended."
        )


def acceptance(proposal: Proposal) -> None:
    """Hold that a warning is accepted once, and before the meeting."""
    meeting = proposal.linked(BoardMeeting, "board")
    if meeting is None:
        return
    if meeting.status not in rules.OPEN_TO_FREEZE:
        proposal.refuse(
            "board",
            "acceptance.too_late",
            f"{meeting.ref} is {humanise(meeting.status).lower()}: its papers are frozen for good.",
        )
        return
    for earlier in records(proposal.store, AcceptedWarning, board=meeting.uid):
        if earlier.warning == proposal["warning"]:
            proposal.refuse(
                "warning", "acceptance.twice", f"{earlier.ref} accepted it for {meeting.ref} already: {earlier.because}"
            )
            return


def snapshot(proposal: Proposal) -> None:
    """Note that nothing is stored under the hash: only freezing makes a snapshot that can be verified."""
    from tracker.storage.snapshots import get

    if get(proposal.store, str(proposal["sha256"])) is None:
        proposal.note("snapshot.empty", "Nothing is stored under this hash, so the snapshot proves nothing.")


def decision(proposal: Proposal) -> None:
    """Hold a decision that a board sees to options, its answer to who gave it, and to the minutes it stands in."""
    _hold_options(proposal)
    _hold_outcome(proposal)
    decided = proposal["decided_on"]
    review = proposal["review_on"]
    if decided and review and review < decided:
        proposal.refuse(
            "review_on",
            "order",
            f"Review on ({show_date(review)}) is before the day it was decided ({show_date(decided)}).",
        )
    old = _meeting_before(proposal)
    new = proposal.linked(BoardMeeting, "board")
    before = proposal.before
    if before is not None and before["status"] == "taken":
        changed = [name for name in _changes(proposal, before) if name in ANSWER]
        if changed and _refuse_for(proposal, changed[0], "what was decided", old):
            return
    if new is None or (old is not None and old.uid == new.uid):
        return
    if proposal["status"] in ("draft", "sought") and new.status not in rules.OPEN_TO_FREEZE:
        is_past = f"{new.ref} is {humanise(new.status).lower()}"
        proposal.refuse(
            "board", "decision.too_late", f"{is_past}: a decision that is still sought needs a later meeting."
        )


def _hold_options(proposal: Proposal) -> None:
    """Hold a decision that a board sees to two options at least; options on one line come to stand on their own."""
    text = proposal["options"] or ""
    status = proposal["status"]
    separator = "\n" if "\n" in text else ";"  # semicolons: as a shell takes them
    options = [line.strip() for line in text.split(separator) if line.strip().strip("-–—•*· ")]
    if separator == ";" and len(options) > 1:
        proposal.values["options"] = "\n".join(options)
    if status not in ("sought", "taken"):
        return
    count = len(set(options))
    if count < 2:
        needed = f"Options needs two at least when status is {status}, one on each line"
        proposal.refuse("options", "decision.options", f"{needed}; this has {count}. Doing nothing is one.")
    elif not any(re.search(NOTHING, line, re.IGNORECASE) for line in options):
        proposal.note(
            "decision.nothing", "None of the options is to do nothing: a board needs to see what happens then."
        )


def _hold_outcome(proposal: Proposal) -> None:
    status = proposal["status"]
    outcome = proposal["outcome"]
    answer = humanise(outcome or "").lower()
    if status == "taken" and outcome and outcome.startswith("approved") and not proposal["decided_by"]:
        needed = f"Decided by is needed when outcome is {answer}"
        proposal.refuse("decided_by", "needed", f"{needed}: the board, or a role that may.")
    if outcome == "approved_with_conditions" and proposal.changed("outcome"):
        proposal.note("decision.conditions", "Add an action with an owner and a date for each condition.")
    if status == "taken" and not proposal["rationale"] and proposal.changed("status"):
        proposal.note("decision.rationale", "Rationale is empty: say why it was decided so, for those who ask later.")


def action(proposal: Proposal) -> None:
    """Hold the list of what a meeting agreed to the minutes that were approved."""
    if proposal.changed("board"):
        meetings = _meeting_before(proposal), proposal.linked(BoardMeeting, "board")
        _refuse_for(proposal, "board", "the list of what it agreed", *meetings)
