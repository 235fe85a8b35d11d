"""The minutes of a meeting, made from its records: attendance, interests, and item by item what came of it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from typing import NamedTuple

from tracker.entities import (
    Action,
    AgendaItem,
    BoardAttendee,
    BoardCorrection,
    BoardMeeting,
    Body,
    Decision,
    Entity,
    Person,
    Programme,
)
from tracker.errors import Note, TrackerError
from tracker.reports.files.canonical import digest
from tracker.reports.model import Report
from tracker.reports.papers.minutes import build_minutes
from tracker.reports.render.heading import DIGEST_SHOWN
from tracker.reports.visible.paper import sayable_paper
from tracker.rules.boards.agenda import numbered
from tracker.rules.boards.cycle import CLOSED, OPEN_TO_FREEZE
from tracker.rules.day import Hidden
from tracker.rules.visible.sight import Sight, hidden_words, sight
from tracker.rules.wording import counted
from tracker.services.board.cycle import advance, approve, meeting, records_of_board
from tracker.services.evidence import closed_now, everything
from tracker.services.records.finding import read_values
from tracker.services.records.writing import Saved, change
from tracker.storage import Acting, Store, link, records
from tracker.storage.journal.asof import as_of_tx
from tracker.storage.journal.history import head, of_record

OF_MEETING: tuple[type[Entity], ...] = (BoardAttendee, Decision, Action)  # beside its items and corrections


def minutes(store: Store, uid: str) -> Report:
    """Return the minutes of a meeting as a paper: a draft until they are approved, and then what was approved.

    Whatever became of decisions and actions since is not in them; corrections are. Restricted records are left out.
    Raises TrackerError when it was not held yet.
    """
    board = meeting(store, uid)
    if board.status in OPEN_TO_FREEZE:
        raise TrackerError(f"{board.ref} was not held yet as recorded.", "board.not_held", board=board.ref)
    return _report(store, board, records_of_board(store, BoardCorrection, board.uid), by_approval=False)


class Issue(NamedTuple):
    """Minutes as they were handed out: the meeting, the paper, and what is to be said of it since (empty: nothing)."""

    board: BoardMeeting
    report: Report
    since: str


def issues(store: Store, board: BoardMeeting) -> Iterator[Issue]:
    """Yield the approved minutes of a meeting as they may have been handed out, the newest first; none of a draft.

    They differ by the corrections that had been listed, and by what was restricted: now, or when they were approved.
    """
    if board.status not in CLOSED:
        return
    corrections = records_of_board(store, BoardCorrection, board.uid)
    for by_approval in (False, True):
        for number in range(len(corrections), -1, -1):
            since = []
            if number < len(corrections):
                since.append(f"{counted(len(corrections) - number, 'correction')} came later.")
            if by_approval:
                since.append("Something that they tell is restricted since: members alone may read them.")
            report = _report(store, board, corrections[:number], by_approval=by_approval)
            yield Issue(board, report, " ".join(since))


def issue(store: Store, uid: str, person: str, by: Acting, *, on: date | None = None) -> Saved:
    """Record that a person (a uid) approved the minutes, and say which code stands on them. Raises Invalid."""
    saved = approve(store, uid, person, by, on=on)
    code = digest(minutes(store, uid))[:DIGEST_SHOWN]
    return saved._replace(notes=(*saved.notes, Note("board.minutes_code", f"At the foot of the minutes: Data {code}.")))


def _report(store: Store, board: BoardMeeting, corrections: Sequence[BoardCorrection], *, by_approval: bool) -> Report:
    """Return minutes without what is restricted now, or what was when they were approved (``by_approval``)."""
    frozen = link(store, "snapshot", board.snapshot)
    pack = frozen.ref if frozen else ""
    with _as_approved(store, board) as file:
        judge = file if by_approval else store
        closed = closed_now(judge)
        views = _views(file, board, corrections, closed)
        make = partial(build_minutes, board=board, pack=pack, head=head(file))
        if not closed.uids and not views.hides:
            return make(views.visible)
        # Somebody may have written of any hidden record in what was said.
        words = hidden_words(sight(board.meets_on, everything(judge), closed=closed))
    return sayable_paper(make(views.visible), make(views.masked), words)


def _as_approved(store: Store, board: BoardMeeting) -> AbstractContextManager[Store]:
    """Return the file right after the command that approved the minutes of a meeting; as it is, before they are."""
    approvals = [
        change.tx
        for change in of_record(store, board.uid)
        if change.field == "status" and change.new == "minutes_approved" and change.tx is not None
    ]
    if board.status not in CLOSED or not approvals:
        return nullcontext(store)
    return as_of_tx(store, approvals[-1], board.meets_on)


def _views(store: Store, board: BoardMeeting, corrections: Sequence[BoardCorrection], closed: Hidden) -> Sight:
    """Return the records of a meeting with and without what minutes may not show, with all people and the programme."""
    of_meeting = (record for register in OF_MEETING for record in records_of_board(store, register, board.uid))
    items = numbered(records_of_board(store, AgendaItem, board.uid))
    around = (record for register in (Programme, Person, Body) for record in records(store, register))
    gone = records(store, Person, deleted=True)
    return sight(board.meets_on, (*items, *of_meeting, *corrections, *around, *gone), closed=closed)


def draft(store: Store, uid: str, by: Acting) -> tuple[Report, bool]:
    """Return the minutes, and whether drafting them began now: a meeting that was held goes on to draft minutes."""
    begins = meeting(store, uid).status == "held"
    if begins:
        advance(store, uid, "minutes_draft", by, "board.minutes")
    return minutes(store, uid), begins


def write(store: Store, item_uid: str, text: str, by: Acting) -> Saved:
    """Set the minutes of an agenda item. Raises Invalid when they are too long, or the minutes are approved."""
    values, notes = read_values(store, "item", {"minutes": text}, by.today)
    saved = change(store, "item", item_uid, values, by)
    return saved._replace(notes=(*notes, *saved.notes))
