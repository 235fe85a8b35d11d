"""The minutes of a meeting, made from its records: attendance, interests, and item by item what came of it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
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
from tracker.reports.papers.data import for_members
from tracker.reports.papers.minutes import as_worded_earlier, build_minutes
from tracker.reports.render.heading import DIGEST_SHOWN
from tracker.reports.sections.exempt import kept_back, restricted
from tracker.reports.visible.blackout import blacked_out
from tracker.reports.visible.paper import sayable_paper
from tracker.rules.boards.agenda import numbered
from tracker.rules.boards.cycle import CLOSED, OPEN_TO_FREEZE
from tracker.rules.day import Hidden
from tracker.rules.visible.sight import Sight, hidden_words, passages, sight
from tracker.rules.wording import counted
from tracker.services.board.cycle import advance, approve, meeting, records_of_board
from tracker.services.board.snapshots import MINUTES, content, paper, snapshots_of_meeting
from tracker.services.evidence import closed_now, everything
from tracker.services.papers.exempt import exempt_of
from tracker.services.records.finding import read_values
from tracker.services.records.writing import Saved, change
from tracker.storage import Acting, Store, link, records
from tracker.storage.journal.asof import as_of_tx
from tracker.storage.journal.history import head, of_record

OF_MEETING: tuple[type[Entity], ...] = (BoardAttendee, Decision, Action)  # beside its items and corrections
OWN: tuple[type[Entity], ...] = (AgendaItem, *OF_MEETING, BoardCorrection)


WORDED_EARLIER = (
    "An earlier state of the program made them. Minutes made now say “No outcome … is recorded” of every decision that "
    "was asked for without one, so their code is another; nothing else differs."
)
ISSUED_AGAIN = "Approved; issued again with passages blacked out"
KEPT_APART = (
    "Members have these in minutes of their own, which say what was discussed of them. Where a record of the "
    "meeting is to be open to the public, it is this one."
)


def minutes(store: Store, uid: str, *, members: bool = False) -> Report:
    """Return the minutes of a meeting as a paper: a draft until they are approved, and then what was approved.

    Whatever became of decisions and actions since is not in them; corrections are. Restricted records are left out and
    counted; ``members``: they are there, for members alone. Raises TrackerError when it was not held yet, or nothing is
    restricted that members alone could read.
    """
    board = meeting(store, uid)
    if board.status in OPEN_TO_FREEZE:
        raise TrackerError(f"{board.ref} was not held yet as recorded.", "board.not_held", board=board.ref)
    everybody, in_full = both_minutes(store, board)
    if not members:
        return everybody
    if in_full is None:
        raise TrackerError(f"Nothing is restricted in the minutes of {board.ref}: members have those of everybody.")
    return in_full


def both_minutes(store: Store, board: BoardMeeting) -> tuple[Report, Report | None]:
    """Return the minutes for everybody, and those for members alone; None where nothing in them is restricted.

    Where they were issued again, those for everybody have the passages blacked out.
    """
    with _as_approved(store, board) as file:
        versions = _versions(_Sources(store, file, store), board, records_of_board(store, BoardCorrection, board.uid))
    again = _issued_again(store, board)
    if not again:
        return versions.everybody, versions.members
    words = frozenset[str]().union(*(telling for _, telling in passages(sight(board.meets_on, everything(store)))))
    return blacked_out(_as_corrected(again[0], versions.everybody), words), versions.members


def as_handed_out(store: Store, board: BoardMeeting) -> Report | None:
    """Return approved minutes as everybody got them last, whatever was restricted since; None of a draft."""
    if board.status not in CLOSED:
        return None
    return next(iter(_issued_again(store, board)), None) or as_approved(store, board)


def as_approved(store: Store, board: BoardMeeting) -> Report:
    """Return minutes with what was open when they were approved, be it restricted since."""
    with _as_approved(store, board) as file:
        corrections = records_of_board(store, BoardCorrection, board.uid)
        return _versions(_Sources(store, file, file), board, corrections).everybody


def left_out_since(store: Store, board: BoardMeeting) -> Note | None:
    """Return that minutes for everybody are not those that were approved; None where they are, or were issued again."""
    handed_out = as_handed_out(store, board)
    if handed_out is None or both_minutes(store, board)[0].sections[:-1] == handed_out.sections[:-1]:
        return None
    sentence = f"What was restricted since the minutes of {board.ref} were handed out is left out of them, unmarked."
    return Note("board.left_out", sentence, board=board.ref)


def with_passages_black(store: Store, board: BoardMeeting, words: Collection[str]) -> Report | None:
    """Return approved minutes to be issued again, with some words blacked out; None where they would say the same."""
    before = as_handed_out(store, board)
    if before is None:
        return None
    everybody, _ = both_minutes(store, board)
    report = blacked_out(everybody, words)
    if report.sections[:-1] == before.sections[:-1]:
        return None
    return replace(report, header=replace(report.header, version=ISSUED_AGAIN))


def _issued_again(store: Store, board: BoardMeeting) -> list[Report]:
    """Return the minutes that were issued again with passages blacked out, the newest first."""
    frozen = (content(store, snapshot.uid) for snapshot in reversed(snapshots_of_meeting(store, board.uid)))
    return [paper(issue, MINUTES) for issue in frozen if MINUTES in issue.data["documents"]]


def _as_corrected(report: Report, newer: Report) -> Report:
    """Return minutes with the approval and the corrections of others, which are their last section."""
    return replace(report, sections=(*report.sections[:-1], newer.sections[-1]))


class Issue(NamedTuple):
    """Minutes as they were handed out: the meeting, the paper, and what is to be said of it since (empty: nothing).

    ``members``: they are those for members alone.
    """

    board: BoardMeeting
    report: Report
    since: str
    members: bool = False


def issues(store: Store, board: BoardMeeting) -> Iterator[Issue]:
    """Yield the approved minutes of a meeting as they may have been handed out, the newest first; none of a draft.

    They differ by the corrections that had been listed, by what was restricted (now, or when they were approved), and
    by the words of the program that made them.
    """
    for issue in _as_made_now(store, board):
        yield issue
        earlier = as_worded_earlier(issue.report)
        if earlier != issue.report:
            yield issue._replace(report=earlier, since=f"{issue.since} {WORDED_EARLIER}".lstrip())


def _as_made_now(store: Store, board: BoardMeeting) -> Iterator[Issue]:
    if board.status not in CLOSED:
        return
    corrections = records_of_board(store, BoardCorrection, board.uid)
    again = _issued_again(store, board)
    with _as_approved(store, board) as file:
        for judge in (store, file):
            sources = _Sources(store, file, judge)
            for number in range(len(corrections), -1, -1):
                since = []
                if number < len(corrections):
                    since.append(f"{counted(len(corrections) - number, 'correction')} came later.")
                versions = _versions(sources, board, corrections[:number])
                if versions.members is not None:
                    yield Issue(board, versions.members, " ".join(since), members=True)
                if judge is file:
                    since.append("Something that they tell is restricted since: members alone may read them.")
                else:
                    for report in again:
                        yield Issue(board, _as_corrected(report, versions.everybody), " ".join(since))
                for report in filter(None, (versions.everybody, versions.unlisted)):
                    yield Issue(board, report, " ".join(since))


def issue(store: Store, uid: str, person: str, by: Acting, *, on: date | None = None) -> Saved:
    """Record that a person (a uid) approved the minutes, and say which code stands on them. Raises Invalid."""
    saved = approve(store, uid, person, by, on=on)
    board = meeting(store, uid)
    everybody, members = both_minutes(store, board)
    notes = [Note("board.minutes_code", f"At the foot of the minutes: Data {digest(everybody)[:DIGEST_SHOWN]}.")]
    if members is not None:
        code = digest(members)[:DIGEST_SHOWN]
        notes.append(Note("board.members_code", f"At the foot of the members' minutes: Data {code}.", board=board.ref))
    return saved._replace(notes=(*saved.notes, *notes))


class _Sources(NamedTuple):
    """The file, the file right after the minutes were approved, and which of both says what is restricted."""

    store: Store
    approved: Store
    judge: Store


class _Versions(NamedTuple):
    """Minutes for everybody; those for members, and those that count nothing, as before (None: nothing is hidden)."""

    everybody: Report
    members: Report | None = None
    unlisted: Report | None = None


def _versions(sources: _Sources, board: BoardMeeting, corrections: Sequence[BoardCorrection]) -> _Versions:
    """Return minutes without what is restricted by the word of ``judge``, and with it."""
    frozen = link(sources.store, "snapshot", board.snapshot)
    file = sources.approved
    closed = closed_now(sources.judge)
    views = _views(file, board, corrections, closed)
    make = partial(build_minutes, board=board, pack=frozen.ref if frozen else "", head=head(file))
    if not closed.uids and not views.hides:
        return _Versions(make(views.visible))
    around = sight(board.meets_on, everything(sources.judge), closed=closed)
    words = hidden_words(around)  # somebody may have written of any hidden record in what was said
    own = {record.uid for register in OWN for record in views.full.all(register)}
    records = exempt_of(sources.store, around, own)
    for_everybody = partial(make, hidden={*words, *_hidden_items(views)})
    bare = sayable_paper(for_everybody(views.visible), for_everybody(views.masked), words)
    in_full = make(views.full)
    if bare == in_full:
        return _Versions(bare)
    kept_sections = [kept_back(records, paper="these minutes", closing=KEPT_APART)][: len(records)]
    apart = [restricted(records, "minutes of the same meeting", "leave")]
    in_full = make(views.full, apart=apart)
    for_everybody = partial(for_everybody, apart=kept_sections)
    listed = sayable_paper(for_everybody(views.visible), for_everybody(views.masked), words)
    return _Versions(listed, replace(in_full, header=for_members(in_full.header)), bare)


def _hidden_items(views: Sight) -> Iterator[str]:
    """Yield what people write of the agenda items that are hidden: ``item 3``."""
    for number, item in enumerate(views.full.all(AgendaItem), 1):
        if item.uid in views.visible.hidden.uids:
            yield f"item {item.item_order or number}"


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


def draft(store: Store, uid: str, by: Acting, *, members: bool = False) -> tuple[Report, bool]:
    """Return the minutes, or those for members alone, and whether drafting them began now.

    A meeting that was held goes on to draft minutes.
    """
    begins = meeting(store, uid).status == "held"
    if begins:
        advance(store, uid, "minutes_draft", by, "board.minutes")
    return minutes(store, uid, members=members), begins


def write(store: Store, item_uid: str, text: str, by: Acting) -> Saved:
    """Set the minutes of an agenda item. Raises Invalid when they are too long, or the minutes are approved."""
    values, notes = read_values(store, "item", {"minutes": text}, by.today)
    saved = change(store, "item", item_uid, values, by)
    return saved._replace(notes=(*notes, *saved.notes))
