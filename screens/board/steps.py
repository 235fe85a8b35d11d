"""What the keys of the board desk and the meeting do, in a worker thread: a step of the cycle, a decision, a paper."""

from collections.abc import Sequence

from screens.mending import in_a_line
from screens.work import Done, Programme
from tracker.entities import Decision
from tracker.fields import humanise
from tracker.reports.model import Report
from tracker.rules.wording import counted
from tracker.services.board import (
    checking,
    collecting,
    cycle,
    deciding,
    freezing,
    members,
    minutes,
    publishing,
    withdrawing,
)
from tracker.services.board import roll as rolls
from tracker.services.board.deciding import DEFERRED, Answer
from tracker.services.reading import record
from tracker.services.records.writing import Saved
from tracker.text import clean

SUMMARY = "summary"
PACK = "pack"


def _done(saved: Saved, result: str) -> Done:
    return Done(in_a_line(f"{saved.ref}: {result}.", *saved.notes), saved.tx)


def take_step(leads_to: str, uid: str, programme: Programme) -> Done:
    """Take a meeting to the state that a step leads to, where nothing more is asked for."""
    store = programme.store()
    by = programme.acting()
    if leads_to == "collecting":
        collected = collecting.collect(store, uid, by)
        return Done(f"Collecting has begun: {len(collected.owners)} people owe something.")
    if leads_to == "minutes_draft":
        minutes.draft(store, uid, by)
        return Done("The minutes are drafted from the records: p shows the papers.")
    step = cycle.hold if leads_to == "held" else publishing.publish
    return _done(step(store, uid, by), humanise(leads_to).lower())


def approve(person: str, uid: str, programme: Programme) -> Done:
    """Record that a person (a uid) approved the minutes."""
    return _done(minutes.issue(programme.store(), uid, person, programme.acting()), "the minutes are approved")


def freeze(uid: str, programme: Programme) -> Done:
    """Freeze the papers."""
    frozen = freezing.freeze(programme.store(), uid, programme.acting())
    return Done(in_a_line(f"Frozen as {frozen.ref}, SHA-256 {frozen.sha256[:12]}.", *frozen.notes))


def accept(warnings: Sequence[str], reason: str, uid: str, programme: Programme) -> Done:
    """Accept warnings, with one reason."""
    accepted = checking.accept(programme.store(), uid, warnings, reason, programme.acting())
    refs = ", ".join(saved.ref for saved in accepted)
    return Done(in_a_line(f"{refs}: accepted.", *accepted[0].notes), accepted[0].tx)


def withdraw(reason: str, uid: str, programme: Programme) -> Done:
    """Withdraw what was published of a meeting."""
    saved = withdrawing.withdraw(programme.store(), uid, programme.acting(), reason)
    return Done(in_a_line("Withdrawn.", *saved.notes), saved.tx)


def mark(attendee: str, attendance: str, deputy: str, programme: Programme) -> Done:
    """Record whether somebody (the uid of an attendee) was there."""
    saved = rolls.mark(programme.store(), attendee, attendance, programme.acting(), deputy=deputy)
    return _done(saved, humanise(attendance).lower())


def invite(uid: str, programme: Programme) -> Done:
    """Put the members of the body that meets down as expected."""
    invited = members.invite(programme.store(), uid, programme.acting())
    return Done(in_a_line(f"{counted(len(invited), 'member')} invited.", *invited[-1].notes), invited[0].tx)


def decide(
    decision: str,
    outcome: str,
    reason: str,
    conditions: Sequence[str],
    waived: tuple[str, ...],
    uid: str,
    programme: Programme,
) -> Done:
    """Record the answer of a board to a decision (a uid), with why and its conditions as they are typed.

    ``waived`` are the codes of problems that do not count.
    """
    from tracker.services.gates import read_conditions

    store = programme.store()
    by = programme.acting()
    answer = Answer(outcome, rationale=clean(reason).text or None, waived=waived)
    if conditions:
        answer = answer._replace(
            conditions=tuple(read_conditions(store, conditions, by.today, roles=rolls.roles_at(store, uid)))
        )
    saved = deciding.decide(store, decision, uid, answer, by)
    if outcome == DEFERRED:
        return _done(saved, "deferred")
    decided = record(store, Decision, decision)
    assert decided is not None  # it was written a moment ago
    return _done(saved, humanise(decided.outcome or "").lower())


def paper(uid: str, snapshot: str, programme: Programme, name: str) -> Report:
    """Return a paper of a meeting: as it was frozen in a snapshot (a uid), or as it is today when that is empty."""
    from tracker.services.papers import building

    store = programme.store()
    if snapshot:
        from tracker.services.board import reissuing, snapshots

        frozen = snapshots.content(store, snapshots.newest_issue(store, snapshot))
        return snapshots.paper(reissuing.for_everybody(store, frozen), name)
    board = cycle.meeting(store, uid)
    day = cycle.position_day(board, programme.today())
    make = building.pack if name == PACK else building.summary
    return make(store, day=day, since=cycle.last_shown(store, board, day), board=uid)
